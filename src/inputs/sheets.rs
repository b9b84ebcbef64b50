//! The files of draws of one command, each read once, and what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::reading::csv_records::Broken;
use crate::reading::{Diagnostic, Files, Refusal, Sources, Span, nearest};
use crate::units::{Range, plain};

use super::cells::read_cell;
use super::mixed_rows::LongTable;
use super::quote::{quote, told_names};
use super::rows::RowLaw;
use super::sheet::{Column, FaultyCell, MOST_CELLS, Sheet, Total, Unfit, essence};
use super::text_table::TextTable;
use super::{Distribution, Row};

/// Some millions of rows: more than any posterior needs.
const LARGEST_FILE: u64 = 200_000_000;

/// Some hundred thousand rows of texts: more than any pipeline has.
const LARGEST_TABLE: u64 = 20_000_000;

/// The files of draws that were read so far, each once; clones share them.
#[derive(Clone, Debug, Default)]
pub struct Sheets {
    files: Files,
    read: Arc<Mutex<BTreeMap<PathBuf, Entry>>>,
}

/// A file, or why it is no table of draws.
type Shared = Arc<Result<Sheet, Unfit>>;

#[derive(Debug, Default)]
struct Entry {
    /// every column that is known to be named
    wanted: BTreeSet<String>,
    /// the file with those of them that were known when it was read
    sheet: Option<(BTreeSet<String>, Shared)>,
}

/// What a column is drawn by.
#[derive(Debug)]
pub struct Drawn {
    /// the distribution of its rows
    pub distribution: Box<dyn Distribution>,
    /// what the file is known by: inputs of one file take the same row
    pub file: PathBuf,
    /// that rows of different things stand in it
    pub long: Option<LongTable>,
}

impl Sheets {
    /// Files are read through this door.
    #[must_use]
    pub fn of(files: Files) -> Self {
        Self { files, read: Arc::default() }
    }

    /// Says that a column will be asked for, so that the file is read once for all of them.
    pub fn expect(&self, path: &Path, column: &str) {
        if let Ok(found) = self.files.find(path) {
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            read.entry(found.identity).or_default().wanted.insert(column.to_owned());
        }
    }

    /// The distribution of a column whose cells must lie in `range`. Lines that faults show are added to `sources`, and
    /// so is a hash of the file.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, the column, and its cells; `key` is what the column is for.
    pub fn distribution(
        &self,
        row: &Row,
        key: &str,
        range: Range,
        sources: &mut Sources,
    ) -> Result<Drawn, Vec<Diagnostic>> {
        let path = sources.folder(row.file_place.source).join(&row.file);
        let told = |fault: Diagnostic| vec![Diagnostic { message: format!("`{key}`: {}", fault.message), ..fault }];
        let refused = |refusal: &Refusal| told(refusal_fault(row, refusal));
        let identity = self.files.find(&path).map_err(|refusal| refused(&refusal))?.identity;
        let sheet = self.sheet(&path, &identity, &row.column).map_err(|refusal| refused(&refusal))?;
        let sheet = match sheet.as_ref() {
            Ok(sheet) => sheet,
            Err(unfit) => return Err(told(unfit_fault(row, unfit))),
        };
        if !sheet.totals.is_empty() {
            return Err(total_faults(row, sheet, sources));
        }
        let column = column(row, sheet).map_err(told)?;
        let faults = faulty_cells(row, key, column, range, sources);
        if !faults.is_empty() {
            return Err(faults);
        }
        sources.take_part(sheet.digest);
        Ok(Drawn {
            distribution: Box::new(RowLaw::new(Arc::clone(&column.values))),
            file: identity,
            long: sheet.long.clone(),
        })
    }

    /// A table of texts, whose names of columns `is_known` knows; `file` is what it is called where it was written, and
    /// `path` where it lies. A hash of it is added to `sources`.
    ///
    /// # Errors
    ///
    /// Why it can't be read, or is no table.
    pub fn texts(
        &self,
        (file, path): (&str, &Path),
        place: &Span,
        is_known: impl Fn(&str) -> bool,
        sources: &mut Sources,
    ) -> Result<TextTable, Diagnostic> {
        let row = Row {
            file: file.to_owned(),
            file_place: place.clone(),
            column: String::new(),
            column_place: place.clone(),
        };
        let source = self.files.open(path, LARGEST_TABLE).map_err(|refusal| refusal_fault(&row, &refusal))?;
        let table = TextTable::read(file, source, LARGEST_TABLE, is_known).map_err(|unfit| match unfit {
            Unfit::Empty | Unfit::NoRows => Diagnostic::at(place, format!("{file} has no rows"), "nothing to read")
                .help("the first line names the columns, each further line is one row"),
            Unfit::TooLarge => Diagnostic::at(place, format!("{file} is larger than 20 MB"), "too large")
                .help("leave out the columns that are not needed, and what is closed long since"),
            unfit => unfit_fault(&row, &unfit),
        })?;
        sources.take_part(table.digest);
        Ok(table)
    }

