//! Every sentence about what a goal takes.

use crate::analysis::{Answer, Condition, Figure, Gauge, Lifted, Sense, Side};
use crate::model::outcomes::{Limit, Limits, Outcome, Unit};
use crate::model::what_if::Scarce;
use crate::text::{as_written, capital, count, futures, percent, simulated, with_error};
use crate::transcendental::{log10, powi};

use super::super::outcome_words::{is, noun};
use super::GoalReport;

/// What is turned, as people say it: "search budget", "all budgets together".
pub(super) fn lever(report: &GoalReport<'_>) -> String {
    let lever = &report.run.goal.lever;
    if lever.is_total() {
        return "sum of all budgets".into();
    }
    if let [sales, reps, group, count] = lever.path.split('.').collect::<Vec<_>>()[..]
        && [sales, reps, count] == ["sales", "reps", "count"]
    {
        return format!("count of reps ({})", group.replace('"', ""));
    }
    let path = lever.path.strip_prefix("channels.").or(lever.path.strip_prefix("sales.")).unwrap_or(&lever.path);
    path.replace(['.', '_'], " ").replace('"', "")
}

/// A value of what is turned.
pub(super) fn value(report: &GoalReport<'_>, x: f64) -> String {
    let lever = &report.run.goal.lever;
    if lever.in_percent {
        return format!("{}%", as_written(tidy(100.0 * x)));
    }
    as_written(if lever.range.whole { x } else { tidy(x) })
}

/// A value with the currency, where it is money.
fn value_of(report: &GoalReport<'_>, x: f64) -> String {
    let value = value(report, x);
    if report.run.goal.lever.is_of_money() { report.currency().with(&value) } else { value }
}

/// To four digits.
fn tidy(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let power = 3 - log10(x.abs()).floor() as i32;
    let scale = powi(10.0, power.abs());
    if power >= 0 { (x * scale).round() / scale } else { (x / scale).round() * scale }
}

/// A bound of an outcome, as it was written: "85,000 USD".
fn bound(report: &GoalReport<'_>, outcome: &Outcome, bound: f64) -> String {
    let text = as_written(bound);
    if outcome.unit == Unit::Money { report.currency().with(&text) } else { text }
}

fn at_least(side: Side) -> &'static str {
    match side.sense {
        Sense::AtLeast => "at least",
        Sense::AtMost => "at most",
    }
}

/// What an outcome does where it lies on a side of a bound.
fn keeps_to(outcome: &Outcome, side: Side) -> &'static str {
    match (side.sense, is(outcome)) {
        (Sense::AtLeast, "are") => "reach",
        (Sense::AtLeast, _) => "reaches",
        (Sense::AtMost, "are") => "stay at or below",
        (Sense::AtMost, _) => "stays at or below",
    }
}

/// What the figure is of: "that revenue reaches 85,000 USD", "P10 of profit".
fn of_figure(report: &GoalReport<'_>) -> String {
    let objective = report.run.goal.condition.objective;
    let outcome = objective.outcome.outcome();
    match objective.figure {
        Figure::Chance(side) => {
            format!("chance that {} {} {}", noun(outcome), keeps_to(outcome, side), bound(report, outcome, side.bound))
        }
        Figure::Mean => format!("{} on average", noun(outcome)),
        Figure::Percentile(level) => format!("P{level} of {}", noun(outcome)),
        Figure::Cvar10 => format!("{} in the worst tenth, on average", noun(outcome)),
        Figure::MeanAndP10 { .. } => objective.written(),
    }
}

/// The goal: "a chance of 80% that revenue reaches 85,000 USD".
pub(super) fn goal(report: &GoalReport<'_>) -> String {
    let Condition { objective, side, .. } = report.run.goal.condition;
    let outcome = objective.outcome.outcome();
    match objective.figure {
        Figure::Chance(event) => format!(
            "{} {} that {} {} {}",
            if side.sense == Sense::AtLeast { "a chance of" } else { "a chance of at most" },
            percent(side.bound),
            noun(outcome),
            keeps_to(outcome, event),
            bound(report, outcome, event.bound)
        ),
        Figure::Mean => {
            format!("{} of {} {} on average", noun(outcome), at_least(side), bound(report, outcome, side.bound))
        }
        Figure::Percentile(level) => {
            format!("a P{level} of {} of {} {}", noun(outcome), at_least(side), bound(report, outcome, side.bound))
        }
        Figure::Cvar10 => format!(
            "{} {} in the worst tenth of {}, on average",
            at_least(side),
            bound(report, outcome, side.bound),
            noun(outcome)
        ),
        Figure::MeanAndP10 { .. } => report.run.goal.condition.written(),
    }
}

/// The figure as it came out.
pub(super) fn figure(report: &GoalReport<'_>, figure: f64, gauge: Gauge) -> String {
    match report.run.goal.condition.objective.figure {
        _ if !figure.is_finite() => "–".into(),
        Figure::Chance(_) => percent(figure),
        _ => with_error(figure, Some(0.5 * (gauge.high - gauge.low))),
    }
}

