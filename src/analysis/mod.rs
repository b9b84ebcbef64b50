//! Questions that are asked of the engine: which plan is better, what happens as a figure grows, what the next money
//! brings.
//!
//! All of them run several plans under one seed. Every chance is keyed by name, so that these plans meet the same luck,
//! quarter by quarter, and what differs between them is what was changed.

mod axis;
mod paired;
mod steps;
mod total;
mod values;

pub use axis::Axis;
pub use paired::Paired;
pub use total::Total;
pub use values::{MOST_VALUES, Value, Values, read_values};
