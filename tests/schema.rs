//! `foremix schema` says what the reader of scenarios says, as far as a schema can.

use std::path::{Path, PathBuf};

use foremix::reading::{Diagnostics, Sources, Table, parse};
use foremix::report::format_schema;
use jsonschema::Validator;
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::to_value(format_schema()).expect("JSON")
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).expect("the schema is one")
}

/// A text as an editor sees it; none where it is not TOML.
fn read(text: &str) -> Option<Value> {
    let mut sources = Sources::default();
    let mut faults = Diagnostics::default();
    let source = sources.add("plan.toml", text);
    let table: Table = parse(&sources, source, &mut faults);
    faults.is_empty().then(|| serde_json::to_value(&table).expect("JSON"))
}

fn files(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

fn said(validator: &Validator, plan: &Value) -> Vec<String> {
    validator.iter_errors(plan).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schema_is_one_by_its_own_rules() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn every_bundled_scenario_is_valid() {
    let validator = validator();
    for path in files("scenarios") {
        let plan = read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(said(&validator, &plan), Vec::<String>::new(), "{}", path.display());
    }
}

/// What is said of a file where a schema can tell as well: keys and words that there are none of, values of another kind.
const VISIBLE: [&str; 5] =
    ["unknown key", "unknown outcome", "this number is too large", "is not allowed: it must be", "expected one of"];

/// Texts of files say more than a schema sees: it sees a string where `foremix check` reads a range.
const IN_A_TEXT: [&str; 2] = ["= \"", "{"];

#[test]
fn faulty_files_fail_where_a_schema_can_tell() {
    let validator = validator();
    let mut caught = 0;
    for path in files("tests/faults") {
        let Some(text) = std::fs::read_to_string(&path).ok() else { continue };
        let Some(plan) = read(&text) else { continue };
        let is_caught = !validator.is_valid(&plan);
        caught += usize::from(is_caught);
        let said = std::fs::read_to_string(path.with_extension("snap")).unwrap_or_default();
        let shown: Vec<&str> = said.lines().filter(|line| line.contains(" | ") && !line.contains('^')).collect();
        let is_plain = !shown.iter().any(|line| IN_A_TEXT.iter().any(|mark| line.contains(mark)));
        if is_plain && VISIBLE.iter().any(|visible| said.contains(visible)) {
            assert!(is_caught, "{}: {said}", path.display());
        }
    }
    assert!(caught > 100, "{caught}");
}

fn starter() -> Value {
    read(include_str!("../scenarios/starter.toml")).unwrap()
}

#[test]
fn what_an_editor_should_underline_is_underlined() {
    let validator = validator();
    let with = |path: &str, value: Value| {
        let mut plan = starter();
        *plan.pointer_mut(path).unwrap() = value;
        validator.is_valid(&plan)
    };
    assert!(validator.is_valid(&starter()));
    // Ranges, words, kinds of values.
    assert!(!with("/channels/search/visit_to_lead", json!(1.4)));
    assert!(!with("/channels/search/budget", json!(-5)));
    assert!(!with("/channels/search/budget", json!(true)));
    assert!(!with("/channels/search/kind", json!("pcc")));
    assert!(!with("/channels/search/cost_per_click", json!("cheap")));
    // Every spelling of an uncertain figure.
    for spelled in [
        json!(3.5),
        json!("2.5 to 4.5"),
        json!({ "p10": 2, "p50": 3, "p90": "6" }),
        json!({ "p25": 2, "p75": 6 }),
        json!({ "low": 2, "likely": 3, "high": 6, "max": 5 }),
        json!({ "mean": 3, "sd": 1 }),
        json!({ "uniform": [2, 4] }),
        json!({ "triangular": [2, 3, 6] }),
        json!({ "values": [2, 3], "weights": [1, 2] }),
        json!({ "mix": ["2 to 3", 4] }),
        json!({ "file": "draws.csv", "column": "cpc" }),
    ] {
        assert!(with("/channels/search/cost_per_click", spelled.clone()), "{spelled}");
    }
    for misspelled in
        [json!({ "p10": 2, "p500": 3 }), json!({ "mean": 3 }), json!({ "file": "draws.csv" }), json!({}), json!([2, 4])]
    {
        assert!(!with("/channels/search/cost_per_click", misspelled.clone()), "{misspelled}");
    }
}

#[test]
fn keys_go_where_they_belong() {
    let validator = validator();
    let with = |table: &str, key: &str, value: Value| {
        let mut plan = starter();
        plan.pointer_mut(table).unwrap().as_object_mut().unwrap().insert(key.into(), value);
        validator.is_valid(&plan)
    };
    assert!(with("/channels/search", "max_share", json!(0.5)));
    assert!(!with("/channels/search", "list_size", json!(5_000)), "of another kind");
    assert!(!with("/channels/search", "budgett", json!(5_000)));
    assert!(with("", "variants", json!({ "more": { "channels": { "search": { "budget": 30_000 } } } })));
    assert!(!with("", "variants", json!({ "more": { "channels": { "search": { "budgett": 30_000 } } } })));
    assert!(with("/targets", "cac", json!(900)) && !with("/targets", "cak", json!(900)));
}

#[test]
fn a_part_of_a_plan_need_not_be_whole() {
    let validator = validator();
    let part = json!({ "channels": { "search": { "kind": "ppc", "budget": 5_000 } } });
    assert!(!validator.is_valid(&part), "a channel that pays for clicks needs their price");
    let mut extending = part;
    extending["extends"] = json!("base.toml");
    assert_eq!(said(&validator, &extending), Vec::<String>::new());
}

#[test]
fn editors_are_told_what_a_key_means() {
    let schema = schema();
    let search = &schema["$defs"]["plan"]["properties"]["channels"]["additionalProperties"]["properties"];
    let key = &search["variation"];
    assert!(key["description"].as_str().is_some_and(|about| about.contains("weekly leads")), "{key}");
    assert!(search["budget"]["default"] == json!(0.0) && search["budget"]["examples"] == json!([75_000]), "{search}");
}
