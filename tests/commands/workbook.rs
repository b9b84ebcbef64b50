//! Workbooks, read back by another crate, and by LibreOffice where it is installed.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};

use crate::{foremix, scenario, stderr};

type Book = Xlsx<std::io::BufReader<fs::File>>;

/// Runs a command in `folder` with `--formats xlsx`; gives its workbook and its summary.
fn written(folder: &Path, arguments: &[&str], file: &str) -> (PathBuf, serde_json::Value) {
    let mut command = foremix(folder);
    command.env("SOURCE_DATE_EPOCH", "1800000000").args(arguments);
    let output = command.args(["--formats", "xlsx", "--json", "--out", "results"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    (folder.join("results").join(file), serde_json::from_slice(&output.stdout).unwrap())
}

fn opened(path: &Path) -> Book {
    open_workbook(path).unwrap()
}

/// The number in a cell by its name, such as `Summary!$C$9`.
fn linked(book: &mut Book, name: &str) -> f64 {
    let names = book.defined_names().to_vec();
    let (_, place) = names.iter().find(|(own, _)| own == name).unwrap_or_else(|| panic!("{name} among {names:?}"));
    let (sheet, cell) = place.split_once("!$").unwrap();
    let (column, row) = cell.split_once('$').unwrap();
    let column = column.bytes().fold(0, |sum, letter| 26 * sum + u32::from(letter - b'A') + 1) - 1;
    let cells = book.worksheet_range(sheet).unwrap();
    match cells.get_value((row.parse::<u32>().unwrap() - 1, column)) {
        Some(Data::Float(number)) => *number,
        other => panic!("{name}: {other:?}"),
    }
}

/// The place of a column by the start of its header.
fn column(cells: &Range<Data>, header: &str) -> u32 {
    let all = cells.rows().next().unwrap();
    let found = all.iter().position(|cell| cell.to_string().starts_with(header));
    found.unwrap_or_else(|| panic!("{header} among {all:?}")) as u32
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs().max(1e-9)
}

#[test]
fn a_workbook_holds_what_the_summary_says_under_names_to_link_to() {
    let folder = tempfile::tempdir().unwrap();
    let plan = scenario("b2b-saas.toml");
    let run = ["run", plan.to_str().unwrap(), "--runs", "400", "--with-draws"];
    let (path, summary) = written(folder.path(), &run, "forecast.xlsx");
    let mut book = opened(&path);
    assert_eq!(book.sheet_names(), ["Summary", "Channels", "Weeks", "Inputs", "Draws", "Notes", "Distributions"]);
    for (outcome, level) in [("revenue", "p10"), ("revenue", "p50"), ("profit", "p90"), ("leads", "mean")] {
        let own = linked(&mut book, &format!("{outcome}_{level}"));
        assert!(near(own, summary["outcomes"][outcome][level].as_f64().unwrap()), "{outcome} {level}: {own}");
    }
    for (outcome, target) in summary["targets"].as_object().unwrap() {
        let own = linked(&mut book, &format!("{outcome}_chance"));
        assert!(near(own, target["probability"].as_f64().unwrap()), "{outcome}: {own}");
    }
    let draws = book.worksheet_range("Draws").unwrap();
    assert_eq!(draws.height(), 401);
    let at = column(&draws, "revenue") as usize;
    let mean = draws.rows().skip(1).map(|row| row[at].as_f64().unwrap()).sum::<f64>() / 400.0;
    assert!(near(mean, summary["outcomes"]["revenue"]["mean"].as_f64().unwrap()), "{mean}");
    let inputs = book.worksheet_range("Inputs").unwrap();
    let is_written = |row: &[Data]| row[1].as_string().as_deref() == Some("gross margin") && row[4].as_f64().is_some();
    assert!(inputs.rows().any(is_written), "the gross margin as it was read");
}

#[test]
fn sums_are_formulas_whose_stored_results_agree() {
    let folder = tempfile::tempdir().unwrap();
    let plan = scenario("industrial.toml");
    let run = ["run", plan.to_str().unwrap(), "--runs", "200"];
    let (path, _) = written(folder.path(), &run, "forecast.xlsx");
    let mut book = opened(&path);
    for (sheet, header) in [("Channels", "Spend, mean"), ("Channels", "Revenue, mean"), ("Weeks", "Leads, mean")] {
        let cells = book.worksheet_range(sheet).unwrap();
        let formulas = book.worksheet_formula(sheet).unwrap();
        let at = column(&cells, header);
        let sums: Vec<(u32, &String)> = (1..cells.height() as u32)
            .filter_map(|row| Some((row, formulas.get_value((row, at)).filter(|own| own.starts_with("SUM("))?)))
            .collect();
        assert_eq!(sums.len(), if sheet == "Weeks" { 2 } else { 1 }, "{sheet} {header}: {sums:?}");
        let number = |row: u32| cells.get_value((row, at)).and_then(|cell| cell.as_f64()).unwrap_or(0.0);
        for (row, formula) in sums {
            // SUM(E2:E14): rows count from 1.
            let ends = formula.trim_start_matches("SUM(").trim_end_matches(')').split(':');
            let ends: Vec<u32> = ends.map(|end| end.trim_start_matches(char::is_alphabetic).parse().unwrap()).collect();
            let sum: f64 = (ends[0] - 1..ends[1]).map(number).sum();
            assert!(near(number(row), sum), "{sheet} {header}: {} for {sum}", number(row));
        }
    }
    // The charts are Excel's own.
    let bytes = fs::read(&path).unwrap();
    for part in ["xl/charts/chart1.xml", "xl/charts/chart2.xml", "xl/charts/chart3.xml", "xl/charts/chart4.xml"] {
        assert!(bytes.windows(part.len()).any(|own| own == part.as_bytes()), "{part}");
    }
}

/// A plan whose names would do harm as formulas, sheets or markup.
const HOSTILE: &str = "name = \"=1+1\"\ncurrency = \"EUR\"\n[channels.\"=HYPERLINK(\\\"http://x\\\",\\\"y\\\")\"]\nkind = \"baseline\"\nleads = 9\n\
    [channels.\"@SUM(A1)<&>\"]\nkind = \"ppc\"\nbudget = 900\ncost_per_click = 2\nclicks_available = 90\nvisit_to_lead = 0.1\n\
    [sales.reps.team]\ncount = 2\n[sales]\nopportunity_rate = 0.4\nclose_rate = 0.3\ncycle_weeks = 1\n[deals]\naverage_value = 500\n";

#[test]
fn no_name_becomes_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hostile.toml"), HOSTILE).unwrap();
    let (path, _) = written(folder.path(), &["run", "hostile.toml", "--runs", "64"], "forecast.xlsx");
    let mut book = opened(&path);
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        // Ours are sums, differences and ratios of cells: none has a quote or another sign that the names above would bring.
        let own = |formula: &String| formula.chars().all(|c| c.is_ascii_alphanumeric() || "(),:-/".contains(c));
        assert!(formulas.rows().flatten().all(own), "{sheet}: {formulas:?}");
    }
    let channels = book.worksheet_range("Channels").unwrap();
    let names: Vec<String> = channels.rows().map(|row| row[0].to_string()).collect();
    assert!(names.iter().any(|name| name.starts_with("=HYPERLINK(")), "{names:?}");
}

