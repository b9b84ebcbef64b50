//! What a win is worth: a lognormal distribution, from the amounts of wins.
//!
//! ```text
//! ln value ~ N(μ, σ²),   σ half-normal(1) cut at 2.5 on a grid,   μ | σ ~ N(mean of the logs, σ²/n)
//! ```
//! The median and the 90th percentile are given, `e^μ` and `e^(μ + 1.2816σ)`. A mean is not, unless a plan states one:
//! without the cut at 2.5 it would not exist.

use super::chance::{Chance, from_logs};
use crate::transcendental::{ln, powi};

/// Draws of the distribution of values.
#[derive(Clone, Debug)]
pub struct ValueFit {
    /// mean of the logs, draw by draw
    pub log_mean: Vec<f64>,
    /// their standard deviation
    pub log_sd: Vec<f64>,
    /// how many amounts
    pub count: usize,
}

/// The largest σ: a P90 of 25 times the median.
const LARGEST_SD: f64 = 2.5;

/// Steps of the grid.
const STEPS: usize = 500;

/// Fits amounts above 0; none without any.
#[must_use]
pub fn fit(amounts: &[f64], draws: usize) -> Option<ValueFit> {
    let logs: Vec<f64> = amounts.iter().filter(|amount| **amount > 0.0).map(|amount| ln(*amount)).collect();
    let n = logs.len() as f64;
    if logs.is_empty() {
        return None;
    }
    let mean = logs.iter().sum::<f64>() / n;
    let squares: f64 = logs.iter().map(|log| powi(log - mean, 2)).sum();
    let sd_at = |step: usize| LARGEST_SD * (step as f64 + 0.5) / STEPS as f64;
    let density = |step: usize| {
        let sd = sd_at(step);
        -0.5 * sd * sd - (n - 1.0) * ln(sd) - 0.5 * squares / (sd * sd)
    };
    let weights = from_logs(&(0..STEPS).map(density).collect::<Vec<_>>());
    let mut chance = Chance::of("values");
    let (mut log_mean, mut log_sd) = (Vec::with_capacity(draws), Vec::with_capacity(draws));
    for _ in 0..draws {
        let step = chance.among(&weights) as f64;
        let sd = LARGEST_SD * (step + chance.uniform()).max(0.05) / STEPS as f64;
        log_sd.push(sd);
        log_mean.push(mean + sd / n.sqrt() * chance.normal());
    }
    Some(ValueFit { log_mean, log_sd, count: logs.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With many amounts the prior of σ hardly matters: μ has the mean and the standard error of the logs, and σ² of n − 1
    /// degrees of freedom has mean s²·(n−1)/(n−3) (the prior e^−σ²/2 lowers it by about σ⁴·2/n of itself).
    #[test]
    fn many_amounts_are_those_of_the_normal_inverse_gamma_update() {
        let logs: Vec<f64> =
            (0..200).map(|i| 9.0 + 0.6 * crate::random::normal_quantile((f64::from(i) + 0.5) / 200.0)).collect();
        let amounts: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        let fit = fit(&amounts, 4096).expect("a fit");
        let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
        let variance: f64 = logs.iter().map(|log| (log - 9.0).powi(2)).sum::<f64>() / 199.0;
        // 4 standard errors of the mean of 4,096 draws.
        let error = (variance / 200.0).sqrt();
        assert!((mean(&fit.log_mean) - 9.0).abs() < 4.0 * error / 64.0);
        let squares: Vec<f64> = fit.log_sd.iter().map(|sd| sd * sd).collect();
        let expected = variance * 199.0 / 197.0 * (1.0 - 2.0 * variance / 200.0);
        // The posterior sd of σ² is σ²·√(2/n) = 10 % of it.
        assert!((mean(&squares) / expected - 1.0).abs() < 4.0 * 0.1 / 64.0 + 0.002, "{} {expected}", mean(&squares));
        assert!(super::fit(&[], 10).is_none() && super::fit(&[0.0], 10).is_none());
    }
}
