//! Normal on its own scale, with a spread of its own on either side of the median.

use crate::random::{normal_quantile, normal_share};
use crate::transcendental::{exp, ln, ln_1p};

use super::{Distribution, Domain, Shares};

/// The scale on which a figure of a domain is taken as normal.
///
/// ```text
/// A amount    y = ln x             (lognormal)
/// F fraction  y = ln(x / (1 − x))  (logit-normal)
/// N number    y = x                (normal)
/// ```
impl Domain {
    pub(super) fn to_scale(self, x: f64) -> f64 {
        match self {
            Self::Amount => ln(x),
            Self::Fraction => ln(x) - ln_1p(-x),
            Self::Number => x,
        }
    }

    fn off_scale(self, y: f64) -> f64 {
        match self {
            Self::Amount => exp(y),
            Self::Fraction => 1.0 / (1.0 + exp(-y)),
            Self::Number => y,
        }
    }
}

/// `x = g(middle + below·z)` for z < 0, `g(middle + above·z)` above, z standard normal.
///
/// A side without spread is an atom: half of all draws have the median itself.
#[derive(Debug)]
pub(super) struct SplitNormal {
    domain: Domain,
    middle: f64,
    below: f64,
    above: f64,
    median: f64,
}

impl SplitNormal {
    /// With the same spread on both sides of `middle`, all on the scale of the domain.
    pub(super) fn even(domain: Domain, middle: f64, spread: f64) -> Self {
        Self { domain, middle, below: spread, above: spread, median: domain.off_scale(middle) }
    }

    /// Around `median`, a value of the domain; the spreads are on its scale.
    pub(super) fn around(domain: Domain, median: f64, [below, above]: [f64; 2]) -> Self {
        Self { domain, middle: domain.to_scale(median), below, above, median }
    }
}

impl Distribution for SplitNormal {
    fn quantile(&self, u: f64) -> f64 {
        let z = normal_quantile(u);
        let spread = if z < 0.0 { self.below } else { self.above };
        if spread == 0.0 {
            return self.median;
        }
        self.domain.off_scale(self.middle + spread * z)
    }

    fn shares(&self, x: f64) -> Shares {
        match self.domain {
            Domain::Amount | Domain::Fraction if x <= 0.0 => return Shares::ALL_ABOVE,
            Domain::Fraction if x >= 1.0 => return Shares::ALL_BELOW,
            _ => {}
        }
        let half = |spread: f64| if spread > 0.0 { 0.5 } else { 0.0 };
        if x == self.median {
            let (below, above) = (half(self.below), half(self.above));
            return Shares { below, at: 1.0 - below - above, above };
        }
        let spread = if x < self.median { self.below } else { self.above };
        if spread == 0.0 {
            return if x < self.median { Shares::ALL_ABOVE } else { Shares::ALL_BELOW };
        }
        let z = (self.domain.to_scale(x) - self.middle) / spread;
        Shares::smooth(normal_share(z), normal_share(-z))
    }
}
