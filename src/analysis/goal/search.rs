//! The smallest value of a figure at which a curve reaches a level, on a curve that may rise and fall: the whole range is
//! looked at in steps with few draws, and refined with all of them where the level is crossed first.
//!
//! What is searched is told by closures, so that curves in closed form serve as tests.

use super::super::objective::{Gauge, Side};
use super::found::{Answer, Crossing, Effort, Found, Range, Tried};

/// Steps of the first look.
pub(super) const STEPS: usize = 16;

/// So many whole numbers are all looked at.
const ALL_OF: f64 = 25.0;

/// The most values tried with all draws to find a first one that reaches the level.
const MOST_TO_FIND: usize = 8;

/// The most values tried with all draws to narrow a crossing down.
const MOST_TO_NARROW: usize = 12;

/// A search that goes on.
pub(super) struct Search<'f, T, E> {
    pub(super) range: Range,
    pub(super) side: Side,
    try_value: &'f mut dyn FnMut(f64, Effort) -> Result<(Gauge, T), E>,
    pub(super) tried: Vec<Tried<T>>,
    /// −1 where the range is looked at from its high end
    pub(super) sign: f64,
}

/// Searches a range for the values at which the figure lies on `side`.
///
/// # Errors
///
/// What a value could not be tried for.
pub(super) fn search<T: Clone, E>(
    range: Range,
    side: Side,
    today: Option<f64>,
    try_value: &mut dyn FnMut(f64, Effort) -> Result<(Gauge, T), E>,
) -> Result<Found<T>, E> {
    let mut search = Search { range, side, try_value, tried: Vec::new(), sign: 1.0 };
    for x in first_look(range, today) {
        search.look(x, Effort::Rough)?;
    }
    let answer = search.answer()?;
    Ok(Found { tried: search.tried, answer })
}

