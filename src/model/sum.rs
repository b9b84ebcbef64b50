//! The sum of very many deal values, drawn at once.

use statrs::function::gamma::{gamma_lr, ln_gamma};

use crate::random::normal_quantile;

use super::deals::Lognormal;

/// The sum of `count` values at the quantile `u`: a Pearson III (shifted gamma) distribution with the sum's exact mean,
/// variance and skewness.
///
/// ```text
/// X lognormal of mean v and coefficient of variation c: skewness γ = c³ + 3c
/// sum of n: mean n·v, sd v·c·√n, skewness γ/√n;  gamma of shape 4n/γ²
/// ```
#[must_use]
pub(super) fn sum_of(count: u64, value: &Lognormal, u: f64) -> f64 {
    let n = count as f64;
    let cv = value.cv();
    if cv == 0.0 {
        return n * value.mean();
    }
    let skewness = (cv * cv * cv + 3.0 * cv) / n.sqrt();
    let shape = 4.0 / (skewness * skewness);
    let standard = (gamma_quantile(shape, u) - shape) / shape.sqrt();
    let sum = n * value.mean() + value.mean() * cv * n.sqrt() * standard;
    sum.max(0.0)
}

/// Quantile of the gamma distribution of scale 1: Wilson and Hilferty's cube (1931), mended by Newton's steps on the
/// distribution function.
fn gamma_quantile(shape: f64, u: f64) -> f64 {
    let nine = 9.0 * shape;
    let cube = shape * (1.0 - 1.0 / nine + normal_quantile(u) / nine.sqrt()).powi(3);
    let small = ((u.ln() + ln_gamma(shape + 1.0)) / shape).exp();
    let mut x = if shape > 1.0 && cube > 0.0 { cube } else { small.min(shape) };
    for _ in 0..20 {
        // Of a shape near zero, most quantiles are smaller than any number but zero.
        if x <= 0.0 {
            return 0.0;
        }
        let density = ((shape - 1.0) * x.ln() - x - ln_gamma(shape)).exp();
        let step = (gamma_lr(shape, x) - u) / density;
        if !step.is_finite() {
            break;
        }
        // Never past zero, nor further than doubling: then the next step has the right slope.
        let next = (x - step).clamp(0.5 * x, 2.0 * x);
        let moved = (next - x).abs();
        x = next;
        if moved <= 1e-12 * x {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_values_of_a_very_wide_spread_have_a_sum() {
        // Of shape 4/γ² ≈ 1e-7 nearly every quantile of the gamma distribution is zero, to any number of digits: the sum
        // is then its least, n·v·(1 − 2/(c² + 3)).
        assert_eq!(gamma_quantile(1e-7, 0.5), 0.0);
        let value = Lognormal::new(10.0, crate::model::deals::log_sd(18.0));
        let least = 20.0 * (1.0 - 2.0 / (18.0 * 18.0 + 3.0));
        assert!((sum_of(2, &value, 0.5) / least - 1.0).abs() < 1e-9);
    }

    #[test]
    fn gamma_quantiles_of_shape_1_are_those_of_the_exponential() {
        for u in [1e-9, 0.01, 0.3, 0.5, 0.9, 0.9999] {
            let exact = -f64::ln_1p(-u);
            assert!((gamma_quantile(1.0, u) / exact - 1.0).abs() < 1e-9, "u = {u}");
        }
        // The median of a gamma of large shape is shape − 1/3 + 8/(405·shape) (Choi 1994).
        let median = gamma_quantile(5_000.0, 0.5);
        assert!((median - (5_000.0 - 1.0 / 3.0 + 8.0 / (405.0 * 5_000.0))).abs() < 1e-6);
    }

    #[test]
    fn a_sum_has_the_mean_variance_and_skewness_of_its_parts() {
        let value = Lognormal::new(50.0, (1.0_f64 + 0.8 * 0.8).ln().sqrt());
        let (count, steps) = (400, 20_000);
        let draws: Vec<f64> =
            (0..steps).map(|i| sum_of(count, &value, (f64::from(i) + 0.5) / f64::from(steps))).collect();
        let n = f64::from(steps);
        let mean = draws.iter().sum::<f64>() / n;
        let moment = |power| draws.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
        let sd = moment(2).sqrt();
        // By the midpoint rule over 20,000 quantiles; what it misses of the tails is below these bounds.
        assert!((mean / (400.0 * 50.0) - 1.0).abs() < 1e-5);
        assert!((sd / (50.0 * 0.8 * 20.0) - 1.0).abs() < 1e-3);
        let skewness = (0.8_f64.powi(3) + 3.0 * 0.8) / 20.0;
        assert!((moment(3) / sd.powi(3) / skewness - 1.0).abs() < 0.02);
    }
}
