//! The sum of many deal values, drawn at once.
//!
//! Implements section 6 of docs/model.md.

use crate::random::standard_normal;
use crate::transcendental::{asinh, exp_m1, ln_1p, powi, sinh};

use crate::model::lognormal::Lognormal;

/// Fewest and most values that are drawn one by one before the rest is drawn as one sum.
const ONE_BY_ONE: (f64, f64) = (16.0, 4_096.0);

/// A sum may be as skewed as this, relative to its standard deviation.
const SKEWNESS_LIMIT: f64 = 0.36;

/// The skewness of a lognormal of that coefficient of variation.
fn skewness(cv: f64) -> f64 {
    cv * (3.0 + cv * cv)
}

/// Sums of lognormal values of one distribution.
///
/// ```text
/// one value: mean v, coefficient of variation c, skewness γ = 3c + c³
/// sum of n:  mean n·v, sd v·c·√n, skewness γ/√n
/// S = n·v + v·c·√n·(e^(s·z − s²/2) − 1)/b        3b + b³ = γ/√n,  s² = ln(1 + b²),  z = Φ⁻¹(u)
/// ```
/// A shifted lognormal with the sum's exact mean, variance and skewness; of one value it is that value's own
/// distribution. Never below zero, since b ≥ c/√n. Proportional to v, and rising in u.
///
/// Source: docs/model/deals.md, Many wins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sums {
    mean: f64,
    cv: f64,
    skewness: f64,
}

impl Sums {
    /// Of values with that distribution.
    #[must_use]
    pub fn new(value: &Lognormal) -> Self {
        let cv = value.cv();
        Self { mean: value.mean(), cv, skewness: skewness(cv) }
    }

    /// Of values that stray as much, but have another mean.
    #[must_use]
    pub fn of_mean(&self, mean: f64) -> Self {
        Self { mean, ..*self }
    }

    /// How many values of a source and week are drawn one by one; those beyond are drawn as one sum.
    ///
    /// ```text
    /// N = (γ/0.36)², at least 16 and at most 4,096
    /// ```
    /// A sum of N values has a skewness of 0.36. From there on it is as good as one value after another: at c = 0.8 and
    /// N = 66 the two distribution functions are nowhere further apart than 0.001.
    #[must_use]
    pub fn one_by_one(&self) -> u64 {
        let (fewest, most) = ONE_BY_ONE;
        powi(self.skewness / SKEWNESS_LIMIT, 2).ceil().clamp(fewest, most) as u64
    }

    /// The sum of `count` (≥ 1) values at the quantile `u` in (0, 1).
    #[must_use]
    pub fn of(&self, count: u64, u: f64) -> f64 {
        let n = count as f64;
        if self.cv == 0.0 || self.mean == 0.0 {
            return n * self.mean;
        }
        let root = n.sqrt();
        let b = cv_of_skewness(self.skewness / root);
        let square = ln_1p(b * b);
        let stray = exp_m1(square.sqrt() * standard_normal(u) - 0.5 * square) / b;
        // At the far end of the lower tail of few values, rounding could give less than nothing.
        (self.mean * (n + self.cv * root * stray)).max(0.0)
    }
}

