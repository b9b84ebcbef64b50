//! Every sentence about a sweep.

use crate::analysis::Axis;
use crate::engine::TargetForecast;
use crate::model::outcomes::OutcomeId;
use crate::scenario::spoken;
use crate::text::{Currency, LOW_END, capital, count, listed, percent, simulated, with_error};

use super::super::words::{shown_name, target_name};
use super::SweepReport;
use super::finding::ranges;
use super::values::{UnitStep, shown};

/// A value that is written nowhere.
pub(super) const UNSET: &str = "as it stands";

/// What is varied and how: the line under the name.
pub(super) fn subject(report: &SweepReport<'_>) -> String {
    let sweep = report.sweep;
    let axes: Vec<String> = sweep
        .axes
        .iter()
        .map(|axis| {
            let all = axis.values.len();
            match axis.values.as_slice() {
                [first, .., last] if axis.is_of_numbers() => {
                    format!("{} from {} to {} in {all} values", axis.path, shown(first), shown(last))
                }
                values => {
                    let values: Vec<String> = values.iter().map(shown).collect();
                    format!("{}: {}", axis.path, listed(&values, "or"))
                }
            }
        })
        .collect();
    let kept = report.total.map_or_else(String::new, |total| {
        let sum = with_error(total.sum(), Some(1.0));
        format!("; the other budgets make room, so that all together stay {}", report.currency().with(&sum))
    });
    let weeks = report.scenario.plan.parts.horizon.weeks;
    let is_varied = sweep.axes.iter().any(|axis| axis.path == "horizon.weeks");
    let length = match is_varied {
        true => String::new(),
        false => format!(" of {}", count(weeks as f64, "week")),
    };
    format!(
        "{}{kept}. {}{length} for each, seed {}.",
        axes.join(", by "),
        simulated(sweep.draws.runs, weeks),
        sweep.draws.seed,
    )
}

/// How the chance of a target changes.
pub(super) fn chance(report: &SweepReport<'_>, outcome: OutcomeId) -> Option<String> {
    let chance = |target: &TargetForecast| target.chance.probability;
    let of_points = || (0..report.sweep.points.len()).filter_map(|at| report.results(at).target(outcome));
    let (low, high) =
        of_points().map(chance).fold((f64::INFINITY, 0.0_f64), |(low, high), own| (low.min(own), high.max(own)));
    let today = report.sweep.today.target(outcome)?;
    let same_goal = of_points().all(|own| own.target == today.target);
    let goal = match same_goal {
        true => target_name(today, report.currency()),
        false => format!("{}, the target of each", outcome.outcome().title),
    };
    let ranking = report.sweep.ranking_by_chance(outcome)?;
    let (low, high) = (percent(low), percent(high));
    let as_it_stands = format!("{} as the plan stands", percent(chance(today)));
    Some(match ranking.best() {
        _ if low == high => format!("{goal}: {low} chance at every value."),
        _ if !has_errors(report) => {
            format!(
                "{goal}: {low} to {high} chance, in too few {} to tell them apart; {as_it_stands}.",
                report.futures()
            )
        }
        _ if ranking.alike.len() == report.sweep.points.len() => {
            format!("{goal}: {low} to {high} chance, no different beyond the simulation's error; {as_it_stands}.")
        }
        Some(best) => {
            let own = report.results(best).target(outcome)?.chance;
            format!(
                "{goal}: {low} to {high} chance, highest at {} ({} to {}); {as_it_stands}.",
                report.place(best),
                percent(own.low),
                percent(own.high)
            )
        }
        None if report.sweep.axes.len() == 1 => format!(
            "{goal}: {low} to {high} chance, highest at {}, which can't be told apart; {as_it_stands}.",
            ranges(report, &ranking.alike)
        ),
        None => format!(
            "{goal}: {low} to {high} chance, highest at one of {} points that can't be told apart; {as_it_stands}.",
            ranking.alike.len()
        ),
    })
}

/// Whether there are draws enough for errors.
fn has_errors(report: &SweepReport<'_>) -> bool {
    report.sweep.today.outcomes.iter().any(|(_, stats)| stats.errors.is_some())
}

