//! From results to what a person reads: tables, sentences, files.

mod answer;
mod charts;
mod comparison;
mod json;
mod letters;
mod limits;
mod named;
mod outcome_words;
mod pipeline;
mod ratios;
mod read_back;
mod reference;
mod remarks;
mod returns;
pub mod summary;
mod sweep;
mod tables;
mod words;
mod words_changed;
mod write;

pub use charts::{ChartOptions, Format, draw};
pub use comparison::{comparison_summary, comparison_text, draw_comparison};
pub use json::{summary, summary_with_returns};
pub use read_back::read_back;
pub use reference::format_reference;
pub use returns::draw_returns;
pub use sweep::SweepReport;
pub use tables::{Shown, forecast_text};
pub use words::note;
pub use words_changed::changes;
pub use write::{Destination, Folder, WriteError, Written, wait_for_writing};