    /// The file, read with this column and all that are expected.
    fn sheet(&self, path: &Path, identity: &Path, column: &str) -> Result<Shared, Refusal> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = read.entry(identity.to_owned()).or_default();
        entry.wanted.insert(column.to_owned());
        if let Some((with, sheet)) = &entry.sheet
            && with.contains(column)
        {
            return Ok(Arc::clone(sheet));
        }
        let source = self.files.open(path, LARGEST_FILE)?;
        let wanted = entry.wanted.clone();
        let sheet = Arc::new(Sheet::read(source, &wanted, LARGEST_FILE));
        entry.sheet = Some((wanted, Arc::clone(&sheet)));
        Ok(sheet)
    }
}

fn refusal_fault(row: &Row, refusal: &Refusal) -> Diagnostic {
    let shown = &row.file;
    let (message, label, help) = match refusal {
        Refusal::Missing => (
            format!("{shown} was not found beside the scenario"),
            "no such file".to_owned(),
            "write the path as seen from the folder of the scenario file",
        ),
        Refusal::TooLarge => (
            format!("{shown} is larger than 200 MB"),
            "too large".into(),
            "some ten thousand rows are plenty: thin the file out",
        ),
        Refusal::Outside(_) => (
            format!("{shown} may not be read"),
            refusal.to_string(),
            "put the file into that folder, or allow a larger one with --confine",
        ),
        Refusal::Folder | Refusal::Device | Refusal::Silent | Refusal::Io(_) => {
            (format!("{shown} can't be read"), refusal.to_string(), "name a CSV file that you may read")
        }
    };
    Diagnostic::at(&row.file_place, message, label).help(help)
}

fn unfit_fault(row: &Row, unfit: &Unfit) -> Diagnostic {
    const TABLE: &str = "a CSV file has a line of column names and then one line for each row, with as many cells";
    const ROWS: &str = "the first line names the columns, each further line is one row of numbers";
    const AS_CSV: &str = "save the table as CSV in UTF-8";
    let shown = &row.file;
    let is_no_csv = |label: &str| (format!("{shown} is not a CSV file in UTF-8"), label.to_owned(), AS_CSV.to_owned());
    let (message, label, help) = match unfit {
        Unfit::Broken(Broken::Io(error)) => {
            (format!("{shown} can't be read"), error.to_string(), "name a CSV file that you may read".into())
        }
        Unfit::Broken(broken @ Broken::OpenQuote(_)) => (
            format!("{shown} is not a table in CSV format"),
            broken.to_string(),
            "close the quote, or take it out".into(),
        ),
        Unfit::Utf16 => is_no_csv("this file is in UTF-16"),
        Unfit::Workbook => is_no_csv("this file is a workbook of a spreadsheet"),
        Unfit::Binary => is_no_csv("this file is not a text"),
        Unfit::TooLarge => return refusal_fault(row, &Refusal::TooLarge),
        Unfit::Empty => (format!("{shown} is empty"), "nothing to draw from".into(), ROWS.into()),
        Unfit::NoRows => (format!("{shown} has no rows"), "nothing to draw from".into(), ROWS.into()),
        Unfit::Title(line) => (
            format!("{shown} begins with lines that are not part of a table"),
            format!("the table begins in line {line}"),
            format!("delete the lines above line {line}, or put # in front of them"),
        ),
        Unfit::Uneven { line, cells, names, decimal_commas } => (
            format!("{shown} is not a table in CSV format"),
            format!("line {line} has {}, the line of column names {names}", counted(*cells, "cell")),
            if *decimal_commas {
                "commas keep cells apart here: write decimals after a point, or save the table with semicolons".into()
            } else {
                format!("{TABLE}; what is not a row is deleted, or begins with #")
            },
        ),
    };
    Diagnostic::at(&row.file_place, message, label).help(help)
}

/// Rows that sum up others, said once for all columns of the file.
fn total_faults(row: &Row, sheet: &Sheet, sources: &mut Sources) -> Vec<Diagnostic> {
    let fault = |total: &Total| {
        let place = cell_place(row, total.line, &total.text, sources);
        let name = quote(sheet.names.get(total.column).map_or("", String::as_str));
        Diagnostic::at(
            &place,
            format!("line {} of {} looks like a total", total.line, row.file),
            format!("column `{name}`"),
        )
        .help("a draw would take it for a row like the others: delete the line, or put # in front of it")
    };
    sheet.totals.iter().map(fault).collect()
}

