//! One or two figures, on a grid of their normal scores that is drawn closer around where what came leaves them.

use crate::transcendental::exp;

use super::{Conditioned, FURTHEST, Marginal, Moments, correlation};

/// Log densities this far below the highest are nothing.
const NOTHING: f64 = 30.0;

/// Of one figure: 4,001 scores, twice.
pub(super) fn of_one(log_density: &dyn Fn(&[f64]) -> f64) -> Conditioned {
    let mut span = (-FURTHEST, FURTHEST);
    let mut grid = Vec::new();
    let mut logs = Vec::new();
    for _ in 0..2 {
        grid = evenly(span, 4_001);
        logs = grid.iter().map(|z| log_density(&[*z])).collect();
        span = left(&grid, &logs);
    }
    let marginal = Marginal::of_densities(grid, &densities(&logs));
    Conditioned { marginals: vec![marginal], correlations: vec![vec![1.0]] }
}

/// Of two: a coarse grid finds where they are, two finer ones follow.
pub(super) fn of_two(log_density: &dyn Fn(&[f64]) -> f64) -> Conditioned {
    let mut spans = [(-FURTHEST, FURTHEST); 2];
    let mut grids = [Vec::new(), Vec::new()];
    let mut density = Vec::new();
    for points in [65, 129, 193] {
        grids = spans.map(|span| evenly(span, points));
        let logs: Vec<f64> = grids[0].iter().flat_map(|a| grids[1].iter().map(|b| log_density(&[*a, *b]))).collect();
        let highest = |of: &dyn Fn(usize) -> f64| (0..points).map(of).fold(f64::NEG_INFINITY, f64::max);
        let rows: Vec<f64> = (0..points).map(|a| highest(&|b| logs[a * points + b])).collect();
        let columns: Vec<f64> = (0..points).map(|b| highest(&|a| logs[a * points + b])).collect();
        spans = [left(&grids[0], &rows), left(&grids[1], &columns)];
        density = densities(&logs);
    }
    let points = grids[0].len();
    let mut moments = Moments::default();
    for (a, x) in grids[0].iter().enumerate() {
        for (b, y) in grids[1].iter().enumerate() {
            moments.add(density[a * points + b], *x, *y);
        }
    }
    let rows: Vec<f64> = (0..points).map(|a| density[a * points..(a + 1) * points].iter().sum()).collect();
    let columns: Vec<f64> = (0..points).map(|b| (0..points).map(|a| density[a * points + b]).sum()).collect();
    let r = correlation(moments);
    let [first, second] = grids;
    Conditioned {
        marginals: vec![Marginal::of_densities(first, &rows), Marginal::of_densities(second, &columns)],
        correlations: vec![vec![1.0, r], vec![r, 1.0]],
    }
}

fn evenly((from, to): (f64, f64), points: usize) -> Vec<f64> {
    (0..points).map(|at| from + (to - from) * at as f64 / (points - 1) as f64).collect()
}

/// Where anything is left, with a step on either side.
fn left(grid: &[f64], logs: &[f64]) -> (f64, f64) {
    let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let counts = |log: &&f64| **log > highest - NOTHING;
    let first = logs.iter().position(|log| counts(&log)).unwrap_or(0);
    let last = logs.iter().rposition(|log| counts(&log)).unwrap_or(logs.len() - 1);
    (grid[first.saturating_sub(1)], grid[(last + 1).min(grid.len() - 1)])
}

fn densities(logs: &[f64]) -> Vec<f64> {
    let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    logs.iter().map(|log| exp(log - highest)).collect()
}
