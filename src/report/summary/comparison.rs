//! `summary.json` of a comparison.

use serde::{Deserialize, Serialize};

use crate::analysis::Verdict;

use super::{ChanceSummary, Figure, Named, OutcomeSummary, ScenarioSummary, TargetSummary};

/// `summary.json` of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComparisonSummary {
    /// the version of this format
    pub version: u32,
    /// draws of each plan
    pub runs: u64,
    /// the seed
    pub seed: u64,
    /// how long it took
    pub seconds: Figure,
    /// the plans, the first of which the others are held against
    pub plans: Vec<PlanSummary>,
    /// which plan is best, by the key of the outcome
    pub best: Named<BestPlan>,
    /// each further plan against the first
    pub differences: Vec<DifferenceSummary>,
}

/// One plan of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlanSummary {
    /// what it is called beside the others
    pub label: String,
    /// what was run
    pub scenario: ScenarioSummary,
    /// every outcome, by its key
    pub outcomes: Named<OutcomeSummary>,
    /// every target, by the key of its outcome
    pub targets: Named<TargetSummary>,
}

/// Which plan is best in an outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BestPlan {
    /// the label of the best, where it can be told from all others
    pub plan: Option<String>,
    /// labels of those that can't be told from the one with the best mean, itself among them
    pub alike: Vec<String>,
}

/// A plan against the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DifferenceSummary {
    /// the label of the plan
    pub plan: String,
    /// the label of the first
    pub against: String,
    /// whether both have the same figures in every draw
    pub same: bool,
    /// every outcome, by its key
    pub outcomes: Named<PairedSummary>,
    /// how far the chance of every target moves, by the key of its outcome
    pub targets: Named<ShiftSummary>,
    /// what each change adds, by the key of the outcome
    pub waterfall: Named<WaterfallSummary>,
}

/// An outcome of a plan less that of the first, draw by draw under one luck.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PairedSummary {
    /// the difference over all draws
    pub difference: OutcomeSummary,
    /// the chance that the plan ends better, with its 95 % interval
    pub better: ChanceSummary,
    /// the share of draws in which both end alike, from 0 to 1
    pub same: Figure,
    /// the chance that the plan ends worse, with its 95 % interval
    pub worse: ChanceSummary,
    /// how the low end moves: P10, or of a cost P90
    pub low_end: Option<ShiftSummary>,
    /// how many times as many draws it would take without common random numbers
    pub variance_reduction: Figure,
    /// what can be told from the simulation's error
    pub verdict: Verdict,
    /// of a ratio: how the ratio of the means moves
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio_of_means: Option<ShiftSummary>,
}

/// How far a figure moves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShiftSummary {
    /// by so much
    pub by: Figure,
    /// its standard error; none with few draws
    pub se: Figure,
    /// what can be told from the simulation's error
    pub verdict: Verdict,
}

/// What each change between two plans adds to the mean of an outcome: Shapley values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WaterfallSummary {
    /// the mean under the first plan
    pub from: Figure,
    /// the mean under the other
    pub to: Figure,
    /// the changes, which sum to the difference
    pub parts: Vec<PartSummary>,
    /// whether every order of the changes was tried, not a sample of them
    pub every_order: bool,
    /// the change that adds or takes most, where it can be told
    pub largest: Option<String>,
}

/// What one change adds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PartSummary {
    /// the change
    pub change: String,
    /// what it adds to the mean
    pub mean: Figure,
    /// its standard error; none with few draws
    pub se: Figure,
    /// whether it can be told from nothing
    pub clear: bool,
}
