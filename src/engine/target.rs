//! How likely a target is, and by how much it is missed.

use crate::model::outcomes::OutcomeId;

use super::chance::{Chance, Hits};

/// How likely a target is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TargetForecast {
    /// the outcome
    pub outcome: OutcomeId,
    /// what to reach; for a cost, what to stay at or below
    pub target: f64,
    /// the chance that it is met
    pub chance: Chance,
    /// the share of draws that have the outcome; those without it miss
    pub defined: f64,
    /// how far the outcome falls short on average over the draws that have it
    pub mean_shortfall: f64,
    /// and on average over those of them that miss
    pub mean_shortfall_given_miss: f64,
}

impl TargetForecast {
    /// From the column of the outcome, whose first draw is number `first`.
    #[must_use]
    pub fn of(outcome: OutcomeId, target: f64, column: &[f64], first: u64) -> Self {
        let mut sums = TargetSums::default();
        sums.add(column, first, outcome, target);
        sums.forecast(outcome, target)
    }
}

/// What a target is forecast from, draw by draw.
#[derive(Clone, Debug, Default)]
pub(super) struct TargetSums {
    hits: Hits,
    draws: f64,
    short: f64,
    valued: f64,
    missed: f64,
}

impl TargetSums {
    /// Takes in further draws of the outcome, of which the first is number `first`.
    pub(super) fn add(&mut self, column: &[f64], first: u64, outcome: OutcomeId, target: f64) {
        let outcome = outcome.outcome();
        self.draws += column.len() as f64;
        for &value in column.iter().filter(|value| !value.is_nan()) {
            let short = outcome.shortfall(value, target);
            self.short += short;
            self.valued += 1.0;
            self.missed += f64::from(short > 0.0);
        }
        // A draw without a value misses.
        self.hits.add(column, first, |value| outcome.meets(value, target));
    }

    /// The forecast.
    pub(super) fn forecast(&self, outcome: OutcomeId, target: f64) -> TargetForecast {
        TargetForecast {
            outcome,
            target,
            chance: Chance::of_hits(&self.hits),
            defined: self.valued / self.draws.max(1.0),
            mean_shortfall: self.short / self.valued,
            mean_shortfall_given_miss: self.short / self.missed,
        }
    }
}
