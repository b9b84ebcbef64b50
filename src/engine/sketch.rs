//! What is kept of a figure whose draws are too many to keep: sums by batch, and integer counts in fine buckets.
//!
//! A sketch takes draws in their order, and it does not matter how they are cut into pieces: parts of a run that are joined
//! leave the bytes that one run leaves.

use super::counted::Counted;
use super::histogram::LogHistogram;
use super::moments::{Moments, Sums};
use super::percentiles::Percentiles;
use super::ranks::Places;
use super::standard_error::standard_error;
use super::strata::BATCHES;
use super::summary::{Errors, OverAll, PercentileError, Stats, Worst};

/// Bits of the fraction that tell buckets apart: 4,096 buckets an octave.
const BITS: u32 = 12;

/// The width of a bucket, as a share of the figures in it, at most.
pub const BUCKET: f64 = 1.0 / (1_u64 << BITS) as f64;

/// A figure over very many draws.
#[derive(Clone, Debug)]
pub(super) struct Sketch {
    /// one for each batch
    batches: Vec<Sums>,
    /// draws without a value
    missing: u64,
    /// figures of 0 or more
    up: LogHistogram<BITS>,
    /// figures below 0, without their sign
    down: LogHistogram<BITS>,
}

impl Default for Sketch {
    fn default() -> Self {
        Self {
            batches: vec![Sums::default(); BATCHES],
            missing: 0,
            up: LogHistogram::default(),
            down: LogHistogram::default(),
        }
    }
}

impl Sketch {
    /// Takes in further draws, of which the first is number `first`.
    pub(super) fn add(&mut self, column: &[f64], first: u64) {
        let mut batch = (first % BATCHES as u64) as usize;
        for &figure in column {
            if figure.is_nan() {
                self.missing += 1;
            } else {
                self.batches[batch].add(figure);
                if figure < 0.0 {
                    self.down.add(-figure);
                } else {
                    self.up.add(figure);
                }
            }
            batch = (batch + 1) % BATCHES;
        }
    }

    /// The summary of all draws. Its percentiles and the mean of the worst tenth are read off the buckets; `first` is the
    /// exact summary of the first draws, whose errors are carried over: they fall with the root of the number of draws.
    pub(super) fn stats(&self, worst: Worst, first: &Stats, first_draws: u64) -> Stats {
        let counted = self.counted();
        let parts: Vec<Moments> = self.batches.iter().map(Sums::moments).collect();
        let mut all = Moments::default();
        parts.iter().for_each(|part| all.merge(part));
        let values = counted.total();
        let draws = values + self.missing;
        let defined = values as f64 / draws.max(1) as f64;
        let percentiles = Percentiles::of(|level| counted.quantile(level));
        let closer = (first.defined * first_draws as f64 / values.max(1) as f64).sqrt();
        let errors = first.errors.map(|errors| Errors {
            mean: self.error_of_mean(all, &parts),
            percentiles: Percentiles::of(|level| match errors.percentiles.at(level) {
                Some(PercentileError::Batches(error)) => {
                    let value = percentiles.at(level).unwrap_or(f64::NAN);
                    let (error, bucket) = (error * closer, within_bucket(value));
                    PercentileError::Batches((error * error + bucket * bucket).sqrt())
                }
                _ => interval(&counted, level),
            }),
            cvar10: errors.cvar10 * closer,
        });
        Stats {
            mean: all.mean_or_nan(),
            sd: if values == 0 { f64::NAN } else { all.sd() },
            percentiles,
            cvar10: match worst {
                Worst::Lowest => counted.lowest_tenth(),
                Worst::Highest => counted.highest_tenth(),
            },
            defined,
            errors,
            ratio_of_means: None,
            over_all: None,
        }
    }

    /// The percentiles over all draws, those without a value counted as dearest; none where every draw has a value, or none
    /// has.
    pub(super) fn over_all(&self) -> Option<OverAll> {
        let counted = self.counted();
        if self.missing == 0 || counted.total() == 0 {
            return None;
        }
        let filled = Counted::of(self.figures().chain([(f64::INFINITY, self.missing)]));
        Some(OverAll {
            percentiles: Percentiles::of(|level| filled.quantile(level)),
            errors: Some(Percentiles::of(|level| interval(&filled, level))),
        })
    }

