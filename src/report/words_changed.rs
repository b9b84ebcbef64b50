//! What a what-if changed, in words.

use crate::scenario::{Change, Scenario};

use crate::text::{shorten, wrap};

/// So many changes are told; the rest is counted.
const TOLD: usize = 6;

/// A value longer than this is cut.
const LONGEST: usize = 32;

/// The header of a report: what the plan is called, what was simulated, and what is not as the file has it.
pub(super) fn header(scenario: &Scenario, subject: &str, width: usize) -> String {
    let changed = changes(&scenario.changed).map(|changes| format!("Changed from the file: {changes}."));
    let lines = [Some(scenario.title()), Some(wrap(subject, width, "")), changed.map(|text| wrap(&text, width, "  "))];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Changes one after the other: `search budget 40k (was 24_000), sales close rate 30% (was 20% to 30%)`.
#[must_use]
pub fn changes(changes: &[Change]) -> Option<String> {
    let mut told: Vec<String> = changes.iter().take(TOLD).map(one).collect();
    match changes.len().saturating_sub(TOLD) {
        0 => {}
        further => told.push(format!("and {further} more")),
    }
    (!told.is_empty()).then(|| told.join(", "))
}

/// One change: `search budget 40k (was 24_000)`.
pub(super) fn one(change: &Change) -> String {
    let value = shorten(&change.value, LONGEST);
    match &change.was {
        Some(was) => format!("{} {value} (was {})", change.spoken(), shorten(was, LONGEST)),
        None => format!("{} {value} (not in the file)", change.spoken()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_changes_are_told_and_the_others_counted() {
        let change = |number: usize| Change {
            path: format!("channels.c{number}.cost_per_click"),
            value: "40k".into(),
            was: (number > 1).then(|| "24_000".into()),
        };
        assert_eq!(changes(&[]), None);
        let two: Vec<Change> = (1..3).map(change).collect();
        let told = "c1 cost per click 40k (not in the file), c2 cost per click 40k (was 24_000)";
        assert_eq!(changes(&two).as_deref(), Some(told));
        let many: Vec<Change> = (1..10).map(change).collect();
        assert!(changes(&many).is_some_and(|told| told.ends_with("(was 24_000), and 3 more")));
    }
}
