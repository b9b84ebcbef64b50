//! Importance weights whose largest are replaced by those that their own tail makes expect: Pareto-smoothed importance
//! sampling, and the diagnostic k̂ that comes with it.
//!
//! Sources: Vehtari, Simpson, Gelman, Yao & Gabry, Pareto Smoothed Importance Sampling, JMLR 25 (2024); the fit of the
//! generalized Pareto distribution is that of Zhang & Stephens, Technometrics 51 (2009), with the weak prior of the former.

use super::chance::from_logs;
use crate::transcendental::{ln, ln_1p, powf};

/// Smoothed weights.
#[derive(Clone, Debug)]
pub(super) struct Smoothed {
    /// the weights, the largest raw one being 1 before smoothing
    pub(super) weights: Vec<f64>,
    /// the shape of their tail: above 0.7 they can't be relied on
    pub(super) tail_shape: f64,
    /// what the weighted draws are worth in draws of equal weight
    pub(super) effective: f64,
}

/// Smooths weights that are given by their logarithms.
pub(super) fn smoothed(logs: &[f64]) -> Smoothed {
    let mut weights = from_logs(logs);
    let count = weights.len();
    let tail = ((0.2 * count as f64).min(3.0 * (count as f64).sqrt())) as usize;
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| weights[a].total_cmp(&weights[b]));
    let mut tail_shape = 0.0;
    if tail >= 5 && tail < count {
        let cut = weights[order[count - tail - 1]];
        let above: Vec<f64> = order[count - tail..].iter().map(|&at| weights[at] - cut).collect();
        if above[tail - 1] > 1e-12 && above.iter().any(|x| *x > 0.0) {
            let (shape, scale) = generalized_pareto(&above);
            tail_shape = shape;
            for (rank, &at) in order[count - tail..].iter().enumerate() {
                let p = (rank as f64 + 0.5) / tail as f64;
                let expected = if shape.abs() < 1e-9 {
                    -scale * ln(1.0 - p)
                } else {
                    scale * (powf(1.0 - p, -shape) - 1.0) / shape
                };
                weights[at] = (cut + expected).min(1.0);
            }
        }
    }
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    Smoothed { weights, tail_shape, effective: sum * sum / squares }
}

/// Shape and scale of excesses, which are sorted.
fn generalized_pareto(sorted: &[f64]) -> (f64, f64) {
    let n = sorted.len();
    let floor = 1e-12 * sorted[n - 1];
    let x: Vec<f64> = sorted.iter().map(|x| x.max(floor)).collect();
    let points = 30 + (n as f64).sqrt() as usize;
    let quartile = x[((n as f64 / 4.0 + 0.5) as usize).clamp(1, n) - 1];
    let shape_of = |b: f64| x.iter().map(|x| ln_1p(-b * x)).sum::<f64>() / n as f64;
    let thetas: Vec<f64> = (1..=points)
        .map(|j| 1.0 / x[n - 1] + (1.0 - (points as f64 / (j as f64 - 0.5)).sqrt()) / (3.0 * quartile))
        .collect();
    let logs: Vec<f64> = thetas
        .iter()
        .map(|&b| {
            let shape = shape_of(b);
            n as f64 * (ln(-b / shape) - shape - 1.0)
        })
        .collect();
    let weights = from_logs(&logs);
    let total: f64 = weights.iter().sum();
    let b: f64 = thetas.iter().zip(&weights).map(|(theta, weight)| theta * weight).sum::<f64>() / total;
    let shape = shape_of(b);
    let scale = -shape / b;
    // A weak prior: ten observations of shape ½.
    let weak = 10.0;
    ((shape * n as f64 + 0.5 * weak) / (n as f64 + weak), scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weights exp(s·z²/2) of normal z have a tail like u^−s: their shape is s (up to a slowly varying factor, which lowers
    /// the estimate at these sizes).
    #[test]
    fn the_shape_of_the_tail_tells_good_weights_from_bad_ones() {
        let normals: Vec<f64> =
            (0..8192).map(|i| crate::random::normal_quantile((f64::from(i) + 0.5) / 8192.0)).collect();
        let shape = |s: f64| smoothed(&normals.iter().map(|z| 0.5 * s * z * z).collect::<Vec<_>>()).tail_shape;
        assert!(shape(0.3) < 0.5, "{}", shape(0.3));
        assert!(shape(1.2) > 0.8, "{}", shape(1.2));
        let even = smoothed(&vec![0.0; 1000]);
        assert_eq!((even.tail_shape, even.effective), (0.0, 1000.0));
    }

    /// Excesses at the quantiles of a generalized Pareto distribution of shape ½ and scale 2.
    #[test]
    fn a_pareto_tail_is_found_again() {
        let n = 2000;
        let at = |i: i32| 2.0 * ((1.0 - (f64::from(i) + 0.5) / f64::from(n)).powf(-0.5) - 1.0) / 0.5;
        let (shape, scale) = generalized_pareto(&(0..n).map(at).collect::<Vec<_>>());
        // The standard error of the shape is (1 + ½)/√2000 = 0.034; quantiles in place of draws stray far less.
        assert!((shape - 0.5).abs() < 0.034 && (scale - 2.0).abs() < 0.1, "{shape} {scale}");
    }
}
