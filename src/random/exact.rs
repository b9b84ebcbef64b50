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
    let (lowest, highest) = ends::<N>(distribution, u);
    let middle = distribution.middle();
    let count = (highest.k - lowest.k + 1) as usize;
    // The small ones first, so that a tail keeps its digits.
    let sum = |weights: &mut dyn Iterator<Item = Weight<N>>| weights.fold(N::from(0.0), |sum, own| sum + own.weight);
    let below = sum(&mut lowest.rising(distribution).take((middle - lowest.k) as usize));
    let above = sum(&mut highest.falling(distribution).take((highest.k - middle + 1) as usize));
    let total = below + above;

    // From the end that is nearer: F(k) ≥ u from below, 1 − F(k) ≤ 1 − u from above. What cannot be told apart is
    // taken as equal: in 106 bits that is a u which is a step, such as 1/4 for two coins.
    let share = if u < 0.5 { N::from(u) } else { N::from(1.0) - N::from(u) };
    let target = total * share;
    let doubt = 8.0 * count as f64 * N::EPSILON * target.nearest();
    let Reached { k, before, after } = if u < 0.5 {
        let enough = target - N::from(doubt);
        accumulate(lowest.rising(distribution).take(count), |sum| sum >= enough)
    } else {
        let enough = target + N::from(doubt);
        accumulate(highest.falling(distribution).take(count), |sum| sum > enough)
    };
    let distance = |sum: N| (sum - target).nearest().abs();
    if distance(before).min(distance(after)) > doubt { Ok(k) } else { Err(k) }
}

/// Where a running sum is enough, and the sum before and after that value.
struct Reached<N> {
    k: u64,
    before: N,
    after: N,
}

/// The value at which the running sum is first `enough`, or the last one.
fn accumulate<N: Number>(weights: impl Iterator<Item = Weight<N>>, enough: impl Fn(N) -> bool) -> Reached<N> {
    let zero = N::from(0.0);
    let mut reached = Reached { k: 0, before: zero, after: zero };
    for Weight { k, weight } in weights {
        reached = Reached { k, before: reached.after, after: reached.after + weight };
        if enough(reached.after) {
            break;
        }
    }
    reached
}

/// A value and its probability, that of the middle one as 1.
#[derive(Clone, Copy)]
struct Weight<N> {
    k: u64,
    weight: N,
}

impl<N: Number> Weight<N> {
    /// The next higher value.
    fn up(self, distribution: &impl Distribution) -> Self {
        let k = self.k + 1;
        let (up, down) = distribution.step::<N>(k);
        Self { k, weight: self.weight * (up / down) }
    }

    /// The next lower value.
    fn down(self, distribution: &impl Distribution) -> Self {
        let (up, down) = distribution.step::<N>(self.k);
        Self { k: self.k - 1, weight: self.weight * (down / up) }
    }

    /// This value and those above it.
    fn rising(self, distribution: &impl Distribution) -> impl Iterator<Item = Self> {
        let last = distribution.last();
        std::iter::successors(Some(self), move |own| (own.k < last).then(|| own.up(distribution)))
    }

    /// This value and those below it.
    fn falling(self, distribution: &impl Distribution) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), move |own| (own.k > 0).then(|| own.down(distribution)))
    }
}

/// The least weight from which the way back keeps its digits.
const LEAST: f64 = 1e-290;

/// The lowest and the highest value that matter.
fn ends<N: Number>(distribution: &impl Distribution, u: f64) -> (Weight<N>, Weight<N>) {
    // What is left out must not show beside the tail that u lies in.
    let negligible = u.min(1.0 - u) * N::EPSILON * 1e-3;
    let middle = Weight { k: distribution.middle(), weight: N::from(1.0) };
    let (mut lowest, mut highest) = (middle, middle);
    while lowest.k > 0 && lowest.weight.nearest() > negligible {
        let next = lowest.down(distribution);
        if next.weight.nearest() < LEAST {
            break;
        }
        lowest = next;
    }
    while highest.k < distribution.last() && highest.weight.nearest() > negligible {
        let next = highest.up(distribution);
        if next.weight.nearest() < LEAST {
            break;
        }
        highest = next;
    }
    (lowest, highest)
}
