//! Outcomes as parts of sentences: their nouns, the verbs that fit them, and changes in them.

use crate::model::outcomes::{Outcome, Unit};
use crate::text::lower;

/// An outcome inside a sentence: "profit with what follows", "leads lost to waiting".
pub(super) fn noun(outcome: &Outcome) -> String {
    match outcome.key {
        "lost_to_waiting" => "leads lost to waiting".to_owned(),
        "backlog_end" => "leads waiting at the end".to_owned(),
        "closing_later" => "wins that close later".to_owned(),
        _ => lower(outcome.title),
    }
}

/// "is", or "are" of titles that are plural: wins are best where …
pub(super) fn is(outcome: &Outcome) -> &'static str {
    let one = ["lost_to_waiting", "backlog_end", "closing_later"].contains(&outcome.key);
    if outcome.unit == Unit::Count && !one { "are" } else { "is" }
}

/// What an outcome does where it gets worse, in the number of its title: revenue falls, wins fall, costs rise.
pub(super) fn gets_worse(outcome: &Outcome) -> &'static str {
    match (is(outcome), outcome.is_cost()) {
        ("are", true) => "rise",
        ("are", false) => "fall",
        (_, true) => "rises",
        (_, false) => "falls",
    }
}

/// What an outcome does where a target is met: revenue reaches it, costs stay at or below it.
pub(super) fn meets(outcome: &Outcome) -> &'static str {
    match (outcome.is_cost(), is(outcome)) {
        (true, "are") => "stay at or below",
        (true, _) => "stays at or below",
        (false, "are") => "reach",
        (false, _) => "reaches",
    }
}

/// A change in an outcome, as people say it: sums are more or less, pieces more or fewer, costs and ratios higher or lower.
pub(super) struct Change {
    noun: String,
    word: &'static str,
    /// whether one brings more of it, or has a higher one
    brings: bool,
}

impl Change {
    /// A change that raises or lowers an outcome.
    pub(super) fn of(outcome: &Outcome, by: f64) -> Self {
        let brings = match outcome.unit {
            Unit::Money => !outcome.is_cost(),
            Unit::Count => true,
            Unit::Ratio => false,
        };
        let word = match (brings, by > 0.0, outcome.unit) {
            (true, true, _) => "more",
            (true, false, Unit::Count) => "fewer",
            (true, false, _) => "less",
            (false, true, _) => "higher",
            (false, false, _) => "lower",
        };
        Self { noun: noun(outcome), word, brings }
    }

    /// "brings 400 USD more revenue", "has a utilization 0.04 higher".
    pub(super) fn brings(&self, by: &str) -> String {
        let verb = if self.brings { "brings" } else { "has" };
        format!("{verb} {}", self.object(by))
    }

    /// "400 USD more revenue", "a utilization 0.04 higher".
    pub(super) fn object(&self, by: &str) -> String {
        match self.brings {
            true => format!("{by} {} {}", self.word, self.noun),
            false => format!("{} {} {by} {}", article(&self.noun), self.noun, self.word),
        }
    }

    /// "400 USD more", where the outcome has been named.
    pub(super) fn size(&self, by: &str) -> String {
        format!("{by} {}", self.word)
    }

    /// "brings 400 USD more", "is 0.04 higher", where the outcome has been named.
    pub(super) fn alone(&self, by: &str) -> String {
        let verb = if self.brings { "brings" } else { "is" };
        format!("{verb} {by} {}", self.word)
    }
}

fn article(noun: &str) -> &'static str {
    // A utilization begins like "you".
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    if vowel { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outcomes::OutcomeId;

    #[test]
    fn changes_are_said_as_their_outcome_asks() {
        let said = |key: &str, by: f64, figure: &str| {
            Change::of(OutcomeId::named(key).expect("an outcome").outcome(), by).object(figure)
        };
        assert_eq!(said("revenue", 1.0, "400 USD"), "400 USD more revenue");
        assert_eq!(said("wins", -1.0, "3"), "3 fewer wins");
        assert_eq!(said("cac", -1.0, "60 USD"), "an acquisition cost (CAC) 60 USD lower");
        assert_eq!(said("roas", 1.0, "0.2"), "a return on ad spend (ROAS) 0.2 higher");
        assert_eq!(said("lost_to_waiting", 1.0, "12"), "12 more leads lost to waiting");
    }
}
