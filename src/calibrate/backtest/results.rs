//! Totals of a weekly result at every cut from the third year on.

use crate::calibrate::weekly::totals_ahead;
use crate::records::Day;

use super::bars::Past;
use super::score::{Asked, Scored};
use super::{FORECAST_DRAWS, Target, Way, past_spread, steps};

/// A weekly result of which the past is asked.
#[derive(Clone, Copy, Debug)]
pub struct WeeklyBacktest<'a> {
    /// the number of each week, in order
    pub weeks: &'a [i32],
    /// the result of each
    pub results: &'a [f64],
    /// how many weeks ahead
    pub horizon: usize,
    /// weeks from one cut to the next
    pub every: usize,
}

/// A weekly result is forecast from this many weeks on: two of each season.
pub const FEWEST_RESULTS: usize = 104;

/// Scores totals of a weekly result at every cut.
#[must_use]
pub fn backtest_weeks(asked: &WeeklyBacktest<'_>) -> Vec<Scored> {
    let cuts = (FEWEST_RESULTS..).step_by(asked.every.max(1));
    let steps = steps(asked.horizon);
    let mut scored: Vec<Scored> = Vec::new();
    for at in cuts.take_while(|cut| cut + asked.horizon <= asked.results.len()) {
        let (known, ahead) = asked.results.split_at(at);
        let cut = Day::monday(asked.weeks[at]);
        let mut model = totals_ahead(known, &steps, FORECAST_DRAWS);
        for (step, &weeks) in steps.iter().enumerate() {
            let actual = ahead[..weeks].iter().sum();
            let own = scored.iter().filter(|own| own.way == Way::Model && own.weeks == weeks);
            let spread = past_spread(own, cut);
            let draws = model.as_mut().map(|steps| std::mem::take(&mut steps[step])).map(|mut draws| {
                spread.widen(&mut draws);
                draws
            });
            let past = Past { weekly: known, weeks, counts: false };
            let bars = [
                (Way::Model, draws),
                (Way::LastWeeks, past.last_weeks()),
                (Way::LastYear, past.last_year()),
                (Way::Smoothing, past.smoothing()),
            ];
            let made = bars.into_iter().filter_map(|(way, draws)| Some((way, draws?)));
            scored.extend(
                made.map(|(way, draws)| Scored::of(Asked { cut, weeks, target: Target::Result, way }, actual, draws)),
            );
        }
    }
    scored
}
