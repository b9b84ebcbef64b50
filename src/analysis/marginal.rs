//! What would a little more bring? The next 1,000 in each channel, one more rep, a tenth more of what may be short.
//!
//! The plan and its siblings are run on the same luck, so that a small change shows through the noise. They share most of
//! their work, see [`run_family`].

use crate::engine::{Ask, Draws, PartOf, Progress, Stopped, Streams, Worst, draws_of_family, run_family, summarize};
use crate::model::outcomes::OutcomeId;
use crate::model::plan::Plan;
use crate::model::what_if::Scarce;
use crate::scenario::Scenario;

use super::{Estimate, differences};

/// The most draws that returns are taken from: the first of a run.
pub const MOST_DRAWS: u64 = 2_048;

/// What more money in a channel is told for.
pub const STEP: f64 = 1_000.0;

/// How much more of what may be short.
pub const A_TENTH_MORE: f64 = 1.1;

/// Shares of a budget at which its return is followed, beside none of it and today's.
const SHARES: [f64; 3] = [0.5, 1.5, 2.0];

/// The most points of a line of insertions or events.
const MOST_POINTS: usize = 5;

/// What a little more would bring.
#[derive(Clone, Debug)]
pub struct Marginal {
    /// draws of the plan and of each sibling
    pub draws: u64,
    /// every channel that can spend money, in the order of the file
    pub channels: Vec<ChannelReturn>,
    /// one more rep: the group that they join, and what they bring
    pub rep: Option<(String, Gain)>,
    /// a tenth more of each
    pub relief: Vec<(Scarce, Gain)>,
}

/// What a change brings in the mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    /// in revenue
    pub revenue: Estimate,
    /// in profit with what follows, all costs taken off; none without a gross margin
    pub profit_with_tail: Option<Estimate>,
}

/// What more money in a channel would bring.
#[derive(Clone, Debug)]
pub struct ChannelReturn {
    /// the channel, as a place in the order of the file
    pub channel: usize,
    /// the money that was added: [`STEP`], or what one more insertion or event costs
    pub added: f64,
    /// whether that is one more insertion or event
    pub one_more: bool,
    /// what it brings, scaled to [`STEP`]
    pub next: Gain,
    /// other budgets, from none to twice today's, and what they change
    pub curve: Vec<(f64, Gain)>,
}

/// A sibling of the plan: what it stands for.
enum Sibling {
    Next(usize),
    Curve(usize, f64),
    Rep(String),
    More(Scarce),
}

impl Marginal {
    /// Runs the siblings of a plan on its first draws.
    ///
    /// # Errors
    ///
    /// [`Stopped`] when `progress` said so.
    pub fn of(scenario: &Scenario, runs: u64, seed: u64, progress: &dyn Progress) -> Result<Self, Stopped> {
        let draws = runs.min(MOST_DRAWS);
        let plan = &scenario.plan;
        let steps = steps(plan);
        let siblings = siblings(plan, &steps);
        let ask = Ask {
            draws: 0..draws,
            seed,
            streams: Streams::default(),
            sampling: scenario.simulation.sampling,
            held: Vec::new(),
            outcomes: OUTCOMES.iter().filter_map(|key| OutcomeId::named(key)).collect(),
            details: false,
        };
        let family: Vec<&Plan> = std::iter::once(plan).chain(siblings.iter().map(|(_, plan)| plan)).collect();
        let results = run_family(&family, &ask, &PartOf(progress))?;
        let base = &results[0];
        let mut marginal = Self {
            draws,
            channels: steps
                .iter()
                .map(|step| ChannelReturn {
                    channel: step.channel,
                    added: step.added,
                    one_more: step.one_more,
                    next: Gain::NONE,
                    curve: Vec::new(),
                })
                .collect(),
            rep: None,
            relief: Vec::new(),
        };
        for ((sibling, _), result) in siblings.into_iter().zip(&results[1..]) {
            match sibling {
                Sibling::Next(at) => {
                    // An insertion of uncertain cost is not bought in every draw: what counts is the money that it took.
                    let spent = match steps[at].one_more {
                        true => mean_of(&differences(&base.columns[2], &result.columns[2])),
                        false => steps[at].added,
                    };
                    let scale = STEP / if spent > 0.0 { spent } else { steps[at].added };
                    marginal.channels[at].next = Gain::between(base, result, scale);
                }
                Sibling::Curve(at, budget) => {
                    let gain = Gain::between(base, result, 1.0);
                    marginal.channels[at].curve.push((budget, gain));
                }
                Sibling::Rep(group) => {
                    marginal.rep = Some((group, Gain::between(base, result, 1.0)));
                }
                Sibling::More(what) => {
                    let gain = Gain::between(base, result, 1.0);
                    marginal.relief.push((what, gain));
                }
            }
        }
        Ok(marginal)
    }

