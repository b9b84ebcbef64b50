//! What a sweep says of an outcome, in sentences: where it is best, what can't be told from that, what today's plan lacks.
//! What can be told apart is judged in `analysis::judgement`; no value is named that its own margin does not support.

use crate::analysis::{Estimate, SweepFinding, Verdict};
use crate::model::outcomes::{Outcome, OutcomeId, Unit};
use crate::text::{listed, lower, of_hundred, of_hundred_such, one_future, with_margin};

use super::super::outcome_words::{Change, gets_worse, is};
use super::SweepReport;

/// More places of a map than these are counted.
const MOST_PLACES: usize = 3;

/// The answer for one outcome.
pub(super) fn answer(report: &SweepReport<'_>, finding: &SweepFinding) -> String {
    let sentences = [Some(what(report, finding)), beside_today(report, finding)];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The answer for one outcome as a title: its first sentence.
pub(super) fn title(report: &SweepReport<'_>, finding: &SweepFinding) -> String {
    let what = what(report, finding);
    let first = what.split(". ").next().unwrap_or(&what);
    first.trim_end_matches('.').to_owned()
}

/// What is found.
fn what(report: &SweepReport<'_>, finding: &SweepFinding) -> String {
    let outcome = finding.outcome.outcome();
    let ranking = &finding.ranking;
    let (title, points) = (outcome.title, report.sweep.points.len());
    let has_errors = report.results(ranking.leading).stats(finding.outcome).is_some_and(|stats| stats.errors.is_some());
    match () {
        () if ranking.all_same => {
            let is = is(outcome);
            format!("{title} {is} the same at every value, in every {}.", one_future(report.weeks()))
        }
        () if !has_errors => {
            format!("{title}: these {} are too few to tell one value from another.", report.futures())
        }
        () if ranking.alike.len() == points => nothing_is_told(report, finding),
        () => match report.sweep.axes.as_slice() {
            [axis] if axis.is_of_numbers() => of_numbers(report, finding),
            [_] => of_words(report, finding),
            _ => of_a_map(report, finding),
        },
    }
}

/// That no point can be told from the best.
fn nothing_is_told(report: &SweepReport<'_>, finding: &SweepFinding) -> String {
    let outcome = finding.outcome.outcome();
    let end = report.sweep.points.len() - 1;
    let apart = match (report.sweep.axes.as_slice(), &finding.second) {
        ([axis], _) if axis.is_of_numbers() => slope(report, 0, end, finding.outcome).map(|slope| {
            format!(
                ": from {} to {} each further {} brings {slope}",
                report.place(0),
                report.place(end),
                report.unit_step().words
            )
        }),
        ([_], Some((_, paired))) if end == 1 => {
            Some(format!(" (a difference of {})", apart(report, outcome, paired.change())))
        }
        _ => None,
    };
    let what = match report.sweep.axes.as_slice() {
        [axis] if axis.is_of_numbers() => "no value can be told from the best".to_owned(),
        [_] => {
            let values: Vec<String> = finding.ranking.alike.iter().map(|&at| report.place(at)).collect();
            format!("{} can't be told apart", listed(&values, "and"))
        }
        _ => format!("none of the {} points can be told from the best", end + 1),
    };
    format!("{}: {what}{}.", outcome.title, apart.unwrap_or_default())
}

/// What a curve says.
fn of_numbers(report: &SweepReport<'_>, finding: &SweepFinding) -> String {
    let outcome = finding.outcome;
    let title = outcome.outcome().title;
    let of = lower(title);
    let ranking = &finding.ranking;
    let end = report.sweep.points.len() - 1;
    let at = |at: usize| report.place(at);
    let step = report.unit_step().words;
    let (is, worse) = (is(outcome.outcome()), gets_worse(outcome.outcome()));
    let mean = || mean(report, ranking.leading, outcome);
    let further = |from, to| slope(report, from, to, outcome).unwrap_or_default();
    let (first, last) = finding.around_leading();
    if ranking.alike.len() > last - first + 1 {
        return format!(
            "Of the values tried, {of} {is} best at {}, which can't be told apart.",
            ranges(report, &ranking.alike)
        );
    }
    match (first, last) {
        (first, last) if first == last && last == end => format!(
            "{title} {is} best at the highest value tried, {}: {} on average. From {} on, each further {step} still brings {}.",
            at(end),
            mean(),
            at(end - 1),
            further(end - 1, end)
        ),
        (0, 0) => format!(
            "{title} {is} best at the lowest value tried, {}: {} on average. From there on, each further {step} brings {}.",
            at(0),
            mean(),
            further(0, 1)
        ),
        (first, last) if first == last => {
            format!(
                "Of the values tried, {of} {is} best at {}: {} on average, clearly better than at every other.",
                at(first),
                mean()
            )
        }
        (first, last) if last == end => {
            let slope = report.slope(first, end, outcome).filter(|slope| !slope.is_clear());
            let further = slope.map(|_| format!(": each further {step} brings {}", further(first, end)));
            format!(
                "Of the values tried, {of} {is} best from {} on, where none can be told from the best{}.",
                at(first),
                further.unwrap_or_default()
            )
        }
        (0, last) => format!(
            "Of the values tried, {of} {is} best up to {}, where none can be told from the best, and {worse} beyond: from there on, each further {step} brings {}.",
            at(last),
            further(last, end)
        ),
        (first, last) => format!(
            "Of the values tried, {of} {is} best from {} to {}, where none can be told from the best: about {} on average.",
            at(first),
            at(last),
            mean()
        ),
    }
}

/// Values of one figure in a row: 20k, 50k to 80k; words one by one.
pub(super) fn ranges(report: &SweepReport<'_>, points: &[usize]) -> String {
    if !report.sweep.axes[0].is_of_numbers() {
        return listed(&points.iter().map(|&at| report.place(at)).collect::<Vec<_>>(), "or");
    }
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &at in points {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => runs.push((at, at)),
        }
    }
    let told = |&(first, last): &(usize, usize)| match last - first {
        0 => report.place(first),
        _ => format!("{} to {}", report.place(first), report.place(last)),
    };
    listed(&runs.iter().map(told).collect::<Vec<_>>(), "and")
}

