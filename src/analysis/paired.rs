//! One plan against another, quarter by quarter under the same luck.
//!
//! Implements "Paired differences" of section 10 of docs/model.md.

use crate::engine::{Chance, Draws, RatioSums, Stats, mean, summarize_outcome};
use crate::model::outcomes::OutcomeId;
use crate::transcendental::powi;

use super::judgement::{Estimate, Verdict};

/// Paired differences: a figure of a plan less the same figure of another, in the same quarters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// what the figure is
    pub outcome: OutcomeId,
    /// the difference, over the draws in which both plans have the figure
    pub difference: Stats,
    /// of a ratio, the difference of the ratios of the means over all draws
    pub of_ratios: Option<Estimate>,
    /// how likely the plan is better than the other
    pub better: Chance,
    /// and how likely it is worse; in the draws that remain the two are the same, or one of them lacks the figure
    pub worse: Chance,
    /// share of draws in which the two are the same
    pub same: f64,
    /// draws in which the two differ
    pub differing: usize,
    /// how many times less the difference varies than between independent draws: `(Var A + Var B)/Var(A − B)`;
    /// none where the difference never varies
    pub variance_reduction: Option<f64>,
}

impl Paired {
    /// Of an outcome of two plans, in the same draws; none where it was not asked for.
    #[must_use]
    pub fn between(outcome: OutcomeId, base: &Draws, plan: &Draws) -> Option<Self> {
        let paired = Self::of(outcome, base.column(outcome)?, plan.column(outcome)?, base.range.start);
        Some(paired.with_ratios(base.ratio(outcome), plan.ratio(outcome)))
    }

    /// The same with the difference of the ratios of the means, where the outcome is a ratio.
    #[must_use]
    pub fn with_ratios(mut self, base: Option<&RatioSums>, plan: Option<&RatioSums>) -> Self {
        if let (Some(base), Some(plan)) = (base, plan) {
            let (mean, error) = plan.less(base).unwrap_or((f64::NAN, None));
            self.of_ratios = Some(Estimate { mean, error });
        }
        self
    }

    /// Of two columns of one outcome, draw by draw; the first draw is number `first`.
    #[must_use]
    pub fn of(outcome: OutcomeId, base: &[f64], plan: &[f64], first: u64) -> Self {
        let sign = if outcome.outcome().is_cost() { -1.0 } else { 1.0 };
        let differences = differences(base, plan);
        let same = differences.iter().filter(|&&d| d == 0.0).count();
        let of_both = |column: &[f64]| {
            let kept: Vec<f64> =
                column.iter().zip(&differences).map(|(&value, d)| if d.is_nan() { f64::NAN } else { value }).collect();
            powi(mean(&kept, first).sd, 2)
        };
        let difference = summarize_outcome(outcome, &differences, first);
        // What rounding leaves is no variation.
        let varies = difference.sd > 1e-9 * difference.mean.abs();
        Self {
            outcome,
            differing: differences.iter().filter(|&&d| d != 0.0 && !d.is_nan()).count(),
            better: Chance::of(&differences, first, |d| sign * d > 0.0),
            worse: Chance::of(&differences, first, |d| sign * d < 0.0),
            same: same as f64 / differences.len().max(1) as f64,
            variance_reduction: varies.then(|| (of_both(base) + of_both(plan)) / powi(difference.sd, 2)),
            of_ratios: None,
            difference,
        }
    }

    /// How far the figure moves, with its standard error: the mean difference, of a ratio the difference of the ratios of
    /// the means.
    #[must_use]
    pub fn change(&self) -> Estimate {
        self.of_ratios.unwrap_or_else(|| Estimate::of(&self.difference))
    }

    /// How far the plan is ahead of the other: its change where more is better, else the opposite.
    #[must_use]
    pub fn ahead(&self) -> Estimate {
        let sign = if self.outcome.outcome().is_cost() { -1.0 } else { 1.0 };
        self.change().scaled(sign).of_enough(self.differing)
    }

    /// What can be said of the plan against the other.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            _ if self.change().mean.is_nan() => Verdict::NoFigure,
            _ if self.is_the_same() => Verdict::Same,
            _ if self.change().error.is_none() => Verdict::TooFewDraws,
            _ => match self.ahead() {
                Estimate { error: None, .. } => Verdict::TooClose,
                ahead => Verdict::of(ahead, true),
            },
        }
    }

    /// Whether the two plans are the same in every draw.
    #[must_use]
    pub fn is_the_same(&self) -> bool {
        let alike = self.of_ratios.is_none_or(|change| change.mean == 0.0);
        alike && self.difference.defined > 0.0 && self.same == self.difference.defined
    }
}

/// What each draw of a plan has more than that of another; what rounding leaves of two equal sums is no difference.
#[must_use]
pub fn differences(base: &[f64], plan: &[f64]) -> Vec<f64> {
    let difference = |(base, plan): (&f64, &f64)| {
        let difference = plan - base;
        if difference.abs() <= 1e-12 * (plan.abs() + base.abs()) { 0.0 } else { difference }
    };
    base.iter().zip(plan).map(difference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(key: &str) -> OutcomeId {
        OutcomeId::named(key).expect("an outcome")
    }

    #[test]
    fn better_worse_and_same_are_told_apart() {
        let base = [1.0, 2.0, 3.0, f64::NAN];
        let plan = [2.0, 2.0, 1.0, 4.0];
        let revenue = Paired::of(outcome("revenue"), &base, &plan, 0);
        let shares = |paired: Paired| {
            let (better, worse) = (paired.better.probability, paired.worse.probability);
            (better, worse, paired.same, paired.difference.defined)
        };
        assert_eq!(shares(revenue), (0.25, 0.25, 0.25, 0.75));
        let cost = Paired::of(outcome("cac"), &base, &[2.0, 1.0, 1.0, 4.0], 0);
        assert_eq!(shares(cost), (0.5, 0.25, 0.0, 0.75));
    }

    #[test]
    fn a_shift_of_every_draw_is_endlessly_sharp_and_a_plan_is_the_same_as_itself() {
        let base: Vec<f64> = (0..128).map(f64::from).collect();
        let shifted: Vec<f64> = base.iter().map(|value| value + 7.0).collect();
        let paired = Paired::of(outcome("revenue"), &base, &shifted, 0);
        assert_eq!((paired.difference.mean, paired.variance_reduction), (7.0, None));
        assert_eq!(paired.better.probability, 1.0);
        let itself = Paired::of(outcome("revenue"), &base, &base, 0);
        assert!(itself.is_the_same() && !paired.is_the_same());
    }

    #[test]
    fn sharpness_is_the_ratio_of_variances() {
        // Var A = Var B = v; B = A but for a swap of sign in half of the draws: worked out on four numbers.
        let base = [1.0, -1.0, 3.0, -3.0];
        let plan = [1.0, -1.0, 5.0, -5.0];
        // Var A = 20/3, Var B = 52/3, differences 0, 0, 2, -2: Var = 8/3.
        let paired = Paired::of(outcome("revenue"), &base, &plan, 0);
        assert!((paired.variance_reduction.unwrap_or_default() - 9.0).abs() < 1e-12);
    }
}
