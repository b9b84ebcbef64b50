//! `summary.json` of a sweep.

use serde::{Deserialize, Serialize};

use crate::analysis::Verdict;

use super::{Figure, Named, OutcomeSummary, ScenarioSummary, TargetSummary};

/// `summary.json` of a sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SweepSummary {
    /// the version of this format
    pub version: u32,
    /// the plan as it stands
    pub scenario: ScenarioSummary,
    /// draws of each point
    pub runs: u64,
    /// the seed
    pub seed: u64,
    /// how long it took
    pub seconds: Figure,
    /// what is varied: one figure or two
    pub vary: Vec<AxisSummary>,
    /// whether other budgets make room, so that their sum is kept
    pub keep_total: bool,
    /// that sum; none where it is not kept
    pub total: Figure,
    /// every point
    pub points: Vec<PointSummary>,
    /// the plan as it stands
    pub today: TodaySummary,
    /// where an outcome is best, by its key
    pub best: Named<BestPoint>,
    /// what a reader should know
    pub notes: Vec<String>,
}

/// A figure of the plan that is varied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AxisSummary {
    /// its path
    pub path: String,
    /// its values
    pub values: Vec<VariedValue>,
    /// what it is in the plan; none where it is written nowhere
    pub today: Option<VariedValue>,
}

/// A value of a figure: a number where it is one, else as it was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum VariedValue {
    /// a number
    Number(f64),
    /// a text, such as a range
    Text(String),
}

/// The plan with one value of each figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PointSummary {
    /// the value of each figure that is varied
    pub values: Vec<VariedValue>,
    /// as options of `--set`
    pub settings: Vec<String>,
    /// every outcome, by its key
    pub outcomes: Named<OutcomeSummary>,
    /// every target, by the key of its outcome
    pub targets: Named<TargetSummary>,
    /// what one more of the figure brings from here to the next point, by the key of the outcome
    pub marginal: Named<SlopeSummary>,
}

/// What one more of a figure brings in the mean of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SlopeSummary {
    /// the slope
    pub mean: Figure,
    /// its standard error; none with few draws
    pub se: Figure,
    /// the low end of its 95 % interval
    pub low: Figure,
    /// the high end
    pub high: Figure,
}

/// The plan as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TodaySummary {
    /// the place of the point that it is, from 0; none where it is not among them
    pub point: Option<usize>,
    /// every outcome, by its key
    pub outcomes: Named<OutcomeSummary>,
    /// every target, by the key of its outcome
    pub targets: Named<TargetSummary>,
}

/// Where an outcome is best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BestPoint {
    /// the place of the best point, from 0, where it can be told from all others
    pub point: Option<usize>,
    /// the place of the point with the best mean
    pub leading: usize,
    /// places of those that can't be told from it, itself among them
    pub alike: Vec<usize>,
    /// what it brings over the plan as it stands, draw by draw
    pub over_today: Option<OutcomeSummary>,
    /// what can be told of that from the simulation's error
    pub against_today: Verdict,
    /// the chance that it ends better than the plan as it stands
    pub better_than_today: Figure,
    /// and the chance that it ends worse
    pub worse_than_today: Figure,
}
