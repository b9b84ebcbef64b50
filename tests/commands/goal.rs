//! `foremix goal`: what it takes, that nothing does, and what is wrong with the question.

use serde_json::Value;

use crate::{assert_same, foremix, names, scenario, stderr, stdout};

/// Runs a goal on the starter; gives its exit code, what it says, and what it complains of.
fn goal(arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path())
        .arg("goal")
        .arg(scenario("starter.toml"))
        .args(["--runs", "1500", "--formats", "json"])
        .args(arguments)
        .output()
        .unwrap();
    (output.status.code(), stdout(&output), stderr(&output))
}

const SEARCH: &str = "channels.search.budget";

#[test]
fn the_answer_comes_first() {
    for (name, arguments) in [
        ("budget", vec!["--reach", "revenue=85k", "--chance", "60%", "--by", SEARCH]),
        ("reps", vec!["--reach", "mean(wins)>=11", "--by", "sales.reps.team.count"]),
        ("rate", vec!["--reach", "p10(revenue)>=45k", "--by", "sales.close_rate", "--between", "15%..60%"]),
        ("up-to", vec!["--reach", "cac<=4000", "--chance", "60%", "--by", "channels.search.cost_per_click"]),
        ("everywhere", vec!["--reach", "mean(wins)>=0", "--by", "total"]),
    ] {
        let (code, said, complaint) = goal(&arguments);
        assert_eq!((code, complaint.as_str()), (Some(0), ""), "{name}");
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
        assert_same!(format!("goal-{name}"), said);
    }
}

#[test]
fn that_nothing_does_is_an_answer_and_exit_1() {
    let (code, said, complaint) = goal(&["--reach", "revenue=85k", "--by", SEARCH]);
    assert_eq!(code, Some(1));
    assert_eq!(complaint, "error: no search budget from 0 to 120,000 USD reaches the goal\n");
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("With one more rep (team), about"), "{said}");
    assert_same!("goal-nowhere", said);
}

#[test]
fn faults_point_into_the_option() {
    let mut all = String::new();
    for arguments in [
        vec!["--reach", "revenu=85k", "--by", SEARCH],
        vec!["--reach", "revenue", "--by", SEARCH],
        vec!["--reach", "revenue=85 tsd", "--by", SEARCH],
        vec!["--reach", "p10(profit>=0)", "--by", SEARCH],
        vec!["--reach", "revenue=85k", "--chance", "80", "--by", SEARCH],
        vec!["--reach", "p10(revenue)>=1", "--chance", "80%", "--by", SEARCH],
        vec!["--reach", "revenue=85k", "--by", "channels.serch.budget"],
        vec!["--reach", "revenue=85k", "--by", "channels.search.budgt"],
        vec!["--reach", "revenue=85k", "--by", "channels.search.kind"],
        vec!["--reach", "revenue=85k", "--by", "simulation.runs"],
        vec!["--reach", "revenue=85k", "--by", SEARCH, "--between", "90k..20k"],
        vec!["--reach", "revenue=85k", "--by", "sales.close_rate", "--between", "10%..150%"],
    ] {
        let (code, said, complaint) = goal(&arguments);
        assert_eq!((code, said.as_str()), (Some(2), ""), "{arguments:?}: {complaint}");
        all += &format!("foremix goal {}\n{complaint}\n", arguments.join(" "));
    }
    assert_same!("goal-faults", all);
}

#[test]
fn the_folder_is_whole_and_the_answer_can_be_run() {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path())
        .args(["goal".as_ref(), scenario("starter.toml").as_os_str()])
        .args(["--runs", "1500", "--formats", "svg", "--json", "--reach", "revenue=60k", "--by", "total"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let results = folder.path().join("output/starter-goal");
    assert_eq!(names(&results), [".foremix", "goal.svg", "scenario.toml", "summary.json"]);
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(std::fs::read(results.join("summary.json")).unwrap(), output.stdout);
    assert_eq!((&summary["answer"], &summary["by"]), (&Value::from("from"), &Value::from("total")));
    // What the settings of the answer bring is what the answer says.
    let mut run = foremix(folder.path());
    run.args(["run".as_ref(), scenario("starter.toml").as_os_str()]).args([
        "--runs",
        "1500",
        "--json",
        "--formats",
        "json",
    ]);
    run.args(["--set", "targets.revenue=60k"]);
    for setting in summary["found"]["settings"].as_array().unwrap() {
        run.args(["--set", setting.as_str().unwrap()]);
    }
    let output = run.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let run: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(run["targets"]["revenue"]["probability"], summary["found"]["figure"]["value"]);
    assert!(summary["found"]["figure"]["value"].as_f64().unwrap() >= 0.8);
}

#[test]
fn one_thread_and_three_give_the_same_bytes() {
    let json = |threads: &str| {
        let arguments = ["--reach", "p10(profit)>=-10k", "--by", SEARCH, "--json", "--threads", threads];
        let (_, said, _) = goal(&arguments);
        let mut summary: Value = serde_json::from_str(&said).unwrap();
        summary["seconds"].take();
        summary.to_string()
    };
    assert_eq!(json("1"), json("3"));
}
