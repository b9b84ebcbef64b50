//! Draws ask for no memory: what a draw needs is there from the draws before.

use std::ops::{ControlFlow, Range};
use std::path::Path;

use allocation_counter::measure;
use foremix::engine::{InputSampler, RunSpec, Streams, Unwatched, run};
use foremix::model::outcomes::OutcomeId;
use foremix::model::plan::Plan;
use foremix::model::simulate::{Family, Quarter, Seed};
use foremix::scenario::{Sampling, Scenario, load};

const SEED: Seed = Seed { seed: 1, stream: 0 };
const DRAWS: u64 = 128;

/// The bundled plans and those of the benches.
fn plans() -> Vec<(String, Scenario)> {
    let mut files = Vec::new();
    for folder in ["scenarios", "benches/plans"] {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            files.push(entry.expect("it can be read").path());
        }
    }
    files.sort();
    let plans = files.iter().filter(|file| file.extension().is_some_and(|kind| kind == "toml"));
    plans.map(|file| (file.display().to_string(), load(file, &[]).expect("the plan is right"))).collect()
}

/// Allocations of the draws in `simulate`, which takes so many draws at a time and their inputs, when it has gone through them
/// once.
fn asked_for(plan: &Plan, at_a_time: u64, mut simulate: impl FnMut(Range<u64>, &[f64])) -> u64 {
    let sampler = InputSampler::new(&plan.parts.inputs, SEED, Sampling::Stratified, &[]);
    let mut drawn = Vec::new();
    sampler.fill(0..DRAWS, &mut drawn);
    let width = sampler.width();
    let mut all = || {
        for draw in (0..DRAWS).step_by(at_a_time as usize) {
            let end = draw + at_a_time;
            simulate(draw..end, &drawn[draw as usize * width..end as usize * width]);
        }
    };
    all();
    measure(all).count_total
}

#[test]
fn a_draw_like_one_before_asks_for_no_memory() {
    for (name, scenario) in plans() {
        let mut quarter = Quarter::new(&scenario.plan, SEED, true);
        let count = asked_for(&scenario.plan, 1, |draws, drawn| {
            quarter.run(draws.start, drawn);
        });
        assert_eq!(count, 0, "{name}");
    }
}

#[test]
fn nor_does_one_of_a_family() {
    for (name, scenario) in plans() {
        let first = &scenario.plan;
        let paid = first.parts.channels.iter().enumerate().filter(|(_, channel)| channel.budget() > 0.0);
        let more_money = paid.map(|(at, channel)| first.with_budget(at, 1.5 * channel.budget()));
        let more_reps = first.with_one_more_rep().into_iter().map(|(plan, _)| plan);
        let siblings: Vec<Plan> = more_money.chain(more_reps).collect();
        let others: Vec<&Plan> = siblings.iter().collect();
        let mut family = Family::new(first, &others, SEED, true);
        for at_a_time in [1, 64] {
            let count = asked_for(first, at_a_time, |draws, drawn| {
                let all = family.run(draws, drawn, |_, _, _| ControlFlow::<()>::Continue(()));
                assert!(all.is_continue());
            });
            assert_eq!(count, 0, "{name} and {} siblings, {at_a_time} draws at a time", others.len());
        }
    }
}

#[test]
fn a_run_asks_for_memory_by_blocks_and_not_by_draws() {
    let scenario = load(Path::new("benches/plans/bench_tail.toml"), &[]).expect("the plan is right");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be made");
    let asked_for = |blocks: u64| {
        let ask = RunSpec {
            draws: 0..blocks * 1_024,
            seed: 1,
            streams: Streams::default(),
            sampling: Sampling::Stratified,
            held: Vec::new(),
            outcomes: OutcomeId::all().collect(),
            details: true,
        };
        pool.install(|| measure(|| drop(run(&scenario.plan, &ask, &Unwatched))).count_total)
    };
    // A block brings its sums, its inputs, and now and then a figure that a histogram has no bucket for yet.
    let further = (asked_for(6) - asked_for(4)) / 2;
    assert!(further < 1_024 / 4, "{further} a block of 1,024 draws");
}
