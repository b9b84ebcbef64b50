//! One simulated future looked at closely, and what the worst of them have in common.
//!
//! A draw needs no other draw: it is simulated again, alone, and gives what it gave among all of them.

use crate::engine::{Forecast, InputSampler, Streams, blocks, quantile};
use crate::model::outcomes::{OutcomeId, Tally};
use crate::model::simulate::{Quarter, Seed};
use crate::scenario::Scenario;
use crate::transcendental::powi;

/// Which draw to look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Which {
    /// that of a number
    Number(u64),
    /// the one nearest to a level of the outcome, from 0 to 1
    Near(f64),
}

/// A draw, seen from near.
#[derive(Clone, Debug)]
pub struct Replay {
    /// the outcome that draws are ordered by
    pub outcome: OutcomeId,
    /// the draw's number
    pub draw: u64,
    /// its outcome
    pub value: f64,
    /// the share of draws whose outcome is lower
    pub below: f64,
    /// every outcome of the draw
    pub outcomes: Vec<(OutcomeId, f64)>,
    /// all that it counted
    pub tally: Tally,
    /// every uncertain input
    pub inputs: Vec<DrawnInput>,
    /// how the inputs of the worst tenth of all draws differ from those of all, the largest shift first; those that can't
    /// be told from chance are left out
    pub worst: Vec<InputShift>,
}

/// An uncertain input in the draw.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnInput {
    /// its path
    pub name: String,
    /// its value
    pub value: f64,
    /// its middle value over all draws
    pub median: f64,
    /// the share of draws in which it is lower
    pub below: f64,
}

/// How an input of the worst tenth differs.
#[derive(Clone, Debug, PartialEq)]
pub struct InputShift {
    /// its path
    pub name: String,
    /// its mean in the worst tenth
    pub worst: f64,
    /// its mean in all draws
    pub all: f64,
    /// how far they are apart, in standard deviations of all draws
    pub deviations: f64,
}

/// A shift is told where chance alone would make it in one of 16,000 inputs: four standard errors.
const CLEAR: f64 = 4.0;

impl Replay {
    /// Looks at a draw of a forecast; none where no draw has the outcome, or there is no such number.
    #[must_use]
    pub fn of(scenario: &Scenario, forecast: &Forecast, outcome: OutcomeId, which: Which) -> Option<Self> {
        let draws = &forecast.draws;
        let column = draws.column(outcome)?;
        let at = match which {
            Which::Number(number) => usize::try_from(number.checked_sub(draws.range.start)?).ok()?,
            Which::Near(level) => nearest(column, level)?,
        };
        let value = *column.get(at)?;
        let draw = draws.range.start + at as u64;
        let inputs = crate::engine::input_columns(scenario, draws.range.clone(), forecast.seed);
        let drawn = inputs.iter().map(|(name, values)| DrawnInput {
            name: name.clone(),
            value: values[at],
            median: median(values),
            below: share_below(values, values[at]),
        });
        Some(Self {
            outcome,
            draw,
            value,
            below: share_below(column, value),
            outcomes: draws.outcomes.iter().zip(&draws.columns).map(|(&id, column)| (id, column[at])).collect(),
            tally: again(scenario, forecast.seed, draw),
            inputs: drawn.collect(),
            worst: shifts(column, outcome.outcome().is_cost(), &inputs),
        })
    }
}

