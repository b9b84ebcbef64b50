//! One file of draws, read once from its first byte to its last: the named columns are kept, everything else is looked at
//! and dropped.
//!
//! Cells are kept apart by commas, semicolons or tabs, whichever finds the named columns in the first record. What a
//! spreadsheet puts around a table (titles, totals) is recognized, since none of it is a draw.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Arc;

use crate::reading::csv_records::{Broken, Record, Records, cells, for_each_cell};
use crate::reading::is_total;

use super::cells::{Cell, Decimals, read_cell};
use super::mixed_rows::{LongTable, Names};

/// Faulty cells of a column that are kept; the others are counted.
pub(super) const MOST_CELLS: usize = 20;

/// So many records are looked at to find the names of the columns.
pub(super) const HEAD: usize = 40;

/// What may keep cells apart.
pub(super) const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A file of draws.
#[derive(Debug)]
pub(super) struct Sheet {
    /// the names of its columns, as written
    pub(super) names: Vec<String>,
    /// what keeps its cells apart
    pub(super) delimiter: u8,
    /// the named columns, as far as there are such
    pub(super) columns: BTreeMap<String, Column>,
    /// a hash of its bytes
    pub(super) digest: u64,
    /// rows that sum up others
    pub(super) totals: Vec<Total>,
    /// a column of names, where rows of different things stand below each other
    pub(super) long: Option<LongTable>,
    /// the first line that begins with #, and its number
    pub(super) comment: Option<(u64, String)>,
}

/// A row that sums up others.
#[derive(Clone, Debug)]
pub(super) struct Total {
    pub(super) line: u64,
    pub(super) column: usize,
    pub(super) text: String,
}

/// A column of numbers.
#[derive(Debug)]
pub(super) struct Column {
    /// one a row; not a number where a cell is faulty
    pub(super) values: Arc<[f64]>,
    /// the lowest and the highest of them; what is not a number is left out
    pub(super) ends: [f64; 2],
    /// cells that hold no number
    pub(super) faulty: Vec<FaultyCell>,
    /// how many further ones there are
    pub(super) further: u64,
    /// the line of the first value, and of each that is not in the line after the one before
    lines: Arc<[(usize, u64)]>,
}

/// A cell that holds no number.
#[derive(Clone, Debug)]
pub(super) struct FaultyCell {
    pub(super) line: u64,
    pub(super) text: String,
    pub(super) why: String,
}

/// Why a file is no table of draws.
#[derive(Debug)]
pub(super) enum Unfit {
    Broken(Broken),
    Empty,
    Utf16,
    Workbook,
    Binary,
    TooLarge,
    NoRows,
    /// lines above the table, which begins in that line
    Title(u64),
    Uneven {
        line: u64,
        cells: usize,
        names: usize,
        decimal_commas: bool,
    },
}

impl Unfit {
    /// In words, for a table that no plan names.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Broken(broken) => broken.to_string(),
            Self::Empty | Self::NoRows => "it has no rows".into(),
            Self::Utf16 => "it is in UTF-16; save it in UTF-8".into(),
            Self::Workbook => "it is a workbook of an old kind; save it as .xlsx or CSV".into(),
            Self::Binary => "it is neither a text nor a workbook".into(),
            Self::TooLarge => "it is too large".into(),
            Self::Title(line) => format!("the table begins only in line {line}"),
            Self::Uneven { line, cells, names, .. } => {
                format!(
                    "line {line} has {}, the line of column names {names}",
                    crate::text::count(*cells as f64, "cell")
                )
            }
        }
    }
}

