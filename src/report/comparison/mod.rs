//! A comparison of plans, for readers: text for a terminal, `summary.json`, charts.

mod charts;
mod glance;
mod json;
mod page;
mod text;
mod titles;
mod words;

pub use charts::draw as draw_comparison;
pub use glance::glance as comparison_glance;
pub use json::summary as comparison_summary;
pub use page::page as comparison_page;
pub use text::text as comparison_text;

pub(super) use page::{answer, changed_figures};
pub(super) use text::told;
