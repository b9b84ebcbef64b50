//! What drives a plan, for readers: text for a terminal, `summary.json`, charts.

mod charts;
mod json;
mod page;
mod tables;
mod words;

use crate::analysis::sensitivity::{Sensitivity, Swing};
use crate::analysis::{Estimate, Ranking};
use crate::model::outcomes::{Outcome, Unit};
use crate::scenario::Scenario;
use crate::text::{Currency, LOW_END, with_error, wrap};

use super::{outcome_words, ratios, words_changed};

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

    /// The text for a terminal that is so many columns wide.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let paragraph = |text: String| wrap(&text, width, "");
        let mut parts = vec![words_changed::header(self.scenario, &words::subject(self), width)];
        let answer = [Some(words::swing(self)), words::luck(self)];
        parts.push(answer.into_iter().flatten().map(paragraph).collect::<Vec<_>>().join("\n"));
        parts.extend(words::choice(self).map(paragraph));
        parts.extend(tables::swings(self).map(|table| table.to_string()));
        parts.push(words::below_swings(self).into_iter().map(paragraph).collect::<Vec<_>>().join("\n"));
        parts.extend(tables::indices(self).map(|table| table.to_string()));
        parts.extend(words::below_indices(self).map(paragraph));
        parts.extend(tables::choice(self).map(|table| table.to_string()));
        parts.extend(words::below_choice(self).map(paragraph));
        if self.found.split.is_some() {
            parts.push(paragraph(LOW_END.to_owned()));
        }
        let remark = ratios::remark(self.outcome(), &self.found.stats, self.futures());
        parts.extend(remark.map(paragraph));
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
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
