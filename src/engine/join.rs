//! Parts of a run are simulated apart and joined: what comes out is what one run gives, to the last bit.

use crate::model::plan::Plan;

use super::draws::Draws;
use super::growing::{GrowingRun, Keeping};
use super::part::{PartDraws, whole_blocks};
use super::progress::{PartOf, Progress, Stopped};
use super::spec::RunSpec;

impl PartDraws {
    /// Simulates the whole blocks among the draws of `ask`.
    ///
    /// # Errors
    ///
    /// [`Stopped`] when `progress` said so.
    pub fn simulate(plan: &Plan, ask: &RunSpec, progress: &dyn Progress) -> Result<Self, Stopped> {
        let ask = RunSpec { draws: whole_blocks(&ask.draws), ..ask.clone() };
        let mut run = GrowingRun::begin(plan, &ask, Keeping::Columns, &[]);
        run.extend(ask.draws.end, progress)?;
        Ok(run.into_part())
    }
}

/// Joins parts to the draws of `ask`. They come in the order of their draws and don't overlap; what they leave out is
/// simulated.
///
/// # Errors
///
/// [`Stopped`] when `progress` said so, or what keeps a part from being read.
pub fn join<E: From<Stopped>>(
    plan: &Plan,
    ask: &RunSpec,
    parts: impl IntoIterator<Item = Result<PartDraws, E>>,
    progress: &dyn Progress,
) -> Result<Draws, E> {
    let run = GrowingRun::begin(plan, ask, Keeping::Columns, &[]);
    join_to(run, ask, parts, progress)
}

/// Joins parts to the draws of `ask`, each after the other, to what a run has so far.
pub(super) fn join_to<E: From<Stopped>>(
    mut run: GrowingRun<'_>,
    ask: &RunSpec,
    parts: impl IntoIterator<Item = Result<PartDraws, E>>,
    progress: &dyn Progress,
) -> Result<Draws, E> {
    let watch = &PartOf(progress);
    for part in parts {
        run.take_in(part?, watch)?;
    }
    run.extend(ask.draws.end, watch)?;
    Ok(run.finish().1)
}
