//! What can be written: keys with their kinds, ranges, defaults and meanings, and the reader that checks a table of a
//! scenario against them.

mod keys;
mod quantities;
mod table_reader;
mod tables;
mod words;

pub use keys::{Choice, Default, Key, Kind};
pub use table_reader::{PercentDoubt, Reading, StatedFigure, TableReader};
