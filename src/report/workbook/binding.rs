//! Sheets and names bound to a workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::charts::Picture;
use crate::scenario::Scenario;
use crate::units::Date;

/// A name for a cell.
pub(super) struct Name {
    pub(super) name: String,
    /// `=Summary!$C$9`
    pub(super) cell: String,
}

/// The bytes of a workbook; they follow from its cells and the day.
pub(super) fn bound(
    sheets: Vec<Worksheet>,
    names: &[Name],
    scenario: &Scenario,
    day: Option<Date>,
) -> Result<Vec<u8>, XlsxError> {
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
pub(super) fn finding<'p>(drawn: &'p [Picture], name: &str) -> Option<&'p str> {
    drawn.iter().find(|picture| picture.name == name).map(|picture| picture.drawing.title())
}
