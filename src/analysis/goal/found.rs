//! What a search for the smallest value is told, and what it answers.

use super::super::objective::Gauge;

/// How many draws a value gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// few, to see the shape of the curve
    Rough,
    /// all
    Full,
}

/// Where to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// the lowest value
    pub low: f64,
    /// the highest value
    pub high: f64,
    /// whether only whole numbers make sense
    pub whole: bool,
}

/// A value that was tried.
#[derive(Clone, Debug)]
pub struct Tried<T> {
    /// the value
    pub x: f64,
    /// with how many draws
    pub effort: Effort,
    /// the figure there
    pub gauge: Gauge,
    /// whatever else came of it
    pub rest: T,
}

/// What a search found; places are those in [`Found::tried`].
#[derive(Clone, Debug)]
pub(super) struct Found<T> {
    /// everything that was tried, by value; with the larger effort where there were two
    pub(super) tried: Vec<Tried<T>>,
    /// what that says
    pub(super) answer: Answer,
}

/// Where a level is reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// from a value on
    From(Crossing),
    /// from the lowest value on, and up to a value
    UpTo(Crossing),
    /// everywhere
    Everywhere,
    /// nowhere, but the best value can't be told from it
    InDoubt {
        /// the place of the best value
        best: usize,
    },
    /// nowhere
    Nowhere {
        /// the place of the best value
        best: usize,
    },
}

/// A value beyond which a level is reached, or no longer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// the place of the last value that reaches it
    pub at: usize,
    /// the low end of the 95 % interval of the value: none where it goes on to the end of the range
    pub low: Option<f64>,
    /// the high end
    pub high: Option<f64>,
    /// of a curve that rises and falls, a value from which the level is no longer reached
    pub lost_from: Option<f64>,
}
