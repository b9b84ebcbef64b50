//! What drives the result, what of it is luck, and what should be found out first?
//!
//! Everything rests on draws under common random numbers. Each draw of a plan may get a *twin*: the same inputs, other luck.
//!
//! | question | answered from |
//! | --- | --- |
//! | how far does the outcome move with an input? ([`Swing`]) | the plan's draws |
//! | what share of the variance is luck? ([`VarianceSplit`]) | draws and twins |
//! | what share does an input bring, alone and with others? ([`Indices`]) | draws with one factor from other draws |
//! | what is finding out worth to a choice? ([`Choice`]) | draws and twins of all plans, at their mean ([`AtMean`]) |

mod batches;
mod finding_out;
mod luck;
mod normal_scores;
mod sobol;
mod swing;

use crate::engine::{
    Draws, Load, PartOf, Progress, Renewal, RunSpec, Stats, Stopped, Streams, draws_of_each, run, run_each,
    run_renewed, summarize_outcome,
};
use crate::inputs::InputId;
use crate::model::at_mean::AtMean;
use crate::model::outcomes::{Figure, OutcomeId};
use crate::model::plan::Plan;
use crate::scenario::Scenario;

use super::{CompareError, Contender};

pub use finding_out::{Choice, ENOUGH_FOR_THE_FIT, InputWorth, PlanOutcomes, Worth};
pub use luck::VarianceSplit;
pub use sobol::Indices;
pub use swing::{End, Swing};

/// What is asked about a plan.
#[derive(Clone, Copy, Debug)]
pub struct SensitivitySpec {
    /// the outcome
    pub outcome: OutcomeId,
    /// draws of each plan; as many twins
    pub runs: u64,
    /// the seed
    pub seed: u64,
    /// whether Sobol indices are wanted, which take a further run for each factor
    pub indices: bool,
}

/// What drives an outcome of a plan.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// what was asked
    pub spec: SensitivitySpec,
    /// the outcome
    pub stats: Stats,
    /// how far it moves with each input, the largest first
    pub swings: Vec<Swing>,
    /// rank correlation of the outcome with the input of each swing
    pub ranks: Vec<f64>,
    /// what of its variance is luck; none where it never varies
    pub split: Option<VarianceSplit>,
    /// Sobol indices, where they were asked for: factors by what they take part in, luck among them
    pub indices: Vec<FactorIndices>,
    /// what finding out is worth to the choice between the plans, where there are several
    pub choice: Option<Choice>,
}

/// The Sobol indices of a factor.
#[derive(Clone, Debug)]
pub struct FactorIndices {
    /// what it is
    pub factor: Factor,
    /// its indices
    pub indices: Indices,
}

/// What varies by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Factor {
    /// inputs, by their paths; several are drawn together
    Inputs(Vec<String>),
    /// all that just happens
    Luck,
}

/// The stream of the twins' luck, and that of the second sample of inputs.
const OTHER: u64 = 1;

/// What drives an outcome of the first of `plans`, and what finding out is worth to the choice between it and the others.
///
/// # Errors
///
/// [`CompareError`]: that `progress` said to stop, or that it would be too much.
pub fn sensitivity(
    plans: &[Contender],
    spec: SensitivitySpec,
    progress: &dyn Progress,
) -> Result<Sensitivity, CompareError> {
    let scenario = &plans[0].scenario;
    let sets = scenario.plan.parts.inputs.drawn_together();
    let further = if spec.indices { sets.len() as u64 + 1 } else { 0 };
    let chosen_from = if plans.len() > 1 { to_choose_from(plans, spec.outcome) } else { Vec::new() };
    let chosen_from: Vec<&Plan> = chosen_from.iter().collect();
    Load::of_columns(2 + 2 * chosen_from.len() as u64 + further, 1).check(spec.runs)?;
    progress.begin(spec.runs, spec.runs * (2 + 2 * draws_of_each(&chosen_from) + further));
    let progress = &PartOf(progress);
    let ask = ask(scenario, spec);
    let twin_ask = RunSpec { streams: Streams { luck: OTHER, ..ask.streams }, ..ask.clone() };
    let draws = run(&scenario.plan, &ask, progress)?;
    let twins = run(&scenario.plan, &twin_ask, progress)?;
    let [own, twin] = [&draws, &twins].map(|draws| draws.column(spec.outcome).unwrap_or_default());
    let swings = Swing::all(&scenario.plan, &ask, &draws, spec.outcome);
    let rank = |swing: &Swing| swing::rank_of(&scenario.plan, &ask, &draws, (swing.input, spec.outcome));
    let choice = match chosen_from.is_empty() {
        true => None,
        false => {
            let own = run_each(&chosen_from, &ask, progress)?;
            choice(plans, &ask, [own, run_each(&chosen_from, &twin_ask, progress)?])
        }
    };
    Ok(Sensitivity {
        stats: summarize_outcome(spec.outcome, own, 0),
        ranks: swings.iter().map(rank).collect(),
        split: VarianceSplit::of(own, twin),
        indices: if spec.indices { factors(scenario, &ask, [own, twin], progress)? } else { Vec::new() },
        choice,
        swings,
        spec,
    })
}

