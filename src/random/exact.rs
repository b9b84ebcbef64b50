//! Exact inversion: by adding up a distribution's probabilities, in more digits where they are needed.

use super::double_double::{DoubleDouble, Number};

/// Up to this mean a uniform next to a step is settled; above, adding up would take too long for the little it changes.
pub(super) const SETTLED_UP_TO: f64 = 2e7;

/// A distribution on 0, 1, 2, … given by how each probability follows from the one before.
pub(super) trait Distribution {
    /// A place where the probability is near its highest.
    fn middle(&self) -> u64;

    /// The largest possible value.
    fn last(&self) -> u64;

    /// Numerator and denominator of `P(k)/P(k − 1)`, for k ≥ 1.
    fn step<N: Number>(&self, k: u64) -> (N, N);
}

/// `min{k : F(k) ≥ u}`, in a time that grows with the standard deviation.
///
/// No exponential and no gamma function: the probabilities relative to the middle one are added up, and so is their
/// total. In f64 that is good to some 1e-13; a u that comes so close to a step is looked at again in 106 bits.
#[cold]
#[inline(never)]
pub(super) fn settle(distribution: &impl Distribution, u: f64) -> u64 {
    search::<f64>(distribution, u)
        .or_else(|_| search::<DoubleDouble>(distribution, u))
        .unwrap_or_else(|nearest| nearest)
}

/// `Err` holds the value found where the sums cannot tell it from its neighbor.
fn search<N: Number>(distribution: &impl Distribution, u: f64) -> Result<u64, u64> {
    let (lowest, weights) = weights::<N>(distribution, u);
    let middle = (distribution.middle() - lowest) as usize;
    // The small ones first, so that a tail keeps its digits.
    let zero = N::from(0.0);
    let below = weights[..middle].iter().fold(zero, |sum, &w| sum + w);
    let above = weights[middle..].iter().rev().fold(zero, |sum, &w| sum + w);
    let total = below + above;

    // From the end that is nearer: F(k) ≥ u from below, 1 − F(k) ≤ 1 − u from above. What cannot be told apart is
    // taken as equal: in 106 bits that is a u which is a step, such as 1/4 for two coins.
    let share = if u < 0.5 { N::from(u) } else { N::from(1.0) - N::from(u) };
    let target = total * share;
    let doubt = 4.0 * weights.len() as f64 * N::EPSILON * target.nearest();
    let (place, before, after) = if u < 0.5 {
        let enough = target - N::from(doubt);
        accumulate(weights.iter().copied(), |sum| sum >= enough)
    } else {
        let enough = target + N::from(doubt);
        let (place, before, after) = accumulate(weights.iter().rev().copied(), |sum| sum > enough);
        (weights.len() - 1 - place, before, after)
    };
    let k = lowest + place as u64;
    let distance = |sum: N| (sum - target).nearest().abs();
    if distance(before).min(distance(after)) > doubt { Ok(k) } else { Err(k) }
}

/// The place at which the running sum is first `enough` (or the last one), and the sums before and after it.
fn accumulate<N: Number>(weights: impl ExactSizeIterator<Item = N>, enough: impl Fn(N) -> bool) -> (usize, N, N) {
    let end = weights.len() - 1;
    let mut before = N::from(0.0);
    for (place, weight) in weights.enumerate() {
        let after = before + weight;
        if enough(after) || place == end {
            return (place, before, after);
        }
        before = after;
    }
    unreachable!("a distribution has at least one value")
}

/// The lowest value that matters, and the probabilities from there on, the middle one as 1.
fn weights<N: Number>(distribution: &impl Distribution, u: f64) -> (u64, Vec<N>) {
    // What is left out must not show beside the tail that u lies in.
    let negligible = (u.min(1.0 - u) * N::EPSILON * 1e-3).max(1e-290);
    let middle = distribution.middle();
    let mut weights = vec![N::from(1.0)];
    let mut weight = N::from(1.0);
    let mut lowest = middle;
    while lowest > 0 && weight.nearest() > negligible {
        let (up, down) = distribution.step::<N>(lowest);
        weight = weight * (down / up);
        weights.push(weight);
        lowest -= 1;
    }
    weights.reverse();
    weight = N::from(1.0);
    let mut highest = middle;
    while highest < distribution.last() && weight.nearest() > negligible {
        highest += 1;
        let (up, down) = distribution.step::<N>(highest);
        weight = weight * (up / down);
        weights.push(weight);
    }
    (lowest, weights)
}
