//! What is handed over: the page, tables, a replay; and what is for editors, shells and packagers.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use crate::{assert_same, foremix, names, scenario, stderr, stdout};

fn said(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path()).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    assert_eq!(names(folder.path()), [""; 0], "{arguments:?}");
    stdout(&output)
}

fn refused(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path()).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    stderr(&output)
}

#[test]
fn a_page_is_among_what_a_run_writes_unless_other_formats_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let plan = scenario("starter.toml");
    for (formats, has_page) in [(None, true), (Some("svg"), false), (Some("html"), true)] {
        let mut command = foremix(folder.path());
        command.arg("run").arg(&plan).args(["--runs", "64", "--quiet", "--out", "results"]);
        formats.iter().for_each(|formats| {
            command.args(["--formats", formats]);
        });
        assert_eq!(command.output().unwrap().status.code(), Some(0));
        assert_eq!(folder.path().join("results/report.html").exists(), has_page, "{formats:?}");
    }
}

#[test]
fn a_page_is_the_same_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let page = |threads: &str| {
        let mut command = foremix(folder.path());
        command.env("SOURCE_DATE_EPOCH", "1800000000").arg("run").arg(scenario("b2b-saas.toml"));
        command.args(["--runs", "128", "--quiet", "--out", "results", "--formats", "html", "--threads", threads]);
        assert_eq!(command.output().unwrap().status.code(), Some(0));
        fs::read(folder.path().join("results/report.html")).unwrap()
    };
    assert!(page("1") == page("3"));
}

/// How often a part stands in a file.
fn count(file: &[u8], part: &[u8]) -> usize {
    file.windows(part.len()).filter(|own| *own == part).count()
}

#[test]
fn a_pdf_has_the_answer_a_page_a_chart_and_the_inputs_and_is_the_same_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let written = |command: &str, threads: &str| {
        let mut run = foremix(folder.path());
        run.env("SOURCE_DATE_EPOCH", "1800000000").arg(command).arg(scenario("b2b-saas.toml"));
        run.args(["--runs", "128", "--quiet", "--out", command, "--formats", "pdf,svg", "--threads", threads]);
        let output = run.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read(folder.path().join(command).join("report.pdf")).unwrap()
    };
    for command in ["run", "compare"] {
        let pdf = written(command, "1");
        assert!(pdf == written(command, "2"), "{command}");
        let charts = names(&folder.path().join(command)).into_iter().filter(|name| name.ends_with(".svg")).count();
        assert_eq!(count(&pdf, b"/S/Figure"), charts, "{command}");
        assert!(charts > 5 && count(&pdf, b"/S/P/") >= 2, "{command}");
    }
    assert!(!folder.path().join("run/report.html").exists());
}

/// The text of a PDF page by page, by poppler's pdftotext; none where it is not installed.
fn text_of_pdf(path: &Path) -> Option<Vec<String>> {
    let output = Command::new("pdftotext").arg("-layout").arg(path).arg("-").output().ok()?;
    Some(String::from_utf8(output.stdout).unwrap().split('\u{c}').map(str::to_owned).collect())
}

#[test]
fn text_of_a_pdf_can_be_selected() {
    let folder = tempfile::tempdir().unwrap();
    let plan = MARKED.replace("NAME", "検索 & <b> Поиск");
    fs::write(folder.path().join("plan.toml"), plan).unwrap();
    let mut run = foremix(folder.path());
    run.args(["run", "plan.toml", "--runs", "64", "--quiet", "--out", "results", "--formats", "pdf"]);
    assert_eq!(run.output().unwrap().status.code(), Some(0));
    match text_of_pdf(&folder.path().join("results/report.pdf")) {
        Some(pages) => {
            assert!(pages[0].contains("Поиск") && pages[0].contains("& <b>"), "{}", pages[0]);
            assert!(pages.iter().any(|page| page.contains("What it rests on") && page.contains("close rate")));
        }
        // Not by a macro, whose lines are swallowed where a test passes.
        None => drop(writeln!(std::io::stderr(), "skipped: poppler (pdftotext) is not installed")),
    }
}

const MARKED: &str = "name = \"NAME\"\n[channels.x]\nkind = \"baseline\"\nleads = 9\n[sales.reps.team]\ncount = 2\n[sales]\nopportunity_rate = 0.4\nclose_rate = 0.3\ncycle_weeks = 1\n[deals]\naverage_value = 500\n";

#[test]
fn tables_hold_what_the_summary_says() {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path())
        .arg("run")
        .arg(scenario("b2b-saas.toml"))
        .args(["--runs", "400", "--formats", "csv", "--out", "results", "--json"])
        .output()
        .unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let read = |name: &str| -> (Vec<String>, Vec<Vec<String>>) {
        let mut reader = csv::Reader::from_path(folder.path().join("results").join(name)).unwrap();
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        (header, rows)
    };
    let (header, rows) = read("draws.csv");
    assert_eq!(rows.len(), 400);
    let column = |name: &str| -> Vec<f64> {
        let at = header.iter().position(|own| own == name).unwrap_or_else(|| panic!("{name}"));
        rows.iter().filter(|row| !row[at].is_empty()).map(|row| row[at].parse().unwrap()).collect()
    };
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs();
    for name in ["revenue", "profit_with_tail", "leads"] {
        assert!(near(mean(&column(name)), summary["outcomes"][name]["mean"].as_f64().unwrap()), "{name}");
    }
    for (name, stats) in summary["inputs"].as_object().unwrap() {
        assert!(near(mean(&column(name)), stats["mean"].as_f64().unwrap()), "{name}");
    }
    let (header, weeks) = read("weeks.csv");
    assert_eq!(weeks.len(), 13 + 26);
    let at = header.iter().position(|own| own == "leads_mean").unwrap();
    assert!(near(weeks[0][at].parse().unwrap(), summary["weeks"]["leads"][0]["mean"].as_f64().unwrap()));
    let (_, channels) = read("channels.csv");
    assert!(channels.iter().any(|row| row[0] == "pipeline" && row[1] == "other"));
    // Every column is explained.
    let columns = fs::read_to_string(folder.path().join("results/columns.md")).unwrap();
    for table in ["draws.csv", "weeks.csv", "channels.csv", "inputs.csv"] {
        for name in read(table).0 {
            assert!(columns.contains(&format!("| `{name}` |")), "{table}: {name}");
        }
    }
}

