//! Ctrl-C at any moment leaves the old results or the new ones, whole, and nothing beside them.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
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

/// Ends runs with `signals` in turn at `moments` moments from before the first draw to after the last file. The old or the new
/// results stand there each time, whole. Whether something may be left beside them: only after what can't be caught, and
/// never longer than to the next results.
fn interrupt(signals: &[&str], moments: u32) {
    let folder = tempfile::tempdir().unwrap();
    let (files, whole) = prepare(folder.path(), "3000");
    let mut stands = 0;
    let mut left: Vec<String> = Vec::new();
    for moment in 1..=moments {
        let name = signals[moment as usize % signals.len()];
        let mut child = start(folder.path(), "3000", moment as usize);
        // Moments that don't repeat with the signals, a little beyond the end.
        std::thread::sleep(whole.mul_f64(f64::from(moment) * 0.618_033_988_75 % 1.05));
        if child.try_wait().unwrap().is_none() {
            signal(&child, name);
        }
        let status = child.wait().unwrap();
        let seed = seed_of_results(folder.path(), &files);
        if status.success() {
            assert_eq!(seed, u64::from(moment));
        } else {
            assert!(seed == stands || name == "-KILL" && seed == u64::from(moment), "{name} at moment {moment}");
        }
        stands = seed;
        let others: Vec<String> = names(folder.path()).into_iter().filter(|other| other != "results").collect();
        // What a kill has left stays until the next results, through runs that are stopped before they have any.
        let was_killed = name == "-KILL" && !status.success();
        let is_litter = |other: &String| match was_killed {
            true => other.starts_with(".foremix-"),
            false => !status.success() && left.contains(other),
        };
        assert!(others.iter().all(is_litter), "{name} at moment {moment}: {others:?} beside {left:?}");
        left = others;
    }
    assert!(start(folder.path(), "10", 0).wait().unwrap().success());
    assert_eq!(names(folder.path()), ["results"]);
}

#[test]
fn a_signal_at_any_moment_leaves_whole_results_and_no_litter() {
    interrupt(&["-INT", "-TERM", "-HUP"], 12);
}

#[test]
fn what_a_kill_leaves_is_gone_after_the_next_results() {
    interrupt(&["-KILL"], 8);
}

#[test]
#[ignore = "takes a minute or two"]
fn two_hundred_signals_and_kills_leave_whole_results() {
    interrupt(&["-INT", "-KILL", "-TERM", "-KILL", "-HUP"], 200);
}

#[test]
fn a_run_that_was_told_to_ignore_a_hangup_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let command = format!(
        "trap '' HUP; echo ready; exec '{}' run '{}' --runs 300k --formats svg --quiet --out results",
        assert_cmd::cargo::cargo_bin("foremix").display(),
        scenario("starter.toml").display()
    );
    let mut shell = Command::new("sh");
    let mut child = shell.args(["-c", &command]).current_dir(folder.path()).stdout(Stdio::piped()).spawn().unwrap();
    // Before that line, a hangup would end the shell.
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    for _ in 0..10 {
        std::thread::sleep(Duration::from_millis(30));
        if child.try_wait().unwrap().is_none() {
            signal(&child, "-HUP");
        }
    }
    assert!(child.wait().unwrap().success());
    assert_eq!(names(folder.path()), ["results"]);
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

#[test]
fn and_so_does_what_drives_a_plan() {
    ends_soon(&["sensitivity", "--sobol"]);
}

#[test]
fn and_so_do_a_goal_and_a_search_for_the_best_mix() {
    ends_soon(&["goal", "--reach", "revenue=900k", "--by", "channels.search.budget"]);
    ends_soon(&["optimize"]);
}

fn ends_soon(command: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let child = long_work(folder.path(), command);
    signal(&child, "-INT");
    let asked = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.ends_with("error: stopped; nothing was written\n"), "{said}");
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

#[test]
fn a_second_interrupt_while_files_are_written_leaves_no_litter() {
    let folder = tempfile::tempdir().unwrap();
    let (files, whole) = prepare(folder.path(), "3000");
    for moment in 0..12 {
        let mut child = start(folder.path(), "3000", 1);
        // Around the end, where the folder is written.
        std::thread::sleep(whole.mul_f64(0.6 + 0.05 * f64::from(moment)));
        while child.try_wait().unwrap().is_none() {
            signal(&child, "-INT");
        }
        child.wait().unwrap();
        seed_of_results(folder.path(), &files);
        assert_eq!(names(folder.path()), ["results"]);
    }
}

/// A plan of which a draw takes a tenth of a second: ten years, five online channels, and 4,096 orders of each week of
/// which every one has a value of its own.
fn slow_plan(folder: &Path) -> std::path::PathBuf {
    let channels: String = (1..=5)
        .map(|number| {
            format!(
                "[channels.shop_{number}]\nkind = \"baseline\"\nleads = 100_000\nroute = \"online\"\nclose_rate = 0.5\n"
            )
        })
        .collect();
    let text = format!(
        "[horizon]\nweeks = 260\ntail_weeks = 260\n{channels}[deals]\naverage_value = 50\nvalue_cv = 20\n[sales]\n\
         opportunity_rate = 1\nclose_rate = 1\ncycle_weeks = 0\n"
    );
    let path = folder.join("slow.toml");
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_long_run_says_how_long_it_takes_and_stops_within_a_draw() {
    let folder = tempfile::tempdir().unwrap();
    slow_plan(folder.path());
    for options in [&["run", "slow.toml"][..], &["run", "slow.toml", "--json"]] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("foremix"))
            .args(options)
            .args(["--runs", "1M", "--out", "results"])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert!(line.starts_with("This will take about ") && line.contains("Fewer --runs"), "{line}");
        signal(&child, "-INT");
        let mut rest = String::new();
        said.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "error: stopped; nothing was written\n");
        assert_eq!(child.wait().unwrap().code(), Some(1));
        assert_eq!(names(folder.path()), ["slow.toml"]);
    }
}
