//! Beta and gamma distributions that are so narrow that their own functions lose their digits.

use crate::random::{normal_quantile, normal_share};

use super::{Distribution, Shares};

/// Shapes above this are narrow: beyond it the continued fraction of the incomplete beta function no longer converges.
const NARROW: f64 = 2e4;

/// A distribution that is normal but for a trace of skewness `γ₁` and excess kurtosis `γ₂`.
///
/// ```text
/// x = mean + sd·(z + γ₁(z² − 1)/6 + γ₂(z³ − 3z)/24 − γ₁²(2z³ − 5z)/36)
/// ```
/// What is left out is of order `γ₁³·sd`, below 1e-7 of the mean. Source: Cornish and Fisher (1938).
#[derive(Debug)]
pub(super) struct NearlyNormal {
    mean: f64,
    sd: f64,
    skewness: f64,
    kurtosis: f64,
}

impl NearlyNormal {
    /// The beta distribution on 0 … 1 with shapes `a` and `b`, if both are large.
    pub(super) fn beta(a: f64, b: f64) -> Option<Self> {
        let size = a + b;
        let mean = a / size;
        let variance = mean * (b / size) / (size + 1.0);
        let skewness = 2.0 * (b - a) / size * (size + 1.0).sqrt() * size / ((size + 2.0) * (a * b).sqrt());
        // 6((a − b)²(a + b + 1) − ab(a + b + 2)) / (ab(a + b + 2)(a + b + 3))
        let lean = (a - b) * ((a - b) / (a * b)) * (size + 1.0) / (size + 2.0);
        (a > NARROW && b > NARROW).then_some(Self {
            mean,
            sd: variance.sqrt(),
            skewness,
            kurtosis: 6.0 * (lean - 1.0) / (size + 3.0),
        })
    }

    /// The gamma distribution of that shape and scale, if the shape is large.
    pub(super) fn gamma(shape: f64, scale: f64) -> Option<Self> {
        (shape > NARROW).then_some(Self {
            mean: shape * scale,
            sd: shape.sqrt() * scale,
            skewness: 2.0 / shape.sqrt(),
            kurtosis: 6.0 / shape,
        })
    }

    fn at(&self, z: f64) -> f64 {
        let cube = z * z * z;
        let bent = z + self.skewness * (z * z - 1.0) / 6.0 + self.kurtosis * (cube - 3.0 * z) / 24.0
            - self.skewness * self.skewness * (2.0 * cube - 5.0 * z) / 36.0;
        self.mean + self.sd * bent
    }
}

impl Distribution for NearlyNormal {
    fn quantile(&self, u: f64) -> f64 {
        self.at(normal_quantile(u))
    }

    fn shares(&self, x: f64) -> Shares {
        let (mut low, mut high) = (-40.0, 40.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if self.at(middle) < x {
                low = middle;
            } else {
                high = middle;
            }
        }
        Shares::smooth(normal_share(high), normal_share(-high))
    }
}
