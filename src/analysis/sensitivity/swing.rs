//! The tornado: the mean of an outcome where an input is low, and where it is high.

use rayon::prelude::*;

use crate::engine::{BATCHES, Draws, InputSampler, RunSpec, rank_correlation};
use crate::inputs::{InputId, Inputs};
use crate::model::outcomes::OutcomeId;
use crate::model::plan::Plan;
use crate::model::simulate::Seed;

use super::super::judgement::Estimate;
use super::super::ranking::{Lead, Ranking};
use super::batches::{OfBatches, Ratio, with_influence};

/// The part of the draws at either end of an input.
const FIFTH: f64 = 0.2;

/// How far an outcome moves with an input, in the draws as they are.
///
/// What the inputs that are drawn together with it bring is in it.
#[derive(Clone, Debug)]
pub struct Swing {
    /// the input
    pub input: InputId,
    /// its path in the file
    pub path: String,
    /// where the input is among its lowest fifth of draws
    pub low: End,
    /// where it is among its highest fifth
    pub high: End,
    /// the mean of the outcome where it is high, less that where it is low
    pub change: Estimate,
    /// paths of the inputs that are drawn together with it
    pub partners: Vec<String>,
    influence: OfBatches,
}

/// One end of an input's range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// where the fifth ends: the input's P20 or P80
    pub bound: f64,
    /// the mean of the outcome in it
    pub mean: f64,
}

impl Swing {
    /// Of every input that varies, the largest swing first.
    #[must_use]
    pub fn all(plan: &Plan, spec: &RunSpec, draws: &Draws, outcome: OutcomeId) -> Vec<Self> {
        let inputs = &plan.parts.inputs;
        let Some(figures) = draws.column(outcome) else {
            return Vec::new();
        };
        let sampler = sampler(plan, spec);
        let mut swings: Vec<Self> = inputs
            .drawn_together()
            .par_iter()
            .flat_map_iter(|set| set.iter().map(move |&input| (input, set)))
            .filter_map(|(input, set)| {
                let column = sampler.column(input.index(), spec.draws.clone());
                let partners = set.iter().filter(|&&other| other != input).map(|other| path(inputs, *other)).collect();
                Self::of(input, &column, figures).map(|swing| Self { path: path(inputs, input), partners, ..swing })
            })
            .collect();
        swings.sort_by(|a, b| b.size().total_cmp(&a.size()));
        swings
    }

    /// From the columns of an input and of an outcome, draw by draw; none where the input doesn't vary.
    fn of(input: InputId, column: &[f64], figures: &[f64]) -> Option<Self> {
        let rows: Vec<usize> = (0..column.len()).filter(|&row| !figures[row].is_nan()).collect();
        let mut values: Vec<f64> = rows.iter().map(|&row| column[row]).collect();
        let (low, high) = (Fifth::lowest(&mut values)?, Fifth::highest(&mut values)?);
        if low.bound == high.bound && values.iter().all(|&value| value == low.bound) {
            return None;
        }
        let [mut at_low, mut at_high] = [Ratio::new(); 2];
        for &row in &rows {
            let (value, figure) = (column[row], figures[row]);
            for (fifth, ratio) in [(&low, &mut at_low), (&high, &mut at_high)] {
                let weight = fifth.weight(value);
                if weight > 0.0 {
                    ratio.add(row, weight * figure, weight);
                }
            }
        }
        let [of_low, of_high] = [at_low.influence(), at_high.influence()];
        let influence: OfBatches = std::array::from_fn(|batch| of_high[batch] - of_low[batch]);
        let (low_mean, high_mean) = (at_low.value(), at_high.value());
        Some(Self {
            input,
            path: String::new(),
            low: End { bound: low.bound, mean: low_mean },
            high: End { bound: high.bound, mean: high_mean },
            change: with_influence(high_mean - low_mean, &influence, rows.len()),
            partners: Vec::new(),
            influence,
        })
    }

    /// How far the outcome moves, up or down.
    #[must_use]
    pub fn size(&self) -> f64 {
        self.change.mean.abs()
    }

    /// Whether the outcome moves beyond the simulation's error, where it is one of `among` inputs that are looked at.
    #[must_use]
    pub fn is_clear(&self, among: usize) -> bool {
        self.change.is_clear_among(among)
    }

    /// Which of several swings is the largest, as far as that can be told.
    #[must_use]
    pub fn ranking(swings: &[Self]) -> Option<Ranking> {
        let sizes: Vec<f64> = swings.iter().map(Self::size).collect();
        Ranking::of(&sizes, |one, other| {
            let [one, other] = [&swings[one], &swings[other]];
            let signs = [one, other].map(|swing| swing.change.mean.signum());
            let apart: OfBatches =
                std::array::from_fn(|batch| signs[0] * one.influence[batch] - signs[1] * other.influence[batch]);
            let error = crate::engine::standard_error(0.0, apart.into_iter());
            let error = one.change.error.and(other.change.error).map(|_| error);
            Some(Lead { by: Estimate { mean: one.size() - other.size(), error }, same: false })
        })
    }
}

