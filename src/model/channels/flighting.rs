//! How a budget is spread over the weeks of the horizon.

use crate::model::horizon::{Horizon, Wrong, read_span};
use crate::model::schema::TableReader;
use crate::reading::{Diagnostic, Node, Premise, Table, Value, nearest};
use crate::units::{Date, LARGEST, Range, written};

use super::budget_file;

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

    /// Reads `budget`, `flighting` and `budget_by_week`: the budget, and how it is spread.
    pub(super) fn read(fields: &mut TableReader<'_, '_>, horizon: &Horizon) -> (f64, Self) {
        let budget = fields.certain("budget");
        if fields.has("budget_by_week") {
            let by_week = budget_file::read(fields, horizon);
            return Self::of_weeks(fields, budget, by_week).unwrap_or((budget, Self::none(horizon.weeks)));
        }
        let weights = match fields.node("flighting") {
            Some(node) => weights(fields, node, horizon),
            None => None,
        };
        (budget, weights.map_or_else(|| Self::none(horizon.weeks), |weights| Self { weights }))
    }

    /// That of the money of each week; a budget that is written beside it is spread as that is.
    fn of_weeks(fields: &mut TableReader<'_, '_>, budget: f64, by_week: Option<Vec<f64>>) -> Option<(f64, Self)> {
        if fields.has("flighting") {
            let message = "`flighting` and `budget_by_week` both say how the budget is spread";
            fields.fault("flighting", message, "leave out one of the two");
        }
        let weights = by_week?;
        let sum: f64 = weights.iter().sum();
        if sum > 0.0 {
            return Some((if fields.has("budget") { budget } else { sum }, Self { weights }));
        }
        if fields.has("budget") && budget > 0.0 {
            let message = "`budget_by_week` has no money in the weeks of the plan to spread the budget by";
            fields.fault("budget_by_week", message, "nothing but zeros");
        }
        None
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
fn weights(fields: &mut TableReader<'_, '_>, node: &Node, horizon: &Horizon) -> Option<Vec<f64>> {
    let weeks = horizon.weeks;
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
                let why = format!("{} weights, for {weeks} weeks{}", items.len(), of_months(items, weeks));
                return wrong_for_weeks(fields, node, &why);
            }
            let weights = fields.numbers("flighting", Range::closed(0.0, LARGEST), items);
            if weights.iter().sum::<f64>() <= 0.0 {
                return wrong(fields, node, "at least one weight must be above 0");
            }
            Some(weights)
        }
        Value::Table(table) => pattern(fields, node, table, horizon),
        other => wrong(fields, node, &format!("found {}", other.what())),
    }
}

/// Where a list is as long as the plan has months, what months are written like.
fn of_months(items: &[Node], weeks: usize) -> String {
    let numbers: Option<Vec<String>> = items
        .iter()
        .map(|item| match item.value {
            Value::Number(number) => Some(written(number)),
            _ => None,
        })
        .collect();
    let is_as_long = (3.5..=6.0).contains(&(weeks as f64 / items.len() as f64));
    match numbers {
        Some(numbers) if is_as_long => format!("; of calendar months: {{ months = [{}] }}", numbers.join(", ")),
        _ => String::new(),
    }
}

fn pattern(fields: &mut TableReader<'_, '_>, node: &Node, table: &Table, horizon: &Horizon) -> Option<Vec<f64>> {
    let weeks = horizon.weeks;
    let mut entries = table.iter();
    let (Some(entry), None) = (entries.next(), entries.next()) else {
        return wrong(fields, node, ONE_KEY);
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
        ("weeks", Value::List(_)) => match read_span(fields, &entry.node, horizon, weeks) {
            Ok((first, last)) => {
                Some((1..=weeks).map(|week| if (first..=last).contains(&week) { 1.0 } else { 0.0 }).collect())
            }
            Err(Wrong::Told) => None,
            Err(Wrong::Form) => wrong_for_weeks(
                fields,
                &entry.node,
                &format!("expected [first, last], in order, from 1 to {weeks}, or dates in these weeks"),
            ),
        },
        ("months", Value::List(items)) => months(fields, &entry.node, items, horizon),
        _ => wrong(fields, node, ONE_KEY),
    }
}

const ONE_KEY: &str = "it has exactly one key: every, weeks or months";

/// The weight of each week by the weights of calendar months, the first of which is that of the plan's first day: month k
/// gets `w_k/Σw` of the money, evenly over its days in the horizon. Weeks begin and end in the middle of months.
fn months(fields: &mut TableReader<'_, '_>, node: &Node, items: &[Node], horizon: &Horizon) -> Option<Vec<f64>> {
    let Some(start) = horizon.start else {
        let why = "months need the date on which the plan starts: add start to [horizon]";
        return wrong_for_weeks(fields, node, why);
    };
    let weights = fields.counted_numbers("flighting", Range::closed(0.0, LARGEST), items);
    if weights.iter().sum::<f64>() <= 0.0 {
        return wrong(fields, node, "at least one weight must be above 0");
    }
    let days = months_of_days(start, 7 * horizon.weeks);
    let in_month = |month: usize| days.iter().filter(|&&own| own == month).count();
    if let Some(month) = (0..weights.len()).find(|&month| weights[month] > 0.0 && in_month(month) == 0) {
        let count = days.last().map_or(0, |last| last + 1);
        let why = format!("weight {} is for a month that the plan does not reach: it has {count} months", month + 1);
        return wrong_for_weeks(fields, node, &why);
    }
    let a_day: Vec<f64> =
        weights.iter().enumerate().map(|(month, weight)| weight / in_month(month).max(1) as f64).collect();
    let of_day = |month: &usize| a_day.get(*month).copied().unwrap_or(0.0);
    Some(days.chunks(7).map(|week| week.iter().map(of_day).sum()).collect())
}

/// The month of each day from `start` on, counted from that of the first.
fn months_of_days(start: Date, days: usize) -> Vec<usize> {
    let number = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
    let first = number(start);
    (0..days as i64).map_while(|day| start.plus_days(day)).map(|date| (number(date) - first) as usize).collect()
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
        "write \"even\", \"front_loaded\", \"back_loaded\", { every = 4 }, { weeks = [3, 8] }, { months = [2, 3, 1] } or a list with a weight for each week",
    )
}

#[cfg(test)]
mod tests {
    use super::months_of_days;

    #[test]
    fn weeks_that_end_in_the_next_month_belong_to_both() {
        // From Thursday, January 28: four days of January, 28 of February, then March.
        let months = months_of_days("2027-01-28".parse().expect("a date"), 35);
        let days = |month| months.iter().filter(|&&own| own == month).count();
        assert_eq!((days(0), days(1), days(2)), (4, 28, 3));
        assert_eq!(months_of_days("2027-12-31".parse().expect("a date"), 2), [0, 1]);
    }
}
