//! What a sweep says of an outcome, in sentences: where it is best, what can't be told from that, what today's plan lacks.

use crate::analysis::{Estimate, Paired, SweepFinding};
use crate::model::outcomes::{Outcome, OutcomeId, Unit};
use crate::text::{listed, with_margin};

use super::sweep::SweepReport;
use super::words_verbs::Verbs;

/// The answer for one outcome.
pub(super) fn course(report: &SweepReport<'_>, course: &SweepFinding) -> String {
    let answer = answer(report, course);
    let today = match answer.against_today {
        Against::Nothing => None,
        Against::ThatPoint => beside_today(report, course, "That is"),
        Against::TheBest => {
            let they_are = Verbs::of(course.outcome).they_are;
            let best = format!("At {} {they_are}", report.place(course.ranking.leading));
            beside_today(report, course, &best)
        }
    };
    match today {
        Some(today) => format!("{} {today}", answer.finding),
        None => answer.finding,
    }
}

/// The answer for one outcome as a title: its first sentence.
pub(super) fn finding(report: &SweepReport<'_>, course: &SweepFinding) -> String {
    let finding = answer(report, course).finding;
    let first = finding.split(". ").next().unwrap_or(&finding);
    first.trim_end_matches('.').to_owned()
}

/// An answer, and how today's plan is held against it.
struct Answer {
    finding: String,
    against_today: Against,
}

/// What today's plan is held against.
enum Against {
    /// it is told already, or there is nothing to tell
    Nothing,
    /// the point that the answer has named
    ThatPoint,
    /// the best point, which is still to be named
    TheBest,
}

fn answer(report: &SweepReport<'_>, course: &SweepFinding) -> Answer {
    if course.ranking.all_same {
        return Answer {
            finding: format!(
                "{} {} the same at every value, in every one of the {}.",
                course.outcome.outcome().title,
                Verbs::of(course.outcome).is,
                report.futures()
            ),
            against_today: Against::Nothing,
        };
    }
    let at_best = report.results(course.ranking.leading).stats(course.outcome);
    if at_best.is_none_or(|stats| stats.errors.is_none()) {
        return Answer {
            finding: format!(
                "{} {} best at {} in these {}, too few to tell that from chance.",
                course.outcome.outcome().title,
                Verbs::of(course.outcome).is,
                report.place(course.ranking.leading),
                report.futures()
            ),
            against_today: Against::Nothing,
        };
    }
    let (finding, against_today) = match report.sweep.axes.as_slice() {
        [axis] if axis.is_of_numbers() => of_numbers(report, course),
        [_] => of_words(report, course),
        _ => of_a_map(report, course),
    };
    Answer { finding, against_today }
}

/// What a curve says, and whether today's plan is worth a comparison.
fn of_numbers(report: &SweepReport<'_>, course: &SweepFinding) -> (String, Against) {
    let outcome = course.outcome.outcome();
    let (title, end) = (outcome.title, report.sweep.points.len() - 1);
    let (first, last) = course.around_leading();
    let at = |at: usize| report.place(at);
    let slope = |from, to| report.slope(from, to, course.outcome);
    let per = |from, to| {
        let slope = slope(from, to)?;
        let figure = with_margin(slope.mean, slope.margin());
        Some(in_unit(report, outcome, &figure))
    };
    let further = |from, to| per(from, to).unwrap_or_default();
    let step = report.unit_step().words;
    let Verbs { is, better, worse, .. } = Verbs::of(course.outcome);
    let moves = slope(0, end).is_some_and(|slope| slope.is_clear());
    if first == 0 && last == end && !moves {
        let text = format!(
            "{title} {is} hardly moved: from {} to {} each further {step} brings {}, nothing that can be told from chance.",
            at(0),
            at(end),
            further(0, end)
        );
        return (text, Against::Nothing);
    }
    let best = format!(
        "{title} {is} best at {}: {} in the mean",
        at(course.ranking.leading),
        mean(report, course.ranking.leading, course.outcome)
    );
    let named = first > 0 && last < end || course.ranking.alike.len() > last - first + 1;
    let text = match (first, last) {
        (first, last) if course.ranking.alike.len() > last - first + 1 => {
            format!("{best}; {} are within its error too.", ranges(report, course))
        }
        (first, last) if first == end => format!(
            "{title} {better} all the way to {}: from {} on each further {step} still brings {}.",
            at(last),
            at(end - 1),
            further(end - 1, end)
        ),
        (_, 0) => format!(
            "{title} {worse} from the first value on: best is {}, and from there each further {step} brings {}.",
            at(0),
            further(0, 1)
        ),
        (first, last) if last == end && first > 0 => {
            let told = slope(first, end).is_some_and(|slope| slope.is_clear());
            let chance = if told { "" } else { ", nothing that can be told from chance" };
            format!(
                "{title} {better} up to {}; beyond that each further {step} brings {}{chance}.",
                at(first),
                further(first, end)
            )
        }
        (first, last) if first == last => {
            format!("{best}; every other value is clearly worse.")
        }
        (first, last) => format!("{best}; {} to {} are within its error.", at(first), at(last)),
    };
    let against = match named {
        true => Against::ThatPoint,
        false => Against::TheBest,
    };
    (text, against)
}