/// The figure with its interval.
fn gauge(report: &GoalReport<'_>, gauge: Gauge) -> String {
    let [value, low, high] = [gauge.value, gauge.low, gauge.high].map(|own| figure(report, own, gauge));
    let objective = report.run.goal.condition.objective;
    let is_money = !matches!(objective.figure, Figure::Chance(_)) && objective.outcome.outcome().unit == Unit::Money;
    let unit = |text: String| if is_money { report.currency().with(&text) } else { text };
    if low == high || low == "–" || high == "–" {
        return unit(value);
    }
    format!("{} ({low} to {high})", unit(value))
}

/// What was asked, and of how many draws.
pub(super) fn subject(report: &GoalReport<'_>) -> String {
    let run = report.run;
    let range = run.goal.lever.range;
    format!(
        "What it takes for {}: the {} from {} to {}. {} of {} for each value that counts, seed {}.",
        goal(report),
        lever(report),
        value(report, range.low),
        value_of(report, range.high),
        simulated(run.draws.runs, report.scenario.plan.parts.horizon.weeks),
        count(report.scenario.plan.parts.horizon.weeks as f64, "week"),
        run.draws.seed,
    )
}

/// What was found.
pub(super) fn answer(report: &GoalReport<'_>) -> String {
    let mut sentences = vec![format!("{}.", found(report))];
    sentences.extend(interval(report));
    sentences.push(today(report));
    sentences.join(" ")
}

/// What was found, as a title.
pub(super) fn title(report: &GoalReport<'_>) -> String {
    let found = found(report);
    found.split(": ").next().unwrap_or(&found).to_owned()
}

fn found(report: &GoalReport<'_>) -> String {
    let run = report.run;
    let (lever, goal) = (lever(report), goal(report));
    let range = run.goal.lever.range;
    let ends = || format!("from {} to {}", value(report, range.low), value_of(report, range.high));
    let measured = |at: usize| gauge(report, run.tried[at].gauge);
    match run.answer {
        Answer::From(crossing) => format!(
            "It takes a {lever} of {} for {goal}: at that, it is {}",
            value_of(report, run.tried[crossing.at].x),
            measured(crossing.at)
        ),
        Answer::UpTo(crossing) => format!(
            "A {lever} of up to {} gives {goal}: at that, it is {}",
            value_of(report, run.tried[crossing.at].x),
            measured(crossing.at)
        ),
        Answer::Everywhere => format!("Any {lever} {} gives {goal}: even the lowest does", ends()),
        Answer::Nowhere { best } => format!(
            "No {lever} {} gives {goal}: the best is {}, at {}{}",
            ends(),
            measured(best),
            value_of(report, run.tried[best].x),
            as_good(report)
        ),
        Answer::InDoubt { best } => format!(
            "No {lever} {} surely gives {goal}: at {} it is {}, which can't be told from the goal",
            ends(),
            value_of(report, run.tried[best].x),
            measured(best)
        ),
    }
}

/// From where on, up to the best, values are as good as that, as far as can be told.
fn as_good(report: &GoalReport<'_>) -> String {
    let from = report.run.as_good_from();
    from.map_or_else(String::new, |from| {
        format!(", and from {} up to there it can't be told from that", value_of(report, from))
    })
}

/// That no value does, for the last line.
pub(super) fn no_solution(report: &GoalReport<'_>) -> String {
    let range = report.run.goal.lever.range;
    let found = if matches!(report.run.answer, Answer::InDoubt { .. }) { "surely reaches" } else { "reaches" };
    let (low, high) = (value(report, range.low), value_of(report, range.high));
    format!("no {} from {low} to {high} {found} the goal", lever(report))
}

