//! Counts of independent arrivals: the Poisson distribution by inversion.

use multiversion::multiversion;

use super::cornish_fisher::Expansion;
use super::double_double::Number;
use super::exact::{Distribution, SETTLED_UP_TO, settle};
use super::exponential::{exponential, exponentials};
use super::keys::DrawStream;
use super::lanes::{LANES, Lanes, uniforms_by_week};
use super::normal::{standard_normal, standard_normals};
use super::small_mean::{MEAN_LIMIT, ascend, ascend_side_by_side, surely_none};

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

/// What arrives in each of sixteen weeks from `first`: [`poisson`] of its mean and of number 0 of the week.
pub(crate) fn poissons_by_week(stream: DrawStream, first: u32, means: &Lanes) -> [u64; LANES] {
    let mut expected = 0;
    for &mean in means {
        expected += u32::from(mean > 0.0);
    }
    let mut counts = match expected {
        0 => return [0; LANES],
        1..FEWEST => [UNSURE; LANES],
        _ => by_widest(stream, first, means),
    };
    let mut gaps = false;
    for &count in &counts {
        gaps |= count == UNSURE;
    }
    if gaps {
        for (lane, count) in counts.iter_mut().enumerate().filter(|(_, count)| **count == UNSURE) {
            *count = poisson(means[lane], stream.uniform(first.wrapping_add(lane as u32), 0));
        }
    }
    counts
}

/// Of fewer means than this each is worked out by itself: lanes that stand idle cost as much as others.
const FEWEST: u32 = 5;

/// No count: one that takes a closer look.
const UNSURE: u64 = u64::MAX;

/// By the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn by_widest(stream: DrawStream, first: u32, means: &Lanes) -> [u64; LANES] {
    whole(&side_by_side(stream, first, means))
}

/// As whole numbers; [`UNSURE`] where it is not a number.
#[inline(always)]
fn whole(numbers: &Lanes) -> [u64; LANES] {
    // Added to this, a whole number below 2⁵² stands in the lowest bits: faster than a conversion.
    const START: f64 = (1_u64 << 52) as f64;
    let mut counts = [0; LANES];
    for (count, &number) in counts.iter_mut().zip(numbers) {
        let bits = (number + START).to_bits() ^ START.to_bits();
        *count = if number.is_nan() { UNSURE } else { bits };
    }
    counts
}

/// The counts as whole numbers; not a number where that takes a closer look.
#[inline(always)]
fn side_by_side(stream: DrawStream, first: u32, means: &Lanes) -> Lanes {
    let uniforms = uniforms_by_week(stream, first, 0);
    let (mut some_small, mut some_large) = (false, false);
    for &mean in means {
        some_small |= mean > 0.0 && mean < MEAN_LIMIT;
        some_large |= mean >= MEAN_LIMIT;
    }
    // Of nothing comes nothing: weeks beyond the plan's are no reason to look at small means.
    let mut counts = [0.0; LANES];
    if some_small {
        let mut small = *means;
        for mean in &mut small {
            *mean = if *mean < MEAN_LIMIT { *mean } else { 0.0 };
        }
        let mut targets = exponentials(&small);
        for (target, u) in targets.iter_mut().zip(&uniforms) {
            *target *= u;
        }
        let found = ascend_side_by_side::<8>(&targets, |lane, _| small[lane]);
        for (lane, count) in counts.iter_mut().enumerate() {
            *count = if means[lane] < MEAN_LIMIT { found[lane] } else { *count };
        }
    }
    if some_large {
        let normals = standard_normals(&uniforms);
        for (lane, count) in counts.iter_mut().enumerate() {
            let (w, mean) = (normals[lane], means[lane]);
            let found = Expansion { w, mean, variance: mean, corrections: corrections(w) }.sure_number();
            let found = if mean > SETTLED_UP_TO { f64::NAN } else { found };
            *count = if mean >= MEAN_LIMIT { found } else { *count };
        }
    }
    counts
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
    use crate::random::StreamKey;

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

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn by_256_bits(stream: DrawStream, first: u32, means: &Lanes) -> [u64; LANES] {
        whole(&side_by_side(stream, first, means))
    }

    fn by_oldest(stream: DrawStream, first: u32, means: &Lanes) -> [u64; LANES] {
        whole(&side_by_side(stream, first, means))
    }

    #[test]
    fn weeks_side_by_side_have_the_counts_of_each_alone_on_every_instruction_set() {
        // Means from none to beyond what is settled, alike within a group and mixed.
        let sizes = [0.0, 1e-9, 0.3, 1.4, 1.6, 4.999, 5.0, 8.0, 60.0, 900.0, 1e5, 3e7];
        let mut closer_looks = 0;
        for draw in 0..2_000_u64 {
            let stream = StreamKey::new(1, 0, "channels.search", 3_u64).at(draw);
            let size = |lane: usize| if draw % 2 == 0 { draw / 2 } else { draw / 2 + lane as u64 };
            let means: Lanes = std::array::from_fn(|lane| {
                sizes[size(lane) as usize % sizes.len()] * (0.9 + 0.2 * stream.uniform(lane as u32, 1))
            });
            let alone = |lane: usize| poisson(means[lane], stream.uniform(7 + lane as u32, 0));
            assert_eq!(poissons_by_week(stream, 7, &means), std::array::from_fn(alone));
            for found in [by_widest, by_256_bits, by_oldest].map(|level| level(stream, 7, &means)) {
                for (lane, count) in found.into_iter().enumerate() {
                    assert!(count == UNSURE || count == alone(lane), "{count} of {}", means[lane]);
                    closer_looks += u32::from(count == UNSURE);
                }
            }
        }
        // About 1 in 12 is of a mean beyond 2e7, and 2 in 1,024 are near an end of a large mean.
        assert!(closer_looks < 96_000 / 9, "{closer_looks} of 96,000");
    }
}
