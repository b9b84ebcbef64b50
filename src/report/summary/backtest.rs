//! `summary.json` of a backtest, and of the forecasts of a log.

use serde::{Deserialize, Serialize};

use crate::calibrate::backtest::{Target, Way};
use crate::units::Date;

use super::Figure;

/// `summary.json` of a backtest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BacktestSummary {
    /// how many weeks ahead is forecast
    pub horizon_weeks: usize,
    /// the scores of forecasts of so many weeks
    pub scores: Vec<ScoreSummary>,
    /// the scores of these and of shorter ones
    pub by_weeks_ahead: Vec<ScoreSummary>,
    /// every forecast of so many weeks, with what came
    pub cuts: Vec<CutSummary>,
}

/// How well a way forecasts one target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScoreSummary {
    /// what is forecast
    pub target: Target,
    /// how
    pub way: Way,
    /// weeks ahead
    pub weeks: usize,
    /// how many forecasts it is taken over
    pub cuts: usize,
    /// the mean of their continuous ranked probability scores
    pub crps: Figure,
    /// the share of them that held what came between P10 and P90
    pub coverage: Figure,
    /// the mean absolute error of P50, as a share of what came on average
    pub error: Figure,
}

/// A forecast at a cut, and what came.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CutSummary {
    /// the day of the cut
    pub cut: Date,
    /// what was forecast
    pub target: Target,
    /// how
    pub way: Way,
    /// what came, and what was forecast of it
    #[serde(flatten)]
    pub scored: ScoredSummary,
}

/// A forecast beside what came.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScoredSummary {
    /// what came
    pub actual: Figure,
    /// the 10th percentile of the forecast
    pub p10: Figure,
    /// its median
    pub p50: Figure,
    /// its 90th percentile
    pub p90: Figure,
    /// its continuous ranked probability score
    pub crps: Figure,
    /// the share of draws below what came, ties by half
    pub rank: Figure,
}

/// `summary.json` of the forecasts of a log that are over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SaidSummary {
    /// each of them
    pub forecasts: Vec<SaidCutSummary>,
    /// how many are not over yet
    pub not_over: usize,
}

/// A forecast of a log, and what came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SaidCutSummary {
    /// the day it was made
    pub made: Date,
    /// the first day of its weeks
    pub start: Date,
    /// how many weeks
    pub weeks: usize,
    /// the plan
    pub plan: String,
    /// the outcome: `wins` or `revenue`
    pub outcome: String,
    /// what came, and what was forecast of it
    #[serde(flatten)]
    pub scored: ScoredSummary,
}
