//! From results to what a person reads: tables, sentences, files.

#[cfg(feature = "cli")]
mod aligned;
#[cfg(feature = "cli")]
mod answer;
#[cfg(feature = "cli")]
mod assumptions;
#[cfg(feature = "cli")]
mod backtest;
#[cfg(feature = "cli")]
mod calibration;
#[cfg(feature = "cli")]
mod chart_figures;
#[cfg(feature = "cli")]
mod charts;
#[cfg(feature = "cli")]
mod columns;
#[cfg(feature = "cli")]
mod comparison;
#[cfg(feature = "cli")]
mod explain;
#[cfg(feature = "cli")]
mod file_error;
#[cfg(feature = "cli")]
mod forecast_files;
#[cfg(feature = "cli")]
mod forecast_log;
#[cfg(feature = "cli")]
mod forecast_report;
#[cfg(feature = "cli")]
mod format;
#[cfg(feature = "cli")]
mod funnel;
#[cfg(feature = "cli")]
mod glance;
#[cfg(feature = "cli")]
mod goal;
mod json;
#[cfg(feature = "cli")]
mod key_figures;
#[cfg(feature = "cli")]
mod last_quarter;
#[cfg(feature = "charts")]
mod letters;
#[cfg(feature = "cli")]
mod limits;
mod named;
#[cfg(feature = "cli")]
mod optimize;
#[cfg(feature = "cli")]
mod outcome_words;
#[cfg(feature = "cli")]
mod page;
#[cfg(feature = "cli")]
mod pipeline;
#[cfg(feature = "cli")]
mod precision;
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "most of it is told by commands"))]
mod ratios;
#[cfg(feature = "cli")]
mod read_back;
#[cfg(feature = "cli")]
mod reference;
#[cfg(feature = "cli")]
mod remarks;
#[cfg(feature = "cli")]
mod replay;
#[cfg(feature = "cli")]
mod rests_on;
#[cfg(feature = "cli")]
mod returns;
#[cfg(feature = "cli")]
mod schema;
#[cfg(feature = "cli")]
mod sensitivity;
#[cfg(feature = "cli")]
mod slides;
pub mod summary;
#[cfg(feature = "cli")]
mod sweep;
#[cfg(feature = "cli")]
mod tables;
#[cfg(feature = "cli")]
mod update;
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "most of it is told by commands"))]
mod words;
#[cfg(feature = "cli")]
mod words_changed;
#[cfg(feature = "cli")]
mod workbook;
#[cfg(feature = "cli")]
mod write;

#[cfg(feature = "cli")]
pub use backtest::{BacktestReport, SaidReport};
#[cfg(feature = "cli")]
pub use calibration::{
    Calibration, DRAWS_FILE, ExportRead, PLAN_FILE, calibrated_plan, calibration_page, calibration_text,
    draw_calibration, draws_csv, open_names,
};
#[cfg(feature = "cli")]
pub use charts::{ChartOptions, draw};
#[cfg(feature = "cli")]
pub use columns::Tables;
#[cfg(feature = "cli")]
pub use comparison::{comparison_glance, comparison_page, comparison_summary, comparison_text, draw_comparison};
#[cfg(feature = "cli")]
pub use explain::{Explained, explain, explained_list, explained_names};
#[cfg(feature = "cli")]
pub use file_error::FileError;
#[cfg(feature = "cli")]
pub use forecast_log::said_forecast;
#[cfg(feature = "cli")]
pub use forecast_report::ForecastReport;
#[cfg(feature = "cli")]
pub use format::Format;
#[cfg(feature = "cli")]
pub use glance::{AnswerGlance, Glance};
#[cfg(feature = "cli")]
pub use goal::GoalReport;
pub use json::{summary, summary_with_returns};
#[cfg(feature = "cli")]
pub use last_quarter::last_quarter;
#[cfg(feature = "cli")]
pub use optimize::OptimizeReport;
#[cfg(feature = "cli")]
pub use page::{Made, Page, chart_colors, forecast_page, page_files};
#[cfg(feature = "cli")]
pub use read_back::read_back;
#[cfg(feature = "cli")]
pub use reference::format_reference;
#[cfg(feature = "cli")]
pub use replay::ReplayReport;
#[cfg(feature = "cli")]
pub use rests_on::RestsOn;
#[cfg(feature = "cli")]
pub use schema::format_schema;
#[cfg(feature = "cli")]
pub use sensitivity::SensitivityReport;
#[cfg(feature = "cli")]
pub use sweep::SweepReport;
#[cfg(feature = "cli")]
pub use tables::{Shown, forecast_text};
#[cfg(feature = "cli")]
pub use update::{
    Outlook, Remade, Remaining, UPDATED, UpdateReport, draws_of, outlook_text, update_text, updated_plan, with_figures,
    without_open_deals,
};
pub use words::note;
#[cfg(feature = "cli")]
pub use words_changed::changes;
#[cfg(feature = "cli")]
pub use workbook::{ComparisonBook, most_draws};
#[cfg(feature = "cli")]
pub use write::{
    Destination, FilePlace, Folder, WriteError, Written, append_line, wait_for_writing, write_file, write_into,
    write_new_file,
};
