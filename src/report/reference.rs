//! The reference of the scenario format, made from the lists of keys that files are checked against.

use std::fmt::Write;

use crate::inputs::Domain;
use crate::model::outcomes::OUTCOMES;
use crate::model::schema::{Default, Key, Kind};
use crate::scenario::{TableReference, tables};
use crate::units::plain;

/// All tables and keys, as Markdown.
#[must_use]
pub fn format_reference() -> String {
    let mut text = String::new();
    let mut above = None;
    for table in tables() {
        if table.keys.is_empty() && table.kind.is_none() {
            continue;
        }
        if above != Some(table.path) {
            let header = match table.path {
                "" => "The top of the file".to_owned(),
                path => format!("`[{path}]`"),
            };
            let _ = write!(text, "\n## {header}\n\n{}.\n", capital(table.about));
            above = Some(table.path);
        }
        if let Some(kind) = table.kind {
            let _ = write!(text, "\n### `kind = \"{kind}\"`\n");
        }
        text.push_str(&keys_of(&table));
    }
    let _ = write!(
        text,
        "\n## `[targets]`\n\nAny outcome = a number. A cost meets its target at or below it, anything else at or above.\n\n| outcome | what it is | met |\n| --- | --- | --- |\n"
    );
    for outcome in OUTCOMES {
        let met = if outcome.is_cost() { "at or below" } else { "at or above" };
        let _ = writeln!(text, "| `{}` | {} | {met} |", outcome.key, outcome.about);
    }
    text
}

fn keys_of(table: &TableReference) -> String {
    if table.keys.is_empty() {
        return "\nNo further keys.\n".into();
    }
    let mut text = String::from(
        "\n| key | value | range | default | meaning | example |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for key in &table.keys {
        let unit = match key.unit {
            "" => String::new(),
            unit => format!(" ({unit})"),
        };
        let example = match key.example {
            "" => String::new(),
            example => format!("`{}`", cell(example)),
        };
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {}{unit} | {example} |",
            key.name,
            cell(&value(key)),
            range(key),
            default(key),
            cell(key.about),
        );
    }
    text
}

fn value(key: &Key) -> String {
    match key.kind {
        Kind::Quantity { domain, rate, .. } => {
            let rate = if rate { " a week, or with a period" } else { "" };
            format!("{}, may be uncertain{rate}", named(domain))
        }
        Kind::Certain { domain, .. } => format!("{}, certain", named(domain)),
        Kind::Whole { .. } => "whole number".into(),
        Kind::Week { .. } => "number of a week, or a date in it".into(),
        Kind::Word(words) => {
            let quoted: Vec<String> = words().iter().map(|word| format!("`\"{word}\"`")).collect();
            quoted.join(", ")
        }
        Kind::Truth => "`true` or `false`".into(),
        Kind::Text => "text".into(),
        Kind::Date => "date".into(),
        Kind::Weekly { .. } => "list, a number for each week".into(),
        Kind::Shape(form) => form.into(),
        Kind::Table => "table".into(),
        Kind::Tables => "tables, [[..]]".into(),
    }
}

fn named(domain: Domain) -> &'static str {
    match domain {
        Domain::Amount => "amount",
        Domain::Fraction => "fraction",
        Domain::Number => "number",
    }
}

fn range(key: &Key) -> String {
    match key.kind {
        Kind::Quantity { range, .. }
        | Kind::Certain { range, .. }
        | Kind::Whole { range }
        | Kind::Week { range }
        | Kind::Weekly { range } => range.to_string(),
        _ => String::new(),
    }
}

fn default(key: &Key) -> String {
    match key.default {
        Default::Required => "**required**".into(),
        Default::Unset => "–".into(),
        Default::Number(number) => plain(number),
        Default::Word(word) => word.into(),
    }
}

/// A text that doesn't end a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
