//! Figures that were stated, given what came: exact by quadrature for one or two of them that are tied, by importance
//! weights for more.
//!
//! A figure is its quantile function `Q` of a normal score `z`: `x = Q(Φ(z))`, whatever its family. What was stated is
//! `z ~ N(0, R)`, R the correlations that were stated. People state ranges too narrowly, so what is taken for likely is a
//! mixture of that and of the same three times as wide; what was counted or fitted is taken as it is:
//!
//! ```text
//! p(z | data) ∝ [0.9·N(z; 0, R) + 0.1·N(z; 0, 9R)] · L(Q(Φ(z)))
//! ```
//! Because every `Q` rises, percentiles of `z` are percentiles of the figure, and a draw keeps its rank.

mod marginal;
mod quadrature;
mod weighted;

pub use marginal::Marginal;

use crate::transcendental::{exp, ln};

use super::linear::{Factor, Square};

/// How likely what came is, by the normal scores of the figures, as a logarithm.
pub type LogLikelihood<'a> = dyn Fn(&[f64]) -> f64 + Sync + 'a;

/// The share of what is taken for likely that is three times as wide.
const WIDE_SHARE: f64 = 0.1;
const WIDE: f64 = 3.0;

/// Normal scores beyond this have no quantile that a double can tell from that of its neighbors.
const FURTHEST: f64 = 8.0;

/// Figures that are tied, as they were stated.
#[derive(Clone, Debug)]
pub struct Stated {
    /// of the correlations of their normal scores
    factor: Factor,
    count: usize,
    /// of each figure, how many times as wide it may be
    wide: Vec<f64>,
    /// the figure that stands for a row of a file of draws
    rows: Option<usize>,
}

/// What is known of them now.
#[derive(Clone, Debug)]
pub struct Conditioned {
    /// each by itself
    pub marginals: Vec<Marginal>,
    /// correlations of their normal scores
    pub correlations: Vec<Vec<f64>>,
}

/// Why nothing can be said: too few of the draws are left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TooThin {
    /// what the weighted draws are worth in draws of equal weight
    pub effective: f64,
    /// the shape of the tail of the weights, k̂
    pub tail_shape: f64,
}

impl Stated {
    /// So many figures, with the correlations of their normal scores; none where the correlations can't be.
    #[must_use]
    pub fn new(correlations: &[Vec<f64>]) -> Option<Self> {
        let count = correlations.len();
        let mut matrix = Square::zeros(count);
        for (row, own) in correlations.iter().enumerate() {
            own.iter().enumerate().for_each(|(column, r)| matrix.add(row, column, *r));
        }
        Some(Self { factor: matrix.cholesky()?, count, wide: vec![WIDE; count], rows: None })
    }

    /// The same, where one of them was counted or fitted: it is not widened.
    #[must_use]
    pub fn with_known(mut self, at: usize) -> Self {
        self.wide[at] = 1.0;
        self
    }

    /// The same, where one of them stands for a row of a file of draws.
    #[must_use]
    pub fn with_rows(self, at: usize) -> Self {
        Self { rows: Some(at), ..self.with_known(at) }
    }

    /// How many figures.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The normal scores that independent ones stand for.
    #[must_use]
    pub fn scores(&self, independent: &[f64]) -> Vec<f64> {
        self.factor.product(independent)
    }

    /// What is taken for likely before anything came, as the logarithm of a density that need not integrate to 1.
    fn log_prior(&self, z: &[f64]) -> f64 {
        let independent = self.factor.solve_lower(z);
        let (mut squares, mut of_wide, mut volume) = (0.0, 0.0, 1.0);
        for (e, wide) in independent.iter().zip(&self.wide) {
            squares += e * e;
            of_wide += e * e / (wide * wide);
            volume *= wide;
        }
        let density = (1.0 - WIDE_SHARE) * exp(-0.5 * squares) + WIDE_SHARE / volume * exp(-0.5 * of_wide);
        ln(density.max(f64::MIN_POSITIVE))
    }

    /// What is known once something came.
    ///
    /// # Errors
    ///
    /// Of more than two figures: that too few draws are left to say.
    pub fn given(&self, log_likelihood: &LogLikelihood<'_>) -> Result<Conditioned, TooThin> {
        let log_density = |z: &[f64]| self.log_prior(z) + log_likelihood(z);
        match self.count() {
            1 => Ok(quadrature::of_one(&log_density)),
            2 => Ok(quadrature::of_two(&log_density)),
            _ => weighted::of_many(self, log_likelihood),
        }
    }

