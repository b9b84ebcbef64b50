//! A family of plans, run draw by draw: what a draw of one has in common with that of the first is worked out once.

use std::ops::{ControlFlow, Range};

use super::kinship::Kinship;
use super::memory::Forgetful;
use super::quarter::Quarter;
use super::quarters::{Quarters, go_side_by_side};
use super::recollection::Recollection;
use super::seed::Seed;
use super::wins::{MeanWins, Wins};
use crate::model::at_mean::AtMean;
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;
use crate::random::LANES;

/// Common random numbers: simulates quarters for several plans of the same sources, lead classes, groups of reps,
/// weeks and inputs. Each tally is, to the last bit, what [`Quarter`] gives for the plan alone.
#[derive(Debug)]
pub struct Family<'p> {
    members: Members<'p>,
    /// what is kept of the first plan, by draw of those that are side by side; none where it has no kin
    memories: Vec<Recollection>,
}

/// The plans and their quarters.
#[derive(Debug)]
struct Members<'p> {
    first: &'p Plan,
    others: Vec<(&'p Plan, Kinship)>,
    /// the quarters of the first plan, as they begin; none where it has no kin
    begun: Vec<Quarter<'p>>,
    quarters: Quarters<'p>,
}

impl<'p> Family<'p> {
    /// Of a first plan and others that resemble it.
    #[must_use]
    pub fn new(first: &'p Plan, others: &[&'p Plan], seed: Seed, with_tail: bool) -> Self {
        debug_assert!(
            others.iter().all(|plan| plan.is_kin_of(first)),
            "plans of one family have the same sources, classes, weeks and groups of reps"
        );
        let lanes = if go_side_by_side(first) && others.iter().all(|plan| go_side_by_side(plan)) { LANES } else { 1 };
        let quarters = Quarters::new(first, seed, with_tail, lanes);
        let kept = if others.is_empty() { 0 } else { lanes };
        let weeks = quarters.weeks();
        Self {
            members: Members {
                first,
                others: others.iter().map(|&plan| (plan, Kinship::of(plan, first))).collect(),
                begun: (0..kept).map(|_| Quarter::new(first, seed, with_tail)).collect(),
                quarters,
            },
            memories: (0..kept).map(|_| Recollection::new(first, weeks)).collect(),
        }
    }

    /// How many weeks a draw runs.
    #[must_use]
    pub fn weeks(&self) -> usize {
        self.members.quarters.weeks()
    }

    /// Simulates draws, whose inputs are in `drawn`, one row after another: shows the tally of each plan, by its place, in
    /// each row. What a plan is shown of comes in the order of the draws.
    ///
    /// It is left as soon as `see` breaks off.
    pub fn run<B>(
        &mut self,
        draws: Range<u64>,
        drawn: &[f64],
        mut see: impl FnMut(usize, usize, &Tally) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let lanes = self.members.quarters.lanes() as u64;
        let count = draws.end - draws.start;
        let width = drawn.len() / count.max(1) as usize;
        for first in (0..count).step_by(lanes as usize) {
            let end = count.min(first + lanes);
            let rows = first as usize;
            let group = Group {
                draws: draws.start + first..draws.start + end,
                drawn: &drawn[rows * width..end as usize * width],
                width,
            };
            self.run_group(&group, |plan, row, tally| see(plan, rows + row, tally))?;
        }
        ControlFlow::Continue(())
    }

    fn run_group<B>(
        &mut self,
        group: &Group<'_>,
        see: impl FnMut(usize, usize, &Tally) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let Self { members, memories } = self;
        match members.first.parts.at_mean {
            AtMean::Nothing | AtMean::Values => members.run::<u64, B>(memories, group, see),
            AtMean::Deals => members.run::<MeanWins, B>(memories, group, see),
        }
    }
}

/// Draws that go side by side, and their inputs.
struct Group<'d> {
    draws: Range<u64>,
    drawn: &'d [f64],
    /// of a row of inputs
    width: usize,
}

impl Group<'_> {
    fn count(&self) -> usize {
        (self.draws.end - self.draws.start) as usize
    }

    /// The draws and their inputs, by row.
    fn rows(&self) -> impl Iterator<Item = (u64, &[f64])> {
        self.draws.clone().enumerate().map(|(row, draw)| (draw, &self.drawn[row * self.width..][..self.width]))
    }
}

impl<'p> Members<'p> {
    fn run<W: Wins, B>(
        &mut self,
        memories: &mut [Recollection],
        group: &Group<'_>,
        mut see: impl FnMut(usize, usize, &Tally) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        if self.others.is_empty() {
            for (quarter, (draw, drawn)) in self.quarters.draws().zip(group.rows()) {
                quarter.open(draw, drawn);
            }
            let memories = &mut [Forgetful; LANES][..group.count()];
            return self.quarters.play::<W, B>(self.first, memories, |row, tally| see(0, row, tally));
        }
        let memories = &mut memories[..group.count()];
        for ((begun, memory), (draw, drawn)) in self.begun.iter_mut().zip(&mut *memories).zip(group.rows()) {
            begun.open(draw, drawn);
            memory.begin();
        }
        for (quarter, (begun, _)) in self.quarters.draws().zip(self.begun.iter().zip(&*memories)) {
            quarter.begin_like(self.first, begun);
        }
        self.quarters.play::<W, B>(self.first, memories, |row, tally| see(0, row, tally))?;
        for (at, (plan, kinship)) in self.others.iter().enumerate() {
            memories.iter_mut().for_each(|memory| memory.begin_kin(kinship));
            for ((quarter, begun), (draw, drawn)) in self.quarters.draws().zip(&self.begun).zip(group.rows()) {
                begin(quarter, plan, kinship, begun, (draw, drawn));
            }
            self.quarters.play::<W, B>(plan, memories, |row, tally| see(at + 1, row, tally))?;
        }
        ControlFlow::Continue(())
    }
}

/// Begins a draw of a plan that is kin of the first.
fn begin<'p>(
    quarter: &mut Quarter<'p>,
    plan: &'p Plan,
    kinship: &Kinship,
    begun: &Quarter<'p>,
    (draw, drawn): (u64, &[f64]),
) {
    if !kinship.beginning {
        quarter.begin(plan, draw, drawn);
        return;
    }
    quarter.begin_like(plan, begun);
    if !kinship.team {
        quarter.begin_team(draw);
    }
}
