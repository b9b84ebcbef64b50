//! What the levels of a distribution and its margins are called. The output says it once.

/// What P10, P90 and ± mean.
pub(crate) const LOW_END: &str = "P10 is the low end: 1 of 10 futures lies below it. P90 is the high end. ± is the 95% margin of the simulation itself.";
