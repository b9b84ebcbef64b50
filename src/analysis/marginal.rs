//! What would a little more bring? The next 1,000 in each channel, one more rep, a tenth more of what may be short.
//!
//! The plan and its siblings are run on the same luck, so that a small change shows through the noise. What can be taken at
//! its mean is not drawn ([`AtMean`]), and they share most of their work, see [`run_family`].

use crate::engine::{BLOCK, Draws, PartOf, Progress, RunSpec, Stopped, Streams, draws_of_family, run_family};
use crate::model::at_mean::AtMean;
use crate::model::outcomes::OutcomeId;
use crate::model::plan::Plan;
use crate::model::team::Reps;
use crate::model::what_if::Scarce;
use crate::scenario::Scenario;

use super::budgets::{STEP, Step, steps};
use super::{Estimate, Lead, Paired, Ranking, differences};

/// The most draws that returns are taken from, the first of a run: where deals are taken at their mean, one block is enough,
/// in which every input is balanced.
struct MostDraws {
    /// of what the next sum brings, one more rep, a tenth more
    next: u64,
    /// of curves of budgets: they are many, and a picture asks for less than a figure
    curves: u64,
}

impl MostDraws {
    /// Of a plan that is run `runs` times.
    fn of(plan: &Plan, runs: u64) -> Self {
        let (next, curves) = match AtMean::most(&plan.parts) {
            AtMean::Nothing | AtMean::Values => (2_048, 512),
            AtMean::Deals => (BLOCK as u64, 256),
        };
        Self { next: runs.min(next), curves: runs.min(curves) }
    }
}

/// How much more of what may be short.
pub const A_TENTH_MORE: f64 = 1.1;

/// What a little more would bring.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Marginal {
    /// draws of the plan and of each sibling
    pub draws: u64,
    /// draws of the plan and of each sibling with another budget of a curve
    pub draws_of_curves: u64,
    /// every channel that can spend money, in the order of the file
    pub channels: Vec<ChannelReturn>,
    /// one more rep: the group that they join, and what they bring; of each group, where leads and opportunities have desks
    /// of their own
    pub reps: Vec<(String, Gain)>,
    /// a tenth more of each that the plan may lack
    pub relief: Vec<(Scarce, Gain)>,
    /// what a tenth of the reps' time costs in the horizon, by the middle of what their weeks cost
    pub pay_of_hours: f64,
    /// where the next money does most: places in `channels` of the one with the highest gain and, behind it, of those that
    /// can't be told from it; channels that can spend no more are left out
    pub best_next: Vec<usize>,
    /// which limit it helps most to lift, and those that can't be told from it: places in `relief`
    pub best_relief: Vec<usize>,
}

/// What a change brings on average.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Gain {
    /// in revenue
    pub revenue: Estimate,
    /// in profit with what follows, all costs taken off; none without a gross margin
    pub profit_with_tail: Option<Estimate>,
}

impl Gain {
    /// The gain that plans are steered by: profit with what follows, or revenue where there is no margin.
    #[must_use]
    pub fn steering(&self) -> Estimate {
        self.profit_with_tail.unwrap_or(self.revenue)
    }
}

/// What more money in a channel would bring.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ChannelReturn {
    /// the channel, as a place in the order of the file
    pub channel: usize,
    /// the money that was added: [`STEP`], or what one more insertion or event costs
    pub added: f64,
    /// what the channel spends of it, on average
    pub absorbed: f64,
    /// whether that is one more insertion or event
    pub one_more: bool,
    /// what it brings: of one more insertion or event scaled to [`STEP`], else for the money that the channel can spend
    pub next: Gain,
    /// other budgets, from none to twice today's, and what they change
    pub curve: Vec<(f64, Gain)>,
}

impl ChannelReturn {
    /// Before anything was run.
    fn before(step: &Step) -> Self {
        let Step { channel, added, one_more, .. } = *step;
        Self { channel, added, absorbed: 0.0, one_more, next: Gain::NONE, curve: Vec::new() }
    }

    /// Can it spend more than it does?
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.absorbed > NOTHING * self.added
    }

    /// The money that its gain is told for, where that is less than was added.
    #[must_use]
    pub fn takes_only(&self) -> Option<f64> {
        (!self.one_more && self.has_room() && self.absorbed < (1.0 - NOTHING) * self.added).then_some(self.absorbed)
    }
}

