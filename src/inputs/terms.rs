//! What a key asks of its value: the kind of figure, its range, its unit.

use crate::reading::Sources;
use crate::units::{Period, Range};

/// What kind of figure a key is; it decides the family of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// an amount, 0 or more
    Amount,
    /// a fraction, 0 to 1
    Fraction,
    /// any number
    Number,
}

impl Domain {
    /// A figure stated by the period, by the week.
    #[must_use]
    pub fn a_week(self, x: f64, period: Period) -> f64 {
        match self {
            Self::Fraction => period.fraction_a_week(x),
            Self::Amount | Self::Number => period.amount_a_week(x),
        }
    }

    /// A figure stated by the week, by the period.
    pub(super) fn a_period(self, x: f64, period: Period) -> f64 {
        match self {
            Self::Fraction => period.fraction_from_a_week(x),
            Self::Amount | Self::Number => x / period.per_week(),
        }
    }
}

/// What an amount is an amount of; it decides which signs make sense in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// money, or things that are counted: no percent, and no point that may be for thousands
    Counted,
    /// hours and weeks: no percent
    Time,
    /// a number without a unit, such as a multiplier or a rate per customer: percent may be written
    Pure,
}

/// What a key asks of its value.
#[derive(Clone, Copy, Debug)]
pub struct KeySpec<'a> {
    /// the kind of figure
    pub domain: Domain,
    /// the range it must lie in
    pub range: Range,
    /// what an amount is an amount of
    pub measure: Measure,
    /// whether it may be uncertain
    pub may_vary: bool,
    /// the unit, for messages
    pub unit: &'static str,
    /// a value as one would write it, for messages
    pub example: &'static str,
    /// the texts that values were written in
    pub sources: &'a Sources,
    /// whether a value is only tried out: its faults need no advice
    pub trial: bool,
    /// a rate, which may be written with a period
    pub rate: bool,
    /// `simulation.widen`
    pub widen: f64,
}
