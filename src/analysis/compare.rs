//! Which plan is better, by how much, and how sure is that?
//!
//! All plans are run on the same luck; each is held against the first, quarter by quarter.

use crate::engine::{
    BATCHES, Draws, Load, PercentileError, Progress, RunSpec, Stats, Stopped, Streams, T31, TargetForecast, TooMuch,
    draws_of_each, quantile, run_each, standard_error, summarize_outcomes,
};
use crate::model::outcomes::OutcomeId;
use crate::model::plan::Plan;
use crate::scenario::{RawPlan, Scenario};
use crate::transcendental::hypot;

use super::waterfall::{Coalitions, Waterfall};
use super::{Estimate, Lead, Paired, Ranking, Verdict};

/// The outcomes that a difference is explained for.
pub const EXPLAINED: [&str; 3] = ["profit", "profit_with_tail", "revenue"];

/// A plan that is compared.
#[derive(Debug)]
pub struct Contender {
    /// what it is called beside the others
    pub label: String,
    /// as it was written
    pub draft: RawPlan,
    /// as it was read
    pub scenario: Scenario,
}

/// Plans on the same luck.
#[derive(Debug)]
#[non_exhaustive]
pub struct Comparison {
    /// draws of each plan
    pub runs: u64,
    /// the seed of all
    pub seed: u64,
    /// the plans, in the order in which they were named
    pub plans: Vec<PlanResult>,
    /// every plan but the first against the first
    pub contrasts: Vec<Contrast>,
}

/// What one plan brings.
#[derive(Debug)]
#[non_exhaustive]
pub struct PlanResult {
    /// what it is called
    pub label: String,
    /// its draws
    pub draws: Draws,
    /// every outcome
    pub outcomes: Vec<(OutcomeId, Stats)>,
    /// every target of the first plan
    pub targets: Vec<TargetForecast>,
}

impl PlanResult {
    /// The summary of an outcome.
    #[must_use]
    pub fn outcome(&self, id: OutcomeId) -> Option<&Stats> {
        let found = self.outcomes.iter().find(|(own, _)| *own == id);
        found.map(|(_, stats)| stats)
    }
}

/// One plan against the first.
#[derive(Debug)]
#[non_exhaustive]
pub struct Contrast {
    /// every outcome
    pub outcomes: Vec<(OutcomeId, Paired)>,
    /// the low end of every outcome (P10; of a cost P90): that of the plan less that of the first
    pub low_ends: Vec<(OutcomeId, Estimate)>,
    /// the chance of every target of the first plan: that of the plan less that of the first
    pub targets: Vec<TargetShift>,
    /// why [`EXPLAINED`] outcomes differ
    pub why: Vec<Waterfall>,
}

impl Contrast {
    /// The difference in an outcome.
    #[must_use]
    pub fn outcome(&self, id: OutcomeId) -> Option<&Paired> {
        let found = self.outcomes.iter().find(|(own, _)| *own == id);
        found.map(|(_, paired)| paired)
    }

    /// The difference in the low end of an outcome.
    #[must_use]
    pub fn low_end(&self, id: OutcomeId) -> Option<Estimate> {
        let found = self.low_ends.iter().find(|(own, _)| *own == id);
        found.map(|(_, shift)| *shift)
    }

    /// Whether the two plans are the same in every outcome and every draw.
    #[must_use]
    pub fn is_the_same(&self) -> bool {
        let has = |paired: &Paired| paired.difference.defined > 0.0;
        let mut compared = self.outcomes.iter().filter(|(_, paired)| has(paired));
        compared.all(|(_, paired)| paired.is_the_same())
    }
}

/// Why plans could not be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// it was stopped
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// so many runs of so many plans are more than a command may take
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
}

/// How the chance of a target moves.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct TargetShift {
    /// the chance under the plan less that under the first
    pub change: Estimate,
    /// whether the plan is likelier to meet it
    pub verdict: Verdict,
}

/// Runs every plan `runs` times and holds each against the first.
///
/// # Errors
///
/// [`CompareError`]: that `progress` said to stop, or that it would be too much.
pub fn compare(plans: &[Contender], runs: u64, seed: u64, progress: &dyn Progress) -> Result<Comparison, CompareError> {
    let compared = Compared::of(plans, runs, seed);
    compared.begin(progress)?;
    compared.conclude(|plans, ask| Ok(run_each(plans, ask, progress)?), progress)
}

