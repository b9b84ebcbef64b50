//! A run that goes on: as far as a precision takes, in pieces that fit in memory, or from part to part.
//!
//! Up to [`KEPT`] draws every outcome keeps its column. Beyond, the columns of the first draws are all that is kept, and
//! each outcome has a [`Sketch`] of all of them, so that memory does not grow any more. What is left after any number of
//! draws is what a run of so many leaves, to the last bit, however it came there.

use rayon::prelude::*;

use crate::model::outcomes::OutcomeId;
use crate::model::plan::Plan;

use super::draws::{Draws, Sketches, first};
use super::gather::Accumulator;
use super::part::PartDraws;
use super::progress::{Progress, Stopped};
use super::runner::{gather, nothing_gathered};
use super::sketch::Sketch;
use super::spec::{Renewal, RunSpec};
use super::strata::BLOCK;
use super::target::{TargetForecast, TargetSums};

/// Up to so many draws, figures come from the draws themselves; beyond, percentiles come from sketches.
pub const KEPT: u64 = 256 * BLOCK as u64;

/// Blocks that are simulated between two looks at the sketches: enough for all threads, few enough for their memory.
const BLOCKS_OF_A_WAVE: u64 = 64;

/// What a run keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// the columns of the first so many draws ([`KEPT`], or other whole blocks), and a sketch of all draws where there are
    /// more
    First(u64),
    /// every column; a sketch besides where there are more than so many draws, and the figures are those of
    /// [`First`](Self::First)
    All(u64),
    /// every column, and no sketch: for those who look at nothing else
    Columns,
}

impl Keeping {
    /// Up to so many draws, figures come from the draws themselves.
    fn exact(self) -> u64 {
        match self {
            Self::First(draws) | Self::All(draws) => draws,
            Self::Columns => u64::MAX,
        }
    }
}

/// A run that can go on.
pub(super) struct GrowingRun<'p> {
    plan: &'p Plan,
    /// its draws are those so far
    ask: RunSpec,
    keeping: Keeping,
    /// what outcomes are to reach
    targets: Vec<(OutcomeId, f64)>,
    columns: Vec<Vec<f64>>,
    sketches: Option<Sketches>,
    gathered: Accumulator,
}

impl<'p> GrowingRun<'p> {
    /// A run without draws yet, which begins where `ask` does; its targets are looked at in every draw.
    pub(super) fn begin(plan: &'p Plan, ask: &RunSpec, keeping: Keeping, targets: &[(OutcomeId, f64)]) -> Self {
        let ask = RunSpec { draws: ask.draws.start..ask.draws.start, ..ask.clone() };
        Self {
            columns: vec![Vec::new(); ask.outcomes.len()],
            gathered: nothing_gathered(plan, &ask),
            plan,
            ask,
            keeping,
            targets: targets.to_vec(),
            sketches: None,
        }
    }

    /// How many draws there are.
    pub(super) fn count(&self) -> u64 {
        self.ask.draws.end - self.ask.draws.start
    }

    /// Goes on to that draw from the end of a whole block: the sums of a block are taken as one.
    ///
    /// # Errors
    ///
    /// [`Stopped`] when `progress` said so.
    pub(super) fn extend(&mut self, to: u64, progress: &dyn Progress) -> Result<(), Stopped> {
        while self.ask.draws.end < to {
            let end = to.min(self.end_of_wave());
            let draws = self.ask.draws.end..end;
            let ask = RunSpec { draws, ..self.ask.clone() };
            let mut columns = vec![vec![0.0; (end - self.ask.draws.end) as usize]; ask.outcomes.len()];
            let places = vec![columns.iter_mut().map(Vec::as_mut_slice).collect()];
            let renewal = Renewal { inputs: &[], stream: ask.streams.inputs };
            let left = gather(&[self.plan], &ask, renewal, places, progress)?.pop();
            self.gathered.merge(left.expect("a plan leaves something behind"));
            self.put(columns, end);
        }
        Ok(())
    }

