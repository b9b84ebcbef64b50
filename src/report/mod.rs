//! From results to what a person reads: tables, sentences, files.

mod charts;
mod figures;
mod json;
mod reference;
mod sweep;
mod tables;
mod words;
mod words_course;
mod words_sweep;
mod words_verbs;
mod write;

pub use charts::{Format, draw};
pub use figures::{Currency, with_error};
pub use json::summary;
pub use reference::format_reference;
pub use sweep::SweepReport;
pub use tables::forecast_text;
pub use words::note;
pub use write::{Destination, Folder, WriteError};
