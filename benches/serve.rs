//! A stopwatch for the what-if page: from the question of a moved figure to its answer, over TCP, for every bundled plan.
//!
//! ```text
//! cargo bench --bench serve
//! ```
//!
//! The browser draws the answer in some 5 ms more. Nothing is asserted: times are of the machine.

#![allow(clippy::print_stdout, reason = "a stopwatch says what it measured")]

#[allow(dead_code, reason = "tests ask for more")]
#[path = "../tests/serve/served.rs"]
mod served;

use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::json;

use served::Served;

/// Moves of each plan.
const MOVES: u32 = 30;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut names: Vec<_> =
        fs::read_dir(&folder).expect("scenarios/").map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    let text = |path: &Path| fs::read_to_string(path).expect("a text");
    let is_a = |path: &Path, ending: &str| path.extension().is_some_and(|own| own == ending);
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let tables: Vec<(String, String)> =
        names.iter().filter(|path| is_a(path, "csv")).map(|path| (name(path), text(path))).collect();
    let beside: Vec<(&str, &str)> = tables.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    println!("{:24} {:>10} {:>10}", "plan", "median ms", "slowest ms");
    for path in names.iter().filter(|path| is_a(path, "toml")) {
        let served = Served::of(&text(path), &beside, &[]);
        let sheet = served.ask("sheet", &json!({ "state": {} })).1;
        let channel = &sheet["channels"][0];
        let mut times: Vec<f64> = (1..=MOVES)
            .map(|number| {
                let budget = channel["value"].as_f64().unwrap_or(1_000.0) * (1.0 + f64::from(number) / 100.0);
                let settings = match channel["path"].as_str() {
                    Some(path) => json!([{ "path": path, "value": budget }]),
                    None => json!([]),
                };
                let turn = json!({ "tab": 1, "number": number });
                let question = json!({ "state": { "settings": settings }, "extent": "first", "turn": turn });
                let begun = Instant::now();
                let (status, answer) = served.ask("look", &question);
                assert_eq!(status, 200, "{answer}");
                begun.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{:24} {:>10.1} {:>10.1}", name(path), times[times.len() / 2], times[times.len() - 1]);
    }
}
