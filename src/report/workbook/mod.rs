//! `forecast.xlsx`: results for those who live in spreadsheets.
//!
//! Cells hold whole numbers with formats, not rounded text. Totals are formulas, and their results are stored beside
//! them, so that readers that don't calculate show them too. Headline figures have names (`revenue_p50`) that other
//! workbooks can link to. Every name of a plan is written as a text, so none can run as a formula. Charts are native and
//! stand on the cells beside them.

mod binding;
mod channels;
mod charts;
mod comparison;
mod forecast;
mod inputs;
mod notes;
mod opening;
mod styles;
mod summary;
mod sweep;
mod table;
mod weeks;

use crate::model::outcomes::OutcomeId;
use crate::scenario::Scenario;

pub use comparison::ComparisonBook;

/// Cells that a sheet of draws may hold: more would take minutes and gigabytes.
const MOST_CELLS: usize = 10_000_000;

/// Rows that a sheet holds below its header.
const MOST_ROWS: usize = 1_048_575;

/// So many draws of a plan fit a sheet.
#[must_use]
pub fn most_draws(scenario: &Scenario) -> u64 {
    let columns = 1 + OutcomeId::all().count() + scenario.plan.parts.inputs.list().len();
    (MOST_CELLS / columns).min(MOST_ROWS) as u64
}
