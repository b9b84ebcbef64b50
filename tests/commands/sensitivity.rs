//! `foremix sensitivity`: what it says, what it writes, and what can't be asked.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::{assert_same, foremix, is_a_table_or_fits, names, scenario, stderr, stdout};

fn sensitivity(folder: &Path, plan: &str, arguments: &[&str]) -> Output {
    foremix(folder)
        .arg("sensitivity")
        .arg(scenario(plan))
        .args(["--runs", "1024", "--out", "results"])
        .args(arguments)
        .output()
        .unwrap()
}

fn json(folder: &Path, plan: &str, arguments: &[&str]) -> Value {
    let output = sensitivity(folder, plan, &[&["--json", "--formats", "json"], arguments].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_bundled_plan_says_what_drives_it() {
    for name in ["b2b-saas", "local-services", "web-shop", "industrial", "starter"] {
        let folder = tempfile::tempdir().unwrap();
        let output = sensitivity(folder.path(), &format!("{name}.toml"), &["--formats", "json"]);
        assert!(output.status.success(), "{}", stderr(&output));
        let text = stdout(&output);
        assert!(text.lines().all(is_a_table_or_fits), "{text}");
        assert_same!(format!("sensitivity-{name}"), text);
        assert_eq!(names(&folder.path().join("results")), [".foremix", "scenario.toml", "summary.json"]);
    }
}

#[test]
fn a_choice_and_indices_are_told_where_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["--against", "variants", "--sobol", "--formats", "svg"];
    let output = sensitivity(folder.path(), "b2b-saas.toml", &arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_same!("sensitivity-with-all", stdout(&output));
    let files = names(&folder.path().join("results"));
    assert!(
        ["luck.svg", "tornado.svg", "summary.json"].iter().all(|file| files.contains(&(*file).to_owned())),
        "{files:?}"
    );
    let tornado = fs::read_to_string(folder.path().join("results/tornado.svg")).unwrap();
    assert!(tornado.contains("moves"), "{tornado}");
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_threads() {
    let of = |threads: &str| {
        let folder = tempfile::tempdir().unwrap();
        let asked = ["--against", "one-more-rep", "--sobol", "--outcome", "profit", "--threads", threads];
        let mut summary = json(folder.path(), "b2b-saas.toml", &asked);
        summary["seconds"] = Value::Null;
        summary.to_string()
    };
    assert_eq!(of("1"), of("3"));
}

#[test]
fn what_a_run_rests_on_is_the_head_of_the_tornado() {
    let folder = tempfile::tempdir().unwrap();
    let found = json(folder.path(), "b2b-saas.toml", &[]);
    let run = foremix(folder.path())
        .arg("run")
        .arg(scenario("b2b-saas.toml"))
        .args(["--runs", "1024", "--json", "--formats", "json"])
        .output()
        .unwrap();
    let run: Value = serde_json::from_slice(&run.stdout).unwrap();
    let told = run["rests_on"]["inputs"].as_array().unwrap();
    assert_eq!(run["rests_on"]["outcome"], found["outcome"]);
    assert_eq!(told.len(), 3);
    for (short, long) in told.iter().zip(found["inputs"].as_array().unwrap()) {
        for key in ["path", "low", "high", "difference", "clear"] {
            assert_eq!(short[key], long[key]);
        }
    }
}

#[test]
fn what_can_not_be_asked_is_said_with_what_can() {
    let folder = tempfile::tempdir().unwrap();
    for (plan, asked, said) in [
        ("b2b-saas.toml", &["--against", "one-more-reps"][..], "did you mean one-more-rep?"),
        ("b2b-saas.toml", &["--against", "nobody.toml"], "no such file"),
        (
            "b2b-saas.toml",
            &["--against", "one-more-rep", "--against", "variants"],
            "--against: \"variants\" is listed twice, or is the plan itself",
        ),
        ("starter.toml", &["--against", "variants"], "has no other variants"),
        ("starter.toml", &["--against", "another"], "the file has no variants; name another file"),
        ("starter.toml", &["--outcome", "wons"], "did you mean wins?"),
        ("starter.toml", &["--variant", "another"], "another"),
    ] {
        let output = sensitivity(folder.path(), plan, asked);
        assert!(!output.status.success(), "{asked:?}");
        assert!(stderr(&output).contains(said), "{asked:?}: {}", stderr(&output));
        assert_eq!(names(folder.path()), [""; 0], "{asked:?}");
    }
}

#[test]
fn a_plan_without_a_doubt_is_all_luck_and_few_draws_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "[channels.walk_in]\nkind = \"baseline\"\nleads = 12\nroute = \"online\"\nclose_rate = 0.2\n[deals]\naverage_value = 80\n";
    fs::write(folder.path().join("plan.toml"), plan).unwrap();
    let told = |runs: &str, further: &[&str]| {
        let mut command = foremix(folder.path());
        command.args(["sensitivity", "plan.toml", "--runs", runs, "--formats", "svg"]).args(further);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let certain = told("256", &["--sobol"]);
    assert!(certain.contains("No figure of the plan is uncertain"), "{certain}");
    let few = told("8", &["--set", "channels.walk_in.leads=8 to 20", "--sobol"]);
    assert!(few.contains("too few quarters to say what drives it"), "{few}");
}
