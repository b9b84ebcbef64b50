//! Single quarters, with all that they count.

use std::ops::Range;

use foremix::engine::{InputSampler, blocks};
use foremix::model::outcomes::Tally;
use foremix::model::simulate::{Quarter, Seed};
use foremix::scenario::Scenario;

/// Simulates draws one after another, tail included, and shows the inputs and the tally of each.
pub(crate) fn each_quarter(
    scenario: &Scenario,
    draws: Range<u64>,
    seed: u64,
    mut see: impl FnMut(u64, &[f64], &Tally),
) {
    let seed = Seed { seed, stream: 0 };
    let inputs = &scenario.plan.parts.inputs;
    let sampler = InputSampler::new(inputs, seed, scenario.simulation.sampling, &[]);
    let mut quarter = Quarter::new(&scenario.plan, seed, true);
    let mut drawn = Vec::new();
    for block in blocks(draws) {
        sampler.fill(block.clone(), &mut drawn);
        let width = sampler.width();
        for (row, draw) in block.enumerate() {
            let drawn = &drawn[row * width..(row + 1) * width];
            see(draw, drawn, quarter.run(draw, drawn));
        }
    }
}
