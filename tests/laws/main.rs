//! What holds in every draw of every plan: nothing is lost, made up or spent twice.
//!
//! Plans are made at random from all tables of a scenario; what fails is shrunk to the smallest plan that does.
//! The plans are the same in every run, unless PROPTEST_RNG_SEED renews them or PROPTEST_CASES asks for more.

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/quarters.rs"]
mod quarters;

mod conservation;
mod money;
mod more;
mod plans;
mod summaries;
mod surroundings;
mod unrelated;

use foremix::scenario::Scenario;
use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// The scenario of that text. A table that acts on nothing is no fault in it, as after a setting.
fn scenario(text: &str) -> Scenario {
    support::scenario_with(text, &["version=1"])
}

/// So many plans.
fn cases(cases: u32) -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let is_asked_for = |name| std::env::var_os(name).is_some();
    if !is_asked_for("PROPTEST_CASES") {
        config.cases = cases;
    }
    if !is_asked_for("PROPTEST_RNG_SEED") {
        config.rng_seed = RngSeed::Fixed(1);
    }
    config
}

/// The claim that two sums of the same terms agree, but for rounding.
#[track_caller]
fn same(found: f64, wanted: f64) {
    assert!((found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{found} is not {wanted}");
}
