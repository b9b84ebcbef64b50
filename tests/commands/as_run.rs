//! `scenario.toml` in the folder of results gives the same figures again.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{foremix, names, scenario, stderr, stdout};

const BASE: &str = "
name = \"Base\"
[channels.search]
kind = \"ppc\"
budget = 24_000
clicks_available = 1_500
visit_to_lead = { file = \"data/draws.csv\", column = \"rate\" }
cost_per_click = \"2 to 4\"
flighting = { weeks = [2, 9] }
[channels.\"walk in\"]
kind = \"baseline\"
leads = \"3 to 5\"
[sales]
opportunity_rate = \"20% to 40%\"
close_rate = \"20% to 30%\"
cycle_weeks = 3
[deals]
average_value = \"1_000 to 2_000\"
value_cv = 0.5
[finance]
gross_margin = \"70%\"
[[correlations]]
between = [\"sales.opportunity_rate\", \"sales.close_rate\", \"deals.average_value\"]
rank = -0.3
";

const PLAN: &str = "
extends = \"base.toml\"
description = \"two\\nlines \\\"quoted\\\"\"
[simulation]
seed = 5
[variants.more]
channels.search.budget = 30_000
channels.fair = { kind = \"event\", budget = 9_000, cost_per_event = 3_000, leads_per_event = \"10 to 20\" }
";

fn outcomes(folder: &Path, arguments: &[&str]) -> Value {
    let output = foremix(folder).args(arguments).args(["--formats", "", "--json"]).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    let summary: Value = serde_json::from_str(&stdout(&output)).unwrap();
    Value::Array(["outcomes", "channels", "weeks", "runs", "seed"].map(|key| summary[key].clone()).to_vec())
}

fn plans(folder: &Path) {
    fs::create_dir_all(folder.join("data")).unwrap();
    fs::write(folder.join("data/draws.csv"), "rate\n0.02\n0.03\n0.05\n").unwrap();
    fs::write(folder.join("base.toml"), BASE).unwrap();
    fs::write(folder.join("plan.toml"), PLAN).unwrap();
}

#[test]
fn the_plan_as_it_was_run_gives_the_same_figures() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    plans(folder.path());
    let out = elsewhere.path().join("results").display().to_string();
    for arguments in [
        vec!["run", "plan.toml"],
        vec!["run", "plan.toml", "--variant", "more", "--runs", "300", "--seed", "9"],
        vec!["run", "plan.toml", "--set", "channels.search.brand_share=20%", "--runs", "300"],
        vec!["run", "plan.toml", "--variant", "more", "--set", "sales.close_rate={ p10 = 0.1, p50 = 0.2, p90 = 0.3 }"],
        vec!["run", "plan.toml", "--set", "channels.search.budget=40k", "--runs", "300", "--out", &out],
    ] {
        let first = outcomes(folder.path(), &arguments);
        let results = if arguments.contains(&out.as_str()) {
            elsewhere.path().join("results")
        } else {
            let output = folder.path().join("output");
            let inside = names(&output);
            assert_eq!(inside.len(), 1, "{inside:?}");
            output.join(&inside[0])
        };
        let again = results.join("scenario.toml").display().to_string();
        let text = fs::read_to_string(&again).unwrap();
        assert!(text.starts_with("# The plan as foremix ") && text.contains("of plan.toml"), "{text}");
        assert!(!text.contains("extends") && !text.contains("[variants"), "{text}");
        let other = elsewhere.path().join("again").display().to_string();
        assert_eq!(outcomes(folder.path(), &["run", &again, "--out", &other]), first, "{arguments:?}\n{text}");
        let _ = fs::remove_dir_all(folder.path().join("output"));
    }
}

#[test]
fn a_seed_that_no_file_can_hold_is_told_as_an_option() {
    let folder = tempfile::tempdir().unwrap();
    plans(folder.path());
    for (seed, fits) in [("9000000000000000", true), ("9007199254740993", false), ("18446744073709551615", false)] {
        let first = outcomes(folder.path(), &["run", "plan.toml", "--runs", "64", "--seed", seed, "--out", "first"]);
        assert_eq!(first[4].to_string(), seed);
        let text = fs::read_to_string(folder.path().join("first/scenario.toml")).unwrap();
        let (option, given) = match fits {
            true => (String::new(), vec![]),
            false => (format!(" --seed {seed}"), vec!["--seed", seed]),
        };
        assert!(text.contains(&format!("foremix run scenario.toml{option} gives the same")), "{text}");
        let again = [&["run", "first/scenario.toml", "--out", "again"][..], &given].concat();
        assert_eq!(outcomes(folder.path(), &again), first, "{seed}");
    }
}

#[test]
fn paths_of_files_are_short_inside_the_present_folder() {
    let folder = tempfile::tempdir().unwrap();
    plans(folder.path());
    outcomes(folder.path(), &["run", "plan.toml", "--runs", "64"]);
    let text = fs::read_to_string(folder.path().join("output/plan/scenario.toml")).unwrap();
    assert!(text.contains("file = \"../../data/draws.csv\""), "{text}");
}

#[test]
fn an_input_that_a_setting_made_certain_is_left_out_of_its_correlations() {
    let folder = tempfile::tempdir().unwrap();
    plans(folder.path());
    outcomes(folder.path(), &["run", "plan.toml", "--runs", "64", "--set", "sales.close_rate=25%", "--out", "results"]);
    let text = fs::read_to_string(folder.path().join("results/scenario.toml")).unwrap();
    assert!(text.contains("# Left out: the correlation of sales.close_rate"), "{text}");
    outcomes(folder.path(), &["run", "results/scenario.toml", "--out", "again"]);
}

#[test]
fn every_bundled_scenario_gives_its_figures_again() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b2b-saas", "local-services", "web-shop", "industrial", "fitted-curves"] {
        let plan = scenario(&format!("{name}.toml")).display().to_string();
        let first = outcomes(folder.path(), &["run", &plan, "--runs", "64", "--out", "first"]);
        let again = outcomes(folder.path(), &["run", "first/scenario.toml", "--out", "again"]);
        assert_eq!(first, again, "{name}");
    }
}

#[test]
fn every_plan_of_a_comparison_and_the_plan_of_a_sweep_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    plans(folder.path());
    let few = ["--runs", "64"];
    outcomes(folder.path(), &[&["compare", "plan.toml", "--out", "compared"][..], &few].concat());
    assert_eq!(
        names(&folder.path().join("compared")),
        [".foremix", "scenario-more.toml", "scenario.toml", "summary.json"]
    );
    let text = fs::read_to_string(folder.path().join("compared/scenario-more.toml")).unwrap();
    assert!(text.contains("# Variant: more") && text.contains("budget = 30_000"), "{text}");
    let vary = ["--vary", "channels.search.budget=1k,2k"];
    outcomes(folder.path(), &[&["sweep", "plan.toml", "--out", "swept"][..], &vary, &few].concat());
    let text = fs::read_to_string(folder.path().join("swept/scenario.toml")).unwrap();
    assert!(text.contains("# Varied: channels.search.budget=1k,2k"), "{text}");
}