    /// How much work it is for a plan that is run `runs` times, in draws of a plan that runs alone.
    #[must_use]
    pub fn draws_wanted(plan: &Plan, runs: u64) -> u64 {
        let siblings: usize = steps(plan).iter().map(|step| 1 + step.budgets.len()).sum();
        let reps = usize::from(plan.parts.sales.reps.iter().any(|reps| reps.count > 0));
        runs.min(MOST_DRAWS) * draws_of_family(1 + siblings + reps + Scarce::ALL.len())
    }
}

const OUTCOMES: [&str; 3] = ["revenue", "profit_with_tail", "marketing"];

fn mean_of(column: &[f64]) -> f64 {
    column.iter().sum::<f64>() / column.len().max(1) as f64
}

impl Gain {
    const NONE: Self = Self { revenue: Estimate { mean: 0.0, error: None }, profit_with_tail: None };

    fn between(base: &Draws, plan: &Draws, scale: f64) -> Self {
        let shift = |at: usize| {
            let (base_column, plan_column) = (&base.columns[at], &plan.columns[at]);
            let column = differences(base_column, plan_column);
            let stats = summarize(&column, base.range.start, Worst::Lowest);
            (stats.defined > 0.0).then(|| Estimate::of(&stats).scaled(scale))
        };
        Self { revenue: shift(0).unwrap_or(Self::NONE.revenue), profit_with_tail: shift(1) }
    }
}

/// How a channel's budget is varied.
struct Step {
    channel: usize,
    added: f64,
    one_more: bool,
    budgets: Vec<f64>,
}

fn steps(plan: &Plan) -> Vec<Step> {
    let channels = plan.parts.channels.iter().enumerate();
    channels
        .filter(|(_, channel)| channel.is_paid())
        .map(|(at, channel)| {
            let today = channel.budget();
            let one = channel.cost_of_one().map(|cost| cost.median(&plan.parts.inputs));
            let budgets = match one {
                Some(one) => whole_steps(today, one),
                None if today > 0.0 => {
                    let shares = std::iter::once(0.0).chain(SHARES);
                    shares.map(|share| share * today).collect()
                }
                None => Vec::new(),
            };
            Step { channel: at, added: one.unwrap_or(STEP), one_more: one.is_some(), budgets }
        })
        .collect()
}

/// Budgets for whole numbers of insertions or events, from none to twice as many as today, without today's.
fn whole_steps(today: f64, one: f64) -> Vec<f64> {
    let count = (today / one).round() as usize;
    let most = 2 * count;
    let stride = most.div_ceil(MOST_POINTS).max(1);
    (0..=most)
        .step_by(stride)
        .filter(|&number| number != count)
        .map(|number| match number {
            0 => 0.0,
            number => (today + (number as f64 - count as f64) * one).max(0.0),
        })
        .collect()
}

fn siblings(plan: &Plan, steps: &[Step]) -> Vec<(Sibling, Plan)> {
    let mut siblings = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let today = plan.parts.channels[step.channel].budget();
        let next = plan.with_budget(step.channel, today + step.added);
        siblings.push((Sibling::Next(at), next));
        for &budget in &step.budgets {
            let other = plan.with_budget(step.channel, budget);
            siblings.push((Sibling::Curve(at, budget), other));
        }
    }
    if let Some((with_rep, group)) = plan.with_one_more_rep() {
        siblings.push((Sibling::Rep(group.to_owned()), with_rep));
    }
    for what in Scarce::ALL {
        siblings.push((Sibling::More(what), plan.with_more(what, A_TENTH_MORE)));
    }
    siblings
}

#[cfg(test)]
mod tests {
    use super::whole_steps;

    #[test]
    fn insertions_are_varied_by_whole_ones() {
        assert_eq!(whole_steps(55_000.0, 55_000.0), [0.0, 110_000.0]);
        assert_eq!(whole_steps(28_000.0, 7_000.0), [0.0, 14_000.0, 42_000.0, 56_000.0]);
        assert_eq!(whole_steps(0.0, 7_000.0), [0.0; 0]);
        assert!(whole_steps(700_000.0, 7_000.0).len() <= 6);
    }
}
