//! What would it take? The smallest value of a figure, or of all budgets together, that reaches a goal; or that none does,
//! what comes nearest, and what is in the way.

mod found;
mod interval;
mod lever;
mod round;
mod search;

use crate::engine::{Draws, Load, PartOf, Progress, RunSpec, Stopped, Streams, run};
use crate::model::outcomes::{Limit, Limits, OutcomeId};
use crate::model::plan::Plan;
use crate::model::what_if::Scarce;
use crate::scenario::{LoadError, RawPlan, Scenario};

use super::marginal::A_TENTH_MORE;
use super::objective::{Condition, Gauge};
use super::sweep::Sample;

pub use found::{Answer, Crossing, Effort, Range, Tried};
pub use lever::{Lever, TOTAL};

use search::search;

/// Draws of the first look at a value.
const ROUGH_DRAWS: u64 = 2_048;

/// The most draws of a value where a limit is lifted: that answer is a pointer, not a promise.
const RELIEF_DRAWS: u64 = 4_096;

/// So many more reps are tried.
const MOST_REPS: u32 = 3;

/// A goal: what to reach, and by what.
#[derive(Clone, Debug)]
pub struct Goal {
    /// what to reach
    pub condition: Condition,
    /// by what
    pub lever: Lever,
}

/// What else came of a value, beside the figure.
#[derive(Clone, Debug)]
pub struct GoalPoint {
    /// shares of draws by what limits them
    pub limits: Limits<f64>,
    /// money planned that the channels could not spend, on average
    pub unspent: f64,
}

/// What came of a search for a goal.
#[derive(Clone, Debug)]
pub struct GoalRun {
    /// the goal
    pub goal: Goal,
    /// every value that was tried
    pub tried: Vec<Tried<GoalPoint>>,
    /// the answer
    pub answer: Answer,
    /// the plan as it stands
    pub today: Gauge,
    /// the draws of a value that counts
    pub draws: Sample,
    /// what stands in the way, where no value does
    pub in_the_way: Option<Obstacle>,
}

/// What stands in the way of a goal.
#[derive(Clone, Debug)]
pub struct Obstacle {
    /// what limits most draws where the figure is best
    pub limit: Limit,
    /// the value from which on it does
    pub from: Option<f64>,
    /// the value from which on the channels can spend no more
    pub full_from: Option<f64>,
    /// what lifting it takes, and which value would reach the goal then
    pub relief: Option<Relief>,
}

/// A limit that is lifted.
#[derive(Clone, Debug)]
pub struct Relief {
    /// what is lifted
    pub what: Lifted,
    /// the value that reaches the goal then; none where none does
    pub value: Option<f64>,
}

/// What is lifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lifted {
    /// so many more reps in a group
    Reps {
        /// how many
        more: u32,
        /// the group
        group: String,
    },
    /// a tenth more of it
    Tenth(Scarce),
}

