//! What a forecast rests on: the figures that move it most, from the draws that are there.

use crate::analysis::sensitivity::{End, Swing};
use crate::model::outcomes::{OutcomeId, Unit};
use crate::scenario::{Scenario, spoken};
use crate::text::{Currency, with_error};

use super::outcome_words::noun;
use super::summary::{RestsOnSummary, SwingEnd, SwingSummary, figure};

/// So many figures are told.
const TOLD: usize = 3;

/// The figures that matter most to the outcome that the plan is judged by.
#[derive(Clone, Debug)]
pub struct RestsOn {
    /// the outcome
    pub outcome: OutcomeId,
    /// how far it moves with each uncertain figure, the largest first
    pub swings: Vec<Swing>,
}

impl RestsOn {
    /// Those of them that are told: up to three whose effect can be told from nothing.
    fn told(&self) -> impl Iterator<Item = &Swing> {
        self.swings.iter().filter(|swing| swing.is_clear(self.swings.len())).take(TOLD)
    }

    /// In a sentence.
    pub(super) fn sentence(&self, scenario: &Scenario) -> Option<String> {
        let outcome = self.outcome.outcome();
        let unit = |figure: String| match outcome.unit {
            Unit::Money => Currency(&scenario.currency).with(&figure),
            Unit::Count | Unit::Ratio => figure,
        };
        let parts: Vec<String> = self
            .told()
            .map(|swing| {
                let [low, high] = [swing.low, swing.high].map(|end| with_error(end.mean, swing.change.margin()));
                format!("{low} to {} with {}", unit(high), spoken(&swing.path))
            })
            .collect();
        (!parts.is_empty()).then(|| {
            format!(
                "What this rests on: from the lowest to the highest fifth of a figure, mean {} goes from {}.",
                noun(outcome),
                parts.join(", from ")
            )
        })
    }

    /// For machines.
    #[must_use]
    pub fn summary(&self) -> RestsOnSummary {
        let among = self.swings.len();
        let inputs = self.told().map(|own| swing(own, among)).collect();
        RestsOnSummary { outcome: self.outcome.outcome().key.to_owned(), inputs }
    }
}

/// A swing, one of `among` that were looked at.
pub(super) fn swing(swing: &Swing, among: usize) -> SwingSummary {
    let end = |end: End| SwingEnd { bound: figure(end.bound), mean: figure(end.mean) };
    SwingSummary {
        path: swing.path.clone(),
        low: end(swing.low),
        high: end(swing.high),
        difference: swing.change.into(),
        clear: swing.is_clear(among),
        drawn_with: swing.partners.clone(),
        rank_correlation: None,
    }
}
