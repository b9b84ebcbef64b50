//! The checks themselves.

use std::path::Path;

use foremix::analysis::sensitivity::rests_on;
use foremix::analysis::{Contender, Marginal, compare, read_values};
use foremix::engine::{Forecast, Stats, Unwatched, forecast};
use foremix::report;
use foremix::scenario::{Files, Loaded, Loader, Scenario};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::plans::any_plan;

const PLAN: &str = include_str!("../../scenarios/starter.toml");
/// Enough for batches to be uneven, few enough for a thousand plans a minute.
const DRAWS: u64 = 70;

/// Loads `text` as a file among `others`.
fn load(text: &[u8], others: &[(&str, &[u8])], settings: &[String]) -> Option<Loaded> {
    let mut files = vec![("plan.toml", text)];
    files.extend(others);
    let files = files.into_iter().map(|(name, bytes)| (name, bytes.to_vec()));
    let loaded = Loader::of(Files::in_memory(files)).load(Path::new("plan.toml"), None, settings);
    loaded.inspect_err(|error| assert!(!error.to_string().is_empty())).ok()
}

/// Any text as a scenario file: it loads, or its faults are said.
pub fn scenario(bytes: &[u8]) {
    load(bytes, &[], &[]);
}

/// Any text as settings of a plan, one a line, and as the values of a sweep.
pub fn setting(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let settings: Vec<String> = text.lines().take(4).map(str::to_owned).collect();
    if let Some(loaded) = load(PLAN.as_bytes(), &[], &settings) {
        simulate(&loaded.scenario);
    }
    for line in text.lines().take(4) {
        let _ = (read_values(line, false), read_values(line, true));
    }
}

/// Any text as the spelling of a share, an amount and a number of a plan.
pub fn spelling(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for key in ["visit_to_lead", "cost_per_click", "budget"] {
        let line = PLAN.lines().find(|line| line.starts_with(key)).expect("the key is in the plan");
        let plan = PLAN.replace(line, &format!("{key} = {}", text.replace('\n', " ")));
        if let Some(loaded) = load(plan.as_bytes(), &[], &[]) {
            simulate(&loaded.scenario);
        }
    }
}

/// Any bytes as a table of draws.
pub fn table(bytes: &[u8]) {
    let line = PLAN.lines().find(|line| line.starts_with("cost_per_click")).expect("the key is in the plan");
    let plan = PLAN.replace(line, "cost_per_click = { file = \"draws.csv\", column = \"cpc\" }");
    if let Some(loaded) = load(plan.as_bytes(), &[("draws.csv", bytes)], &[]) {
        simulate(&loaded.scenario);
    }
}

/// Bytes as the seed of a plan of any tables: it is run, and compared with itself at another close rate.
pub fn plan(bytes: &[u8]) {
    // A seed, not the choices themselves: samplers that reject would wait for ever where the bytes end.
    let mut seed = [0; 32];
    seed.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let Ok(tree) = any_plan().new_tree(&mut runner) else { return };
    let text = tree.current();
    // A table that acts on nothing is no fault beside a setting.
    let plan = |setting: &str| load(text.as_bytes(), &[], &[setting.to_owned()]);
    let Some(base) = plan("version=1") else { return };
    simulate(&base.scenario);
    let Some(other) = plan("sales.close_rate=0.3") else { return };
    let contender = |label: &str, loaded: Loaded| Contender {
        label: label.to_owned(),
        draft: loaded.draft,
        scenario: loaded.scenario,
    };
    let plans = [contender("base", base), contender("other", other)];
    let comparison = compare(&plans, DRAWS, 1, &Unwatched).expect("two small plans are compared");
    for (_, paired) in &comparison.contrasts[0].outcomes {
        in_order(&paired.difference);
        let shares = paired.better.probability + paired.same + paired.worse.probability;
        assert!(shares <= 1.0 + 1e-9, "{paired:?}");
    }
}

/// Runs a few draws of a plan, says all that is said of it, and looks at what came.
fn simulate(scenario: &Scenario) {
    let seed = scenario.simulation.seed;
    let result = forecast(scenario, DRAWS, seed, &Unwatched).expect("nobody stops it");
    let marginal = Marginal::of(scenario, DRAWS, seed, &Unwatched).expect("nobody stops it");
    figures_hold(&result);
    let mut summary = report::summary_with_returns(scenario, &result, &marginal, 0.0);
    let outcome = scenario.steering_outcome();
    let rests_on = report::RestsOn { outcome, swings: rests_on(scenario, &result.draws, seed, outcome) };
    summary.rests_on = Some(rests_on.summary());
    assert!(serde_json::to_string(&summary).is_ok());
    let shown = report::Shown { width: 80, outcomes: &[], precision: None, rests_on: &rests_on };
    assert!(!report::forecast_text(scenario, &result, &marginal, shown).is_empty());
}

/// Nothing is infinite, percentiles rise, and what is counted is never below zero.
fn figures_hold(forecast: &Forecast) {
    for (id, stats) in &forecast.outcomes {
        in_order(stats);
        if ["leads", "qualified", "worked", "opportunities", "wins", "unspent"].contains(&id.outcome().key) {
            assert!(stats.percentiles.p5 >= -1e-6, "{}: {stats:?}", id.outcome().key);
        }
    }
    let weeks = forecast.weeks.iter().flatten();
    weeks.chain(&forecast.cumulative).for_each(in_order);
    forecast.inputs.iter().for_each(|(_, stats)| in_order(stats));
}

fn in_order(stats: &Stats) {
    if stats.defined > 0.0 {
        let percentiles = stats.percentiles.to_array();
        let figures = percentiles.iter().chain([&stats.mean, &stats.sd]);
        assert!(figures.into_iter().all(|figure| figure.is_finite()), "{stats:?}");
        assert!(percentiles.is_sorted(), "{stats:?}");
    }
}