/// Plans that are to be compared, and all that is to be simulated for that.
#[derive(Debug)]
pub struct Compared<'p> {
    plans: &'p [Contender],
    /// plans between the first and each of the others
    between: Vec<Coalitions>,
    ask: RunSpec,
}

impl<'p> Compared<'p> {
    /// Prepares to run every plan `runs` times, and to hold each against the first.
    #[must_use]
    pub fn of(plans: &'p [Contender], runs: u64, seed: u64) -> Self {
        let ask = RunSpec {
            draws: 0..runs,
            seed,
            streams: Streams::default(),
            sampling: plans[0].scenario.simulation.sampling,
            held: Vec::new(),
            outcomes: OutcomeId::all().collect(),
            details: false,
        };
        let between = plans[1..].iter().map(|plan| Coalitions::between(&plans[0].draft, &plan.draft, seed)).collect();
        Self { plans, between, ask }
    }

    /// Tells `progress` how much there is to do.
    ///
    /// # Errors
    ///
    /// That it would be too much.
    pub fn begin(&self, progress: &dyn Progress) -> Result<(), TooMuch> {
        let (runs, plans) = (self.ask.draws.end, self.plans.len() as u64);
        // Many of them have fewer draws: as many as so many plans of all.
        let whole = |between: &Coalitions| (between.count() as u64 * between.draws(runs)).div_ceil(runs.max(1));
        let further = self.between.iter().map(whole).sum();
        let kept = self.between.iter().map(whole).max().unwrap_or(0);
        let load = Load::of_columns(plans, self.ask.outcomes.len() as u64);
        load.with_further(further, kept, EXPLAINED.len() as u64).check(runs)?;
        let between: u64 = self.between.iter().map(|between| between.work(runs)).sum();
        progress.begin(runs * plans, runs * draws_of_each(&self.compared()) + between);
        Ok(())
    }

    fn compared(&self) -> Vec<&Plan> {
        self.plans.iter().map(|plan| &plan.scenario.plan).collect()
    }

    /// What is asked of plans between two.
    fn ask_between(&self) -> RunSpec {
        let explained = EXPLAINED.iter().filter_map(|key| OutcomeId::named(key));
        RunSpec { outcomes: explained.collect(), ..self.ask.clone() }
    }

    /// The draws that are asked for, in the order of the plans.
    #[must_use]
    pub fn simulations(&self) -> Vec<(&Plan, RunSpec)> {
        self.compared().into_iter().map(|plan| (plan, self.ask.clone())).collect()
    }

    /// Compares the plans, of which `simulate` gives the draws; those between them are simulated here.
    ///
    /// # Errors
    ///
    /// Those of `simulate`, and [`Stopped`] when `progress` said so.
    pub fn conclude<E: From<Stopped>>(
        &self,
        simulate: impl FnOnce(&[&Plan], &RunSpec) -> Result<Vec<Draws>, E>,
        progress: &dyn Progress,
    ) -> Result<Comparison, E> {
        let targets = &self.plans[0].scenario.targets;
        let draws = simulate(&self.compared(), &self.ask)?;
        let results = self.plans.iter().zip(draws);
        let results: Vec<PlanResult> =
            results.map(|(plan, draws)| PlanResult::of(plan.label.clone(), draws, targets)).collect();
        let ask = self.ask_between();
        let mut contrasts = Vec::with_capacity(self.between.len());
        for (between, plan) in self.between.iter().zip(&results[1..]) {
            let ends = [&results[0].draws, &plan.draws];
            let why = between.explain(ends, &ask, progress)?;
            contrasts.push(Contrast::of(&results[0], plan, why));
        }
        Ok(Comparison { runs: ask.draws.end, seed: ask.seed, plans: results, contrasts })
    }
}

impl Comparison {
    /// Which plan is best on average in an outcome, as far as that can be told.
    #[must_use]
    pub fn ranking(&self, id: OutcomeId) -> Option<Ranking> {
        let sign = if id.outcome().is_cost() { -1.0 } else { 1.0 };
        let mean = |plan: &PlanResult| plan.outcome(id).map_or(f64::NAN, |stats| sign * stats.headline());
        let means: Vec<f64> = self.plans.iter().map(mean).collect();
        Ranking::of(&means, |one, other| {
            let [one, other] = [one, other].map(|at| &self.plans[at].draws);
            Paired::between(id, other, one).as_ref().map(Lead::of)
        })
    }