/// The values that can't be told from the best, in a row: 20k, 50k to 80k.
fn ranges(report: &SweepReport<'_>, course: &SweepFinding) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &at in course.ranking.alike.iter().filter(|&&at| at != course.ranking.leading) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => runs.push((at, at)),
        }
    }
    let told = |&(first, last): &(usize, usize)| {
        if first == last { report.place(first) } else { format!("{} to {}", report.place(first), report.place(last)) }
    };
    listed(&runs.iter().map(told).collect::<Vec<_>>(), "and")
}

/// Which of some words is best, and what can't be told from it.
fn of_words(report: &SweepReport<'_>, course: &SweepFinding) -> (String, Against) {
    let outcome = course.outcome.outcome();
    let (title, Verbs { is, .. }) = (outcome.title, Verbs::of(course.outcome));
    let Some((second, paired)) = &course.second else {
        return (String::new(), Against::Nothing);
    };
    let difference = apart(report, outcome, paired.change());
    if course.ranking.alike.len() > 1 {
        let alike: Vec<String> = course.ranking.alike.iter().map(|&at| report.place(at)).collect();
        let between = match alike.len() {
            2 => difference,
            _ => format!("{difference} between {} and {}", report.place(course.ranking.leading), report.place(*second)),
        };
        let text = format!("{title}: {} can't be told apart (a difference of {between}).", listed(&alike, "and"));
        let among = report.sweep.today_at;
        let against = match among.is_some_and(|today| course.ranking.alike.contains(&today)) {
            true => Against::Nothing,
            false => Against::TheBest,
        };
        return (text, against);
    }
    let other = match report.sweep.points.len() {
        2 => report.place(*second),
        _ => format!("{}, the next best", report.place(*second)),
    };
    let text = format!(
        "{title} {is} best with {}: {} in the mean. That is {difference} {} than with {other}, and better in {}.",
        report.place(course.ranking.leading),
        mean(report, course.ranking.leading, course.outcome),
        more_or_less(paired.change()),
        in_100(report, paired),
    );
    let against = match report.sweep.today_at == Some(*second) {
        true => Against::Nothing,
        false => Against::TheBest,
    };
    (text, against)
}

/// The best point of a map.
fn of_a_map(report: &SweepReport<'_>, course: &SweepFinding) -> (String, Against) {
    let (title, Verbs { is, .. }) = (course.outcome.outcome().title, Verbs::of(course.outcome));
    let best = format!(
        "{title} {is} best at {}: {} in the mean",
        report.place(course.ranking.leading),
        mean(report, course.ranking.leading, course.outcome)
    );
    let text = match course.ranking.alike.len() - 1 {
        0 => format!("{best}; every other point is clearly worse."),
        others => format!(
            "{best}; {} of the {} others {} within its error.",
            others,
            report.sweep.points.len() - 1,
            if others == 1 { "is" } else { "are" }
        ),
    };
    (text, Against::ThatPoint)
}

/// The best, which begins the sentence as `that`, against the plan as it stands.
fn beside_today(report: &SweepReport<'_>, course: &SweepFinding, that: &str) -> Option<String> {
    let outcome = course.outcome.outcome();
    if report.sweep.today_at == Some(course.ranking.leading) {
        return Some(match report.today() {
            Some(today) => format!("The plan as it stands, {today}, is the best of them."),
            None => "That is the plan as it stands.".into(),
        });
    }
    let today = match report.today() {
        Some(today) => format!("today's {today}"),
        None => "the plan as it stands".into(),
    };
    let paired = course.over_today.as_ref()?;
    let sign = if outcome.is_cost() { -1.0 } else { 1.0 };
    if sign * paired.change().mean < 0.0 {
        let mut text = format!("{today} is better than all of them.");
        if !course.is_clear_of_today() {
            text = format!("{today} is no worse than any of them.");
        }
        text.replace_range(..1, &text[..1].to_uppercase());
        return Some(text);
    }
    if !course.is_clear_of_today() {
        let mut text = format!("{today} can't be told from the best.");
        text.replace_range(..1, &text[..1].to_uppercase());
        return Some(text);
    }
    let stats = report.sweep.today.stats(course.outcome)?;
    let mean = with_margin(stats.headline(), stats.headline_margin());
    Some(format!(
        "{that} {} {} than with {today} ({}), and better in {}.",
        apart(report, outcome, paired.change()),
        more_or_less(paired.change()),
        in_unit(report, outcome, &mean),
        in_100(report, paired),
    ))
}

fn in_unit(report: &SweepReport<'_>, outcome: &Outcome, figure: &str) -> String {
    match outcome.unit {
        Unit::Money => report.currency().with(figure),
        _ => figure.to_owned(),
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

fn more_or_less(change: Estimate) -> &'static str {
    if change.mean < 0.0 { "less" } else { "more" }
}

/// In how many of 100 futures a plan is better.
fn in_100(report: &SweepReport<'_>, paired: &Paired) -> String {
    let of_100 = |share: f64| match share {
        share if share <= 0.0 => "0".to_owned(),
        share if share >= 1.0 => "100".to_owned(),
        share => format!("{:.0}", (100.0 * share).clamp(1.0, 99.0)),
    };
    format!(
        "{} of 100 {} (worse in {})",
        of_100(paired.better.probability),
        report.futures(),
        of_100(paired.worse.probability)
    )
}
