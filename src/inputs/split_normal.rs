//! Normal on its own scale, with a spread of its own on either side of the median.

use crate::random::normal_quantile;

use super::{Domain, Law};

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
            Self::Amount => x.ln(),
            Self::Fraction => x.ln() - (-x).ln_1p(),
            Self::Number => x,
        }
    }

    pub(super) fn off_scale(self, y: f64) -> f64 {
        match self {
            Self::Amount => y.exp(),
            Self::Fraction => 1.0 / (1.0 + (-y).exp()),
            Self::Number => y,
        }
    }
}

/// `x = g(middle + below·z)` for z < 0, `g(middle + above·z)` above, z standard normal.
#[derive(Debug)]
pub(super) struct SplitNormal {
    pub(super) domain: Domain,
    pub(super) middle: f64,
    pub(super) below: f64,
    pub(super) above: f64,
}

impl Law for SplitNormal {
    fn quantile(&self, u: f64) -> f64 {
        let z = normal_quantile(u);
        let spread = if z < 0.0 { self.below } else { self.above };
        self.domain.off_scale(self.middle + spread * z)
    }
}