/// How far the value may be off, and where the goal is lost again.
fn interval(report: &GoalReport<'_>) -> Option<String> {
    let (crossing, tried) = report.run.crossing()?;
    let whole = report.run.goal.lever.range.whole;
    let word = |x: f64| value(report, x);
    let unit = |text: String| if report.run.goal.lever.is_of_money() { report.currency().with(&text) } else { text };
    let may_be = match (crossing.low, crossing.high) {
        (Some(low), Some(high)) if whole && low == high && low == tried.x => "No other number is in doubt.".to_owned(),
        (Some(low), Some(high)) => format!(
            "With the simulation's error, what it takes lies between {} and {}.",
            word(rounded(low, whole)),
            unit(word(rounded(high, whole)))
        ),
        (Some(low), None) => format!(
            "With the simulation's error, what it takes lies at {} or above; how far above can't be told.",
            unit(word(rounded(low, whole)))
        ),
        (None, Some(high)) => {
            format!("With the simulation's error, it may take any value up to {}.", unit(word(rounded(high, whole))))
        }
        (None, None) => "How far that may be off can't be told: the figure hardly follows the value.".into(),
    };
    let lost = crossing.lost_from.map(|lost| format!("At {} the goal is missed again.", unit(word(lost))));
    let said: Vec<String> = [Some(may_be).filter(|text| !text.is_empty()), lost].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// An end of an interval to three digits.
fn rounded(x: f64, whole: bool) -> f64 {
    if whole || x == 0.0 || !x.is_finite() {
        return x;
    }
    let power = 2 - log10(x.abs()).floor() as i32;
    let scale = powi(10.0, power.abs());
    if power >= 0 { (x * scale).round() / scale } else { (x / scale).round() * scale }
}

fn today(report: &GoalReport<'_>) -> String {
    let own = gauge(report, report.run.today);
    match report.run.goal.lever.today {
        Some(today) => format!("With today's {} it is {own}.", value_of(report, today)),
        None => format!("As the plan stands, it is {own}."),
    }
}

/// What stands in the way, where no value does.
pub(super) fn in_the_way(report: &GoalReport<'_>) -> Option<String> {
    let obstacle = report.run.in_the_way.as_ref()?;
    let futures = futures(report.scenario.plan.parts.horizon.weeks);
    let from = match obstacle.from {
        Some(from) => format!("From {} on", value_of(report, from)),
        None => "Throughout".to_owned(),
    };
    let what = match obstacle.limit {
        Limit::Hours => format!("the sales team's hours hold most {futures} back"),
        Limit::Delivery => format!("deliveries hold most {futures} back"),
        Limit::Demand => format!("the channels can't use more money in most {futures}"),
        Limit::Budget => format!("the budgets hold most {futures} back"),
    };
    let mut sentences = vec![format!("{from}, {what}.")];
    if let Some(full) = obstacle.full_from {
        sentences.push(format!("Beyond {}, what is added is not spent.", value_of(report, full)));
    }
    if let Some(relief) = &obstacle.relief {
        let with = match &relief.what {
            Lifted::Reps { more: 1, group } => format!("one more rep ({group})"),
            Lifted::Reps { more, group } => format!("{more} more reps ({group})"),
            Lifted::Tenth(Scarce::Delivery) => "room for a tenth more deliveries".into(),
            Lifted::Tenth(Scarce::Budget) => "a tenth more money in every channel".into(),
            Lifted::Tenth(_) => "a tenth more demand".into(),
        };
        sentences.push(match relief.value {
            Some(value) => {
                format!(
                    "With {with}, about {} would do.",
                    value_of(report, rounded(value, report.run.goal.lever.range.whole))
                )
            }
            None => format!("{} would not do either.", capital(&format!("even {with}"))),
        });
    }
    Some(sentences.join(" "))
}

/// The header of the figure.
pub(super) fn column(report: &GoalReport<'_>) -> String {
    match report.run.goal.condition.objective.figure {
        Figure::Chance(_) => "chance".into(),
        Figure::Mean => "mean".into(),
        Figure::Percentile(level) => format!("P{level}"),
        Figure::Cvar10 => "worst tenth".into(),
        Figure::MeanAndP10 { .. } => "figure".into(),
    }
}

/// What holds draws back at a value: what does in most, and in how many.
pub(super) fn held_back(limits: Limits<f64>) -> String {
    let Limits { hours, delivery, demand, budget, .. } = limits;
    let all = [("hours", hours), ("delivery", delivery), ("demand", demand), ("budget", budget)];
    let most = all.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
    most.map_or_else(String::new, |(name, share)| format!("{name} {}", percent(share)))
}

/// What is said behind a row.
pub(super) fn mark(report: &GoalReport<'_>, at: usize) -> String {
    let tried = &report.run.tried[at];
    let answer = match report.run.answer {
        Answer::From(crossing) | Answer::UpTo(crossing) if crossing.at == at => "does",
        Answer::InDoubt { best } | Answer::Nowhere { best } if best == at => "best",
        _ => "",
    };
    let today = if report.run.goal.lever.today == Some(tried.x) { "today" } else { "" };
    let few = if GoalReport::is_full(tried) { "" } else { "≈" };
    [few, answer, today].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the table means.
pub(super) fn legend(report: &GoalReport<'_>) -> String {
    let few = report.run.tried.iter().find(|tried| !GoalReport::is_full(tried));
    let rough = few.map_or("", |_| " ≈ with the first 2,048 of them, to see where it rises and falls.");
    format!(
        "From and to are the 95% interval of the simulation itself. All values ran on common random numbers.{rough}"
    )
}

/// What the figure is, for the axis.
pub(super) fn up(report: &GoalReport<'_>) -> String {
    let objective = report.run.goal.condition.objective;
    let what = capital(&of_figure(report));
    match (objective.figure, objective.outcome.outcome().unit) {
        (Figure::Chance(_), _) => format!("{what}, %"),
        (_, Unit::Money) if !report.currency().0.is_empty() => format!("{what}, {}", report.currency().0),
        _ => what,
    }
}

/// What is turned, for the axis.
pub(super) fn across(report: &GoalReport<'_>) -> String {
    let lever_words = capital(&lever(report));
    let lever = &report.run.goal.lever;
    match (lever.in_percent, lever.is_of_money(), report.currency().0) {
        (true, ..) => format!("{lever_words}, %"),
        (false, true, code) if !code.is_empty() => format!("{lever_words}, {code}"),
        _ => lever_words,
    }
}
