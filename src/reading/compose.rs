//! From a tree back to text: TOML that reads as the same tree. Comments are gone; numbers are spelled as they were.

use toml::de::{DeTable, DeValue};

use super::{Entry, Node, Sources, Table, Value};

/// A value on one line, as one would write it behind `key =`.
#[must_use]
pub fn value_text(node: &Node, sources: &Sources) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        Value::Number(number) => number_text(*number, sources.excerpt(&node.place)),
        Value::Truth(truth) => truth.to_string(),
        Value::Date(date) => date.clone(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| value_text(item, sources)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) if table.is_empty() => "{}".into(),
        Value::Table(table) => {
            let pairs: Vec<String> = table
                .iter()
                .map(|entry| format!("{} = {}", key_text(&entry.key), value_text(&entry.node, sources)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

/// A whole file: what stands at the top, then a header for each table.
#[must_use]
pub fn document_text(table: &Table, sources: &Sources) -> String {
    let mut text = String::new();
    section(table, sources, "", &mut text);
    text
}

/// Keys joined by points, those in quotes that need them.
#[must_use]
pub fn path_text<S: AsRef<str>>(keys: &[S]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| key_text(key.as_ref())).collect();
    keys.join(".")
}

fn section(table: &Table, sources: &Sources, path: &str, text: &mut String) {
    let entries: Vec<&Entry> = table.iter().collect();
    // What is written in braces stays so, unless it comes after a table with a header: the order of the file counts.
    let first_header = entries.iter().position(|entry| has_header(entry, false)).unwrap_or(entries.len());
    let is_section = |at: usize| has_header(entries[at], at > first_header);
    let (below, own): (Vec<usize>, Vec<usize>) = (0..entries.len()).partition(|&at| is_section(at));
    if !path.is_empty() && (!own.is_empty() || below.is_empty()) {
        text.push_str(&format!("\n[{path}]\n"));
    }
    for entry in own.iter().map(|&at| entries[at]) {
        text.push_str(&format!("{} = {}\n", key_text(&entry.key), value_text(&entry.node, sources)));
    }
    for entry in below.iter().map(|&at| entries[at]) {
        let key = key_text(&entry.key);
        let path = if path.is_empty() { key } else { format!("{path}.{key}") };
        match &entry.node.value {
            Value::Table(inner) => section(inner, sources, &path, text),
            Value::List(items) => items.iter().for_each(|item| {
                text.push_str(&format!("\n[[{path}]]\n"));
                if let Value::Table(inner) = &item.value {
                    for entry in inner.iter() {
                        text.push_str(&format!("{} = {}\n", key_text(&entry.key), value_text(&entry.node, sources)));
                    }
                }
            }),
            _ => {}
        }
    }
}

/// Is it written below a header of its own? A table in braces only where it is `spread`.
fn has_header(entry: &Entry, spread: bool) -> bool {
    match &entry.node.value {
        Value::Table(table) => spread || !table.is_inline(),
        Value::List(items) => {
            !items.is_empty()
                && items.iter().all(|item| matches!(&item.value, Value::Table(table) if spread || !table.is_inline()))
        }
        _ => false,
    }
}

fn key_text(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if is_bare { key.to_owned() } else { quoted(key) }
}

/// A text as TOML writes it, in quotes.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The number as it was written, where that is known; else with as many digits as it has.
fn number_text(number: f64, written: &str) -> String {
    let means = |text: &str| {
        let line = format!("x = {text}");
        let table = DeTable::parse(&line).ok()?.into_inner();
        match table.into_iter().next()?.1.into_inner() {
            DeValue::Integer(digits) => i128::from_str_radix(digits.as_str(), digits.radix()).ok().map(|n| n as f64),
            DeValue::Float(digits) => digits.as_str().parse().ok(),
            _ => None,
        }
    };
    if !written.contains('\n') && means(written) == Some(number) {
        return written.to_owned();
    }
    match number {
        number if number.is_nan() => "nan".into(),
        number if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        number => {
            let text = format!("{number:?}");
            // Of three decimals nobody knows whether the point is for thousands: a reader would ask.
            let is_doubtful = text.split_once('.').is_some_and(|(_, rest)| rest.len() == 3);
            if is_doubtful { format!("{text}0") } else { text }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Diagnostics, Sources, parse};
    use super::*;

    fn read(text: &str) -> (Table, Sources) {
        let mut sources = Sources::default();
        let source = sources.add("plan.toml", text);
        let mut faults = Diagnostics::default();
        let table = parse(&sources, source, &mut faults);
        assert!(faults.is_empty(), "{}", faults.render(&sources, false));
        (table, sources)
    }

    const PLAN: &str = "deals = { average_value = \"7_000 to 10_000\" }\nname = \"A \\\"plan\\\" \\\\ \\u0007\"\n\
        [channels.tv]\nbudget = 13_000\nflighting = { weeks = [1, 4] }\nshare = 1e-3\nhalf = .5\n\
        [channels]\n\"a b\" = { kind = \"baseline\", leads = \"3 to 4\" }\n\
        [sales]\nreps.team = { count = 2 }\nstart = 2027-01-04\non = true\n[brand]\n\
        [[correlations]]\nbetween = [\"a\", \"b\"]\nrank = -0.5\n";

    #[test]
    fn numbers_of_three_decimals_leave_no_doubt() {
        let texts = [10.25, 10.125, 1e-7, 3.0, 0.5].map(|number| number_text(number, ""));
        assert_eq!(texts, ["10.25", "10.1250", "1e-7", "3", "0.5"]);
    }

    #[test]
    fn what_is_composed_reads_as_the_same_tree() {
        let plan = PLAN.replace("= .5", "= 0.50");
        let (table, sources) = read(&plan);
        let text = document_text(&table, &sources);
        let (again, sources_again) = read(&text);
        assert_eq!(document_text(&again, &sources_again), text);
        let whole = |table: Table, sources: &Sources| {
            let place = super::super::Span { source: sources.first().expect("a text"), span: 0..0 };
            value_text(&Node { value: Value::Table(table), place }, sources)
        };
        let sorted = |text: String| {
            let mut characters: Vec<char> = text.chars().collect();
            characters.sort_unstable();
            characters
        };
        assert_eq!(sorted(whole(table, &sources)), sorted(whole(again, &sources_again)));
    }

    #[test]
    fn channels_keep_their_order_and_numbers_their_spelling() {
        let (table, sources) = read(&PLAN.replace("= .5", "= 0.50"));
        let text = document_text(&table, &sources);
        let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is not in\n{text}"));
        assert!(at("[channels.tv]") < at("[channels.\"a b\"]"), "{text}");
        at("budget = 13_000");
        at("share = 1e-3");
        at("half = 0.50");
        at("start = 2027-01-04");
        at("[[correlations]]");
    }
}
