//! `foremix init --ask`, and `foremix run --last-quarter`.

use std::fs;

use crate::{assert_same, foremix, names, scenario, stderr, stdout};

#[test]
fn six_answers_make_a_plan_that_is_right_and_runs() {
    let folder = tempfile::tempdir().unwrap();
    let answers = "clinic\n300k\nGoogle Ads 12k, flyers 4k, word of mouth 0\n2 people, 14 hours\n380 calls, 190 booked, 150 came\n650, large ones 2.4k\nno idea\n";
    let output = foremix(folder.path()).args(["init", "--ask"]).write_stdin(answers).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_same!("init-ask", stdout(&output));
    assert_same!("init-ask-plan", fs::read_to_string(folder.path().join("clinic.toml")).unwrap());
    let check = foremix(folder.path()).args(["check", "clinic.toml"]).output().unwrap();
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
    assert!(!stdout(&check).contains("Look again"), "{}", stdout(&check));
    let run = foremix(folder.path()).args(["run", "clinic.toml", "--runs", "100", "--quiet"]).output().unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    // What is there is left alone.
    let again = foremix(folder.path()).args(["init", "--ask", "clinic"]).write_stdin("").output().unwrap();
    assert_eq!(again.status.code(), Some(1), "{}", stderr(&again));
}

#[test]
fn an_answer_that_is_none_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, answers, told) in [
        (vec!["init", "--ask"], "bakery\n", "unknown kind of business `bakery`"),
        (vec!["init", "--ask", "clinik"], "", "did you mean clinic?"),
        (vec!["init", "--ask", "shop"], "a lot\n", "expected one amount"),
        (vec!["init", "--ask", "b2b"], "1M\nsearch\n", "\"search\" has no amount of its own"),
        (vec!["init", "--ask", "b2b"], "1M\n\n3, 200\n", "hours a week"),
        (vec!["init", "--ask", "b2b"], "1M\n\n\n20, 30, 10\n", "each no more than the one before"),
    ] {
        let output = foremix(folder.path()).args(&arguments).write_stdin(answers).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(told), "{told}: {}", stderr(&output));
    }
    assert!(names(folder.path()).is_empty());
    let kinds = foremix(folder.path()).args(["init", "--ask", "--list"]).output().unwrap();
    assert_same!("init-ask-list", stdout(&kinds));
}

#[test]
fn last_quarter_is_held_against_the_rates_of_the_plan() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(scenario("starter.toml"), folder.path().join("starter.toml")).unwrap();
    fs::write(
        folder.path().join("before.csv"),
        "Channel;Spend;Leads;Won;Revenue\nSearch;20.000,00;120;14;95.500,00\nBillboard;3.000,00;4;0;0\nTotal;23.000,00;124;14;95.500,00\n",
    )
    .unwrap();
    let run = |file: &str| {
        let arguments = ["run", "starter.toml", "--runs", "2000", "--formats", "json", "--last-quarter", file];
        foremix(folder.path()).args(arguments).output().unwrap()
    };
    let output = run("before.csv");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let told = &text[text.find("last quarter").expect("the table")..];
    assert_same!("last-quarter", told);
    fs::write(folder.path().join("wrong.csv"), "Where,Spend\nsearch,5\n").unwrap();
    let wrong = run("wrong.csv");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("no column of channels"), "{}", stderr(&wrong));
    fs::write(folder.path().join("odd.csv"), "channel,leads\nsearch,many\n").unwrap();
    assert!(stderr(&run("odd.csv")).contains("line 2: \"many\": this is not an amount"));
    assert_eq!(run("none.csv").status.code(), Some(2));
}
