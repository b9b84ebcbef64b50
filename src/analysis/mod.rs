//! Questions that are asked of the engine: which plan is better, what happens as a figure grows, what the next money
//! brings.
//!
//! All of them run several plans under one seed. Every chance is keyed by name, so that these plans meet the same luck,
//! quarter by quarter, and what differs between them is what was changed.

mod axis;
mod bounds;
mod budgets;
mod comparable;
mod compare;
mod finding;
mod goal;
pub mod judgement;
mod labels;
pub mod last_quarter;
mod marginal;
mod objective;
mod optimize;
mod paired;
pub mod plausibility;
mod ranking;
mod replay;
pub mod sensitivity;
mod steps;
mod sweep;
mod total;
#[cfg(feature = "cli")]
pub mod update;
mod value;
mod values;
mod waterfall;

pub use axis::Axis;
pub use bounds::read_bounds;
pub use budgets::STEP;
pub use comparable::incomparable;
pub use compare::{
    CompareError, Compared, Comparison, Contender, Contrast, EXPLAINED, PlanResult, TargetShift, compare,
};
pub use finding::SweepFinding;
pub use goal::{
    Answer, Crossing, Effort, Goal, GoalError, GoalPoint, GoalRun, Lever, Lifted, Obstacle, Range, Relief, TOTAL, Tried,
};
pub use judgement::{Estimate, Verdict};
pub use labels::label;
pub use marginal::{A_TENTH_MORE, ChannelReturn, Gain, Marginal};
pub use objective::{Condition, Figure, Gauge, Measured, Objective, Scope, Sense, Side};
pub use optimize::{
    Candidate, Checked, Combination, FrontierPoint, Further, MOST_COMBINATIONS, Margins, Mix, NEARLY, OptimizeError,
    Optimizer, Optimum, Question, Slot, Space, TotalPoint,
};
pub use paired::{Paired, differences};
pub use ranking::{Lead, Ranking};
pub use replay::{DrawnInput, InputShift, Replay, Which};
pub use sweep::{MOST_CELLS, Point, Results, Sample, Series, SeriesError, Sweep};
pub use total::Total;
pub use value::{MOST_VALUES, Value, Values};
pub use values::read_values;
pub use waterfall::{EXACT, Part, Waterfall};
