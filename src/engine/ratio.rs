//! Ratios over all draws: the mean of the numerator over the mean of the denominator.
//!
//! A mean of the ratios of single draws leaves out those without a denominator, and gives a quarter of one win the weight
//! of one with ten. The ratio of the means does neither. Implements "ratio of the means" of section 10 of docs/model.md.

use serde::{Deserialize, Serialize};

use super::standard_error::standard_error;
use super::strata::BATCHES;

/// Sums of a ratio's two parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// of the numerator
    pub over: f64,
    /// of the denominator
    pub under: f64,
}

impl Terms {
    /// Takes in the parts of further draws.
    pub(super) fn add(&mut self, over: f64, under: f64) {
        self.over += over;
        self.under += under;
    }
}

/// The ratio estimator: the two parts of a ratio, summed over the draws of each batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioSums {
    /// how many draws in all
    pub draws: u64,
    /// one for each batch
    pub batches: [Terms; BATCHES],
}

/// A ratio over all draws.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct RatioOfMeans {
    /// the mean of the numerator over that of the denominator; not a number where the latter is 0
    pub ratio: f64,
    /// its standard error, where there are draws enough
    pub error: Option<f64>,
    /// the denominator in an average draw
    pub denominator: f64,
}

/// With fewer draws no error is given.
const FEWEST_FOR_ERRORS: u64 = 64;

impl RatioSums {
    /// Nothing summed yet, for so many draws.
    pub(super) fn new(draws: u64) -> Self {
        Self { draws, batches: [Terms::default(); BATCHES] }
    }

    fn total(&self) -> Terms {
        self.batches.iter().fold(Terms::default(), |mut total, part| {
            total.add(part.over, part.under);
            total
        })
    }

    /// The ratio of the means.
    ///
    /// ```text
    /// θ = ΣA_r / ΣB_r        standard error = √(Σ_r ((A_r − θ·B_r)/B̄)² / (31·32))
    /// ```
    /// `A_r`, `B_r` are the sums of batch r, `B̄` is the mean of the `B_r` (the ratio estimator of survey sampling,
    /// Cochran 1977, section 6.4).
    #[must_use]
    pub fn ratio_of_means(&self) -> RatioOfMeans {
        let total = self.total();
        let ratio = if total.under == 0.0 { f64::NAN } else { total.over / total.under };
        let enough = self.draws >= FEWEST_FOR_ERRORS && ratio.is_finite();
        RatioOfMeans {
            ratio,
            error: enough.then(|| standard_error(0.0, self.strays(ratio).into_iter())),
            denominator: total.under / self.draws.max(1) as f64,
        }
    }

    /// The ratio over each batch, to first order around `ratio`, that over all draws: `θ + (A_r − θ·B_r)/B̄`, whose spread
    /// is that of the ratio of the means.
    #[must_use]
    pub fn linear_parts(&self, ratio: f64) -> [f64; BATCHES] {
        self.strays(ratio).map(|stray| ratio + stray)
    }

    /// How far each batch strays from the ratio.
    fn strays(&self, ratio: f64) -> [f64; BATCHES] {
        let usual = self.total().under / BATCHES as f64;
        self.batches.map(|part| (part.over - ratio * part.under) / usual)
    }

    /// The ratio of these draws less that of `base` on the same luck, and its standard error, batch by batch; none
    /// where one of them has no ratio.
    #[must_use]
    pub fn less(&self, base: &Self) -> Option<(f64, Option<f64>)> {
        let [own, other] = [self, base].map(Self::ratio_of_means);
        let by = own.ratio - other.ratio;
        if !by.is_finite() {
            return None;
        }
        // What rounding leaves of two equal ratios is no difference.
        let by = if by.abs() <= 1e-12 * (own.ratio.abs() + other.ratio.abs()) { 0.0 } else { by };
        let strays = self.strays(own.ratio).into_iter().zip(base.strays(other.ratio)).map(|(own, other)| own - other);
        let error = own.error.and(other.error).map(|_| standard_error(0.0, strays));
        Some((by, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 64 draws: in half of the batches 3 over 2, in the others 5 over 4.
    fn sums() -> RatioSums {
        let mut sums = RatioSums::new(64);
        for (at, part) in sums.batches.iter_mut().enumerate() {
            if at % 2 == 0 { part.add(3.0, 2.0) } else { part.add(5.0, 4.0) }
        }
        sums
    }

    #[test]
    fn the_ratio_of_the_means_and_its_error_are_those_worked_by_hand() {
        // θ = 4/3; the batches stray by (3 − 8/3)/3 = 1/9 and (5 − 16/3)/3 = −1/9: 32·(1/9)²/(31·32) = 1/(81·31).
        let ratio = sums().ratio_of_means();
        assert!((ratio.ratio - 4.0 / 3.0).abs() < 1e-15);
        assert!((ratio.error.unwrap_or_default() - (1.0_f64 / (81.0 * 31.0)).sqrt()).abs() < 1e-15);
        assert!((ratio.denominator - 96.0 / 64.0).abs() < 1e-15);
    }

    #[test]
    fn without_a_denominator_there_is_no_ratio() {
        let mut none = RatioSums::new(64);
        none.batches[3].add(7.0, 0.0);
        let ratio = none.ratio_of_means();
        assert!(ratio.ratio.is_nan() && ratio.error.is_none());
        assert_eq!(sums().less(&none), None);
    }

    #[test]
    fn a_ratio_less_itself_is_nothing_and_a_shift_of_every_replicate_has_no_error() {
        assert_eq!(sums().less(&sums()), Some((0.0, Some(0.0))));
        let mut dearer = sums();
        dearer.batches.iter_mut().for_each(|part| part.over += 0.5 * part.under);
        let (by, error) = dearer.less(&sums()).expect("both have a ratio");
        assert!((by - 0.5).abs() < 1e-12 && error.is_some_and(|error| error < 1e-12));
    }
}
