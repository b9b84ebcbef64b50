//! What a sweep says of an outcome: where it is best, what can't be told from the best, what each step brings.

use rayon::prelude::*;

use crate::engine::{Stats, T31};
use crate::model::outcomes::OutcomeId;

use super::{Paired, Sweep};

/// What a sweep says of an outcome.
#[derive(Clone, Debug)]
pub struct Course {
    /// the outcome
    pub outcome: OutcomeId,
    /// the point at which its mean is best
    pub best: usize,
    /// the points that can't be told from the best, and the best itself
    pub alike: Vec<usize>,
    /// whether it is the same in every draw at every point
    pub unmoved: bool,
    /// the best of the other points, and the best less that one
    pub second: Option<(usize, Paired)>,
    /// the best less the plan as it stands
    pub over_today: Option<Paired>,
}

/// What one more unit brings between two values of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    /// the mean, a unit
    pub mean: f64,
    /// its standard error; none with too few draws
    pub error: Option<f64>,
}

impl Slope {
    fn of(difference: &Stats, step: f64) -> Self {
        Self { mean: difference.mean / step, error: difference.errors.map(|errors| errors.mean / step.abs()) }
    }

    /// Can it be told from nothing, with 95 % confidence?
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.error.is_some_and(|error| self.mean.abs() > T31 * error)
    }
}

/// Can a difference be told from nothing, with 95 % confidence? With too few draws for an error it can't.
#[must_use]
pub fn is_clear(difference: &Stats) -> bool {
    Slope::of(difference, 1.0).is_clear()
}

impl Sweep {
    /// What it says of an outcome; nothing where no point has that outcome.
    #[must_use]
    pub fn course(&self, outcome: OutcomeId) -> Option<Course> {
        let sign = if outcome.outcome().is_cost() { -1.0 } else { 1.0 };
        let mut ranked: Vec<(usize, f64)> = self
            .points
            .iter()
            .enumerate()
            .filter_map(|(at, point)| Some((at, sign * point.results.stats(outcome)?.mean)))
            .filter(|(_, mean)| mean.is_finite())
            .collect();
        // Of equals the first is the best.
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let &(best, _) = ranked.first()?;
        let results = &self.points[best].results;
        let beside: Vec<(usize, Paired)> = (0..self.points.len())
            .into_par_iter()
            .filter(|&at| at != best)
            .filter_map(|at| Some((at, results.less(&self.points[at].results, outcome)?)))
            .collect();
        let mut alike: Vec<usize> = beside
            .iter()
            .filter(|(_, paired)| paired.difference.defined > 0.0 && !is_clear(&paired.difference))
            .map(|&(at, _)| at)
            .chain([best])
            .collect();
        alike.sort_unstable();
        let second = ranked.get(1).and_then(|&(second, _)| beside.iter().find(|&&(at, _)| at == second).copied());
        Some(Course {
            outcome,
            best,
            alike,
            unmoved: beside.iter().all(|(_, paired)| paired.is_the_same()),
            second,
            over_today: results.less(&self.today, outcome),
        })
    }

    /// What one more unit of the only figure brings between two points; nothing where it is no number.
    #[must_use]
    pub fn slope(&self, from: usize, to: usize, outcome: OutcomeId) -> Option<Slope> {
        let [axis] = self.axes.as_slice() else {
            return None;
        };
        let step = axis.number(to) - axis.number(from);
        let (from, to) = (&self.points[from].results, &self.points[to].results);
        let paired = to.less(from, outcome)?;
        step.is_finite().then(|| Slope::of(&paired.difference, step))
    }

    /// What one more unit brings from a point to the next one.
    #[must_use]
    pub fn slope_after(&self, at: usize, outcome: OutcomeId) -> Option<Slope> {
        let next = Some(at + 1).filter(|&next| next < self.points.len())?;
        self.slope(at, next, outcome)
    }
}

impl Course {
    /// The points around the best, without a gap, that can't be told from it: the first and the last.
    #[must_use]
    pub fn around_best(&self) -> (usize, usize) {
        let is_alike = |at: &usize| self.alike.contains(at);
        let first = (0..=self.best).rev().take_while(is_alike).last();
        let last = (self.best..).take_while(is_alike).last();
        (first.unwrap_or(self.best), last.unwrap_or(self.best))
    }
}
