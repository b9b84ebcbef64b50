//! `foremix run`: the forecast on the terminal, the summary for machines, and silence.

use std::fs;

use serde_json::Value;

use crate::{assert_same, foremix, is_a_table_or_fits, names, scenario, stderr, stdout};

fn bundled() -> Vec<String> {
    let folder = scenario("");
    let all = names(&folder).into_iter();
    all.filter(|name| name.ends_with(".toml")).collect()
}

#[test]
fn every_bundled_scenario_prints_its_forecast() {
    for name in bundled() {
        let folder = tempfile::tempdir().unwrap();
        let output = foremix(folder.path())
            .arg("run")
            .arg(scenario(&name))
            .args(["--runs", "2000", "--seed", "1", "--formats", "json"])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(stderr(&output), "", "{name}");
        let text = stdout(&output);
        assert!(text.lines().all(is_a_table_or_fits), "{text}");
        let stem = name.trim_end_matches(".toml");
        assert_same!(format!("run-{stem}"), text);
        assert_eq!(names(folder.path()), ["output"]);
    }
}

/// The keys and types of a summary: of lists the first element, of names that the plan gives the first one.
pub(crate) fn shape(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) => {
            text.push_str("{\n");
            for (key, value) in map {
                text.push_str(&format!("{indent}  {key}: "));
                shape(value, depth + 1, text);
            }
            text.push_str(&format!("{indent}}}\n"));
        }
        Value::Array(list) => {
            text.push_str(&format!("{} of ", list.len()));
            match list.first() {
                Some(first) => shape(first, depth, text),
                None => text.push_str("nothing\n"),
            }
        }
        Value::Number(_) => text.push_str("number\n"),
        Value::String(_) => text.push_str("text\n"),
        Value::Bool(_) => text.push_str("truth\n"),
        Value::Null => text.push_str("null\n"),
    }
}

/// Statistics look all alike: one of them is shown whole, the others by name.
pub(crate) fn only_first_whole(map: &mut Value) {
    if let Value::Object(map) = map {
        for (_, value) in map.iter_mut().skip(1) {
            *value = Value::String("as the first".into());
        }
    }
}

#[test]
fn the_summary_has_its_shape() {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path())
        .arg("run")
        .arg(scenario("starter.toml"))
        .args(["--runs", "2000", "--json", "--out", "results"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let mut summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    let written = fs::read_to_string(folder.path().join("results/summary.json")).unwrap();
    assert_eq!(stdout(&output), written);
    for part in ["outcomes", "channels", "weeks", "inputs"] {
        only_first_whole(&mut summary[part]);
    }
    summary["notes"] = Value::Array(summary["notes"].as_array().unwrap()[..1].to_vec());
    let mut text = String::new();
    shape(&summary, 0, &mut text);
    assert_same!("summary-shape", text);
}

#[test]
fn quiet_prints_nothing_and_writes_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path())
        .arg("run")
        .arg(scenario("starter.toml"))
        .args(["--runs", "100", "--quiet", "--out", "results"])
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()));
    let files = names(&folder.path().join("results"));
    assert!(files.contains(&"summary.json".to_owned()) && files.contains(&"revenue.png".to_owned()));
}

#[test]
fn names_of_all_sorts_are_fine() {
    let plan = fs::read_to_string(scenario("starter.toml")).unwrap();
    let letters = "a".repeat(200);
    for (file, name) in [
        ("two words", "\"two words\""),
        ("quo'te", "'quo\"te'"),
        ("new\nline", "\"new\\nline\""),
        ("第三四半期", "\"第三四半期の計画\""),
        (letters.as_str(), "\"\"\"\nlines\n\"\"\""),
        ("-dash", "\"$(rm) `x` <b>&amp;\""),
        (".hidden", "\"\""),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("{file}.toml"));
        fs::write(&path, plan.replace("name = \"My next quarter\"", &format!("name = {name}"))).unwrap();
        let output = foremix(folder.path()).arg("run").arg(&path).args(["--runs", "100"]).output().unwrap();
        assert!(output.status.success(), "{file}: {}", stderr(&output));
        let results = names(&folder.path().join("output"));
        assert_eq!(results.len(), 1, "{file}: {results:?}");
        let summary = fs::read(folder.path().join("output").join(&results[0]).join("summary.json")).unwrap();
        assert!(serde_json::from_slice::<Value>(&summary).is_ok(), "{file}");
    }
}

