//! What came, and how likely it was: leads, clicks and wins as counts, revenue of wins as a sum of lognormal values.
//!
//! ```text
//! leads of a week ~ negative binomial, mean λ_t of the plan for what was spent, cv `variation`
//! wins of a week  ~ Poisson, mean Σ_s worked_s · o · c · [F(t−s+½) − F(t−s−½)] and those of open deals
//! revenue of n wins: E = Σ n_t·m_t,  Var = (e^{σ²} − 1)·Σ n_t·m_t², as a lognormal
//! ```

use statrs::function::beta::beta_reg;
use statrs::function::gamma::{gamma_lr, gamma_ur};

use crate::model::plan::Plan;
use crate::random::normal_share;
use crate::transcendental::{exp, ln, ln_1p, powi};

use super::expected::{Expected, Means};

/// Means are never quite nothing, so that what came is never impossible.
const LEAST_MEAN: f64 = 1e-9;

/// One kind of observation.
#[derive(Debug)]
pub(super) struct Evidence {
    /// what came, in words: "512 leads of search"
    pub(super) words: String,
    /// what was seen
    pub(super) seen: f64,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// counts of weeks
    Counts { rows: Vec<Row>, means: Means, scatter: Scatter },
    /// the revenue of wins of a source: wins by week
    Value { source: usize, wins: Vec<f64>, revenue: f64 },
}

/// A count of a week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) week: usize,
    pub(super) count: f64,
}

/// How weekly means stray, beyond chance: each kind of noise has a coefficient of variation, and carries over.
#[derive(Clone, Debug, Default)]
pub(super) struct Scatter(pub(super) Vec<(f64, f64)>);

impl Scatter {
    /// `Σ cv²·φ^|s−t|`: the relative covariance of two weeks.
    fn covariance(&self, apart: usize) -> f64 {
        self.0.iter().map(|(cv, persistence)| cv * cv * powi(*persistence, apart as i32)).sum()
    }

    /// Do weeks stray together?
    fn carries_over(&self) -> bool {
        self.0.iter().any(|(cv, persistence)| *cv > 0.0 && *persistence > 0.0)
    }

    /// The relative variance of the sum of weeks with these means.
    fn of_sum(&self, means: &[f64]) -> f64 {
        let total: f64 = means.iter().sum();
        let pairs = (0..means.len()).flat_map(|s| (0..means.len()).map(move |t| (s, t)));
        let sum: f64 = pairs.map(|(s, t)| means[s] * means[t] * self.covariance(s.abs_diff(t))).sum();
        sum / (total * total)
    }
}

impl Evidence {
    /// How likely what came is, as a logarithm that lacks what does not depend on the inputs.
    pub(super) fn log_likelihood(&self, plan: &Plan, came: &Expected<'_>, drawn: &[f64]) -> f64 {
        match &self.kind {
            Kind::Counts { rows, means, scatter } => {
                let means = self.means(means, rows, plan, came, drawn);
                if scatter.carries_over() {
                    // Weeks that stray together: their sum says what there is to say of the level.
                    log_count(self.seen, means.iter().sum(), scatter.of_sum(&means))
                } else {
                    let spread = scatter.covariance(0);
                    rows.iter().zip(&means).map(|(row, mean)| log_count(row.count, *mean, spread)).sum()
                }
            }
            Kind::Value { source, wins, revenue } => {
                let (mean, sd) = log_revenue(plan, *source, wins, drawn);
                let z = (ln(*revenue) - mean) / sd;
                -0.5 * z * z - ln(sd)
            }
        }
    }

    /// The chances that no more, and that no less comes than did.
    pub(super) fn tails(&self, plan: &Plan, came: &Expected<'_>, drawn: &[f64]) -> (f64, f64) {
        match &self.kind {
            Kind::Counts { rows, means, scatter } => {
                let means = self.means(means, rows, plan, came, drawn);
                count_tails(self.seen, means.iter().sum(), scatter.of_sum(&means))
            }
            Kind::Value { source, wins, revenue } => {
                let (mean, sd) = log_revenue(plan, *source, wins, drawn);
                let z = (ln(*revenue) - mean) / sd;
                (normal_share(z), normal_share(-z))
            }
        }
    }

