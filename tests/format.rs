//! The reference of the scenario format says what the code does.

use std::fs;
use std::path::Path;

use foremix::model::schema::Kind;
use foremix::report::format_reference;

const MARK: &str = "<!-- keys:";

#[test]
fn the_reference_in_the_docs_is_made_from_the_lists_of_keys() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scenario.md");
    let text = fs::read_to_string(&path).expect("docs/scenario.md is there");
    let at = text.find(MARK).expect("docs/scenario.md has its mark");
    let end = at + text[at..].find('\n').expect("the mark has a line of its own") + 1;
    let expected = format!("{}{}", &text[..end], format_reference());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &expected).expect("docs/scenario.md can be written");
        return;
    }
    assert!(text == expected, "docs/scenario.md is not what the code says: run UPDATE_DOCS=1 cargo test --test format");
}

#[test]
fn every_key_says_what_it_means_and_gives_an_example() {
    for table in foremix::scenario::tables() {
        for key in table.keys {
            assert!(!key.about.is_empty(), "[{}] {}", table.path, key.name);
            let is_table = matches!(key.kind, Kind::Table | Kind::Tables);
            assert!(is_table || !key.example.is_empty(), "[{}] {}", table.path, key.name);
        }
    }
}
