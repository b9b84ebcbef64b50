//! The best of several candidates, as far as that can be told: the rule of [`judgement`](super::judgement) for many.

use rayon::prelude::*;

use super::judgement::Estimate;
use super::paired::{Paired, differences};

/// How far one candidate is ahead of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lead {
    /// the mean by which it is ahead; below 0 it is behind
    pub by: Estimate,
    /// whether the two are the same in every draw
    pub same: bool,
}

impl Lead {
    /// Of the first of two plans, by its paired differences from the second.
    #[must_use]
    pub fn of(paired: &Paired) -> Self {
        Self { by: paired.ahead(), same: paired.is_the_same() }
    }

    /// How much likelier the first of two plans is to meet a target, from the draws in which each does (1) and does not (0);
    /// the first draw is number `first`.
    #[must_use]
    pub fn in_chance(plan: &[f64], base: &[f64], first: u64) -> Self {
        let differences = differences(base, plan);
        let differing = differences.iter().filter(|&&d| d != 0.0).count();
        let by = Estimate::of_column(&differences, first);
        Self { by: by.of_enough(differing), same: differing == 0 }
    }

    /// Is it ahead beyond the simulation's error, as the best of `candidates`?
    #[must_use]
    pub fn is_clear_among(self, candidates: usize) -> bool {
        self.by.mean > 0.0 && self.by.is_clear_among(candidates)
    }
}

/// Multiple comparisons with the best: which of several is best, as far as that can be told.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// the one with the best mean; of equals the first
    pub leading: usize,
    /// those that can't be told from it, and itself, in their order; a best one is among them in 95 of 100 seeds
    pub alike: Vec<usize>,
    /// whether all have the same figure in every draw
    pub all_same: bool,
}

impl Ranking {
    /// Ranks candidates by their `means`, which are better where they are higher. `lead` says how far the first candidate
    /// is ahead of the second. Those without a mean are left out; without any there is nothing to rank.
    #[must_use]
    pub fn of(means: &[f64], lead: impl Fn(usize, usize) -> Option<Lead> + Sync) -> Option<Self> {
        let ranked: Vec<usize> = (0..means.len()).filter(|&at| means[at].is_finite()).collect();
        let leading = *ranked.iter().rev().max_by(|a, b| means[**a].total_cmp(&means[**b]))?;
        let beside: Vec<(usize, Option<Lead>)> =
            ranked.par_iter().filter(|&&at| at != leading).map(|&at| (at, lead(leading, at))).collect();
        let is_behind = |lead: &Option<Lead>| lead.is_some_and(|lead| lead.is_clear_among(ranked.len()));
        let is_same = |(_, lead): &(usize, Option<Lead>)| lead.is_some_and(|lead| lead.same);
        let mut alike: Vec<usize> =
            beside.iter().filter(|(_, lead)| !is_behind(lead)).map(|&(at, _)| at).chain([leading]).collect();
        alike.sort_unstable();
        Some(Self { leading, alike, all_same: beside.iter().all(is_same) })
    }

    /// The best, where it can be told from every other.
    #[must_use]
    pub fn best(&self) -> Option<usize> {
        (self.alike.len() == 1).then_some(self.leading)
    }
}