    fn means(&self, means: &Means, rows: &[Row], plan: &Plan, came: &Expected<'_>, drawn: &[f64]) -> Vec<f64> {
        let of_weeks = came.means(means, plan, drawn);
        rows.iter().map(|row| of_weeks.get(row.week).copied().unwrap_or(0.0).max(LEAST_MEAN)).collect()
    }
}

/// ln P(count) of a Poisson number whose mean strays by a relative variance: negative binomial of shape r = 1/spread.
fn log_count(count: f64, mean: f64, spread: f64) -> f64 {
    if spread < 1e-9 {
        return count * ln(mean) - mean;
    }
    let r = 1.0 / spread;
    count * (ln(mean) - ln(mean + r)) - r * ln_1p(mean / r)
}

/// P(X ≤ count) and P(X ≥ count).
fn count_tails(count: f64, mean: f64, spread: f64) -> (f64, f64) {
    let count = count.round();
    let below = |k: f64| match spread < 1e-9 {
        _ if k < 0.0 => 0.0,
        true => gamma_ur(k + 1.0, mean),
        false => {
            let r = 1.0 / spread;
            beta_reg(r, k + 1.0, r / (r + mean))
        }
    };
    let above = |k: f64| match spread < 1e-9 {
        _ if k <= 0.0 => 1.0,
        true => gamma_lr(k, mean),
        false => 1.0 - below(k - 1.0),
    };
    (below(count), above(count))
}

/// Mean and standard deviation of the logarithm of the revenue of wins.
fn log_revenue(plan: &Plan, source: usize, wins: &[f64], drawn: &[f64]) -> (f64, f64) {
    let (mut mean, mut squares, mut single) = (0.0, 0.0, 0.0);
    for (week, wins) in wins.iter().enumerate().filter(|(_, wins)| **wins > 0.0) {
        let (value, sd) = plan.expected_value(source, drawn, week);
        mean += wins * value;
        squares += wins * value * value;
        single = exp(sd * sd) - 1.0;
    }
    let mean = mean.max(LEAST_MEAN);
    // Values are never known better than to 1 %: what is booked is rounded, discounted, in parts.
    let spread = (single * squares / (mean * mean)).max(1e-4);
    let variance = ln_1p(spread);
    (ln(mean) - 0.5 * variance, variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Poisson of mean 2: P(X ≤ 1) = 3e⁻², P(X ≥ 3) = 1 − 5e⁻². With relative variance ½ the shape is 2 and p = ½: P(X ≤ 1)
    /// = ¼ + ¼.
    #[test]
    fn tails_are_those_of_poisson_and_negative_binomial() {
        let e2 = (-2.0_f64).exp();
        assert!((count_tails(1.0, 2.0, 0.0).0 - 3.0 * e2).abs() < 1e-12);
        assert!((count_tails(3.0, 2.0, 0.0).1 - (1.0 - 5.0 * e2)).abs() < 1e-12);
        assert!(
            (count_tails(1.0, 2.0, 0.5).0 - 0.5).abs() < 1e-12 && (count_tails(2.0, 2.0, 0.5).1 - 0.5).abs() < 1e-12
        );
    }

    #[test]
    fn noise_that_carries_over_adds_up() {
        // Two weeks alike, cv .2: independent .02, wholly persistent .04.
        let spread = |persistence| Scatter(vec![(0.2, persistence)]).of_sum(&[5.0, 5.0]);
        assert!((spread(0.0) - 0.02).abs() < 1e-12 && (spread(1.0) - 0.04).abs() < 1e-12);
    }
}
