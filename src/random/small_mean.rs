//! Counts of a small mean: adding up from zero, a block of terms at a time.

use super::lanes::{LANES, Lanes};

/// From this mean on, the series of Cornish and Fisher is the faster way.
pub(super) const MEAN_LIMIT: f64 = 5.0;

/// More than a mean below the limit ever needs, at a multiple of the blocks.
const TERMS: usize = 96;

/// 1/k, which saves a division a term.
const RECIPROCALS: [f64; TERMS + 1] = {
    let mut table = [0.0; TERMS + 1];
    let mut k = 1;
    while k <= TERMS {
        table[k] = 1.0 / k as f64;
        k += 1;
    }
    table
};

/// Of a target, how far sums may err: each factor errs by at most 2 units in the last place, and they are carried by at
/// most some 60 terms.
const DOUBT: f64 = 2e-14;

/// Is the count 0 without a closer look? `P(0) ≥ 1 − mean`, for arrivals and for trials alike.
///
/// Asked for small means only: there it is mostly so, and the exponential is saved; elsewhere a branch that can't be
/// foreseen would cost more than it saves.
#[inline(always)]
pub(super) fn surely_none(mean: f64, u: f64) -> bool {
    mean < 0.6 && u + mean < 1.0 - 1e-15
}

/// `min{k : 1 + t₁ + … + t_k ≥ target}` with `t_k = t_{k−1}·rate(k)/k`, where the target is u/P(0).
///
/// `None` if a sum comes so close to the target that rounding could decide.
#[inline(always)]
pub(super) fn ascend(mean: f64, target: f64, rate: impl Fn(f64) -> f64) -> Option<u64> {
    // A block should nearly always be enough: a branch foreseen wrongly costs as much as some ten terms.
    if mean < 1.5 { ascend_by::<4>(target, rate) } else { ascend_by::<8>(target, rate) }
}

#[inline(always)]
fn ascend_by<const BLOCK: usize>(target: f64, rate: impl Fn(f64) -> f64) -> Option<u64> {
    let doubt = DOUBT * target;
    let mut term = 1.0;
    let mut sum = 0.0;
    for first in (0..TERMS).step_by(BLOCK) {
        let mut sums = [sum + term; BLOCK];
        for place in 1..BLOCK {
            let k = first + place;
            term *= rate(k as f64) * RECIPROCALS[k];
            sums[place] = sums[place - 1] + term;
        }
        sum = sums[BLOCK - 1];
        if sum > target - doubt {
            let passed: u64 = sums.iter().map(|&sum| u64::from(sum < target)).sum();
            let close = |sum: &f64| (sum - target).abs() <= doubt;
            let doubtful = sums.iter().fold(false, |any, sum| any | close(sum));
            return (!doubtful).then_some(first as u64 + passed);
        }
        let k = first + BLOCK;
        term *= rate(k as f64) * RECIPROCALS[k];
    }
    None
}

/// [`ascend`] of sixteen, by lane and k, so many terms at a time; not a number where that gives `None`.
#[inline(always)]
pub(super) fn ascend_side_by_side<const BLOCK: usize>(targets: &Lanes, rate: impl Fn(usize, f64) -> f64) -> Lanes {
    let mut terms = [1.0; LANES];
    let mut sums = [1.0; LANES];
    let mut counts = [0.0; LANES];
    for first in (0..TERMS).step_by(BLOCK) {
        for (k, reciprocal) in (first + 1..).zip(&RECIPROCALS[first + 1..=first + BLOCK]) {
            let k = k as f64;
            for lane in 0..LANES {
                let (sum, target) = (sums[lane], targets[lane]);
                let count = if sum < target { counts[lane] + 1.0 } else { counts[lane] };
                counts[lane] = if (sum - target).abs() <= DOUBT * target { f64::NAN } else { count };
                terms[lane] *= rate(lane, k) * reciprocal;
                sums[lane] = sum + terms[lane];
            }
        }
        let mut all_reached = true;
        for (sum, target) in sums.iter().zip(targets) {
            all_reached &= sum - target > DOUBT * target;
        }
        if all_reached {
            return counts;
        }
    }
    [f64::NAN; LANES]
}
