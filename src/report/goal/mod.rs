//! What a goal takes, as people read it: the answer first, then the values that were tried; and as JSON.

mod charts;
mod json;
mod page;
mod text;
mod words;

use crate::analysis::{Answer, Effort, GoalPoint, GoalRun, Tried};
use crate::scenario::Scenario;
use crate::text::Currency;

/// A search for a goal, and what is said about it.
pub struct GoalReport<'s> {
    /// the plan as it stands
    pub(super) scenario: &'s Scenario,
    pub(super) run: &'s GoalRun,
}

impl<'s> GoalReport<'s> {
    /// Of a search with the plan `scenario`.
    #[must_use]
    pub fn of(scenario: &'s Scenario, run: &'s GoalRun) -> Self {
        Self { scenario, run }
    }

    /// Does a value reach the goal?
    #[must_use]
    pub fn is_reached(&self) -> bool {
        !matches!(self.run.answer, Answer::Nowhere { .. } | Answer::InDoubt { .. })
    }

    /// What is told of all that was tried: the first look, today's plan, the answer or the best.
    fn told(&self) -> impl Iterator<Item = (usize, &Tried<GoalPoint>)> {
        let marked = self.marked();
        let range = self.run.goal.lever.range;
        let is_step = move |x: f64| {
            let place = 16.0 * (x - range.low) / (range.high - range.low);
            range.whole || (place - place.round()).abs() < 1e-9
        };
        let today = self.run.goal.lever.today;
        let all = self.run.tried.iter().enumerate();
        all.filter(move |(at, tried)| is_step(tried.x) || Some(*at) == marked || Some(tried.x) == today)
    }

    /// The place of the answer, or of the best value where there is none.
    fn marked(&self) -> Option<usize> {
        match self.run.answer {
            Answer::From(crossing) | Answer::UpTo(crossing) => Some(crossing.at),
            Answer::InDoubt { best } | Answer::Nowhere { best } => Some(best),
            Answer::Everywhere => None,
        }
    }

    pub(super) fn currency(&self) -> Currency<'_> {
        Currency(&self.scenario.currency)
    }

    /// Was a value tried with all draws?
    pub(super) fn is_full(tried: &Tried<GoalPoint>) -> bool {
        tried.effort == Effort::Full
    }
}
