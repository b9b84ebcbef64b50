//! What every shelf of tests needs: a scenario from a few lines of TOML, and its draws.

use std::ops::Range;

use foremix::engine::{Ask, Draws, Streams, Unwatched, run};
use foremix::model::outcomes::OutcomeId;
use foremix::scenario::{Scenario, load};

/// The scenario of that text.
pub(crate) fn scenario(text: &str) -> Scenario {
    named_scenario("plan.toml", text)
}

/// The scenario of that text, from a file of that name.
pub(crate) fn named_scenario(name: &str, text: &str) -> Scenario {
    let folder = tempfile::tempdir().expect("a folder for the scenario");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("the scenario is written");
    load(&path, &[]).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Every outcome of a range of draws, without figures by week and source.
pub(crate) fn ask(scenario: &Scenario, draws: Range<u64>, seed: u64) -> Ask {
    Ask {
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
    OutcomeId::named(key)
        .and_then(|id| draws.column(id))
        .unwrap_or_else(|| panic!("there is no outcome {key}"))
}
