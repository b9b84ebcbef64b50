//! `forecast.xlsx`: results for those who live in spreadsheets.
//!
//! Cells hold whole numbers with formats, not rounded text. Totals are formulas, and their results are stored beside
//! them, so that readers that don't calculate show them too. Headline figures have names (`revenue_p50`) that other
//! workbooks can link to. Every name of a plan is written as a text, so none can run as a formula. Charts are native and
//! stand on the cells beside them.

mod channels;
mod charts;
mod comparison;
mod inputs;
mod notes;
mod opening;
mod styles;
mod summary;
mod sweep;
mod table;
mod weeks;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::charts::Picture;
use crate::model::outcomes::OutcomeId;
use crate::scenario::Scenario;
use crate::units::Date;

use super::forecast_report::ForecastReport;
use super::{charts as drawings, columns};
use styles::Styles;
use summary::Summary;

pub use comparison::{ComparisonBook, comparison_workbook};

/// A workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be made: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// Cells that a sheet of draws may hold: more would take minutes and gigabytes.
const MOST_CELLS: usize = 10_000_000;

/// Rows that a sheet holds below its header.
const MOST_ROWS: usize = 1_048_575;

/// So many draws of a plan fit a sheet.
#[must_use]
pub fn most_draws(scenario: &Scenario) -> u64 {
    let columns = 1 + OutcomeId::all().count() + scenario.plan.parts.inputs.list().len();
    (MOST_CELLS / columns).min(MOST_ROWS) as u64
}

/// The workbook of a forecast.
///
/// # Errors
///
/// A [`WorkbookError`], which no forecast is known to cause.
pub(super) fn of_forecast(book: &ForecastReport<'_>) -> Result<Vec<u8>, WorkbookError> {
    let styles = Styles::of(&book.scenario.currency);
    let drawn: Vec<Picture> =
        drawings::pictures(book.scenario, book.forecast).into_iter().map(|(_, picture)| picture).collect();
    let Summary { sheet, distributions, names } = summary::sheet(book, &drawn, &styles)?;
    let mut sheets = vec![
        sheet,
        channels::sheet(book, &styles)?,
        weeks::sheet(book, &drawn, &styles)?,
        inputs::sheet(book.scenario, book.plan, &styles)?,
    ];
    if book.with_draws {
        sheets.push(table::sheet("Draws", &columns::draws(book.scenario, book.forecast), &styles)?);
    }
    sheets.push(notes::of_forecast(book, &styles)?);
    sheets.push(distributions);
    Ok(bound(sheets, &names, book.scenario, book.made.day)?)
}

/// A name for a cell.
struct Name {
    name: String,
    /// `=Summary!$C$9`
    cell: String,
}

/// The bytes of a workbook; they follow from its cells and the day.
fn bound(sheets: Vec<Worksheet>, names: &[Name], scenario: &Scenario, day: Option<Date>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (year, month, day) = day.map_or((2000, 1, 1), |day| (day.year(), day.month(), day.day()));
    let year = u16::try_from(year).unwrap_or(2000).max(1900);
    let created = ExcelDateTime::from_ymd(year, month.unsigned_abs(), day.unsigned_abs())?;
    let program = format!("foremix {}", env!("CARGO_PKG_VERSION"));
    let properties = DocProperties::new().set_title(scenario.title()).set_author(program);
    book.set_properties(&properties.set_creation_datetime(&created));
    for mut sheet in sheets {
        sheet.set_landscape();
        book.push_worksheet(sheet);
    }
    for Name { name, cell } in names {
        book.define_name(name, cell)?;
    }
    book.save_to_buffer()
}

/// The finding of a chart, where it is drawn.
fn finding<'p>(drawn: &'p [Picture], name: &str) -> Option<&'p str> {
    drawn.iter().find(|picture| picture.name == name).map(|picture| picture.drawing.title())
}
