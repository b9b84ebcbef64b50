//! A table of texts in a CSV file, as people keep it or a program exports it: deals, what came of a quarter. Lines above
//! the names of the columns, and lines of a single cell below the rows, are passed over.

use std::io::Read;

use crate::reading::csv_records::{Broken, Record, Records, cells};
use crate::reading::is_total;

use super::sheet::{DELIMITERS, HEAD, Unfit, bare, refuse_other_kinds};

/// A table of texts.
#[derive(Clone, Debug)]
pub struct TextTable {
    /// the file, as messages call it
    pub file: String,
    /// the names of its columns
    pub names: Vec<String>,
    /// its rows, each with as many cells as there are names
    pub rows: Vec<TextRow>,
    pub(super) digest: u64,
}

/// A row of a table of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRow {
    /// the number of its line in the file
    pub line: u64,
    /// its cells, without blanks around them
    pub cells: Vec<String>,
    /// whether it looks like a sum of others
    pub is_total: bool,
}

/// A name as far as columns of such tables are told apart: letters and digits alone, small.
#[must_use]
pub fn essence(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl TextTable {
    /// Reads a table whose names of columns are in that line near its top that has most of those that are known.
    pub(super) fn read(
        file: &str,
        source: impl Read,
        most: u64,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<Self, Unfit> {
        let mut records = Records::of(source).map_err(Broken::from)?;
        refuse_other_kinds(records.first_bytes().map_err(Broken::from)?)?;
        let mut all = Vec::new();
        let mut record = Record { line: 0, bytes: Vec::new() };
        while records.next(&mut record)? {
            all.push(record.clone());
        }
        if records.bytes_read() > most {
            return Err(Unfit::TooLarge);
        }
        let known = |record: &Record, delimiter: u8| {
            cells(&record.bytes, delimiter).iter().filter(|cell| is_known(bare(cell))).count()
        };
        let mut best = (0, 0, DELIMITERS[0]);
        for (at, record) in all.iter().take(HEAD).enumerate() {
            for delimiter in DELIMITERS {
                let found = known(record, delimiter);
                if found > best.0 {
                    best = (found, at, delimiter);
                }
            }
        }
        let (_, header, delimiter) = best;
        let Some(first) = all.get(header) else { return Err(Unfit::Empty) };
        let names: Vec<String> = cells(&first.bytes, delimiter).iter().map(|name| bare(name).to_owned()).collect();
        let mut rows = Vec::new();
        for record in &all[header + 1..] {
            let mut cells: Vec<String> =
                cells(&record.bytes, delimiter).iter().map(|cell| bare(cell).to_owned()).collect();
            let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
            let is_remark = filled <= 1 && cells.len() < names.len();
            if filled == 0 || is_remark {
                continue;
            }
            // Programs leave out empty cells at the end, or add some.
            while cells.len() > names.len() && cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            if cells.len() > names.len() {
                let decimal_commas = delimiter == b',' && !record.bytes.contains(&b'.');
                let (line, cells, names) = (record.line, cells.len(), names.len());
                return Err(Unfit::Uneven { line, cells, names, decimal_commas });
            }
            cells.resize(names.len(), String::new());
            let is_total = cells.iter().any(|cell| is_total(cell.as_bytes()));
            rows.push(TextRow { line: record.line, cells, is_total });
        }
        if rows.is_empty() {
            return Err(Unfit::NoRows);
        }
        Ok(Self { file: file.to_owned(), names, rows, digest: records.digest() })
    }

    /// Reads a table that is not of a plan; see [`TextTable`].
    ///
    /// # Errors
    ///
    /// Why it is none, in words.
    pub fn of_bytes(file: &str, bytes: &[u8], is_known: impl Fn(&str) -> bool) -> Result<Self, String> {
        Self::read(file, bytes, u64::MAX, is_known).map_err(|unfit| unfit.words())
    }

    /// The cells of a column, row by row.
    #[must_use]
    pub fn column(&self, at: usize) -> Vec<&str> {
        self.rows.iter().map(|row| row.cells[at].as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reports_put_around_a_table_is_passed_over() {
        let text =
            "Open opportunities\nAs of 2027-01-04\n\nName;Amount;Stage\nAcme;1,5;Proposal\nGlobex;2;\n\nConfidential\n";
        let is_known = |name: &str| ["Name", "Amount"].contains(&name);
        let table = TextTable::read("deals.csv", text.as_bytes(), 1_000, is_known).expect("a table");
        assert_eq!(table.names, ["Name", "Amount", "Stage"]);
        assert_eq!(table.column(1), ["1,5", "2"]);
        assert_eq!(table.rows[1].line, 6);
        let uneven = TextTable::read("deals.csv", "Name,Amount\nAcme,1,5\n".as_bytes(), 1_000, is_known);
        assert!(matches!(uneven, Err(Unfit::Uneven { line: 2, cells: 3, names: 2, .. })));
        let empty = TextTable::read("deals.csv", "Name,Amount\n".as_bytes(), 1_000, is_known);
        assert!(matches!(empty, Err(Unfit::NoRows)));
    }
}
