//! What can be told from the simulation's error: the one rule that sentences, chart titles, tables and JSON follow.
//!
//! **One difference.** A difference with a mean `d` and a standard error `s` (batch means: 32 batches, so Student's t
//! with 31 degrees of freedom) can be told from nothing where `|d| > t(0.975)·s`, its 95 % margin. Of two equal plans one
//! is named the better in at most 5 of 100 seeds.
//!
//! **The best of k.** Whoever names the best of many has looked at many differences, and the luckiest of k equal plans is
//! ahead by more than a margin of two. The best is named where it is ahead of every other by `t(1 − 0.05/k)·s`
//! (multiple comparisons with the best: Hsu 1984, with Bonferroni's inequality for the level). For every true order of the
//! plans, one that is not the only best is then named in at most 5 of 100 seeds, and those that can't be told from the
//! leading one (a subset selection: Gupta 1965) hold a truly best one in at least 95 of 100. For two plans this is the rule
//! of one difference.
//!
//! Where fewer than `FEWEST_DIFFERENT` draws differ at all, or with too few draws for an error, nothing can be told.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::engine::{BATCHES, Mean, Stats, T31, mean};

/// How often a claim may be wrong.
pub const FALSE_CLAIMS: f64 = 0.05;

/// Of fewer draws that differ the batch means are too few and too lumpy for Student's t.
const FEWEST_DIFFERENT: usize = 8;

/// A figure with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// its mean
    pub mean: f64,
    /// its standard error; none with too few draws
    pub error: Option<f64>,
}

impl Estimate {
    /// The mean of a figure.
    #[must_use]
    pub fn of(stats: &Stats) -> Self {
        Self { mean: stats.mean, error: stats.errors.map(|errors| errors.mean) }
    }

    /// The mean of a column, whose first draw is number `first`.
    #[must_use]
    pub fn of_column(column: &[f64], first: u64) -> Self {
        let Mean { mean, error, .. } = mean(column, first);
        Self { mean, error }
    }

    /// The same in other units.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self { mean: factor * self.mean, error: self.error.map(|error| factor.abs() * error) }
    }

    /// Without its error where it comes from fewer than `FEWEST_DIFFERENT` draws that are not 0.
    #[must_use]
    pub fn of_enough(self, differing: usize) -> Self {
        Self { error: self.error.filter(|_| differing >= FEWEST_DIFFERENT), ..self }
    }

    /// Half the length of its 95 % interval.
    #[must_use]
    pub fn margin(self) -> Option<f64> {
        self.error.map(|error| T31 * error)
    }

    /// Can it be told from nothing, with 95 % confidence?
    #[must_use]
    pub fn is_clear(self) -> bool {
        self.is_clear_among(2)
    }

    /// Can it be told from nothing, where it is that of the best of `candidates` to one of the others?
    #[must_use]
    pub fn is_clear_among(self, candidates: usize) -> bool {
        self.error.is_some_and(|error| self.mean.abs() > reach(candidates) * error)
    }
}

/// How many standard errors the best of `candidates` has to be ahead of every other: `t(1 − 0.05/k)`.
#[must_use]
pub fn reach(candidates: usize) -> f64 {
    if candidates <= 2 {
        return T31;
    }
    let level = 1.0 - FALSE_CLAIMS / candidates as f64;
    StudentsT::new(0.0, 1.0, (BATCHES - 1) as f64).map_or(f64::INFINITY, |student| student.inverse_cdf(level))
}

/// The result of a comparison: what can be said of a plan against another in an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// better on average, beyond the margin
    Better,
    /// worse on average, beyond the margin
    Worse,
    /// they differ, by less than the margin
    TooClose,
    /// they have the same figure in every draw
    Same,
    /// they differ, in too few draws for a margin
    TooFewDraws,
    /// no draw has the figure under both
    NoFigure,
}

impl Verdict {
    /// Of a mean that moves by `change`, for an outcome of which more is better, or less.
    #[must_use]
    pub fn of(change: Estimate, higher_is_better: bool) -> Self {
        match change {
            change if change.mean.is_nan() => Self::NoFigure,
            change if change.mean == 0.0 && change.error.is_none_or(|error| error == 0.0) => Self::Same,
            Estimate { error: None, .. } => Self::TooFewDraws,
            change if !change.is_clear() => Self::TooClose,
            change if (change.mean > 0.0) == higher_is_better => Self::Better,
            _ => Self::Worse,
        }
    }

    /// Whether it tells the two apart.
    #[must_use]
    pub fn is_clear(self) -> bool {
        matches!(self, Self::Better | Self::Worse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_candidates_are_judged_by_the_margin_of_95_percent_and_more_by_wider_ones() {
        assert_eq!([reach(1), reach(2)], [T31, T31]);
        // Student's t with 31 degrees of freedom: 0.995 at 2.744, 0.9995 at 3.633 (tables).
        assert!((reach(10) - 2.744).abs() < 5e-4, "{}", reach(10));
        assert!((reach(100) - 3.633).abs() < 5e-4, "{}", reach(100));
        assert!((reach(2) - StudentsT::new(0.0, 1.0, 31.0).unwrap().inverse_cdf(0.975)).abs() < 1e-9);
    }

    #[test]
    fn a_verdict_follows_margin_and_direction() {
        let of = |mean, error, higher| Verdict::of(Estimate { mean, error }, higher);
        assert_eq!(of(3.0, Some(1.0), true), Verdict::Better);
        assert_eq!(of(3.0, Some(1.0), false), Verdict::Worse);
        assert_eq!(of(-3.0, Some(1.0), false), Verdict::Better);
        assert_eq!(of(2.0, Some(1.0), true), Verdict::TooClose);
        assert_eq!(of(2.0, None, true), Verdict::TooFewDraws);
        assert_eq!(of(0.0, Some(0.0), true), Verdict::Same);
        assert_eq!(of(f64::NAN, None, true), Verdict::NoFigure);
        // A change that never varies has no error.
        assert_eq!(of(2.0, Some(0.0), true), Verdict::Better);
    }
}