/// Which of some words is best, and what can't be told from it.
fn of_words(report: &SweepReport<'_>, finding: &SweepFinding) -> String {
    let outcome = finding.outcome.outcome();
    let (title, is) = (outcome.title, is(outcome));
    let Some(best) = finding.ranking.best() else {
        let alike: Vec<String> = finding.ranking.alike.iter().map(|&at| report.place(at)).collect();
        return format!("{title} {is} best with {}, which can't be told apart.", listed(&alike, "or"));
    };
    let ahead = finding.second.map(|(second, paired)| {
        let change = paired.change();
        format!(
            ", {} than with {}, and better in {} (worse in {})",
            Change::of(outcome, change.mean).size(&apart(report, outcome, change)),
            report.place(second),
            of_hundred_such(paired.better.probability, report.futures()),
            of_hundred(paired.worse.probability)
        )
    });
    format!(
        "{title} {is} best with {}: {} on average{}.",
        report.place(best),
        mean(report, best, finding.outcome),
        ahead.unwrap_or_default()
    )
}

/// The best point of a map, or those that may be it.
fn of_a_map(report: &SweepReport<'_>, finding: &SweepFinding) -> String {
    let (title, is) = (finding.outcome.outcome().title, is(finding.outcome.outcome()));
    let mean = mean(report, finding.ranking.leading, finding.outcome);
    let alike = &finding.ranking.alike;
    match finding.ranking.best() {
        Some(best) => {
            format!(
                "{title} {is} best at {}: {mean} on average, clearly better than anywhere else.",
                report.place(best)
            )
        }
        None if alike.len() <= MOST_PLACES => {
            let places: Vec<String> = alike.iter().map(|&at| report.place(at)).collect();
            format!(
                "{title} {is} best at {}, which can't be told apart: about {mean} on average.",
                places.join(", or at ")
            )
        }
        None => format!(
            "{title} {is} best at one of {} points that can't be told apart, of {} in all: about {mean} on average there.",
            alike.len(),
            report.sweep.points.len()
        ),
    }
}

