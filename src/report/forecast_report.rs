//! What a forecast is handed over as: charts, the page, tables, the workbook, slides, in the forms that were asked for.

use crate::analysis::Marginal;
use crate::charts::{PdfError, PngError};
use crate::engine::Forecast;
use crate::scenario::{RawPlan, Scenario};

use super::charts::{ChartOptions, draw};
use super::columns::Tables;
use super::format::Format;
use super::page::{Made, Page, forecast_page, page_files};
use super::returns::draw_returns;
use super::slides::{self, SlideError};
use super::tables::Shown;
use super::workbook::{self, WorkbookError};

/// A forecast, and all that is said about it.
#[derive(Clone, Copy, Debug)]
pub struct ForecastReport<'f> {
    /// the plan
    pub scenario: &'f Scenario,
    /// the plan as it was written
    pub plan: &'f RawPlan,
    /// what it brings
    pub forecast: &'f Forecast,
    /// what a little more would bring
    pub marginal: &'f Marginal,
    /// outcomes that were asked for, beside the usual ones
    pub shown: Shown<'f>,
    /// how it was made
    pub made: &'f Made<'f>,
    /// whether every draw gets a row of the workbook
    pub with_draws: bool,
}

/// A file could not be made of results.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// a picture
    #[error(transparent)]
    Picture(#[from] PngError),
    /// a workbook
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// a document
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// slides
    #[error(transparent)]
    Slides(#[from] SlideError),
    /// a table of draws
    #[error("the draws could not be packed as Parquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
}

impl ForecastReport<'_> {
    /// The files in the forms of `options`: the name of each and its bytes.
    ///
    /// # Errors
    ///
    /// A [`FileError`], which no forecast is known to cause.
    pub fn files(&self, options: &ChartOptions<'_>) -> Result<Vec<(String, Vec<u8>)>, FileError> {
        let Self { scenario, forecast, marginal, .. } = *self;
        let mut files = draw(scenario, forecast, options)?;
        files.extend(draw_returns(scenario, marginal, forecast.seed, options)?);
        let asked = |format| options.formats.contains(&format);
        files.extend(page_files(options.formats, || self.page())?);
        if options.formats.iter().any(|format| format.is_table()) {
            files.extend(Tables::of_forecast(scenario, forecast).files(options.formats)?);
        }
        if asked(Format::Xlsx) {
            files.push(("forecast.xlsx".into(), self.workbook()?));
        }
        if asked(Format::Pptx) {
            files.push(("forecast.pptx".into(), slides::of_forecast(self)?));
        }
        Ok(files)
    }

    /// `forecast.xlsx`.
    ///
    /// # Errors
    ///
    /// A [`WorkbookError`], which no forecast is known to cause.
    pub fn workbook(&self) -> Result<Vec<u8>, WorkbookError> {
        workbook::of_forecast(self)
    }

    /// What is handed over of it.
    #[must_use]
    pub fn page(&self) -> Page {
        forecast_page(self.scenario, self.plan, self.forecast, self.marginal, self.shown, self.made)
    }
}
