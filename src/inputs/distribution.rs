//! A distribution, as its quantile function and its shares on either side of a value.

use std::fmt::Debug;

use crate::units::Period;

use super::Domain;

/// A distribution of one figure.
pub trait Distribution: Debug + Send + Sync {
    /// `Q(u)`: the value that a share `u` of all draws lies at or below; `u` strictly inside 0 … 1.
    fn quantile(&self, u: f64) -> f64;

    /// The quantile of each of several uniforms, in its place.
    fn quantiles(&self, uniforms: &mut [f64]) {
        for u in uniforms {
            *u = self.quantile(*u);
        }
    }

    /// How the draws fall around `x`; what cuts and mixtures are made from.
    fn shares(&self, x: f64) -> Shares;
}

/// Shares of all draws below, at and above a value; they sum to 1. Smooth distributions give `below` and `above` each by
/// its own tail, so that neither loses digits where it is small.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shares {
    /// `P(X < x)`
    pub below: f64,
    /// `P(X = x)`: above 0 where many draws have this very value
    pub at: f64,
    /// `P(X > x)`
    pub above: f64,
}

impl Shares {
    /// Every draw lies below.
    pub(super) const ALL_BELOW: Self = Self { below: 1.0, at: 0.0, above: 0.0 };

    /// Every draw lies above.
    pub(super) const ALL_ABOVE: Self = Self { below: 0.0, at: 0.0, above: 1.0 };

    /// Of a distribution that has no value twice.
    pub(super) fn smooth(below: f64, above: f64) -> Self {
        Self { below, at: 0.0, above }
    }

    /// Does a share `u` of all draws lie at or below? By the smaller tail, which has more digits.
    pub(super) fn reach(&self, u: f64) -> bool {
        if u > 0.5 { self.above <= 1.0 - u } else { self.below + self.at >= u }
    }
}

/// A rate drawn in its stated period and used by the week.
#[derive(Debug)]
pub(super) struct ByThePeriod {
    pub(super) distribution: Box<dyn Distribution>,
    pub(super) period: Period,
    pub(super) domain: Domain,
}

impl Distribution for ByThePeriod {
    fn quantile(&self, u: f64) -> f64 {
        self.domain.a_week(self.distribution.quantile(u), self.period)
    }

    fn shares(&self, x: f64) -> Shares {
        self.distribution.shares(self.domain.a_period(x, self.period))
    }
}
