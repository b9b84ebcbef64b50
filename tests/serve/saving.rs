//! What is saved, and what is left alone.

use std::fs;

use serde_json::{Value, json};

use crate::served::{PLAN, Served};

fn moved() -> Value {
    json!({ "settings": [
        { "path": "channels.search.budget", "value": 31000 },
        { "path": "sales.close_rate", "value": { "low": 0.2, "middle": 0.3, "high": 0.45 } },
    ] })
}

fn before(served: &Served, state: &Value, place: &Value) -> String {
    let (status, answer) = served.ask("difference", &json!({ "state": state, "place": place }));
    assert_eq!(status, 200, "{answer}");
    answer["before"].as_str().unwrap().to_owned()
}

#[test]
fn saving_as_the_plan_keeps_every_other_byte() {
    let served = Served::of(PLAN, &[], &[]);
    let place = json!("plan");
    let (_, difference) = served.ask("difference", &json!({ "state": moved(), "place": place }));
    let signs: Vec<&str> =
        difference["lines"].as_array().unwrap().iter().map(|line| line["sign"].as_str().unwrap()).collect();
    assert_eq!(signs.iter().filter(|sign| **sign == "+").count(), 2, "{difference}");
    let question = json!({ "state": moved(), "place": place, "before": difference["before"] });
    let (status, answer) = served.ask("save", &question);
    assert_eq!(status, 200, "{answer}");
    let expected = PLAN
        .replace("budget = 24_000     #", "budget = 31000     #")
        .replace("\"25% to 40%\"   #", "{ p10 = 0.2, p50 = 0.3, p90 = 0.45 }   #");
    assert_eq!(served.text("plan.toml"), expected);
    // Nothing else was left in the folder.
    assert_eq!(fs::read_dir(served.folder()).unwrap().count(), 1);
}

#[test]
fn saving_as_a_variant_leaves_the_plan_and_gives_the_same_figures() {
    let served = Served::of(PLAN, &[], &[]);
    let place = json!({ "variant": "board" });
    let question = json!({ "state": moved(), "place": place, "before": before(&served, &moved(), &place) });
    assert_eq!(served.ask("save", &question).0, 200);
    assert!(served.text("plan.toml").starts_with(PLAN));
    let told = |arguments: &[&str]| {
        let run = ["run", "plan.toml", "--runs", "512", "--formats", "", "--json"];
        let summary: Value = serde_json::from_str(&served.command(&[&run[..], arguments].concat())).unwrap();
        summary["outcomes"].to_string()
    };
    let rate = "sales.close_rate={ p10 = 0.2, p50 = 0.3, p90 = 0.45 }";
    assert_eq!(told(&["--variant", "board"]), told(&["--set", "channels.search.budget=31000", "--set", rate]));
}

#[test]
fn a_file_that_changed_meanwhile_is_left_as_it_is() {
    let served = Served::of(PLAN, &[], &[]);
    let place = json!("plan");
    let before = before(&served, &moved(), &place);
    let edited = PLAN.replace("Kitchens, spring", "Kitchens, summer");
    fs::write(served.path("plan.toml"), &edited).unwrap();
    let (status, answer) = served.ask("save", &json!({ "state": moved(), "place": place, "before": before }));
    assert_eq!(status, 409, "{answer}");
    assert!(answer["error"].as_str().unwrap().contains("changed meanwhile"));
    assert_eq!(served.text("plan.toml"), edited);
    assert_eq!(fs::read_dir(served.folder()).unwrap().count(), 1);
}

#[test]
fn a_plan_of_answers_goes_to_a_new_file_of_the_folder_only() {
    let served = Served::bare();
    let state = json!({ "answers": { "business": "clinic", "answers": ["300k"] }, "settings": [] });
    for name in ["../plan.toml", "/tmp/foremix-plan.toml", "plan", "a/b.toml"] {
        let question = json!({ "state": state, "place": { "file": name }, "before": "none" });
        assert_eq!(served.ask("save", &question).0, 422, "{name}");
    }
    let question = json!({ "state": state, "place": { "file": "spring.toml" }, "before": "none" });
    let (status, answer) = served.ask("save", &question);
    assert_eq!(status, 200, "{answer}");
    assert!(served.command(&["check", "spring.toml"]).contains("spring.toml: right"));
    // It is not overwritten, and the page goes on with it.
    assert_eq!(served.ask("save", &question).0, 409);
    let (status, sheet) = served.ask("sheet", &json!({ "state": {} }));
    assert_eq!((status, &sheet["file"]), (200, &json!("spring.toml")));
}

#[test]
fn a_change_of_the_file_is_noticed() {
    let served = Served::of(PLAN, &[], &[]);
    let version = || served.ask("sheet", &json!({ "state": {} })).1["version"].clone();
    let first = version();
    assert_eq!(first, version());
    fs::write(served.path("plan.toml"), PLAN.replace("24_000", "25_000")).unwrap();
    assert_ne!(first, version());
}

#[cfg(unix)]
#[test]
fn a_link_and_the_rights_of_a_file_stay() {
    use std::os::unix::fs::PermissionsExt;
    let served = Served::of(PLAN, &[], &[]);
    fs::rename(served.path("plan.toml"), served.path("real.toml")).unwrap();
    std::os::unix::fs::symlink("real.toml", served.path("plan.toml")).unwrap();
    fs::set_permissions(served.path("real.toml"), fs::Permissions::from_mode(0o640)).unwrap();
    let place = json!("plan");
    let question = json!({ "state": moved(), "place": place, "before": before(&served, &moved(), &place) });
    assert_eq!(served.ask("save", &question).0, 200);
    assert!(fs::symlink_metadata(served.path("plan.toml")).unwrap().is_symlink());
    let rights = fs::metadata(served.path("real.toml")).unwrap().permissions().mode() & 0o777;
    assert_eq!(rights, 0o640);
    assert!(served.text("real.toml").contains("31000"));
}
