//! The best mix, as people read it: what it brings, what moves and why, how far each budget may move; and as JSON.

mod charts;
mod json;
mod page;
mod plan;
mod tables;
mod text;
mod words;

use crate::analysis::{Candidate, Optimum, Slot};
use crate::scenario::Scenario;
use crate::text::Currency;

use super::words::shown_name;

/// A search for the best mix, and what is said about it.
pub struct OptimizeReport<'s> {
    /// the plan as it stands
    pub(super) scenario: &'s Scenario,
    pub(super) optimum: &'s Optimum,
}

impl<'s> OptimizeReport<'s> {
    /// Of a search with the plan `scenario`.
    #[must_use]
    pub fn of(scenario: &'s Scenario, optimum: &'s Optimum) -> Self {
        Self { scenario, optimum }
    }

    /// That no mix was found that keeps to the conditions, for the last line; none where one was.
    #[must_use]
    pub fn no_solution(&self) -> Option<String> {
        let broken = self.optimum.keeps(&self.optimum.best) == Some(false);
        broken.then(|| "no mix was found that keeps to every --subject-to".to_owned())
    }

    pub(super) fn currency(&self) -> Currency<'_> {
        Currency(&self.scenario.currency)
    }

    /// What people call the channel of a budget.
    pub(super) fn shown(&self, slot: &Slot) -> &'s str {
        shown_name(&self.scenario.plan.parts.channels[slot.channel])
    }

    /// The channels, each with its budget in the plan and in a mix.
    pub(super) fn slots<'c>(&'c self, candidate: &'c Candidate) -> impl Iterator<Item = (usize, &'c Slot, f64, f64)> {
        let (start, own) = (&self.optimum.start.mix, &candidate.mix);
        self.optimum.space.slots.iter().enumerate().map(move |(at, slot)| (at, slot, start[at], own[at]))
    }
}