    /// Where the next piece ends: draws that are kept are one piece.
    fn end_of_wave(&self) -> u64 {
        let exact = self.ask.draws.start.saturating_add(self.keeping.exact());
        if self.ask.draws.end < exact {
            return exact;
        }
        let wave = BLOCKS_OF_A_WAVE.max(4 * rayon::current_num_threads() as u64) * BLOCK as u64;
        (self.ask.draws.end / wave + 1) * wave
    }

    /// Takes in a part, having simulated what lies before it.
    ///
    /// # Errors
    ///
    /// [`Stopped`] when `progress` said so.
    pub(super) fn take_in(&mut self, part: PartDraws, progress: &dyn Progress) -> Result<(), Stopped> {
        if !part.range.is_empty() {
            self.extend(part.range.start, progress)?;
            self.gathered.take_in(part.left);
            self.put(part.columns, part.range.end);
        }
        Ok(())
    }

    /// Puts the columns of the next draws, which end with draw `end`, where they belong.
    fn put(&mut self, columns: Vec<Vec<f64>>, end: u64) {
        let first = self.ask.draws.end;
        self.ask.draws.end = end;
        if self.keeping != Keeping::Columns {
            self.gathered.fold();
            if self.count() > self.keeping.exact() {
                self.sketch(&columns, first);
            }
        }
        let kept = match self.keeping {
            Keeping::First(draws) => draws as usize,
            Keeping::All(_) | Keeping::Columns => usize::MAX,
        };
        self.columns.par_iter_mut().zip(columns).for_each(|(own, column)| {
            let room = kept.saturating_sub(own.len()).min(column.len());
            match (own.is_empty(), room == column.len()) {
                (true, true) => *own = column,
                _ => own.extend_from_slice(&column[..room]),
            }
        });
    }

    /// Takes further draws into the sketches; where there are none yet, those before them first.
    fn sketch(&mut self, columns: &[Vec<f64>], first: u64) {
        if self.sketches.is_none() {
            let mut sketches = Sketches {
                exact: self.keeping.exact(),
                outcomes: vec![Sketch::default(); self.columns.len()],
                targets: vec![TargetSums::default(); self.targets.len()],
            };
            sketches.add(&self.ask.outcomes, &self.targets, &self.columns, self.ask.draws.start);
            self.sketches = Some(sketches);
        }
        if let Some(sketches) = &mut self.sketches {
            sketches.add(&self.ask.outcomes, &self.targets, columns, first);
        }
    }

    /// The forecast of the target of that place.
    pub(super) fn target(&self, at: usize) -> TargetForecast {
        let (outcome, target) = self.targets[at];
        match &self.sketches {
            Some(sketches) => sketches.targets[at].forecast(outcome, target),
            None => TargetForecast::of(outcome, target, self.column(outcome), self.ask.draws.start),
        }
    }

    /// The column of an outcome, as far as figures come from it; empty where it was not asked for.
    pub(super) fn column(&self, outcome: OutcomeId) -> &[f64] {
        let at = self.ask.outcomes.iter().position(|&own| own == outcome);
        at.map_or(&[], |at| first(&self.columns[at], self.sketches.as_ref()))
    }

    /// The sketch of an outcome, where there are draws enough for one.
    pub(super) fn sketch_of(&self, outcome: OutcomeId) -> Option<&Sketch> {
        let at = self.ask.outcomes.iter().position(|&own| own == outcome)?;
        self.sketches.as_ref().map(|sketches| &sketches.outcomes[at])
    }

    /// The draws so far as a part: they are whole blocks, and every column is kept.
    pub(super) fn into_part(self) -> PartDraws {
        PartDraws { range: self.ask.draws, columns: self.columns, left: self.gathered.leave_sealed() }
    }

    /// What was asked for, as far as it went, and what came of it.
    pub(super) fn finish(self) -> (RunSpec, Draws) {
        let draws = Draws { sketches: self.sketches, ..Draws::of(&self.ask, self.columns, self.gathered) };
        (self.ask, draws)
    }
}