/// Why a goal can't be searched for.
#[derive(Debug, thiserror::Error)]
pub enum GoalError {
    /// a value makes no plan
    #[error("{error}")]
    Load {
        /// why
        error: LoadError,
        /// the settings that made it
        settings: Vec<String>,
    },
    /// it was interrupted
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl Goal {
    /// What the search asks of the machine, at the most.
    #[must_use]
    pub fn load(&self) -> Load {
        Load::of_columns(40, 2)
    }

    /// Searches for the goal with the plan of `draft`, which is that of `today`.
    ///
    /// # Errors
    ///
    /// That a value makes no plan, or [`Stopped`] when `progress` said so.
    pub fn run(
        self,
        draft: &RawPlan,
        today: &Scenario,
        draws: Sample,
        progress: &dyn Progress,
    ) -> Result<GoalRun, GoalError> {
        let rough = draws.runs.min(ROUGH_DRAWS);
        progress.begin(draws.runs, 12 * draws.runs + 18 * rough);
        let simulator = Simulator { goal: &self, draft, draws, progress };
        let (now, rest) = simulator.point(&simulator.draws(&today.plan, today, draws.runs)?);
        let mut try_value = |x: f64, effort: Effort| -> Result<(Gauge, GoalPoint), GoalError> {
            let runs = if effort == Effort::Full { draws.runs } else { rough };
            let scenario = simulator.scenario(x)?;
            Ok(simulator.point(&simulator.draws(&scenario.plan, &scenario, runs)?))
        };
        let mut found = search(self.lever.range, self.condition.side, self.lever.today, &mut try_value)?;
        if rough == draws.runs {
            found.tried.iter_mut().for_each(|tried| tried.effort = Effort::Full);
        }
        // Today's value has all draws already.
        if let Some(own) = found.tried.iter_mut().find(|tried| Some(tried.x) == self.lever.today) {
            *own = Tried { x: own.x, effort: Effort::Full, gauge: now, rest };
        }
        let in_the_way = match found.answer {
            Answer::Nowhere { best } | Answer::InDoubt { best } => Some(simulator.obstacle(&found.tried, best)?),
            _ => None,
        };
        Ok(GoalRun { tried: found.tried, answer: found.answer, today: now, draws, in_the_way, goal: self })
    }
}

impl GoalRun {
    /// The value that answers, with its place among those tried.
    #[must_use]
    pub fn crossing(&self) -> Option<(Crossing, &Tried<GoalPoint>)> {
        match self.answer {
            Answer::From(crossing) | Answer::UpTo(crossing) => Some((crossing, &self.tried[crossing.at])),
            _ => None,
        }
    }

    /// The smallest of the values from which on, up to the best, none can be told from it; where it is below that.
    #[must_use]
    pub fn as_good_from(&self) -> Option<f64> {
        let best = self.best()?;
        let side = self.goal.condition.side;
        let most = side.slack(best.gauge.value);
        let alike = |tried: &&Tried<GoalPoint>| side.slack(tried.gauge.low).max(side.slack(tried.gauge.high)) >= most;
        let below = self.tried.iter().filter(|tried| tried.x < best.x);
        below.rev().take_while(alike).last().map(|tried| tried.x)
    }

    /// The best value, where none reaches the goal.
    #[must_use]
    pub fn best(&self) -> Option<&Tried<GoalPoint>> {
        match self.answer {
            Answer::Nowhere { best } | Answer::InDoubt { best } => Some(&self.tried[best]),
            _ => None,
        }
    }
}

/// Simulates the plan with other values.
struct Simulator<'g> {
    goal: &'g Goal,
    draft: &'g RawPlan,
    draws: Sample,
    progress: &'g dyn Progress,
}

