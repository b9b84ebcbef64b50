//! Beyond the best mix: mean against P10 as the aversion to risk varies, and the best of other totals.

use std::ops::Range;

use crate::engine::{Progress, Stopped};
use crate::model::at_mean::AtMean;
use crate::scenario::Scenario;

use super::super::judgement::Estimate;
use super::super::objective::{Figure, Gauge, Objective};
use super::Optimizer;
use super::climb::Climb;
use super::space::{Mix, Space};
use super::trial::{Checked, Trial};

/// Weights of P10 beside the mean.
const WEIGHTS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// The best mix for an aversion to risk.
#[derive(Clone, Debug)]
pub struct FrontierPoint {
    /// the weight of P10; that of the mean is the rest
    pub weight: f64,
    /// the mix
    pub mix: Mix,
    /// mean and P10 of the outcome, on fresh draws
    pub mean_and_p10: [Gauge; 2],
}

/// The best mix of a total.
#[derive(Clone, Debug)]
pub struct TotalPoint {
    /// the total
    pub total: f64,
    /// the mix
    pub mix: Mix,
    /// what came of it on fresh draws
    pub fresh: Checked,
    /// what each 1,000 brings from here to the next total
    pub next: Option<Estimate>,
}

impl Optimizer<'_> {
    /// The best mixes as P10 weighs more and more beside the mean, each from where the one before ended.
    pub(super) fn frontier(
        &self,
        trial: &Trial<'_>,
        best: &Mix,
        fresh: &Range<u64>,
    ) -> Result<Vec<FrontierPoint>, Stopped> {
        let mut points = Vec::new();
        let mut mix = best.clone();
        for weight in WEIGHTS.into_iter().filter(|_| self.further.frontier) {
            let objective = Objective { figure: Figure::MeanAndP10 { weight }, ..trial.objective };
            let own = Trial { objective, at_mean: AtMean::Nothing, ..trial.on(self.searched_by_chance()) };
            let mut climb = Climb::new(trial.space, own.clone());
            mix = climb.nearby(&[mix, best.clone()])?;
            let draws = own.on(fresh.clone()).run(std::slice::from_ref(&mix))?.remove(0);
            let of_outcome = |figure| Objective { figure, ..objective }.gauge(&draws);
            let mean_and_p10 = [Figure::Mean, Figure::Percentile(10)].map(of_outcome);
            points.push(FrontierPoint { weight, mix: mix.clone(), mean_and_p10 });
        }
        Ok(points)
    }

    /// The best mix of each total, from the smallest on, each from the best of the one before.
    pub(super) fn other_totals(
        &self,
        scenario: &Scenario,
        best: &Mix,
        size: f64,
        fresh: &Range<u64>,
        progress: &dyn Progress,
    ) -> Result<Vec<TotalPoint>, Stopped> {
        let mut points: Vec<TotalPoint> = Vec::new();
        for &total in &self.further.totals {
            // A total that what is locked does not leave is left out.
            let Ok(space) = self.question.space(&scenario.plan, Some(total)) else { continue };
            let trial = self.trial(scenario, &space, size, progress);
            let mut climb = Climb::new(&space, trial.clone());
            let mut starts = vec![space.shared(best), space.start()];
            starts.extend(points.last().map(|point| point.mix.clone()).filter(|mix| space.holds(mix)));
            let mix = climb.nearby(&starts)?;
            let checked = trial.on(fresh.clone()).check(std::slice::from_ref(&mix))?.remove(0);
            if let Some(before) = points.last_mut() {
                let step = total - before.total;
                before.next = Some(checked.measured.less(&before.fresh.measured).scaled(1_000.0 / step));
            }
            points.push(TotalPoint { total, mix, fresh: checked, next: None });
        }
        Ok(points)
    }
}

impl TotalPoint {
    /// What of the total is given to no channel, or not spent.
    #[must_use]
    pub fn left(&self) -> f64 {
        (self.total - Space::sum(&self.mix)).max(0.0) + self.fresh.unspent
    }
}
