//! Summaries of a figure over draws, with honest error bars from independent batches.
//!
//! Implements "Summaries" and "Error bars" of section 10 of docs/model.md.

use crate::model::outcomes::OutcomeId;
use crate::transcendental::powi;

use super::gather::{BatchFigure, PooledFigure};
use super::percentiles::{LEVELS, Percentiles};
use super::ranks::Places;
use super::ratio::RatioOfMeans;
use super::standard_error::{T31, standard_error};
use super::strata::BATCHES;

/// With fewer draws no error is given.
pub(super) const FEWEST_FOR_ERRORS: usize = 64;

/// With fewer draws a batch has too few of them for its percentiles to tell how far those of all draws may stray.
const FEWEST_FOR_REPLICATES: usize = 1_024;

/// A figure is on a lattice where more of its values than this share are not the only ones of their kind.
const TIES_OF_A_LATTICE: f64 = 0.05;

/// A figure over all draws.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Stats {
    /// mean, over the draws that have the figure
    pub mean: f64,
    /// standard deviation
    pub sd: f64,
    /// percentiles
    pub percentiles: Percentiles,
    /// mean of the worst tenth
    pub cvar10: f64,
    /// share of draws that have the figure
    pub defined: f64,
    /// how far all that may be off
    pub errors: Option<Errors>,
    /// for a ratio: ratio of the means over all draws
    pub ratio_of_means: Option<RatioOfMeans>,
    /// for a cost of one piece (CAC, CPL) that some draws lack: the percentiles over all draws
    pub over_all: Option<OverAll>,
}

/// How far the figures of [`Stats`] may be off, because only so many draws were simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Errors {
    /// standard error of the mean
    pub mean: f64,
    /// of the percentiles
    pub percentiles: Percentiles<PercentileError>,
    /// standard error of the mean of the worst tenth
    pub cvar10: f64,
}

/// How far a percentile may be off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PercentileError {
    /// the standard error, from the spread between the batches
    Batches(f64),
    /// the 95 % interval between two draws in order of size
    Interval {
        /// the low end
        low: f64,
        /// the high end
        high: f64,
    },
}

impl PercentileError {
    /// The 95 % margin around the percentile itself; of an interval, its longer arm.
    #[must_use]
    pub fn margin(self, percentile: f64) -> f64 {
        match self {
            Self::Batches(error) => T31 * error,
            Self::Interval { low, high } => (percentile - low).max(high - percentile),
        }
    }
}

/// Percentiles over all draws, those without a value counted as dearer than any other: a quarter without a win has paid
/// for none.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct OverAll {
    /// infinite where they lie among the draws without a value
    pub percentiles: Percentiles,
    /// how far they may be off
    pub errors: Option<Percentiles<PercentileError>>,
}

impl Stats {
    /// The percentile at a level of [`LEVELS`].
    #[must_use]
    pub fn percentile(&self, level: f64) -> f64 {
        self.percentiles.at(level).unwrap_or(f64::NAN)
    }

    /// The low end: 1 of 10 draws lies below.
    #[must_use]
    pub fn p10(&self) -> f64 {
        self.percentiles.p10
    }

    /// The middle: half of the draws lie below.
    #[must_use]
    pub fn p50(&self) -> f64 {
        self.percentiles.p50
    }

    /// The high end: 9 of 10 draws lie below.
    #[must_use]
    pub fn p90(&self) -> f64 {
        self.percentiles.p90
    }

    /// How far the percentile at a level of [`LEVELS`] may be off.
    #[must_use]
    pub fn percentile_error(&self, level: f64) -> Option<PercentileError> {
        self.errors?.percentiles.at(level)
    }

    /// The 95 % margin of the percentile at a level of [`LEVELS`].
    #[must_use]
    pub fn margin(&self, level: f64) -> Option<f64> {
        self.percentile_error(level).map(|error| error.margin(self.percentile(level)))
    }

