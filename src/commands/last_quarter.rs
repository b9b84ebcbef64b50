//! `--last-quarter FILE`: what came of the quarter before, held against this plan's rates.

use std::path::Path;

use crate::analysis::last_quarter::{Came, beside};
use crate::engine::{Forecast, KEPT, Keeping, Progress};
use crate::inputs::{columns, essence, quote, told_names};
use crate::model::channels::Channel;
use crate::report;
use crate::scenario::{RawPlan, Scenario};

use super::Failure;

/// What a column is about, and the names that it goes by, without blanks and signs.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("channel", &["channel", "source", "name", "campaign"]),
    ("budget", &["budget", "spend", "spent", "cost", "amountspent"]),
    ("leads", &["leads", "inquiries", "visits", "trials", "conversions"]),
    ("wins", &["wins", "won", "deals", "orders", "sales", "customers"]),
    ("revenue", &["revenue", "value", "turnover", "conversionvalue"]),
];

fn column(name: &str) -> Option<&'static str> {
    let name = essence(name);
    COLUMNS.iter().find(|(_, names)| names.contains(&&*name)).map(|(column, _)| *column)
}

/// How a forecast is made.
pub(super) struct How<'p> {
    pub(super) runs: u64,
    pub(super) seed: u64,
    pub(super) width: usize,
    pub(super) progress: &'p dyn Progress,
}

/// Reads the table, simulates the plan with the money of that quarter, and tells how the two compare.
///
/// # Errors
///
/// What is wrong with the table, or that the run was stopped.
pub(super) fn told(path: &Path, draft: &RawPlan, scenario: &Scenario, how: &How<'_>) -> Result<String, Failure> {
    let (rows, all) = read(path, draft)?;
    let channels = &scenario.plan.parts.channels;
    let named = |name: &str| channels.iter().find(|own| is_called(own, name));
    let mut unknown = Vec::new();
    let mut known = Vec::new();
    for row in rows {
        match named(&row.channel) {
            Some(channel) => known.push(Came { channel: channel.name.clone(), ..row }),
            None => unknown.push(row.channel),
        }
    }
    let settings: Vec<String> = channels.iter().filter(|own| own.is_paid()).map(|own| money(own, &known)).collect();
    let then = draft.clone().set(&settings).read()?;
    let ask = Forecast::spec(&then, how.runs, how.seed);
    let forecast = Forecast::simulate(&then, &ask, Keeping::First(KEPT), how.progress)?;
    let beside = beside(&forecast, &all, &known);
    Ok(report::last_quarter(&then, &beside, &unknown, how.width))
}

fn is_called(channel: &Channel, name: &str) -> bool {
    essence(&channel.name) == essence(name) || essence(&channel.label) == essence(name)
}

/// What was spent on a channel, as a setting; nothing where the table has no row for it.
fn money(channel: &Channel, known: &[Came]) -> String {
    let spent = known.iter().find(|own| own.channel == channel.name).and_then(|own| own.budget);
    let is_plain = channel.name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let name = if is_plain { channel.name.clone() } else { format!("\"{}\"", channel.name) };
    format!("channels.{name}.budget={}", spent.unwrap_or(0.0))
}

/// The rows, and all of them together: a row that says total, else their sum.
fn read(path: &Path, draft: &RawPlan) -> Result<(Vec<Came>, Came), Failure> {
    let table = draft.table_beside("--last-quarter", path, |name| column(name).is_some())?;
    let shown = path.display();
    let at = |wanted: &str| table.names.iter().position(|name| column(name) == Some(wanted));
    let Some(names) = at("channel") else {
        let columns = told_names(table.names.iter().map(String::as_str));
        return Err(Failure::Usage(format!(
            "{shown} has no column of channels: expected channel, budget, leads, wins, revenue; it has {columns}"
        )));
    };
    let figures = |wanted: &str| -> Result<Vec<Option<f64>>, Failure> {
        let Some(at) = at(wanted) else { return Ok(vec![None; table.rows.len()]) };
        let cells = columns::amounts(&table.column(at)).into_iter().zip(&table.rows);
        cells
            .map(|(cell, row)| {
                cell.map_err(|why| {
                    Failure::Usage(format!("{shown}, line {}: \"{}\": {why}", row.line, quote(&row.cells[at])))
                })
            })
            .collect()
    };
    let [budgets, leads, wins, revenues] =
        [figures("budget")?, figures("leads")?, figures("wins")?, figures("revenue")?];
    let mut rows = Vec::new();
    let mut total = None;
    for (at, row) in table.rows.iter().enumerate() {
        let came = Came {
            channel: row.cells[names].clone(),
            budget: budgets[at],
            leads: leads[at],
            wins: wins[at],
            revenue: revenues[at],
        };
        if row.is_total { total = Some(came) } else { rows.push(came) }
    }
    let sum = |figure: fn(&Came) -> Option<f64>| {
        let figures: Vec<f64> = rows.iter().filter_map(figure).collect();
        (!figures.is_empty()).then(|| figures.iter().sum())
    };
    let all = total.unwrap_or_else(|| Came {
        channel: String::new(),
        budget: sum(|own| own.budget),
        leads: sum(|own| own.leads),
        wins: sum(|own| own.wins),
        revenue: sum(|own| own.revenue),
    });
    Ok((rows, all))
}
