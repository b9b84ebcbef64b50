//! What the weeks of a plan that are over say of its figures: each input that they depend on, given what came.
//!
//! Inputs that share what came are asked together, the others by themselves; inputs that nothing was seen of stay as they
//! were stated. See [`crate::calibrate::conditioned`] for how.

mod blocks;
mod evidence;
mod expected;
mod gather;
mod weeks_over;

pub use weeks_over::{BookedNow, OpenNow, WeeksOver};

use std::f64::consts::PI;

use crate::calibrate::conditioned::{Marginal, TooThin};
use crate::calibrate::{DRAWS, percentile};
use crate::inputs::{Input, Inputs};
use crate::model::plan::Plan;
use crate::records::Actuals;
use crate::text::listed;
use crate::transcendental::asin;
use crate::units::Levels;

use blocks::{Block, Latent, Tangled, blocks, share};
use evidence::Evidence;
use expected::Expected;
use gather::gather;

/// An input as it was stated and as it is known now.
#[derive(Clone, Debug)]
pub struct MovedInput {
    /// its path in the file
    pub path: String,
    /// P10, P50 and P90 as stated
    pub stated: Levels,
    /// and now
    pub now: Levels,
    /// what it is from, in words
    pub from: Vec<String>,
    /// whether it is a share
    pub is_share: bool,
    /// as it is written now
    pub written: Posterior,
}

/// How an input is written once something came.
#[derive(Clone, Debug)]
pub enum Posterior {
    /// values at evenly spaced shares of all draws
    Quantiles(Vec<f64>),
    /// a column of a file of draws
    Column {
        /// the name of the file, which is that of the file it was drawn from: a draw keeps its row
        file: String,
        /// a value a row
        values: Vec<f64>,
    },
}

/// What is told of inputs that are tied now: the rank correlation of two.
#[derive(Clone, Debug)]
pub struct Tie {
    /// the paths of the two
    pub between: [String; 2],
    /// Spearman's rank correlation
    pub rank: f64,
}

/// What came and was not to be expected.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// what came, in words
    pub came: String,
    /// whether it is more than was to be expected
    pub is_more: bool,
    /// the chance of as much, or as little, and what is as far on the other side
    pub chance: f64,
}

/// What the weeks say.
#[derive(Clone, Debug, Default)]
pub struct Update {
    /// inputs that are known better now
    pub moved: Vec<MovedInput>,
    /// correlations of these
    pub ties: Vec<Tie>,
    /// pairs of inputs whose correlation stays as stated
    pub kept_ties: Vec<Tie>,
    /// what was not to be expected
    pub conflicts: Vec<Conflict>,
    /// what of the file is not used, and why, in sentences
    pub unused: Vec<String>,
}

/// Why the weeks can't be used.
#[derive(Clone, Debug, thiserror::Error)]
#[error(
    "what came can't be laid over {inputs} at once: {why}. Give the exports that hold it deal by deal: --deals deals.csv, and \
     --leads, --ads where you have them"
)]
pub struct Unusable {
    inputs: String,
    why: String,
}

/// What came is told as unexpected below this chance.
const UNEXPECTED: f64 = 0.01;

/// Rank correlations smaller than this are left out where nothing else hangs on them.
const LEAST_TIE: f64 = 0.02;

/// Intervals of the quantiles that are written.
const INTERVALS: usize = 50;

/// Asks what came. The sources of `actuals` are those of the plan, in their order; others may follow.
///
/// # Errors
///
/// That some inputs hang together in a way that can't be asked, or that too few of their draws are left.
pub fn update(plan: &Plan, actuals: &Actuals) -> Result<Update, Unusable> {
    let inputs = &plan.parts.inputs;
    let middle: Vec<f64> = inputs.list().iter().map(|input| input.at(0.5)).collect();
    let came = Expected::new(plan, actuals.weeks, &actuals.sources);
    let gathered = gather(plan, &came, &middle);
    let (blocks, tangled) = blocks(plan, &came, &gathered.evidence, &middle);
    if let Some(Tangled(ids)) = tangled.first() {
        let names = ids.iter().map(|id| inputs.list()[id.index()].name.as_str());
        return Err(Unusable {
            inputs: told(names),
            why: "they come from several files of draws that hang together".into(),
        });
    }
    let mut update = Update { unused: gathered.unused, ..Update::default() };
    let asked = Asked { plan, came: &came, evidence: &gathered.evidence, middle: &middle };
    for block in &blocks {
        asked.condition(block, &mut update)?;
    }
    asked.conflicts(&blocks, &mut update);
    let is_moved = |name: &String| update.moved.iter().any(|own| own.path == *name);
    let pairs = inputs.copula().pairs.iter().filter(|pair| !pair.between.iter().any(is_moved));
    update.kept_ties = pairs.map(|pair| Tie { between: pair.between.clone(), rank: pair.rank }).collect();
    Ok(update)
}

struct Asked<'a> {
    plan: &'a Plan,
    came: &'a Expected<'a>,
    evidence: &'a [Evidence],
    middle: &'a [f64],
}