/// The inputs that matter most to an outcome, from draws that are there already: those of a forecast.
#[must_use]
pub fn rests_on(scenario: &Scenario, draws: &Draws, seed: u64, outcome: OutcomeId) -> Vec<Swing> {
    let spec = SensitivitySpec { outcome, runs: draws.exact().end, seed, indices: false };
    Swing::all(&scenario.plan, &ask(scenario, spec), draws, outcome)
}

fn ask(scenario: &Scenario, spec: SensitivitySpec) -> RunSpec {
    RunSpec {
        draws: 0..spec.runs,
        seed: spec.seed,
        streams: Streams::default(),
        sampling: scenario.simulation.sampling,
        held: Vec::new(),
        outcomes: vec![spec.outcome],
        details: false,
    }
}

/// The indices of every factor; `own` are the draws' outcome and that of their twins, which are the draws with other luck.
fn factors(
    scenario: &Scenario,
    ask: &RunSpec,
    [own, twin]: [&[f64]; 2],
    progress: &dyn Progress,
) -> Result<Vec<FactorIndices>, Stopped> {
    let plan = &scenario.plan;
    let outcome = ask.outcomes[0];
    let other = RunSpec { streams: Streams { inputs: OTHER, luck: OTHER }, ..ask.clone() };
    let other = run(plan, &other, progress)?;
    let other = other.column(outcome).unwrap_or_default();
    let luck = Indices::of(own, other, twin).map(|indices| FactorIndices { factor: Factor::Luck, indices });
    let mut found: Vec<FactorIndices> = luck.into_iter().collect();
    for set in plan.parts.inputs.drawn_together() {
        let mixed = run_renewed(plan, ask, Renewal { inputs: &set, stream: OTHER }, progress)?;
        let factor = Factor::Inputs(set.iter().map(|&input| swing::path(&plan.parts.inputs, input)).collect());
        let indices = Indices::of(own, other, mixed.column(outcome).unwrap_or_default());
        found.extend(indices.map(|indices| FactorIndices { factor, indices }));
    }
    found.sort_by(|a, b| b.indices.total.mean.total_cmp(&a.indices.total.mean));
    Ok(found)
}

/// The plans as the choice between them looks at them: what they bring on average, given what could be found out. So
/// chance is left out as far as it can be, in all of them alike; but of a ratio, since that of two means is another.
fn to_choose_from(plans: &[Contender], outcome: OutcomeId) -> Vec<Plan> {
    let each = plans.iter().map(|plan| AtMean::most(&plan.scenario.plan.parts));
    let adds_up = matches!(outcome.outcome().figure, Figure::Total(_));
    let at_mean = each.min().filter(|_| adds_up).unwrap_or_default();
    plans.iter().map(|plan| plan.scenario.plan.taking(at_mean)).collect()
}

fn choice(plans: &[Contender], ask: &RunSpec, [draws, twins]: [Vec<Draws>; 2]) -> Option<Choice> {
    let outcome = ask.outcomes[0];
    let columns_of = |draws: &[Draws]| {
        draws.iter().map(|draws| draws.column(outcome).unwrap_or_default().to_vec()).collect::<Vec<_>>()
    };
    let outcomes =
        PlanOutcomes { figures: columns_of(&draws), twins: columns_of(&twins), is_cost: outcome.outcome().is_cost() };
    let mut paths: Vec<String> = Vec::new();
    // The input of each path, and the plan that has it.
    let mut found: Vec<(usize, InputId)> = Vec::new();
    for (plan, contender) in plans.iter().enumerate() {
        let inputs = &contender.scenario.plan.parts.inputs;
        let all: Vec<InputId> = inputs.drawn_together().into_iter().flatten().collect();
        for input in all {
            let path = swing::path(inputs, input);
            if !paths.contains(&path) {
                paths.push(path);
                found.push((plan, input));
            }
        }
    }
    let values = |place: usize| {
        let (plan, input) = found[place];
        swing::sampler(&plans[plan].scenario.plan, ask).column(input.index(), ask.draws.clone())
    };
    Choice::of(plans.iter().map(|plan| plan.label.clone()).collect(), &outcomes, &paths, values)
}
