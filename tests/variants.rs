//! Plans that build on another, and variants within one file: the same plan, however it is written down.

use std::fs;
use std::path::Path;

use foremix::engine::{Unwatched, forecast};
use foremix::report::summary;
use foremix::scenario::{LoadError, Note, RawPlan, Scenario, load, load_variant};
use serde_json::Value;

const BASE: &str = r#"
name = "Base"
[simulation]
runs = 200
[channels.search]
kind = "ppc"
budget = 30_000
cost_per_click = { p10 = 2, p50 = 3, p90 = 5 }
clicks_available = 2_000
visit_to_lead = { file = "rates.csv", column = "rate" }
[channels.fair]
kind = "event"
budget = 8_000
cost_per_event = 4_000
leads_per_event = 40
[sales]
selling_time = "35%"
opportunity_rate = 0.4
close_rate = "20% to 30%"
cycle_weeks = 3
[sales.reps.team]
count = 3
[deals]
average_value = 6_000
[variants.more-search]
channels.search.budget = 50_000
"#;

/// A folder with `base.toml`, the file of draws that it names, and in `sub/` a plan of `text`.
fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("base.toml"), BASE).unwrap();
    fs::write(folder.path().join("rates.csv"), "rate\n0.03\n0.04\n0.05\n").unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(folder.path().join("sub/plan.toml"), text).unwrap();
    folder
}

/// All figures of a scenario: its summary without what it is called.
fn figures(scenario: &Scenario) -> Value {
    let forecast = forecast(scenario, 200, 1, &Unwatched).unwrap();
    let mut summary = serde_json::to_value(summary(scenario, &forecast, 0.0)).unwrap();
    summary["scenario"] = Value::Null;
    summary
}

fn set(path: &Path, settings: &[&str]) -> Scenario {
    let settings: Vec<String> = settings.iter().map(|&setting| setting.into()).collect();
    load(path, &settings).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_plan_that_changes_nothing_is_its_base_though_it_lies_elsewhere() {
    let folder = folder("extends = \"../base.toml\"\n");
    let base = set(&folder.path().join("base.toml"), &[]);
    let plan = set(&folder.path().join("sub/plan.toml"), &[]);
    assert_eq!(figures(&base), figures(&plan));
    assert_eq!(plan.name, "Base");
    assert_ne!(base.hash, plan.hash);
}

#[test]
fn a_variant_a_plan_that_extends_and_a_setting_say_the_same() {
    let folder = folder("extends = \"../base.toml\"\n[channels.search]\nbudget = 50_000\n");
    let base = folder.path().join("base.toml");
    let by_setting = figures(&set(&base, &["channels.search.budget=50k"]));
    let by_variant = load_variant(&base, Some("more-search"), &[]).unwrap();
    let by_file = set(&folder.path().join("sub/plan.toml"), &[]);
    assert_eq!(by_setting, figures(&by_variant));
    assert_eq!(by_setting, figures(&by_file));
    assert_ne!(by_setting, figures(&set(&base, &[])));
    assert_eq!(by_variant.title(), "Base: more-search");
}

#[test]
fn tables_merge_and_anything_else_is_replaced() {
    let folder = folder(
        "extends = \"../base.toml\"\n[channels.search]\ncost_per_click = { mean = 3, sd = 1 }\n[channels.walk_in]\nkind = \"baseline\"\nleads = 4\n",
    );
    let plan = set(&folder.path().join("sub/plan.toml"), &[]);
    let names: Vec<&str> = plan.plan.parts.channels.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["search", "fair", "walk_in"]);
    let inputs = &plan.plan.parts.inputs;
    let cost = inputs.find("channels.search.cost_per_click").unwrap();
    assert_eq!(inputs.list()[cost.index()].spelling, "{ mean = 3, sd = 1 }");
}

#[test]
fn variants_are_inherited_and_settings_lie_over_them() {
    let folder = folder(
        "extends = \"../base.toml\"\n[variants.no-fair]\nchannels.fair.budget = 0\n[variants.more-search]\nsales.reps.team.count = 4\n",
    );
    let path = folder.path().join("sub/plan.toml");
    let draft = RawPlan::open(&path).unwrap();
    assert_eq!(draft.variants().collect::<Vec<_>>(), ["more-search", "no-fair"]);
    let both = load_variant(&path, Some("more-search"), &[]).unwrap();
    let spelled = set(&path, &["channels.search.budget=50k", "sales.reps.team.count=4"]);
    assert_eq!(figures(&both), figures(&spelled));
    let over = load_variant(&path, Some("more-search"), &["channels.search.budget=30k".into()]);
    let spelled = set(&path, &["sales.reps.team.count=4"]);
    assert_eq!(figures(&over.unwrap()), figures(&spelled));
}

#[test]
fn a_variant_that_is_not_there_is_named_with_the_nearest_that_is() {
    let folder = folder("");
    let base = folder.path().join("base.toml");
    let error = load_variant(&base, Some("more-serch"), &[]).unwrap_err();
    let LoadError::Faulty { faults, .. } = &error else {
        panic!("{error}");
    };
    let help: Vec<_> = faults.iter().filter_map(|fault| fault.help.as_deref()).collect();
    assert_eq!(help, ["did you mean `more-search`?"]);
}

#[test]
fn a_key_without_effect_is_a_fault_in_the_file_and_a_note_after_a_variant() {
    let folder = folder("extends = \"../base.toml\"\n[variants.brand]\nchannels.search.brand_share = 0.3\n");
    let path = folder.path().join("sub/plan.toml");
    let varied = load_variant(&path, Some("brand"), &[]).unwrap();
    let note = |note: &Note| matches!(note, Note::WithoutEffect { what, .. } if what == "`brand_share`");
    assert!(varied.notes.iter().any(note), "{:?}", varied.notes);
}

#[test]
fn an_option_can_not_change_what_the_file_builds_on() {
    let folder = folder("");
    let base = folder.path().join("base.toml");
    for setting in ["extends=other.toml", "variants.more-search.name=X"] {
        let error = load(&base, &[setting.into()]).unwrap_err().to_string();
        assert!(error.contains("an option can't change"), "{error}");
    }
}

#[test]
fn a_table_in_braces_that_is_one_value_takes_the_place_of_another() {
    let base = BASE.replace("budget = 30_000\n", "budget = 30_000\nflighting = { every = 4 }\n");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rates.csv"), "rate\n0.03\n0.04\n").unwrap();
    let path = folder.path().join("base.toml");
    let variant = "[variants.early]\nchannels.search.flighting = { weeks = [1, 4] }\n";
    fs::write(&path, format!("{base}{variant}")).unwrap();
    let varied = load_variant(&path, Some("early"), &[]).unwrap();
    let spelled = set(&path, &["channels.search.flighting={ weeks = [1, 4] }"]);
    assert_eq!(figures(&varied), figures(&spelled));
    let money = &varied.plan.parts.channels[0].plan;
    assert_eq!(money[..5], [7_500.0, 7_500.0, 7_500.0, 7_500.0, 0.0]);
}
