//! Outcomes as subjects of sentences: revenue rises, wins rise, costs fall where things get better.

use crate::model::outcomes::{OutcomeId, Unit};

/// Verbs in the number of an outcome's title, and in the direction in which it is better.
pub(super) struct Verbs {
    pub(super) is: &'static str,
    pub(super) they_are: &'static str,
    pub(super) better: &'static str,
    pub(super) worse: &'static str,
    /// what it does where a target is met
    pub(super) meets: &'static str,
}

impl Verbs {
    /// Those of an outcome.
    pub(super) fn of(id: OutcomeId) -> Self {
        let outcome = id.outcome();
        let one = ["lost_to_waiting", "backlog_end"].contains(&outcome.key);
        let [is, they_are, rises, falls] = match outcome.unit == Unit::Count && !one {
            true => ["are", "they are", "rise", "fall"],
            false => ["is", "it is", "rises", "falls"],
        };
        let (better, worse) = match outcome.is_cost() {
            true => (falls, rises),
            false => (rises, falls),
        };
        let meets = match (outcome.is_cost(), is) {
            (true, "are") => "stay at or below",
            (true, _) => "stays at or below",
            (false, "are") => "reach",
            (false, _) => "reaches",
        };
        Self { is, they_are, better, worse, meets }
    }
}
