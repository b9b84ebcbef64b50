//! What a forecast is handed over as: charts, the page, tables, the workbook, slides, in the forms that were asked for.

use super::charts::{ChartOptions, draw};
use super::columns::Tables;
use super::forecast_report::ForecastReport;
use super::format::Format;
use super::made_files::{FileError, MadeFiles};
use super::page::page_files;
use super::returns::draw_returns;

impl ForecastReport<'_> {
    /// The files in the forms of `options`: the name of each and its bytes.
    ///
    /// # Errors
    ///
    /// A [`FileError`], which no forecast is known to cause.
    pub fn files(&self, options: &ChartOptions<'_>) -> Result<MadeFiles, FileError> {
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
            files.push(("forecast.pptx".into(), self.slides()?));
        }
        Ok(files)
    }
}