/// The values of the first look: even steps, and today's value.
fn first_look(range: Range, today: Option<f64>) -> Vec<f64> {
    let Range { low, high, whole } = range;
    let mut values: Vec<f64> = match whole && high - low <= ALL_OF {
        true => (0..=(high - low) as usize).map(|at| low + at as f64).collect(),
        false => (0..=STEPS)
            .map(|at| {
                let x = low + (high - low) * at as f64 / STEPS as f64;
                if whole { x.round() } else { x }
            })
            .collect(),
    };
    values.extend(today.filter(|today| (low..=high).contains(today)));
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

impl<T: Clone, E> Search<'_, T, E> {
    /// Tries a value, unless that was done with as much effort; gives its place.
    pub(super) fn look(&mut self, x: f64, effort: Effort) -> Result<usize, E> {
        let at = self.tried.partition_point(|tried| tried.x < x);
        let known = self.tried.get(at).is_some_and(|tried| tried.x == x);
        if known && (self.tried[at].effort == effort || effort == Effort::Rough) {
            return Ok(at);
        }
        let (gauge, rest) = (self.try_value)(x, effort)?;
        let tried = Tried { x, effort, gauge, rest };
        if known {
            self.tried[at] = tried;
        } else {
            self.tried.insert(at, tried);
        }
        Ok(at)
    }

    /// How far a value reaches beyond the level; below 0 it falls short.
    pub(super) fn slack(&self, at: usize) -> f64 {
        let slack = self.side.slack(self.tried[at].gauge.value);
        if slack.is_nan() { f64::NEG_INFINITY } else { slack }
    }

    /// The slack at the better and at the worse end of the interval.
    pub(super) fn slacks(&self, at: usize) -> (f64, f64) {
        let Gauge { low, high, .. } = self.tried[at].gauge;
        let ends =
            [low, high].map(|end| self.side.slack(end)).map(|end| if end.is_nan() { f64::NEG_INFINITY } else { end });
        (ends[0].max(ends[1]), ends[0].min(ends[1]))
    }

    fn value(&self, at: usize) -> f64 {
        self.tried[at].x
    }

    fn answer(&mut self) -> Result<Answer, E> {
        // The values of the first look, from the low end; others come between them later on.
        let values: Vec<f64> = self.tried.iter().map(|tried| tried.x).collect();
        let first = self.look(values[0], Effort::Full)?;
        if self.slack(first) >= 0.0 {
            return self.up_to(&values);
        }
        match self.first_that_reaches(&values)? {
            Some(at) => {
                let (below, above) = (self.value(at.saturating_sub(1)), self.value(at));
                let crossing = self.narrow(below, above)?;
                Ok(Answer::From(crossing))
            }
            None => {
                let best = self.best()?;
                if self.slack(best) >= 0.0 {
                    let below = self.value(best.saturating_sub(1));
                    let above = self.value(best);
                    return Ok(Answer::From(self.narrow(below, above)?));
                }
                Ok(match self.slacks(best).0 >= 0.0 {
                    true => Answer::InDoubt { best },
                    false => Answer::Nowhere { best },
                })
            }
        }
    }

    /// The place of the first value of the first look that reaches the level with all draws.
    fn first_that_reaches(&mut self, values: &[f64]) -> Result<Option<usize>, E> {
        let mut full = 0;
        for &x in values {
            let at = self.look(x, Effort::Rough)?;
            if self.slacks(at).0 < 0.0 {
                continue;
            }
            full += 1;
            if full > MOST_TO_FIND && self.slack(at) < 0.0 {
                continue;
            }
            let at = self.look(x, Effort::Full)?;
            if self.slack(at) >= 0.0 {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// The place of the best value: the best of the first look, and what lies between it and its neighbors.
    fn best(&mut self) -> Result<usize, E> {
        let mut best = self.leading();
        best = self.look(self.value(best), Effort::Full)?;
        for _ in 0..2 {
            let x = self.value(best);
            let neighbors = [best.checked_sub(1), Some(best + 1).filter(|&at| at < self.tried.len())];
            for neighbor in neighbors.into_iter().flatten().map(|at| self.value(at)).collect::<Vec<_>>() {
                let middle = self.middle(x, neighbor);
                if middle != x && middle != neighbor {
                    self.look(middle, Effort::Full)?;
                }
            }
            // Only what was tried with all draws is held against each other.
            best = self.leading_of(Effort::Full);
            if self.slack(best) >= 0.0 {
                break;
            }
        }
        Ok(best)
    }

    fn leading(&self) -> usize {
        self.highest((0..self.tried.len()).collect())
    }

    fn leading_of(&self, effort: Effort) -> usize {
        self.highest((0..self.tried.len()).filter(|&at| self.tried[at].effort == effort).collect())
    }

    /// Of several places that of the highest slack; of equals the first.
    fn highest(&self, places: Vec<usize>) -> usize {
        places.into_iter().rev().max_by(|&a, &b| self.slack(a).total_cmp(&self.slack(b))).unwrap_or(0)
    }

    fn middle(&self, a: f64, b: f64) -> f64 {
        let middle = 0.5 * (a + b);
        if self.range.whole { middle.floor() } else { middle }
    }

    /// The level is reached at the low end: everywhere, or up to where?
    fn up_to(&mut self, values: &[f64]) -> Result<Answer, E> {
        let mut reaching = values[0];
        for &x in &values[1..] {
            let at = self.look(x, Effort::Rough)?;
            let (best, worst) = self.slacks(at);
            let reaches = match (worst >= 0.0, best < 0.0) {
                (true, _) => true,
                (_, true) => false,
                _ => {
                    let at = self.look(x, Effort::Full)?;
                    self.slack(at) >= 0.0
                }
            };
            if !reaches {
                self.sign = -1.0;
                return Ok(Answer::UpTo(self.narrow(x, reaching)?));
            }
            reaching = x;
        }
        Ok(Answer::Everywhere)
    }

    /// Narrows a crossing down between a value that falls short and one that reaches the level.
    fn narrow(&mut self, short: f64, reaching: f64) -> Result<Crossing, E> {
        let (mut short, mut reaching) = (short, reaching);
        let mut at_short = self.look(short, Effort::Full)?;
        let mut under = self.slack(at_short);
        let at = self.look(reaching, Effort::Full)?;
        let mut over = self.slack(at);
        // With all draws, the one that falls short may reach it after all.
        while under >= 0.0 {
            reaching = short;
            let beyond = match self.sign > 0.0 {
                true => at_short.checked_sub(1),
                false => Some(at_short + 1).filter(|&at| at < self.tried.len()),
            };
            let Some(beyond) = beyond else { break };
            over = under;
            short = self.value(beyond);
            at_short = self.look(short, Effort::Full)?;
            under = self.slack(at_short);
        }
        let mut stuck = 0_i32;
        for _ in 0..MOST_TO_NARROW {
            let at = self.look(reaching, Effort::Full)?;
            let margin = over - self.slacks(at).1;
            let width = (reaching - short).abs();
            let narrow = if self.range.whole { width <= 1.0 } else { width <= 1e-3 * reaching.abs() };
            if narrow || over.is_finite() && over <= 0.1 * margin {
                break;
            }
            let x = self.between(short, reaching, (under, over), stuck);
            let at = self.look(x, Effort::Full)?;
            let slack = self.slack(at);
            if slack >= 0.0 {
                (reaching, over) = (x, slack);
                stuck = if stuck > 0 { stuck + 1 } else { 1 };
            } else {
                (short, under) = (x, slack);
                stuck = if stuck < 0 { stuck - 1 } else { -1 };
            }
        }
        self.finish(short, reaching)
    }

    /// The next value to try: where a straight line meets the level, but the middle once one end has stayed twice.
    fn between(&self, short: f64, reaching: f64, (under, over): (f64, f64), stuck: i32) -> f64 {
        let share = if under.is_finite() && over > under { -under / (over - under) } else { 0.5 };
        let share = if stuck.abs() >= 2 { 0.5 } else { share.clamp(0.05, 0.95) };
        let x = short + share * (reaching - short);
        if !self.range.whole {
            return x;
        }
        let (low, high) = (short.min(reaching), short.max(reaching));
        x.round().clamp(low + 1.0, high - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::super::super::objective::Sense;
    use super::*;

    /// Searches a curve that is known to within ± `margin`; gives what was found and how many values got all draws.
    fn on(curve: impl Fn(f64) -> f64, margin: f64, range: Range, level: f64) -> (Found<()>, usize) {
        let mut full = 0;
        let mut try_value = |x: f64, effort: Effort| -> Result<(Gauge, ()), Infallible> {
            full += usize::from(effort == Effort::Full);
            let value = curve(x);
            let margin = if effort == Effort::Full { margin } else { 2.0 * margin };
            Ok((Gauge { value, low: value - margin, high: value + margin }, ()))
        };
        let side = Side { sense: Sense::AtLeast, bound: level };
        let Ok(found) = search(range, side, Some(20.0), &mut try_value);
        (found, full)
    }

    const WIDE: Range = Range { low: 0.0, high: 100.0, whole: false };

    #[test]
    fn a_rising_curve_is_inverted_with_its_interval() {
        // 1 − e^(−x/20) is 0.8 at 20·ln 5 = 32.19; its slope there is 0.01, so ± 0.005 is ± 0.5.
        let (found, full) = on(|x| 1.0 - (-x / 20.0).exp(), 0.005, WIDE, 0.8);
        let Answer::From(crossing) = found.answer else { panic!("{:?}", found.answer) };
        let at = found.tried[crossing.at].x;
        assert!((32.19..32.6).contains(&at), "{at}");
        let (low, high) = (crossing.low.expect("a low end"), crossing.high.expect("a high end"));
        // 20·ln(1/0.205) = 31.69, 20·ln(1/0.195) = 32.70
        assert!((low - 31.69).abs() < 0.1 && (high - 32.70).abs() < 0.1, "{low} to {high}");
        assert_eq!(crossing.lost_from, None);
        assert!(full <= 12, "{full}");
    }

    #[test]
    fn a_curve_that_rises_and_falls_is_reached_on_its_way_up_and_lost_again() {
        // 1 − ((x − 50)/40)² is 0.75 at 30 and at 70.
        let (found, _) = on(|x| 1.0 - ((x - 50.0) / 40.0).powi(2), 0.002, WIDE, 0.75);
        let Answer::From(crossing) = found.answer else { panic!("{:?}", found.answer) };
        let at = found.tried[crossing.at].x;
        assert!((29.99..30.3).contains(&at), "{at}");
        assert!(crossing.lost_from.is_some_and(|x| (70.0..80.0).contains(&x)), "{crossing:?}");
    }

    #[test]
    fn a_narrow_top_between_the_steps_is_found() {
        // Highest at 34.3, between the steps 31.25 and 37.5: 0.9; at these two 0.78 and 0.77.
        let curve = |x: f64| 0.9 - (x - 34.3_f64).abs() * 0.04;
        let (found, _) = on(curve, 0.01, WIDE, 0.88);
        assert!(matches!(found.answer, Answer::From(_)), "{:?}", found.answer);
        let (found, _) = on(curve, 0.01, WIDE, 0.95);
        let Answer::Nowhere { best } = found.answer else { panic!("{:?}", found.answer) };
        assert!((found.tried[best].x - 34.3).abs() < 1.0);
    }

    #[test]
    fn a_second_hill_is_seen_where_the_first_is_too_low() {
        let curve = |x: f64| (0.6 - ((x - 20.0) / 15.0).powi(2)).max(0.9 - ((x - 75.0) / 15.0).powi(2));
        let (found, _) = on(curve, 0.005, WIDE, 0.8);
        let Answer::From(crossing) = found.answer else { panic!("{:?}", found.answer) };
        // 75 − 15·√0.1 = 70.26
        assert!((found.tried[crossing.at].x - 70.26).abs() < 0.3);
    }

    #[test]
    fn what_falls_is_reached_up_to_a_value() {
        let (found, _) = on(|x| 1.0 - x / 100.0, 0.01, WIDE, 0.4);
        let Answer::UpTo(crossing) = found.answer else { panic!("{:?}", found.answer) };
        let at = found.tried[crossing.at].x;
        assert!((59.5..=60.0).contains(&at), "{at}");
        assert!(crossing.low.is_some_and(|low| (low - 59.0).abs() < 0.3), "{crossing:?}");
        assert!(crossing.high.is_some_and(|high| (high - 61.0).abs() < 0.3), "{crossing:?}");
        assert!(matches!(on(|_| 1.0, 0.01, WIDE, 0.4).0.answer, Answer::Everywhere));
    }

    #[test]
    fn whole_numbers_stay_whole() {
        let range = Range { low: 0.0, high: 12.0, whole: true };
        let (found, _) = on(|x| x / 10.0, 0.15, range, 0.55);
        let Answer::From(crossing) = found.answer else { panic!("{:?}", found.answer) };
        assert!(found.tried.iter().all(|tried| tried.x.fract() == 0.0));
        assert_eq!(found.tried[crossing.at].x, 6.0);
        // 5 may do (0.5 + 0.15), 7 surely does (0.7 − 0.15), 4 can't (0.4 + 0.15).
        assert_eq!((crossing.low, crossing.high), (Some(4.0), Some(7.0)));
        let many = Range { low: 0.0, high: 1_000.0, whole: true };
        let (found, _) = on(|x| x / 1_000.0, 0.001, many, 0.4567);
        let Answer::From(crossing) = found.answer else { panic!("{:?}", found.answer) };
        assert_eq!(found.tried[crossing.at].x, 457.0);
    }

    #[test]
    fn what_can_not_be_told_from_the_level_is_in_doubt() {
        let (found, _) = on(|x| 0.79 - ((x - 50.0) / 100.0).powi(2), 0.02, WIDE, 0.8);
        assert!(matches!(found.answer, Answer::InDoubt { .. }), "{:?}", found.answer);
    }
}
