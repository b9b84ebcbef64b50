//! The uncertain inputs of a draw: each from one uniform, balanced over every whole 1,024 draws.
//!
//! Implements "stratified" and the correlations of section 1 of docs/model.md.

use std::iter::StepBy;
use std::ops::Range;

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::SliceRandom;

use crate::inputs::{Group, Input, InputId, Inputs};
use crate::model::simulate::Purpose;
use crate::model::simulate::Seed;
use crate::random::{StreamKey, normal_quantile, normal_share};
use crate::scenario::Sampling;

/// Batches, for batch means: independent parts of a run, draw i belongs to batch `i mod 32`.
pub const BATCHES: usize = 32;

/// Strata of an input, and draws of a batch that are balanced over them.
const STRATA: usize = 32;

/// Draws of a block: the strata of every batch once.
pub const BLOCK: usize = BATCHES * STRATA;

/// Stratified (Latin hypercube) sampling of the inputs; draw i needs no other draw.
#[derive(Debug)]
pub struct InputSampler<'p> {
    inputs: &'p [Input],
    groups: &'p [Group],
    /// of each input: its own uniforms, or those of a member of a group
    origins: Vec<Origin>,
    /// of each group, the uniforms behind the latent normals of its members
    latent: Vec<Vec<Uniforms>>,
    held: Vec<Option<f64>>,
    sampling: Sampling,
}

#[derive(Clone, Copy, Debug)]
enum Origin {
    Own(Uniforms),
    Member { group: usize, member: usize },
}

impl<'p> InputSampler<'p> {
    /// For the inputs of a plan; inputs in `held` have that value in every draw.
    #[must_use]
    pub fn new(inputs: &'p Inputs, seed: Seed, sampling: Sampling, held: &[(InputId, f64)]) -> Self {
        let groups = &inputs.copula().groups;
        let inputs = inputs.list();
        let mut values = vec![None; inputs.len()];
        for &(input, value) in held {
            values[input.index()] = Some(value);
        }
        let uniforms = |name: &str| Uniforms::new(name, seed, sampling);
        let mut origins: Vec<Origin> = inputs.iter().map(|input| Origin::Own(uniforms(input.key()))).collect();
        let mut latent = Vec::with_capacity(groups.len());
        for (group, tied) in groups.iter().enumerate() {
            for (member, tied) in tied.members.iter().enumerate() {
                if let Some(input) = tied.input {
                    origins[input.index()] = Origin::Member { group, member };
                }
            }
            let members = tied.members.iter();
            latent.push(members.map(|member| uniforms(&member.name)).collect());
        }
        Self { inputs, groups, origins, latent, held: values, sampling }
    }

    /// The same, but some inputs are those of another seed or stream, and with them the inputs that they are correlated
    /// with. Inputs of one file take one row: whoever renews one renews them all.
    #[must_use]
    pub fn renewed(mut self, renewed: &[InputId], seed: Seed) -> Self {
        for input in renewed {
            match &mut self.origins[input.index()] {
                Origin::Own(uniforms) => {
                    *uniforms = Uniforms::new(self.inputs[input.index()].key(), seed, self.sampling);
                }
                Origin::Member { group, .. } => {
                    let members = self.groups[*group].members.iter();
                    self.latent[*group] =
                        members.map(|member| Uniforms::new(&member.name, seed, self.sampling)).collect();
                }
            }
        }
        self
    }

    /// How many inputs a draw has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.inputs.len()
    }

    /// The inputs of draws `draws`, which lie in one block, draw by draw.
    pub fn fill(&self, draws: Range<u64>, values: &mut Vec<f64>) {
        let width = self.width();
        values.clear();
        values.resize(width * (draws.end - draws.start) as usize, 0.0);
        let mut latent = LatentColumns::new(draws.clone());
        for input in 0..width {
            self.each(input, &mut latent, |run, found| {
                for (draw, value) in run.zip(found) {
                    values[(draw - draws.start) as usize * width + input] = *value;
                }
            });
        }
    }

    /// One input over any draws, in their order.
    #[must_use]
    pub fn column(&self, input: usize, draws: Range<u64>) -> Vec<f64> {
        let mut column = vec![0.0; (draws.end - draws.start) as usize];
        for block in blocks(draws.clone()) {
            self.each(input, &mut LatentColumns::new(block), |run, found| {
                for (draw, value) in run.zip(found) {
                    column[(draw - draws.start) as usize] = *value;
                }
            });
        }
        column
    }

    /// Calls `take` with the values of an input in some draws after others: in all those of `latent`, which lie in one block.
    fn each(&self, input: usize, latent: &mut LatentColumns, mut take: impl FnMut(StepBy<Range<u64>>, &[f64])) {
        let distribution = &self.inputs[input];
        let draws = latent.draws.clone();
        let mut take_at = |draws: StepBy<Range<u64>>, uniforms: &mut [f64]| {
            distribution.at_each(uniforms);
            take(draws, uniforms);
        };
        match (self.held[input], self.origins[input]) {
            (Some(value), _) => in_runs(draws, |run, values| {
                values.fill(value);
                take(run, values);
            }),
            (None, Origin::Own(uniforms)) => uniforms.each(draws, take_at),
            // The first of a group is as if it stood alone.
            (None, Origin::Member { group, member: 0 }) => self.latent[group][0].each(draws, take_at),
            (None, Origin::Member { group, member }) => {
                let start = draws.start;
                let normals = latent.of(group, &self.latent[group], member);
                let weights = self.groups[group].weights(member);
                in_runs(draws, |run, uniforms| {
                    for (draw, u) in run.clone().zip(&mut *uniforms) {
                        let row = (draw - start) as usize;
                        let tied = weights.iter().zip(normals).map(|(w, column)| w * column[row]);
                        *u = normal_share(tied.sum()).clamp(f64::MIN_POSITIVE, LAST_BELOW_ONE);
                    }
                    take_at(run, uniforms);
                });
            }
        }
    }
}