    /// So many draws of what is known once something came, scores of all figures; in the order of the rows of a file, where
    /// one of them stands for these.
    ///
    /// # Errors
    ///
    /// That too few draws are left to say.
    pub fn drawn(&self, log_likelihood: &LogLikelihood<'_>, count: usize) -> Result<Vec<Vec<f64>>, TooThin> {
        weighted::resampled(self, log_likelihood, count)
    }

    /// Draws of what was stated, evenly spread.
    #[must_use]
    pub fn spread(&self, count: usize) -> Vec<Vec<f64>> {
        (0..count).map(|draw| weighted::scores(self, draw, weighted::Width::Stated)).collect()
    }
}

/// The correlation of two figures from their weighted moments; 0 where one of them does not vary.
fn correlation(moments: Moments) -> f64 {
    let Moments { weight, x, y, xx, yy, xy } = moments;
    let [mx, my] = [x / weight, y / weight];
    let [vx, vy] = [xx / weight - mx * mx, yy / weight - my * my];
    if vx <= 0.0 || vy <= 0.0 { 0.0 } else { ((xy / weight - mx * my) / (vx * vy).sqrt()).clamp(-1.0, 1.0) }
}

/// Weighted sums of a pair.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    weight: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Moments {
    fn add(&mut self, weight: f64, x: f64, y: f64) {
        self.weight += weight;
        self.x += weight * x;
        self.y += weight * y;
        self.xx += weight * x * x;
        self.yy += weight * y * y;
        self.xy += weight * x * y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone() -> Stated {
        Stated::new(&[vec![1.0]]).expect("one figure")
    }

    /// Without data the mixture itself: P(z ≤ x) = 0.9 Φ(x) + 0.1 Φ(x/3), as far as it reaches.
    #[test]
    fn nothing_that_came_leaves_what_was_taken_for_likely() {
        let known = alone().given(&|_| 0.0).expect("one figure");
        let within = 2.0 * crate::random::normal_share(FURTHEST / WIDE) - 1.0;
        for x in [-3.0, -1.0, 0.0, 0.7, 2.5] {
            let share = |x: f64, sd: f64| crate::random::normal_share(x / sd);
            let wide = (share(x, WIDE) - share(-FURTHEST, WIDE)) / within;
            let expected =
                0.9 * share(x, 1.0) / (1.0 - 0.1 * (1.0 - within)) + 0.1 * within * wide / (1.0 - 0.1 * (1.0 - within));
            let found = known.marginals[0].share_below(x);
            assert!((found - expected).abs() < 2e-5, "{x}: {found} {expected}");
        }
    }

    /// A normal score that is seen with an error of s: N(0, 1) and N(0, 9) are each conjugate, and their shares are by how
    /// likely each makes what was seen: N(y; 0, 1 + s²) and N(y; 0, 9 + s²).
    #[test]
    fn a_normal_observation_gives_the_conjugate_mixture() {
        let (y, s2) = (2.0, 0.25);
        let known = alone().given(&|z| -0.5 * (z[0] - y) * (z[0] - y) / s2).expect("one figure");
        let parts = [(0.9, 1.0), (0.1, 9.0)].map(|(share, v): (f64, f64)| {
            let likely = share * (-0.5 * y * y / (v + s2)).exp() / (v + s2).sqrt();
            (likely, y * v / (v + s2), (v * s2 / (v + s2)).sqrt())
        });
        let sum = parts[0].0 + parts[1].0;
        for p in [0.1, 0.5, 0.9] {
            let x = known.marginals[0].quantile(p);
            let share: f64 =
                parts.iter().map(|(w, mean, sd)| w / sum * crate::random::normal_share((x - mean) / sd)).sum();
            assert!((share - p).abs() < 1e-5, "{p}: {share}");
        }
    }

    /// What was counted is known as it was counted, and counts that come are conjugate: Beta(18½, 62½) and 11 of 40 more
    /// are Beta(29½, 91½); Gamma(412½)/13 and 150 in 4 weeks more are Gamma(562½)/17.
    #[test]
    fn counts_that_come_give_the_conjugate_update() {
        use statrs::distribution::{Beta, ContinuousCDF, Gamma};
        let u = |z: f64| crate::random::normal_share(z).clamp(1e-15, 1.0 - 1e-15);
        let counted = || alone().with_known(0);
        let beta = Beta::new(18.5, 62.5).unwrap();
        let known = counted().given(&|z| {
            let p = beta.inverse_cdf(u(z[0]));
            11.0 * p.ln() + 29.0 * (1.0 - p).ln()
        });
        let after = Beta::new(29.5, 91.5).unwrap();
        let gamma = Gamma::new(412.5, 13.0).unwrap();
        let rate = counted().given(&|z| {
            let rate = gamma.inverse_cdf(u(z[0]));
            150.0 * rate.ln() - 4.0 * rate
        });
        let rate_after = Gamma::new(562.5, 17.0).unwrap();
        for p in [0.05, 0.1, 0.5, 0.9, 0.95] {
            let share = beta.inverse_cdf(u(known.as_ref().expect("one figure").marginals[0].quantile(p)));
            assert!((after.cdf(share) - p).abs() < 1e-4, "{p}: {}", after.cdf(share));
            let rate = gamma.inverse_cdf(u(rate.as_ref().expect("one figure").marginals[0].quantile(p)));
            assert!((rate_after.cdf(rate) - p).abs() < 1e-4, "{p}: {}", rate_after.cdf(rate));
        }
    }

    /// Two scores of which the sum is seen: the posterior of N(0, I) has variance 1 − 1/(2 + s²) and correlation
    /// −1/(1 + s²); the wide part hardly counts where what came was likely.
    #[test]
    fn two_figures_that_share_what_came_are_tied_by_it() {
        let s2 = 0.5;
        let both = Stated::new(&[vec![1.0, 0.0], vec![0.0, 1.0]]).expect("two figures");
        let known = both.given(&|z| -0.5 * (z[0] + z[1] - 0.3).powi(2) / s2).expect("two figures");
        let part =
            |v: f64| (v, v * v / (2.0 * v + s2), (0.3_f64 * 0.3 / (2.0 * v + s2) * -0.5).exp() / (2.0 * v + s2).sqrt());
        let [narrow, wide] = [part(1.0), part(9.0)];
        let w = 0.1 * wide.2 / (0.9 * narrow.2 + 0.1 * wide.2);
        let mean = |(v, ..): (f64, f64, f64)| 0.3 * v / (2.0 * v + s2);
        let m = (1.0 - w) * mean(narrow) + w * mean(wide);
        let second = |own: (f64, f64, f64)| (own.0 - own.1 + mean(own).powi(2), -own.1 + mean(own).powi(2));
        let [(n2, nc), (w2, wc)] = [second(narrow), second(wide)];
        let variance = (1.0 - w) * n2 + w * w2 - m * m;
        let covariance = (1.0 - w) * nc + w * wc - m * m;
        let found = known.correlations[0][1];
        // Scores end at ±8, which the wide part reaches: a thousandth.
        assert!((found - covariance / variance).abs() < 5e-3, "{found} {}", covariance / variance);
    }

    /// Three figures of which only the first is seen: by weights, within what 32,768 draws allow.
    #[test]
    fn many_figures_by_weights_agree_with_quadrature() {
        let seen = |z: &[f64]| -0.5 * (z[0] - 1.0).powi(2) / 0.5;
        let exact = alone().given(&seen).expect("one figure");
        let three = Stated::new(&[vec![1.0, 0.5, 0.0], vec![0.5, 1.0, 0.0], vec![0.0, 0.0, 1.0]]).expect("three");
        let known = three.given(&seen).expect("enough draws");
        for p in [0.1, 0.5, 0.9] {
            let difference = known.marginals[0].quantile(p) - exact.marginals[0].quantile(p);
            // sd of the posterior .58; of some 10,000 draws a percentile strays by .58·1.7/√10,000 = .01. 4 of these.
            assert!(difference.abs() < 0.04, "{p}: {difference}");
        }
        // Given the first, mean 2/3 of it: the second moves by half of that.
        assert!((known.marginals[1].quantile(0.5) - 0.34).abs() < 0.05, "{}", known.marginals[1].quantile(0.5));
        // Where hardly any of the draws fits, a proposal that learns finds the place: 3 ± .05 in all three.
        let far = three.given(&|z: &[f64]| -0.5 * z.iter().map(|z| (z - 3.0).powi(2)).sum::<f64>() / 0.0025);
        let far = far.expect("the proposal finds it");
        assert!((far.marginals[2].quantile(0.5) - 3.0).abs() < 0.02, "{}", far.marginals[2].quantile(0.5));
        let rows = three.clone().with_rows(0).given(&|z: &[f64]| -0.5 * (z[0] - 3.0).powi(2) / 1e-5);
        assert!(rows.is_err(), "of the rows of a file too few are left");
    }
}
