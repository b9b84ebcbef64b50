//! The tables on what drives a plan.

use comfy_table::Table;

use crate::analysis::Estimate;
use crate::analysis::sensitivity::{Factor, Swing, Worth};
use crate::scenario::spoken;
use crate::text::{figure_and_margin, shorten, with_error};

use super::super::aligned::table;
use super::SensitivityReport;

/// A table of more rows is no longer read.
const MOST_ROWS: usize = 15;

/// A name longer than this is cut.
const LONGEST: usize = 44;

/// A factor of a smaller share in all is not told of.
const LEAST_SHARE: f64 = 0.002;

/// The swings of the table, and the rank correlation of each.
pub(super) fn shown<'r>(report: &'r SensitivityReport<'_>) -> impl Iterator<Item = (&'r Swing, f64)> {
    report.clear_swings().take(MOST_ROWS)
}

/// How far the outcome moves with each figure.
pub(super) fn swings(report: &SensitivityReport<'_>) -> Option<Table> {
    let title = report.unit(report.outcome().title);
    let mut table = table(&[&title, "if low", "if high", "difference", "±", "rank corr."]);
    let mut rows = 0;
    for (swing, rank) in shown(report) {
        let star = if swing.partners.is_empty() { "" } else { " *" };
        let (change, margin) = figure_and_margin(swing.change.mean, swing.change.margin());
        table.add_row([
            format!("{}{star}", shorten(&spoken(&swing.path), LONGEST)),
            with_error(swing.low.mean, swing.change.margin()),
            with_error(swing.high.mean, swing.change.margin()),
            change,
            margin.unwrap_or_else(|| "–".into()),
            with_error(rank, Some(0.01)),
        ]);
        rows += 1;
    }
    (rows > 0).then_some(table)
}

/// The share of the variance that each factor brings.
pub(super) fn indices(report: &SensitivityReport<'_>) -> Option<Table> {
    let title = format!("Share of the variance of {}, %", report.noun());
    let mut table = table(&[&title, "alone", "±", "in all", "±"]);
    let factors = report.found.indices.iter().filter(|own| own.indices.total.mean > LEAST_SHARE);
    let mut rows = 0;
    for own in factors.take(MOST_ROWS) {
        let name = match &own.factor {
            Factor::Luck => "luck".to_owned(),
            Factor::Inputs(paths) => {
                let names: Vec<String> = paths.iter().map(|path| spoken(path)).collect();
                shorten(&names.join(" + "), LONGEST)
            }
        };
        let [first, first_margin] = share(own.indices.first);
        let [total, total_margin] = share(own.indices.total);
        table.add_row([name, first, first_margin, total, total_margin]);
        rows += 1;
    }
    (rows > 0).then_some(table)
}

/// An index in percent, and its margin.
fn share(index: Estimate) -> [String; 2] {
    let index = index.scaled(100.0);
    let (figure, margin) = figure_and_margin(index.mean, index.margin());
    let figure = if index.error.is_some() && !index.is_clear() { "≈ 0".to_owned() } else { figure };
    [figure, margin.unwrap_or_else(|| "–".into())]
}

/// What knowing each figure is worth to the choice.
pub(super) fn choice(report: &SensitivityReport<'_>) -> Option<Table> {
    let choice = report.found.choice.as_ref()?;
    let title = report.unit("Worth knowing first, up to");
    let mut table = table(&[&title, "worth", "±"]);
    let mut row = |name: String, worth: Worth| {
        let (figure, margin) = figure_and_margin(worth.gain.mean, worth.gain.margin());
        table.add_row([name, figure, margin.unwrap_or_else(|| "–".into())]);
    };
    let all = Some(choice.all).filter(|all| all.is_found);
    let found = choice.found().take(MOST_ROWS);
    if let Some(all) = all {
        row("all figures together".to_owned(), all);
    }
    found.for_each(|input| row(shorten(&spoken(&input.path), LONGEST), input.worth));
    (all.is_some() || choice.found().next().is_some()).then_some(table)
}
