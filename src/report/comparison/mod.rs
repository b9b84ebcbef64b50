//! A comparison of plans, for readers: text for a terminal, `summary.json`, charts.

mod charts;
mod json;
mod page;
mod text;
mod titles;
mod words;

pub use charts::draw as draw_comparison;
pub use json::summary as comparison_summary;
pub use page::page as comparison_page;
pub use text::text as comparison_text;
