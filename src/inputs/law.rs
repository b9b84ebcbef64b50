//! A distribution, as its quantile function.

use std::fmt::Debug;

use crate::units::Period;

use super::Domain;

/// A distribution of one figure.
pub trait Law: Debug + Send + Sync {
    /// `Q(u)`: the value that a share `u` of all draws lies at or below; `u` strictly inside 0 … 1.
    fn quantile(&self, u: f64) -> f64;
}

/// A rate drawn in its stated period and used by the week.
#[derive(Debug)]
pub(super) struct ByThePeriod {
    pub(super) law: Box<dyn Law>,
    pub(super) period: Period,
    pub(super) domain: Domain,
}

impl Law for ByThePeriod {
    fn quantile(&self, u: f64) -> f64 {
        self.domain.a_week(self.law.quantile(u), self.period)
    }
}
