//! `foremix sweep`: curves, maps and words; every point is the plan with that setting.

use std::path::Path;

use serde_json::Value;

use crate::run::{only_first_whole, shape};
use crate::{assert_same, foremix, names, scenario, stderr, stdout};

fn json(folder: &Path, command: &str, plan: &str, arguments: &[&str]) -> Value {
    let output = foremix(folder)
        .arg(command)
        .arg(scenario(plan))
        .args(["--runs", "1500", "--json", "--formats", "json"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Every point of a sweep is what `foremix run` says of its settings.
fn points_are_runs(plan: &str, arguments: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let sweep = json(folder.path(), "sweep", plan, arguments);
    for point in sweep["points"].as_array().unwrap() {
        let settings = point["settings"].as_array().unwrap();
        let mut options = Vec::new();
        for setting in settings {
            options.extend(["--set", setting.as_str().unwrap()]);
        }
        let run = json(folder.path(), "run", plan, &options);
        for (name, stats) in point["outcomes"].as_object().unwrap() {
            let (swept, alone) = (stats.to_string(), run["outcomes"][name].to_string());
            assert_eq!(swept, alone, "{name} at {settings:?}");
        }
        assert_eq!(point["targets"].to_string(), run["targets"].to_string());
    }
}

#[test]
fn each_point_of_a_curve_is_a_run_to_the_byte() {
    points_are_runs(
        "b2b-saas.toml",
        &[
            "--vary",
            "channels.search.budget=30k..90k:3",
            "--outcome",
            "cac",
            "--outcome",
            "profit",
            "--outcome",
            "wins",
        ],
    );
}

#[test]
fn each_point_of_a_map_is_a_run_to_the_byte() {
    points_are_runs(
        "industrial.toml",
        &["--vary", "sales.close_rate=20%..30%:3", "--vary", "sales.queue=newest_first,best_first"],
    );
}

#[test]
fn each_point_of_a_kept_total_is_a_run_to_the_byte() {
    points_are_runs("b2b-saas.toml", &["--vary", "channels.search.budget=30k,90k", "--keep-total"]);
}

#[test]
fn what_one_channel_gets_the_others_give_in_proportion() {
    let folder = tempfile::tempdir().unwrap();
    let vary = ["--vary", "channels.search.budget=0..226k:5", "--keep-total"];
    let sweep = json(folder.path(), "sweep", "b2b-saas.toml", &vary);
    let before = [("linkedin", 45.0), ("content", 45.0), ("newsletter", 6.0), ("summit", 55.0)];
    assert_eq!(sweep["total"], 226_000.0);
    for point in sweep["points"].as_array().unwrap() {
        let budgets: Vec<(String, f64)> = point["settings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|setting| {
                let (path, budget) = setting.as_str().unwrap().split_once('=').unwrap();
                (path.to_owned(), budget.parse().unwrap())
            })
            .collect();
        let sum: f64 = budgets.iter().map(|(_, budget)| budget).sum();
        assert!((sum - 226_000.0).abs() < 0.001, "{budgets:?}");
        let factor = (226_000.0 - budgets[0].1) / 151.0;
        for ((path, budget), (name, parts)) in budgets[1..].iter().zip(before) {
            assert_eq!(*path, format!("channels.{name}.budget"));
            assert!((budget - factor * parts).abs() < 0.001, "{budgets:?}");
        }
    }
    let vary =
        ["--vary", "channels.search.budget=75k,90k", "--vary", "channels.linkedin.budget=20k,45k", "--keep-total"];
    let map = json(folder.path(), "sweep", "b2b-saas.toml", &vary);
    let settings = |point: usize| map["points"][point]["settings"].as_array().unwrap().len();
    // Two that are varied and three that give; where all stand as today, nothing gives.
    assert_eq!([0, 1, 2, 3].map(settings), [5, 2, 5, 5]);
    assert_eq!(map["today"]["point"], 1);
}

#[test]
fn a_locked_channel_makes_no_room() {
    let folder = tempfile::tempdir().unwrap();
    let vary = ["--vary", "channels.search.budget=55k,95k", "--keep-total", "--lock", "summit", "--lock", "content"];
    let sweep = json(folder.path(), "sweep", "b2b-saas.toml", &vary);
    // Of 226,000, 100,000 are locked; linkedin and the newsletter had 51,000 and have 20,000 more or less.
    for (point, factor) in [(0, 71.0 / 51.0), (1, 31.0 / 51.0)] {
        let settings = sweep["points"][point]["settings"].as_array().unwrap();
        let settings: Vec<&str> = settings.iter().map(|setting| setting.as_str().unwrap()).collect();
        assert_eq!(settings.len(), 3, "{settings:?}");
        let budget = |name: &str| -> f64 {
            let start = format!("channels.{name}.budget=");
            settings.iter().find_map(|setting| setting.strip_prefix(&start)).unwrap().parse().unwrap()
        };
        assert!((budget("linkedin") - 45_000.0 * factor).abs() < 0.01);
        assert!((budget("newsletter") - 6_000.0 * factor).abs() < 0.01);
    }
}

#[test]
fn curves_words_and_maps_say_the_answer_first() {
    let folder = tempfile::tempdir().unwrap();
    for (name, plan, arguments) in [
        ("budget", "starter.toml", vec!["--vary", "channels.search.budget=10k..60k:6"]),
        ("reps", "starter.toml", vec!["--vary", "sales.reps.team.count=1..4", "--outcome", "wins", "--outcome", "cac"]),
        ("uncertain", "starter.toml", vec!["--vary", "sales.close_rate=15%..35%:5", "--runs", "50"]),
        ("nothing", "local-services.toml", vec!["--vary", "finance.fixed_costs=0,1k", "--outcome", "revenue"]),
        ("total", "b2b-saas.toml", vec!["--vary", "channels.search.budget=20k..140k:7", "--keep-total"]),
        ("steps", "web-shop.toml", vec!["--vary", "channels.catalogue.budget=50k..800k:5:log"]),
        ("words", "b2b-saas.toml", vec!["--vary", "sales.queue=newest_first,best_first,oldest_first"]),
        (
            "map",
            "b2b-saas.toml",
            vec!["--vary", "channels.search.budget=25k..125k:5", "--vary", "sales.reps.experienced.count=4..8"],
        ),
    ] {
        let few = arguments.contains(&"--runs");
        let output = foremix(folder.path())
            .arg("sweep")
            .arg(scenario(plan))
            .args(["--formats", "json"])
            .args(&arguments)
            .args(if few { &[][..] } else { &["--runs", "2000"] })
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(stderr(&output), "", "{name}");
        let text = stdout(&output);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert_same!(format!("sweep-{name}"), text);
    }
    assert_eq!(names(folder.path()), ["output"]);
}

#[test]
fn the_summary_has_its_shape() {
    let folder = tempfile::tempdir().unwrap();
    let vary = ["--vary", "sales.close_rate=20%,30%"];
    let mut summary = json(folder.path(), "sweep", "starter.toml", &vary);
    for outcomes in ["points", "today"] {
        let part = match outcomes {
            "points" => &mut summary["points"][0],
            part => &mut summary[part],
        };
        only_first_whole(&mut part["outcomes"]);
    }
    only_first_whole(&mut summary["points"][0]["marginal"]);
    only_first_whole(&mut summary["best"]);
    summary["notes"] = Value::Array(Vec::new());
    let mut text = String::new();
    shape(&summary, 0, &mut text);
    assert_same!("sweep-summary-shape", text);
}

#[test]
fn a_curve_and_a_map_are_drawn_for_each_outcome() {
    let folder = tempfile::tempdir().unwrap();
    let rates = ["--vary", "sales.close_rate=20%,30%"];
    let queues = ["--vary", "sales.queue=newest_first,best_first"];
    for (chart, vary) in [("sweep", rates.to_vec()), ("sweep", queues.to_vec()), ("heat", [rates, queues].concat())] {
        let output = foremix(folder.path())
            .arg("sweep")
            .arg(scenario("starter.toml"))
            .args(["--runs", "200", "--quiet", "--out", "results"])
            .args(vary)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(stdout(&output), "");
        let files = names(&folder.path().join("results"));
        let mut wanted = [
            ".foremix".to_owned(),
            format!("{chart}-revenue.png"),
            format!("{chart}-revenue.svg"),
            format!("{chart}.png"),
            format!("{chart}.svg"),
            "report.html".to_owned(),
            "scenario.toml".to_owned(),
            "summary.json".to_owned(),
        ];
        wanted.sort();
        assert_eq!(files, wanted);
    }
}

#[test]
fn faulty_options_are_told_what_is_allowed_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::new();
    for options in [
        "--vary channels.search.budget",
        "--vary channels.search.budget=20k",
        "--vary channels.search.budget=20,000..120,000:11",
        "--vary channels.search.budget=20..120k:11",
        "--vary channels.search.budget=20k..120k:many",
        "--vary channels.search.budget=0..120k:5:log",
        "--vary channels.search.budget=20k..120k:1000",
        "--vary channels.serch.budget=20k..120k:11",
        "--vary channels.search.bugdet=20k..120k:11",
        "--vary sales.close_rate=50%..150%:3",
        "--vary sales.queue=newest_first,best",
        "--vary sales.reps.experienced.count=1..3:5",
        "--vary horizon.weeks=4,13",
        "--vary simulation.seed=1..5",
        "--vary sales.close_rate=10%,20% --vary sales.close_rate=10%,20%",
        "--vary horizon.weeks=1..13 --vary sales.close_rate=1%..99%:99",
        "--vary sales.queue=newest_first,best_first --vary horizon.weeks=4,8 --vary market.volatility=0,1",
        "--vary sales.close_rate=10%,20% --keep-total",
        "--vary channels.search.budget=20k,300k --keep-total",
        "--vary channels.search.budget=20k,30k --outcome revenu",
        "--vary channels.search.budget=20k,30k --runs 90M",
        "--vary channels.search.budget=20k,30k --variant more",
    ] {
        let output = foremix(folder.path())
            .arg("sweep")
            .arg("b2b-saas.toml")
            .current_dir(scenario(""))
            .args(options.split(' '))
            .args(["--out", folder.path().join("results").to_str().unwrap()])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{options}: {}", stderr(&output));
        assert_eq!(stdout(&output), "");
        text.push_str(&format!("foremix sweep {options}\n{}\n", stderr(&output)));
    }
    assert_same!("sweep-faults", text);
    let without_margin = "[channels.a]\nkind = \"baseline\"\nleads = 3\nroute = \"online\"\nclose_rate = 0.5\n[deals]\naverage_value = 9\n";
    let plan = folder.path().join("plan.toml");
    std::fs::write(&plan, without_margin).unwrap();
    for (options, said) in
        [(vec!["--outcome", "profit"], "profit needs gross_margin"), (vec!["--keep-total"], "no amounts")]
    {
        let vary = match options[0] {
            "--keep-total" => "channels.a.budget=low,high",
            _ => "channels.a.leads=3,4",
        };
        let output =
            foremix(folder.path()).arg("sweep").arg(&plan).args(["--vary", vary]).args(&options).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
    assert_eq!(names(folder.path()), ["plan.toml"]);
}

#[test]
fn a_plan_of_one_budget_has_nothing_to_take_from() {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path())
        .arg("sweep")
        .arg(scenario("starter.toml"))
        .args(["--vary", "channels.search.budget=1k,2k", "--keep-total"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no other channel has a budget"));
}
