//! Ctrl-C at any moment leaves the old results or the new ones, whole, and nothing beside them.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::{foremix, names, scenario};

fn start(folder: &Path, runs: &str, seed: usize) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin("foremix"))
        .arg("run")
        .arg(scenario("starter.toml"))
        .args(["--runs", runs, "--out", "results", "--seed", &seed.to_string()])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(status.unwrap().success());
}

/// The seed of the results, which must be whole.
fn seed_of_results(folder: &Path, files: &[String]) -> u64 {
    let results = folder.join("results");
    assert_eq!(names(&results), files);
    let summary = fs::read(results.join("summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&summary).unwrap();
    summary["seed"].as_u64().unwrap()
}

/// Results of seed 0, the names of their files, and how long a run of `runs` takes.
fn prepare(folder: &Path, runs: &str) -> (Vec<String>, Duration) {
    let started = Instant::now();
    let output = foremix(folder)
        .arg("run")
        .arg(scenario("starter.toml"))
        .args(["--runs", runs, "--out", "results", "--seed", "0", "--quiet"])
        .output()
        .unwrap();
    assert!(output.status.success());
    (names(&folder.join("results")), started.elapsed())
}

#[test]
fn an_interrupt_at_any_moment_leaves_whole_results_and_no_litter() {
    let folder = tempfile::tempdir().unwrap();
    let (files, whole) = prepare(folder.path(), "6000");
    let mut stands = 0;
    for moment in 1..=20 {
        let mut child = start(folder.path(), "6000", moment as usize);
        // From before its first draw to after its last file.
        std::thread::sleep(whole * moment / 19);
        if child.try_wait().unwrap().is_none() {
            signal(&child, "-INT");
        }
        let status = child.wait().unwrap();
        let seed = seed_of_results(folder.path(), &files);
        if status.success() {
            assert_eq!(seed, u64::from(moment));
            stands = seed;
        } else {
            assert_eq!(seed, stands, "at {moment} of 19");
        }
        assert_eq!(names(folder.path()), ["results"], "at {moment} of 19");
    }
}

#[test]
fn a_kill_at_any_moment_leaves_whole_results() {
    let folder = tempfile::tempdir().unwrap();
    let (files, whole) = prepare(folder.path(), "3000");
    for moment in 1..=10 {
        let mut child = start(folder.path(), "3000", moment as usize);
        std::thread::sleep(whole * moment / 9);
        child.kill().unwrap();
        child.wait().unwrap();
        seed_of_results(folder.path(), &files);
        let others = names(folder.path());
        assert!(others.iter().all(|name| name == "results" || name.starts_with(".foremix-")), "{others:?}");
    }
}

/// What takes minutes, half a second after its start.
fn long_work(folder: &Path, command: &[&str]) -> Child {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("foremix"))
        .arg(command[0])
        .arg(scenario("b2b-saas.toml"))
        .args(["--runs", "2M", "--out", "results"])
        .args(&command[1..])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(child.try_wait().unwrap().is_none(), "too short a run to interrupt");
    child
}

#[test]
fn an_interrupted_run_ends_soon_with_1_and_says_so() {
    ends_soon(&["run"]);
}

#[test]
fn and_so_does_a_sweep() {
    ends_soon(&["sweep", "--vary", "channels.search.budget=50k..100k:6"]);
}

fn ends_soon(command: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let child = long_work(folder.path(), command);
    signal(&child, "-INT");
    let asked = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "error: stopped; nothing was written\n");
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_second_interrupt_ends_it_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = long_work(folder.path(), &["run"]);
    let asked = Instant::now();
    // Until it is gone: whether the first or a later one ends it, none of them may be swallowed.
    while child.try_wait().unwrap().is_none() {
        signal(&child, "-INT");
        assert!(asked.elapsed() < Duration::from_secs(3));
    }
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(names(folder.path()), [""; 0]);
}
