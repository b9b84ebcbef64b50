//! What a workbook opens with: the plan's name, what was simulated, the answer in sentences.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::styles::Styles;
use super::table::text;

/// Columns that sentences run across.
const ACROSS: u16 = 8;

/// Letters of a line across them.
const LINE: usize = 138;

/// Points of a line.
const LINE_HEIGHT: f64 = 15.5;

/// What is said first.
pub(super) struct Opening<'a> {
    pub(super) title: &'a str,
    pub(super) subject: &'a str,
    /// what is not as the file has it
    pub(super) changed: Option<String>,
    pub(super) answer: Vec<String>,
}

impl Opening<'_> {
    /// Writes it at the top of a sheet; gives the first row that is free.
    pub(super) fn write(&self, sheet: &mut Worksheet, styles: &Styles) -> Result<u32, XlsxError> {
        sheet.set_print_fit_to_pages(1, 1);
        sheet.set_column_width(0, 44)?.set_column_range_width(1, ACROSS - 1, 16)?;
        text(sheet, (0, 0), self.title, &styles.title)?;
        let mut row = sentence(sheet, 1, self.subject, &styles.small)?;
        if let Some(changed) = &self.changed {
            row = sentence(sheet, row, &format!("Changed from the file: {changed}."), &styles.small)?;
        }
        for own in &self.answer {
            row = sentence(sheet, row, own, &styles.text)?;
        }
        Ok(row + 1)
    }
}

/// Writes a sentence across the sheet, as high as it is long; gives the next row.
pub(super) fn sentence(sheet: &mut Worksheet, row: u32, words: &str, format: &Format) -> Result<u32, XlsxError> {
    let lines = words.width().div_ceil(LINE).max(1);
    sheet.merge_range(row, 0, row, ACROSS - 1, "", format)?;
    text(sheet, (row, 0), words, format)?;
    sheet.set_row_height(row, LINE_HEIGHT * lines as f64)?;
    Ok(row + 1)
}
