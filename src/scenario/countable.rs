//! Plans whose weeks bring more than can be counted: a fault before the run, where the middle of what is uncertain shows
//! it already.

use crate::model::plan::Plan;
use crate::reading::{Diagnostic, Span, Table, Value};

/// A fault for each channel that would bring more leads in some week than can be counted.
pub(super) fn uncountable(plan: &Plan, written: &Table, file: &Span) -> Vec<Diagnostic> {
    let channels = match written.get("channels").map(|node| &node.value) {
        Some(Value::Table(channels)) => Some(channels),
        _ => None,
    };
    let place = |name: &str| channels.and_then(|channels| channels.entry(name)).map(|entry| entry.key_place.clone());
    plan.uncountable()
        .into_iter()
        .map(|(channel, week)| {
            let name = &plan.parts.channels[channel].name;
            Diagnostic::at(
                &place(name).unwrap_or_else(|| file.clone()),
                format!("[channels.{name}] would bring more than 10^12 leads in week {}", week + 1),
                "more than can be counted",
            )
            .help("is one of its figures, or `growth_per_week` in [market], in other units? 3% a week is 0.03")
        })
        .collect()
}
