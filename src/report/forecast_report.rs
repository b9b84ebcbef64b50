//! A forecast with its plan, and how it was made: what its files are made of.

use crate::analysis::Marginal;
use crate::engine::Forecast;
use crate::scenario::{RawPlan, Scenario};

use super::page::Made;
use super::tables::Shown;

/// A forecast, and all that is said about it.
#[derive(Clone, Copy, Debug)]
pub struct ForecastReport<'f> {
    /// the plan
    pub scenario: &'f Scenario,
    /// the plan as it was written
    pub plan: &'f RawPlan,
    /// what it brings
    pub forecast: &'f Forecast,
    /// what a little more would bring
    pub marginal: &'f Marginal,
    /// outcomes that were asked for, beside the usual ones
    pub shown: Shown<'f>,
    /// how it was made
    pub made: &'f Made,
    /// whether every draw gets a row of the workbook
    pub with_draws: bool,
}
