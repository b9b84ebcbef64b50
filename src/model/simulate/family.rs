//! A family of plans, run draw by draw: what a draw of one has in common with that of the first is worked out once.

use std::ops::ControlFlow;

use super::kinship::Kinship;
use super::quarter::Quarter;
use super::recollection::Recollection;
use super::seed::Seed;
use super::wins::{MeanWins, Wins};
use crate::model::at_mean::AtMean;
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;

/// Common random numbers: simulates one quarter after another for several plans of the same sources, lead classes, groups of reps,
/// weeks and inputs. Each tally is, to the last bit, what [`Quarter`] gives for the plan alone.
#[derive(Debug)]
pub struct Family<'p> {
    members: Members<'p>,
    memory: Told,
}

/// What is kept of the first plan, by how its wins are told.
#[derive(Debug)]
enum Told {
    Drawn(Recollection<u64>),
    AtMean(Recollection<MeanWins>),
}

/// The plans and their quarters.
#[derive(Debug)]
struct Members<'p> {
    first: &'p Plan,
    others: Vec<(&'p Plan, Kinship)>,
    /// the quarter of the first plan, as it begins
    begun: Quarter<'p>,
    quarter: Quarter<'p>,
}

impl<'p> Family<'p> {
    /// Of a first plan and others that resemble it.
    #[must_use]
    pub fn new(first: &'p Plan, others: &[&'p Plan], seed: Seed, with_tail: bool) -> Self {
        let quarter = Quarter::new(first, seed, with_tail);
        debug_assert!(
            others.iter().all(|plan| plan.is_kin_of(first)),
            "plans of one family have the same sources, classes, weeks and groups of reps"
        );
        let weeks = quarter.weeks();
        Self {
            members: Members {
                first,
                others: others.iter().map(|&plan| (plan, Kinship::of(plan, first))).collect(),
                begun: Quarter::new(first, seed, with_tail),
                quarter,
            },
            memory: match first.parts.at_mean {
                AtMean::Nothing | AtMean::Values => Told::Drawn(Recollection::new(first, weeks)),
                AtMean::Deals => Told::AtMean(Recollection::new(first, weeks)),
            },
        }
    }

    /// How many weeks a draw runs.
    #[must_use]
    pub fn weeks(&self) -> usize {
        self.members.quarter.weeks()
    }

    /// Simulates draw `draw`, whose inputs are `drawn`: shows the tally of each plan, by its place.
    ///
    /// It is left as soon as `see` breaks off.
    pub fn run<B>(
        &mut self,
        draw: u64,
        drawn: &[f64],
        mut see: impl FnMut(usize, &Tally) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let members = &mut self.members;
        match &mut self.memory {
            _ if members.others.is_empty() => see(0, members.quarter.run(draw, drawn)),
            Told::Drawn(memory) => members.run(memory, (draw, drawn), see),
            Told::AtMean(memory) => members.run(memory, (draw, drawn), see),
        }
    }
}

impl Members<'_> {
    fn run<W: Wins, B>(
        &mut self,
        memory: &mut Recollection<W>,
        (draw, drawn): (u64, &[f64]),
        mut see: impl FnMut(usize, &Tally) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        self.begun.open(draw, drawn);
        memory.begin();
        self.quarter.begin_like(self.first, &self.begun);
        see(0, self.quarter.play(memory))?;
        for (at, (plan, kinship)) in self.others.iter().enumerate() {
            memory.begin_kin(kinship);
            if kinship.beginning {
                self.quarter.begin_like(plan, &self.begun);
                if !kinship.team {
                    self.quarter.begin_team(draw);
                }
            } else {
                self.quarter.begin(plan, draw, drawn);
            }
            see(at + 1, self.quarter.play(memory))?;
        }
        ControlFlow::Continue(())
    }
}
