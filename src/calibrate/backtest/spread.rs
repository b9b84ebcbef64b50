//! How wide past forecasts should have been: the spread of what came among what was forecast.
//!
//! ```text
//! κ² = (n₀ + Σ w z²)/(n₀ + Σ w)        z = Φ⁻¹(rank of what came),   n₀ = 4
//! ```
//! Forecasts that hold what comes as often as they say have z of variance 1 and κ = 1. A cut that lies closer to the one
//! before than the horizon shares weeks with it, so it counts by what is new in it: w = weeks between them / horizon.

use crate::random::normal_quantile;
use crate::records::Day;
use crate::transcendental::{exp, ln};

use super::score::Scored;

/// What own past forecasts say of the spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PastSpread {
    /// the factor that spreads should have had, at least `NARROWEST`
    pub factor: f64,
    /// past forecasts, those that share weeks counted by what is new in them
    pub forecasts: f64,
}

/// So many forecasts of the right spread are taken to have been made already.
const BEFORE: f64 = 4.0;
/// Past forecasts never narrow a spread by more.
const NARROWEST: f64 = 0.6;
/// What came farther out says that something broke, not how wide forecasts should be: it counts as this.
const OUTERMOST: f64 = 2.0;

/// The spread that forecasts of one target and horizon should have had, as far as was known on a day: those whose weeks
/// were over by then. Forecasts are in the order of their cuts.
#[must_use]
pub fn past_spread<'a>(past: impl Iterator<Item = &'a Scored>, known_on: Day) -> PastSpread {
    let (mut squares, mut count) = (BEFORE, BEFORE);
    let mut before: Option<Day> = None;
    for own in past {
        let days = 7 * own.weeks as i32;
        if own.cut.0 + days > known_on.0 {
            continue;
        }
        let new = before.map_or(1.0, |before| (f64::from(own.cut.0 - before.0) / f64::from(days)).min(1.0));
        before = Some(own.cut);
        let z = normal_quantile(own.rank.clamp(1e-9, 1.0 - 1e-9)).clamp(-OUTERMOST, OUTERMOST);
        squares += new * z * z;
        count += new;
    }
    PastSpread { factor: (squares / count).sqrt().max(NARROWEST), forecasts: count - BEFORE }
}

impl PastSpread {
    /// Draws that are spread about their median by the factor, on the log scale of draws + ½.
    pub(super) fn widen(&self, draws: &mut [f64]) {
        let middle = crate::calibrate::percentile(draws, 0.5);
        if middle + 0.5 <= 0.0 {
            return;
        }
        for draw in draws {
            let log = ln((*draw + 0.5) / (middle + 0.5));
            *draw = ((middle + 0.5) * exp(self.factor * log) - 0.5).max(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::score::Asked;
    use super::super::{Target, Way};
    use super::*;

    fn scored(cut: i32, actual: f64) -> Scored {
        let asked = Asked { cut: Day(cut), weeks: 2, target: Target::Wins, way: Way::Model };
        let draws = (0..2000).map(|i| normal_quantile((f64::from(i) + 0.5) / 2000.0)).collect();
        Scored::of(asked, actual, draws)
    }

    /// Standard normal forecasts of two weeks, a week apart: the second counts by half. z = 1 and 0:
    /// κ² = (4 + 1 + 0)/(4 + 1.5).
    #[test]
    fn cuts_that_share_weeks_count_by_what_is_new() {
        let past = [scored(0, 1.0), scored(7, 0.0), scored(14, -1.0)];
        let spread = past_spread(past.iter(), Day(27));
        assert!((spread.factor - (5.0_f64 / 5.5).sqrt()).abs() < 1e-3, "{spread:?}");
        assert_eq!(spread.forecasts, 1.5);
        assert_eq!(past_spread(past.iter(), Day(13)).forecasts, 0.0);
    }

    /// Forecasts that always hit the middle narrow the spread to its floor, and one that misses all counts as two standard
    /// deviations: κ² = (4 + 4)/5.
    #[test]
    fn a_spread_has_a_floor_and_a_break_is_no_spread() {
        let hits: Vec<Scored> = (0..100).map(|at| scored(14 * at, 0.0)).collect();
        assert_eq!(past_spread(hits.iter(), Day(10_000)).factor, NARROWEST);
        let missed = past_spread([scored(0, 50.0)].iter(), Day(14));
        assert!((missed.factor - 1.6_f64.sqrt()).abs() < 1e-9, "{missed:?}");
    }

    /// About a median of 9.5 (10 with the half): half of the log distance.
    #[test]
    fn draws_are_spread_about_their_median() {
        let mut draws = vec![2.0, 9.5, 39.5];
        PastSpread { factor: 0.5, forecasts: 1.0 }.widen(&mut draws);
        for (own, expected) in draws.iter().zip([4.5, 9.5, 19.5]) {
            assert!((own - expected).abs() < 1e-9, "{draws:?}");
        }
    }
}
