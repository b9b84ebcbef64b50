//! Summaries of a figure over draws, with honest error bars from independent replicates.
//!
//! Implements "Summaries" and "Error bars" of section 10 of docs/model.md.

use crate::model::outcomes::OutcomeId;

use super::gather::{PooledFigure, ReplicateFigure};
use super::strata::REPLICATES;

/// The levels of the percentiles that are reported.
pub const LEVELS: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// With fewer draws no error is given.
const FEWEST_FOR_ERRORS: usize = 64;

/// Student's t with 31 degrees of freedom: 95 % of it lies within ± this.
pub const T31: f64 = 2.039_513_446_396_408;

const Z95: f64 = 1.959_963_984_540_054;

/// A figure over all draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stats {
    /// mean
    pub mean: f64,
    /// standard deviation
    pub sd: f64,
    /// percentiles, at [`LEVELS`]
    pub percentiles: [f64; 7],
    /// mean of the worst tenth
    pub cvar10: f64,
    /// share of draws that have the figure
    pub defined: f64,
    /// standard errors
    pub errors: Option<Errors>,
    /// for a ratio: ratio of the means
    pub ratio_of_means: Option<f64>,
}

/// Standard errors of [`Stats`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Errors {
    /// of the mean
    pub mean: f64,
    /// of the percentiles, at [`LEVELS`]
    pub percentiles: [f64; 7],
    /// of the mean of the worst tenth
    pub cvar10: f64,
}

impl Stats {
    /// The percentile at a level of [`LEVELS`].
    #[must_use]
    pub fn percentile(&self, level: f64) -> f64 {
        LEVELS.iter().position(|&own| own == level).map_or(f64::NAN, |at| self.percentiles[at])
    }

    /// The low end: 1 of 10 draws lies below.
    #[must_use]
    pub fn p10(&self) -> f64 {
        self.percentiles[1]
    }

    /// The middle: half of the draws lie below.
    #[must_use]
    pub fn p50(&self) -> f64 {
        self.percentiles[3]
    }

