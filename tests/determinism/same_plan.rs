//! A plan is the same plan under another name, in another order, with another tail.

use foremix::engine::{Unwatched, run};
use foremix::model::outcomes::OutcomeId;
use foremix::scenario::load;

use super::draws::{ask, draw};
use super::support::scenario;
use super::{RICH, same_columns};

/// The same plan with its tables from last to first, and the keys of each from last to first.
fn turned_round(text: &str) -> String {
    let mut tables: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        if line.starts_with('[') {
            tables.push(Vec::new());
        }
        tables.last_mut().expect("one at least").push(line);
    }
    // What stands before the first table has to stay there.
    let mut lines = tables.remove(0);
    for table in tables.iter().rev() {
        lines.push(table[0]);
        lines.extend(table[1..].iter().rev());
    }
    lines.join("\n")
}

#[test]
fn the_order_of_keys_and_tables_changes_nothing() {
    let saas = include_str!("../../scenarios/b2b-saas.toml");
    for text in [RICH, saas] {
        for queue in ["newest_first", "oldest_first"] {
            same_turned_round(&with_queue(text, queue));
        }
    }
    // The best come first by value, and by the order of the file only where values are equal: here they differ.
    let mut text = with_queue(RICH, "best_first").replace("leads_waiting = 12\n", "");
    for (channel, rate) in [("search", 0.31), ("guides", 0.32), ("news", 0.33), ("mailing", 0.34)] {
        let head = format!("[channels.{channel}]\n");
        text = text.replace(&head, &format!("{head}close_rate = {rate}\n"));
    }
    same_turned_round(&text);
}

fn with_queue(text: &str, queue: &str) -> String {
    text.replace("queue = \"newest_first\"\n", "").replace("[sales]\n", &format!("[sales]\nqueue = \"{queue}\"\n"))
}

#[track_caller]
fn same_turned_round(text: &str) {
    let turned = turned_round(text);
    assert_ne!(turned, text);
    let [one, other] = [text, &turned].map(|text| draw(&scenario(text), 0..2_000, 11));
    same_columns(&one, &other);
}

#[test]
fn the_names_of_the_file_and_of_the_plan_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let [one, other] = [
        ("a.toml", RICH.to_owned()),
        (
            "another plan.toml",
            RICH.replace(
                "name = \"A bit of everything\"",
                "name = \"B\"\ndescription = \"another text\"\ncurrency = \"EUR\"\n# a comment",
            ),
        ),
    ]
    .map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("it is written");
        draw(&load(&path, &[]).expect("a plan"), 0..2_000, 11)
    });
    same_columns(&one, &other);
}

#[test]
fn figures_of_the_horizon_are_the_same_bytes_with_any_tail_and_without() {
    let of_horizon: Vec<OutcomeId> = OutcomeId::all().filter(|id| !id.outcome().of_tail).collect();
    // With deals that wait for delivery when the horizon ends, and without.
    for limit in ["", "[delivery]\nper_week = 2\n"] {
        let runs = [0, 1, 26, 52].map(|tail| {
            let text = RICH.replace("tail_weeks = 26", &format!("tail_weeks = {tail}")) + limit;
            let scenario = scenario(&text);
            let mut without = ask(&scenario, 0..2_000, 5);
            without.outcomes = of_horizon.clone();
            let mut with = without.clone();
            with.outcomes.extend(OutcomeId::named("tail_profit"));
            let [without, mut with] =
                [without, with].map(|ask| run(&scenario.plan, &ask, &Unwatched).expect("nobody stops it"));
            with.outcomes.pop();
            with.columns.pop();
            same_columns(&with, &without);
            without
        });
        for other in &runs[1..] {
            same_columns(&runs[0], other);
        }
    }
}
