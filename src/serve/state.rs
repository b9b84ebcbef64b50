//! What a page holds: which plan, and what was moved in it.

use serde::{Deserialize, Serialize};

use crate::reading::{Diagnostic, Sources, Span, Table, Value, parse_setting, split_setting};
use crate::units::plain;

/// The state of a page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    /// the answers that the plan is made of; none for the plan of the file
    #[serde(default)]
    pub(super) answers: Option<Answered>,
    /// the variant
    #[serde(default)]
    pub(super) variant: Option<String>,
    /// what was moved, in its order
    #[serde(default)]
    pub(super) settings: Vec<Setting>,
}

/// Answers to the six questions, as they were typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answered {
    /// the kind of business
    pub(super) business: String,
    /// an answer to each question; empty where nobody knows
    pub(super) answers: Vec<String>,
}

/// A figure that was moved.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setting {
    /// its path in the file
    pub(super) path: String,
    /// where it was moved to
    pub(super) value: Moved,
}

/// Where a figure was moved to.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub(super) enum Moved {
    /// by a slider
    Number(f64),
    /// an uncertain figure, by its percentiles
    Range {
        /// 1 in 10 lies below
        low: f64,
        /// half lie below
        middle: f64,
        /// 1 in 10 lies above
        high: f64,
    },
    /// typed, in any spelling that the file allows
    Text(String),
}

/// So many figures can be moved at a time.
const MOST_SETTINGS: usize = 500;

/// The longest path or spelling that can be typed.
const LONGEST: usize = 2_000;

impl Setting {
    /// From `PATH=VALUE`, as one types it on the command line.
    pub(super) fn typed(option: &str) -> Option<Self> {
        let (path, value) = split_setting(option)?;
        let value = value.parse().map_or_else(|_| Moved::Text(value.to_owned()), Moved::Number);
        Some(Self { path: path.to_owned(), value })
    }

    /// As `PATH=VALUE`.
    pub(super) fn option(&self) -> String {
        let value = match &self.value {
            Moved::Number(number) => plain(*number),
            Moved::Range { low, middle, high } if low == high => plain(*middle),
            Moved::Range { low, middle, high } => {
                format!("{{ p10 = {}, p50 = {}, p90 = {} }}", plain(*low), plain(*middle), plain(*high))
            }
            Moved::Text(text) => text.clone(),
        };
        format!("{}={value}", self.path)
    }

    /// Why a page may not ask for it; none where it may.
    fn refusal(&self) -> Option<&'static str> {
        let texts = [Some(&self.path), if let Moved::Text(text) = &self.value { Some(text) } else { None }];
        let mut texts = texts.into_iter().flatten();
        if texts.clone().any(|text| text.len() > LONGEST) {
            return Some("this is too long");
        }
        if texts.any(|text| text.chars().any(char::is_control)) {
            return Some("a figure is written on one line");
        }
        let numbers = match &self.value {
            Moved::Number(number) => vec![*number],
            Moved::Range { low, middle, high } => vec![*low, *middle, *high],
            Moved::Text(_) => Vec::new(),
        };
        if !numbers.iter().all(|number| number.is_finite()) {
            return Some("this is not a number");
        }
        let read = parse_setting(&mut Sources::default(), &self.option(), &mut crate::reading::Diagnostics::default());
        read.is_some_and(|table| names_a_file(&table))
            .then_some("the page reads no further file: name it in the scenario")
    }
}

/// Whether a table, or one inside it, says which file something is read from.
fn names_a_file(table: &Table) -> bool {
    table.iter().any(|entry| entry.key == "file" || is_of_a_file(&entry.node.value))
}

fn is_of_a_file(value: &Value) -> bool {
    match value {
        Value::Table(inner) => names_a_file(inner),
        Value::List(items) => items.iter().any(|item| is_of_a_file(&item.value)),
        _ => false,
    }
}

impl State {
    /// What was moved, as options of the command line.
    pub(super) fn options(&self) -> Vec<String> {
        self.settings.iter().map(Setting::option).collect()
    }

    /// What a page may not ask for, each with the option that it is in.
    pub(super) fn refusals(&self) -> (Vec<Diagnostic>, Sources) {
        let mut sources = Sources::default();
        if self.settings.len() > MOST_SETTINGS {
            let source = sources.add("the page", "");
            return (
                vec![Diagnostic::of_file(source, format!("more than {MOST_SETTINGS} figures were moved"))],
                sources,
            );
        }
        let refused = self.settings.iter().filter_map(|setting| {
            let why = setting.refusal()?;
            let option = setting.option();
            let span = 0..option.len();
            Some(Diagnostic::at(&Span { source: sources.add("the page", option), span }, why, ""))
        });
        (refused.collect(), sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Setting {
        serde_json::from_str(json).expect("a setting")
    }

    #[test]
    fn figures_are_written_as_on_the_command_line() {
        for (json, option) in [
            (r#"{"path":"a.b","value":80000}"#, "a.b=80000"),
            (
                r#"{"path":"a.b","value":{"low":0.1,"middle":0.2,"high":0.4}}"#,
                "a.b={ p10 = 0.1, p50 = 0.2, p90 = 0.4 }",
            ),
            (r#"{"path":"a.b","value":{"low":0.2,"middle":0.2,"high":0.2}}"#, "a.b=0.2"),
            (r#"{"path":"a.b","value":"2% to 5%"}"#, "a.b=2% to 5%"),
        ] {
            assert_eq!(of(json).option(), option);
            assert_eq!(of(json).refusal(), None);
        }
        assert!(matches!(Setting::typed("a.b = 7"), Some(Setting { value: Moved::Number(7.0), .. })));
    }

    #[test]
    fn a_page_names_no_file_and_writes_no_second_line() {
        for json in [
            r#"{"path":"a.b","value":"{ file = \"/etc/passwd\", column = \"x\" }"}"#,
            r#"{"path":"a.b.file","value":"\"/etc/passwd\""}"#,
            r#"{"path":"a","value":"[{ file = \"x\" }]"}"#,
            r#"{"path":"a.b","value":"1\nextends = \"/etc/passwd\""}"#,
            r#"{"path":"a.b\nextends","value":"1"}"#,
        ] {
            assert!(of(json).refusal().is_some(), "{json}");
        }
    }
}
