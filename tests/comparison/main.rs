//! Plans held against each other: on the same luck, quarter by quarter.

#[path = "../support/draws.rs"]
mod draws;

mod differences;
mod judgement;
mod reasons;
mod returns;
mod sharpness;

use std::fs;

use foremix::analysis::{Comparison, Contender, Contrast, Paired, compare};
use foremix::engine::Unwatched;
use foremix::model::outcomes::OutcomeId;
use foremix::scenario::RawPlan;

/// A plan without doubt and with ample hours: what it brings is known in closed form.
const CERTAIN: &str = r#"
[channels.search]
kind = "ppc"
budget = 20_000
cost_per_click = 2
clicks_available = 100_000
visit_to_lead = 0.05
[channels.fair]
kind = "event"
budget = 8_000
cost_per_event = 4_000
leads_per_event = 40
half_life = 0.01
[sales]
selling_time = 1
opportunity_rate = 0.4
close_rate = 0.25
cycle_weeks = 0
response_curve = "none"
[sales.reps.team]
count = 1_000
[deals]
average_value = 6_000
value_cv = 0.5
[finance]
gross_margin = 0.5
"#;

fn outcome(key: &str) -> OutcomeId {
    OutcomeId::named(key).expect("an outcome")
}

/// The plan of a text, with settings laid over it.
fn contender(text: &str, settings: &[&str]) -> Contender {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.toml");
    fs::write(&path, text).unwrap();
    let draft = RawPlan::open(&path).unwrap().set(settings);
    Contender {
        label: settings.join(", "),
        scenario: draft.read().unwrap_or_else(|error| panic!("{settings:?}: {error}")),
        draft,
    }
}

/// A plan against itself with settings laid over it.
fn compared(text: &str, settings: &[&str], runs: u64, seed: u64) -> Comparison {
    let plans = [contender(text, &[]), contender(text, settings)];
    compare(&plans, runs, seed, &Unwatched).unwrap()
}

fn paired<'c>(contrast: &'c Contrast, key: &str) -> &'c Paired {
    contrast.outcome(outcome(key)).unwrap()
}

/// Four standard errors: a right engine fails one such claim in 16,000 renewals of the seed.
fn assert_near(estimate: f64, error: f64, theory: f64) {
    assert!((estimate - theory).abs() <= 4.0 * error + 1e-9 * theory.abs(), "{estimate} ± {error}, not {theory}");
}
