//! Help reads well, and a slip of the keys finds its command.

use crate::{assert_same, foremix, scenario, stderr, stdout};

#[test]
fn every_command_explains_itself() {
    let commands = [
        "",
        "run",
        "compare",
        "sweep",
        "sensitivity",
        "serve",
        "calibrate",
        "backtest",
        "update",
        "goal",
        "optimize",
        "replay",
        "merge",
        "check",
        "init",
        "explain",
        "schema",
        "completions",
        "man",
    ];
    for command in commands.map(|name| if name.is_empty() { vec![] } else { vec![name] }) {
        let output = foremix(&scenario("")).args(&command).arg("--help").env("COLUMNS", "80").output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(stderr(&output), "");
        let name = command.first().unwrap_or(&"foremix");
        assert_same!(format!("help-{name}"), stdout(&output));
    }
}

#[test]
fn a_misspelled_command_finds_its_name() {
    for (typed, meant) in [
        ("runn", "run"),
        ("swep", "sweep"),
        ("gaol", "goal"),
        ("optimise", "optimize"),
        ("sensitivty", "sensitivity"),
        ("chek", "check"),
        ("srve", "serve"),
        ("int", "init"),
    ] {
        let output = foremix(&scenario("")).arg(typed).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = stderr(&output);
        assert!(said.contains(&format!("'{meant}'")), "{said}");
    }
    assert_eq!(foremix(&scenario("")).output().unwrap().status.code(), Some(2));
}

#[test]
fn a_command_that_is_like_none_is_not_taken_for_one() {
    for typed in ["publish", "forecast", "budget"] {
        let output = foremix(&scenario("")).arg(typed).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(!stderr(&output).contains("similar"), "{}", stderr(&output));
    }
}
