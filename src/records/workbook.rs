//! The table inside an Excel workbook: the first sheet that has one.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::reading::is_total;

use super::dates::Day;
use super::grid::{Cell, Choose, Grid, NO_HEADER, Row, Seen};

/// Reads the allowed cells of the first sheet that has a header that is known.
pub(super) fn read_workbook(bytes: &[u8], choose: &mut impl Choose) -> Result<Grid, String> {
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| format!("this workbook can't be read: {error}"))?;
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let first_line = range.start().map_or(0, |(row, _)| u64::from(row));
        let head = range.rows().take(60).map(|row| row.iter().map(text_of).collect::<Vec<_>>());
        let best = head.enumerate().max_by_key(|(at, names)| (choose.fit(names), std::cmp::Reverse(*at)));
        let Some((at, header)) = best.filter(|(_, names)| choose.fit(names) > 0) else { continue };
        let mut grid = Grid::of(header, choose);
        grid.set_aside.titles = range.rows().take(at).filter(|row| row.iter().any(|cell| *cell != Data::Empty)).count();
        for (row, number) in range.rows().skip(at + 1).zip(at as u64 + 1..) {
            let line = first_line + number + 1;
            let filled = row.iter().filter(|cell| !is_empty(cell)).count();
            if filled == 0 {
                continue;
            }
            let first = row.iter().find(|cell| !is_empty(cell)).map(text_of).unwrap_or_default();
            let cells = grid.columns.iter().map(|&column| row.get(column).map_or(Cell::Empty, cell_of)).collect();
            let seen = Seen { filled, total: is_total(first.as_bytes()), too_many: false };
            grid.add(Row { line, cells }, seen);
        }
        return Ok(grid);
    }
    Err(NO_HEADER.into())
}

fn is_empty(cell: &Data) -> bool {
    matches!(cell, Data::Empty) || matches!(cell, Data::String(text) if text.trim().is_empty())
}

fn text_of(cell: &Data) -> String {
    cell.to_string().trim().to_owned()
}

fn cell_of(cell: &Data) -> Cell {
    match cell {
        Data::Empty | Data::Error(_) => Cell::Empty,
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        // Days since 1899-12-30, which is 25,569 days before 1970.
        Data::DateTime(date) => Cell::Day(Day(date.as_f64().floor() as i32 - 25_569)),
        other => match text_of(other) {
            text if text.is_empty() => Cell::Empty,
            text => Cell::Text(text),
        },
    }
}
