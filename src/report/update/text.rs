//! What moved, as text for a terminal: the forecast, the figures, what was not to be expected, what is not known.

use comfy_table::CellAlignment;

use crate::analysis::Paired;
use crate::analysis::update::{Conflict, MovedInput};
use crate::engine::{Forecast, TargetForecast};
use crate::model::outcomes::OutcomeId;
use crate::report::aligned;
use crate::report::words::target_name;
use crate::scenario::{Scenario, spoken};
use crate::text::{Currency, capital, count, level, percent, with_error, with_margin, wrap};

use super::UpdateReport;

/// Most inputs that are told; the plan has them all.
const MOST_TOLD: usize = 16;

/// The whole text.
#[must_use]
pub fn update_text(report: &UpdateReport<'_>, width: usize) -> String {
    let (over, read) = (report.actuals.weeks, &report.actuals.guesses);
    let outlook = Outlook { scenario: report.scenario, over, before: report.before, now: report.now };
    let mut parts = vec![outlook_text(&outlook, width)];
    if !read.is_empty() {
        parts.push(wrap(&read.join(" "), width, ""));
    }
    parts.push(wrap(&steps(report), width, ""));
    if report.update.moved.is_empty() {
        parts.push("No figure of the plan is known better than it was stated.".into());
    } else {
        parts.push(figures(&report.update.moved));
    }
    parts.extend(report.update.conflicts.iter().map(|own| wrap(&conflict(own), width, "  ")));
    let notes = report.update.unused.iter().chain(report.notes);
    parts.extend(notes.map(|note| wrap(&format!("Note: {note}"), width, "  ")));
    parts.join("\n\n")
}

/// Two forecasts of a plan: before its first week, and now.
#[derive(Clone, Copy, Debug)]
pub struct Outlook<'a> {
    /// the plan before
    pub scenario: &'a Scenario,
    /// the weeks that are over
    pub over: usize,
    /// the forecast before the first week
    pub before: &'a Forecast,
    /// that of the weeks that are left
    pub now: &'a Forecast,
}

/// Both forecasts: the answer first, then outcomes.
#[must_use]
pub fn outlook_text(outlook: &Outlook<'_>, width: usize) -> String {
    format!("{}\n\n{}", wrap(&opening(outlook), width, ""), outcomes(outlook))
}

/// The answer: the chance of the first target, or the middle of the steering outcome, before and now.
fn opening(outlook: &Outlook<'_>) -> String {
    let Outlook { scenario, over, before, now } = outlook;
    let over = format!("After {} of {}", count(*over as f64, "week"), scenario.plan.parts.horizon.weeks);
    let currency = Currency(&scenario.currency);
    let told = |target: &TargetForecast| {
        let [p, low, high] = [target.chance.probability, target.chance.low, target.chance.high].map(percent);
        if low == high { p } else { format!("{p} ({low} to {high})") }
    };
    if let (Some(was), Some(is)) = (before.targets.first(), now.targets.first()) {
        return format!(
            "{over}: {}: {} now, {} before the first week.",
            target_name(is, currency),
            told(is),
            told(was)
        );
    }
    let outcome = scenario.steering_outcome().outcome();
    let middle = |forecast: &Forecast| {
        let stats = forecast.outcome(outcome.key);
        currency.with(&stats.map_or_else(|| "–".into(), |stats| with_error(stats.p50(), stats.margin(0.5))))
    };
    format!(
        "{over}: {} in the middle of what may come: {} now, {} before the first week.",
        outcome.title,
        middle(now),
        middle(before)
    )
}

/// Revenue, profit and wins, before and now.
fn outcomes(outlook: &Outlook<'_>) -> String {
    let mut table = aligned::table(&["", "P10", "P50", "P90", "mean"]);
    let has_margin = outlook.scenario.plan.parts.finance.gross_margin.is_some();
    // Profit with what follows goes beyond the weeks of either plan: profit can be compared.
    let told = ["revenue", "profit", "wins"].into_iter().filter(|key| *key != "profit" || has_margin);
    for outcome in told.filter_map(OutcomeId::named).map(OutcomeId::outcome) {
        for (when, forecast) in [("before", outlook.before), ("now", outlook.now)] {
            let Some(stats) = forecast.outcome(outcome.key) else { continue };
            let level = |p: f64| with_error(stats.percentile(p), stats.margin(p));
            let mean = with_error(stats.mean, stats.errors.map(|errors| errors.mean));
            table.add_row([format!("{}, {when}", outcome.title), level(0.1), level(0.5), level(0.9), mean]);
        }
    }
    aligned::shown(&table)
}

/// What moved the forecast: first what came, then what it says of the figures.
fn steps(report: &UpdateReport<'_>) -> String {
    let revenue = OutcomeId::named("revenue").unwrap_or_default();
    let moved = |from: &Forecast, to: &Forecast| {
        let change = Paired::between(revenue, &from.draws, &to.draws)?.change();
        let text = with_margin(change.mean, change.error.map(|error| 1.96 * error));
        Some(if change.mean > 0.0 { format!("+{text}") } else { text })
    };
    let (Some(came), Some(learnt)) = (moved(report.before, report.came), moved(report.came, report.now)) else {
        return String::new();
    };
    let currency = Currency(&report.scenario.currency);
    format!(
        "What came, set against what was expected of these weeks, moves mean revenue by {}; what it says of the figures moves \
         it by {}.",
        currency.with(&came),
        currency.with(&learnt)
    )
}

fn figures(moved: &[MovedInput]) -> String {
    let mut table = aligned::table(&["input", "P10", "P50", "P90", "stated P10", "P50", "P90", "from"]);
    // Those that moved most come first, by how far the middle is from where it was, in ranges of what was stated.
    let far = |own: &MovedInput| {
        (own.now.p50 - own.stated.p50).abs() / (own.stated.p90 - own.stated.p10).max(f64::MIN_POSITIVE)
    };
    let mut order: Vec<&MovedInput> = moved.iter().collect();
    order.sort_by(|a, b| far(b).total_cmp(&far(a)));
    for own in order.iter().take(MOST_TOLD) {
        let [now, was] = [own.now, own.stated].map(|levels| levels.map(|x| level(x, own.is_share)));
        let from = match &own.from[..] {
            [one] => one.clone(),
            [one, rest @ ..] => format!("{one}, {} more", rest.len()),
            [] => String::new(),
        };
        table.add_row([capital(&spoken(&own.path)), now.p10, now.p50, now.p90, was.p10, was.p50, was.p90, from]);
    }
    if let Some(column) = table.column_mut(7) {
        column.set_cell_alignment(CellAlignment::Left);
    }
    let mut text = aligned::shown(&table);
    if order.len() > MOST_TOLD {
        text.push_str(&format!(
            "\nand {}, which moved less; the plan has them all",
            count((order.len() - MOST_TOLD) as f64, "input")
        ));
    }
    text
}

/// What was not to be expected.
fn conflict(conflict: &Conflict) -> String {
    let side = if conflict.is_more { "above" } else { "below" };
    let quarters = 1.0 / conflict.chance.max(1e-6);
    let rounded = with_error(quarters, Some(0.4 * quarters));
    let often = if conflict.chance < 1e-6 {
        "fewer than 1 of 1,000,000 quarters".into()
    } else {
        format!("1 of {rounded} quarters")
    };
    format!(
        "Conflict: {} came, far {side} what was stated: as far off was to be expected in {often}. Is the statement wrong, or the record?",
        conflict.came
    )
}
