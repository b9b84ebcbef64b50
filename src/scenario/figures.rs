//! Every figure that a plan states, as it was written.

use crate::reading::{Table, Value, path_text, value_text};

use super::raw_plan::{RawPlan, is_value};

/// A figure as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFigure {
    /// its path, key by key
    pub path: Vec<String>,
    /// its path as one writes it: `channels.search.budget`
    pub name: String,
    /// what stands there
    pub written: String,
}

impl RawPlan {
    /// Every figure that the plan states, with what it builds on, its variant and its settings, in the order of the file.
    #[must_use]
    pub fn figures(&self) -> Vec<WrittenFigure> {
        let mut found = Vec::new();
        self.walk(&self.table, &mut Vec::new(), &mut found);
        found
    }

    fn walk(&self, table: &Table, path: &mut Vec<String>, found: &mut Vec<WrittenFigure>) {
        for entry in table.iter() {
            path.push(entry.key.clone());
            match &entry.node.value {
                Value::Table(inner) if !is_value(&entry.key, inner) => self.walk(inner, path, found),
                _ => found.push(WrittenFigure {
                    path: path.clone(),
                    name: path_text(path),
                    written: value_text(&entry.node, &self.sources),
                }),
            }
            path.pop();
        }
    }
}