/// What the tables mean.
pub(super) fn legend(report: &SweepReport<'_>) -> String {
    let alike = "All values ran on common random numbers, so that they differ by less chance than ± says.";
    if !has_errors(report) {
        return "With so few draws nothing can be told from chance: ask for more --runs.".into();
    }
    let best = report.findings.first().and_then(|finding| finding.ranking.best());
    let brackets = if best.is_some() { "[ ] is the best" } else { "[ ] can't be told from the best" };
    match (report.sweep.axes.as_slice(), report.sweep.today_at) {
        ([_], _) => format!("{LOW_END} ≈ can't be told from the best. {alike}"),
        (_, Some(_)) => format!("{brackets}, ( ) is the plan as it stands. {alike}"),
        (_, None) => format!("{brackets}. {alike}"),
    }
}

/// That some of the channels which make room buy whole pieces only.
pub(super) fn whole_pieces(report: &SweepReport<'_>) -> Option<String> {
    let total = report.total?;
    let channels = &report.scenario.plan.parts.channels;
    let others = total.others().filter_map(|name| channels.iter().find(|channel| channel.name == name));
    let whole = others.filter(|channel| channel.kind.piece().is_some());
    let names: Vec<String> = whole.map(|channel| shown_name(channel).to_owned()).collect();
    let one = names.len() == 1;
    (!names.is_empty()).then(|| {
        format!(
            "Mind that {} {} whole pieces (an event, an insertion) or nothing: with a little less money one of them does not take place, its money lies unspent, and profit gains what it would have cost.",
            listed(&names, "and"),
            if one { "buys" } else { "buy" }
        )
    })
}

/// The header of what a further step brings.
pub(super) fn next(step: &UnitStep, currency: Currency<'_>, scaled: bool) -> String {
    let next = format!("next {}", step.words);
    match scaled {
        true if currency.0.is_empty() => format!("next {} (ones)", step.words),
        true => format!("{next}, {}", currency.0),
        false => next,
    }
}

/// The header of the chance of a target, in the table of an outcome.
pub(super) fn chance_column(target: OutcomeId, of: OutcomeId) -> String {
    if target == of { "chance".into() } else { format!("chance of {}", target.outcome().key) }
}

/// What is said behind a row: whether it is the best, or can't be told from it, and whether it is today's plan.
pub(super) fn mark(place: Place, today: bool) -> String {
    let place = match place {
        Place::Best => "best",
        Place::Alike => "≈",
        Place::Behind => "",
    };
    match (place, today) {
        (place, false) => place.into(),
        ("", true) => "today".into(),
        (place, true) => format!("{place}, today"),
    }
}

/// Where a point stands among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// told from all others
    Best,
    /// not told from the leading one
    Alike,
    /// worse than the leading one
    Behind,
}

/// A figure of a map, marked where it may be the best, and where it is today's.
pub(super) fn cell(figure: &str, best: bool, today: bool) -> String {
    match (best, today) {
        (true, true) => format!("([{figure}])"),
        (true, false) => format!("[{figure}]"),
        (false, true) => format!("({figure})"),
        (false, false) => figure.to_owned(),
    }
}

/// Above a map of means.
pub(super) fn means_of(title: &str) -> String {
    format!("{title}, on average")
}

/// Above a map of chances.
pub(super) fn chances_of(goal: &str) -> String {
    format!("Chance of {goal}")
}

/// That a map is wider than the terminal.
pub(super) fn columns_left_out(shown: usize, all: usize) -> String {
    if shown == all {
        return String::new();
    }
    format!(" ({shown} of {all} columns; all of them are in summary.json)")
}

/// A figure on the side of a chart, with its unit.
pub(super) fn axis(axis: &Axis, currency: Currency<'_>) -> String {
    let name = capital(&spoken(&axis.path));
    match (axis.is_in_percent(), axis.is_of_money(), currency.0) {
        (true, _, _) => format!("{name}, %"),
        (false, true, code) if !code.is_empty() => format!("{name}, {code}"),
        _ => name,
    }
}

/// What the cells of a map are.
pub(super) const CELLS_ARE_MEANS: &str = "Each cell is a mean.";

/// Which figure runs which way.
pub(super) fn axes(down: &str, across: &str) -> String {
    format!("down: {down}; across: {across}")
}
