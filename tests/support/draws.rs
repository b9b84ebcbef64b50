//! Draws of a scenario, a column an outcome.

use std::ops::Range;

use foremix::engine::{Draws, RunSpec, Streams, Unwatched, run};
use foremix::model::outcomes::OutcomeId;
use foremix::scenario::Scenario;

/// Every outcome of a range of draws, without figures by week and source.
pub(crate) fn ask(scenario: &Scenario, draws: Range<u64>, seed: u64) -> RunSpec {
    RunSpec {
        draws,
        seed,
        streams: Streams::default(),
        sampling: scenario.simulation.sampling,
        held: Vec::new(),
        outcomes: OutcomeId::all().collect(),
        details: false,
    }
}

/// Simulates draws.
pub(crate) fn draw(scenario: &Scenario, draws: Range<u64>, seed: u64) -> Draws {
    run(&scenario.plan, &ask(scenario, draws, seed), &Unwatched).expect("nobody stops it")
}

/// The column of an outcome.
pub(crate) fn column<'d>(draws: &'d Draws, key: &str) -> &'d [f64] {
    OutcomeId::named(key).and_then(|id| draws.column(id)).unwrap_or_else(|| panic!("there is no outcome {key}"))
}
