//! The command as people run it: the plan that comes out runs, and nothing private comes out.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::company::{Truth, as_of, deals};
use crate::exports::{CANARY, SYSTEMS};

fn foremix(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("foremix").unwrap();
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", "1795824000").env_remove("NO_COLOR");
    command
}

fn plan(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)).unwrap()
}

fn said(output: &std::process::Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_plan_that_comes_out_runs_and_holds_nothing_private() {
    let truth = deals(&Truth::default(), 11);
    for (system, export) in SYSTEMS {
        let folder = tempfile::tempdir().unwrap();
        let (name, bytes) = export(&truth, as_of());
        fs::write(folder.path().join(name), bytes).unwrap();
        fs::write(folder.path().join("plan.toml"), plan("b2b-saas.toml")).unwrap();
        let map = "[deals]\ncurrency = \"USD\"\nrates = { EUR = 1.1 }\n";
        fs::write(folder.path().join("map.toml"), map).unwrap();
        let output = foremix(folder.path())
            .args(["calibrate", "--deals", name, "--into", "plan.toml", "--map", "map.toml", "--out", "found"])
            .args(["--formats", if system == "HubSpot" { "svg" } else { "json" }])
            .output()
            .unwrap();
        let text = said(&output);
        assert_eq!(output.status.code(), Some(0), "{system}: {text}");
        assert!(!text.contains(CANARY), "{system}: {text}");
        for entry in fs::read_dir(folder.path().join("found")).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let found = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!CANARY.split(' ').any(|word| found.contains(word)), "{system}: {}", path.display());
        }
        let run = foremix(folder.path())
            .args(["run", "found/calibrated.toml", "--runs", "512", "--formats", "json"])
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(0), "{system}: {}", said(&run));
    }
}

#[test]
fn questions_are_written_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let text = "id,created,won,lost\n1,03/04/2026,05/06/2026,\n2,04/05/2026,,06/07/2026\n";
    fs::write(folder.path().join("deals.csv"), text).unwrap();
    fs::write(folder.path().join("plan.toml"), plan("starter.toml")).unwrap();
    let arguments = ["calibrate", "--deals", "deals.csv", "--into", "plan.toml"];
    let output = foremix(folder.path()).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("give the file with --map map.toml"), "{}", said(&output));
    assert!(!folder.path().join("output").exists());
    // Unanswered, it is a fault that points at the line.
    let output = foremix(folder.path()).args(arguments).args(["--map", "map.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("dates is not answered yet"), "{}", said(&output));
}
