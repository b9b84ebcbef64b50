//! How precise a forecast has become, where that was asked for, and what more would take.

use crate::engine::{End, PreciseFigure, Reached, Statistic};
use crate::text::{capital, count, futures, one_future, percent, with_error};
use crate::transcendental::{log10, powi};

use super::outcome_words::noun;
use super::summary::{PrecisionSummary, figure};

/// In a sentence or two; the plan is so many weeks long.
pub(super) fn sentence(reached: &Reached, weeks: usize) -> String {
    let asked = percent(reached.asked);
    let runs = count(reached.runs as f64, one_future(weeks));
    let would = |share: f64| count(two_digits(reached.runs_for(share)), one_future(weeks));
    let Some(own) = reached.figure else {
        return format!("{} are too few {} to say how precise the figures are.", reached.runs, futures(weeks));
    };
    let name = name(own);
    let widest = margin(reached.widest);
    let missed = || match reached.widest.is_finite() {
        true => format!("{name} is within ±{widest}, not ±{asked}, which would take some {}", would(reached.asked)),
        false => format!("{name} is not within ±{asked}"),
    };
    match reached.end {
        End::Precise => format!(
            "Precise to ±{asked} after {runs}; the widest margin is that of {name}. A tenth of that (±{}) would take some {}.",
            margin(0.1 * reached.asked),
            would(0.1 * reached.asked)
        ),
        End::MostRuns => format!("After {runs}, the most that --max-runs allows, {}.", missed()),
        End::OutOfTime => format!(
            "Stopped by --max-seconds after {runs}: {}. The same command may stop elsewhere next time; --runs {} gives these figures again.",
            missed(),
            reached.runs
        ),
    }
}

impl From<&Reached> for PrecisionSummary {
    fn from(reached: &Reached) -> Self {
        Self {
            asked: figure(reached.asked),
            reached: figure(reached.widest),
            outcome: reached.figure.map(|own| own.outcome.outcome().key.to_owned()),
            statistic: reached.figure.map(|own| key(own.statistic).to_owned()),
            end: match reached.end {
                End::Precise => "precise",
                End::MostRuns => "most_runs",
                End::OutOfTime => "out_of_time",
            }
            .to_owned(),
            runs_for_a_tenth: figure(reached.runs_for(0.1 * reached.asked)),
        }
    }
}

fn name(figure: PreciseFigure) -> String {
    let noun = noun(figure.outcome.outcome());
    match figure.statistic {
        Statistic::Mean => format!("mean {noun}"),
        Statistic::Chance => format!("the chance of the target of {noun}"),
        percentile => format!("{} of {noun}", capital(key(percentile))),
    }
}

fn key(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::Mean => "mean",
        Statistic::P10 => "p10",
        Statistic::P50 => "p50",
        Statistic::P90 => "p90",
        Statistic::Chance => "chance",
    }
}

/// A margin in percent, to two digits.
fn margin(share: f64) -> String {
    let points = two_digits(100.0 * share);
    format!("{}%", with_error(points, Some(powi(0.1, 1 - log10(points.abs()).floor() as i32))))
}

fn two_digits(number: f64) -> f64 {
    if number <= 0.0 || !number.is_finite() {
        return number;
    }
    let unit = powi(10.0, log10(number).floor() as i32 - 1);
    (number / unit).ceil() * unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outcomes::OutcomeId;

    #[test]
    fn what_was_reached_is_said_with_what_more_would_take() {
        let figure = OutcomeId::named("profit").map(|outcome| PreciseFigure { outcome, statistic: Statistic::P90 });
        let reached = |widest, end| Reached { asked: 0.01, widest, figure, runs: 40_960, end };
        assert_eq!(
            sentence(&reached(0.0098, End::Precise), 13),
            "Precise to ±1% after 40,960 quarters; the widest margin is that of P90 of profit. A tenth of that (±0.10%) would take some 4,000,000 quarters."
        );
        assert_eq!(
            sentence(&reached(0.02, End::MostRuns), 13),
            "After 40,960 quarters, the most that --max-runs allows, P90 of profit is within ±2.0%, not ±1%, which would take some 170,000 quarters."
        );
        assert!(sentence(&reached(0.02, End::OutOfTime), 13).ends_with("--runs 40960 gives these figures again."));
    }
}
