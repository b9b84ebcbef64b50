//! The Python module and the Ray driver, as their users run them.
//!
//! Each is tried where it can be: with `FOREMIX_PYTHON`, or else `python3`, where that has the module (`packaging/python.sh`
//! builds it) or Ray. Where it has not, a line says so and that test is skipped; neither is built or installed here.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

const FOREMIX: &str = env!("CARGO_BIN_EXE_foremix");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A Python in which all of these can be imported; else says what is skipped.
fn python_with(modules: &str, skipped: &str) -> Option<String> {
    let python = std::env::var("FOREMIX_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let imported = Command::new(&python).args(["-c", &format!("import {modules}")]).current_dir(ROOT).output();
    if imported.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    // Past the test harness, which shows nothing of tests that pass.
    let _ =
        writeln!(std::io::stderr(), "skipped: {skipped}, since {python} can't import {modules} (see FOREMIX_PYTHON)");
    None
}

fn succeeds(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Holds what the module gives against what the command writes and says; in a folder with a plan and the command's results.
const AGREES: &str = r#"
import json, math, pyarrow.csv, foremix

def agree(found, written):
    for summary in (found, written):
        summary["seconds"] = None
    assert found == written, (found, written)

def summary(folder):
    with open(folder + "/summary.json") as file:
        return json.load(file)

forecast = foremix.run("plan.toml", ["channels.walk-ins.leads=9"], runs=1_500, seed=5)
agree(forecast.summary, summary("run"))
written = pyarrow.csv.read_csv("run/draws.csv")
assert forecast.draws.column_names == written.column_names
for name in written.column_names:
    pairs = zip(forecast.draws[name].to_pylist(), written[name].to_pylist())
    assert all(a == b or math.isclose(a, b, rel_tol=1e-12) for a, b in pairs), name
assert forecast.draws["cac"].null_count > 0
address = forecast.draws["profit"].chunk(0).buffers()[1].address
assert forecast.draws.to_batches()[0]["profit"].buffers()[1].address == address

compared = foremix.compare("plan.toml", runs=1_500)
agree(compared.summary, summary("compare"))
assert list(compared.draws) == ["base plan", "rush"] and compared.draws["rush"].num_rows == 1_500
agree(foremix.sweep("plan.toml", ["channels.walk-ins.leads=4,9"], outcomes=["wins"], runs=1_500), summary("sweep"))

def fault(kind, call):
    try:
        call()
    except kind as error:
        return str(error)
    raise AssertionError("nothing was wrong")

with open("fault.txt") as file:
    said = fault(ValueError, lambda: foremix.run("plan.toml", sets=["channels.walk-ins.laeds=9"]))
    assert "^^^" in said and file.read().startswith(said.strip()), said
assert "absent.toml" in fault(OSError, lambda: foremix.run("absent.toml"))
assert "GB of memory" in fault(ValueError, lambda: foremix.run("plan.toml", runs=100_000_000))
assert "two plans" in fault(ValueError, lambda: foremix.compare("single.toml"))
assert "no outcome" in fault(ValueError, lambda: foremix.sweep("plan.toml", ["deals.average_value=1,2"], outcomes=["win"]))
assert "listed twice" in fault(ValueError, lambda: foremix.sweep("plan.toml", ["deals.average_value=1,2"] * 2))
assert "sets=[" in fault(TypeError, lambda: foremix.run("plan.toml", sets="seed=3"))
"#;

const PLAN: &str = r#"
channels.walk-ins = { kind = "baseline", leads = "2 to 5", route = "online", close_rate = 0.02, fixed_cost = 90 }
deals.average_value = 400
finance.gross_margin = 0.5
horizon = { weeks = 6, tail_weeks = 0 }
"#;

#[test]
fn the_module_gives_what_the_command_gives_and_says_what_it_says() {
    let Some(python) = python_with("foremix, pyarrow.csv", "the Python module was not tried") else { return };
    let folder = tempfile::tempdir().unwrap();
    let variant = "[variants.rush]\nchannels.walk-ins.leads = 12\n";
    fs::write(folder.path().join("single.toml"), PLAN).unwrap();
    fs::write(folder.path().join("plan.toml"), format!("{PLAN}\n{variant}")).unwrap();
    let foremix = |arguments: &[&str]| {
        let mut command = Command::new(FOREMIX);
        command.arg(arguments[0]).arg("plan.toml").args(&arguments[1..]).current_dir(folder.path());
        command
    };
    let runs = ["--runs", "1500", "--out"];
    let set = ["--set", "channels.walk-ins.leads=9", "--seed", "5", "--formats", "csv"];
    succeeds(foremix(&["run"]).args(set).args(runs).arg("run"));
    succeeds(foremix(&["compare"]).args(runs).arg("compare"));
    succeeds(foremix(&["sweep", "--vary", "channels.walk-ins.leads=4,9", "--outcome", "wins"]).args(runs).arg("sweep"));
    let faulty = foremix(&["check", "--set", "channels.walk-ins.laeds=9"]).output().unwrap();
    fs::write(folder.path().join("fault.txt"), faulty.stderr).unwrap();
    succeeds(Command::new(python).args(["-c", AGREES]).current_dir(folder.path()));
}

#[test]
fn the_notebook_runs_from_its_first_cell_to_its_last() {
    let Some(python) = python_with("foremix, pyarrow.compute", "the notebook was not run") else { return };
    let output = succeeds(Command::new(python).arg("python/examples/quarter.py").current_dir(ROOT));
    let said = String::from_utf8_lossy(&output.stdout);
    for cell in ["4000 quarters,", "% of quarters lose money", "dearer: profit changes by", "=60", "^^^"] {
        assert!(said.contains(cell), "{cell} is not in\n{said}");
    }
}

#[test]
fn parts_on_ray_are_one_run() {
    let Some(python) = python_with("ray", "the Ray driver was not tried") else { return };
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.toml"), PLAN).unwrap();
    succeeds(
        Command::new(python)
            .arg(Path::new(ROOT).join("deploy/ray_driver.py"))
            .args(["plan.toml", "--runs", "5000", "--parts", "2", "--out", "on-ray", "--foremix", FOREMIX])
            .env("SOURCE_DATE_EPOCH", "0")
            .current_dir(folder.path()),
    );
    succeeds(
        Command::new(FOREMIX)
            .args(["run", "plan.toml", "--runs", "5000", "--out", "alone"])
            .env("SOURCE_DATE_EPOCH", "0")
            .current_dir(folder.path()),
    );
    let file = |out: &str, name: &str| fs::read(folder.path().join(out).join(name)).unwrap();
    let names = fs::read_dir(folder.path().join("alone")).unwrap().map(|entry| entry.unwrap().file_name());
    for name in names.map(|name| name.into_string().unwrap()) {
        // The plan as it was run names its folder, and the folder's own note what is in it.
        if !["summary.json", "scenario.toml", ".foremix"].contains(&&*name) {
            assert!(file("on-ray", &name) == file("alone", &name), "{name} differs");
        }
    }
    let [on_ray, alone] = ["on-ray", "alone"].map(|out| {
        let mut summary: serde_json::Value = serde_json::from_slice(&file(out, "summary.json")).unwrap();
        summary["seconds"] = serde_json::Value::Null;
        summary
    });
    assert_eq!(on_ray, alone);
}