/// A share of the added money that is too small to be told of.
const NOTHING: f64 = 0.005;

/// A sibling of the plan: what it stands for.
enum Sibling {
    Next(usize),
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
        let plan = &scenario.plan.for_means();
        let MostDraws { next: draws, curves: draws_of_curves } = MostDraws::of(plan, runs);
        let steps = steps(plan);
        let siblings = siblings(plan, &steps);
        let ask = RunSpec {
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
        let mut full = vec![false; steps.len()];
        let mut marginal = Self {
            draws,
            draws_of_curves,
            channels: steps.iter().map(ChannelReturn::before).collect(),
            reps: Vec::new(),
            relief: Vec::new(),
            pay_of_hours: (A_TENTH_MORE - 1.0) * pay(plan),
            best_next: Vec::new(),
            best_relief: Vec::new(),
        };
        let (mut of_next, mut of_limits) = (Vec::new(), Vec::new());
        for ((sibling, _), result) in siblings.into_iter().zip(&results[1..]) {
            match sibling {
                Sibling::Next(at) => {
                    let own = &mut marginal.channels[at];
                    let unspent = differences(&base.columns[2], &result.columns[2]);
                    own.absorbed = own.added - mean_of(&unspent);
                    full[at] = !own.one_more && unspent.iter().all(|&left| left >= (1.0 - 1e-9) * own.added);
                    // An insertion of uncertain cost is not bought in every draw: what counts is the money that it took.
                    let scale = match own.one_more {
                        true => STEP / if own.absorbed > 0.0 { own.absorbed } else { own.added },
                        false => 1.0,
                    };
                    own.next = Gain::between(base, result, scale);
                    if own.has_room() {
                        of_next.push((at, gains(base, result, scale)));
                    }
                }
                Sibling::Rep(group) => {
                    marginal.reps.push((group, Gain::between(base, result, 1.0)));
                }
                Sibling::More(what) => {
                    let gain = Gain::between(base, result, 1.0);
                    if what != Scarce::CloseRate {
                        let mut gains = gains(base, result, 1.0);
                        let cost = marginal.cost_of_relief(what, &gain);
                        gains.iter_mut().for_each(|gain| *gain -= cost);
                        of_limits.push((marginal.relief.len(), gains));
                    }
                    marginal.relief.push((what, gain));
                }
            }
        }
        marginal.best_next = leading(&of_next);
        marginal.best_relief = leading(&of_limits);
        let ask = RunSpec { draws: 0..draws_of_curves, ..ask };
        marginal.follow(plan, &steps, &full, (&ask, progress))?;
        Ok(marginal)
    }

    /// Follows each channel's return over its budgets. Where a channel is `full`, so that in no draw more money has been
    /// spent, yet more money changes nothing, and no draw needs to show it.
    fn follow(
        &mut self,
        plan: &Plan,
        steps: &[Step],
        full: &[bool],
        (ask, progress): (&RunSpec, &dyn Progress),
    ) -> Result<(), Stopped> {
        let today = |step: &Step| plan.parts.channels[step.channel].budget();
        let mut others = Vec::new();
        for (step, &full) in steps.iter().zip(full) {
            let budgets = step.budgets.iter().filter(|&&budget| !full || budget < today(step));
            others.extend(budgets.map(|&budget| plan.with_budget(step.channel, budget)));
        }
        let family: Vec<&Plan> = std::iter::once(plan).chain(&others).collect();
        let results = run_family(&family, ask, &PartOf(progress))?;
        let (base, mut others) = (&results[0], results[1..].iter());
        for ((step, &full), own) in steps.iter().zip(full).zip(&mut self.channels) {
            for &budget in &step.budgets {
                let changed = if full && budget > today(step) { Some(base) } else { others.next() };
                own.curve.extend(changed.map(|changed| (budget, Gain::between(base, changed, 1.0))));
            }
        }
        Ok(())
    }

    /// What more of a limit brings in what plans are steered by, once it is paid: of hours, their pay is taken off profit.
    #[must_use]
    pub fn paid(&self, what: Scarce, gain: &Gain) -> Estimate {
        let own = gain.steering();
        Estimate { mean: own.mean - self.cost_of_relief(what, gain), ..own }
    }

