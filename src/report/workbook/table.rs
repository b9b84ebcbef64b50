//! A table on a sheet: its header, which stays in view, a row below the other, sums as formulas.

use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::engine::Stats;

use super::super::columns::{Cells, Column, Counted, Sheet};
use super::styles::Styles;

/// A cell by its row and column, from 0.
pub(super) type At = (u32, u16);

/// A level of a figure: what it is called, how it is read off.
pub(super) type Level = (&'static str, fn(&Stats) -> f64);

/// Letters that a cell holds.
const MOST_LETTERS: usize = 32_000;

/// Columns that are printed beside each other.
const COLUMNS_OF_A_PAGE: usize = 16;

/// The widest column, in letters.
const WIDEST: usize = 48;

/// A sheet with a table and nothing else.
pub(super) fn sheet(name: &str, table: &Sheet, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    fill(&mut sheet, &table.columns, styles)?;
    Ok(sheet)
}

/// Fills a sheet with columns from its first cell on, the first row and column frozen.
pub(super) fn fill(sheet: &mut Worksheet, columns: &[Column], styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 1)?.set_row_height(0, 46)?.set_repeat_rows(0, 0)?;
    sheet.set_print_fit_to_pages(columns.len().div_ceil(COLUMNS_OF_A_PAGE) as u16, 0);
    for (at, column) in (0_u16..).zip(columns) {
        let of_numbers = matches!(column.cells, Cells::Numbers(_));
        text(sheet, (0, at), &header(column, styles), if of_numbers { &styles.figures } else { &styles.header })?;
        sheet.set_column_width(at, width(column))?;
        let format = styles.figure(column.counted);
        match &column.cells {
            Cells::Numbers(numbers) => {
                for (row, &value) in (1_u32..).zip(numbers) {
                    number(sheet, (row, at), value, &format)?;
                }
            }
            Cells::Texts(texts) => {
                for (row, value) in (1_u32..).zip(texts) {
                    match ExcelDateTime::parse_from_str(value).ok().filter(|_| column.counted == Counted::Day) {
                        Some(day) => sheet.write_datetime_with_format(row, at, &day, &format).map(|_| ())?,
                        None => text(sheet, (row, at), value, &Format::new())?,
                    }
                }
            }
        }
    }
    Ok(())
}

/// A column's name with its unit below.
pub(super) fn header(column: &Column, styles: &Styles) -> String {
    let unit = match column.counted {
        Counted::Pieces | Counted::Share | Counted::Ratio | Counted::Day => "",
        counted => counted.name(&styles.currency),
    };
    if unit.is_empty() { column.name.clone() } else { format!("{}\n{unit}", column.name) }
}

fn width(column: &Column) -> f64 {
    let widest = match &column.cells {
        Cells::Numbers(_) => 12,
        Cells::Texts(texts) => texts.iter().map(|text| text.width()).max().unwrap_or(0).clamp(8, WIDEST),
    };
    let word = column.name.split([' ', '\n']).map(UnicodeWidthStr::width).max().unwrap_or(0).min(WIDEST);
    widest.max(word) as f64 + 2.0
}

/// Writes a text as a text, whatever it begins with.
pub(super) fn text(sheet: &mut Worksheet, (row, column): At, text: &str, format: &Format) -> Result<(), XlsxError> {
    let cut: String = text.chars().take(MOST_LETTERS).collect();
    sheet.write_string_with_format(row, column, cut, format).map(|_| ())
}

/// Writes a number; an empty cell where there is none.
pub(super) fn number(sheet: &mut Worksheet, (row, column): At, value: f64, format: &Format) -> Result<(), XlsxError> {
    match value.is_finite() {
        true => sheet.write_number_with_format(row, column, value, format).map(|_| ()),
        false => sheet.write_blank(row, column, format).map(|_| ()),
    }
}

/// Writes a formula with its result, for readers that don't calculate; nothing where there is no result.
pub(super) fn formula(
    sheet: &mut Worksheet,
    (row, column): At,
    (formula, result): (&str, f64),
    format: &Format,
) -> Result<(), XlsxError> {
    match result.is_finite() {
        true => {
            let formula = Formula::new(formula).set_result(result.to_string());
            sheet.write_formula_with_format(row, column, formula, format).map(|_| ())
        }
        false => sheet.write_blank(row, column, format).map(|_| ()),
    }
}

/// Writes the sum of the cells of a column, from row `first` to `last`, below them, and says what it is.
pub(super) fn sum(
    sheet: &mut Worksheet,
    at: At,
    (first, last): (u32, u32),
    column: &Column,
    styles: &Styles,
) -> Result<f64, XlsxError> {
    let Cells::Numbers(numbers) = &column.cells else { return Ok(f64::NAN) };
    let rows = first as usize - 1..last as usize;
    let sum = numbers[rows].iter().filter(|value| value.is_finite()).sum();
    let letters = column_number_to_name(at.1);
    let sums = format!("=SUM({letters}{}:{letters}{})", first + 1, last + 1);
    formula(sheet, at, (&sums, sum), &styles.sum(column.counted))?;
    Ok(sum)
}

/// A cell's name: `C9`.
pub(super) fn cell((row, column): At) -> String {
    row_col_to_cell(row, column)
}
