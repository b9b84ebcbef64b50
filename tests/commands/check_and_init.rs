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

#[test]
fn a_table_of_channels_becomes_a_plan() {
    let folder = tempfile::tempdir().unwrap();
    let table = "Budget of the quarter\n\nChannel;Budget;Kind\nGoogle search;\"24,000\";\nTrade show;9000;event\nNewsletter;800;\nGoogle search;6000;\nTotal;39800;\n";
    fs::write(folder.path().join("money.csv"), table).unwrap();
    let output = foremix(folder.path()).args(["init", "--from", "money.csv"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("Trade show as event"), "{}", stdout(&output));
    let text = fs::read_to_string(folder.path().join("money.toml")).unwrap();
    assert!(text.contains("budget = 30_000") && text.contains("# Made of the channels in money.csv."), "{text}");
    let check = foremix(folder.path()).args(["check", "money.toml"]).output().unwrap();
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
}

#[test]
fn a_workbook_to_fill_in_makes_a_plan_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let output = foremix(folder.path()).args(["init", "--template", "workbook"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = foremix(folder.path()).args(["init", "clinic", "--from", "budget.xlsx"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let check = foremix(folder.path()).args(["check", "budget.toml"]).output().unwrap();
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
    let again = foremix(folder.path()).args(["init", "--template", "workbook"]).output().unwrap();
    assert_eq!(again.status.code(), Some(1), "a file that exists is left as it is");
}

#[test]
fn what_is_not_a_table_of_channels_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for (text, part) in [
        ("city,people\nBonn,3\n", "expected the columns `channel` and `budget`"),
        ("channel,budget\nsearch,much\n", "the budget in line 2"),
        ("channel,budget,kind\nsearch,5,radio\n", "the kind \"radio\" in line 2"),
        ("channel,budget\nTotal,5\n", "it names no channel"),
        ("PK\u{3}\u{4}", "this workbook can't be read"),
    ] {
        fs::write(folder.path().join("money.csv"), text).unwrap();
        let output = foremix(folder.path()).args(["init", "--from", "money.csv"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(stderr(&output).contains(part), "{}", stderr(&output));
    }
    let output = foremix(folder.path()).args(["init", "--from", "none.csv"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
