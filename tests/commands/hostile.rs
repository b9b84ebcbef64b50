//! Names, paths and values from elsewhere never steer the terminal that shows them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::foremix;

/// Erases the screen, sets the title of the window, rings, turns text around, hides, overwrites.
const HOSTILE: &str = "a\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}b\u{200b}\u{9b}31m\rc\u{feff}";

fn assert_safe(text: &[u8]) {
    let text = std::str::from_utf8(text).unwrap();
    let steers = |letter: char| {
        letter.is_control() && letter != '\n' || matches!(letter, '\u{202e}' | '\u{200b}' | '\u{feff}' | '\u{9b}')
    };
    assert!(!text.chars().any(steers), "{text:?}");
}

/// The starter with its channel and itself called something hostile.
fn plan(folder: &Path) {
    let name = HOSTILE.chars().fold(String::new(), |name, letter| match letter {
        letter if letter.is_ascii_graphic() => name + &letter.to_string(),
        letter => name + &format!("\\u{:04X}", u32::from(letter)),
    });
    let starter = fs::read_to_string(crate::scenario("starter.toml")).unwrap();
    let starter = starter.replace("[channels.search]", &format!("[channels.\"{name}\"]"));
    let starter = starter.replace("\"My next quarter\"", &format!("\"{name}\""));
    let variant = format!("\n[variants.\"{name}\"]\nname = \"{name}\"\nsales.lead_half_life = 2\n");
    fs::write(folder.join("plan.toml"), starter + &variant).unwrap();
}

#[test]
fn names_do_not_steer_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    plan(folder.path());
    for command in [
        &["check", "plan.toml"][..],
        &["run", "plan.toml"],
        &["run", "plan.toml", "--json"],
        &["run", "plan.toml", "--explain", "--formats", "html"],
        &["replay", "plan.toml"],
        &["optimize", "plan.toml"],
        &["goal", "plan.toml", "--reach", "revenue=1", "--by", "total"],
        &["explain", "revenue", "plan.toml"],
        &["run", "plan.toml", "--variant", HOSTILE],
        &["compare", "plan.toml"],
        &["sweep", "plan.toml", "--vary", "sales.lead_half_life=1..3:3"],
        &["sensitivity", "plan.toml", "--sobol", "--against", "variants"],
    ] {
        let mut foremix = foremix(folder.path());
        foremix.args(command);
        match command[0] {
            "check" => {}
            "explain" => _ = foremix.args(["--runs", "64"]),
            _ if command.contains(&"--formats") => _ = foremix.args(["--runs", "64"]),
            _ => _ = foremix.args(["--runs", "64", "--formats", "svg"]),
        }
        let output = foremix.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{command:?}: {}", crate::stderr(&output));
        assert_safe(&output.stdout);
        assert_safe(&output.stderr);
    }
    let page = walk(&folder.path().join("output")).into_iter().find(|path| path.ends_with("report.html"));
    assert_safe(&fs::read(page.expect("a page")).unwrap());
}

/// The files of a folder and of those in it.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn what_is_wrong_with_hostile_text_is_said_safely() {
    let folder = tempfile::tempdir().unwrap();
    plan(folder.path());
    let faulty = fs::read_to_string(folder.path().join("plan.toml")).unwrap().replace("budget =", "budgett =");
    fs::write(folder.path().join("faulty.toml"), faulty).unwrap();
    let setting = format!("channels.{HOSTILE}.budget={HOSTILE}");
    for command in [
        &["run", "faulty.toml"][..],
        &["run", HOSTILE],
        &[HOSTILE],
        &["run", "plan.toml", "--set", &setting],
        &["run", "plan.toml", "--variant", &setting],
        &["run", "plan.toml", "--formats", HOSTILE],
        &["run", "plan.toml", "--out", &format!("nowhere/{}{HOSTILE}", "x".repeat(300))],
        &["sweep", "plan.toml", "--vary", &setting],
        &["sweep", "plan.toml", "--outcome", HOSTILE, "--vary", "sales.lead_half_life=1..3:3"],
        &["sensitivity", "plan.toml", "--against", &setting],
        &["init", HOSTILE],
        &["init", "--out", &format!("nowhere/{HOSTILE}")],
    ] {
        let output = foremix(folder.path()).args(command).output().unwrap();
        assert!(!output.status.success(), "{command:?}");
        assert!(!output.stderr.is_empty(), "{command:?}");
        assert_safe(&output.stdout);
        assert_safe(&output.stderr);
    }
}
