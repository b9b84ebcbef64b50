//! Results as tables of columns, for other programs: a row a draw, a week, a channel, an input; a plan; a swept value.
//!
//! Each column says what it is and what it is counted in; every form that tables are written in takes them from here.

mod comparison;
mod csv;
mod forecast;
mod parquet;
mod sweep;

use crate::engine::Stats;
use crate::model::outcomes::Unit;
use crate::scenario::Scenario;

use super::format::Format;
use super::made_files::{FileError, MadeFiles};

pub(super) use comparison::differences;
pub(super) use forecast::{counted_weekly, draws, first_days};
pub(super) use sweep::points;

/// Tables that belong together, and what they are of.
#[derive(Clone, Debug)]
pub struct Tables {
    /// the plan's name
    title: String,
    currency: String,
    sheets: Vec<Sheet>,
}

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
    pub(super) counted: Counted,
    pub(super) about: String,
    pub(super) cells: Cells,
}

/// What a column is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// texts, numbers of draws and weeks
    Nothing,
    Money,
    Pieces,
    Ratio,
    Hours,
    Day,
    /// a share of draws, from 0 to 1
    Share,
    /// an input, in the unit of its key
    Input(&'static str),
}

impl From<Unit> for Counted {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Money => Self::Money,
            Unit::Count => Self::Pieces,
            Unit::Ratio => Self::Ratio,
        }
    }
}

impl Counted {
    /// In words; empty where there is nothing to say.
    pub(super) fn name(self, currency: &str) -> &str {
        match self {
            Self::Nothing => "",
            Self::Money if currency.is_empty() => "money",
            Self::Money => currency,
            Self::Pieces => "count",
            Self::Ratio => "ratio",
            Self::Hours => "hours",
            Self::Day => "date",
            Self::Share => "share",
            Self::Input(unit) => unit,
        }
    }
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

impl Tables {
    fn of(scenario: &Scenario, sheets: Vec<Sheet>) -> Self {
        Self { title: scenario.title(), currency: scenario.currency.clone(), sheets }
    }

    /// In those of the forms that tables are written in: the name of each file and its bytes.
    ///
    /// # Errors
    ///
    /// A [`FileError`], which no table is known to cause.
    pub fn files(&self, formats: &[Format]) -> Result<MadeFiles, FileError> {
        let mut files = if formats.contains(&Format::Csv) { self.csv() } else { Vec::new() };
        if formats.contains(&Format::Parquet) {
            files.extend(self.parquet().map_err(|error| FileError::Parquet(error.to_string()))?);
        }
        Ok(files)
    }

    /// What every column is, as Markdown.
    fn described(&self) -> String {
        let mut text = format!(
            "# Columns\n\nThe tables of \"{}\", of foremix {}. Percentiles: P10 is the low end, 1 of 10 futures lies below it. An empty cell is a figure that does not exist there.\n",
            one_line(&self.title),
            env!("CARGO_PKG_VERSION"),
        );
        for sheet in &self.sheets {
            text.push_str(&format!(
                "\n## {}\n\n{}\n\n| column | unit | meaning |\n| --- | --- | --- |\n",
                sheet.name, sheet.about
            ));
            for Column { name, counted, about, .. } in &sheet.columns {
                let [name, unit, about] =
                    [name, counted.name(&self.currency), about].map(|cell| one_line(cell).replace('|', "\\|"));
                text.push_str(&format!("| `{name}` | {unit} | {about} |\n"));
            }
        }
        text
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// A way to read a level off a summary.
type Level = (&'static str, fn(&Stats) -> f64);

/// Mean, standard deviation and percentiles of a figure, a column each: `KEY_mean`, or `mean` where `key` is empty.
fn levels<'s>(key: &str, counted: Counted, about: &str, stats: impl Iterator<Item = &'s Stats>) -> Vec<Column> {
    const LEVELS: [Level; 5] = [
        ("mean", |stats| stats.mean),
        ("sd", |stats| stats.sd),
        ("p10", Stats::p10),
        ("p50", Stats::p50),
        ("p90", Stats::p90),
    ];
    let stats: Vec<&Stats> = stats.collect();
    let of_level = |(name, level): &Level| {
        let own = if key.is_empty() { (*name).to_owned() } else { format!("{key}_{name}") };
        numbers(&own, counted, &format!("{about}: {name}"), stats.iter().map(|stats| level(stats)))
    };
    LEVELS.iter().map(of_level).collect()
}

/// A column of numbers.
pub(super) fn numbers(name: &str, counted: Counted, about: &str, cells: impl Iterator<Item = f64>) -> Column {
    Column { name: name.to_owned(), counted, about: about.to_owned(), cells: Cells::Numbers(cells.collect()) }
}

/// A column of texts.
pub(super) fn texts(name: &str, about: &str, cells: impl Iterator<Item = String>) -> Column {
    let cells = Cells::Texts(cells.collect());
    Column { name: name.to_owned(), counted: Counted::Nothing, about: about.to_owned(), cells }
}
