//! What drives a plan, for readers: text for a terminal, `summary.json`, charts.

mod charts;
mod json;
mod page;
mod tables;
mod text;
mod words;

use crate::analysis::sensitivity::{Sensitivity, Swing};
use crate::analysis::{Estimate, Ranking};
use crate::model::outcomes::{Outcome, Unit};
use crate::scenario::Scenario;
use crate::text::{Currency, with_error};

use super::outcome_words;

/// What drives a plan, and what is said about it.
pub struct SensitivityReport<'s> {
    /// the plan
    scenario: &'s Scenario,
    found: &'s Sensitivity,
    /// which swing is the largest, as far as that can be told
    ranking: Option<Ranking>,
}

impl<'s> SensitivityReport<'s> {
    /// Looks at what was found about `scenario`.
    #[must_use]
    pub fn of(scenario: &'s Scenario, found: &'s Sensitivity) -> Self {
        Self { scenario, found, ranking: Swing::ranking(&found.swings) }
    }

    fn outcome(&self) -> &'static Outcome {
        self.found.spec.outcome.outcome()
    }

    fn noun(&self) -> String {
        outcome_words::noun(self.outcome())
    }

    fn futures(&self) -> &'static str {
        crate::text::futures(self.scenario.plan.parts.horizon.weeks)
    }

    /// A figure of the outcome with its unit, with the digits that its error supports.
    fn figure(&self, estimate: Estimate) -> String {
        self.unit(&with_error(estimate.mean, estimate.margin()))
    }

    fn unit(&self, figure: &str) -> String {
        match self.outcome().unit {
            Unit::Money => Currency(&self.scenario.currency).with(figure),
            Unit::Count | Unit::Ratio => figure.to_owned(),
        }
    }

    /// The swings that can be told from nothing, the largest first.
    fn clear_swings(&self) -> impl Iterator<Item = (&Swing, f64)> {
        let all = &self.found.swings;
        all.iter().zip(self.found.ranks.iter().copied()).filter(|(swing, _)| swing.is_clear(all.len()))
    }
}