fn column<'s>(row: &Row, sheet: &'s Sheet) -> Result<&'s Column, Diagnostic> {
    let wanted = essence(&row.column);
    let alike: Vec<usize> = (0..sheet.names.len()).filter(|&at| essence(&sheet.names[at]) == wanted).collect();
    let name = |at: usize| format!("the {}, `{}`", ordinal(at + 1), quote(&sheet.names[at]));
    let file = &row.file;
    if let [first, second, ..] = alike.as_slice() {
        let message = format!("{file} has {} columns called `{}`", alike.len(), row.column);
        let label = format!("{}, and {}", name(*first), name(*second));
        return Err(Diagnostic::at(&row.column_place, message, label)
            .help("rename one of them in the file: names that differ by blanks or by case alone are taken for one"));
    }
    if let Some(column) = sheet.columns.get(&row.column) {
        return Ok(column);
    }
    let fault = Diagnostic::at(&row.column_place, format!("{file} has no column `{}`", row.column), "no such column");
    if let [at] = alike.as_slice() {
        let name = &sheet.names[*at];
        return Err(fault.help(format!("write `{name}`, as the file has it: case and blanks count in names")));
    }
    if let Some((line, comment)) = &sheet.comment
        && comment.contains(&row.column)
    {
        return Err(fault.help(format!("lines that begin with # are passed over: take it off line {line}")));
    }
    let names = || sheet.names.iter().map(String::as_str);
    Err(match (nearest(&row.column, names()), sheet.names.as_slice()) {
        (Some(name), _) => fault.help(format!("did you mean `{}`?", quote(name))),
        (None, [_]) => fault.help(format!(
            "the file has one column only, `{}`: are its cells kept apart by commas, semicolons or tabs?",
            quote(&sheet.names[0])
        )),
        (None, names) => {
            let by = match sheet.delimiter {
                b';' => " (kept apart by semicolons)",
                b'\t' => " (kept apart by tabs)",
                _ => "",
            };
            fault.help(format!("its columns{by}: {}", told_names(names.iter().map(String::as_str))))
        }
    })
}

fn faulty_cells(row: &Row, key: &str, column: &Column, range: Range, sources: &mut Sources) -> Vec<Diagnostic> {
    let mut further = column.further;
    let mut cells: Vec<FaultyCell> = column.faulty.clone();
    let within = |value: f64| range.holds(value);
    if !column.values.is_empty() && !column.ends.into_iter().all(within) {
        let outside = column.values.iter().enumerate().filter(|&(_, &value)| !value.is_nan() && !within(value));
        for (at, &value) in outside {
            if cells.len() < 2 * MOST_CELLS {
                cells.push(FaultyCell { line: column.line_of(at), text: plain(value), why: range.refusal(value) });
            } else {
                further += 1;
            }
        }
    }
    cells.sort_by_key(|cell| cell.line);
    further += cells.len().saturating_sub(MOST_CELLS) as u64;
    let mut fault = |cell: &FaultyCell| {
        let line = cell.line;
        let place = cell_place(row, line, &cell.text, sources);
        let message = format!("`{key}`: column `{}` of {} can't be used in line {line}", row.column, row.file);
        let is_below_zero = range.low == 0.0 && read_cell(&cell.text).is_ok_and(|cell| cell.number < 0.0);
        Diagnostic::at(&place, message, &*cell.why).help(match (is_below_zero, within(0.0)) {
            (true, true) => "write 0 for what lies below 0; that raises the mean of the column, so look at it again",
            (true, false) => {
                "delete the rows that lie below 0; that raises the mean of the column, so look at it again"
            }
            (false, _) => "every cell of the column is a number that the figure itself could be",
        })
    };
    let mut faults: Vec<Diagnostic> = cells.iter().take(MOST_CELLS).map(&mut fault).collect();
    if further > 0 {
        let message = format!("`{key}`: {further} more cells of column `{}` of {} can't be used", row.column, row.file);
        faults.push(Diagnostic::at(&row.column_place, message, "in this column"));
    }
    faults
}

/// The place of a cell: it alone is quoted of the file.
fn cell_place(row: &Row, line: u64, text: &str, sources: &mut Sources) -> Span {
    place_in_file(&row.file, line, text, sources)
}

/// The place of a text in a line of a file, of which nothing else is quoted.
pub fn place_in_file(file: &str, line: u64, text: &str, sources: &mut Sources) -> Span {
    let text = quote(text);
    let span = 0..text.len();
    Span { source: sources.add_line(file, line as usize, text), span }
}

fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
