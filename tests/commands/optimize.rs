//! `foremix optimize`: what it says, what it writes, and what is wrong with the question.

use std::path::Path;

use serde_json::Value;

use crate::{assert_same, foremix, is_a_table_or_fits, names, scenario, stderr, stdout};

/// Runs a search in `folder`; gives its exit code, what it says, and what it complains of.
fn optimize(folder: &Path, plan: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output =
        foremix(folder).arg("optimize").arg(scenario(plan)).args(["--runs", "512"]).args(arguments).output().unwrap();
    (output.status.code(), stdout(&output), stderr(&output))
}

#[test]
fn the_answer_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    for (name, plan, arguments) in [
        ("profit", "industrial.toml", vec![]),
        ("bounds", "b2b-saas.toml", vec!["--maximize", "revenue", "--lock", "summit", "--between", "search=20k..60k"]),
        (
            "condition",
            "b2b-saas.toml",
            vec!["--maximize", "chance(revenue>=900k)", "--total", "150k", "--subject-to", "mean(profit)>=-500k"],
        ),
    ] {
        let arguments: Vec<&str> = ["--formats", "json"].into_iter().chain(arguments).collect();
        let (code, said, complaint) = optimize(folder.path(), plan, &arguments);
        // A busy machine may say how long it takes.
        assert_eq!(code, Some(0), "{name}: {complaint}");
        assert!(said.lines().all(is_a_table_or_fits), "{said}");
        assert_same!(format!("optimize-{name}"), said);
    }
}

#[test]
fn the_best_mix_is_a_scenario_that_compare_and_run_take() {
    let folder = tempfile::tempdir().unwrap();
    let arguments =
        ["--formats", "svg", "--json", "--also", "sales.reps.team.count=2,3", "--totals", "20k..40k:2", "--frontier"];
    let (code, said, complaint) = optimize(folder.path(), "starter.toml", &arguments);
    assert_eq!(code, Some(0), "{complaint}");
    let summary: Value = serde_json::from_str(&said).unwrap();
    let results = folder.path().join("output/starter-optimized");
    let mut files = names(&results);
    files.retain(|name| name != "second.toml");
    assert_eq!(
        files,
        [".foremix", "best.toml", "frontier.svg", "optimize.svg", "scenario.toml", "summary.json", "totals.svg"]
    );
    let output = foremix(&results)
        .args(["run", "best.toml", "--runs", "512", "--json", "--formats", "json", "--out", "../best"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let run: Value = serde_json::from_slice(&output.stdout).unwrap();
    let budget = summary["best"]["mix"]["search"].as_f64().unwrap();
    let spent = run["channels"]["search"]["spend"]["mean"].as_f64().unwrap();
    assert!(spent <= budget + 1e-6 && spent > 0.5 * budget, "{spent} of {budget}");
    let output = foremix(&results)
        .args(["compare", "scenario.toml", "best.toml", "--runs", "512", "--formats", "json", "--out", "../compared"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn no_mix_that_keeps_to_the_conditions_is_exit_1() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["--formats", "json", "--subject-to", "p10(revenue)>=5M"];
    let (code, said, complaint) = optimize(folder.path(), "starter.toml", &arguments);
    assert_eq!(code, Some(1));
    assert!(complaint.ends_with("error: no mix was found that keeps to every --subject-to\n"), "{complaint}");
    assert!(said.contains("No mix was found that keeps to every condition"), "{said}");
}

#[test]
fn faults_point_into_the_option() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = String::new();
    for line in [
        "--maximize proft",
        "--maximize revenue>=900k",
        "--maximize cac",
        "--maximize p10(cac)",
        "--total much",
        "--total 0",
        "--total 10k --lock summit",
        "--lock serch",
        "--between search",
        "--between search=90k..20k",
        "--between search=20k..",
        "--between events=1..2",
        "--step summit=7x",
        "--subject-to p10(revenue)",
        "--subject-to p10(revenu)>=1",
        "--also channels.search.budget=1..2",
        "--also sales.reps.experienced.count=1..50:50",
        "--totals 60k..200k:1",
    ] {
        let parts: Vec<&str> = line.split(' ').collect();
        let (code, said, complaint) = optimize(folder.path(), "b2b-saas.toml", &parts);
        assert_eq!((code, said.as_str()), (Some(2), ""), "{line}: {complaint}");
        all += &format!("foremix optimize {line}\n{complaint}\n");
    }
    assert_eq!(names(folder.path()), [""; 0]);
    assert_same!("optimize-faults", all);
}

#[test]
fn one_thread_and_three_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let json = |threads: &str| {
        let arguments = ["--formats", "json", "--json", "--threads", threads, "--runs", "300"];
        let output =
            foremix(folder.path()).arg("optimize").arg(scenario("starter.toml")).args(arguments).output().unwrap();
        let mut summary: Value = serde_json::from_slice(&output.stdout).unwrap();
        summary["seconds"].take();
        summary.to_string()
    };
    assert_eq!(json("1"), json("3"));
}
