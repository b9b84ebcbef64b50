//! What a reader should know, what the figures mean, and how they were made.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::model::outcomes::OutcomeId;
use crate::scenario::Scenario;
use crate::text::LOW_END;

use super::super::forecast_report::ForecastReport;
use super::super::page::Made;
use super::super::{letters, words};
use super::styles::Styles;
use super::table::text;

/// The notes of a forecast.
pub(super) fn of_forecast(book: &ForecastReport<'_>, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let notes = words::closing_notes(&book.forecast.notes).map(words::note);
    let notes = [words::levels(book.forecast)].into_iter().chain(notes).chain(letters::note(book.scenario));
    sheet(book.scenario, book.made, &notes.collect::<Vec<_>>(), &book.shown.headlines(book.forecast), styles)
}

/// The sheet: notes, what `outcomes` mean, how it was made.
pub(super) fn sheet(
    scenario: &Scenario,
    made: &Made,
    notes: &[String],
    outcomes: &[OutcomeId],
    styles: &Styles,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("Notes")?.set_column_width(0, 26)?.set_column_width(1, 110)?;
    let mut rows: Vec<(&str, String)> = notes.iter().map(|note| ("Note", note.clone())).collect();
    if notes.is_empty() {
        rows.push(("Note", LOW_END.to_owned()));
    }
    rows.extend(outcomes.iter().map(|id| (id.outcome().title, crate::text::capital(id.outcome().about))));
    rows.extend(made.facts(scenario));
    for (row, (name, told)) in (0_u32..).zip(rows) {
        text(&mut sheet, (row, 0), name, &styles.text)?;
        text(&mut sheet, (row, 1), &told, &styles.text)?;
    }
    Ok(sheet)
}
