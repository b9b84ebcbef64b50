//! How many of a number of independent trials succeed: the binomial distribution by inversion.

use crate::transcendental::ln;
use crate::units::number;

use super::cornish_fisher::Expansion;
use super::double_double::Number;
use super::exact::{Distribution, SETTLED_UP_TO, settle};
use super::exponential::{exponential, exponentials};
use super::lanes::{LANES, Lanes, fill_gaps};
use super::normal::{standard_normal, standard_normals};
use super::small_mean::{MEAN_LIMIT, ascend, ascend_side_by_side, surely_none};

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

/// The binomial distributions of sixteen chances of success, prepared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Binomials {
    p: Lanes,
    rare: Lanes,
    odds: Lanes,
    log_of_common: Lanes,
}

impl Binomials {
    /// Everything succeeds.
    pub(crate) fn certain() -> Self {
        Self { p: [1.0; LANES], ..Self::default() }
    }

    /// The distribution of a lane; before it is set, nothing succeeds.
    pub(crate) fn set(&mut self, lane: usize, one: &Binomial) {
        let Binomial { chance: Chance { p, rare, odds }, log_of_common } = *one;
        (self.p[lane], self.rare[lane], self.odds[lane], self.log_of_common[lane]) = (p, rare, odds, log_of_common);
    }

    /// What [`Binomial::quantile`] gives for so many trials and `u` in (0, 1), lane by lane.
    #[inline(always)]
    pub(crate) fn quantiles(&self, trials: &Lanes, uniforms: &Lanes) -> Lanes {
        let mut counts = self.side_by_side(trials, uniforms);
        fill_gaps(&mut counts, |lane| number(binomial(trials[lane] as u64, self.p[lane], uniforms[lane])));
        counts
    }

    /// The counts; not a number where that takes a closer look.
    #[inline(always)]
    fn side_by_side(&self, trials: &Lanes, uniforms: &Lanes) -> Lanes {
        let (mut means, mut tails, mut small) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        let (mut some_small, mut some_large) = (false, false);
        for lane in 0..LANES {
            let (mean, u) = (trials[lane] * self.rare[lane], uniforms[lane]);
            let tail = if self.p[lane] > 0.5 { 1.0 - u } else { u };
            let is_small = !surely_none(mean, tail) & (mean < MEAN_LIMIT);
            some_small |= is_small;
            some_large |= mean >= MEAN_LIMIT;
            (means[lane], tails[lane]) = (mean, tail);
            small[lane] = if is_small { trials[lane] } else { 0.0 };
        }
        let mut counts = [0.0; LANES];
        if some_small {
            let mut exponents = [0.0; LANES];
            for lane in 0..LANES {
                exponents[lane] = -small[lane] * self.log_of_common[lane];
            }
            let mut targets = exponentials(&exponents);
            for lane in 0..LANES {
                // One that has none, or is large, has reached this as it begins.
                targets[lane] = if small[lane] > 0.0 { targets[lane] * tails[lane] } else { 0.0 };
            }
            counts = ascend_side_by_side::<4>(&targets, |lane, k| (trials[lane] + 1.0 - k) * self.odds[lane]);
        }
        if some_large {
            let normals = standard_normals(uniforms);
            for lane in 0..LANES {
                let (mean, rare) = (means[lane], self.rare[lane]);
                let w = if self.p[lane] > 0.5 { -normals[lane] } else { normals[lane] };
                let variance = mean * (1.0 - rare);
                let found = Expansion { w, mean, variance, corrections: corrections(w, rare) }.sure_number();
                let found = if mean > SETTLED_UP_TO { f64::NAN } else { found };
                counts[lane] = if mean >= MEAN_LIMIT { found } else { counts[lane] };
            }
        }
        let mut succeed = [0.0; LANES];
        for lane in 0..LANES {
            let others = trials[lane] - counts[lane];
            succeed[lane] = if self.p[lane] > 0.5 { others } else { counts[lane] };
        }
        succeed
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
    use multiversion::multiversion;

    use super::*;
    use crate::random::{StreamKey, uniforms_by_draw};

    #[multiversion(targets(
        "x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl",
        "x86_64+avx2+bmi1+bmi2",
    ))]
    fn by_widest(chances: &Binomials, trials: &Lanes, uniforms: &Lanes) -> Lanes {
        chances.side_by_side(trials, uniforms)
    }

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn by_256_bits(chances: &Binomials, trials: &Lanes, uniforms: &Lanes) -> Lanes {
        chances.side_by_side(trials, uniforms)
    }

    #[test]
    fn counts_side_by_side_are_those_of_each_alone_on_every_instruction_set() {
        // From nothing to beyond what is settled, of rare and frequent successes; alike within a group and mixed.
        let sizes = [0, 1, 2, 3, 9, 24, 70, 400, 5_000, 1_000_000, 1_u64 << 40];
        let shares = [0.0, 1e-9, 0.01, 0.07, 0.3, 0.5, 0.8, 0.999, 1.0];
        let mut closer_looks = 0;
        for draw in 0..4_000_u64 {
            let of = |lane: usize, count: usize| {
                (if draw % 2 == 0 { draw / 2 } else { draw + lane as u64 }) as usize % count
            };
            let trials: [u64; LANES] = std::array::from_fn(|lane| sizes[of(lane, sizes.len())]);
            let one_by_one: [Binomial; LANES] =
                std::array::from_fn(|lane| Binomial::new(shares[of(lane, shares.len())]));
            let mut chances = Binomials::default();
            for (lane, one) in one_by_one.iter().enumerate() {
                chances.set(lane, one);
            }
            let streams = std::array::from_fn(|lane| StreamKey::new(lane as u64, 0, "sales", 5_u64).at(draw));
            let (numbers, uniforms) = (trials.map(number), uniforms_by_draw(&streams, 3, 1));
            let alone = |lane: usize| number(one_by_one[lane].quantile(trials[lane], uniforms[lane]));
            assert_eq!(chances.quantiles(&numbers, &uniforms), std::array::from_fn(alone));
            for found in
                [by_widest, by_256_bits, Binomials::side_by_side].map(|level| level(&chances, &numbers, &uniforms))
            {
                for (lane, count) in found.into_iter().enumerate() {
                    assert!(
                        count.is_nan() || count == alone(lane),
                        "{count} of {} {:?}",
                        trials[lane],
                        one_by_one[lane]
                    );
                    closer_looks += u32::from(count.is_nan());
                }
            }
        }
        // About 1 in 18 is of a mean beyond 2e7, and 2 in 1,024 are near an end of a large mean.
        assert!(closer_looks < 192_000 / 12, "{closer_looks} of 192,000");
    }

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
