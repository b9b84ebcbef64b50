//! The workbook of a sweep: what follows from each value.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::scenario::RawPlan;

use super::super::columns;
use super::super::made_files::FileError;
use super::super::page::Made;
use super::super::sweep::SweepReport;
use super::super::words_changed::changes;
use super::binding::bound;
use super::opening::Opening;
use super::styles::Styles;
use super::{inputs, notes, table};

impl SweepReport<'_> {
    /// The workbook of the sweep; `plan` is the plan as it was written.
    ///
    /// # Errors
    ///
    /// A [`FileError`], which no sweep is known to cause.
    pub fn workbook(&self, plan: &RawPlan, made: &Made) -> Result<Vec<u8>, FileError> {
        self.packed(plan, made).map_err(|error| FileError::Workbook(error.to_string()))
    }

    fn packed(&self, plan: &RawPlan, made: &Made) -> Result<Vec<u8>, XlsxError> {
        let scenario = self.scenario;
        let styles = Styles::of(&scenario.currency);
        let mut summary = Worksheet::new();
        summary.set_name("Summary")?;
        let changed = changes(&scenario.changed);
        let opening = Opening { title: &scenario.title(), subject: &self.subject(), changed, answer: self.answer() };
        opening.write(&mut summary, &styles)?;
        let sheets = vec![
            summary,
            table::sheet("Points", &columns::points(self.sweep), &styles)?,
            inputs::sheet(scenario, plan, &styles)?,
            notes::sheet(scenario, made, &[self.legend()], &self.sweep.outcomes, &styles)?,
        ];
        bound(sheets, &[], scenario, made.day)
    }
}
