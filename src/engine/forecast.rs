//! A forecast: everything that a run says about a scenario.

use std::ops::Range;

use rayon::prelude::*;

use crate::model::outcomes::{Limits, OutcomeId, ShortDesk, WEEKLY};
use crate::model::simulate::Seed;
use crate::scenario::{Note, Scenario};

use super::correlation::Correlation;
use super::draws::Draws;
use super::gather::{Chats, PooledFigure};
use super::growing::{GrowingRun, Keeping};
use super::join::join_to;
use super::part::PartDraws;
use super::progress::{Progress, Stopped};
use super::sketch::Sketch;
use super::spec::{RunSpec, Streams};
use super::strata::{InputSampler, blocks};
use super::summary::{Stats, Worst, over_all, summarize, summarize_outcome, summarize_pooled, summarize_replicates};
use super::target::TargetForecast;

/// Everything that a run says about a scenario.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Forecast {
    /// the draws themselves
    pub draws: Draws,
    /// the seed
    pub seed: u64,
    /// every outcome
    pub outcomes: Vec<(OutcomeId, Stats)>,
    /// every target
    pub targets: Vec<TargetForecast>,
    /// every source, and each of its figures
    pub sources: Vec<(String, Vec<Stats>)>,
    /// every weekly figure, week by week, horizon then tail
    pub weeks: Vec<Vec<Stats>>,
    /// revenue booked before week 1, then up to the end of each week of the horizon
    pub cumulative: Vec<Stats>,
    /// every channel's part in what all channels spend and bring
    pub shares: Vec<ChannelShares>,
    /// every uncertain input
    pub inputs: Vec<(String, Stats)>,
    /// every correlation that was asked for, in the order of the file
    pub correlations: Vec<Correlation>,
    /// shares of draws by what limits them
    pub limits: Limits<f64>,
    /// chats of a draw on average, and those that nobody answers
    pub chats: Chats<f64>,
    /// what a reader should know
    pub notes: Vec<Note>,
}

/// A channel's share of what all channels together spend and bring, taken draw by draw.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ChannelShares {
    /// the channel's name
    pub name: String,
    /// of the spend, over the draws in which something is spent
    pub spend: Stats,
    /// of the new revenue, over the draws in which channels bring some
    pub revenue: Stats,
}

/// Runs a scenario and summarizes it; the columns of all draws are kept, and all figures come from them.
///
/// # Errors
///
/// [`Stopped`] when `progress` said so.
pub fn forecast(scenario: &Scenario, runs: u64, seed: u64, progress: &dyn Progress) -> Result<Forecast, Stopped> {
    Forecast::simulate(scenario, &Forecast::spec(scenario, runs, seed), Keeping::Columns, progress)
}

impl Forecast {
    /// What a forecast asks of the engine.
    #[must_use]
    pub fn spec(scenario: &Scenario, runs: u64, seed: u64) -> RunSpec {
        RunSpec {
            draws: 0..runs,
            seed,
            streams: Streams::default(),
            sampling: scenario.simulation.sampling,
            held: Vec::new(),
            outcomes: OutcomeId::all().collect(),
            details: true,
        }
    }

    /// Runs a scenario and summarizes it, keeping so much of it.
    ///
    /// # Errors
    ///
    /// [`Stopped`] when `progress` said so.
    pub fn simulate(
        scenario: &Scenario,
        ask: &RunSpec,
        keeping: Keeping,
        progress: &dyn Progress,
    ) -> Result<Self, Stopped> {
        progress.begin(ask.draws.end, ask.draws.end);
        Self::join(scenario, ask, keeping, std::iter::empty(), progress)
    }

    /// As [`simulate`](Self::simulate) does, from parts in the order of their draws; draws that none of them holds are
    /// simulated.
    ///
    /// # Errors
    ///
    /// [`Stopped`] when `progress` said so, or what keeps a part from being read.
    pub fn join<E: From<Stopped>>(
        scenario: &Scenario,
        ask: &RunSpec,
        keeping: Keeping,
        parts: impl IntoIterator<Item = Result<PartDraws, E>>,
        progress: &dyn Progress,
    ) -> Result<Self, E> {
        let run = GrowingRun::begin(&scenario.plan, ask, keeping, &scenario.targets);
        let draws = join_to(run, ask, parts, progress)?;
        Ok(Self::of(scenario, ask, draws))
    }