    fn counted(&self) -> Counted {
        Counted::of(self.figures())
    }

    /// What stands for each bucket, in rising order, and how many figures are in it.
    fn figures(&self) -> impl Iterator<Item = (f64, u64)> {
        let below = self.down.figures().into_iter().rev().map(|(figure, count)| (-figure, count));
        below.chain(self.up.figures())
    }

    /// The standard error of the mean; where draws lack the figure, a batch counts by how many of its draws have it.
    fn error_of_mean(&self, all: Moments, parts: &[Moments]) -> f64 {
        if self.missing == 0 {
            return standard_error(all.mean, parts.iter().map(|part| part.mean));
        }
        let usual = all.count / BATCHES as f64;
        standard_error(0.0, parts.iter().map(|part| part.count / usual * (part.mean - all.mean)))
    }
}

/// How far a figure strays within its bucket: as a uniform one does.
fn within_bucket(figure: f64) -> f64 {
    figure.abs() * BUCKET / 12.0_f64.sqrt()
}

/// The order-statistic interval of a percentile, which ends where buckets do.
fn interval(counted: &Counted, level: f64) -> PercentileError {
    let Places { low, high } = Places::of(counted.total() as usize, level);
    PercentileError::Interval { low: counted.at(low as u64), high: counted.at(high as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{strata::BLOCK, summarize};

    /// Figures above and below 0, some of them missing: a walk through a range in steps that come back to no place soon.
    fn column(draws: u64) -> Vec<f64> {
        let figure = |draw: u64| {
            let place = (draw * 7_919 % 65_521) as f64 / 65_521.0;
            if draw % 50 == 7 { f64::NAN } else { 90_000.0 * place * place - 9_000.0 }
        };
        (0..draws).map(figure).collect()
    }

    #[test]
    fn a_sketch_is_as_near_to_the_exact_summary_as_its_buckets_say() {
        let column = column(60_000);
        let mut sketch = Sketch::default();
        sketch.add(&column, 0);
        for worst in [Worst::Lowest, Worst::Highest] {
            let first = 16 * BLOCK;
            let near = sketch.stats(worst, &summarize(&column[..first], 0, worst), first as u64);
            let exact = summarize(&column, 0, worst);
            assert!((near.mean / exact.mean - 1.0).abs() < 1e-12 && (near.sd / exact.sd - 1.0).abs() < 1e-12);
            assert_eq!(near.defined, exact.defined);
            assert!((near.cvar10 / exact.cvar10 - 1.0).abs() < BUCKET);
            for (near, exact) in near.percentiles.to_array().into_iter().zip(exact.percentiles.to_array()) {
                assert!((near / exact - 1.0).abs() < BUCKET, "{near} for {exact}");
            }
            let [near, exact] = [near, exact].map(|stats| stats.errors.expect("errors"));
            assert!((near.mean / exact.mean - 1.0).abs() < 1e-9, "{} for {}", near.mean, exact.mean);
        }
        let [near, exact] = [sketch.over_all(), crate::engine::over_all(&column, 0)]
            .map(|all| all.expect("some draws lack the figure").percentiles);
        assert!((near.p95 / exact.p95 - 1.0).abs() < BUCKET, "{} for {}", near.p95, exact.p95);
    }

    #[test]
    fn pieces_of_any_length_leave_the_same() {
        let column = column(10_000);
        let first = summarize(&column, 0, Worst::Lowest);
        let mut whole = Sketch::default();
        whole.add(&column, 0);
        let mut pieces = Sketch::default();
        for (at, piece) in column.chunks(777).enumerate() {
            pieces.add(piece, 777 * at as u64);
        }
        let [whole, pieces] = [whole, pieces].map(|sketch| sketch.stats(Worst::Lowest, &first, 10_000));
        assert_eq!(whole, pieces);
    }

    #[test]
    fn whole_numbers_come_out_whole() {
        let counts: Vec<f64> = (0..40_000).map(|draw| f64::from(draw * 37 % 5_000)).collect();
        let mut sketch = Sketch::default();
        sketch.add(&counts, 0);
        let exact = summarize(&counts, 0, Worst::Lowest);
        assert_eq!(sketch.stats(Worst::Lowest, &exact, 40_000).percentiles, exact.percentiles);
    }
}