    /// The percentile at a level of [`LEVELS`] as it is told to readers, with its 95 % margin: over all draws where the
    /// figure is the cost of one piece, else over those that have the figure. Not finite where there is nothing to tell.
    #[must_use]
    pub fn told(&self, level: f64) -> (f64, Option<f64>) {
        let Some((all, percentile)) = self.over_all.and_then(|all| Some((all, all.percentiles.at(level)?))) else {
            return (self.percentile(level), self.margin(level));
        };
        let error = all.errors.and_then(|errors| errors.at(level));
        (percentile, error.map(|error| error.margin(percentile)))
    }

    /// The one figure that stands for all draws: the mean, of a ratio the ratio of the means.
    #[must_use]
    pub fn headline(&self) -> f64 {
        self.ratio_of_means.map_or(self.mean, |ratio| ratio.ratio)
    }

    /// The standard error of [`headline`](Self::headline).
    #[must_use]
    pub fn headline_error(&self) -> Option<f64> {
        match self.ratio_of_means {
            Some(ratio) => ratio.error,
            None => self.errors.map(|errors| errors.mean),
        }
    }

    /// The 95 % margin of [`headline`](Self::headline).
    #[must_use]
    pub fn headline_margin(&self) -> Option<f64> {
        self.headline_error().map(|error| T31 * error)
    }
}

/// Which tenth is the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worst {
    /// the lowest
    Lowest,
    /// the highest: of costs
    Highest,
}

impl Worst {
    /// The worst of an outcome.
    #[must_use]
    pub fn of(outcome: OutcomeId) -> Self {
        if outcome.outcome().is_cost() { Self::Highest } else { Self::Lowest }
    }
}

/// Summarizes an outcome's column, or a difference of two, whose first draw is number `first`; draws without a value are
/// left out.
#[must_use]
pub fn summarize_outcome(outcome: OutcomeId, column: &[f64], first: u64) -> Stats {
    let grain = if outcome.outcome().lattice { Grain::Lattice } else { Grain::Unknown };
    Column::of(column, first).stats(Worst::of(outcome), grain)
}

/// Summarizes a column whose first draw is number `first`; draws without a value are left out.
#[must_use]
pub fn summarize(column: &[f64], first: u64, worst: Worst) -> Stats {
    Column::of(column, first).stats(worst, Grain::Unknown)
}

/// Percentiles of a column over all draws, those without a value counted as dearest; none where every draw has a value,
/// or none has.
#[must_use]
pub fn over_all(column: &[f64], first: u64) -> Option<OverAll> {
    let missing = column.iter().filter(|value| value.is_nan()).count();
    if missing == 0 || missing == column.len() {
        return None;
    }
    let filled: Vec<f64> = column.iter().map(|&value| if value.is_nan() { f64::INFINITY } else { value }).collect();
    let filled = Column::of(&filled, first);
    let percentiles = Percentiles::of(|level| quantile(&filled.sorted, level));
    let enough = column.len() >= FEWEST_FOR_ERRORS;
    Some(OverAll { percentiles, errors: enough.then(|| Percentiles::of(|level| interval(&filled.sorted, level))) })
}

/// Whether values of a figure may repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    /// it is a count, or built on one
    Lattice,
    /// its values will tell
    Unknown,
}

/// The values of a column in order, all of them and those of each batch.
struct Column {
    /// draws, those without a value included
    draws: usize,
    sorted: Vec<f64>,
    batches: Vec<Vec<f64>>,
}