#[test]
fn a_comparison_and_a_sweep_have_workbooks_too() {
    let folder = tempfile::tempdir().unwrap();
    let plan = scenario("b2b-saas.toml");
    let plan = plan.to_str().unwrap();
    let (path, summary) = written(folder.path(), &["compare", plan, "--runs", "200"], "comparison.xlsx");
    let mut book = opened(&path);
    assert_eq!(book.sheet_names(), ["Summary", "Plans", "Differences", "Changes", "Inputs", "Notes"]);
    let plans = book.worksheet_range("Plans").unwrap();
    let at = column(&plans, "Revenue, P10") as usize;
    for (row, own) in plans.rows().skip(1).zip(summary["plans"].as_array().unwrap()) {
        assert_eq!(row[0].to_string(), own["label"].as_str().unwrap());
        assert!(near(row[at].as_f64().unwrap(), own["outcomes"]["revenue"]["p10"].as_f64().unwrap()));
    }
    let plan = scenario("starter.toml");
    let sweep = ["sweep", plan.to_str().unwrap(), "--vary", "channels.search.budget=8k..16k:3", "--runs", "100"];
    let (path, summary) = written(folder.path(), &sweep, "sweep.xlsx");
    let points = opened(&path).worksheet_range("Points").unwrap();
    let at = column(&points, "revenue_mean") as usize;
    for (row, point) in points.rows().skip(1).zip(summary["points"].as_array().unwrap()) {
        assert_eq!(row[0].as_f64(), point["values"][0].as_f64());
        assert!(near(row[at].as_f64().unwrap(), point["outcomes"]["revenue"]["mean"].as_f64().unwrap()));
    }
}

