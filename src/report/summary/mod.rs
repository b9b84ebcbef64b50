//! What `summary.json` holds, as types: written from them, and read back into them by whoever embeds the library. Of a
//! run it is [`Summary`], of a comparison [`ComparisonSummary`], of a sweep [`SweepSummary`], of a
//! backtest [`BacktestSummary`] and, with a log, [`SaidSummary`].
//!
//! A figure that does not exist is null. Keys that not every figure has are left out where it lacks them.

#[cfg(feature = "cli")]
mod backtest;
#[cfg(feature = "cli")]
mod comparison;
mod figures;
mod run;
mod scenario;
#[cfg(feature = "cli")]
mod sweep;

use serde::{Deserialize, Deserializer};

pub use super::named::Named;
#[cfg(feature = "cli")]
pub use backtest::{BacktestSummary, CutSummary, SaidCutSummary, SaidSummary, ScoreSummary, ScoredSummary};
#[cfg(feature = "cli")]
pub use comparison::{
    BestPlan, ComparisonSummary, DifferenceSummary, PairedSummary, PartSummary, PlanSummary, ShiftSummary,
    WaterfallSummary,
};
pub use figures::{
    ChanceSummary, CorrelationSummary, EstimateSummary, Intervals, OutcomeSummary, SpreadSummary, StandardErrors,
    TargetSummary,
};
pub use run::{
    BudgetSummary, ChannelSummary, GainSummary, LimitsSummary, MarginalSummary, MoreSummary, PrecisionSummary,
    ReliefSummary, RepSummary, RestsOnSummary, Summary, SwingEnd, SwingSummary,
};
pub use scenario::{ChangeSummary, ScenarioSummary};
#[cfg(feature = "cli")]
pub use sweep::{AxisSummary, BestPoint, PointSummary, SlopeSummary, SweepSummary, TodaySummary, VariedValue};

/// A number; none for what does not exist, such as a cost of one win without a win.
pub type Figure = Option<f64>;

/// A number, if it is one.
pub(super) fn figure(number: f64) -> Figure {
    number.is_finite().then_some(number)
}

/// A key that may be missing, and where it is there, may be null.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Figure>, D::Error> {
    Figure::deserialize(deserializer).map(Some)
}
