//! The table inside an export: where it begins, what parts its cells, which of its columns are read, and which rows are
//! none of it.

use crate::reading::csv_records::{Record, Records, for_each_cell};
use crate::reading::is_total;

use super::dates::Day;

/// A cell that is read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    /// a number or a date of a workbook
    Number(f64),
    Day(Day),
}

/// A row, its allowed cells in the order of [`Grid::columns`].
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) cells: Vec<Cell>,
}

/// The allowed part of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// the names of all columns of the header, as written
    pub(super) header: Vec<String>,

    /// the columns that are read, as places in the header
    pub(super) columns: Vec<usize>,
    pub(super) rows: Vec<Row>,
    /// rows that are no records: titles above the table, comments, totals, footers
    pub(super) set_aside: SetAside,
    /// rows that have more cells than the header
    pub(super) uneven: Vec<u64>,
}

/// How many rows are no records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetAside {
    /// comments and titles above the table
    pub titles: usize,
    /// rows that sum up others
    pub totals: usize,
    /// lines below the table
    pub footers: usize,
}

/// So many rows are looked at to find the header.
const HEAD: usize = 60;

/// Chooses what is read: of each candidate for the header how well it fits, and then the places of its columns.
pub(super) trait Choose {
    /// How many names of the row are known; below the least number it is no header.
    fn fit(&self, names: &[String]) -> usize;
    /// The columns to read.
    fn columns(&mut self, names: &[String]) -> Vec<usize>;
}

/// Reads a CSV text.
pub(super) fn read_csv(text: &str, choose: &mut impl Choose) -> Result<Grid, String> {
    let mut records = Records::of(text.as_bytes()).map_err(|error| error.to_string())?;
    let mut record = Record { line: 0, bytes: Vec::new() };
    let mut head = Vec::new();
    while head.len() < HEAD && records.next(&mut record).map_err(|broken| broken.to_string())? {
        head.push(record.clone());
    }
    if head.is_empty() {
        return Err("this file is empty".into());
    }
    let mut best: Option<(usize, usize, u8)> = None;
    for delimiter in *b",;\t|" {
        for (at, record) in head.iter().enumerate() {
            let fit = choose.fit(&cells_of(record, delimiter));
            if fit > best.map_or(0, |(fit, ..)| fit) {
                best = Some((fit, at, delimiter));
            }
        }
    }
    let Some((_, at, delimiter)) = best else { return Err(NO_HEADER.into()) };
    let header = cells_of(&head[at], delimiter);
    let mut grid = Grid::of(header, choose);
    grid.set_aside.titles = at;
    let mut take = vec![None; grid.header.len()];
    grid.columns.iter().enumerate().for_each(|(place, &column)| take[column] = Some(place));
    for record in &head[at + 1..] {
        grid.add_record(record, delimiter, &take);
    }
    while records.next(&mut record).map_err(|broken| broken.to_string())? {
        grid.add_record(&record, delimiter, &take);
    }
    grid.set_aside.titles += records.comments();
    Ok(grid)
}

/// What is said where no row names the columns.
pub(super) const NO_HEADER: &str = "no row names columns that are known";

fn cells_of(record: &Record, delimiter: u8) -> Vec<String> {
    let mut cells = Vec::new();
    for_each_cell(&record.bytes, delimiter, |_, cell| cells.push(String::from_utf8_lossy(cell).into_owned()));
    cells
}

impl Grid {
    /// An empty grid below a header.
    pub(super) fn of(header: Vec<String>, choose: &mut impl Choose) -> Self {
        let columns = choose.columns(&header);
        Self { header, columns, ..Self::default() }
    }

    fn add_record(&mut self, record: &Record, delimiter: u8, take: &[Option<usize>]) {
        let mut cells = vec![Cell::Empty; self.columns.len()];
        let (mut filled, mut total, mut beyond) = (0, false, false);
        for_each_cell(&record.bytes, delimiter, |at, cell| {
            if cell.is_empty() {
                return;
            }
            filled += 1;
            beyond |= at >= take.len();
            total |= filled == 1 && is_total(cell);
            if let Some(place) = take.get(at).copied().flatten() {
                cells[place] = Cell::Text(String::from_utf8_lossy(cell).into_owned());
            }
        });
        // Delimiters at the end of a line are no cells.
        self.add(Row { line: record.line, cells }, Seen { filled, total, too_many: beyond });
    }

    /// Adds a row, unless it is none of the table.
    pub(super) fn add(&mut self, row: Row, seen: Seen) {
        let is_bare = row.cells.iter().all(|cell| *cell == Cell::Empty);
        if seen.total {
            self.set_aside.totals += 1;
        } else if seen.filled <= 1 && self.header.len() > 2 || is_bare {
            self.set_aside.footers += 1;
        } else if seen.too_many {
            self.uneven.push(row.line);
        } else {
            self.rows.push(row);
        }
    }
}

/// What a row looks like as a whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// cells that hold anything
    pub(super) filled: usize,
    /// whether its first cell names a total
    pub(super) total: bool,
    /// whether it has more cells than the header
    pub(super) too_many: bool,
}