    /// From draws of its spec.
    pub(super) fn of(scenario: &Scenario, ask: &RunSpec, draws: Draws) -> Self {
        let outcomes = summarize_outcomes(&draws);
        let targets = targets(scenario, &draws);
        let (sources, weeks, cumulative) = match &draws.details {
            None => Default::default(),
            Some(details) => (
                scenario
                    .plan
                    .sources
                    .iter()
                    .zip(&details.sources)
                    .map(|(source, figures)| {
                        let stats = figures.par_iter().map(summarize_replicates).collect();
                        (source.name.clone(), stats)
                    })
                    .collect(),
                details.weeks.iter().map(|weeks| weeks.iter().map(summarize_pooled).collect()).collect(),
                details.cumulative.iter().map(summarize_pooled).collect(),
            ),
        };
        let total = draws.count().max(1) as f64;
        let shares = channel_shares(scenario, &draws);
        let limits = draws.limits.map(|count| count as f64 / total);
        let Chats { asked, missed } = draws.chats;
        let chats = Chats { asked: asked as f64 / total, missed: missed as f64 / total };
        let mut notes = scenario.notes.clone();
        if limits.hours > 0.0 && scenario.plan.parts.sales.lead_half_life.is_none() {
            let of_100 = (limits.hours * 100.0).round().max(1.0) as u8;
            notes.push(Note::HoursBindAndLeadsNeverLeave(of_100));
        }
        if draws.beyond_count > 0 {
            notes.push(Note::BeyondCount { draws: draws.beyond_count });
        }
        if draws.are_sketched() {
            notes.push(Note::Sketched { draws: draws.count(), exact: draws.exact().end - draws.exact().start });
        }
        let sampler = sampler(scenario, ask);
        // Ranks take all draws at once.
        let exact = RunSpec { draws: draws.exact(), ..ask.clone() };
        let correlations = Correlation::attained(&scenario.plan.parts.inputs, &sampler, &exact);
        notes.extend(correlations.iter().filter_map(Correlation::note));
        Self {
            seed: ask.seed,
            outcomes,
            targets,
            sources,
            weeks,
            cumulative,
            shares,
            inputs: summarize_inputs(scenario, &sampler, &draws),
            correlations,
            limits,
            chats,
            notes,
            draws,
        }
    }

    /// The summary of an outcome.
    #[must_use]
    pub fn outcome(&self, key: &str) -> Option<&Stats> {
        let id = OutcomeId::named(key)?;
        self.outcomes.iter().find(|(own, _)| *own == id).map(|(_, stats)| stats)
    }

    /// Where leads and opportunities have desks of their own, the one whose hours are the shorter more often, beyond the
    /// simulation's error: two shares of the same draws differ by a − b ± 1.96·√((a + b − (a − b)²)/n).
    #[must_use]
    pub fn short_desk(&self) -> Option<ShortDesk> {
        let Limits { hours_leads: leads, hours_opportunities: opportunities, .. } = self.limits;
        let more = opportunities - leads;
        let variance = (leads + opportunities - more * more) / self.draws.count().max(1) as f64;
        let desk = if more > 0.0 { ShortDesk::Opportunities } else { ShortDesk::Leads };
        (more.abs() > 1.96 * variance.max(0.0).sqrt()).then_some(desk)
    }

    /// The summaries of a weekly figure.
    #[must_use]
    pub fn weekly(&self, key: &str) -> &[Stats] {
        WEEKLY.iter().position(|weekly| weekly.key == key).and_then(|at| self.weeks.get(at)).map_or(&[], Vec::as_slice)
    }
}

/// The summary of every outcome that was asked for.
#[must_use]
pub fn summarize_outcomes(draws: &Draws) -> Vec<(OutcomeId, Stats)> {
    draws
        .outcomes
        .par_iter()
        .zip(&draws.ratios)
        .map(|(&id, ratio)| {
            let first = draws.range.start;
            let column = draws.column(id).unwrap_or_default();
            let sketch = draws.sketch(id);
            let mut stats = summarize_sketched(id, column, first, sketch);
            if let Some(sums) = ratio {
                stats.ratio_of_means = Some(sums.ratio_of_means());
                if id.outcome().is_cost() {
                    stats.over_all = sketch.map_or_else(|| over_all(column, first), Sketch::over_all);
                }
            }
            (id, stats)
        })
        .collect()
}

