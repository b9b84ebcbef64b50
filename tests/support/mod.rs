//! What every shelf of tests needs: a scenario from a few lines of TOML.

use std::io::Write;

use foremix::scenario::{RawPlan, Scenario};

/// The scenario of that text.
#[allow(dead_code, reason = "some shelves lay settings over all of their plans")]
pub(crate) fn scenario(text: &str) -> Scenario {
    scenario_with(text, &[])
}

/// The scenario of that text, with settings laid over it.
pub(crate) fn scenario_with(text: &str, settings: &[&str]) -> Scenario {
    let mut file = tempfile::NamedTempFile::new().expect("a file for the scenario");
    file.write_all(text.as_bytes()).expect("the scenario is written");
    let draft = RawPlan::open(file.path()).map(|draft| draft.set(settings));
    draft.and_then(|draft| draft.read()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}
