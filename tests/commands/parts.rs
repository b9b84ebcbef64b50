//! `--draws … --part FILE` and `foremix merge`: parts of a run become what one run gives.

use std::fs;
use std::path::Path;

use crate::{foremix, names, stderr, stdout};

/// A plan that reads a table of draws beside it, and has a variant.
const PLAN: &str = r#"
name = "shop"

[channels.search]
kind = "ppc"
budget = "20k"
cost_per_click = "2 to 3"
clicks_available = 900
visit_to_lead = { file = "rates.csv", column = "rate" }

[channels.fair]
kind = "event"
budget = "8k"
flighting = { weeks = [3, 3] }
cost_per_event = 4_000
leads_per_event = "10 to 30"

[sales]
opportunity_rate = "40%"
close_rate = "20% to 30%"
cycle_weeks = 4
hours_per_lead = 1
hours_per_opportunity = 6
selling_time = "35%"

[sales.reps.team]
count = 2

[deals]
median_value = 4_000
value_p90 = 9_000

[finance]
gross_margin = "60%"

[targets]
revenue = "60k"

[variants.third-rep]
sales.reps.team.count = 3
"#;

fn plan(folder: &Path) {
    fs::write(folder.join("plan.toml"), PLAN).unwrap();
    fs::write(folder.join("rates.csv"), "rate\n0.03\n0.04\n0.05\n0.032\n").unwrap();
}

fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let output = foremix(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

/// Every file of a folder of results but its list; of the summary all lines but that of the seconds.
fn results(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| {
        let bytes = fs::read(folder.join(&name)).unwrap();
        match name == "summary.json" {
            true => {
                let text = String::from_utf8(bytes).unwrap();
                let lines = text.lines().filter(|line| !line.trim_start().starts_with("\"seconds\""));
                (name, lines.collect::<Vec<_>>().join("\n").into_bytes())
            }
            false => (name, bytes),
        }
    };
    names(folder).into_iter().filter(|name| name != ".foremix").map(read).collect()
}

/// Runs `command` as a whole and in parts of the draws, and compares what that writes and says.
fn agree(command: &[&str], formats: &str, cuts: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    plan(folder);
    let last = cuts.last().and_then(|cut| cut.split_once("..")).unwrap().1;
    let mut parts = Vec::new();
    for (at, cut) in cuts.iter().enumerate() {
        let file = format!("p{at}.part");
        let threads = (at % 2 + 1).to_string();
        succeeds(folder, &[command, &["--draws", cut, "--part", &file, "--threads", &threads]].concat());
        // In any order.
        parts.insert(at / 2, file);
    }
    let whole = succeeds(folder, &[command, &["--runs", last, "--out", "whole", "--formats", formats]].concat());
    fs::rename(folder.join("whole"), folder.join("one")).unwrap();
    let merge = |parts: &[String]| {
        let mut merge = vec!["merge"];
        merge.extend(parts.iter().map(String::as_str));
        succeeds(folder, &[&merge[..], &["--out", "whole", "--formats", formats]].concat())
    };
    assert_eq!(merge(&parts), whole);
    for ((name, one), (merged_name, merged)) in results(&folder.join("one")).iter().zip(results(&folder.join("whole")))
    {
        assert_eq!(*name, merged_name);
        assert!(*one == merged, "{name} differs");
    }
    // The plan need not be there any more.
    fs::remove_file(folder.join("plan.toml")).unwrap();
    fs::remove_file(folder.join("rates.csv")).unwrap();
    assert_eq!(merge(&parts), whole);
}

#[test]
fn parts_of_a_run_merge_into_the_bytes_of_one_run() {
    let command = ["run", "plan.toml", "--set", "deals.median_value=5k", "--outcome", "roas", "--seed", "11"];
    // Ends of blocks, within blocks, and a part within one block.
    agree(&command, "svg,html,csv", &["1..1024", "1025..1500", "1501..1600", "1601..3333", "3334..4000"]);
}

#[test]
fn parts_of_a_comparison_and_of_a_sweep_merge_as_well() {
    agree(&["compare", "plan.toml"], "html", &["1..1500", "1501..2500"]);
    let sweep = ["sweep", "plan.toml", "--vary", "channels.search.budget=10k..30k:3", "--variant", "third-rep"];
    agree(&sweep, "html", &["1..1100", "1101..2200"]);
}

#[test]
fn what_makes_no_whole_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    plan(folder);
    let part = |draws: &str, file: &str, more: &[&str]| {
        succeeds(folder, &[&["run", "plan.toml", "--draws", draws, "--part", file], more].concat())
    };
    let said = part("1..1500", "a.part", &[]);
    assert_eq!(said, "Wrote a.part: the draws 1..1500 of shop.\nWhen every part is there: foremix merge *.part\n");
    part("1601..2000", "c.part", &[]);
    part("1501..2000", "seed.part", &["--seed", "2"]);
    part("1501..2000", "set.part", &["--set", "sales.reps.team.count=5"]);
    let bytes = fs::read(folder.join("c.part")).unwrap();
    fs::write(folder.join("torn.part"), &bytes[..bytes.len() - 9]).unwrap();
    fs::write(folder.join("rates.csv"), "rate\n0.03\n0.04\n0.05\n0.033\n").unwrap();
    part("1501..2000", "changed.part", &[]);
    let before = names(folder);
    for (parts, said) in [
        (
            &["a.part", "c.part"][..],
            "no part holds the draws 1501..1600; this makes them:\n  foremix run plan.toml --seed 1 --draws 1501..1600 --part FILE",
        ),
        (&["c.part"], "no part holds the draws 1..1600"),
        (&["a.part", "a.part"], "a.part and a.part both hold the draws 1..1500"),
        (&["a.part", "seed.part"], "seed.part has seed 2, and a.part has seed 1"),
        (&["a.part", "set.part"], "set.part is part of `foremix run plan.toml --set sales.reps.team.count=5 --seed 1`"),
        (&["a.part", "changed.part"], "changed.part is of another scenario than a.part"),
        (&["a.part", "torn.part"], "torn.part is torn"),
        (&["plan.toml"], "plan.toml is not a part"),
        (&["nothing.part"], "nothing.part can't be read: no such file"),
    ] {
        let output = foremix(folder).arg("merge").args(parts).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{parts:?}");
        assert!(stderr(&output).contains(said), "{parts:?}: {}", stderr(&output));
        assert_eq!(names(folder), before);
    }
    for (arguments, said) in [
        (&["--draws", "1..10"][..], "--part"),
        (&["--part", "x.part"], "--draws"),
        (&["--draws", "5..1", "--part", "x.part"], "for example 1..250000"),
        (&["--draws", "1..9", "--part", "x.part", "--runs", "9"], "cannot be used with"),
        (&["--draws", "1..9", "--part", "x.part", "--precision", "1%"], "cannot be used with"),
        (&["--draws", "1..9", "--part", "plan.toml"], "plan.toml is there already and is something else"),
    ] {
        let output = foremix(folder).args(["run", "plan.toml"]).args(arguments).output().unwrap();
        assert!(!output.status.success(), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert_eq!(names(folder), before);
    }
}
