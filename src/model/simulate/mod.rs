//! A plan at work: one simulated quarter after another.
//!
//! Each stage of the week is one file; what a family of plans has in common is worked out once, and sixteen draws go through
//! a stage together where none hangs on those after it.

mod booking;
mod class_deals;
mod class_terms;
mod closing;
mod conditions;
mod customers;
mod deal_luck;
mod delays;
mod desk;
mod desks;
mod expect;
mod family;
mod kinship;
mod leads;
mod many;
mod marketing;
mod memory;
mod middle;
mod orders;
mod pipeline;
mod proceeds;
mod quarter;
mod quarters;
pub mod queue;
mod recollection;
mod seed;
mod singles;
mod sum;
mod tandem;
mod totals;
mod values;
mod week;
mod wins;

pub use expect::{CloseTimes, ExpectedDeals, ExpectedRates, ExpectedWeek};
pub use family::Family;
pub use middle::{ChannelMiddle, TeamMiddle};
pub use quarter::Quarter;
pub use seed::{Purpose, Seed};
pub use sum::Sums;
