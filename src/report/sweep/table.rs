//! A curve as tables: one an outcome, a row a value, and a row for today where that is none of the values.

use comfy_table::Table;

use crate::analysis::{Results, SweepFinding, Verdict};
use crate::model::outcomes::{OutcomeId, Unit};
use crate::text::{percent, shorten, with_margin};

use super::super::aligned::table;
use super::super::ratios;
use super::values::{shown, unit_of};
use super::words::Place;
use super::{SweepReport, words};

/// The widest a value may be.
const WIDEST: usize = 28;

/// A row of a table.
struct Row<'r> {
    name: String,
    results: &'r Results,
    /// the point that it is; none for today's plan between the points
    at: Option<usize>,
}

/// The tables of all outcomes.
pub(super) fn tables(report: &SweepReport<'_>) -> Vec<(String, Table)> {
    let rows = rows(report);
    let findings = report.findings.iter().enumerate();
    findings.map(|(number, finding)| of_outcome(report, finding, &rows, number == 0)).collect()
}

fn rows<'r>(report: &'r SweepReport<'_>) -> Vec<Row<'r>> {
    let axis = &report.sweep.axes[0];
    let mut rows: Vec<Row<'_>> = (0..report.sweep.points.len())
        .map(|at| Row { name: shorten(&shown(&axis.values[at]), WIDEST), results: report.results(at), at: Some(at) })
        .collect();
    if report.sweep.today_at.is_none() {
        let today = axis.today.as_ref();
        let place = match today.and_then(|today| today.number) {
            Some(number) if axis.is_of_numbers() => {
                (0..axis.values.len()).take_while(|&at| axis.number(at) < number).count()
            }
            _ => rows.len(),
        };
        let row = Row {
            name: today.map_or_else(|| words::UNSET.to_owned(), |today| shorten(&shown(today), WIDEST)),
            results: &report.sweep.today,
            at: None,
        };
        rows.insert(place, row);
    }
    rows
}

fn of_outcome(report: &SweepReport<'_>, finding: &SweepFinding, rows: &[Row<'_>], first: bool) -> (String, Table) {
    let outcome = finding.outcome.outcome();
    let stats = rows.iter().filter_map(|row| row.results.stats(finding.outcome));
    let ends = stats.map(|stats| stats.p10().abs().max(stats.p90().abs()));
    let (one, short) = unit_of(outcome, ends);
    let least = if one > 1.0 || outcome.unit == Unit::Count { 1.0 } else { 0.0 };
    let has_slopes = report.sweep.axes[0].is_of_numbers();
    // A chance stands with its outcome; that of an outcome that is not shown with the first one.
    let is_shown = |id: OutcomeId| report.sweep.outcomes.contains(&id);
    let targets: Vec<OutcomeId> = report
        .sweep
        .today
        .targets
        .iter()
        .map(|target| target.outcome)
        .filter(|&id| id == finding.outcome || (first && !is_shown(id)))
        .collect();
    let title = report.title_of(outcome, short);
    let mut header = vec![String::new()];
    header.extend(["P10", "P50", "P90", "mean", "±"].map(str::to_owned));
    if has_slopes {
        header.push(words::next(&report.unit_step(), report.currency(), one > 1.0));
    }
    for &target in &targets {
        header.push(words::chance_column(target, finding.outcome));
    }
    header.push(String::new());
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = table(&header);
    for row in rows {
        let Some(stats) = row.results.stats(finding.outcome) else {
            continue;
        };
        let mut cells = vec![row.name.clone()];
        cells.extend([0.10, 0.50, 0.90].map(|level| ratios::percentile(outcome, stats, level, one, least)));
        cells.push(ratios::headline(outcome, stats, one, least));
        cells.push(ratios::margin(outcome, stats, one, least));
        if has_slopes {
            let next = row
                .at
                .filter(|at| at + 1 < report.sweep.points.len())
                .and_then(|at| report.slope(at, at + 1, finding.outcome));
            cells.push(next.map_or_else(String::new, |slope| with_margin(slope.mean, slope.margin())));
        }
        for &target in &targets {
            let chance = row.results.target(target).map(|own| own.chance.probability);
            cells.push(chance.map_or_else(|| "–".into(), percent));
        }
        let place = match row.at {
            _ if finding.ranking.all_same => Place::Behind,
            Some(at) if finding.ranking.best() == Some(at) => Place::Best,
            Some(at) if finding.ranking.alike.contains(&at) => Place::Alike,
            None if matches!(finding.against_today(), Verdict::TooClose | Verdict::Same) => Place::Alike,
            _ => Place::Behind,
        };
        cells.push(words::mark(place, row.at == report.sweep.today_at || row.at.is_none()));
        table.add_row(cells);
    }
    (title, table)
}
