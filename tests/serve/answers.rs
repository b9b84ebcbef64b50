//! The page says what the command says.

use std::io::Cursor;

use calamine::{Reader, Xlsx, open_workbook, open_workbook_from_rs};
use serde_json::{Value, json};

use crate::served::{PLAN, Served};

/// A text without what breaks its lines.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn look(served: &Served, state: &Value, extent: &str) -> Value {
    let question = json!({ "state": state, "extent": extent, "turn": { "tab": 7, "number": 1 } });
    let (status, answer) = served.ask("look", &question);
    assert_eq!(status, 200, "{answer}");
    answer
}

/// What was moved, and the same as options of the command.
fn moved() -> (Value, Vec<&'static str>) {
    let settings = json!([
        { "path": "channels.search.budget", "value": 30000 },
        { "path": "sales.close_rate", "value": { "low": 0.2, "middle": 0.3, "high": 0.45 } },
        { "path": "deals.average_value", "value": "10k to 14k" },
    ]);
    let options = vec![
        "--set",
        "channels.search.budget=30000",
        "--set",
        "sales.close_rate={ p10 = 0.2, p50 = 0.3, p90 = 0.45 }",
        "--set",
        "deals.average_value=10k to 14k",
    ];
    (json!({ "settings": settings }), options)
}

#[test]
fn the_figures_are_those_of_run_to_the_byte() {
    let served = Served::of(PLAN, &[], &[]);
    for (state, options) in
        [(json!({}), Vec::new()), moved(), (json!({ "variant": "more-flyers" }), vec!["--variant", "more-flyers"])]
    {
        let run = [&["run", "plan.toml", "--runs", "1500", "--formats", "", "--json"], &options[..]].concat();
        let mut told: Value = serde_json::from_str(&served.command(&run)).unwrap();
        let turn = json!({ "tab": 1, "number": 1 });
        let (status, answer) = served.ask("summary", &json!({ "state": state, "turn": turn }));
        assert_eq!(status, 200, "{answer}");
        let mut own = answer["summary"].clone();
        // All but how long it took.
        for summary in [&mut told, &mut own] {
            summary.as_object_mut().unwrap().remove("seconds");
        }
        assert_eq!(own.to_string(), told.to_string(), "{options:?}");
        // The sentences, and the three figures of report.html.
        let glance = look(&served, &state, "all");
        let text = on_one_line(
            &served.command(&[&["run", "plan.toml", "--runs", "1500", "--formats", ""], &options[..]].concat()),
        );
        let answer = glance["answer"].as_array().unwrap();
        assert!(answer.len() >= 2, "{glance}");
        for sentence in answer {
            assert!(text.contains(&on_one_line(sentence.as_str().unwrap())), "{sentence}\n{text}");
        }
        assert_eq!(glance["figures"].as_array().unwrap().len(), 3);
    }
}

#[test]
fn a_first_look_is_that_of_fewer_draws() {
    let served = Served::of(PLAN, &[], &[]);
    let (state, options) = moved();
    let glance = look(&served, &state, "first");
    assert_eq!(glance["runs"], 1024);
    let run = [&["run", "plan.toml", "--runs", "1024", "--formats", ""], &options[..]].concat();
    let text = on_one_line(&served.command(&run));
    assert!(text.contains(&on_one_line(glance["answer"][0].as_str().unwrap())), "{glance}\n{text}");
}

#[test]
fn the_report_is_that_of_run() {
    let served = Served::of(PLAN, &[], &[]);
    let (state, options) = moved();
    let (status, page) = served.ask("report", &json!({ "state": state, "turn": { "tab": 1, "number": 1 } }));
    assert_eq!(status, 200);
    let page = page.as_str().unwrap();
    served.command(
        &[&["run", "plan.toml", "--runs", "1500", "--formats", "html", "--out", "out"], &options[..]].concat(),
    );
    let told = served.text("out/report.html");
    // All before how it was made: the answer, the charts, the inputs.
    let body = |page: &str| page.split("id=\"made\"").next().unwrap().split("<main>").nth(1).unwrap().to_owned();
    assert!(body(page) == body(&told));
}