/// Shows draws in runs, and room for a number of each.
fn in_runs(draws: Range<u64>, mut see: impl FnMut(StepBy<Range<u64>>, &mut [f64])) {
    for start in draws.clone().step_by(STRATA) {
        let end = draws.end.min(start + STRATA as u64);
        see((start..end).step_by(1), &mut [0.0; STRATA][..(end - start) as usize]);
    }
}

/// The largest number below 1.
const LAST_BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

/// Independent normals of the members of groups in the draws of one block, each column made when it is first wanted.
struct LatentColumns {
    draws: Range<u64>,
    groups: Vec<Vec<Vec<f64>>>,
}

impl LatentColumns {
    fn new(draws: Range<u64>) -> Self {
        Self { draws, groups: Vec::new() }
    }

    /// Those of members `0 ..= member` of a group.
    fn of(&mut self, group: usize, uniforms: &[Uniforms], member: usize) -> &[Vec<f64>] {
        if self.groups.len() <= group {
            self.groups.resize(group + 1, Vec::new());
        }
        let columns = &mut self.groups[group];
        for uniforms in uniforms.iter().take(member + 1).skip(columns.len()) {
            let mut column = vec![0.0; (self.draws.end - self.draws.start) as usize];
            uniforms.each(self.draws.clone(), |draws, uniforms| {
                for (draw, u) in draws.zip(uniforms) {
                    column[(draw - self.draws.start) as usize] = normal_quantile(*u);
                }
            });
            columns.push(column);
        }
        &columns[..=member]
    }
}

/// The uniforms of one name: stratified or plain.
#[derive(Clone, Copy, Debug)]
struct Uniforms {
    within: StreamKey,
    strata: StreamKey,
    sampling: Sampling,
}

impl Uniforms {
    fn new(name: &str, seed: Seed, sampling: Sampling) -> Self {
        Self { within: seed.series(name, Purpose::Input), strata: seed.series(name, Purpose::Strata), sampling }
    }

    /// Calls `take` with the uniforms of some draws after others: of all of `draws`, which lie in one block.
    fn each(self, draws: Range<u64>, mut take: impl FnMut(StepBy<Range<u64>>, &mut [f64])) {
        if self.sampling == Sampling::Random {
            in_runs(draws, |run, uniforms| {
                for (draw, u) in run.clone().zip(&mut *uniforms) {
                    *u = self.within.at(draw).uniform(0, 0);
                }
                take(run, uniforms);
            });
            return;
        }
        let block = draws.start / BLOCK as u64;
        let first = block * BLOCK as u64;
        for batch in 0..BATCHES as u64 {
            // The draws of this batch are 32 apart; of them, those from `draws.start` on.
            let start = first + batch;
            let skipped = draws.start.saturating_sub(start).div_ceil(BATCHES as u64);
            let own = start + skipped * BATCHES as u64..draws.end;
            if own.is_empty() {
                continue;
            }
            let count = (own.end - own.start).div_ceil(BATCHES as u64) as usize;
            let own = own.step_by(BATCHES);
            let order = permutation(self.strata, batch, block);
            let mut uniforms = [0.0; STRATA];
            let strata = &order[skipped as usize..];
            for ((u, draw), stratum) in uniforms.iter_mut().zip(own.clone()).zip(strata) {
                let within = self.within.at(draw).uniform(0, 0);
                *u = (f64::from(*stratum) + within) / STRATA as f64;
            }
            take(own, &mut uniforms[..count]);
        }
    }
}

/// A random order of the strata, keyed by (seed, name, batch, block). Here a seeded generator of the `rand` crate
/// serves: the 31 numbers of a shuffle belong together, and one seeding for 32 draws costs nothing.
fn permutation(series: StreamKey, batch: u64, block: u64) -> [u8; STRATA] {
    let key = series.at(block).bits(batch as u32, 0);
    let mut order: [u8; STRATA] = std::array::from_fn(|stratum| stratum as u8);
    order.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(key));
    order
}

/// Splits a range of draws where blocks begin.
pub fn blocks(draws: Range<u64>) -> impl Iterator<Item = Range<u64>> {
    let block = BLOCK as u64;
    let first = draws.start / block;
    let last = draws.end.div_ceil(block);
    (first..last).map(move |index| {
        let start = (index * block).max(draws.start);
        start..((index + 1) * block).min(draws.end)
    })
}
