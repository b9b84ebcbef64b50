//! `foremix init --from FILE`: a table of channels and amounts, as planners keep it in a spreadsheet; and the workbook that
//! such a table can be started from.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::inputs::{TextTable, columns, essence};
use crate::interview::{Avenue, Business, Money};
use crate::reading::{Files, is_total};

/// What a column is about, and the names that it goes by, without blanks and signs.
const COLUMNS: [(Column, &[&str]); 3] = [
    (Column::Channel, &["channel", "source", "name", "campaign", "medium"]),
    (Column::Budget, &["budget", "amount", "spend", "cost", "money", "planned", "plan", "total"]),
    (Column::Kind, &["kind", "type"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Channel,
    Budget,
    Kind,
}

fn column(name: &str) -> Option<Column> {
    let name = essence(name);
    COLUMNS.iter().find(|(_, names)| names.contains(&&*name)).map(|(column, _)| *column)
}

/// More bytes than any budget has.
const MOST_BYTES: u64 = 16 << 20;

/// A table as it stands in a file: names of columns, rows with their lines.
struct Written {
    names: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

/// The channels of a table with their money, in the order of its rows; rows of one channel add up.
///
/// # Errors
///
/// What is wrong with the table, in words.
pub(super) fn read(files: &Files, path: &Path) -> Result<Vec<Money>, String> {
    let bytes = files.bytes(path, MOST_BYTES).map_err(|refusal| refusal.to_string())?;
    let written = match bytes.starts_with(b"PK") {
        true => in_workbook(&bytes)?,
        false => in_text(&path.display().to_string(), &bytes)?,
    };
    let place = |wanted: Column| written.names.iter().position(|name| column(name) == Some(wanted));
    let (Some(channel), Some(budget)) = (place(Column::Channel), place(Column::Budget)) else {
        let names = written.names.iter().take(20).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        return Err(format!("expected the columns `channel` and `budget`; it has {names}"));
    };
    let cells: Vec<&str> = written.rows.iter().map(|(_, cells)| cells[budget].as_str()).collect();
    let mut money: Vec<Money> = Vec::new();
    for ((line, cells), amount) in written.rows.iter().zip(columns::amounts(&cells)) {
        let label = cells[channel].trim();
        if label.is_empty() || cells.iter().any(|cell| is_total(cell.as_bytes())) {
            continue;
        }
        let budget = amount.map_err(|why| format!("the budget in line {line}: {why}"))?.unwrap_or(0.0);
        let kind = place(Column::Kind).map(|at| cells[at].trim().to_lowercase()).filter(|kind| !kind.is_empty());
        let avenue = match kind {
            None => Avenue::of_label(label),
            // Ads on social media are clicks of their own sort.
            Some(kind) if Avenue::of_label(label).kind == kind => Avenue::of_label(label),
            Some(kind) => Avenue::of_kind(&kind).ok_or_else(|| {
                format!("the kind \"{kind}\" in line {line} is not one of {}", Avenue::kinds().join(", "))
            })?,
        };
        match money.iter_mut().find(|own| own.label == label) {
            Some(own) => own.budget += budget,
            None => money.push(Money { avenue, label: label.to_owned(), budget }),
        }
    }
    if money.is_empty() { Err("it names no channel".into()) } else { Ok(money) }
}

fn in_text(file: &str, bytes: &[u8]) -> Result<Written, String> {
    let table = TextTable::of_bytes(file, bytes, |name| column(name).is_some())?;
    Ok(Written { names: table.names, rows: table.rows.into_iter().map(|row| (row.line, row.cells)).collect() })
}

/// The first sheet that names its columns.
fn in_workbook(bytes: &[u8]) -> Result<Written, String> {
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|why| format!("this workbook can't be read: {why}"))?;
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let first = range.start().map_or(0, |(row, _)| u64::from(row));
        let texts = |row: &[Data]| row.iter().map(|cell| cell.to_string().trim().to_owned()).collect::<Vec<_>>();
        let known = |row: &[Data]| texts(row).iter().filter(|name| column(name).is_some()).count();
        let Some(header) = range.rows().position(|row| known(row) > 1) else { continue };
        let names = range.rows().nth(header).map(texts).unwrap_or_default();
        let rows = range.rows().zip(first + 1..).skip(header + 1);
        return Ok(Written { names, rows: rows.map(|(row, line)| (line, texts(row))).collect() });
    }
    Err("no sheet has the columns `channel` and `budget`".into())
}

/// A workbook to fill in: a few usual channels of a business, and what the kinds are.
///
/// # Errors
///
/// That it could not be packed, which is not known to happen.
pub(super) fn template(business: &Business) -> Result<Vec<u8>, XlsxError> {
    let bold = Format::new().set_bold();
    let mut budget = Worksheet::new();
    budget.set_name("Budget")?.set_freeze_panes(1, 0)?.set_column_width(0, 30)?.set_column_range_width(1, 2, 14)?;
    for (at, name) in (0_u16..).zip(["channel", "kind", "budget"]) {
        budget.write_string_with_format(0, at, name, &bold)?;
    }
    let money = Format::new().set_num_format("#,##0");
    for (row, (avenue, amount)) in (1_u32..).zip(business.usual_money()) {
        budget.write_string(row, 0, avenue.word())?.write_string(row, 1, avenue.kind)?;
        budget.write_number_with_format(row, 2, amount, &money)?;
    }
    let mut kinds = Worksheet::new();
    kinds.set_name("Kinds")?.set_column_width(0, 14)?.set_column_width(1, 90)?;
    let told = Avenue::ABOUT.iter().copied().chain([("", "An empty kind is guessed from the channel's name.")]);
    for (row, (kind, about)) in (0_u32..).zip(told) {
        kinds.write_string_with_format(row, 0, kind, &bold)?.write_string(row, 1, about)?;
    }
    let mut book = Workbook::new();
    book.push_worksheet(budget);
    book.push_worksheet(kinds);
    book.save_to_buffer()
}
