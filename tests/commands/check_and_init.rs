//! `foremix check` and `foremix init`.

use std::fs;

use crate::{assert_same, foremix, names, scenario, stderr, stdout};

#[test]
fn right_files_are_called_right() {
    let output = foremix(&scenario("")).args(["check", "b2b-saas.toml", "starter.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    assert_same!("check-right", stdout(&output));
}

#[test]
fn of_several_files_each_gets_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let right = fs::read_to_string(scenario("starter.toml")).unwrap();
    fs::write(folder.path().join("right.toml"), &right).unwrap();
    fs::write(folder.path().join("wrong.toml"), right.replace("lead_half_life = 3", "lead_half_life = -3")).unwrap();
    let output = foremix(folder.path()).args(["check", "wrong.toml", "missing.toml", "right.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).starts_with("right.toml: right."), "{}", stdout(&output));
    assert_same!("check-wrong", stderr(&output));
    assert_eq!(names(folder.path()), ["right.toml", "wrong.toml"]);
}

#[test]
fn init_writes_a_scenario_that_runs_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path()).arg("init").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_same!("init", stdout(&output));
    let run = foremix(folder.path()).args(["run", "starter.toml", "--runs", "100", "--quiet"]).output().unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert_eq!(names(folder.path()), ["foremix.schema.json", "output", "starter.toml"]);
}

#[test]
fn init_lists_its_templates_and_each_of_them_loads() {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path()).args(["init", "--list"]).output().unwrap();
    assert_same!("init-list", stdout(&output));
    assert_eq!(names(folder.path()), [""; 0]);
    for line in stdout(&output).lines() {
        let name = line.split_whitespace().next().unwrap();
        let written = foremix(folder.path()).args(["init", name]).output().unwrap();
        assert_eq!(written.status.code(), Some(0), "{name}: {}", stderr(&written));
        let check = foremix(folder.path()).args(["check", &format!("{name}.toml")]).output().unwrap();
        assert_eq!(check.status.code(), Some(0), "{name}: {}", stderr(&check));
    }
}

#[test]
fn a_template_whose_second_file_is_taken_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("fitted-curves.csv"), "mine").unwrap();
    let output = foremix(folder.path()).args(["init", "fitted-curves"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(names(folder.path()), ["fitted-curves.csv"]);
    assert_eq!(fs::read(folder.path().join("fitted-curves.csv")).unwrap(), b"mine");
}

#[test]
fn init_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.toml"), "mine").unwrap();
    let output = foremix(folder.path()).args(["init", "b2b-saas", "--out", "plan.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output),
        "error: plan.toml exists already and was left as it is; name another file with --out\n"
    );
    assert_eq!(fs::read(folder.path().join("plan.toml")).unwrap(), b"mine");
}

#[test]
fn init_that_fails_says_why() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, code, said) in [
        (vec!["init", "b2bsaas"], 2, "did you mean b2b-saas?"),
        (vec!["init", "bakery"], 2, "starter"),
        (vec!["init", "--out", "no/such/plan.toml"], 1, "no/such/plan.toml"),
    ] {
        let output = foremix(folder.path()).args(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
    assert_eq!(names(folder.path()), [""; 0]);
}