impl Asked<'_> {
    fn inputs(&self) -> &Inputs {
        &self.plan.parts.inputs
    }

    /// What is known of the inputs of a block now.
    fn condition(&self, block: &Block, update: &mut Update) -> Result<(), Unusable> {
        let log_likelihood = |scores: &[f64]| {
            let mut drawn = self.middle.to_vec();
            block.lay(self.inputs(), scores, &mut drawn);
            let of = |at: &usize| self.evidence[*at].log_likelihood(self.plan, self.came, &drawn);
            block.evidence.iter().map(of).sum::<f64>()
        };
        let from: Vec<String> = block.evidence.iter().map(|at| self.evidence[*at].words.clone()).collect();
        let unusable = |TooThin { effective, tail_shape }: TooThin| {
            let ids = block.latents.iter().flat_map(|latent| &latent.inputs);
            Unusable {
                inputs: told(ids.map(|id| self.inputs().list()[id.index()].name.as_str())),
                why: format!(
                    "of 32,768 draws of them {effective:.0} are left that fit, where 400 are needed (k̂ = {tail_shape:.2})"
                ),
            }
        };
        if let Some(file) = block.file() {
            let file = self.file_name(&block.latents[file]);
            let draws = block.stated.drawn(&log_likelihood, DRAWS).map_err(unusable)?;
            for (at, latent) in block.latents.iter().enumerate() {
                for id in &latent.inputs {
                    let input = &self.inputs().list()[id.index()];
                    let values: Vec<f64> = draws.iter().map(|z| input.at(share(z[at]))).collect();
                    let now = Levels::of(|p| percentile(&values, p));
                    update.moved.push(moved(input, now, &from, Posterior::Column { file: file.clone(), values }));
                }
            }
            return Ok(());
        }
        let known = block.stated.given(&log_likelihood).map_err(unusable)?;
        let names: Vec<&Input> =
            block.latents.iter().map(|latent| &self.inputs().list()[latent.inputs[0].index()]).collect();
        for (input, marginal) in names.iter().zip(&known.marginals) {
            let now = Levels::of(|p| input.at(share(marginal.quantile(p))));
            update.moved.push(moved(input, now, &from, Posterior::Quantiles(quantiles(input, marginal))));
        }
        let pairs = (0..names.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let ties = pairs.map(|(a, b)| Tie {
            between: [names[a].name.clone(), names[b].name.clone()],
            rank: rank_of(known.correlations[a][b]),
        });
        let ties: Vec<Tie> = ties.collect();
        // All of them or none: a matrix without its small entries may be that of no figures.
        if ties.iter().any(|tie| tie.rank.abs() >= LEAST_TIE) {
            update.ties.extend(ties);
        }
        Ok(())
    }

    fn file_name(&self, latent: &Latent) -> String {
        let file = self.inputs().list()[latent.inputs[0].index()].file.as_ref();
        let name = file.and_then(|file| file.identity.file_name());
        name.map_or_else(|| "draws.csv".into(), |name| name.to_string_lossy().into_owned())
    }

    /// What was not to be expected, by what was stated.
    fn conflicts(&self, blocks: &[Block], update: &mut Update) {
        for (at, evidence) in self.evidence.iter().enumerate() {
            let block = blocks.iter().find(|block| block.evidence.contains(&at));
            let draws = block.map_or_else(|| vec![Vec::new()], |block| block.stated.spread(512));
            let (mut below, mut above) = (0.0, 0.0);
            for scores in &draws {
                let mut drawn = self.middle.to_vec();
                if let Some(block) = block {
                    block.lay(self.inputs(), scores, &mut drawn);
                }
                let tails = evidence.tails(self.plan, self.came, &drawn);
                below += tails.0 / draws.len() as f64;
                above += tails.1 / draws.len() as f64;
            }
            let chance = (2.0 * f64::min(below, above)).min(1.0);
            if chance < UNEXPECTED {
                update.conflicts.push(Conflict { came: evidence.words.clone(), is_more: above < below, chance });
            }
        }
    }
}

fn moved(input: &Input, now: Levels, from: &[String], written: Posterior) -> MovedInput {
    MovedInput {
        path: input.name.clone(),
        stated: Levels::of(|p| input.at(p)),
        now,
        from: from.to_vec(),
        is_share: input.range.low >= 0.0 && input.range.high <= 1.0,
        written,
    }
}

/// Values at evenly spaced shares; the first and the last are chosen so that the mean of the outermost draws is kept.
fn quantiles(input: &Input, marginal: &Marginal) -> Vec<f64> {
    let at = |u: f64| input.at(share(marginal.quantile(u)));
    let mut values: Vec<f64> = (0..=INTERVALS).map(|k| at(k as f64 / INTERVALS as f64)).collect();
    let step = 1.0 / INTERVALS as f64;
    let mean = |from: f64| (0..64).map(|k| at(from + step * (f64::from(k) + 0.5) / 64.0)).sum::<f64>() / 64.0;
    let (first, last) = (2.0 * mean(0.0) - values[1], 2.0 * mean(1.0 - step) - values[INTERVALS - 1]);
    values[0] = input.range.clamp(first.min(values[1]));
    values[INTERVALS] = input.range.clamp(last.max(values[INTERVALS - 1]));
    values
}

/// Spearman's rank correlation of normals that are correlated so: `6/π·asin(r/2)`, in three decimals and never quite 1.
fn rank_of(r: f64) -> f64 {
    let rank = 6.0 / PI * asin(0.5 * r);
    ((rank * 1e3).round() / 1e3).clamp(-0.995, 0.995)
}

/// Names of inputs, the first few.
fn told<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(str::to_owned).collect();
    let more = names.len().saturating_sub(4);
    let mut shown: Vec<String> = names.into_iter().take(4).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    listed(&shown, "and")
}
