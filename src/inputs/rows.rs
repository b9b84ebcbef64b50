//! `{ file = "draws.csv", column = "cpc" }`: a row of a table of draws, such as the posterior of a fitted model.
//!
//! Inputs that name one file take the same row in a draw, so what was correlated in the file stays so.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::reading::{Fault, Place, SourceId, Sources, nearest};
use crate::units::{Range, parse_number};

use super::draft::Draft;
use super::form::{Form, Parts, Slot};
use super::refusal::Refusal;
use super::{Law, Shares, Written};

/// Some millions of rows: more than any posterior needs.
const LARGEST_FILE: u64 = 200_000_000;

pub(super) const FORM: Form = Form {
    slots: &[Slot::Text("file"), Slot::Text("column")],
    example: "{ file = \"draws.csv\", column = \"cpc\" }",
    read,
};

fn read(_: &Draft<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    let texts = [parts.take_text("file"), parts.take_text("column")];
    let [Some((file, file_place)), Some((column, column_place))] = texts else {
        return Err("expected a file and a column".into());
    };
    Ok(Written::Row(Row { file, file_place, column, column_place }))
}

/// A column of a file, as written.
#[derive(Clone, Debug)]
pub struct Row {
    /// the path as written, relative to the folder of the file that it was written in
    pub file: String,
    /// where the path was written
    pub file_place: Place,
    /// the name of the column
    pub column: String,
    /// where the name was written
    pub column_place: Place,
}

/// The files of draws that were read so far, each once.
#[derive(Debug, Default)]
pub struct Sheets(Vec<Sheet>);

#[derive(Debug)]
struct Sheet {
    path: PathBuf,
    content: Result<Content, Fault>,
}

#[derive(Debug)]
struct Content {
    source: SourceId,
    names: StringRecord,
    rows: Vec<StringRecord>,
}

impl Sheets {
    /// The distribution of a column whose cells must lie in `range`. The file's text is added to `sources`, so that a fault
    /// can show its line.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, the column or its first faulty cell.
    pub fn law(&mut self, row: &Row, range: Range, sources: &mut Sources) -> Result<Box<dyn Law>, Fault> {
        let path = sources.folder(row.file_place.source).join(&row.file);
        let at = match self.0.iter().position(|sheet| sheet.path == path) {
            Some(at) => at,
            None => {
                let content = Content::read(row, &path, sources);
                self.0.push(Sheet { path, content });
                self.0.len() - 1
            }
        };
        let content = self.0[at].content.as_ref().map_err(Fault::clone)?;
        let column = content.column(row)?;
        let mut values = Vec::with_capacity(content.rows.len());
        for cells in &content.rows {
            let cell = cells.get(column).unwrap_or_default();
            let why = match parse_number(cell) {
                Ok(value) if range.holds(value) => {
                    values.push(value);
                    continue;
                }
                Ok(value) => range.refusal(value),
                Err(_) if cell.is_empty() => "this cell is empty".into(),
                Err(why) => why,
            };
            return Err(content.faulty_cell(row, cells, &why, sources.text(content.source)));
        }
        Ok(Box::new(RowLaw::new(values)))
    }
}

impl Content {
    fn read(row: &Row, path: &Path, sources: &mut Sources) -> Result<Self, Fault> {
        let shown = &row.file;
        let fault =
            |message: String, label: &str, help: &str| Fault::at(&row.file_place, message, label).help(help.to_owned());
        let text = read_text(path).map_err(|trouble| match trouble {
            Trouble::Missing => fault(
                format!("there is no file {shown} beside the scenario"),
                "no such file",
                "write the path as seen from the folder of the scenario file",
            ),
            Trouble::TooLarge => fault(
                format!("{shown} is larger than 200 MB"),
                "too large",
                "some ten thousand rows are plenty: thin the file out",
            ),
            Trouble::NoText => {
                fault(format!("{shown} is no text in UTF-8"), "no CSV file", "save the table as CSV in UTF-8")
            }
            Trouble::Other(error) => {
                fault(format!("{shown} can't be read"), &error.to_string(), "name a CSV file that you may read")
            }
        })?;
        let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
        let names = reader.headers().cloned();
        let rows: Result<Vec<StringRecord>, csv::Error> = reader.records().collect();
        drop(reader);
        let (names, rows) = match (names, rows) {
            (Ok(names), Ok(rows)) => (names, rows),
            (Err(error), _) | (_, Err(error)) => {
                return Err(fault(
                    format!("{shown} is no table in CSV format"),
                    &uneven(&error, &text),
                    "a CSV file has a line of column names and then one line for each row, with as many cells",
                ));
            }
        };
        if rows.is_empty() {
            return Err(fault(
                format!("{shown} has no rows"),
                "nothing to draw from",
                "the first line names the columns, each further line is one row of numbers",
            ));
        }
        Ok(Self { source: sources.add(row.file.clone(), text), names, rows })
    }

