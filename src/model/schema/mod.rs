//! What can be written: keys with their kinds, ranges, defaults and meanings, and the reader that checks a table of a
//! scenario against them.

mod keys;
mod table_reader;

pub use keys::{Choice, Default, Key, Kind};
pub use table_reader::{PercentDoubt, Reading, StatedFigure, TableReader};
