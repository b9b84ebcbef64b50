//! Forecasts that were really made, against what came.
//!
//! ```text
//! CRPS = 2 ∫ ρ_τ(x − q_τ) dτ,  ρ_τ(d) = d·(τ − [d < 0])      as the mean over the 19 percentiles of the log
//! ```
//! Source: Laio & Tamea, Hydrology and Earth System Sciences 11 (2007), for the score as an integral over quantiles.

use crate::records::{Day, Deal, Deals, Outcome, SAID_LEVELS, SaidForecast};
use crate::units::Levels;

use super::bars::Past;
use super::score::{Asked, Scored};
use super::wins::weekly;
use super::{Target, Way};

/// A forecast of the log with its score.
#[derive(Clone, Debug)]
pub struct SaidScore {
    /// the plan
    pub plan: String,
    /// the day it was made
    pub made: Day,
    /// its first day, its levels, what came, its scores
    pub scored: Scored,
}

/// The scores of a log.
#[derive(Clone, Debug, Default)]
pub struct SaidScores {
    /// forecasts that are over, of each outcome that records tell
    pub of_log: Vec<SaidScore>,
    /// what took no model, at the same days
    pub bars: Vec<Scored>,
    /// forecasts whose weeks are not over
    pub not_over: usize,
}

/// Outcomes of a log that deals tell: their names.
const OUTCOMES: [(&str, Target); 2] = [("wins", Target::Wins), ("revenue", Target::Result)];

/// Scores what was said by what deals tell; `last` is the last day that they record.
#[must_use]
pub fn score_said(said: &[SaidForecast], deals: &Deals, last: Day) -> SaidScores {
    let mut scores = SaidScores::default();
    for own in said {
        if own.end().0 > last.0 + 1 {
            scores.not_over += 1;
            continue;
        }
        let (start, weeks) = (Day::of(own.start), own.weeks);
        let known = deals.as_known_on(Day(start.0 - 1));
        for (name, target) in OUTCOMES {
            let Some(levels) = own.outcomes.get(name) else { continue };
            let worth = |deal: &Deal| if target == Target::Wins { Some(1.0) } else { deal.amount };
            let is_won = |deal: &&Deal| matches!(deal.outcome, Outcome::Won(day) if day >= start && day < own.end());
            let won = || deals.list.iter().filter(is_won);
            let all_told = won().all(|deal| worth(deal).is_some());
            if !all_told {
                continue;
            }
            let actual: f64 = won().filter_map(worth).sum();
            let scored = of_levels(Asked { cut: start, weeks, target, way: Way::Model }, levels, actual);
            scores.of_log.push(SaidScore { plan: own.plan.clone(), made: Day::of(own.made), scored });
            let weekly = weekly(&known, start, |deal| match deal.outcome {
                Outcome::Won(day) => Some((day, worth(deal)?)),
                _ => None,
            });
            let past = Past { weekly: &weekly, weeks, counts: target == Target::Wins };
            for (way, draws) in past.bars() {
                let asked = Asked { cut: start, weeks, target, way };
                scores.bars.extend(draws.map(|draws| Scored::of(asked, actual, draws)));
            }
        }
    }
    scores
}

/// The level of the i-th percentile of a log: .05, .1, … .95.
fn level(i: usize) -> f64 {
    (i as f64 + 1.0) / (SAID_LEVELS as f64 + 1.0)
}

/// Scores percentiles.
fn of_levels(asked: Asked, levels: &[f64; SAID_LEVELS], actual: f64) -> Scored {
    let pinball = |(i, q): (usize, &f64)| {
        let below = f64::from(u8::from(actual < *q));
        (actual - q) * (level(i) - below)
    };
    let crps = 2.0 * levels.iter().enumerate().map(pinball).sum::<f64>() / SAID_LEVELS as f64;
    // Between two percentiles the rank is that between their levels, outside of them that of the middle of the rest.
    let at_most = levels.partition_point(|q| *q <= actual);
    let rank = match at_most {
        0 => 0.5 * level(0),
        SAID_LEVELS => 0.5 * (1.0 + level(SAID_LEVELS - 1)),
        at => {
            let (low, high) = (levels[at - 1], levels[at]);
            level(at - 1) + (level(at) - level(at - 1)) * if high > low { (actual - low) / (high - low) } else { 0.5 }
        }
    };
    let Asked { cut, weeks, target, way } = asked;
    Scored {
        cut,
        weeks,
        target,
        way,
        actual,
        levels: Levels { p10: levels[1], p50: levels[9], p90: levels[17] },
        crps,
        rank,
    }
}

#[cfg(test)]
mod tests {
    use super::super::score::crps;
    use super::*;
    use crate::random::normal_quantile;

    /// Of a normal forecast, by 19 percentiles and by 20,000 draws. The 19 leave out the outermost twentieths: near the middle
    /// these bear less than an average share of the score, so the mean over the 19 is a little high; by less than 6 %.
    #[test]
    fn nineteen_percentiles_score_as_all_draws_do() {
        let levels: [f64; SAID_LEVELS] = std::array::from_fn(|i| normal_quantile(level(i)));
        let draws: Vec<f64> = (0..20_000).map(|i| normal_quantile((f64::from(i) + 0.5) / 20_000.0)).collect();
        let asked = Asked { cut: Day(0), weeks: 13, target: Target::Wins, way: Way::Model };
        for actual in [-1.5, 0.0, 0.7] {
            let own = of_levels(asked, &levels, actual);
            let exact = crps(&draws, actual);
            assert!((own.crps / exact - 1.0).abs() < 0.06, "{actual}: {} {exact}", own.crps);
            let rank = crate::random::normal_share(actual);
            assert!((own.rank - rank).abs() < 0.01, "{actual}: {} {rank}", own.rank);
        }
        assert!(of_levels(asked, &levels, 9.0).rank > 0.95 && !of_levels(asked, &levels, 9.0).holds());
    }

    /// Ten wins in the weeks of the first forecast; the second is not over.
    #[test]
    fn only_what_is_over_is_scored() {
        let date = |text: &str| text.parse().expect("a date");
        let said = |start: &str| SaidForecast {
            version: 1,
            made: date(start),
            start: date(start),
            weeks: 4,
            plan: "plan".into(),
            seed: 1,
            runs: 1,
            outcomes: [("wins".to_owned(), std::array::from_fn(|i| i as f64))].into(),
        };
        let start = Day::of(date("2026-06-01"));
        let won = |i: i32| Deal {
            id: None,
            source: None,
            created: Day(start.0 - 90),
            outcome: Outcome::Won(Day(start.0 - 5 + i)),
            amount: None,
        };
        let deals = Deals { list: (0..15).map(won).collect(), as_of: Day(start.0 + 40), ..Deals::default() };
        let scores = score_said(&[said("2026-06-01"), said("2026-07-01")], &deals, deals.as_of);
        assert_eq!((scores.of_log.len(), scores.not_over), (1, 1));
        let own = &scores.of_log[0].scored;
        assert_eq!((own.actual, own.levels, own.holds()), (10.0, Levels { p10: 1.0, p50: 9.0, p90: 17.0 }, true));
        // Five wins in the week before, none in the three before that.
        let last = scores.bars.iter().find(|own| own.way == Way::LastWeeks).expect("a bar");
        assert_eq!(last.levels.p50, 5.0);
    }
}