impl Column {
    fn of(column: &[f64], first: u64) -> Self {
        let mut batches = vec![Vec::new(); BATCHES];
        for (row, &value) in column.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
            batches[(first as usize + row) % BATCHES].push(value);
        }
        batches.iter_mut().for_each(|values| values.sort_unstable_by(f64::total_cmp));
        // The stable sort finds the batches in order, and merges them.
        let mut sorted = batches.concat();
        sorted.sort_by(f64::total_cmp);
        Self { draws: column.len(), sorted, batches }
    }

    fn stats(&self, worst: Worst, grain: Grain) -> Stats {
        let values = &self.sorted;
        let whole = Measures::of(values, worst);
        let mean = whole.mean;
        let squares: f64 = values.iter().map(|value| powi(value - mean, 2)).sum();
        let enough = values.len() >= FEWEST_FOR_ERRORS;
        Stats {
            mean,
            sd: match values.len() {
                0 => f64::NAN,
                1 => 0.0,
                count => (squares / (count - 1) as f64).sqrt(),
            },
            percentiles: whole.percentiles,
            cvar10: whole.cvar10,
            defined: values.len() as f64 / self.draws.max(1) as f64,
            errors: enough.then(|| self.errors(&whole, worst, grain)),
            ratio_of_means: None,
            over_all: None,
        }
    }

    fn errors(&self, whole: &Measures, worst: Worst, grain: Grain) -> Errors {
        let parts: Vec<Measures> = self.batches.iter().map(|values| Measures::of(values, worst)).collect();
        let by_rank = self.sorted.len() < FEWEST_FOR_REPLICATES
            || self.batches.iter().any(Vec::is_empty)
            || grain == Grain::Lattice
            || is_on_a_lattice(&self.sorted);
        Errors {
            mean: self.error_of_mean(whole.mean, &parts),
            percentiles: match by_rank {
                true => Percentiles::of(|level| interval(&self.sorted, level)),
                false => by_batches(whole.percentiles, parts.iter().map(|part| part.percentiles)),
            },
            cvar10: standard_error(whole.cvar10, parts.iter().map(|part| part.cvar10)),
        }
    }

    /// The standard error of the mean. Where draws lack the figure, a batch counts by how many of its draws have it
    /// (as the error of a ratio, the sum of the values over their number).
    fn error_of_mean(&self, mean: f64, parts: &[Measures]) -> f64 {
        if self.sorted.len() == self.draws {
            return standard_error(mean, parts.iter().map(|part| part.mean));
        }
        let usual = self.sorted.len() as f64 / BATCHES as f64;
        let weighted = self.batches.iter().zip(parts).map(|(values, part)| match values.len() {
            0 => 0.0,
            count => count as f64 / usual * (part.mean - mean),
        });
        standard_error(0.0, weighted)
    }
}

/// The standard errors of percentiles, from those of the batches.
fn by_batches(whole: Percentiles, batches: impl Iterator<Item = Percentiles>) -> Percentiles<PercentileError> {
    let (whole, parts) = (whole.to_array(), batches.map(Percentiles::to_array).collect::<Vec<_>>());
    let error = |at: usize| standard_error(whole[at], parts.iter().map(|part| part[at]));
    Percentiles::in_order(std::array::from_fn(|at| PercentileError::Batches(error(at))))
}

/// Whether the values of a sorted column are whole numbers, or repeat.
fn is_on_a_lattice(sorted: &[f64]) -> bool {
    let ties = sorted.windows(2).filter(|pair| pair[0] == pair[1]).count();
    ties as f64 > TIES_OF_A_LATTICE * sorted.len() as f64 || sorted.iter().all(|value| value.fract() == 0.0)
}

/// The order-statistic interval of a percentile of a sorted column, which is not empty.
fn interval(sorted: &[f64], level: f64) -> PercentileError {
    let (low, high) = order_statistics(sorted, level);
    PercentileError::Interval { low, high }
}

/// The 95 % interval of the percentile at `level` (0 to 1) of a sorted column, which is not empty: between two of its draws.
#[must_use]
pub fn order_statistics(sorted: &[f64], level: f64) -> (f64, f64) {
    let Places { low, high } = Places::of(sorted.len(), level);
    (sorted[low], sorted[high])
}

/// Summarizes a figure that was counted by batch.
#[must_use]
pub fn summarize_replicates(figure: &BatchFigure) -> Stats {
    let mut pooled = PooledFigure::default();
    for batch in &figure.batches {
        pooled.histogram.merge(&batch.histogram);
        pooled.moments.merge(&batch.moments);
    }
    let whole = summarize_pooled(&pooled);
    let draws = pooled.histogram.total() as usize;
    let enough = draws >= FEWEST_FOR_ERRORS && figure.batches.iter().all(|part| part.moments.count > 0.0);
    let errors = enough.then(|| {
        let parts: Vec<Stats> = figure.batches.iter().map(summarize_pooled).collect();
        let percentiles = if draws < FEWEST_FOR_REPLICATES || pooled.histogram.is_on_a_lattice(TIES_OF_A_LATTICE) {
            let places = LEVELS.map(|level| Places::of(draws, level));
            let lows = pooled.histogram.order_statistics(places.map(|places| places.low as u64));
            let highs = pooled.histogram.order_statistics(places.map(|places| places.high as u64));
            let ends = Percentiles::in_order(lows).zip(Percentiles::in_order(highs));
            ends.map(|(low, high)| PercentileError::Interval { low, high })
        } else {
            by_batches(whole.percentiles, parts.iter().map(|part| part.percentiles))
        };
        Errors { mean: standard_error(whole.mean, parts.iter().map(|part| part.mean)), percentiles, cvar10: f64::NAN }
    });
    Stats { errors, ..whole }
}