#[test]
fn sums_of_billions_are_told_short_beside_what_one_win_costs() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = foremix(folder.path());
    command.arg("run").arg(scenario("starter.toml")).args(["--runs", "200", "--formats", ""]);
    let output = command.args(["--set", "deals.average_value=50_000_000_000"]).output().unwrap();
    let text = stdout(&output);
    let row =
        |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}: {text}"));
    assert!(row("Revenue USD ").starts_with("Revenue USD bn "), "{text}");
    let cac = row("Acquisition cost (CAC) ");
    let last = cac.split_whitespace().rev().nth(1).unwrap();
    assert!(last.replace(',', "").parse::<f64>().unwrap() > 100.0, "{cac}");
}

#[test]
fn wrong_options_end_with_2_and_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, hint) in [
        (vec!["--formats", "pgn"], "did you mean png?"),
        (vec!["--formats", "docx"], "known: png, svg, html, pdf, csv, xlsx, parquet, pptx, json"),
        (vec!["--runs", "0"], "from 1 to 100_000_000"),
        (vec!["--runs", "1e12"], "from 1 to 100_000_000"),
        (vec!["--runs", "many"], "not a number"),
        (vec!["--seed", "-1"], "--seed"),
        (vec!["--threads", "0"], "--threads"),
        (vec!["--sed", "1"], "--seed"),
        (vec!["--set", "sales.queue=best"], "best_first"),
    ] {
        let output = foremix(folder.path()).arg("run").arg(scenario("starter.toml")).args(&arguments).output().unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(hint), "{arguments:?}: {said}");
        assert_eq!(stdout(&output), "");
    }
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let command = format!(
        "set -o pipefail; '{}' run '{}' --runs 100 --json | head -c 1 > /dev/null",
        assert_cmd::cargo::cargo_bin("foremix").display(),
        scenario("b2b-saas.toml").display(),
    );
    let output = std::process::Command::new("bash").args(["-c", &command]).current_dir(folder.path()).output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = std::process::Command::new(assert_cmd::cargo::cargo_bin("foremix"))
        .arg("run")
        .arg(scenario("starter.toml"))
        .args(["--runs", "100", "--json"])
        .current_dir(folder.path())
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("standard output can't be written"));
}

#[test]
fn more_runs_than_fit_into_memory_are_refused_with_those_that_fit() {
    let folder = tempfile::tempdir().unwrap();
    let plan = scenario("b2b-saas.toml");
    for command in
        [&["run", "--formats", "csv"][..], &["compare"], &["sweep", "--vary", "sales.queue=newest_first,oldest_first"]]
    {
        let with_runs = |runs: &str| {
            let mut foremix = foremix(folder.path());
            foremix.arg(command[0]).arg(&plan).args(&command[1..]).args(["--runs", runs, "--out", "results"]);
            foremix.output().unwrap()
        };
        let refused = with_runs("100M");
        assert_eq!(refused.status.code(), Some(2));
        let said = stderr(&refused);
        assert!(said.starts_with("error: 100_000_000 runs would take "), "{said}");
        assert!(said.contains(" GB of memory, more than the 4 GB that a command may take: --runs "), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(names(folder.path()).is_empty());
    }
    let explained = foremix(folder.path()).args(["explain", "revenue"]).arg(&plan).args(["--runs", "100M"]).output();
    let explained = explained.unwrap();
    assert_eq!(explained.status.code(), Some(2));
    assert!(stderr(&explained).contains("GB of memory"), "{}", stderr(&explained));
}