/// Spearman's rank correlation of an input and an outcome, over the draws that have the outcome.
pub(super) fn rank_of(plan: &Plan, spec: &RunSpec, draws: &Draws, (input, outcome): (InputId, OutcomeId)) -> f64 {
    let column = sampler(plan, spec).column(input.index(), spec.draws.clone());
    let figures = draws.column(outcome).unwrap_or_default();
    let both = column.iter().zip(figures).filter(|(_, figure)| !figure.is_nan());
    let (x, y): (Vec<f64>, Vec<f64>) = both.map(|(x, y)| (*x, *y)).unzip();
    rank_correlation(&x, &y)
}

/// The inputs of a run, drawn again.
pub(super) fn sampler<'p>(plan: &'p Plan, spec: &RunSpec) -> InputSampler<'p> {
    let seed = Seed { seed: spec.seed, stream: spec.streams.inputs };
    InputSampler::new(&plan.parts.inputs, seed, spec.sampling, &spec.held)
}

/// The path of an input in the file.
pub(super) fn path(inputs: &Inputs, input: InputId) -> String {
    inputs.list()[input.index()].name.clone()
}

/// The fifth of a column at one end: what lies beyond its bound, and of what lies on it as much as fills the fifth.
struct Fifth {
    bound: f64,
    of_bound: f64,
    is_lowest: bool,
}

impl Fifth {
    fn lowest(values: &mut [f64]) -> Option<Self> {
        Self::of(values, true)
    }

    fn highest(values: &mut [f64]) -> Option<Self> {
        Self::of(values, false)
    }

    /// None of fewer values than every batch needs for one at either end.
    fn of(values: &mut [f64], is_lowest: bool) -> Option<Self> {
        if values.len() < 2 * BATCHES {
            return None;
        }
        let mass = FIFTH * values.len() as f64;
        let place = mass.ceil() as usize - 1;
        let place = if is_lowest { place } else { values.len() - 1 - place };
        let (_, &mut bound, _) = values.select_nth_unstable_by(place, f64::total_cmp);
        let is_beyond = |value: f64| if is_lowest { value < bound } else { value > bound };
        let beyond = values.iter().filter(|&&value| is_beyond(value)).count() as f64;
        let on_it = values.iter().filter(|&&value| value == bound).count() as f64;
        Some(Self { bound, of_bound: (mass - beyond) / on_it, is_lowest })
    }

    fn weight(&self, value: f64) -> f64 {
        match value {
            value if value == self.bound => self.of_bound,
            value if (value < self.bound) == self.is_lowest => 1.0,
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input() -> InputId {
        InputId::default()
    }

    #[test]
    fn the_ends_are_means_of_fifths() {
        // An outcome of three times the input: fifths of 0 … 99 are 0 … 19 and 80 … 99, with means 9.5 and 89.5.
        let column: Vec<f64> = (0..100).map(|row| f64::from(row * 37 % 100)).collect();
        let figures: Vec<f64> = column.iter().map(|value| 3.0 * value).collect();
        let swing = Swing::of(input(), &column, &figures).expect("it varies");
        assert_eq!((swing.low, swing.high), (End { bound: 19.0, mean: 28.5 }, End { bound: 80.0, mean: 268.5 }));
        assert_eq!(swing.change.mean, 240.0);
    }

    #[test]
    fn draws_on_the_edge_of_a_fifth_count_in_part_and_an_input_that_never_varies_has_no_swing() {
        // Half of the draws have the value 0, half 1: a fifth is filled by two fifths of either half.
        let column: Vec<f64> = (0..100).map(|row| f64::from(row % 2)).collect();
        let figures: Vec<f64> = (0..100).map(f64::from).collect();
        let swing = Swing::of(input(), &column, &figures).expect("it varies");
        assert!((swing.low.mean - 49.0).abs() < 1e-12 && (swing.high.mean - 50.0).abs() < 1e-12);
        assert!(Swing::of(input(), &[4.0; 100], &figures).is_none());
    }

    #[test]
    fn draws_without_the_outcome_are_left_out() {
        let column: Vec<f64> = (0..200).map(f64::from).collect();
        let figures: Vec<f64> = column.iter().map(|&value| if value < 100.0 { f64::NAN } else { value }).collect();
        let swing = Swing::of(input(), &column, &figures).expect("it varies");
        assert_eq!((swing.low.bound, swing.high.bound), (119.0, 180.0));
    }
}
