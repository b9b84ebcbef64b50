//! What is asked of the engine.

use std::ops::Range;

use crate::inputs::InputId;
use crate::model::outcomes::OutcomeId;
use crate::scenario::Sampling;

/// What is asked of the engine.
#[derive(Clone, Debug, PartialEq)]
pub struct RunSpec {
    /// which draws
    pub draws: Range<u64>,
    /// the seed
    pub seed: u64,
    /// the stream of what we don't know, and that of what just happens: either can be renewed while the other is held
    pub streams: Streams,
    /// how inputs are drawn
    pub sampling: Sampling,
    /// inputs that are held at a value in every draw
    pub held: Vec<(InputId, f64)>,
    /// the outcomes wanted, a column each
    pub outcomes: Vec<OutcomeId>,
    /// whether figures by week and by source are wanted
    pub details: bool,
}

/// Streams of randomness under one seed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streams {
    /// of inputs
    pub inputs: u64,
    /// of luck; whether a risk comes true is luck
    pub luck: u64,
}

/// Inputs that are taken from a stream of their own.
#[derive(Clone, Copy, Debug)]
pub struct Renewal<'r> {
    /// these, and those that they are correlated with; of a file all or none
    pub inputs: &'r [InputId],
    /// the stream
    pub stream: u64,
}
