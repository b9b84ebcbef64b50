//! How many of a number of independent trials succeed: the binomial distribution by inversion.

use crate::transcendental::ln;
use crate::units::number;

use super::cornish_fisher::Expansion;
use super::double_double::Number;
use super::exact::{Distribution, SETTLED_UP_TO, settle};
use super::exponential::exponential;
use super::normal::standard_normal;
use super::small_mean::{MEAN_LIMIT, ascend, surely_none};

/// The binomial quantile of `u` in (0, 1): how many of `trials` succeed, each with chance `p` in 0..=1.
///
/// ```text
/// min{k : F(k) ≥ u}        F(k) = Σ C(n, j) pʲ(1 − p)ⁿ⁻ʲ,  j = 0 … k
/// ```
/// Exact for u from 1e-40 and n below 2⁵³ while the rarer of success and failure is expected at most 2e7 times: so
/// never falling in n, p or u. Beyond, the count may be off by one, or by 1e-9 standard deviations if that is more.
/// The time grows neither with n nor with p. For a p that is used more than once, [`Binomial`] gives the same faster.
///
/// Source: docs/model.md, Randomness; M. Giles, C. Beentjes, ACM TOMS 50 (2024), for the plan: a fast estimate with a
/// bound on its error, and exact work only where the bound reaches a step.
#[inline]
pub fn binomial(trials: u64, p: f64, u: f64) -> u64 {
    let chance = Chance::new(p);
    invert(trials, &chance, u, || log_of_common(chance.rare))
}

/// The binomial distributions of one chance of success, prepared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binomial {
    chance: Chance,
    log_of_common: f64,
}

impl Binomial {
    /// Prepares for chance `p` in 0..=1.
    #[inline]
    pub fn new(p: f64) -> Self {
        let chance = Chance::new(p);
        Self { chance, log_of_common: log_of_common(chance.rare) }
    }

    /// What [`binomial`] gives for so many trials and `u` in (0, 1).
    #[inline(never)]
    pub fn quantile(&self, trials: u64, u: f64) -> u64 {
        invert(trials, &self.chance, u, || self.log_of_common)
    }
}

/// A chance of success, and what follows from it alone.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Chance {
    p: f64,
    /// the chance of the rarer of success and failure, which is what gets counted
    rare: f64,
    /// rare : common
    odds: f64,
}

impl Chance {
    #[inline]
    fn new(p: f64) -> Self {
        debug_assert!((0.0..=1.0).contains(&p), "a chance of {p}");
        let rare = if p > 0.5 { 1.0 - p } else { p };
        Self { p, rare, odds: rare / (1.0 - rare) }
    }
}

/// ln(1 − rare) for rare ≤ ½, as good as `ln_1p` and faster.
#[inline]
fn log_of_common(rare: f64) -> f64 {
    let common = 1.0 - rare;
    // What the subtraction rounded off, to the first order.
    let lost = (1.0 - common) - rare;
    ln(common) + lost / common
}

#[inline(always)]
fn invert(trials: u64, chance: &Chance, u: f64, log_of_common: impl FnOnce() -> f64) -> u64 {
    let &Chance { p, rare, odds } = chance;
    debug_assert!(u > 0.0 && u < 1.0, "binomial({trials}, {p}, {u})");
    let failures = p > 0.5;
    let n = number(trials);
    let mean = n * rare;
    // Of failures, the count is min{k : F(k) > 1 − u}; whether ≥ or > only matters where ascend gives up.
    let tail = if failures { 1.0 - u } else { u };
    let counted = if surely_none(mean, tail) {
        Some(0)
    } else if mean < MEAN_LIMIT {
        ascend(mean, tail * exponential(-n * log_of_common()), |k| (n + 1.0 - k) * odds)
    } else {
        let w = standard_normal(u);
        let w = if failures { -w } else { w };
        let expansion = Expansion { w, mean, variance: mean * (1.0 - rare), corrections: corrections(w, rare) };
        if mean <= SETTLED_UP_TO { expansion.sure_count() } else { Some(expansion.likely_count().min(trials)) }
    };
    match counted {
        Some(count) if failures => trials - count,
        Some(count) => count,
        None => settle(&Trials { trials, p }, u),
    }
}

