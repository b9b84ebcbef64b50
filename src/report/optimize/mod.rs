//! The best mix, as people read it: what it brings, what moves and why, how far each budget may move; and as JSON.

mod charts;
mod json;
mod page;
mod plan;
mod tables;
mod words;

use crate::analysis::{Candidate, Optimum, Slot};
use crate::scenario::Scenario;
use crate::text::{Currency, wrap};

use super::aligned::shown;
use super::glance::AnswerGlance;
use super::words::shown_name;
use super::words_changed;

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

    /// The text for a terminal that is so many columns wide.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let paragraph = |text: String| wrap(&text, width, "");
        let mut parts = vec![words_changed::header(self.scenario, &words::subject(self), width)];
        parts.push(paragraph(words::answer(self)));
        parts.extend(words::conditions(self).map(paragraph));
        parts.push(shown(&tables::mixes(self)));
        parts.push(paragraph(words::legend(self)));
        parts.extend(words::moves(self).map(paragraph));
        parts.extend(words::limits(self).map(paragraph));
        parts.extend(words::second(self).map(paragraph));
        parts.extend(tables::frontier(self).map(|table| shown(&table)));
        parts.extend(words::frontier(self).map(paragraph));
        parts.extend(tables::totals(self).map(|table| shown(&table)));
        parts.extend(words::totals(self).map(paragraph));
        parts.join("\n\n")
    }

    /// The answer as parts of a page.
    #[must_use]
    pub fn glance(&self) -> AnswerGlance {
        let sentences = std::iter::once(words::answer(self))
            .chain(words::conditions(self))
            .chain(words::moves(self))
            .chain(words::limits(self))
            .chain(words::second(self));
        let settings = self.optimum.settings(&self.optimum.best);
        AnswerGlance::of(sentences.collect(), &[self.mixes()], settings)
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
