//! How a budget is spread over the weeks of the horizon.

use crate::model::horizon::Horizon;
use crate::model::schema::TableReader;
use crate::reading::{Diagnostic, Node, Premise, Table, Value, nearest};
use crate::units::{LARGEST, Range};

/// How a budget is spread over the weeks of the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Flighting {
    /// a weight for each week
    weights: Vec<f64>,
}

impl Flighting {
    /// That of a channel without money.
    pub(super) fn none(weeks: usize) -> Self {
        Self { weights: vec![1.0; weeks] }
    }

    /// Reads `flighting`.
    pub(super) fn read(fields: &mut TableReader<'_, '_>, horizon: &Horizon) -> Self {
        let weights = match fields.node("flighting") {
            Some(node) => weights(fields, node, horizon.weeks),
            None => None,
        };
        weights.map_or_else(|| Self::none(horizon.weeks), |weights| Self { weights })
    }

    /// The money of each week.
    #[must_use]
    pub fn spread(&self, budget: f64) -> Vec<f64> {
        let total: f64 = self.weights.iter().sum();
        let share = |weight: &f64| budget * weight / total;
        self.weights.iter().map(share).collect()
    }
}

/// The weight of each week; none where it can't be read, which is a fault.
fn weights(fields: &mut TableReader<'_, '_>, node: &Node, weeks: usize) -> Option<Vec<f64>> {
    match &node.value {
        Value::Text(word) => match word.as_str() {
            "even" => Some(vec![1.0; weeks]),
            "front_loaded" => Some((0..weeks).map(|t| (weeks - t) as f64).collect()),
            "back_loaded" => Some((0..weeks).map(|t| (t + 1) as f64).collect()),
            _ => {
                let hint = nearest(word, ["even", "front_loaded", "back_loaded"])
                    .map_or_else(String::new, |word| format!(": did you mean \"{word}\"?"));
                wrong(fields, node, &format!("\"{word}\" is not one of its options{hint}"))
            }
        },
        Value::List(items) => {
            if items.len() != weeks {
                return wrong_for_weeks(fields, node, &format!("{} weights, for {weeks} weeks", items.len()));
            }
            let weights = fields.numbers("flighting", Range::closed(0.0, LARGEST), items);
            if weights.iter().sum::<f64>() <= 0.0 {
                return wrong(fields, node, "at least one weight must be above 0");
            }
            Some(weights)
        }
        Value::Table(table) => pattern(fields, node, table, weeks),
        other => wrong(fields, node, &format!("found {}", other.what())),
    }
}

fn pattern(fields: &mut TableReader<'_, '_>, node: &Node, table: &Table, weeks: usize) -> Option<Vec<f64>> {
    let mut entries = table.iter();
    let (Some(entry), None) = (entries.next(), entries.next()) else {
        return wrong(fields, node, "it has exactly one key: every or weeks");
    };
    let whole = |node: &Node| match node.value {
        Value::Number(n) if n.fract() == 0.0 && n >= 1.0 && n <= weeks as f64 => Some(n as usize),
        _ => None,
    };
    match (entry.key.as_str(), &entry.node.value) {
        ("every", _) => match whole(&entry.node) {
            Some(every) => Some((0..weeks).map(|t| if t % every == 0 { 1.0 } else { 0.0 }).collect()),
            None => wrong_for_weeks(fields, &entry.node, &format!("expected a whole number from 1 to {weeks}")),
        },
        ("weeks", Value::List(ends)) => match ends.iter().map(whole).collect::<Vec<_>>()[..] {
            [Some(first), Some(last)] if first <= last => {
                Some((1..=weeks).map(|week| if (first..=last).contains(&week) { 1.0 } else { 0.0 }).collect())
            }
            _ => wrong_for_weeks(fields, &entry.node, &format!("expected [first, last], in order, from 1 to {weeks}")),
        },
        _ => wrong(fields, node, "it has exactly one key: every or weeks"),
    }
}

/// A fault of the form, whatever the number of weeks.
fn wrong<T>(fields: &mut TableReader<'_, '_>, node: &Node, why: &str) -> Option<T> {
    fields.add_fault(fault(node, why));
    None
}

/// A fault for so many weeks as the plan has.
fn wrong_for_weeks<T>(fields: &mut TableReader<'_, '_>, node: &Node, why: &str) -> Option<T> {
    fields.add_fault(fault(node, why).given(Premise::WeeksKnown));
    None
}

fn fault(node: &Node, why: &str) -> Diagnostic {
    Diagnostic::at(
        &node.place,
        "`flighting`: this is not a way to spread a budget",
        why,
    )
    .help(
        "write \"even\", \"front_loaded\", \"back_loaded\", { every = 4 }, { weeks = [3, 8] } or a list with a weight for each week",
    )
}