/// Summarizes a figure that was pooled over all draws: without errors, and without the mean of the worst.
#[must_use]
pub fn summarize_pooled(figure: &PooledFigure) -> Stats {
    Stats {
        mean: figure.moments.mean,
        sd: figure.moments.sd(),
        percentiles: Percentiles::in_order(figure.histogram.quantiles(LEVELS)),
        cvar10: f64::NAN,
        defined: 1.0,
        errors: None,
        ratio_of_means: None,
        over_all: None,
    }
}

/// What can be said of a sorted column.
struct Measures {
    mean: f64,
    percentiles: Percentiles,
    cvar10: f64,
}

impl Measures {
    fn of(sorted: &[f64], worst: Worst) -> Self {
        Self {
            mean: mean(sorted),
            percentiles: Percentiles::of(|level| quantile(sorted, level)),
            cvar10: worst_tenth(sorted, worst),
        }
    }
}

/// The mean, summed around the first value: a figure that never varies is its own mean to the last bit.
fn mean(sorted: &[f64]) -> f64 {
    let Some(&around) = sorted.first() else {
        return f64::NAN;
    };
    let apart: f64 = sorted.iter().map(|value| value - around).sum();
    around + apart / sorted.len() as f64
}

/// The quantile of a sorted column, by linear interpolation between neighbors (type 7 of Hyndman and Fan 1996).
#[must_use]
pub fn quantile(sorted: &[f64], level: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = level * last as f64;
    let below = place.floor() as usize;
    let low = sorted[below];
    match sorted.get(below + 1) {
        Some(high) if place.fract() > 0.0 && *high > low => low + place.fract() * (high - low),
        _ => low,
    }
}

/// The mean of the worst 10 % of the probability mass of a sorted column; the draw on the boundary counts in part.
#[must_use]
pub fn worst_tenth(sorted: &[f64], worst: Worst) -> f64 {
    if sorted.is_empty() {
        return f64::NAN;
    }
    let mass = 0.1 * sorted.len() as f64;
    let whole = mass.floor() as usize;
    let from_worst = |at: usize| match worst {
        Worst::Lowest => sorted[at],
        Worst::Highest => sorted[sorted.len() - 1 - at],
    };
    let sum: f64 = (0..whole).map(from_worst).sum();
    (sum + (mass - whole as f64) * from_worst(whole)) / mass
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_interpolate_between_neighbors() {
        let sorted = [1.0, 2.0, 4.0, 8.0, 16.0];
        assert_eq!(quantile(&sorted, 0.5), 4.0);
        assert_eq!(quantile(&sorted, 0.9), 12.8);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn the_worst_tenth_counts_the_boundary_draw_in_part() {
        let sorted: Vec<f64> = (0..25).map(f64::from).collect();
        // 2.5 draws: 0, 1 and half of 2; from above 24, 23 and half of 22.
        assert!((worst_tenth(&sorted, Worst::Lowest) - 2.0 / 2.5).abs() < 1e-12);
        assert!((worst_tenth(&sorted, Worst::Highest) - 58.0 / 2.5).abs() < 1e-12);
    }

    #[test]
    fn few_draws_give_no_error_and_draws_without_a_value_are_left_out() {
        let mut column = vec![1.0; 63];
        column[0] = f64::NAN;
        let stats = summarize(&column, 0, Worst::Lowest);
        assert_eq!((stats.mean, stats.sd, stats.errors), (1.0, 0.0, None));
        assert!((stats.defined - 62.0 / 63.0).abs() < 1e-12);
    }
}
