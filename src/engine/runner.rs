//! Runs draws in parallel: blocks go to threads as they are free, results are folded in the order of the draws.

use std::ops::{ControlFlow, Range};

use rayon::prelude::*;

use crate::model::plan::Plan;
use crate::model::simulate::{Family, Seed};

use super::draws::Draws;
use super::gather::Accumulator;
use super::progress::{Progress, Stopped};
use super::spec::{Renewal, RunSpec};
use super::strata::{InputSampler, blocks};

/// The work of a draw of a family of so many plans, in draws of a plan that runs alone: a sibling takes half of one or
/// less, since it shares what channels and deals have in common with the first.
#[must_use]
pub fn draws_of_family(plans: usize) -> u64 {
    (plans as u64).div_ceil(2)
}

/// Simulates the draws of an [`RunSpec`].
///
/// The same bytes come out for any number of threads: columns are written in place, integer counts add up in any order,
/// and sums are taken within fixed blocks and folded in their order.
///
/// # Errors
///
/// [`Stopped`] when `progress` said so.
pub fn run(plan: &Plan, ask: &RunSpec, progress: &dyn Progress) -> Result<Draws, Stopped> {
    run_renewed(plan, ask, Renewal { inputs: &[], stream: ask.streams.inputs }, progress)
}

/// As [`run`], with some inputs from a stream of their own.
///
/// # Errors
///
/// [`Stopped`] when `progress` said so.
pub fn run_renewed(
    plan: &Plan,
    ask: &RunSpec,
    renewal: Renewal<'_>,
    progress: &dyn Progress,
) -> Result<Draws, Stopped> {
    let alone = simulate(&[plan], ask, renewal, progress)?.pop();
    Ok(alone.expect("a plan has draws"))
}

/// Simulates the draws of an [`RunSpec`] for each of several plans: a first one, and others that resemble it, of the same
/// sources, lead classes, groups of reps, weeks and inputs. Gives what [`run`] gives for each of them alone, to the last bit; but inputs
/// are drawn once, and of what happens in a draw so much as a plan has in common with the first.
///
/// # Errors
///
/// [`Stopped`] when `progress` said so.
pub fn run_family(plans: &[&Plan], ask: &RunSpec, progress: &dyn Progress) -> Result<Vec<Draws>, Stopped> {
    simulate(plans, ask, Renewal { inputs: &[], stream: ask.streams.inputs }, progress)
}

fn simulate(
    plans: &[&Plan],
    ask: &RunSpec,
    renewal: Renewal<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Draws>, Stopped> {
    let count = (ask.draws.end - ask.draws.start) as usize;
    progress.begin((count * plans.len()) as u64, count as u64 * draws_of_family(plans.len()));
    let mut columns = vec![vec![vec![0.0; count]; ask.outcomes.len()]; plans.len()];
    let places = columns.iter_mut().map(|columns| columns.iter_mut().map(Vec::as_mut_slice).collect()).collect();
    let gathered = gather(plans, ask, renewal, places, progress)?;
    Ok(columns.into_iter().zip(gathered).map(|(columns, gathered)| Draws::of(ask, columns, gathered)).collect())
}

/// Where outcomes go: by plan, by outcome, a number a draw.
pub(super) type Places<'c> = Vec<Vec<&'c mut [f64]>>;

/// Simulates draws, writes their outcomes to their places, and gives what else they leave behind, by plan.
pub(super) fn gather(
    plans: &[&Plan],
    ask: &RunSpec,
    renewal: Renewal<'_>,
    places: Places<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Accumulator>, Stopped> {
    let Some((&first, others)) = plans.split_first() else {
        return Ok(Vec::new());
    };
    let jobs = jobs(places, ask);
    let shares = 4 * rayon::current_num_threads();
    let least = jobs.len().div_ceil(shares).max(1);
    let worker = jobs
        .into_par_iter()
        .with_min_len(least)
        .try_fold(
            || Worker::new(first, others, ask, renewal),
            |mut worker, job| {
                worker.block(ask, job, progress)?;
                Ok(worker)
            },
        )
        .try_reduce_with(|mut one, other| {
            for (own, gathered) in one.gathered.iter_mut().zip(other.gathered) {
                own.merge(gathered);
            }
            Ok(one)
        })
        .unwrap_or_else(|| Ok(Worker::new(first, others, ask, renewal)))?;
    Ok(worker.gathered)
}

/// What no draw leaves behind.
pub(super) fn nothing_gathered(plan: &Plan, ask: &RunSpec) -> Accumulator {
    let renewal = Renewal { inputs: &[], stream: ask.streams.inputs };
    let worker = Worker::new(plan, &[], ask, renewal);
    Accumulator::new(plan, ask, worker.family.weeks())
}

/// A block of draws and where its outcomes go, plan by plan.
struct Job<'c> {
    draws: Range<u64>,
    slices: Vec<Vec<&'c mut [f64]>>,
}

/// The blocks of the draws, each with its part of the columns.
fn jobs<'c>(mut rest: Places<'c>, ask: &RunSpec) -> Vec<Job<'c>> {
    blocks(ask.draws.clone())
        .map(|draws| {
            let length = (draws.end - draws.start) as usize;
            let cut = |column: &mut &'c mut [f64]| {
                let (own, after) = std::mem::take(column).split_at_mut(length);
                *column = after;
                own
            };
            Job { draws, slices: rest.iter_mut().map(|columns| columns.iter_mut().map(cut).collect()).collect() }
        })
        .collect()
}

struct Worker<'p> {
    family: Family<'p>,
    sampler: InputSampler<'p>,
    drawn: Vec<f64>,
    /// by plan
    gathered: Vec<Accumulator>,
}

impl<'p> Worker<'p> {
    fn new(first: &'p Plan, others: &[&'p Plan], ask: &RunSpec, renewal: Renewal<'_>) -> Self {
        let seed = |stream| Seed { seed: ask.seed, stream };
        let with_tail = ask.details || ask.outcomes.iter().any(|id| id.outcome().of_tail);
        let family = Family::new(first, others, seed(ask.streams.luck), with_tail);
        let held = &ask.held;
        let inputs = &first.parts.inputs;
        let risks = inputs.risks();
        let sampler = InputSampler::new(inputs, seed(ask.streams.inputs), ask.sampling, held)
            .renewed(&risks, seed(ask.streams.luck))
            .renewed(renewal.inputs, seed(renewal.stream));
        Self {
            gathered: (0..=others.len()).map(|_| Accumulator::new(first, ask, family.weeks())).collect(),
            family,
            sampler,
            drawn: Vec::new(),
        }
    }

    fn block(&mut self, ask: &RunSpec, mut job: Job<'_>, progress: &dyn Progress) -> Result<(), Stopped> {
        self.sampler.fill(job.draws.clone(), &mut self.drawn);
        for gathered in &mut self.gathered {
            gathered.open_block(ask, job.draws.start);
        }
        let plans = self.gathered.len();
        let work = draws_of_family(plans);
        let run = self.family.run(job.draws, &self.drawn, |plan, row, tally| {
            for (slice, id) in job.slices[plan].iter_mut().zip(&ask.outcomes) {
                slice[row] = id.outcome().of(tally);
            }
            self.gathered[plan].add(ask, tally);
            if plan + 1 == plans {
                progress.advance(work);
            }
            if progress.is_stopped() { ControlFlow::Break(Stopped) } else { ControlFlow::Continue(()) }
        });
        if let ControlFlow::Break(stopped) = run {
            return Err(stopped);
        }
        self.gathered.iter_mut().for_each(Accumulator::close_block);
        Ok(())
    }
}
