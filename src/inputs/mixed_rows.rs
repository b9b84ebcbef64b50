//! A long table of draws: a column of names beside the values, and several rows a draw. Its rows are of different things,
//! and a draw that takes one of them takes the figure of whatever that row is about.

use std::collections::BTreeSet;

/// A column with more names than this has texts, not names.
const MOST_NAMES: usize = 200;

/// Names that rows of one thing may differ in.
const OF_SAMPLERS: [&str; 4] = ["chain", "model", "run", "date"];

/// What the rows of a table are numbered by, as samplers and their readers call it.
const NUMBERS: [&str; 9] =
    ["draw", ".draw", "sample", "iteration", ".iteration", "_draw", "draw_id", "sample_id", "week"];

/// The names in a column, as long as every cell is one.
#[derive(Default)]
pub(super) struct Names {
    found: BTreeSet<Vec<u8>>,
    first: Vec<Vec<u8>>,
}

/// A table whose rows are of different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongTable {
    /// the column of names
    pub names: String,
    /// the first of the names
    pub examples: Vec<String>,
    /// what numbers the draws, where there is such a column
    pub index: Option<String>,
}

impl Names {
    /// Adds a name; false where there are too many.
    pub(super) fn add(&mut self, name: &[u8]) -> bool {
        if self.found.contains(name) {
            return true;
        }
        if self.found.len() == MOST_NAMES || name.len() > 200 {
            return false;
        }
        if self.first.len() < 3 {
            self.first.push(name.to_owned());
        }
        self.found.insert(name.to_owned())
    }

    /// What that makes of a table of so many rows.
    pub(super) fn long_table(self, name: &str, rows: usize, names: &[String]) -> Option<LongTable> {
        let lower = name.to_lowercase();
        let is_long = self.found.len() >= 2 && rows >= 2 * self.found.len() && rows >= 4;
        if !is_long || OF_SAMPLERS.iter().any(|word| lower.contains(word)) {
            return None;
        }
        let text = |name: &Vec<u8>| String::from_utf8_lossy(name).into_owned();
        let numbers = |own: &&String| NUMBERS.contains(&own.to_lowercase().as_str());
        Some(LongTable {
            names: name.to_owned(),
            examples: self.first.iter().map(text).collect(),
            index: names.iter().find(numbers).cloned(),
        })
    }
}
