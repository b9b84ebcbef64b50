//! What a variant or a setting changed is said, kept in the summary, and never laid over the results of the plan.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{foremix, names, scenario, stderr, stdout};

const VARIANTS: &str = "
[variants.more-search]
channels.search.budget = 30_000
[variants.\"../../../escaped\"]
channels.search.budget = 31_000
[variants.\"..\"]
channels.search.budget = 32_000
";

fn plan(folder: &Path) {
    let text = fs::read_to_string(scenario("starter.toml")).unwrap();
    fs::create_dir_all(folder.join("a/b/c")).unwrap();
    fs::write(folder.join("a/b/c/quarter.toml"), text + VARIANTS).unwrap();
}

fn run(folder: &Path, command: &str, options: &[&str]) -> String {
    let output = foremix(&folder.join("a/b/c"))
        .args([command, "quarter.toml", "--runs", "64", "--formats", ""])
        .args(options)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn every_what_if_has_a_folder_of_its_own_inside_output() {
    let folder = tempfile::tempdir().unwrap();
    plan(folder.path());
    run(folder.path(), "run", &[]);
    run(folder.path(), "run", &["--set", "channels.search.budget=40k"]);
    run(folder.path(), "run", &["--set", "channels.search.budget=24_000"]);
    run(folder.path(), "run", &["--variant", "more-search"]);
    run(folder.path(), "run", &["--variant", "more-search", "--set", "channels.search.budget=40k"]);
    run(folder.path(), "run", &["--variant", "../../../escaped"]);
    run(folder.path(), "run", &["--variant", ".."]);
    run(folder.path(), "sweep", &["--vary", "channels.search.budget=1k,2k", "--set", "sales.close_rate=30%"]);
    let inside = names(&folder.path().join("a/b/c/output"));
    let plain: Vec<&String> = inside.iter().filter(|name| !name.contains('~')).collect();
    let expected = [
        "quarter",
        "quarter+more-search",
        "quarter+more-search+search.budget=40k",
        "quarter+sales.close_rate=30%-sweep",
        "quarter+search.budget=40k",
    ];
    assert_eq!(plain, expected);
    assert_eq!(inside.len(), 7, "{inside:?}");
    assert_eq!(names(folder.path()), ["a"]);
    assert_eq!(names(&folder.path().join("a/b/c")), ["output", "quarter.toml"]);
}

#[test]
fn what_was_changed_is_said_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    plan(folder.path());
    let settings = ["--set", "channels.search.budget=40k", "--set", "sales.close_rate=25% to 35%"];
    let text = run(folder.path(), "run", &settings);
    let header: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    let header = header.join(" ");
    assert!(header.contains("Changed from the file: search budget 40k (was 24_000), sales close rate"), "{header}");
    let text = run(folder.path(), "run", &[&settings[..], &["--json"]].concat());
    let summary: Value = serde_json::from_str(&text).unwrap();
    let changed = &summary["scenario"]["changed"];
    assert_eq!(changed[0]["path"], "channels.search.budget");
    assert_eq!((&changed[0]["value"], &changed[0]["was"]), (&"40k".into(), &"24_000".into()));
    assert_eq!(changed[1]["value"], "25% to 35%");
    assert_eq!(changed.as_array().map(Vec::len), Some(2));
    let of_variant = run(folder.path(), "run", &["--variant", "more-search", "--json"]);
    let summary: Value = serde_json::from_str(&of_variant).unwrap();
    assert_eq!(summary["scenario"]["changed"][0]["value"], "30_000");
    let unchanged: Value = serde_json::from_str(&run(folder.path(), "run", &["--json"])).unwrap();
    assert_eq!(unchanged["scenario"]["changed"], Value::Array(Vec::new()));
    assert!(!run(folder.path(), "run", &[]).contains("Changed from the file"));
}
