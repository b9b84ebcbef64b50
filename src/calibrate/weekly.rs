//! A weekly result ahead: a level that moves, a season that comes back every year, weeks of the year of their own, noise.
//!
//! ```text
//! ln result_t = level_t + season(t) + effect of the week of the year + noise
//! cov = q²·min(s, t) + s²·exp(−2 sin²(π(s − t)/52.18)/ℓ²) + w²·[same week of the year] + r²·[s = t]
//! ```
//! A Gaussian process: exact by one Cholesky factor for each set of (q, s, w, r) of a grid, which are weighted by how likely
//! they make the records. Spend is not used: curves learnt from observation forecast no better than without.

use rayon::prelude::*;

use super::chance::{Chance, from_logs};
use super::linear::{Factor, Square};
use crate::transcendental::{exp, ln, sin};

/// Weeks of a year.
const YEAR: f64 = 52.1775;
/// The length of the season's correlation, in radians of a half year.
const SMOOTHNESS: f64 = 0.7;
/// A series is cut to so many of its last weeks.
pub(super) const MOST_WEEKS: usize = 300;

/// One set of spreads.
#[derive(Clone, Copy, Debug)]
struct Spreads {
    step: f64,
    season: f64,
    week: f64,
    noise: f64,
}

impl Spreads {
    /// The covariance of two weeks; `alike` is [`season_alike`] of the weeks between them.
    fn covariance(&self, a: usize, b: usize, alike: f64) -> f64 {
        let same_week = week_of_year(a) == week_of_year(b);
        let level = self.step * self.step * (a.min(b) + 1) as f64;
        let season = self.season * self.season * alike;
        let week = if same_week { self.week * self.week } else { 0.0 };
        let noise = if a == b { self.noise * self.noise } else { 0.0 };
        // The level's start is unknown.
        1.0 + level + season + week + noise
    }
}

/// How alike the season is so many weeks apart, from 0 to 1.
fn season_alike(apart: usize) -> f64 {
    let turn = sin(std::f64::consts::PI * apart as f64 / YEAR);
    exp(-2.0 * turn * turn / (SMOOTHNESS * SMOOTHNESS))
}

/// The week of the year, counted from that of the first result: the nearest week of a year before is the same one.
fn week_of_year(week: usize) -> usize {
    (week as f64 % YEAR).round() as usize % 52
}

/// Draws of the total of the coming weeks up to each step, in rising order; none with fewer than a year of weeks, or where a
/// week has no result.
pub(super) fn totals_ahead(results: &[f64], steps: &[usize], draws: usize) -> Option<Vec<Vec<f64>>> {
    let results = &results[results.len().saturating_sub(MOST_WEEKS)..];
    let centered = centered(results)?;
    let mean = results.iter().map(|result| ln(*result)).sum::<f64>() / results.len() as f64;
    let grid = grid();
    let fits: Vec<Option<(f64, Vec<f64>)>> = grid.par_iter().map(|spreads| likelihood(spreads, &centered)).collect();
    let weights =
        from_logs(&fits.iter().map(|fit| fit.as_ref().map_or(f64::NEG_INFINITY, |fit| fit.0)).collect::<Vec<_>>());
    let total: f64 = weights.iter().sum();
    let mut chance = Chance::of("weekly results");
    let horizon = steps.last().copied().unwrap_or(0);
    let mut found = vec![Vec::with_capacity(draws); steps.len()];
    for ((spreads, fit), weight) in grid.iter().zip(&fits).zip(&weights) {
        let own = (weight / total * draws as f64).round() as usize;
        let Some((_, solved)) = fit.as_ref().filter(|_| own > 0) else { continue };
        for weeks in draw(spreads, &centered, solved, horizon, own, &mut chance)? {
            for (found, &step) in found.iter_mut().zip(steps) {
                found.push(weeks[..step].iter().sum::<f64>() * exp(mean));
            }
        }
    }
    found.first().is_some_and(|draws| !draws.is_empty()).then_some(found)
}

fn grid() -> Vec<Spreads> {
    let mut grid = Vec::new();
    for step in [0.006, 0.015, 0.035] {
        for season in [0.05, 0.2] {
            for week in [0.03, 0.1, 0.3] {
                for noise in [0.03, 0.07, 0.15] {
                    grid.push(Spreads { step, season, week, noise });
                }
            }
        }
    }
    grid
}

fn matrix(spreads: &Spreads, size: usize) -> Square {
    let alike: Vec<f64> = (0..size).map(season_alike).collect();
    let mut matrix = Square::zeros(size);
    // Its lower half is all that a Cholesky factor takes.
    for a in 0..size {
        for b in 0..=a {
            matrix.add(a, b, spreads.covariance(a, b, alike[a - b]));
        }
    }
    matrix
}

/// The spreads that make centered logs of results likeliest.
fn likeliest(centered: &[f64]) -> Option<(Spreads, Vec<f64>)> {
    let grid = grid();
    let fits: Vec<Option<(f64, Vec<f64>)>> = grid.par_iter().map(|spreads| likelihood(spreads, centered)).collect();
    let told = grid.into_iter().zip(fits).filter_map(|(spreads, fit)| fit.map(|(log, solved)| (spreads, log, solved)));
    told.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(spreads, _, solved)| (spreads, solved))
}

