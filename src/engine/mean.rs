//! The mean of a column, its spread and its standard error: what takes no order, at a fraction of the time.

use crate::transcendental::powi;

use super::standard_error::standard_error;
use super::strata::BATCHES;
use super::summary::FEWEST_FOR_ERRORS;

/// The mean of a figure over the draws that have it; not a number where none has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// the mean
    pub mean: f64,
    /// standard deviation
    pub sd: f64,
    /// standard error of the mean, from batch means; none with too few draws
    pub error: Option<f64>,
}

/// The mean of a column whose first draw is number `first`; draws without a value are left out. But for the rounding of sums
/// it is that of [`summarize`](super::summarize).
#[must_use]
pub fn mean(column: &[f64], first: u64) -> Mean {
    let values = || column.iter().copied().filter(|value| !value.is_nan());
    let Some(around) = values().next() else {
        return Mean { mean: f64::NAN, sd: f64::NAN, error: None };
    };
    // Summed around a value: a figure that never varies is its own mean to the last bit.
    let mut batches = [(0.0, 0.0); BATCHES];
    let mut batch = first as usize % BATCHES;
    for value in column {
        if !value.is_nan() {
            batches[batch].0 += value - around;
            batches[batch].1 += 1.0;
        }
        batch = (batch + 1) % BATCHES;
    }
    let (apart, count) = batches.iter().fold((0.0, 0.0), |all, part| (all.0 + part.0, all.1 + part.1));
    let mean = around + apart / count;
    let squares: f64 = values().map(|value| powi(value - mean, 2)).sum();
    // Where draws lack the figure, a batch counts by how many of its draws have it, as in the error of a ratio.
    let (lacking, usual) = (count < column.len() as f64, count / BATCHES as f64);
    let strays = batches.iter().map(|&(apart, own)| {
        let share = if lacking { usual } else { own };
        (apart - own * (mean - around)) / share
    });
    Mean {
        mean,
        sd: if count > 1.0 { (squares / (count - 1.0)).sqrt() } else { 0.0 },
        error: (count >= FEWEST_FOR_ERRORS as f64).then(|| standard_error(0.0, strays)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Worst, summarize};

    #[test]
    fn it_is_that_of_the_summary() {
        let value = |draw: usize| ((draw * draw * 31 + 7) % 997) as f64 / 3.0 + 1e6;
        let all: Vec<f64> = (0..1_500).map(value).collect();
        let some: Vec<f64> =
            all.iter().enumerate().map(|(at, &value)| if at % 7 < 3 { f64::NAN } else { value }).collect();
        for column in [&all[..], &some, &all[..63], &all[..64], &all[..1], &all[..1_057]] {
            for first in [0, 5, 1_000] {
                let (found, whole) = (mean(column, first), summarize(column, first, Worst::Lowest));
                let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs();
                assert!(near(found.mean, whole.mean) && near(found.sd, whole.sd), "{found:?}");
                let error = whole.errors.map(|errors| errors.mean);
                assert_eq!(found.error.is_some(), error.is_some());
                assert!(found.error.zip(error).is_none_or(|(found, error)| near(found, error)), "{found:?} {error:?}");
            }
        }
    }

    #[test]
    fn what_never_varies_is_its_own_mean_and_what_is_not_there_has_none() {
        let column = [0.1; 100];
        assert_eq!(mean(&column, 3), Mean { mean: 0.1, sd: 0.0, error: Some(0.0) });
        assert!(mean(&[f64::NAN; 70], 0).mean.is_nan());
        assert!(mean(&[], 0).sd.is_nan());
    }
}
