//! `foremix run --precision`: as many quarters as it takes, and the bytes of asking for that number.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{foremix, names, scenario, stderr, stdout};

/// What `run` of the starter writes to `folder`, and says.
fn run(folder: &Path, out: &str, arguments: &[&str]) -> (Value, String) {
    let output = foremix(folder)
        .arg("run")
        .arg(scenario("starter.toml"))
        .args(["--formats", "json", "--out", out])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let summary = fs::read(folder.join(out).join("summary.json")).unwrap();
    (serde_json::from_slice(&summary).unwrap(), stdout(&output))
}

#[test]
fn a_precise_run_is_that_of_its_number_of_quarters() {
    let folder = tempfile::tempdir().unwrap();
    let (mut precise, said) = run(folder.path(), "precise", &["--precision", "3%", "--threads", "2"]);
    let runs = precise["runs"].as_u64().unwrap();
    assert!(runs > 4_096 && runs.is_multiple_of(1_024), "{runs}");
    assert!(said.contains("Precise to ±3% after"), "{said}");
    let reached = precise["precision"]["reached"].as_f64().unwrap();
    assert!(reached <= 0.03 && precise["precision"]["end"] == "precise", "{}", precise["precision"]);
    let (mut plain, _) = run(folder.path(), "plain", &["--runs", &runs.to_string(), "--threads", "1"]);
    precise.as_object_mut().unwrap().remove("precision");
    for summary in [&mut precise, &mut plain] {
        summary["seconds"] = Value::Null;
    }
    assert!(precise == plain, "the figures differ");
    let text = |out: &str| fs::read_to_string(folder.path().join(out).join("scenario.toml")).unwrap();
    assert!(text("precise").contains(&format!("runs = {runs}")), "{}", text("precise"));
}

#[test]
fn a_run_that_may_not_become_precise_says_what_it_is_and_what_that_would_take() {
    let folder = tempfile::tempdir().unwrap();
    let (summary, said) = run(folder.path(), "few", &["--precision", "0.5%", "--max-runs", "5000"]);
    assert_eq!(summary["runs"], 5_000);
    assert_eq!(summary["precision"]["end"], "most_runs");
    assert!(said.contains("After 5,000 quarters, the most that --max-runs allows,"), "{said}");
    assert!(said.contains("which would take some"), "{said}");
    let (summary, said) = run(folder.path(), "short", &["--precision", "0.5%", "--max-seconds", "0"]);
    assert_eq!(summary["runs"], 4_096);
    assert_eq!(summary["precision"]["end"], "out_of_time");
    assert!(said.contains("--runs 4096 gives"), "{said}");
}

#[test]
fn what_makes_no_sense_with_a_precision_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, said) in [
        (&["--precision", "0"][..], "from 0.001% to 50%"),
        (&["--precision", "80%"], "from 0.001% to 50%"),
        (&["--precision", "fine"], "--precision"),
        (&["--precision", "1%", "--runs", "2000"], "cannot be used with"),
        (&["--max-runs", "2000"], "--precision"),
        (&["--precision", "1%", "--max-seconds", "-1"], "--max-seconds"),
        (&["--precision", "1%", "--max-runs", "100M", "--formats", "csv"], "GB of memory"),
    ] {
        let output = foremix(folder.path()).arg("run").arg(scenario("starter.toml")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert_eq!(names(folder.path()), [""; 0]);
    }
}
