//! What is read: standard input and pipes once, devices and folders never, and with --confine nothing outside a folder.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::{foremix, scenario, stderr, stdout};

fn starter() -> String {
    fs::read_to_string(scenario("starter.toml")).unwrap()
}

fn answer(folder: &Path, arguments: &[&str], input: &str) -> Output {
    foremix(folder).args(arguments).write_stdin(input).output().unwrap()
}

#[test]
fn standard_input_is_read_once_for_all_that_asks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let plan = starter() + "\n[variants.more]\nchannels.search.budget = 30_000\n";
    let few = ["--runs", "64", "--formats", ""];
    for arguments in [
        vec!["run", "-"],
        vec!["compare", "-"],
        vec!["compare", "-", "/dev/stdin"],
        vec!["sweep", "-", "--vary", "channels.search.budget=1k,2k"],
        vec!["sensitivity", "-", "--against", "more"],
    ] {
        let output = answer(folder.path(), &[&arguments[..], &few].concat(), &plan);
        if cfg!(unix) || !arguments.contains(&"/dev/stdin") {
            assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
        }
    }
    assert!(folder.path().join("output/standard-input/summary.json").exists());
}

#[test]
fn the_same_figures_come_of_standard_input_and_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.toml"), starter()).unwrap();
    let outcomes = |name: &str| {
        let output = answer(folder.path(), &["run", name, "--runs", "64", "--formats", "", "--json"], &starter());
        let summary: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
        summary["outcomes"].clone()
    };
    assert_eq!(outcomes("-"), outcomes("plan.toml"));
}

#[cfg(unix)]
#[test]
fn draws_may_come_through_a_pipe_and_are_read_once_for_all_columns_and_plans() {
    let folder = tempfile::tempdir().unwrap();
    let column =
        |key: &str, column: &str| format!("channels.search.{key}={{ file = \"/dev/stdin\", column = \"{column}\" }}");
    let plan = starter() + "\n[variants.more]\nchannels.search.budget = 30_000\n";
    fs::write(folder.path().join("plan.toml"), plan).unwrap();
    let set = ["--set", &column("cost_per_click", "cpc"), "--set", &column("visit_to_lead", "rate")];
    let few = ["compare", "plan.toml", "--runs", "64", "--formats", "", "--out", "results"];
    let output = answer(folder.path(), &[&few[..], &set].concat(), "cpc,rate\n2,0.03\n3,0.04\n");
    assert!(output.status.success(), "{}", stderr(&output));
    let text = fs::read_to_string(folder.path().join("results/scenario.toml")).unwrap();
    assert!(text.contains("cost_per_click = { file = \"/dev/stdin\", column = \"cpc\" }"), "{text}");
}

#[cfg(unix)]
#[test]
fn devices_and_silent_pipes_are_refused_and_nothing_of_them_is_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let refused = |path: &str, said: &str| {
        let output = answer(folder.path(), &["check", path], "");
        assert_eq!(output.status.code(), Some(2), "{path}: {}", stderr(&output));
        assert!(stderr(&output).contains(said), "{path}: {}", stderr(&output));
    };
    refused("/dev/zero", "this is a device");
    refused("/dev", "this is a folder");
    refused("fifo", "nothing came through this pipe");
    let secret = foremix(folder.path()).args(["check", "/proc/self/environ"]).env("SECRET", "abc").output().unwrap();
    assert!(!stderr(&secret).contains("abc"), "{}", stderr(&secret));
    let plan = starter();
    fs::write(folder.path().join("extends.toml"), format!("extends = \"/etc/passwd\"\n{plan}")).unwrap();
    let output = answer(folder.path(), &["check", "extends.toml"], "");
    assert!(!stderr(&output).contains("root:"), "{}", stderr(&output));
    fs::write(folder.path().join("keys"), "API_KEY = \"abc\"\n").unwrap();
    fs::write(folder.path().join("base.toml"), format!("extends = \"keys\"\n{plan}")).unwrap();
    let output = answer(folder.path(), &["check", "base.toml"], "");
    assert!(
        !stderr(&output).contains("abc") && stderr(&output).contains("it is not a scenario"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn nothing_outside_a_folder_is_read_with_confine() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    fs::create_dir(&inside).unwrap();
    fs::write(folder.path().join("base.toml"), starter()).unwrap();
    fs::write(folder.path().join("draws.csv"), "cpc\n2.5\n").unwrap();
    fs::write(inside.join("plan.toml"), starter()).unwrap();
    fs::write(inside.join("builds.toml"), "extends = \"../base.toml\"\n").unwrap();
    fs::write(inside.join("nowhere.toml"), "extends = \"../nothing.toml\"\n").unwrap();
    let check = |arguments: &[&str]| {
        let output = answer(folder.path(), &[&["check", "--confine", "inside"], arguments].concat(), "");
        (output.status.code(), stderr(&output))
    };
    assert_eq!(check(&["inside/plan.toml"]).0, Some(0));
    let draws = "channels.search.cost_per_click={ file = \"../draws.csv\", column = \"cpc\" }";
    for arguments in [
        vec!["base.toml"],
        vec!["inside/builds.toml"],
        vec!["inside/nowhere.toml"],
        vec!["inside/plan.toml", "--set", draws],
    ] {
        let (code, told) = check(&arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {told}");
        assert!(told.contains("may not be read") && told.contains("--confine"), "{arguments:?}: {told}");
    }
    let output = answer(folder.path(), &["check", "--confine", "missing", "inside/plan.toml"], "");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn many_faults_are_counted_and_the_first_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let keys: String = (0..20_000).map(|at| format!("unknown_{at} = 1\n")).collect();
    fs::write(folder.path().join("plan.toml"), keys + &starter()).unwrap();
    let output = answer(folder.path(), &["check", "plan.toml"], "");
    let told = stderr(&output);
    assert!(told.contains("and 19950 more"), "{}", &told[told.len().saturating_sub(300)..]);
    assert!(told.len() < 100_000, "{} bytes", told.len());
}

#[test]
fn chains_of_bases_end() {
    let folder = tempfile::tempdir().unwrap();
    for at in 0..40 {
        let text = format!("extends = \"{}.toml\"\nversion = 1\n", at + 1);
        fs::write(folder.path().join(format!("{at}.toml")), text).unwrap();
    }
    fs::write(folder.path().join("40.toml"), starter()).unwrap();
    let output = answer(folder.path(), &["check", "0.toml"], "");
    assert!(stderr(&output).contains("more than 20 scenarios build on each other"), "{}", stderr(&output));
    assert!(answer(folder.path(), &["check", "30.toml"], "").status.success());
}
