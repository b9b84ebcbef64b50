//! Counts of independent arrivals: the Poisson distribution by inversion.

use super::cornish_fisher::Expansion;
use super::double_double::Number;
use super::exact::{Distribution, SETTLED_UP_TO, settle};
use super::exponential::exponential;
use super::normal::standard_normal;
use super::small_mean::{MEAN_LIMIT, ascend, surely_none};

/// The Poisson quantile of `u` in (0, 1): how many arrive where `mean` (≥ 0) are expected.
///
/// ```text
/// min{k : F(k) ≥ u}        F(k) = e^(−mean) Σ meanʲ/j!,  j = 0 … k
/// ```
/// Exact for means up to 2e7 and u from 1e-40, so never falling in either. Beyond, the count may be off by one, or
/// by 1e-9 standard deviations if that is more. The time does not grow with the mean.
///
/// Source: docs/model.md, Randomness; M. Giles, Algorithm 955, ACM TOMS 42 (2016), for the plan: a fast estimate with
/// a bound on its error, and exact work only where the bound reaches a step.
#[inline]
pub fn poisson(mean: f64, u: f64) -> u64 {
    debug_assert!(mean >= 0.0 && u > 0.0 && u < 1.0, "poisson({mean}, {u})");
    if surely_none(mean, u) {
        return 0;
    }
    if mean < MEAN_LIMIT {
        return ascend(mean, u * exponential(mean), |_| mean).unwrap_or_else(|| settle(&Arrivals { mean }, u));
    }
    let w = standard_normal(u);
    let expansion = Expansion { w, mean, variance: mean, corrections: corrections(w) };
    if mean > SETTLED_UP_TO {
        return expansion.likely_count();
    }
    expansion.sure_count().unwrap_or_else(|| settle(&Arrivals { mean }, u))
}

/// P₀ … P₃ of [`Expansion`].
#[inline(always)]
fn corrections(w: f64) -> [f64; 4] {
    let ww = w * w;
    [
        (2.0 + ww) * (1.0 / 6.0),
        -w * (2.0 + ww) * (1.0 / 72.0),
        ((3.0 * ww + 7.0) * ww - 16.0) * (1.0 / 810.0),
        w * ((-207.0 * ww - 548.0) * ww + 2684.0) * (1.0 / 155_520.0),
    ]
}

struct Arrivals {
    mean: f64,
}

impl Distribution for Arrivals {
    fn middle(&self) -> u64 {
        self.mean as u64
    }

    fn last(&self) -> u64 {
        u64::MAX
    }

    fn step<N: Number>(&self, k: u64) -> (N, N) {
        (N::from(self.mean), N::whole(k))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_ln_2_is_none_half_of_the_time() {
        // F(0) = 1/2, F(1) = (1 + ln 2)/2 = 0.84657…
        let mean = std::f64::consts::LN_2;
        assert_eq!(poisson(mean, 0.499_999), 0);
        assert_eq!(poisson(mean, 0.500_001), 1);
        assert_eq!(poisson(mean, 0.846_57), 1);
        assert_eq!(poisson(mean, 0.846_58), 2);
    }

    #[test]
    fn the_median_of_a_whole_mean_is_the_mean() {
        // F(n − 1) < 1/2 < F(n), a theorem of Ramanujan's.
        for mean in [1.0, 7.0, 8.0, 9.0, 100.0, 12_345.0, 1e7] {
            assert_eq!(poisson(mean, 0.5), mean as u64);
        }
    }

    #[test]
    fn the_median_of_the_series_is_a_third_above_the_mean() {
        // mean + 1/3 − 8/(405 mean) + …, as of the gamma distribution (Choi, Proceedings of the AMS 121, 1994).
        let [p0, p1, p2, p3] = corrections(0.0);
        assert!((p0 - 1.0 / 3.0).abs() < 1e-15 && (p2 + 8.0 / 405.0).abs() < 1e-15);
        assert_eq!([p1, p3], [0.0, 0.0]);
    }

    #[test]
    fn next_to_nothing_gives_nothing_but_once_in_a_long_while() {
        let highest = 1.0 - f64::EPSILON / 2.0;
        assert_eq!(poisson(0.0, highest), 0);
        assert_eq!(poisson(1e-300, highest), 0);
        // F(0) = 1 − 1.2e-16 < highest = 1 − 1.1e-16
        assert_eq!(poisson(1.2e-16, highest), 1);
        assert_eq!(poisson(1e-16, highest), 0);
    }

    #[test]
    fn huge_means_give_huge_counts() {
        for mean in [1e10, 1e12, 1e15] {
            let deviations = (poisson(mean, 0.975) as f64 - mean) / mean.sqrt();
            assert!((deviations - 1.96).abs() < 1e-3, "{deviations}");
        }
    }
}
