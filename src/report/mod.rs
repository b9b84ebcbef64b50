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
#[cfg(feature = "cli")]
mod made_files;
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
pub use self::{
    backtest::{BacktestReport, SaidReport},
    calibration::{
        Calibration, DRAWS_FILE, ExportRead, PLAN_FILE, calibrated_plan, calibration_page, calibration_text,
        draw_calibration, draws_csv, open_names,
    },
    charts::{ChartOptions, draw},
    columns::Tables,
    comparison::{comparison_glance, comparison_page, comparison_summary, comparison_text, draw_comparison},
    explain::{Explained, explain, explained_list, explained_names},
    forecast_log::said_forecast,
    forecast_report::ForecastReport,
    format::Format,
    glance::{AnswerGlance, Glance},
    goal::GoalReport,
    last_quarter::last_quarter,
    made_files::{FileError, MadeFiles},
    optimize::OptimizeReport,
    page::{Made, Page, chart_colors, page_files},
    read_back::read_back,
    reference::format_reference,
    replay::ReplayReport,
    rests_on::RestsOn,
    schema::format_schema,
    sensitivity::SensitivityReport,
    sweep::SweepReport,
    tables::{Shown, forecast_text},
    update::{
        Outlook, Remade, Remaining, UPDATED, UpdateReport, draws_of, outlook_text, update_text, updated_plan,
        with_figures, without_open_deals,
    },
    words_changed::changes,
    workbook::{ComparisonBook, most_draws},
    write::{
        Destination, FilePlace, Folder, WriteError, Written, append_line, wait_for_writing, write_file, write_into,
        write_new_file,
    },
};
pub use json::{summary, summary_with_returns};
pub use words::note;
