//! Mixes on the engine: what each is worth, on draws that all of them share.

use std::ops::Range;

use crate::engine::{Draws, Progress, RunSpec, Stopped, Streams, run_each};
use crate::model::at_mean::AtMean;
use crate::model::outcomes::{Limits, OutcomeId};
use crate::model::plan::Plan;
use crate::scenario::Sampling;

use super::super::objective::{Condition, Gauge, Measured, Objective};
use super::climb::Landscape;
use super::space::{Mix, Space};

/// How much a condition that is missed by a hundredth of its bound costs, in hundredths of the objective.
const PENALTY: f64 = 100.0;

/// Simulates a plan with other budgets.
#[derive(Clone)]
pub(super) struct Trial<'p> {
    pub(super) plan: &'p Plan,
    pub(super) space: &'p Space,
    pub(super) objective: Objective,
    pub(super) conditions: &'p [Condition],
    /// what of its draws is taken at its mean
    pub(super) at_mean: AtMean,
    pub(super) draws: Range<u64>,
    pub(super) seed: u64,
    pub(super) sampling: Sampling,
    pub(super) progress: &'p dyn Progress,
    /// the size of the objective, in which missed conditions are paid
    pub(super) size: f64,
}

/// What came of a mix on fresh draws.
#[derive(Clone, Debug)]
pub struct Checked {
    /// the objective with its interval
    pub gauge: Gauge,
    /// the same, to be held against others
    pub measured: Measured,
    /// the figure of each condition
    pub conditions: Vec<Gauge>,
    /// money planned that could not be spent, on average
    pub unspent: f64,
    /// shares of draws by what limits them
    pub limits: Limits<f64>,
    /// the objective less what missed conditions cost
    pub(super) worth: f64,
}

impl<'p> Trial<'p> {
    /// The same on other draws.
    pub(super) fn on(&self, draws: Range<u64>) -> Self {
        Self { draws, ..self.clone() }
    }

    /// The plan with a mix.
    fn plan_with(&self, mix: &[f64]) -> Plan {
        let slots = self.space.slots.iter();
        self.plan.with_budgets(slots.map(|slot| slot.channel).zip(mix.iter().copied())).taking(self.at_mean)
    }

    /// What came of mixes, all on the same draws.
    pub(super) fn run(&self, mixes: &[Mix]) -> Result<Vec<Draws>, Stopped> {
        let plans: Vec<Plan> = mixes.iter().map(|mix| self.plan_with(mix)).collect();
        self.run_plans(&plans)
    }

    fn run_plans(&self, plans: &[Plan]) -> Result<Vec<Draws>, Stopped> {
        let conditions = self.conditions.iter().map(|condition| condition.objective.outcome);
        let mut outcomes = vec![self.objective.outcome];
        for outcome in conditions.chain(OutcomeId::named("unspent")) {
            if !outcomes.contains(&outcome) {
                outcomes.push(outcome);
            }
        }
        let ask = RunSpec {
            draws: self.draws.clone(),
            seed: self.seed,
            streams: Streams::default(),
            sampling: self.sampling,
            held: Vec::new(),
            outcomes,
            details: false,
        };
        run_each(&plans.iter().collect::<Vec<_>>(), &ask, self.progress)
    }

    /// What came of mixes, with intervals.
    pub(super) fn check(&self, mixes: &[Mix]) -> Result<Vec<Checked>, Stopped> {
        let all = self.run(mixes)?;
        Ok(all.iter().map(|draws| self.checked(draws)).collect())
    }

    /// What came of mixes that are tried on plans of their own, on the draws of this trial: together, as far as they share
    /// what happens.
    pub(super) fn check_each(&self, tried: &[(&Self, &Mix)]) -> Result<Vec<Checked>, Stopped> {
        let plans: Vec<Plan> = tried.iter().map(|(trial, mix)| trial.plan_with(mix)).collect();
        let all = self.run_plans(&plans)?;
        Ok(all.iter().map(|draws| self.checked(draws)).collect())
    }

    fn checked(&self, draws: &Draws) -> Checked {
        let count = draws.count().max(1) as f64;
        let unspent = OutcomeId::named("unspent").and_then(|id| draws.column(id)).unwrap_or_default();
        Checked {
            gauge: self.objective.gauge(draws),
            measured: self.objective.of(draws),
            conditions: self.conditions.iter().map(|condition| condition.objective.gauge(draws)).collect(),
            unspent: unspent.iter().sum::<f64>() / count,
            limits: draws.limits.map(|limited| limited as f64 / count),
            worth: self.worth_of(draws),
        }
    }

    /// The objective less what missed conditions cost.
    fn worth_of(&self, draws: &Draws) -> f64 {
        let missed = |condition: &Condition| {
            let value = condition.objective.value(draws);
            let short = (-condition.side.slack(value)).max(0.0);
            let scale = condition.side.bound.abs().max(1e-3 * value.abs()).max(1e-9);
            if value.is_nan() { 1.0 } else { short / scale }
        };
        let missed: f64 = self.conditions.iter().map(missed).sum();
        self.objective.value(draws) - PENALTY * self.size * missed
    }
}

impl Landscape for Trial<'_> {
    type Error = Stopped;

    fn worth(&mut self, mixes: &[Mix]) -> Result<Vec<f64>, Stopped> {
        Ok(self.run(mixes)?.iter().map(|draws| self.worth_of(draws)).collect())
    }
}