    fn cost_of_relief(&self, what: Scarce, gain: &Gain) -> f64 {
        if what == Scarce::Hours && gain.profit_with_tail.is_some() { self.pay_of_hours } else { 0.0 }
    }

    /// How much work it is for a plan that is run `runs` times, in draws of a plan that runs alone.
    #[must_use]
    pub fn draws_wanted(plan: &Plan, runs: u64) -> u64 {
        let steps = steps(plan);
        let budgets: usize = steps.iter().map(|step| step.budgets.len()).sum();
        let reps = plan.groups_to_join().len();
        let limits = Scarce::ALL.into_iter().filter(|&what| plan.may_lack(what)).count();
        let most = MostDraws::of(plan, runs);
        most.next * draws_of_family(1 + steps.len() + reps + limits) + most.curves * draws_of_family(1 + budgets)
    }
}

/// What the reps cost in the horizon, seats that are empty for a while included.
fn pay(plan: &Plan) -> f64 {
    let weeks = |reps: &Reps| (0..plan.parts.horizon.weeks).filter(|&week| reps.are_there(week)).count() as f64;
    let cost = |reps: &Reps| f64::from(reps.count) * weeks(reps) * reps.cost_per_week.median(&plan.parts.inputs);
    plan.parts.sales.reps.iter().map(cost).sum()
}

const OUTCOMES: [&str; 3] = ["revenue", "profit_with_tail", "unspent"];

/// What each draw of a plan brings more than the first, `scale` times, in what plans are steered by.
fn gains(base: &Draws, plan: &Draws, scale: f64) -> Vec<f64> {
    let has_margin = base.columns[1].iter().any(|value| !value.is_nan());
    let at = usize::from(has_margin);
    let mut gains = differences(&base.columns[at], &plan.columns[at]);
    gains.iter_mut().for_each(|gain| *gain *= scale);
    gains
}

/// The candidate with the highest mean, and behind it those that can't be told from it.
fn leading(candidates: &[(usize, Vec<f64>)]) -> Vec<usize> {
    let Some(outcome) = OutcomeId::named(OUTCOMES[0]) else {
        return Vec::new();
    };
    let means: Vec<f64> = candidates.iter().map(|(_, gains)| mean_of(gains)).collect();
    let lead = |own: usize, other: usize| {
        let paired = Paired::of(outcome, &candidates[other].1, &candidates[own].1, 0);
        Some(Lead::of(&paired))
    };
    let Some(ranking) = Ranking::of(&means, lead) else {
        return Vec::new();
    };
    let behind = ranking.alike.iter().filter(|&&at| at != ranking.leading);
    std::iter::once(&ranking.leading).chain(behind).map(|&at| candidates[at].0).collect()
}

fn mean_of(column: &[f64]) -> f64 {
    column.iter().sum::<f64>() / column.len().max(1) as f64
}

impl Gain {
    const NONE: Self = Self { revenue: Estimate { mean: 0.0, error: None }, profit_with_tail: None };

    fn between(base: &Draws, plan: &Draws, scale: f64) -> Self {
        let shift = |at: usize| {
            let (base_column, plan_column) = (&base.columns[at], &plan.columns[at]);
            let column = differences(base_column, plan_column);
            let estimate = Estimate::of_column(&column, base.range.start);
            (!estimate.mean.is_nan()).then(|| estimate.scaled(scale))
        };
        Self { revenue: shift(0).unwrap_or(Self::NONE.revenue), profit_with_tail: shift(1) }
    }
}

fn siblings(plan: &Plan, steps: &[Step]) -> Vec<(Sibling, Plan)> {
    let mut siblings = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let today = plan.parts.channels[step.channel].budget();
        let next = plan.with_budget(step.channel, today + step.added);
        siblings.push((Sibling::Next(at), next));
    }
    for (with_rep, group) in plan.with_one_more_rep() {
        siblings.push((Sibling::Rep(group.to_owned()), with_rep));
    }
    for what in Scarce::ALL.into_iter().filter(|&what| plan.may_lack(what)) {
        siblings.push((Sibling::More(what), plan.with_more(what, A_TENTH_MORE)));
    }
    siblings
}
