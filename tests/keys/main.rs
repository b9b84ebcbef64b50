//! Every key does something: each is changed once, and a figure must change with it. The list of keys comes from the
//! code, so that a new key without a line here fails.

mod changes;
mod in_place;
mod plans;

use std::collections::BTreeSet;
use std::fs;

use foremix::engine::{Unwatched, forecast};
use foremix::report::summary;
use foremix::scenario::{Scenario, load, tables};

use changes::CHANGES;
use in_place::{IN_PLACE, InPlace};
use plans::BASE;

/// Keys that say nothing themselves: headers of tables whose own keys are in the list, the version of the format, of
/// which there is one, and other plans, which have tests of their own.
const HEADERS: &[&str] = &[
    "||version",
    "||extends",
    // Words for people: that no figure moves by them is tested where they are shown.
    "channels.NAME||label",
    "||variants",
    "||horizon",
    "||simulation",
    "||market",
    "||channels",
    "||sales",
    "||deals",
    "||finance",
    "||targets",
    "||shocks",
    "||promotions",
    "||segments",
    "||brand",
    "||nurture",
    "||online",
    "||delivery",
    "||booked",
    "||customers",
    "||rules",
    // Deals from a file, which have tests of their own.
    "deals.open.NAME||file",
    "channels.NAME|ppc|budget_by_week",
    "channels.NAME|seo|budget_by_week",
    "channels.NAME|email|budget_by_week",
    "channels.NAME|print|budget_by_week",
    "channels.NAME|event|budget_by_week",
    "channels.NAME|response|budget_by_week",
    // Points from a file likewise.
    "channels.NAME.saturation|points|file",
    "deals.open.NAME||value_cv",
    "online||chat",
    "customers||referrals",
    "customers||loyalty",
    "sales||prospecting",
    "sales||reps",
    "deals||open",
];

fn scenario(text: &str, settings: &[&str]) -> Scenario {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("plan.toml");
    fs::write(&path, text).expect("the plan can be written");
    // After a setting, a table that acts on nothing is no fault.
    let settings: Vec<String> = ["version=1"].iter().chain(settings).map(|&setting| setting.into()).collect();
    load(&path, &settings).unwrap_or_else(|error| panic!("{settings:?}: {error}\n{text}"))
}

/// All that a reader is told of a plan.
fn told(scenario: &Scenario) -> serde_json::Value {
    let simulation = &scenario.simulation;
    let forecast = forecast(scenario, simulation.runs, simulation.seed, &Unwatched).expect("nobody stops this run");
    let mut told = serde_json::to_value(summary(scenario, &forecast, 0.0)).expect("JSON");
    told["scenario"]["hash"] = serde_json::Value::Null;
    told["scenario"]["description"] = scenario.description.clone().into();
    told
}

#[test]
fn every_key_changes_what_comes_out() {
    for change in CHANGES.iter().filter(|change| !HEADERS.contains(&change.key)) {
        let text = format!("{BASE}{}", change.channel);
        let before = told(&scenario(&text, &[]));
        let after = told(&scenario(&text, &[change.setting]));
        assert!(before != after, "{} changes nothing", change.key);
    }
}

#[test]
fn every_key_that_stands_in_place_of_another_changes_what_comes_out() {
    for InPlace { key, form, before, after } in IN_PLACE {
        let told_of = |text: &str| told(&scenario(&form.plan(text), &[]));
        assert!(told_of(before) != told_of(after), "{key} changes nothing");
    }
}

#[test]
fn the_list_of_changes_names_every_key() {
    let known: BTreeSet<String> = tables()
        .iter()
        .flat_map(|table| {
            let kind = table.kind.unwrap_or_default();
            table.keys.iter().map(move |key| format!("{}|{kind}|{}", table.path, key.name))
        })
        .collect();
    let tried: BTreeSet<String> = CHANGES
        .iter()
        .map(|change| change.key)
        .chain(IN_PLACE.iter().map(|own| own.key))
        .chain(HEADERS.iter().copied())
        .map(str::to_owned)
        .collect();
    let missing: Vec<_> = known.difference(&tried).collect();
    let gone: Vec<_> = tried.difference(&known).collect();
    assert!(missing.is_empty(), "no change tries {missing:?}");
    assert!(gone.is_empty(), "{gone:?} are no longer keys");
}

/// Outcomes that may be below 0.
const MAY_LOSE: [&str; 5] = ["gross_profit", "profit", "romi", "tail_profit", "profit_with_tail"];

#[test]
fn figures_at_the_ends_of_what_may_be_written_give_figures() {
    let is_number = |text: &str| text.replace('_', "").trim_end_matches('%').parse::<f64>().is_ok();
    let numeric = CHANGES.iter().filter_map(|change| {
        let (path, value) = change.setting.split_once('=')?;
        (is_number(value) || value.contains(" a month")).then_some((path, change.channel))
    });
    let targets = ["targets.revenue", "targets.cac"].map(|path| (path, ""));
    for (path, channel) in numeric.chain(targets) {
        // Without a limit of delivery, so that the deals of a huge week need not be held one by one.
        let text = format!("{BASE}{channel}").replace("[delivery]\nper_week = 14\n", "");
        for extreme in ["5e-324", "1e-300", "1e-20", "1e-9", "1e9", "1e15", "-0.999999999"] {
            let settings = [format!("{path}={extreme}"), "simulation.runs=32".to_owned()];
            let folder = tempfile::tempdir().expect("a temporary folder");
            let file = folder.path().join("plan.toml");
            fs::write(&file, &text).expect("the plan can be written");
            let Ok(scenario) = load(&file, &settings) else { continue };
            let forecast = forecast(&scenario, 32, 1, &Unwatched).expect("nobody stops this run");
            let draws = &forecast.draws;
            for (outcome, column) in draws.outcomes.iter().zip(&draws.columns) {
                let key = outcome.outcome().key;
                for value in column {
                    assert!(!value.is_infinite(), "{settings:?}: {key} is {value}");
                    let below = *value < 0.0;
                    assert!(!below || MAY_LOSE.contains(&key), "{settings:?}: {key} is {value}");
                }
            }
            let told = serde_json::to_value(summary(&scenario, &forecast, 0.0)).expect("JSON");
            let stats =
                ["channels", "weeks"].iter().flat_map(|part| told[*part].as_object().expect("a table").values());
            for stats in stats {
                let figures: Vec<_> = match stats {
                    serde_json::Value::Array(weeks) => weeks.iter().collect(),
                    other => other.as_object().expect("a table").values().collect(),
                };
                for figure in figures {
                    assert!(figure["mean"].is_number() && figure["sd"].is_number(), "{settings:?}: {figure}");
                }
            }
            for outcome in told["outcomes"].as_object().expect("a table").values() {
                let exists = outcome["defined"] != 0.0;
                assert!(outcome["mean"].is_number() == exists, "{settings:?}: {outcome}");
            }
        }
    }
}
