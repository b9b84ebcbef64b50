//! Means without dice: what is not drawn where only means are asked for.
//!
//! Given the leads that are worked, what they bring on average needs no chance: its mean over the draws is the same, and it
//! varies far less from draw to draw. This is conditional Monte Carlo (Rao–Blackwell).
//!
//! Implements section 10 (what a little more would bring) of docs/model.md.

use super::lognormal::Spread;
use super::plan::{Parts, Plan};
use super::rules::Rule;

/// What a draw takes at its mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum AtMean {
    /// nothing: all chance is drawn
    #[default]
    Nothing,
    /// what single deals are worth, and repeat orders of the customers there are
    Values,
    /// that, how many leads that are worked and deals that are open are won, and when they close
    Deals,
}

impl AtMean {
    /// As much as leaves the mean of every outcome what it is: what something in the weeks to come hangs on is drawn.
    #[must_use]
    pub fn most(parts: &Parts) -> Self {
        let rules = &parts.rules;
        let customers = parts.customers.as_ref();
        let customers_act = customers.is_some_and(|own| own.refer() || !parts.sales.hours_per_customer.is_zero());
        if rules.iter().any(Rule::looks_at_revenue) {
            Self::Nothing
        } else if customers_act || parts.delivery.is_some() || rules.iter().any(Rule::looks_at_wins) {
            Self::Values
        } else {
            Self::Deals
        }
    }

    /// The spread of single values, which stray by `spread` when they are drawn.
    pub(super) fn spread(self, spread: impl FnOnce() -> Spread) -> Spread {
        if self == Self::Nothing { spread() } else { Spread::NONE }
    }
}

impl Plan {
    /// The same plan for means of outcomes alone, those of ratios as ratios of means: as much is taken at its mean as leaves
    /// them what they are. How far its draws stray is not to be told, nor figures by week.
    #[must_use]
    pub fn for_means(&self) -> Self {
        self.taking(AtMean::most(&self.parts))
    }

    /// The same plan, where that is taken at its mean.
    pub(crate) fn taking(&self, at_mean: AtMean) -> Self {
        let mut plan = self.clone();
        plan.parts.at_mean = at_mean;
        plan
    }
}