impl From<Broken> for Unfit {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl Column {
    /// The line of a value.
    pub(super) fn line_of(&self, at: usize) -> u64 {
        let after = self.lines.partition_point(|&(first, _)| first <= at);
        self.lines.get(after.wrapping_sub(1)).map_or(0, |&(first, line)| line + (at - first) as u64)
    }
}

impl Sheet {
    /// Reads the columns that are `wanted`.
    pub(super) fn read(source: impl Read, wanted: &BTreeSet<String>, most: u64) -> Result<Self, Unfit> {
        let mut records = Records::of(source).map_err(Broken::from)?;
        refuse_other_kinds(records.first_bytes().map_err(Broken::from)?)?;
        let mut head = Vec::new();
        let mut record = Record { line: 0, bytes: Vec::new() };
        while head.len() < HEAD && records.next(&mut record)? {
            head.push(record.clone());
        }
        let delimiter = delimiter(&head, wanted)?;
        let Some((first, rest)) = head.split_first() else { return Err(Unfit::Empty) };
        let names: Vec<String> = cells(&first.bytes, delimiter).iter().map(|name| bare(name).to_owned()).collect();
        let mut reading = Reading::of(&names, delimiter, wanted);
        for record in rest {
            reading.add(record)?;
        }
        if head.len() == HEAD {
            while records.next(&mut record)? {
                reading.add(&record)?;
            }
        }
        if records.bytes_read() > most {
            return Err(Unfit::TooLarge);
        }
        if reading.rows == 0 {
            return Err(Unfit::NoRows);
        }
        let comment = records.comment().map(|own| (own.line, String::from_utf8_lossy(&own.bytes).into_owned()));
        let digest = records.digest();
        let (columns, totals, long) = reading.finish(&names);
        Ok(Self { names, delimiter, columns, digest, totals, long, comment })
    }
}

/// A name without what can't be seen at its ends.
pub(super) fn bare(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{a0}'))
}

/// A name as far as two of them are told apart: without blanks, in small letters.
pub(super) fn essence(name: &str) -> String {
    let seen = |c: &char| !c.is_whitespace() && !matches!(c, '\u{feff}' | '\u{200b}');
    name.chars().filter(seen).flat_map(char::to_lowercase).collect()
}

pub(super) fn refuse_other_kinds(bytes: &[u8]) -> Result<(), Unfit> {
    let start = &bytes[..bytes.len().min(1024)];
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return Err(Unfit::Utf16);
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Unfit::Workbook);
    }
    // Every second byte of such a text is zero.
    let zeros = start.iter().filter(|&&b| b == 0).count();
    match zeros {
        0 => Ok(()),
        zeros if 3 * zeros > start.len() => Err(Unfit::Utf16),
        _ => Err(Unfit::Binary),
    }
}

/// What keeps the cells apart. The table begins with the first record, or it is told where it does.
fn delimiter(head: &[Record], wanted: &BTreeSet<String>) -> Result<u8, Unfit> {
    let Some((first, rest)) = head.split_first() else { return Err(Unfit::Empty) };
    let named = |record: &Record, delimiter: u8| {
        let cells = cells(&record.bytes, delimiter);
        (cells.iter().filter(|cell| wanted.contains(bare(cell))).count(), cells.len())
    };
    let by_names = DELIMITERS.into_iter().rev().max_by_key(|&delimiter| named(first, delimiter));
    let delimiter = by_names.unwrap_or(b',');
    let (found, count) = named(first, delimiter);
    if found > 0 {
        let decimal = |record: &Record| {
            let text = String::from_utf8_lossy(&record.bytes);
            read_cell(text.trim())
                .is_ok_and(|cell| matches!(cell.decimals, Decimals::Comma | Decimals::CommaOrThousands))
        };
        // One column whose decimals stand after commas.
        let is_one =
            count == 1 && rest.iter().any(decimal) && rest.iter().all(|row| named(row, b',').1 == 1 || decimal(row));
        return Ok(if is_one { b';' } else { delimiter });
    }
    for (at, record) in rest.iter().enumerate() {
        let above = &head[..=at];
        let begins_here = |delimiter: &u8| {
            let (found, count) = named(record, *delimiter);
            let filled =
                |title: &Record| cells(&title.bytes, *delimiter).iter().filter(|cell| !cell.is_empty()).count();
            found > 0 && above.iter().all(|title| filled(title) < count)
        };
        if DELIMITERS.iter().any(begins_here) {
            return Err(Unfit::Title(record.line));
        }
    }
    Ok(delimiter)
}

/// What a column is to the reading.
enum Role {
    Wanted(Numbers),
    /// names, as long as every cell is one
    Names(Names),
    Other,
}

/// The numbers of a column on their way.
#[derive(Default)]
struct Numbers {
    values: Vec<f64>,
    ends: Option<[f64; 2]>,
    faulty: Vec<FaultyCell>,
    further: u64,
    /// the first cell with each kind of decimals: its line and its text
    point: Option<(u64, String)>,
    comma: Option<(u64, String)>,
    either: Option<(u64, String)>,
}

struct Reading {
    delimiter: u8,
    roles: Vec<Role>,
    rows: usize,
    lines: Vec<(usize, u64)>,
    next_line: u64,
    totals: Vec<Total>,
    total_rows: usize,
}

