//! The trace that a what-if leaves: what a variant, a setting or a swept value changed of the plan in the file.

use crate::reading::{Node, Sources, Table, Value, path_text, value_text};
use crate::units::parse_number;

use super::changes::same;
use super::raw_plan::{RawPlan, is_value};

/// Keys that say what a plan is called, and change no figure of it.
const NAMES: [&str; 2] = ["name", "description"];

/// One figure that is not as the file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// its path in the scenario: `channels.search.budget`
    pub path: String,
    /// what it is now, as written
    pub value: String,
    /// what the file has, as written; none where it has nothing there
    pub was: Option<String>,
}

impl Change {
    /// The path as people say it: without `channels`, with blanks.
    #[must_use]
    pub fn spoken(&self) -> String {
        spoken(&self.path)
    }
}

/// A path as people say it: without `channels`, with blanks.
#[must_use]
pub fn spoken(path: &str) -> String {
    let path = path.strip_prefix("channels.").unwrap_or(path);
    path.replace(['.', '_'], " ").replace('"', "")
}

impl RawPlan {
    /// What is not as the file has it: by its variant, and by settings.
    #[must_use]
    pub fn changed(&self) -> Vec<Change> {
        if self.patched { trace(&self.file, &self.table, self) } else { Vec::new() }
    }
}

/// What is not in `after` as it is in `before`, in the order of `after`.
pub(super) fn trace(before: &Table, after: &Table, draft: &RawPlan) -> Vec<Change> {
    let mut found = Vec::new();
    walk(before, after, draft, &mut Vec::new(), &mut found);
    found
}

fn walk<'t>(before: &Table, after: &'t Table, draft: &RawPlan, path: &mut Vec<&'t str>, found: &mut Vec<Change>) {
    for entry in after.iter() {
        if path.is_empty() && NAMES.contains(&entry.key.as_str()) {
            continue;
        }
        let old = before.get(&entry.key);
        path.push(&entry.key);
        match (old.map(|node| &node.value), &entry.node.value) {
            (Some(Value::Table(under)), Value::Table(over)) if !is_value(&entry.key, over) => {
                walk(under, over, draft, path, found);
            }
            (Some(_), _) if old.is_some_and(|old| says_the_same(old, &entry.node, draft)) => {}
            _ => found.push(Change {
                path: path_text(path),
                value: spelled(&entry.node, &draft.sources),
                was: old.map(|old| spelled(old, &draft.sources)),
            }),
        }
        path.pop();
    }
}

/// A value as one types it: words without their quotes.
fn spelled(node: &Node, sources: &Sources) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        _ => value_text(node, sources),
    }
}

fn says_the_same(a: &Node, b: &Node, draft: &RawPlan) -> bool {
    let number = |node: &Node| match &node.value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => parse_number(text).ok(),
        _ => None,
    };
    same(a, draft, b, draft) || number(a).is_some_and(|a| number(b) == Some(a))
}
