//! The workbook of a forecast.

use rust_xlsxwriter::XlsxError;

use crate::charts::Picture;

use super::super::forecast_report::ForecastReport;
use super::super::made_files::FileError;
use super::super::{charts as drawings, columns};
use super::binding::bound;
use super::styles::Styles;
use super::summary::Summary;
use super::{channels, inputs, notes, summary, table, weeks};

impl ForecastReport<'_> {
    /// `forecast.xlsx`.
    ///
    /// # Errors
    ///
    /// A [`FileError`], which no forecast is known to cause.
    pub fn workbook(&self) -> Result<Vec<u8>, FileError> {
        self.packed().map_err(|error| FileError::Workbook(error.to_string()))
    }

    fn packed(&self) -> Result<Vec<u8>, XlsxError> {
        let styles = Styles::of(&self.scenario.currency);
        let drawn: Vec<Picture> =
            drawings::pictures(self.scenario, self.forecast).into_iter().map(|(_, picture)| picture).collect();
        let Summary { sheet, distributions, names } = summary::sheet(self, &drawn, &styles)?;
        let mut sheets = vec![
            sheet,
            channels::sheet(self, &styles)?,
            weeks::sheet(self, &drawn, &styles)?,
            inputs::sheet(self.scenario, self.plan, &styles)?,
        ];
        if self.with_draws {
            sheets.push(table::sheet("Draws", &columns::draws(self.scenario, self.forecast), &styles)?);
        }
        sheets.push(notes::of_forecast(self, &styles)?);
        sheets.push(distributions);
        bound(sheets, &names, self.scenario, self.made.day)
    }
}
