//! What came of a range of draws: their columns, or sketches where they are too many to keep, and what is counted of all.

use std::ops::Range;

use rayon::prelude::*;

use crate::model::outcomes::{Limits, OutcomeId};

use super::gather::{Accumulator, Chats, Details};
use super::ratio::RatioSums;
use super::sketch::Sketch;
use super::spec::RunSpec;
use super::target::TargetSums;

/// What came of a range of draws.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Draws {
    /// which draws
    pub range: Range<u64>,
    /// the outcomes of the columns
    pub outcomes: Vec<OutcomeId>,
    /// a column an outcome, a number a draw, of the draws that are kept ([`Draws::kept`]); not a number where a draw has no
    /// value
    pub columns: Vec<Vec<f64>>,
    /// numerator and denominator of each outcome that is a ratio
    pub ratios: Vec<Option<RatioSums>>,
    /// draws by what limits them
    pub limits: Limits<u64>,
    /// chats of all draws, and those that nobody answered
    pub chats: Chats<u64>,
    /// draws in which some week would have brought more than can be counted
    pub beyond_count: u64,
    /// figures by source and by week
    pub details: Option<Details>,
    /// what is known of all draws where they are too many to keep
    pub(super) sketches: Option<Sketches>,
}

impl Draws {
    /// The draws that were asked for, with their columns and what else they left behind.
    pub(super) fn of(ask: &RunSpec, columns: Vec<Vec<f64>>, mut gathered: Accumulator) -> Self {
        gathered.fold();
        Self {
            range: ask.draws.clone(),
            outcomes: ask.outcomes.clone(),
            columns,
            ratios: gathered.ratios(ask),
            limits: gathered.limits,
            chats: gathered.chats,
            beyond_count: gathered.beyond_count,
            sketches: None,
            details: ask.details.then(|| gathered.into_details()),
        }
    }

    /// The column of an outcome, if it was asked for: all draws, or the first of so many that figures come from sketches.
    #[must_use]
    pub fn column(&self, outcome: OutcomeId) -> Option<&[f64]> {
        let at = self.outcomes.iter().position(|&own| own == outcome)?;
        Some(first(&self.columns[at], self.sketches.as_ref()))
    }

    /// Numerator and denominator of an outcome, if it is a ratio and was asked for.
    #[must_use]
    pub fn ratio(&self, outcome: OutcomeId) -> Option<&RatioSums> {
        let at = self.outcomes.iter().position(|&own| own == outcome)?;
        self.ratios[at].as_ref()
    }

    /// The sketch of an outcome, where its draws are too many to keep.
    pub(super) fn sketch(&self, outcome: OutcomeId) -> Option<&Sketch> {
        let at = self.outcomes.iter().position(|&own| own == outcome)?;
        self.sketches.as_ref().map(|sketches| &sketches.outcomes[at])
    }

    /// The draws that [`column`](Self::column) gives.
    #[must_use]
    pub fn exact(&self) -> Range<u64> {
        let count = self.sketches.as_ref().map_or(self.count(), |sketches| sketches.exact.min(self.count()));
        self.range.start..self.range.start + count
    }

    /// The draws that the columns hold: all of them, or the first.
    #[must_use]
    pub fn kept(&self) -> Range<u64> {
        let count = self.columns.first().map_or(self.count(), |column| column.len() as u64);
        self.range.start..self.range.start + count
    }

    /// Whether percentiles come from fine histograms, because the draws are too many to keep.
    #[must_use]
    pub fn are_sketched(&self) -> bool {
        self.sketches.is_some()
    }

    /// How many draws.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.range.end - self.range.start
    }
}

/// What is known of all draws where their columns are not kept.
#[derive(Clone, Debug)]
pub(super) struct Sketches {
    /// how many draws figures come from that no sketch tells: the first ones
    pub(super) exact: u64,
    /// one for each outcome
    pub(super) outcomes: Vec<Sketch>,
    /// one for each target
    pub(super) targets: Vec<TargetSums>,
}

impl Sketches {
    /// Takes in the columns of further draws, the first of which is `first`.
    pub(super) fn add(
        &mut self,
        outcomes: &[OutcomeId],
        targets: &[(OutcomeId, f64)],
        columns: &[Vec<f64>],
        first: u64,
    ) {
        self.outcomes.par_iter_mut().zip(columns).for_each(|(own, column)| own.add(column, first));
        for (own, &(outcome, target)) in self.targets.iter_mut().zip(targets) {
            if let Some(at) = outcomes.iter().position(|&own| own == outcome) {
                own.add(&columns[at], first, outcome, target);
            }
        }
    }
}

/// The draws of a column that figures come from: all of them, or the first.
pub(super) fn first<'c>(column: &'c [f64], sketches: Option<&Sketches>) -> &'c [f64] {
    let exact = sketches.map_or(column.len(), |sketches| column.len().min(sketches.exact as usize));
    &column[..exact]
}