    fn column(&self, row: &Row) -> Result<usize, Fault> {
        let name = |name: &'_ str| name.trim_start_matches('\u{feff}').to_owned();
        let names: Vec<String> = self.names.iter().map(name).collect();
        if let Some(at) = names.iter().position(|name| *name == row.column) {
            return Ok(at);
        }
        let fault =
            Fault::at(&row.column_place, format!("{} has no column `{}`", row.file, row.column), "no such column");
        let near = nearest(&row.column, names.iter().map(String::as_str));
        Err(match (near, names.as_slice()) {
            (Some(name), _) => fault.help(format!("did you mean `{name}`?")),
            (None, [all]) if all.contains([';', '\t']) => {
                fault.help("its cells are kept apart by something else: save it with commas")
            }
            (None, names) => fault.help(format!("its columns: {}", names.join(", "))),
        })
    }

    fn faulty_cell(&self, row: &Row, cells: &StringRecord, why: &str, text: &str) -> Fault {
        let (line, start) = cells.position().map_or((1, 0), |at| line_of(text, at));
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.lines().next().map_or(0, str::len);
        let place = Place { source: self.source, span: start..start + length };
        Fault::at(&place, format!("column `{}` of {} can't be used in line {line}", row.column, row.file), why)
            .help("every cell of the column is a number that the figure itself could be")
    }
}

fn uneven(error: &csv::Error, text: &str) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => format!(
            "line {} has {len} cells, the first line {expected_len}",
            pos.as_ref().map_or(0, |at| line_of(text, at).0)
        ),
        _ => error.to_string(),
    }
}

/// The number of the line at which a record begins, and its first byte: the position of a record may be that of the
/// end of the line before.
fn line_of(text: &str, at: &csv::Position) -> (usize, usize) {
    let at = at.byte() as usize;
    let rest = text.get(at..).unwrap_or_default();
    let start = at + (rest.len() - rest.trim_start().len());
    let ends = text.get(..start).map_or(0, |before| before.matches('\n').count());
    (ends + 1, start)
}

enum Trouble {
    Missing,
    TooLarge,
    NoText,
    Other(std::io::Error),
}

fn read_text(path: &Path) -> Result<String, Trouble> {
    let trouble = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Trouble::Missing,
        _ => Trouble::Other(error),
    };
    let file = File::open(path).map_err(trouble)?;
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(trouble)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(Trouble::TooLarge);
    }
    String::from_utf8(bytes).map_err(|_| Trouble::NoText)
}

/// `Q(u)` is row `floor(u·rows)`: the rows in the order of the file, not of their values, so that a draw takes the
/// same one in every column.
#[derive(Debug)]
struct RowLaw {
    rows: Vec<f64>,
}

impl RowLaw {
    fn new(rows: Vec<f64>) -> Self {
        Self { rows }
    }
}

impl Law for RowLaw {
    fn quantile(&self, u: f64) -> f64 {
        let row = (u * self.rows.len() as f64) as usize;
        self.rows[row.min(self.rows.len() - 1)]
    }

    fn shares(&self, x: f64) -> Shares {
        let share = |holds: &dyn Fn(f64) -> bool| {
            let count = self.rows.iter().filter(|&&row| holds(row)).count();
            count as f64 / self.rows.len() as f64
        };
        Shares { below: share(&|row| row < x), at: share(&|row| row == x), above: share(&|row| row > x) }
    }
}