/// P₀ … P₃ of [`Expansion`].
#[inline(always)]
fn corrections(w: f64, rare: f64) -> [f64; 4] {
    let ww = w * w;
    let skew = 1.0 - 2.0 * rare;
    let v = rare * (1.0 - rare);
    let fifth = (36.0 * v + 468.0) * v - 207.0;
    let third = (1024.0 * v + 1612.0) * v - 548.0;
    let first = (-1732.0 * v - 5416.0) * v + 2684.0;
    [
        0.5 + skew * (ww - 1.0) * (1.0 / 6.0),
        -w * ((1.0 + 2.0 * v) * ww + (2.0 - 14.0 * v)) * (1.0 / 72.0),
        skew * (2.0 + v) * ((3.0 * ww + 7.0) * ww - 16.0) * (1.0 / 1620.0),
        w * ((fifth * ww + third) * ww + first) * (1.0 / 155_520.0),
    ]
}

struct Trials {
    trials: u64,
    p: f64,
}

impl Distribution for Trials {
    fn middle(&self) -> u64 {
        ((self.trials as f64 * self.p) as u64).min(self.trials)
    }

    fn last(&self) -> u64 {
        self.trials
    }

    fn step<N: Number>(&self, k: u64) -> (N, N) {
        let success = N::from(self.p);
        let failure = N::from(1.0) - success;
        (N::whole(self.trials - k + 1) * success, N::whole(k) * failure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_coins() {
        // F = 1/4, 3/4, 1: at a step itself the count is the lower one.
        let above = |u: f64| u + f64::EPSILON / 2.0;
        assert_eq!(binomial(2, 0.5, 0.25), 0);
        assert_eq!(binomial(2, 0.5, above(0.25)), 1);
        assert_eq!(binomial(2, 0.5, 0.75), 1);
        assert_eq!(binomial(2, 0.5, above(0.75)), 2);
    }

    #[test]
    fn a_frequent_success_counts_failures_and_keeps_the_sides_of_a_step() {
        // p = 3/4: F = 1/16, 7/16, 1.
        let beside = |u: f64| [u - f64::EPSILON / 16.0, u, u + f64::EPSILON / 4.0];
        let at = |u: f64| beside(u).map(|u| binomial(2, 0.75, u));
        assert_eq!(at(1.0 / 16.0), [0, 0, 1]);
        assert_eq!(at(7.0 / 16.0), [1, 1, 2]);
    }

    #[test]
    fn certain_cases_are_certain() {
        for u in [f64::EPSILON / 2.0, 0.5, 1.0 - f64::EPSILON / 2.0] {
            for trials in [0, 1, 17, 1_000_000, 1 << 60] {
                assert_eq!(binomial(trials, 0.0, u), 0);
                assert_eq!(binomial(trials, 1.0, u), trials);
            }
            assert_eq!(binomial(0, 0.3, u), 0);
        }
    }

    #[test]
    fn of_fair_coins_the_series_is_symmetric() {
        // x(w) and n + 1 − x(−w) are the same: P₀ = 1/2, P₂ = 0, and the others are odd.
        let (up, down) = (corrections(1.7, 0.5), corrections(-1.7, 0.5));
        assert_eq!([up[0], up[2]], [0.5, 0.0]);
        assert_eq!([up[1], up[3]], [-down[1], -down[3]]);
    }

    #[test]
    fn huge_numbers_of_trials_give_huge_counts() {
        let trials = 1_000_000_000_000_000;
        let count = binomial(trials, 0.2, 0.975) as f64;
        let deviations = (count - 2e14) / 1.6e14_f64.sqrt();
        assert!((deviations - 1.96).abs() < 1e-3, "{deviations}");
    }
}
