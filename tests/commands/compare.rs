//! `foremix compare`: the verdict on the terminal, the summary for machines, and what can't be compared.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{assert_same, foremix, names, scenario, stderr, stdout};

/// What a comparison answers, with `arguments` behind the scenarios; its folder is `results`.
fn compared(folder: &Path, arguments: &[&str]) -> std::process::Output {
    foremix(folder).arg("compare").args(arguments).args(["--runs", "1000", "--out", "results"]).output().unwrap()
}

#[test]
fn every_bundled_plan_is_compared_with_its_variants() {
    for name in ["b2b-saas", "local-services", "web-shop", "industrial"] {
        let folder = tempfile::tempdir().unwrap();
        let path = scenario(&format!("{name}.toml"));
        let output = compared(folder.path(), &[path.to_str().unwrap(), "--formats", "json"]);
        assert!(output.status.success(), "{}", stderr(&output));
        let text = stdout(&output);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert_same!(format!("compare-{name}"), text);
        let files = names(&folder.path().join("results"));
        assert!(files.iter().any(|file| file == "summary.json"), "{files:?}");
        let ours = |file: &String| file == ".foremix" || file.ends_with(".json") || file.ends_with(".toml");
        assert!(files.iter().all(ours), "{files:?}");
    }
}

#[test]
fn charts_are_called_by_their_plans() {
    let folder = tempfile::tempdir().unwrap();
    let path = scenario("b2b-saas.toml");
    let path = path.to_str().unwrap();
    compared(folder.path(), &[path, "--variant", "more-search", "--formats", "svg"]);
    let of_two = [
        ".foremix",
        "difference.svg",
        "dumbbell.svg",
        "plans.svg",
        "scenario-more-search.toml",
        "scenario.toml",
        "summary.json",
        "waterfall.svg",
    ];
    assert_eq!(names(&folder.path().join("results")), of_two);
    let variants = ["--variant", "more-search", "--variant", "one-more-rep"];
    let mut arguments = vec![path, "--formats", "svg", "--outcome", "profit"];
    arguments.extend(variants);
    compared(folder.path(), &arguments);
    let of_three = [
        ".foremix",
        "difference-more-search.svg",
        "difference-one-more-rep.svg",
        "dumbbell.svg",
        "plans.svg",
        "scenario-more-search.toml",
        "scenario-one-more-rep.toml",
        "scenario.toml",
        "summary.json",
        "waterfall-more-search.svg",
    ];
    assert_eq!(names(&folder.path().join("results")), of_three);
    let svg = fs::read_to_string(folder.path().join("results/plans.svg")).unwrap();
    assert!(svg.contains("Profit"));
}

#[test]
fn files_and_variants_of_files_are_compared_in_the_order_in_which_they_are_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(scenario("b2b-saas.toml"), folder.path().join("plan.toml")).unwrap();
    let text = "extends = \"plan.toml\"\nname = \"A third\"\n[channels.search]\nbudget = 60_000\n";
    fs::write(folder.path().join("third.toml"), text).unwrap();
    let plans = ["plan.toml:one-more-rep", "plan.toml", "third.toml"];
    let arguments = [&plans[..], &["--json", "--formats", "json"]].concat();
    let output = compared(folder.path(), &arguments);
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    let labels: Vec<&str> =
        summary["plans"].as_array().unwrap().iter().map(|plan| plan["label"].as_str().unwrap()).collect();
    let labels_wanted = ["plan: one more rep", "plan", "third"];
    assert_eq!(labels, labels_wanted);
    assert_eq!(summary["differences"].as_array().unwrap().len(), 2);
    assert_eq!(summary["differences"][0]["against"], labels_wanted[0]);
    assert!(stderr(&output).is_empty());
}

#[test]
fn a_plan_beside_itself_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = scenario("starter.toml");
    let path = path.to_str().unwrap();
    let output = compared(folder.path(), &[path, path]);
    let text = stdout(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("are the same: no figure differs in any of the quarters"), "{text}");
    assert!(names(&folder.path().join("results")).contains(&"difference.png".to_owned()));
}

#[test]
fn the_summary_of_a_comparison_has_every_part() {
    let folder = tempfile::tempdir().unwrap();
    let path = scenario("b2b-saas.toml");
    let arguments = [path.to_str().unwrap(), "--variant", "no-summit", "--formats", "json"];
    compared(folder.path(), &arguments);
    let text = fs::read(folder.path().join("results/summary.json")).unwrap();
    let summary: Value = serde_json::from_slice(&text).unwrap();
    let difference = &summary["differences"][0];
    let revenue = &difference["outcomes"]["revenue"];
    for path in [
        "/difference/mean",
        "/difference/se/mean",
        "/difference/interval/p50/1",
        "/better/probability",
        "/same",
        "/worse/high",
        "/low_end/by",
        "/variance_reduction",
    ] {
        assert!(revenue.pointer(path).is_some_and(Value::is_number), "{path}");
    }
    let cac = &difference["outcomes"]["cac"];
    for path in ["/ratio_of_means/by", "/ratio_of_means/se", "/difference/defined"] {
        assert!(cac.pointer(path).is_some_and(Value::is_number), "{path}");
    }
    let waterfall = &difference["waterfall"]["profit"];
    let parts = waterfall["parts"].as_array().unwrap();
    let sum: f64 = parts.iter().map(|part| part["mean"].as_f64().unwrap()).sum();
    let whole = waterfall["to"].as_f64().unwrap() - waterfall["from"].as_f64().unwrap();
    assert_eq!(parts.len(), 3);
    assert!((sum - whole).abs() < 1e-6, "{sum}, not {whole}");
    let shift = &difference["targets"]["revenue"]["by"];
    assert!(shift.is_number());
}

#[test]
fn what_can_not_be_compared_says_why() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b2b-saas.toml", "web-shop.toml", "starter.toml"] {
        fs::copy(scenario(name), folder.path().join(name)).unwrap();
    }
    let plan = |name: &str, text: &str| {
        let text = format!("extends = \"starter.toml\"\n{text}");
        fs::write(folder.path().join(name), text).unwrap();
    };
    plan("euro.toml", "currency = \"EUR\"\n");
    plan("year.toml", "[horizon]\nweeks = 52\n");
    plan("margin.toml", "[variants.x]\nsales.close_rate = \"30%\"\n");
    let mut text = String::new();
    for arguments in [
        &["starter.toml"][..],
        &["starter.toml", "euro.toml"],
        &["starter.toml", "year.toml"],
        &["b2b-saas.toml", "web-shop.toml"],
        &["b2b-saas.toml", "--variant", "more-serch"],
        &["b2b-saas.toml:more-serch", "starter.toml"],
        &["b2b-saas.toml", "starter.toml", "--variant", "more-search"],
        &["margin.toml", "--outcome", "revenu"],
        &["margin.toml", "--set", "channels.search.bugdet=3"],
        &["nothing.toml", "starter.toml"],
    ] {
        let output = compared(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = stderr(&output);
        text.push_str(&format!("$ foremix compare {}\n{said}\n", arguments.join(" ")));
    }
    assert_same!("compare-faults", text);
    assert!(!folder.path().join("results").exists());
}
