//! Estimates from columns with their errors, by batch means: draw i belongs to batch `i mod 32`.
//!
//! Columns here begin at draw 0.

use crate::engine::{BATCHES, standard_error};

use super::super::Estimate;

/// With fewer draws there is no error to speak of.
pub(super) const FEWEST_FOR_ERRORS: usize = 64;

/// A number for each batch.
pub(super) type OfBatches = [f64; BATCHES];

/// The batch of a row.
pub(super) fn batch_of(row: usize) -> usize {
    row % BATCHES
}

/// Sums over draws, batch by batch, of what is over and what is under the stroke of a ratio.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ratio {
    over: OfBatches,
    under: OfBatches,
    draws: usize,
}

impl Ratio {
    pub(super) fn new() -> Self {
        Self { over: [0.0; BATCHES], under: [0.0; BATCHES], draws: 0 }
    }

    pub(super) fn add(&mut self, row: usize, over: f64, under: f64) {
        self.over[batch_of(row)] += over;
        self.under[batch_of(row)] += under;
        self.draws += 1;
    }

    /// The ratio of the sums.
    pub(super) fn value(&self) -> f64 {
        self.over.iter().sum::<f64>() / self.under.iter().sum::<f64>()
    }

    /// How far each batch moves the ratio (the delta method): `(O_b − R·U_b)/Ū`, 0 on average.
    pub(super) fn influence(&self) -> OfBatches {
        let ratio = self.value();
        let usual = self.under.iter().sum::<f64>() / BATCHES as f64;
        std::array::from_fn(|batch| (self.over[batch] - ratio * self.under[batch]) / usual)
    }

    /// The ratio with its error.
    pub(super) fn estimate(&self) -> Estimate {
        with_influence(self.value(), &self.influence(), self.draws)
    }
}

/// An estimate from so many draws that each batch moves so far.
pub(super) fn with_influence(mean: f64, influence: &OfBatches, draws: usize) -> Estimate {
    let error = standard_error(0.0, influence.iter().copied());
    Estimate { mean, error: Some(error).filter(|error| draws >= FEWEST_FOR_ERRORS && error.is_finite()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_a_ratio_and_its_error_that_of_batch_means() {
        // Batch b holds b and b + 32: means b + 16. Their variance is (32² − 1)/12·32/31 = 88; √(88/32) = 1.658.
        let mut mean = Ratio::new();
        (0..64).for_each(|row| mean.add(row, row as f64, 1.0));
        let estimate = mean.estimate();
        assert!((estimate.mean - 31.5).abs() < 1e-12);
        assert!((estimate.error.unwrap() - (88.0_f64 / 32.0).sqrt()).abs() < 1e-12);
    }
}
