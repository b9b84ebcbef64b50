//! A forecast as tables of columns, for other programs: a row a draw, a week, a channel, an input.
//!
//! Each column says what it is and what it is counted in; every form that tables are written in takes them from here.

mod csv;
mod sheets;

use crate::engine::Forecast;
use crate::scenario::Scenario;

/// A table of columns of equal length.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sheet {
    /// the name of its file, without the ending
    pub(super) name: &'static str,
    /// what a row is
    pub(super) about: String,
    pub(super) columns: Vec<Column>,
}

/// A column: its name, what it is, what it holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) name: String,
    /// what it is counted in; may be empty
    pub(super) unit: String,
    pub(super) about: String,
    pub(super) cells: Cells,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cells {
    /// numbers; not a number where there is none
    Numbers(Vec<f64>),
    Texts(Vec<String>),
}

impl Cells {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::Texts(texts) => texts.len(),
        }
    }
}

impl Sheet {
    pub(super) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.cells.len())
    }
}

/// A forecast as CSV: the name of each file and its bytes, with `columns.md`, which says what every column is.
#[must_use]
pub fn csv_files(scenario: &Scenario, forecast: &Forecast) -> Vec<(String, Vec<u8>)> {
    let sheets = sheets::of(scenario, forecast);
    let mut files: Vec<(String, Vec<u8>)> =
        sheets.iter().map(|sheet| (format!("{}.csv", sheet.name), csv::write(sheet))).collect();
    files.push(("columns.md".into(), described(scenario, &sheets).into_bytes()));
    files
}

/// What every column is, as Markdown.
fn described(scenario: &Scenario, sheets: &[Sheet]) -> String {
    let mut text = format!(
        "# Columns\n\nThe tables of \"{}\", of foremix {}. Percentiles: P10 is the low end, 1 of 10 futures lies below it. An empty cell is a figure that does not exist there.\n",
        one_line(&scenario.title()),
        env!("CARGO_PKG_VERSION"),
    );
    for sheet in sheets {
        text.push_str(&format!(
            "\n## {}\n\n{}\n\n| column | unit | meaning |\n| --- | --- | --- |\n",
            sheet.name, sheet.about
        ));
        for Column { name, unit, about, .. } in &sheet.columns {
            let [name, unit, about] = [name, unit, about].map(|cell| one_line(cell).replace('|', "\\|"));
            text.push_str(&format!("| `{name}` | {unit} | {about} |\n"));
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