#[test]
fn a_workbook_is_the_same_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let plan = scenario("starter.toml");
    let bytes = |threads: &str| {
        let run = ["run", plan.to_str().unwrap(), "--runs", "128", "--threads", threads];
        fs::read(written(folder.path(), &run, "forecast.xlsx").0).unwrap()
    };
    assert!(bytes("1") == bytes("3"));
}

#[test]
fn draws_want_a_workbook_that_holds_them() {
    let folder = tempfile::tempdir().unwrap();
    let plan = scenario("starter.toml");
    for (arguments, part) in [
        (&["--with-draws", "--formats", "svg"][..], "add --formats xlsx"),
        (&["--with-draws", "--formats", "xlsx", "--runs", "2M"], "a sheet holds"),
    ] {
        let output = foremix(folder.path()).arg("run").arg(&plan).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(part), "{}", stderr(&output));
    }
}

/// Tells LibreOffice to calculate every formula anew.
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// The workbook as LibreOffice writes it after it has calculated it; none where it is not installed, which is said.
fn recalculated(path: &Path, folder: &Path) -> Option<PathBuf> {
    let profile = folder.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), RECALCULATE).unwrap();
    let run = std::process::Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(folder.join("again"))
        .arg(path)
        .output();
    if run.is_err() {
        // Not by a macro, whose lines are swallowed where a test passes.
        let _ = writeln!(std::io::stderr(), "skipped: LibreOffice (soffice) is not installed");
        return None;
    }
    Some(folder.join("again").join(path.file_name().unwrap()))
}

#[test]
fn libreoffice_reads_and_calculates_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let plan = scenario("b2b-saas.toml");
    let (path, _) = written(folder.path(), &["run", plan.to_str().unwrap(), "--runs", "128"], "forecast.xlsx");
    let Some(again) = recalculated(&path, folder.path()) else { return };
    let (mut own, mut other) = (opened(&path), opened(&again));
    assert_eq!(own.sheet_names(), other.sheet_names());
    let mut numbers = 0;
    for sheet in own.sheet_names() {
        let (own, other) = (own.worksheet_range(&sheet).unwrap(), other.worksheet_range(&sheet).unwrap());
        for (row, column, cell) in own.used_cells() {
            let place = (own.start().unwrap().0 + row as u32, own.start().unwrap().1 + column as u32);
            if let Data::Float(number) = cell {
                let read = other.get_value(place).and_then(Data::as_f64);
                assert!(read.is_some_and(|read| near(read, *number)), "{sheet} {place:?}: {number} and {read:?}");
                numbers += 1;
            }
        }
    }
    assert!(numbers > 500, "{numbers} numbers");
}