impl Reading {
    fn of(names: &[String], delimiter: u8, wanted: &BTreeSet<String>) -> Self {
        let role = |name: &String| {
            if wanted.contains(name) { Role::Wanted(Numbers::default()) } else { Role::Names(Names::default()) }
        };
        Self {
            delimiter,
            roles: names.iter().map(role).collect(),
            rows: 0,
            lines: Vec::new(),
            next_line: 0,
            totals: Vec::new(),
            total_rows: 0,
        }
    }

    fn add(&mut self, record: &Record) -> Result<(), Unfit> {
        let Self { roles, totals, total_rows, delimiter, .. } = self;
        let mut total = None;
        let count = for_each_cell(&record.bytes, *delimiter, |at, cell| {
            let Some(role) = roles.get_mut(at) else { return };
            if let Role::Wanted(numbers) = role {
                numbers.add(cell, record.line);
                return;
            }
            let is_word = cell.first().is_some_and(|b| b.is_ascii_alphabetic() || !b.is_ascii());
            if let Role::Names(names) = role
                && !(is_word && names.add(cell))
            {
                *role = Role::Other;
            }
            if is_word && total.is_none() && is_total(cell) {
                total = Some((at, String::from_utf8_lossy(cell).into_owned()));
            }
        });
        if count != roles.len() {
            let decimal_commas = *delimiter == b',' && count > roles.len() && !record.bytes.contains(&b'.');
            return Err(Unfit::Uneven { line: record.line, cells: count, names: roles.len(), decimal_commas });
        }
        if let Some((column, text)) = total {
            *total_rows += 1;
            if totals.len() < MOST_CELLS {
                totals.push(Total { line: record.line, column, text });
            }
        }
        if self.next_line != record.line {
            self.lines.push((self.rows, record.line));
        }
        self.next_line = record.line + 1;
        self.rows += 1;
        Ok(())
    }

    fn finish(self, names: &[String]) -> (BTreeMap<String, Column>, Vec<Total>, Option<LongTable>) {
        let lines: Arc<[(usize, u64)]> = self.lines.into();
        let mut columns = BTreeMap::new();
        let mut long = None;
        for (name, role) in names.iter().zip(self.roles) {
            match role {
                Role::Wanted(numbers) => {
                    columns.entry(name.clone()).or_insert_with(|| numbers.finish(&lines));
                }
                Role::Names(found) if long.is_none() => long = found.long_table(name, self.rows, names),
                _ => {}
            }
        }
        // Where every other row is one, the word means something else.
        let totals = if 2 * self.total_rows > self.rows { Vec::new() } else { self.totals };
        (columns, totals, long)
    }
}

impl Numbers {
    fn add(&mut self, cell: &[u8], line: u64) {
        let text = String::from_utf8_lossy(cell);
        match read_cell(&text) {
            Ok(Cell { number, decimals }) => {
                let seen = match decimals {
                    Decimals::None => None,
                    Decimals::Point => Some(&mut self.point),
                    Decimals::Comma => Some(&mut self.comma),
                    Decimals::CommaOrThousands => Some(&mut self.either),
                };
                if let Some(seen @ None) = seen {
                    *seen = Some((line, text.into_owned()));
                }
                let [low, high] = self.ends.unwrap_or([number; 2]);
                self.ends = Some([low.min(number), high.max(number)]);
                self.values.push(number);
            }
            Err(why) => {
                // It keeps the place of its row.
                self.values.push(f64::NAN);
                self.refuse(line, text.into_owned(), why);
            }
        }
    }

    fn refuse(&mut self, line: u64, text: String, why: String) {
        if self.faulty.len() < MOST_CELLS {
            self.faulty.push(FaultyCell { line, text, why });
        } else {
            self.further += 1;
        }
    }

    fn finish(mut self, lines: &Arc<[(usize, u64)]>) -> Column {
        match (self.comma.take(), self.either.take(), self.point.take()) {
            (Some((line, text)), _, Some((other, _))) | (None, Some((line, text)), Some((other, _))) => {
                let why = format!("commas stand in this number, and a point in that of line {other}");
                self.refuse(line, text, why);
            }
            (None, Some((line, text)), None) => {
                let [decimals, thousands] = [".", ""].map(|sign| text.replace(',', sign));
                self.refuse(line, text, format!("this could be {decimals} or {thousands}: write it without the comma"));
            }
            _ => {}
        }
        Column {
            values: self.values.into(),
            ends: self.ends.unwrap_or([f64::NAN; 2]),
            faulty: self.faulty,
            further: self.further,
            lines: Arc::clone(lines),
        }
    }
}