/// The leading point against the plan as it stands.
fn beside_today(report: &SweepReport<'_>, finding: &SweepFinding) -> Option<String> {
    let outcome = finding.outcome.outcome();
    let ranking = &finding.ranking;
    if ranking.all_same || ranking.alike.len() == report.sweep.points.len() && report.sweep.today_at.is_some() {
        return None;
    }
    // Of words the nearest is told already.
    let of_words = report.sweep.axes.len() == 1 && !report.sweep.axes[0].is_of_numbers() && ranking.best().is_some();
    if of_words && finding.second.is_some_and(|(second, _)| Some(second) == report.sweep.today_at) {
        return None;
    }
    let named = report.today();
    if let Some(at) = report.sweep.today_at.filter(|at| ranking.alike.contains(at)) {
        let today = named
            .map_or_else(|| "the plan as it stands".to_owned(), |today| format!("the plan as it stands, {today},"));
        return Some(match ranking.best() == Some(at) {
            true => "That is the plan as it stands.".to_owned(),
            false => format!("One of them is {}.", today.trim_end_matches(',')),
        });
    }
    let today = named.map_or_else(|| "the plan as it stands".to_owned(), |today| format!("today's {today}"));
    let paired = finding.over_today.as_ref()?;
    Some(match finding.against_today() {
        Verdict::Better => {
            let at_today = report.sweep.today.stats(finding.outcome)?;
            let today_mean = with_margin(at_today.headline(), at_today.headline_margin());
            let change = paired.change();
            let that = match ranking.best() {
                Some(_) if report.sweep.axes.len() > 1 => "That".to_owned(),
                _ => format!("At {}, it", report.place(ranking.leading)),
            };
            format!(
                "{that} is {} than with {today} ({}), and better in {} (worse in {}).",
                Change::of(outcome, change.mean).size(&apart(report, outcome, change)),
                in_unit(report, outcome, &today_mean),
                of_hundred_such(paired.better.probability, report.futures()),
                of_hundred(paired.worse.probability)
            )
        }
        Verdict::Worse => format!("With {today} it is better than with any of these values."),
        Verdict::TooClose | Verdict::Same => format!("With {today} it can't be told from the best."),
        Verdict::TooFewDraws | Verdict::NoFigure => return None,
    })
}

/// What one more step brings, with its margin.
fn slope(report: &SweepReport<'_>, from: usize, to: usize, outcome: OutcomeId) -> Option<String> {
    let slope = report.slope(from, to, outcome)?;
    Some(in_unit(report, outcome.outcome(), &with_margin(slope.mean, slope.margin())))
}

fn in_unit(report: &SweepReport<'_>, outcome: &Outcome, figure: &str) -> String {
    match outcome.unit {
        Unit::Money => report.currency().with(figure),
        Unit::Count | Unit::Ratio => figure.to_owned(),
    }
}

fn mean(report: &SweepReport<'_>, at: usize, outcome: OutcomeId) -> String {
    let stats = report.results(at).stats(outcome);
    let figure = stats.map_or_else(String::new, |stats| with_margin(stats.headline(), stats.headline_margin()));
    in_unit(report, outcome.outcome(), &figure)
}

/// The size of a difference, with its margin.
fn apart(report: &SweepReport<'_>, outcome: &Outcome, change: Estimate) -> String {
    in_unit(report, outcome, &with_margin(change.mean.abs(), change.margin()))
}