/// Logs of results about their mean; none where a week has no result.
fn centered(results: &[f64]) -> Option<Vec<f64>> {
    if results.len() < 52 || results.iter().any(|result| *result <= 0.0) {
        return None;
    }
    let logs: Vec<f64> = results.iter().map(|result| ln(*result)).collect();
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    Some(logs.iter().map(|log| log - mean).collect())
}

/// Results freed of what level, season and noise have in common from week to week: `L⁻¹ y`, which are standard normal.
#[derive(Clone, Debug)]
pub(super) struct Whitened {
    pub(super) results: Vec<f64>,
    factor: Factor,
}

impl Whitened {
    /// Those of results; none where a week has no result.
    pub(super) fn of(results: &[f64]) -> Option<Self> {
        let centered = centered(results)?;
        let (spreads, _) = likeliest(&centered)?;
        let factor = matrix(&spreads, centered.len()).cholesky()?;
        Some(Self { results: factor.solve_lower(&centered), factor })
    }

    /// A series freed of the same.
    pub(super) fn of_series(&self, series: &[f64]) -> Vec<f64> {
        self.factor.solve_lower(series)
    }
}

/// Demand in each of the coming weeks, the first of them `ahead` weeks after the last result, beside an average week of the
/// last year: the season and the weeks of the year, as far as they are known. None where a week has no result.
pub(super) fn season_ahead(results: &[f64], ahead: usize, weeks: usize) -> Option<Vec<f64>> {
    let centered = centered(results)?;
    let (spreads, solved) = likeliest(&centered)?;
    let n = centered.len();
    let alike: Vec<f64> = (0..n + ahead + weeks).map(season_alike).collect();
    let at = |week: usize| -> f64 {
        let told = |(t, x): (usize, &f64)| {
            let same = if week_of_year(week) == week_of_year(t) { spreads.week * spreads.week } else { 0.0 };
            (spreads.season * spreads.season * alike[week.abs_diff(t)] + same) * x
        };
        exp(solved.iter().enumerate().map(told).sum::<f64>())
    };
    let average = (n - 52..n).map(at).sum::<f64>() / 52.0;
    let first = n + ahead.max(1) - 1;
    Some((first..first + weeks).map(|week| at(week) / average).collect())
}

/// ln of the likelihood up to what the grid does not move, and `K⁻¹ y`.
fn likelihood(spreads: &Spreads, centered: &[f64]) -> Option<(f64, Vec<f64>)> {
    let factor = matrix(spreads, centered.len()).cholesky()?;
    let solved = factor.solve(centered);
    let fit: f64 = centered.iter().zip(&solved).map(|(y, x)| y * x).sum();
    Some((-0.5 * fit - 0.5 * factor.log_determinant(), solved))
}

/// Draws of each week, over e^mean.
fn draw(
    spreads: &Spreads,
    centered: &[f64],
    solved: &[f64],
    horizon: usize,
    draws: usize,
    chance: &mut Chance,
) -> Option<Vec<Vec<f64>>> {
    let n = centered.len();
    let factor = matrix(spreads, n).cholesky()?;
    let alike: Vec<f64> = (0..n + horizon).map(season_alike).collect();
    let covariance = |a: usize, b: usize| spreads.covariance(a, b, alike[a.abs_diff(b)]);
    let cross: Vec<Vec<f64>> = (0..horizon).map(|h| (0..n).map(|t| covariance(n + h, t)).collect()).collect();
    let means: Vec<f64> = cross.iter().map(|row| row.iter().zip(solved).map(|(k, x)| k * x).sum()).collect();
    let mut left = Square::zeros(horizon);
    for (a, own) in cross.iter().enumerate() {
        let weighed = factor.solve(own);
        for (b, other) in cross.iter().enumerate() {
            let known: f64 = weighed.iter().zip(other).map(|(x, k)| x * k).sum();
            left.add(a, b, covariance(n + a, n + b) - known + if a == b { 1e-10 } else { 0.0 });
        }
    }
    let root = left.cholesky()?;
    Some(
        (0..draws)
            .map(|_| {
                let z: Vec<f64> = (0..horizon).map(|_| chance.normal()).collect();
                root.product(&z).iter().zip(&means).map(|(strayed, mean)| exp(mean + strayed)).collect()
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A year later it is the same week, and its neighbors are others.
    #[test]
    fn weeks_meet_themselves_a_year_later() {
        for week in 0..51 {
            assert_eq!(week_of_year(week), week_of_year(week + 52), "{week}");
            assert_ne!(week_of_year(week), week_of_year(week + 53), "{week}");
        }
    }

    /// Three years of a season of ±20 % and noise of 3 %, then a quarter: the middle is within 2 %, and P10 to P90 hold it.
    #[test]
    fn a_season_comes_back() {
        let result = |week: usize| {
            let season = 0.2 * (std::f64::consts::TAU * week as f64 / YEAR).sin();
            (5.0 + season + 0.03 * (((week * 7919) % 13) as f64 / 6.0 - 1.0)).exp()
        };
        let known: Vec<f64> = (0..156).map(result).collect();
        let truth: f64 = (156..169).map(result).sum();
        let mut draws = totals_ahead(&known, &[13], 1000).expect("draws").remove(0);
        draws.sort_by(f64::total_cmp);
        let middle = draws[draws.len() / 2];
        assert!((middle / truth - 1.0).abs() < 0.02, "{middle} {truth}");
        assert!(draws[draws.len() / 10] < truth && truth < draws[draws.len() * 9 / 10]);
        assert!(totals_ahead(&known[..40], &[13], 10).is_none());
    }
}