impl Simulator<'_> {
    fn scenario(&self, x: f64) -> Result<Scenario, GoalError> {
        let settings = self.goal.lever.settings(x);
        self.draft.clone().set(&settings).read().map_err(|error| GoalError::Load { error, settings })
    }

    fn draws(&self, plan: &Plan, scenario: &Scenario, runs: u64) -> Result<Draws, Stopped> {
        let ask = RunSpec {
            draws: 0..runs,
            seed: self.draws.seed,
            streams: Streams::default(),
            sampling: scenario.simulation.sampling,
            held: Vec::new(),
            outcomes: std::iter::once(self.goal.condition.objective.outcome)
                .chain(OutcomeId::named("unspent"))
                .collect(),
            details: false,
        };
        let means = self.goal.condition.objective.is_mean().then(|| plan.for_means());
        run(means.as_ref().unwrap_or(plan), &ask, &PartOf(self.progress))
    }

    fn point(&self, draws: &Draws) -> (Gauge, GoalPoint) {
        let count = draws.count().max(1) as f64;
        let unspent = OutcomeId::named("unspent").and_then(|id| draws.column(id)).unwrap_or_default();
        let point = GoalPoint {
            limits: draws.limits.map(|limited| limited as f64 / count),
            unspent: unspent.iter().sum::<f64>() / count,
        };
        (self.goal.condition.objective.gauge(draws), point)
    }

    /// What stands in the way, seen from the best value.
    fn obstacle(&self, tried: &[Tried<GoalPoint>], best: usize) -> Result<Obstacle, GoalError> {
        let limit = main_limit(tried[best].rest.limits);
        let first = tried.iter().take(best + 1).rev().take_while(|tried| main_limit(tried.rest.limits) == limit).last();
        let from = first.filter(|first| first.x > self.goal.lever.range.low).map(|first| first.x);
        Ok(Obstacle { limit, from, full_from: self.full_from(tried), relief: self.relief(limit)? })
    }

    /// The first value from which on further money is not spent.
    fn full_from(&self, tried: &[Tried<GoalPoint>]) -> Option<f64> {
        if !self.goal.lever.is_budget() {
            return None;
        }
        let is_kept = |pair: &[Tried<GoalPoint>]| {
            let [one, other] = pair else { return false };
            other.rest.unspent - one.rest.unspent >= 0.95 * (other.x - one.x)
        };
        let kept = tried.windows(2).rev().take_while(|pair| is_kept(pair)).last();
        kept.map(|pair| pair[0].x)
    }

    /// Which value would do, if the limit were lifted.
    fn relief(&self, limit: Limit) -> Result<Option<Relief>, GoalError> {
        let tenth = |scarce: Scarce| (Lifted::Tenth(scarce), scarce);
        match limit {
            Limit::Hours => self.more_reps(),
            // More money is what is asked for.
            Limit::Budget if self.goal.lever.is_budget() => Ok(None),
            Limit::Delivery | Limit::Demand | Limit::Budget => {
                let (what, scarce) = tenth(match limit {
                    Limit::Delivery => Scarce::Delivery,
                    Limit::Demand => Scarce::Demand,
                    _ => Scarce::Budget,
                });
                let value = self.value_with(&|plan| plan.with_more(scarce, A_TENTH_MORE))?;
                Ok(Some(Relief { what, value }))
            }
        }
    }

    /// Which value would do with more reps, as few of them as it takes; none where nobody sells.
    fn more_reps(&self) -> Result<Option<Relief>, GoalError> {
        let with_reps = |plan: &Plan, group: usize, more: u32| {
            let mut own = (plan.clone(), String::new());
            for _ in 0..more {
                let joined = own.0.with_one_more_rep().into_iter().nth(group);
                let joined = joined.map(|(plan, name)| (plan, name.to_owned()));
                own = joined?;
            }
            Some(own)
        };
        let lowest = self.scenario(self.goal.lever.range.low)?.plan;
        let groups = lowest.with_one_more_rep().len();
        let mut last = None;
        for more in 1..=MOST_REPS {
            for group in 0..groups {
                let Some((_, name)) = with_reps(&lowest, group, more) else { continue };
                let changed = |plan: &Plan| with_reps(plan, group, more).map_or_else(|| plan.clone(), |(plan, _)| plan);
                let value = self.value_with(&changed)?;
                let relief = Relief { what: Lifted::Reps { more, group: name }, value };
                if value.is_some() {
                    return Ok(Some(relief));
                }
                last = Some(relief);
            }
        }
        Ok(last)
    }

    /// The value that reaches the goal with another plan, from few draws.
    fn value_with(&self, change: &dyn Fn(&Plan) -> Plan) -> Result<Option<f64>, GoalError> {
        let mut try_value = |x: f64, effort: Effort| -> Result<(Gauge, GoalPoint), GoalError> {
            let runs = self.draws.runs.min(if effort == Effort::Full { RELIEF_DRAWS } else { ROUGH_DRAWS / 2 });
            let scenario = self.scenario(x)?;
            Ok(self.point(&self.draws(&change(&scenario.plan), &scenario, runs)?))
        };
        let Goal { condition, lever } = self.goal;
        let found = search(lever.range, condition.side, lever.today, &mut try_value)?;
        Ok(match found.answer {
            Answer::From(crossing) | Answer::UpTo(crossing) => Some(found.tried[crossing.at].x),
            Answer::Everywhere => Some(lever.range.low),
            Answer::InDoubt { .. } | Answer::Nowhere { .. } => None,
        })
    }
}

/// What limits most draws.
fn main_limit(limits: Limits<f64>) -> Limit {
    let Limits { hours, delivery, demand, budget, .. } = limits;
    let all = [(Limit::Hours, hours), (Limit::Delivery, delivery), (Limit::Demand, demand), (Limit::Budget, budget)];
    all.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(Limit::Budget, |(limit, _)| limit)
}