/// The coefficient of variation b of a lognormal of that skewness: the real root of b³ + 3b.
fn cv_of_skewness(skewness: f64) -> f64 {
    if skewness > 1.0 {
        return 2.0 * sinh(asinh(0.5 * skewness) / 3.0);
    }
    // By Newton's steps from the first terms of the series in x = γ/3. They are off by 1e-4 at γ = 1, by 3e-8 at 0.36; a
    // step takes an error e to b²e².
    let x = skewness * (1.0 / 3.0);
    let xx = x * x;
    let start = x * (1.0 - xx * (1.0 / 3.0) * (1.0 - xx * (1.0 - xx * (4.0 / 3.0))));
    let steps = if skewness > SKEWNESS_LIMIT { 2 } else { 1 };
    (0..steps).fold(start, |b, _| b - (b * (3.0 + b * b) - skewness) / (3.0 * (1.0 + b * b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lognormal::log_sd;

    fn sum_of(count: u64, value: &Lognormal, u: f64) -> f64 {
        Sums::new(value).of(count, u)
    }

    fn of_cv(mean: f64, cv: f64) -> Lognormal {
        Lognormal::new(mean, log_sd(cv))
    }

    #[test]
    fn how_many_are_drawn_one_by_one_follows_from_their_skewness() {
        // γ(0.8) = 2.912: (2.912/0.36)² = 65.4; γ(0.45) = 1.441 and γ(3) = 36 lie beyond the ends.
        assert_eq!(
            [0.0, 0.45, 0.8, 3.0, 100.0].map(|cv| Sums::new(&of_cv(20.0, cv)).one_by_one()),
            [16, 17, 66, 4_096, 4_096]
        );
    }

    #[test]
    fn the_lognormal_of_a_skewness_has_that_skewness() {
        for wanted in [1e-9, 1e-3, 0.3, 0.999, 1.0, 1.001, 40.0, 1e9] {
            let found = skewness(cv_of_skewness(wanted));
            assert!((found / wanted - 1.0).abs() < 1e-13, "{wanted}: {found}");
        }
    }

    #[test]
    fn of_one_value_the_sum_is_that_value() {
        for cv in [1e-3, 0.8, 18.0] {
            let value = of_cv(20.0, cv);
            for u in [1e-12, 0.1, 0.5, 0.9, 0.999_999] {
                let own = 20.0 * (log_sd(cv) * standard_normal(u) - 0.5 * log_sd(cv).powi(2)).exp();
                // Where a value is tiny, the rounding of its distance from the mean shows.
                assert!((sum_of(1, &value, u) - own).abs() < 1e-9 * own + 1e-13, "cv {cv}, u {u}");
            }
        }
    }

    #[test]
    fn values_that_do_not_stray_are_multiplied() {
        assert_eq!(sum_of(7, &of_cv(20.0, 0.0), 0.01), 140.0);
        assert_eq!(sum_of(7, &of_cv(0.0, 0.8), 0.01), 0.0);
    }

    /// Mean, standard deviation and skewness by the midpoint rule over z, whose weights are those of the normal
    /// density; from −12 to 12 in steps of 1/200 it is good to 1e-9 for anything as smooth as this.
    fn moments(sum: impl Fn(f64) -> f64) -> [f64; 3] {
        let nodes = || (-2_400..2_400).map(|step| (f64::from(step) + 0.5) / 200.0);
        let weight = |z: f64| (-0.5 * z * z).exp();
        let total: f64 = nodes().map(weight).sum();
        let integral = |f: &dyn Fn(f64) -> f64| nodes().map(|z| weight(z) * f(z)).sum::<f64>() / total;
        let value = |z: f64| sum(crate::random::normal_share(z).clamp(1e-300, 1.0 - f64::EPSILON / 2.0));
        let mean = integral(&value);
        let moment = |power| integral(&|z| (value(z) - mean).powi(power));
        let sd = moment(2).sqrt();
        [mean, sd, moment(3) / sd.powi(3)]
    }

    #[test]
    fn a_sum_has_the_mean_variance_and_skewness_of_its_parts() {
        for (cv, count) in [(0.3, 1), (0.3, 100), (0.8, 2), (0.8, 66), (0.8, 100_000), (1.8, 4_096)] {
            let n = count as f64;
            let value = of_cv(50.0, cv);
            let [mean, sd, skew] = moments(|u| sum_of(count, &value, u));
            assert!((mean / (n * 50.0) - 1.0).abs() < 1e-6, "mean of {count} with cv {cv}: {mean}");
            assert!((sd / (50.0 * cv * n.sqrt()) - 1.0).abs() < 1e-4, "sd of {count} with cv {cv}: {sd}");
            let exact = skewness(cv) / n.sqrt();
            assert!((skew - exact).abs() < 1e-3 * exact.max(1.0), "skewness of {count} with cv {cv}: {skew}, {exact}");
        }
    }

    #[test]
    fn a_sum_is_never_negative_and_rises_with_the_mean_and_with_luck() {
        for cv in [0.1, 0.8, 3.0, 100.0] {
            for count in [1, 2, 17, 1_000, u64::MAX] {
                let mut before = 0.0;
                for u in [1e-15, 1e-9, 0.001, 0.3, 0.5, 0.9, 0.999_999] {
                    let sums = [10.0, 10.000_001, 40.0].map(|mean| sum_of(count, &of_cv(mean, cv), u));
                    assert!(sums[0] >= before && sums.is_sorted(), "{count} of cv {cv} at {u}: {sums:?}");
                    before = sums[0];
                }
            }
        }
    }
}