#[test]
fn the_workbook_is_that_of_run() {
    let served = Served::of(PLAN, &[], &[]);
    let (state, options) = moved();
    let (status, file) = served.ask_for_file("workbook", &json!({ "state": state, "turn": { "tab": 1, "number": 1 } }));
    assert_eq!(status, 200);
    served.command(
        &[&["run", "plan.toml", "--runs", "1500", "--formats", "xlsx", "--out", "out"], &options[..]].concat(),
    );
    let mut own: Xlsx<_> = open_workbook_from_rs(Cursor::new(file)).unwrap();
    let mut told: Xlsx<_> = open_workbook(served.path("out/forecast.xlsx")).unwrap();
    assert_eq!(own.sheet_names(), told.sheet_names());
    for sheet in ["Summary", "Channels", "Weeks", "Inputs"] {
        let [own, told] = [&own.worksheet_range(sheet).unwrap(), &told.worksheet_range(sheet).unwrap()];
        assert!(own.get_size().0 > 3 && own == told, "{sheet}");
    }
}

#[test]
fn faults_are_told_at_their_field_in_the_words_of_check() {
    let served = Served::of(PLAN, &[], &[]);
    let settings = json!([
        { "path": "channels.search.budget", "value": 20000 },
        { "path": "sales.close_rate", "value": "140%" },
    ]);
    let question = json!({ "state": { "settings": settings }, "extent": "first", "turn": { "tab": 1, "number": 1 } });
    let (status, answer) = served.ask("look", &question);
    assert_eq!(status, 422);
    let faults = answer["faults"].as_array().unwrap();
    assert_eq!((faults.len(), &faults[0]["setting"]), (1, &json!(1)), "{answer}");
    let check = served.command(&["check", "plan.toml", "--set", "sales.close_rate=140%"]);
    for part in ["message", "label"] {
        assert!(check.contains(faults[0][part].as_str().unwrap()), "{part}: {answer}\n{check}");
    }
}

#[test]
fn pins_are_compared_as_variants_are() {
    let served = Served::of(PLAN, &[], &[]);
    let plans = json!([
        { "name": "base plan", "state": {} },
        { "name": "more flyers", "state": { "settings": [{ "path": "channels.flyers.budget", "value": 12000 }] } },
    ]);
    let (status, answer) = served.ask("compare", &json!({ "plans": plans, "turn": { "tab": 1, "number": 1 } }));
    assert_eq!(status, 200, "{answer}");
    let text = on_one_line(&served.command(&["compare", "plan.toml", "--runs", "1500", "--formats", ""]));
    for sentence in answer["sentences"].as_array().unwrap() {
        assert!(text.contains(&on_one_line(sentence.as_str().unwrap())), "{sentence}\n{text}");
    }
    assert!(answer["charts"][0].as_str().unwrap().starts_with("<svg class=\"chart"));
}

#[test]
fn goal_and_best_mix_are_those_of_the_commands() {
    let served = Served::of(PLAN, &[], &[]);
    let turn = json!({ "tab": 1, "number": 1 });
    let aim = json!({ "outcome": "revenue", "value": 150000, "chance": 0.7, "by": "channels.search.budget" });
    let (status, answer) = served.ask("goal", &json!({ "state": {}, "turn": turn, "aim": aim }));
    assert_eq!(status, 200, "{answer}");
    let command =
        ["goal", "plan.toml", "--reach", "revenue=150000", "--chance", "70%", "--by", "channels.search.budget"];
    let text = on_one_line(&served.command(&[&command[..], &["--runs", "1500", "--formats", ""]].concat()));
    for sentence in answer["sentences"].as_array().unwrap() {
        assert!(text.contains(&on_one_line(sentence.as_str().unwrap())), "{sentence}\n{text}");
    }
    let (status, answer) = served.ask("optimize", &json!({ "state": {}, "turn": turn, "locked": [] }));
    assert_eq!(status, 200, "{answer}");
    let text = on_one_line(&served.command(&["optimize", "plan.toml", "--runs", "1500", "--formats", ""]));
    for sentence in answer["sentences"].as_array().unwrap() {
        assert!(text.contains(&on_one_line(sentence.as_str().unwrap())), "{sentence}\n{text}");
    }
}

#[test]
fn a_plan_of_answers_has_a_forecast_before_the_first_is_given() {
    let served = Served::bare();
    let answers = |first: &str| json!({ "business": "clinic", "answers": [first, "", "", "", "", ""] });
    let bare = look(&served, &json!({ "answers": answers("") }), "first");
    assert!(bare["answer"][0].as_str().unwrap().ends_with('.'));
    let aimed = look(&served, &json!({ "answers": answers("410k") }), "first");
    assert_eq!(aimed["outcome"]["target"], 410_000.0);
    let (_, asked) = served.ask("questions", &answers("a lot"));
    assert_eq!(asked.as_array().unwrap().len(), 6);
    assert!(asked[0]["fault"].as_str().unwrap().starts_with("expected one amount"));
    let (status, _) = served.ask("sheet", &json!({ "state": { "answers": answers("") } }));
    assert_eq!(status, 200);
}