#[test]
fn a_replayed_quarter_is_the_one_among_all() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = foremix(folder.path())
            .args(arguments)
            .args(["--formats", "", "--json", "--out", "results"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    let plan = scenario("b2b-saas.toml");
    let plan = plan.to_str().unwrap();
    let near = run(&["replay", plan, "--near", "p10", "--runs", "600"]);
    let all = run(&["run", plan, "--runs", "600"]);
    let p10 = all["outcomes"]["profit_with_tail"]["p10"].as_f64().unwrap();
    let own = near["outcomes"]["profit_with_tail"].as_f64().unwrap();
    assert!((own / p10 - 1.0).abs() < 0.01, "{own} for {p10}");
    assert!((near["below"].as_f64().unwrap() - 0.1).abs() < 0.005);
    // The weeks of the draw, simulated alone, add up to what the draw brought among all.
    let number = near["draw"].to_string();
    let again = run(&["replay", plan, "--draw", &number, "--runs", "1200"]);
    assert_eq!((&near["outcomes"], &near["weeks"]), (&again["outcomes"], &again["weeks"]));
    let weeks = near["weeks"].as_array().unwrap();
    let sum = |key: &str| weeks[..13].iter().map(|week| week[key].as_f64().unwrap()).sum::<f64>();
    for key in ["leads", "revenue", "wins"] {
        let own = near["outcomes"][key].as_f64().unwrap();
        assert!((sum(key) - own).abs() <= 1e-6 * own, "{key}: {} of {own}", sum(key));
    }
}

#[test]
fn a_replay_tells_a_story() {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path())
        .arg("replay")
        .arg(scenario("b2b-saas.toml"))
        .args(["--near", "p10", "--runs", "1000", "--formats", "", "--out", "results"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_same!("replay", stdout(&output));
}

#[test]
fn what_cannot_be_replayed_or_written_is_said() {
    let plan = scenario("starter.toml");
    let plan = plan.to_str().unwrap();
    for (arguments, part) in [
        (vec!["replay", plan, "--draw", "64", "--runs", "64"], "64 are simulated, from 0 to 63"),
        (vec!["replay", plan, "--near", "p200"], "expected a percentile"),
        (vec!["replay", plan, "--formats", "csv"], "`foremix replay` does not write csv"),
        (vec!["sensitivity", plan, "--formats", "svg,xlsx"], "it writes png, svg, html, pdf, json"),
    ] {
        assert!(refused(&arguments).contains(part), "{arguments:?}: {}", refused(&arguments));
    }
}

#[test]
fn names_are_explained() {
    assert_same!("explain-cac", said(&["explain", "cac"]));
    let plan = scenario("starter.toml");
    let text = said(&["explain", "channels.search.cost_per_click", plan.to_str().unwrap()]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("channels.search.cost_per_click = \"2.5 to 4.5\": P10 2.67, P50 3.35, P90 4.22"), "{text}");
    let text = said(&["explain", "revenue", plan.to_str().unwrap(), "--runs", "256"]);
    assert!(text.contains("In My next quarter: P10 "), "{text}");
    let all = said(&["explain"]);
    assert!(all.contains("close_rate") && all.contains("profit_with_tail"), "{all}");
    assert!(refused(&["explain", "close_rat"]).contains("did you mean close_rate?"));
}

#[test]
fn shells_and_packagers_get_their_files() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = said(&["completions", shell]);
        assert!(script.contains("sweep") && script.contains("keep-total"), "{shell}");
    }
    let page = said(&["man", "run"]);
    assert!(page.contains(".TH foremix-run 1") && page.contains("\\-\\-formats"), "{page}");
    assert!(refused(&["man", "rnu"]).contains("did you mean run?"));
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path()).args(["man", "--out", "pages"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let pages = names(&folder.path().join("pages"));
    assert!(pages.contains(&"foremix.1".to_owned()) && pages.contains(&"foremix-replay.1".to_owned()), "{pages:?}");
}

#[test]
fn the_schema_is_printed_or_written() {
    let schema: serde_json::Value = serde_json::from_str(&said(&["schema"])).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path()).args(["schema", "--out", "foremix.schema.json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let written = fs::read_to_string(folder.path().join("foremix.schema.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), schema);
}

#[test]
fn a_scenario_to_start_from_names_its_schema_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    for template in ["starter", "b2b-saas"] {
        assert_eq!(foremix(folder.path()).args(["init", template]).output().unwrap().status.code(), Some(0));
        let text = fs::read_to_string(folder.path().join(format!("{template}.toml"))).unwrap();
        assert!(text.starts_with("#:schema ./foremix.schema.json\n"), "{text}");
    }
    assert!(folder.path().join("foremix.schema.json").exists());
}
