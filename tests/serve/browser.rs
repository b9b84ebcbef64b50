//! The page as people meet it: in a headless Chromium, where one is installed (see `tests/pages`).

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::chromium;
use crate::served::{PLAN, Served};

/// What a browser answers that opens the page and goes through `steps`; none where there is no browser, which is said.
fn seen(served: &Served, steps: &str) -> Option<Value> {
    let (chromium, modules) = chromium::found()?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/serve/browser.mjs");
    let folder = served.folder().join("plan.toml");
    let output = Command::new("node")
        .arg(script)
        .args([chromium.as_path(), &modules])
        .args([&served.address, steps])
        .arg(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["wrong"], serde_json::json!([]), "{answer}");
    Some(answer)
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What `run` says with these settings.
fn told(served: &Served, settings: &Value) -> String {
    let mut arguments =
        vec!["run".to_owned(), "plan.toml".into(), "--runs".into(), "1500".into(), "--formats".into(), String::new()];
    for setting in settings.as_array().unwrap() {
        arguments.extend(["--set".to_owned(), format!("{}={}", setting["path"].as_str().unwrap(), setting["value"])]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    on_one_line(&served.command(&arguments))
}

#[test]
fn a_slider_is_moved_and_the_sentence_is_that_of_the_command() {
    let served = Served::of(PLAN, &[], &[]);
    let Some(answer) = seen(&served, "move") else { return };
    assert_ne!(answer["before"], answer["after"]);
    assert_eq!(answer["settings"].as_array().unwrap().len(), 1, "{answer}");
    for (sentence, settings) in [("before", &serde_json::json!([])), ("after", &answer["settings"])] {
        let sentence = on_one_line(answer[sentence].as_str().unwrap());
        assert!(told(&served, settings).contains(&sentence), "{sentence}");
    }
    // With "total stays" what one channel gets, the other gives.
    let sum: f64 = answer["budgets"].as_array().unwrap().iter().map(|budget| budget.as_f64().unwrap()).sum();
    assert_eq!(sum, 32_000.0, "{answer}");
    // A locked channel gives nothing.
    assert_eq!(answer["locked"], serde_json::json!([24_000, 8_000]));
}

#[test]
fn a_pinned_plan_is_compared_and_a_saved_one_keeps_its_comments() {
    let served = Served::of(PLAN, &[], &[]);
    let Some(answer) = seen(&served, "pin") else { return };
    let compared = answer["compared"].as_str().unwrap();
    assert!(compared.contains("this plan") || compared.contains("This plan"), "{compared}");
    let text = served.text("plan.toml");
    assert!(text.starts_with(PLAN), "{text}");
    assert!(text.contains("[variants.board]\nchannels.search.budget = "), "{text}");
    // What was typed wrongly is told at its field.
    assert!(answer["fault"].as_str().unwrap().contains("close_rate"), "{answer}");
    // A file that an editor changes is read again.
    assert!(answer["title"].as_str().unwrap().contains("changed in an editor"), "{answer}");
}

#[test]
fn two_tabs_do_not_meet() {
    let served = Served::of(PLAN, &[], &[]);
    let Some(answer) = seen(&served, "tabs") else { return };
    assert_eq!(answer["first"], answer["first_again"]);
    assert_ne!(answer["first"], answer["second"]);
    // The address restores what was moved.
    assert_eq!(answer["second"], answer["restored"]);
}

#[test]
fn what_is_handed_over_is_what_the_command_gives() {
    let served = Served::of(PLAN, &[], &[]);
    let Some(mut answer) = seen(&served, "hand") else { return };
    let told = answer["told"].as_str().unwrap();
    let (_, command) = told.split_once("in a terminal: foremix ").expect("a command");
    assert!(command.contains("--set channels.search.budget="), "{command}");
    let words: Vec<&str> = command.split_whitespace().chain(["--json", "--formats", ""]).collect();
    let mut summary: Value = serde_json::from_str(&served.command(&words)).unwrap();
    for summary in [&mut summary, &mut answer["summary"]] {
        summary.as_object_mut().unwrap().remove("seconds");
    }
    // Through the browser's numbers, in which 1.0 is 1.
    assert_eq!(numbers(&summary), numbers(&answer["summary"]));
}

/// All numbers in a JSON value, in their order.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        Value::Object(entries) => entries.values().flat_map(numbers).collect(),
        other => other.as_f64().into_iter().collect(),
    }
}

#[test]
fn anybody_can_read_and_use_it() {
    let served = Served::of(PLAN, &[], &[]);
    seen(&served, "look");
    seen(&Served::bare(), "answers");
}

#[test]
fn hostile_names_stay_names() {
    let markup = "</script><img src=x onerror=document.title='owned'>&amp;";
    let plan = PLAN
        .replace("Kitchens, spring", markup)
        .replace("[channels.flyers]", &format!("[channels.flyers]\nlabel = \"{markup}\""))
        .replace("[sales.reps.advisers]", &format!("[sales.reps.\"{markup}\"]"))
        .replace("[variants.more-flyers]", &format!("[variants.\"{markup}\"]"));
    let Some(answer) = seen(&Served::of(&plan, &[], &[]), "look") else { return };
    assert_eq!(answer["images"], 0);
    assert!(answer["title"].as_str().unwrap().starts_with(markup), "{answer}");
}
