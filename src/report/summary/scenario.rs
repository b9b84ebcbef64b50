//! What was simulated, in every summary.

use serde::{Deserialize, Serialize};

/// What a scenario is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScenarioSummary {
    /// its name
    pub name: String,
    /// the name of its file
    pub file: String,
    /// the hash of all that was read
    pub hash: String,
    /// weeks of the horizon
    pub weeks: usize,
    /// weeks after it
    pub tail_weeks: usize,
    /// the first day, as YYYY-MM-DD
    pub start: Option<String>,
    /// the currency
    pub currency: String,
    /// what differs from the file
    pub changed: Vec<ChangeSummary>,
    /// the variant, if it is one
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

/// A value that differs from the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChangeSummary {
    /// its path
    pub path: String,
    /// what it is now, as written
    pub value: String,
    /// what the file has
    pub was: Option<String>,
}