/// The summary of an outcome, from its draws, or from the first of them and a sketch of all.
pub(super) fn summarize_sketched(id: OutcomeId, column: &[f64], first: u64, sketch: Option<&Sketch>) -> Stats {
    let stats = summarize_outcome(id, column, first);
    sketch.map_or(stats, |sketch| sketch.stats(Worst::of(id), &stats, column.len() as u64))
}

/// Every target of the scenario.
fn targets(scenario: &Scenario, draws: &Draws) -> Vec<TargetForecast> {
    if let Some(sketches) = &draws.sketches {
        let targets = scenario.targets.iter().zip(&sketches.targets);
        return targets.map(|(&(outcome, target), sums)| sums.forecast(outcome, target)).collect();
    }
    let of_column = |&(outcome, target): &(OutcomeId, f64)| {
        Some(TargetForecast::of(outcome, target, draws.column(outcome)?, draws.range.start))
    };
    scenario.targets.iter().filter_map(of_column).collect()
}

/// Every channel's shares, draw by draw.
fn channel_shares(scenario: &Scenario, draws: &Draws) -> Vec<ChannelShares> {
    let channels = scenario.plan.sources.iter().filter(|source| source.channel.is_some());
    let shares = draws.details.iter().flat_map(|details| &details.shares);
    let of_draws = |figure: &PooledFigure| {
        let defined = figure.histogram.total() as f64 / draws.count().max(1) as f64;
        Stats { defined, ..summarize_pooled(figure) }
    };
    channels
        .zip(shares)
        .map(|(source, shares)| ChannelShares {
            name: source.name.clone(),
            spend: of_draws(&shares.spend),
            revenue: of_draws(&shares.revenue),
        })
        .collect()
}

fn sampler<'s>(scenario: &'s Scenario, ask: &RunSpec) -> InputSampler<'s> {
    let seed = Seed { seed: ask.seed, stream: ask.streams.inputs };
    InputSampler::new(&scenario.plan.parts.inputs, seed, ask.sampling, &ask.held)
}

/// Inputs are drawn again, one column at a time, rather than kept: draw i needs no other draw.
fn summarize_inputs(scenario: &Scenario, sampler: &InputSampler<'_>, draws: &Draws) -> Vec<(String, Stats)> {
    let inputs = scenario.plan.parts.inputs.list();
    inputs
        .par_iter()
        .enumerate()
        .filter(|(_, input)| !input.hidden)
        .map(|(at, input)| (input.name.clone(), summarize_input(at, sampler, draws)))
        .collect()
}

/// The summary of one input: as that of an outcome, from a sketch where there are too many draws to keep.
fn summarize_input(at: usize, sampler: &InputSampler<'_>, draws: &Draws) -> Stats {
    let exact = draws.exact();
    let column = sampler.column(at, exact.clone());
    let stats = summarize(&column, exact.start, Worst::Lowest);
    if !draws.are_sketched() {
        return stats;
    }
    let mut sketch = Sketch::default();
    sketch.add(&column, exact.start);
    for block in blocks(exact.end..draws.range.end) {
        let first = block.start;
        sketch.add(&sampler.column(at, block), first);
    }
    sketch.stats(Worst::Lowest, &stats, column.len() as u64)
}

/// Every uncertain input of a forecast with its value in each draw.
#[must_use]
pub fn input_columns(scenario: &Scenario, draws: Range<u64>, seed: u64) -> Vec<(String, Vec<f64>)> {
    let seed = Seed { seed, stream: Streams::default().inputs };
    let inputs = &scenario.plan.parts.inputs;
    let sampler = InputSampler::new(inputs, seed, scenario.simulation.sampling, &[]);
    let shown = inputs.list().par_iter().enumerate().filter(|(_, input)| !input.hidden);
    shown.map(|(at, input)| (input.name.clone(), sampler.column(at, draws.clone()))).collect()
}
