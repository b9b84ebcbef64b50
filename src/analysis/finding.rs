//! What a sweep says of an outcome: where it is best, what can't be told from the best, what each step brings.

use crate::model::outcomes::OutcomeId;

use super::{Estimate, Lead, Paired, Ranking, Sweep, Verdict};

/// What a sweep says of an outcome.
#[derive(Clone, Debug)]
pub struct SweepFinding {
    /// the outcome
    pub outcome: OutcomeId,
    /// which point is best, as far as that can be told
    pub ranking: Ranking,
    /// the leading one of the other points, and the leading point less that one
    pub second: Option<(usize, Paired)>,
    /// the leading point less the plan as it stands
    pub over_today: Option<Paired>,
    /// how many plans were tried: the points, and the plan as it stands where it is none of them
    pub candidates: usize,
}

impl Sweep {
    /// What it says of an outcome; nothing where no point has that outcome.
    #[must_use]
    pub fn finding(&self, outcome: OutcomeId) -> Option<SweepFinding> {
        let sign = if outcome.outcome().is_cost() { -1.0 } else { 1.0 };
        let mean = |at: usize| self.points[at].results.stats(outcome).map_or(f64::NAN, |stats| sign * stats.headline());
        let means: Vec<f64> = (0..self.points.len()).map(mean).collect();
        let less = |one: usize, other: usize| self.points[one].results.less(&self.points[other].results, outcome);
        let ranking = Ranking::of(&means, |one, other| less(one, other).as_ref().map(Lead::of))?;
        let others = (0..means.len()).filter(|&at| at != ranking.leading && means[at].is_finite());
        let second = others.rev().max_by(|&a, &b| means[a].total_cmp(&means[b]));
        Some(SweepFinding {
            outcome,
            second: second.and_then(|at| Some((at, less(ranking.leading, at)?))),
            over_today: self.points[ranking.leading].results.less(&self.today, outcome),
            candidates: self.points.len() + usize::from(self.today_at.is_none()),
            ranking,
        })
    }

    /// At which point the target for an outcome is likeliest to be met, as far as that can be told.
    #[must_use]
    pub fn ranking_by_chance(&self, outcome: OutcomeId) -> Option<Ranking> {
        let met: Option<Vec<Vec<f64>>> = self.points.iter().map(|point| point.results.meets(outcome)).collect();
        let met = met?;
        let chances: Vec<f64> = met.iter().map(|met| met.iter().sum::<f64>() / met.len() as f64).collect();
        Ranking::of(&chances, |one, other| Some(Lead::in_chance(&met[one], &met[other], 0)))
    }

    /// What one more unit of the only figure brings between two points; nothing where it is no number.
    #[must_use]
    pub fn slope(&self, from: usize, to: usize, outcome: OutcomeId) -> Option<Estimate> {
        let [axis] = self.axes.as_slice() else {
            return None;
        };
        let step = axis.number(to) - axis.number(from);
        let (from, to) = (&self.points[from].results, &self.points[to].results);
        let paired = to.less(from, outcome)?;
        step.is_finite().then(|| paired.change().scaled(1.0 / step))
    }

    /// What one more unit brings from a point to the next one.
    #[must_use]
    pub fn slope_after(&self, at: usize, outcome: OutcomeId) -> Option<Estimate> {
        let next = Some(at + 1).filter(|&next| next < self.points.len())?;
        self.slope(at, next, outcome)
    }
}

impl SweepFinding {
    /// The points around the leading one, without a gap, that can't be told from it: the first and the last.
    #[must_use]
    pub fn around_leading(&self) -> (usize, usize) {
        let leading = self.ranking.leading;
        let is_alike = |at: &usize| self.ranking.alike.contains(at);
        let first = (0..=leading).rev().take_while(is_alike).last();
        let last = (leading..).take_while(is_alike).last();
        (first.unwrap_or(leading), last.unwrap_or(leading))
    }

    /// What can be said of the leading point against the plan as it stands: it was chosen as the best of all.
    #[must_use]
    pub fn against_today(&self) -> Verdict {
        let Some(paired) = &self.over_today else {
            return Verdict::NoFigure;
        };
        match paired.verdict() {
            Verdict::Better if !Lead::of(paired).is_clear_among(self.candidates) => Verdict::TooClose,
            verdict => verdict,
        }
    }
}
