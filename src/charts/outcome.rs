//! An outcome over all draws, with its targets: what the charts of one outcome are drawn from.

use super::levels::Interval;
use super::measure::Measure;

/// An outcome over all draws.
#[derive(Clone, Copy, Debug)]
pub struct Distribution<'a> {
    /// The name of its files, without the ending: `"profit"`.
    pub name: &'a str,
    /// The outcome.
    pub measure: Measure<'a>,
    /// The outcome in every draw, in any order; not a number where a draw does not have it.
    pub draws: &'a [f64],
    /// P10, P50 and P90 of the draws, as they are told elsewhere.
    pub percentiles: Interval,
    /// The targets, the most important first. The first is in the title, the first three are drawn.
    pub targets: &'a [Target],
}

/// A figure to be reached, or of a cost, to stay within.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The figure.
    pub value: f64,
    /// The share of the draws that meet it, from 0 to 1.
    pub chance: f64,
}
