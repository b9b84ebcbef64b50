//! Questions that are asked of the engine: which plan is better, what happens as a figure grows, what the next money
//! brings.
//!
//! All of them run several plans under one seed. Every chance is keyed by name, so that these plans meet the same luck,
//! quarter by quarter, and what differs between them is what was changed.

mod compare;
mod paired;
mod waterfall;

pub use compare::{Comparison, Contender, Contrast, EXPLAINED, PlanResult, Shift, compare};
pub use paired::{Paired, differences};
pub use waterfall::{EXACT, Part, Waterfall};