/// The draw whose figure is nearest to a level.
fn nearest(column: &[f64], level: f64) -> Option<usize> {
    let mut sorted: Vec<f64> = column.iter().copied().filter(|value| !value.is_nan()).collect();
    if sorted.is_empty() {
        return None;
    }
    sorted.sort_unstable_by(f64::total_cmp);
    let wanted = quantile(&sorted, level);
    let far = |at: &usize| (column[*at] - wanted).abs();
    (0..column.len()).filter(|&at| !column[at].is_nan()).min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// Simulates a draw alone.
fn again(scenario: &Scenario, seed: u64, draw: u64) -> Tally {
    let seed_of = |stream| Seed { seed, stream };
    let streams = Streams::default();
    let inputs = &scenario.plan.parts.inputs;
    let sampler = InputSampler::new(inputs, seed_of(streams.inputs), scenario.simulation.sampling, &[]);
    let mut drawn = Vec::new();
    // Draws are stratified in blocks; the sampler gives the same values for one of them alone.
    for block in blocks(draw..draw + 1) {
        sampler.fill(block, &mut drawn);
    }
    Quarter::new(&scenario.plan, seed_of(streams.luck), true).run(draw, &drawn).clone()
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    quantile(&sorted, 0.5)
}

fn share_below(values: &[f64], value: f64) -> f64 {
    let known = values.iter().filter(|own| !own.is_nan());
    let below = known.clone().filter(|own| **own < value).count();
    below as f64 / known.count().max(1) as f64
}

/// What the worst tenth of the draws have in common: inputs whose mean there is away from that of all draws.
fn shifts(column: &[f64], is_cost: bool, inputs: &[(String, Vec<f64>)]) -> Vec<InputShift> {
    let worth = |at: usize| match column[at] {
        value if value.is_nan() => f64::NEG_INFINITY,
        value if is_cost => -value,
        value => value,
    };
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_by(|&a, &b| worth(a).total_cmp(&worth(b)));
    let worst = &order[..order.len() / 10];
    if worst.len() < 2 {
        return Vec::new();
    }
    let shift = |(name, values): &(String, Vec<f64>)| {
        let mean = |values: &mut dyn Iterator<Item = f64>, count: usize| values.sum::<f64>() / count as f64;
        let all = mean(&mut values.iter().copied(), values.len());
        let of_worst = mean(&mut worst.iter().map(|&at| values[at]), worst.len());
        let variance = mean(&mut values.iter().map(|value| powi(value - all, 2)), values.len());
        let deviations = (of_worst - all) / variance.sqrt();
        InputShift { name: name.clone(), worst: of_worst, all, deviations }
    };
    // Of a sample drawn at random from all, the mean would stray by 1/√n standard deviations.
    let clear = CLEAR / (worst.len() as f64).sqrt();
    let mut shifts: Vec<InputShift> = inputs.iter().map(shift).filter(|own| own.deviations.abs() > clear).collect();
    shifts.sort_by(|a, b| b.deviations.abs().total_cmp(&a.deviations.abs()));
    shifts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_draw_nearest_to_a_level_is_found_and_gaps_are_passed_over() {
        let column = [f64::NAN, 40.0, 10.0, 30.0, 20.0, 50.0];
        assert_eq!(nearest(&column, 0.5), Some(3));
        assert_eq!(nearest(&column, 0.0), Some(2));
        assert_eq!(nearest(&[f64::NAN], 0.5), None);
        assert_eq!(share_below(&column, 30.0), 0.4);
    }

    #[test]
    fn an_input_that_makes_the_worst_draws_is_found_and_others_are_not() {
        // 1,000 draws; the outcome is the first input. Its worst tenth has a mean of 49.5 where all have 499.5, whose
        // standard deviation is 1000/√12: a shift of −1.56. The second input alternates, and knows nothing of it.
        let first: Vec<f64> = (0..1000).map(f64::from).collect();
        let second: Vec<f64> = (0..1000).map(|at| f64::from(at % 2)).collect();
        let inputs = [("a".to_owned(), first.clone()), ("b".to_owned(), second)];
        let found = shifts(&first, false, &inputs);
        assert_eq!(found.len(), 1);
        assert!((found[0].deviations + 450.0 / (1_000_000.0_f64 / 12.0).sqrt()).abs() < 1e-3, "{found:?}");
        assert!(shifts(&first, true, &inputs)[0].deviations > 1.5);
    }
}