    /// Which plan is likeliest to meet a target of the first plan, as far as that can be told.
    #[must_use]
    pub fn ranking_by_chance(&self, target: &TargetForecast) -> Option<Ranking> {
        let met: Vec<Vec<f64>> = self.plans.iter().map(|plan| plan.meets(target)).collect();
        let chances: Vec<f64> = met.iter().map(|met| met.iter().sum::<f64>() / met.len() as f64).collect();
        let first = self.plans.first()?.draws.range.start;
        Ranking::of(&chances, |one, other| Some(Lead::in_chance(&met[one], &met[other], first)))
    }
}

impl PlanResult {
    /// The draws in which a target is met: 1, and 0 in the others.
    fn meets(&self, target: &TargetForecast) -> Vec<f64> {
        let column = self.draws.column(target.outcome).unwrap_or_default();
        let meets = |&value: &f64| f64::from(target.outcome.outcome().meets(value, target.target));
        column.iter().map(meets).collect()
    }

    fn of(label: String, draws: Draws, targets: &[(OutcomeId, f64)]) -> Self {
        let targets = targets
            .iter()
            .filter_map(|&(outcome, target)| {
                let column = draws.column(outcome)?;
                Some(TargetForecast::of(outcome, target, column, draws.range.start))
            })
            .collect();
        Self { label, outcomes: summarize_outcomes(&draws), targets, draws }
    }
}

impl Contrast {
    fn of(base: &PlanResult, plan: &PlanResult, why: Vec<Waterfall>) -> Self {
        let first = base.draws.range.start;
        let outcomes = || base.draws.outcomes.iter().copied();
        let targets = base.targets.iter().map(|target| {
            let [of_base, of_plan] = [base, plan].map(|plan| plan.meets(target));
            let lead = Lead::in_chance(&of_plan, &of_base, first);
            let verdict = match lead.by {
                _ if lead.same => Verdict::Same,
                by => Verdict::of(by, true),
            };
            TargetShift { change: lead.by, verdict }
        });
        Self {
            targets: targets.collect(),
            low_ends: outcomes().filter_map(|id| Some((id, low_end(id, base, plan)?))).collect(),
            outcomes: outcomes().filter_map(|id| Some((id, Paired::between(id, &base.draws, &plan.draws)?))).collect(),
            why,
        }
    }
}

/// How far the low end of an outcome moves. The error is that of the difference, batch by batch; where the spread
/// between batches says too little (few draws, counts), that of two percentiles that have nothing in common, which is
/// too large rather than too small.
fn low_end(outcome: OutcomeId, base: &PlanResult, plan: &PlanResult) -> Option<Estimate> {
    let level = if outcome.outcome().is_cost() { 0.9 } else { 0.1 };
    let [own, other] = [plan, base].map(|plan| plan.outcome(outcome));
    let (own, other) = (own?, other?);
    let mean = own.percentile(level) - other.percentile(level);
    let columns = [plan, base].map(|plan| plan.draws.column(outcome).unwrap_or_default());
    let error = match (own.percentile_error(level), other.percentile_error(level)) {
        _ if same(columns[0], columns[1]) => own.errors.map(|_| 0.0),
        (Some(PercentileError::Batches(_)), Some(PercentileError::Batches(_))) => {
            let first = base.draws.range.start;
            let parts = (0..BATCHES).map(|batch| {
                let [own, other] = columns.map(|column| of_batch(column, first, batch, level));
                own - other
            });
            Some(standard_error(mean, parts))
        }
        _ => own.margin(level).zip(other.margin(level)).map(|(own, other)| hypot(own, other) / T31),
    };
    Some(Estimate { mean, error })
}

/// The percentile of those draws of a column, whose first is number `first`, that belong to a batch.
fn of_batch(column: &[f64], first: u64, batch: usize, level: f64) -> f64 {
    let start = (batch + BATCHES - first as usize % BATCHES) % BATCHES;
    let values = column.iter().skip(start).step_by(BATCHES).copied();
    let mut values: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
    values.sort_unstable_by(f64::total_cmp);
    quantile(&values, level)
}

/// Whether two columns are the same in every draw.
fn same(one: &[f64], other: &[f64]) -> bool {
    one.iter().zip(other).all(|(one, other)| one == other || one.is_nan() && other.is_nan())
}
