//! Every sentence about a sweep.

use crate::analysis::Axis;
use crate::engine::{Stats, TargetForecast};
use crate::model::outcomes::OutcomeId;
use crate::text::{Currency, LOW_END, count, listed, percent, with_error};

use super::sweep::{SweepReport, UnitStep, shown};
use super::words;

/// Behind the currency of sums that are told in thousands.
pub(super) const THOUSANDS: &str = " k";
/// A value that is written nowhere.
pub(super) const UNSET: &str = "as it stands";
/// A rep, a week.
pub(super) const ONE: &str = "one";
/// A hundredth of a share.
pub(super) const POINT: &str = "point";

/// Tenths or hundredths of it.
pub(super) fn points(part: &str) -> String {
    format!("{part} points")
}

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
        "{}{kept}. {} simulated {}{length} for each, seed {}.",
        axes.join(", by "),
        with_error(sweep.draws.runs as f64, Some(1.0)),
        report.futures(),
        sweep.draws.seed,
    )
}

/// The values of a point in words: those of several figures with their names.
pub(super) fn place<'p>(values: impl Iterator<Item = (&'p str, String)>) -> String {
    let values: Vec<(&str, String)> = values.collect();
    match values.as_slice() {
        [(_, value)] => value.clone(),
        values => {
            let short: Vec<String> = values.iter().map(|(path, _)| short(path)).collect();
            let alike = short.windows(2).any(|pair| pair[0] == pair[1]);
            let named = values.iter().zip(&short).map(|((path, value), short)| {
                let name = if alike { path } else { short.as_str() };
                format!("{name} {value}")
            });
            named.collect::<Vec<_>>().join(" and ")
        }
    }
}

/// The end of a path, which says enough: search.budget.
fn short(path: &str) -> String {
    let keys: Vec<&str> = path.split('.').collect();
    let kept = if keys.len() > 2 { 2 } else { 1 };
    keys[keys.len() - kept..].join(".")
}

/// How the chance of a target changes.
pub(super) fn chance(report: &SweepReport<'_>, outcome: OutcomeId) -> Option<String> {
    let chances: Vec<(usize, _)> =
        (0..report.sweep.points.len()).filter_map(|at| Some((at, report.results(at).target(outcome)?))).collect();
    let probability = |at: &(usize, &TargetForecast)| at.1.chance.probability;
    let by_chance = |a: &_, b: &_| f64::total_cmp(&probability(a), &probability(b));
    // Of equals the first is named.
    let highest = chances.iter().rev().max_by(|a, b| by_chance(a, b))?;
    let lowest = chances.iter().min_by(|a, b| by_chance(a, b))?;
    let today = report.sweep.today.target(outcome)?;
    let same_goal = chances.iter().all(|(_, own)| own.target == today.target);
    let goal = if same_goal {
        words::target_name(today, report.currency())
    } else {
        format!("{}, the target of each", outcome.outcome().title)
    };
    let (low, high) = (percent(lowest.1.chance.probability), percent(highest.1.chance.probability));
    if low == high {
        return Some(format!("{goal}: {low} chance at every value."));
    }
    let best = &highest.1.chance;
    if lowest.1.chance.probability >= best.low {
        return Some(format!(
            "{goal}: {low} to {high} chance at all values; {} as the plan stands.",
            percent(today.chance.probability)
        ));
    }
    Some(format!(
        "{goal}: the chance is {high} ({} to {}) at best, at {}, and {low} at worst, at {}; {} as the plan stands.",
        percent(best.low),
        percent(best.high),
        report.place(highest.0),
        report.place(lowest.0),
        percent(today.chance.probability),
    ))
}

/// What the tables mean.
pub(super) fn legend(report: &SweepReport<'_>) -> String {
    let alike =
        format!("All values meet the same {}, so that they differ by less chance than ± says.", report.futures());
    let has_errors = |(_, stats): &(OutcomeId, Stats)| stats.errors.is_some();
    if !report.sweep.today.outcomes.iter().any(has_errors) {
        return "With so few draws nothing can be told from chance: ask for more --runs.".into();
    }
    match (report.sweep.axes.as_slice(), report.sweep.today_at) {
        ([_], _) => format!("{} ≈ can't be told from the best. {alike}", LOW_END),
        (_, Some(_)) => format!("[ ] is the best, ( ) the plan as it stands. {alike}"),
        (_, None) => format!("[ ] is the best. {alike}"),
    }
}

/// That some of the channels which make room buy whole pieces only.
pub(super) fn whole_pieces(report: &SweepReport<'_>) -> Option<String> {
    let total = report.total?;
    let channels = &report.scenario.plan.parts.channels;
    let buys_pieces = |name: &&str| {
        let channel = channels.iter().find(|channel| channel.name == *name);
        channel.is_some_and(|channel| matches!(channel.kind.word(), "event" | "print"))
    };
    let names: Vec<String> = total.others().filter(buys_pieces).map(str::to_owned).collect();
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

/// What stands behind a row.
pub(super) fn mark(best: bool, alike: bool, today: bool) -> String {
    let best = match (best, alike) {
        (true, _) => "best",
        (false, true) => "≈",
        (false, false) => "",
    };
    match (best, today) {
        (best, false) => best.into(),
        ("", true) => "today".into(),
        (best, true) => format!("{best}, today"),
    }
}

/// A figure of a map, marked where it is the best or today's.
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
    format!("{title}, in the mean")
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
    match (axis.is_in_percent(), axis.is_of_money(), currency.0) {
        (true, _, _) => format!("{}, %", axis.path),
        (false, true, code) if !code.is_empty() => format!("{}, {code}", axis.path),
        _ => axis.path.clone(),
    }
}

/// What the cells of a map are.
pub(super) const CELLS_ARE_MEANS: &str = "Each cell is a mean.";

/// Which figure runs which way.
pub(super) fn axes(down: &str, across: &str) -> String {
    format!("down: {down}; across: {across}")
}