    /// The high end: 9 of 10 draws lie below.
    #[must_use]
    pub fn p90(&self) -> f64 {
        self.percentiles[5]
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

/// Summarizes a column whose first draw is number `first`; draws without a value are left out.
#[must_use]
pub fn summarize(column: &[f64], first: u64, worst: Worst) -> Stats {
    let mut ranked: Vec<(f64, u32)> = column
        .iter()
        .enumerate()
        .filter(|(_, value)| !value.is_nan())
        .map(|(row, &value)| (value, ((first as usize + row) % REPLICATES) as u32))
        .collect();
    ranked.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let values: Vec<f64> = ranked.iter().map(|&(value, _)| value).collect();
    let whole = Measures::of(&values, worst);
    let mut replicates = vec![Vec::new(); REPLICATES];
    for (value, replicate) in ranked {
        replicates[replicate as usize].push(value);
    }
    let mean = whole.mean;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let enough = column.len() >= FEWEST_FOR_ERRORS && replicates.iter().all(|r| !r.is_empty());
    let errors = enough.then(|| {
        let parts: Vec<Measures> = replicates.iter().map(|values| Measures::of(values, worst)).collect();
        Errors {
            mean: standard_error(whole.mean, parts.iter().map(|part| part.mean)),
            percentiles: std::array::from_fn(|at| {
                standard_error(whole.percentiles[at], parts.iter().map(|part| part.percentiles[at]))
            }),
            cvar10: standard_error(whole.cvar10, parts.iter().map(|part| part.cvar10)),
        }
    });
    Stats {
        mean,
        sd: match values.len() {
            0 => f64::NAN,
            1 => 0.0,
            count => (squares / (count - 1) as f64).sqrt(),
        },
        percentiles: whole.percentiles,
        cvar10: whole.cvar10,
        defined: values.len() as f64 / column.len().max(1) as f64,
        errors,
        ratio_of_means: None,
    }
}

/// Summarizes a figure that was counted by replicate.
#[must_use]
pub fn summarize_replicates(figure: &ReplicateFigure) -> Stats {
    let mut pooled = PooledFigure::default();
    for replicate in &figure.replicates {
        pooled.histogram.merge(&replicate.histogram);
        pooled.moments.merge(&replicate.moments);
    }
    let whole = summarize_pooled(&pooled);
    let enough = pooled.histogram.total() >= FEWEST_FOR_ERRORS as u64
        && figure.replicates.iter().all(|part| part.moments.count > 0.0);
    let errors = enough.then(|| {
        let parts: Vec<Stats> = figure.replicates.iter().map(summarize_pooled).collect();
        Errors {
            mean: standard_error(whole.mean, parts.iter().map(|part| part.mean)),
            percentiles: std::array::from_fn(|at| {
                standard_error(whole.percentiles[at], parts.iter().map(|part| part.percentiles[at]))
            }),
            cvar10: f64::NAN,
        }
    });
    Stats { errors, ..whole }
}

/// Summarizes a figure that was pooled over all draws: without errors, and without the mean of the worst.
#[must_use]
pub fn summarize_pooled(figure: &PooledFigure) -> Stats {
    Stats {
        mean: figure.moments.mean,
        sd: figure.moments.sd(),
        percentiles: figure.histogram.quantiles(LEVELS),
        cvar10: f64::NAN,
        defined: 1.0,
        errors: None,
        ratio_of_means: None,
    }
}

/// What can be said of a sorted column.
struct Measures {
    mean: f64,
    percentiles: [f64; 7],
    cvar10: f64,
}

impl Measures {
    fn of(sorted: &[f64], worst: Worst) -> Self {
        Self {
            mean: mean(sorted),
            percentiles: LEVELS.map(|level| quantile(sorted, level)),
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

/// The quantile of a sorted column, by linear interpolation between neighbours (type 7 of Hyndman and Fan 1996).
#[must_use]
pub fn quantile(sorted: &[f64], level: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = level * last as f64;
    let below = place.floor() as usize;
    let low = sorted[below];
    match sorted.get(below + 1) {
        Some(high) => low + place.fract() * (high - low),
        None => low,
    }
}

/// The mean of the worst 10 % of the probability mass; the draw on the boundary counts in part.
fn worst_tenth(sorted: &[f64], worst: Worst) -> f64 {
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

/// `√(Σ_r (θ_r − θ)² / (31·32))` over the 32 replicates.
#[must_use]
pub fn standard_error(whole: f64, replicates: impl Iterator<Item = f64>) -> f64 {
    let squares: f64 = replicates.map(|part| (part - whole).powi(2)).sum();
    (squares / ((REPLICATES - 1) * REPLICATES) as f64).sqrt()
}

/// A probability and where it may lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// the share of draws
    pub probability: f64,
    /// the low end of its 95 % interval
    pub low: f64,
    /// the high end
    pub high: f64,
}

impl Chance {
    /// The share of draws, of which the first is number `first`, that `meets` holds for. With fewer than 100 draws on
    /// either side the interval is Wilson's (1927), else from the replicates.
    #[must_use]
    pub fn of(column: &[f64], first: u64, meets: impl Fn(f64) -> bool) -> Self {
        let mut hits = [0_u64; REPLICATES];
        let mut draws = [0_u64; REPLICATES];
        for (row, &value) in column.iter().enumerate() {
            let replicate = (first as usize + row) % REPLICATES;
            draws[replicate] += 1;
            hits[replicate] += u64::from(meets(value));
        }
        let (hit, total) = (hits.iter().sum::<u64>(), column.len() as u64);
        let probability = hit as f64 / total.max(1) as f64;
        if hit < 100 || total - hit < 100 {
            return Self::wilson(hit as f64, total as f64);
        }
        let parts = hits.iter().zip(draws).map(|(&hit, draws)| hit as f64 / draws as f64);
        let reach = T31 * standard_error(probability, parts);
        Self { probability, low: (probability - reach).max(0.0), high: (probability + reach).min(1.0) }
    }

    fn wilson(hit: f64, total: f64) -> Self {
        if total == 0.0 {
            return Self { probability: f64::NAN, low: 0.0, high: 1.0 };
        }
        let probability = hit / total;
        let spread = Z95 * Z95 / total;
        let middle = (probability + 0.5 * spread) / (1.0 + spread);
        let reach = Z95 / (1.0 + spread) * (probability * (1.0 - probability) / total + spread / (4.0 * total)).sqrt();
        // Without a hit the interval starts at 0, and not where rounding would put it.
        Self {
            probability,
            low: (middle - reach).clamp(0.0, probability),
            high: (middle + reach).clamp(probability, 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_interpolate_between_neighbours() {
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

    #[test]
    fn a_rare_chance_has_wilsons_interval() {
        let column: Vec<f64> = (0..1_000).map(|i| f64::from(i % 100 == 0)).collect();
        let chance = Chance::of(&column, 0, |value| value > 0.5);
        // Wilson's interval of 10 in 1,000: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
        assert!((chance.low - 0.005_441).abs() < 1e-6, "{chance:?}");
        assert!((chance.high - 0.018_309).abs() < 1e-6, "{chance:?}");
    }

    #[test]
    fn a_chance_lies_in_its_interval_where_it_is_0_or_1() {
        for count in [1, 5, 64, 100, 1_000] {
            let column = vec![1.0; count];
            let (never, always) =
                (Chance::of(&column, 0, |value| value > 1.0), Chance::of(&column, 0, |value| value == 1.0));
            assert_eq!((never.low, never.probability), (0.0, 0.0));
            assert_eq!((always.high, always.probability), (1.0, 1.0));
            assert!(never.high > 0.0 && always.low < 1.0);
        }
    }
}
