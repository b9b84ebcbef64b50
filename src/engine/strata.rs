//! The uncertain inputs of a draw: each from one uniform, balanced over every whole 1,024 draws.
//!
//! Implements "stratified" of section 1 of docs/model.md.

use std::ops::Range;

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::SliceRandom;

use crate::inputs::{Input, InputId, Inputs};
use crate::model::quarter::Seed;
use crate::random::{Purpose, Series};
use crate::scenario::Sampling;

/// Independent parts of a run: draw i belongs to replicate `i mod 32`.
pub const REPLICATES: usize = 32;

/// Strata of an input, and draws of a replicate that are balanced over them.
const STRATA: usize = 32;

/// Draws of a block: the strata of every replicate once.
pub const BLOCK: usize = REPLICATES * STRATA;

/// Draws inputs; draw i needs no other draw.
#[derive(Debug)]
pub struct InputSampler<'p> {
    inputs: &'p [Input],
    series: Vec<[Series; 2]>,
    sampling: Sampling,
    held: Vec<Option<f64>>,
}

impl<'p> InputSampler<'p> {
    /// For the inputs of a plan; inputs in `held` have that value in every draw.
    #[must_use]
    pub fn new(
        inputs: &'p Inputs,
        seed: Seed,
        sampling: Sampling,
        held: &[(InputId, f64)],
    ) -> Self {
        let inputs = inputs.list();
        let mut values = vec![None; inputs.len()];
        for &(input, value) in held {
            values[input.index()] = Some(value);
        }
        let series = |input: &Input| {
            [Purpose::Input, Purpose::Strata].map(|purpose| seed.series(&input.name, purpose))
        };
        Self {
            inputs,
            series: inputs.iter().map(series).collect(),
            sampling,
            held: values,
        }
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
        for input in 0..width {
            self.each(input, draws.clone(), |draw, value| {
                values[(draw - draws.start) as usize * width + input] = value;
            });
        }
    }

    /// One input over any draws, in their order.
    #[must_use]
    pub fn column(&self, input: usize, draws: Range<u64>) -> Vec<f64> {
        let mut column = vec![0.0; (draws.end - draws.start) as usize];
        for block in blocks(draws.clone()) {
            self.each(input, block, |draw, value| {
                column[(draw - draws.start) as usize] = value;
            });
        }
        column
    }

    /// Calls `take` with the value of an input in each draw of `draws`, which lie in one block.
    fn each(&self, input: usize, draws: Range<u64>, mut take: impl FnMut(u64, f64)) {
        let law = &self.inputs[input];
        let [uniforms, strata] = self.series[input];
        if let Some(value) = self.held[input] {
            draws.for_each(|draw| take(draw, value));
            return;
        }
        if self.sampling == Sampling::Random {
            draws.for_each(|draw| take(draw, law.at(uniforms.at(draw).uniform(0, 0))));
            return;
        }
        let block = draws.start / BLOCK as u64;
        let first = block * BLOCK as u64;
        for replicate in 0..REPLICATES as u64 {
            // The draws of this replicate are 32 apart; of them, those from `draws.start` on.
            let start = first + replicate;
            let skipped = draws
                .start
                .saturating_sub(start)
                .div_ceil(REPLICATES as u64);
            let mut draw = start + skipped * REPLICATES as u64;
            if draw >= draws.end {
                continue;
            }
            let order = permutation(strata, replicate, block);
            while draw < draws.end {
                let stratum = order[((draw - first) / REPLICATES as u64) as usize];
                let within = uniforms.at(draw).uniform(0, 0);
                take(draw, law.at((f64::from(stratum) + within) / STRATA as f64));
                draw += REPLICATES as u64;
            }
        }
    }
}

/// A random order of the strata, keyed by (seed, name, replicate, block). Here a seeded generator of the `rand` crate
/// serves: the 31 numbers of a shuffle belong together, and one seeding for 32 draws costs nothing.
fn permutation(series: Series, replicate: u64, block: u64) -> [u8; STRATA] {
    let key = series.at(block).bits(replicate as u32, 0);
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
