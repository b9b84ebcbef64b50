//! One export as it was read: whose it is, its columns, its rows.

use std::collections::BTreeMap;

use super::answers::Answers;
use super::dates::{OrderEvidence, read_date};
use super::fields::{Field, Kind};
use super::grid::{Cell, Grid, SetAside};
use super::layouts::same_name;
use super::stages::truth_of;

/// One export.
#[derive(Clone, Debug)]
pub struct Export {
    /// the name of its file
    pub file: String,
    /// what it holds
    pub kind: Kind,
    /// whose export it is
    pub system: &'static str,
    /// how it was read, in sentences
    pub guesses: Vec<String>,
    /// rows that are no records
    pub set_aside: SetAside,
    /// what the map says of it
    pub answers: Answers,
    /// the line of each row
    pub(super) lines: Vec<u64>,
    pub(super) columns: BTreeMap<Field, Column>,
    /// columns of weekly results, by name
    pub(super) named: Vec<(String, Column)>,
    /// the currency in the name of the column of money
    header_currency: Option<String>,
}

/// A column that is read.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// its place in the header
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) cells: Vec<Cell>,
}

/// What was chosen of a file: whose export it is, and where its columns are.
pub(super) struct Chosen {
    pub(super) file: String,
    pub(super) kind: Kind,
    pub(super) system: &'static str,
    pub(super) places: Vec<(Field, usize)>,
    pub(super) named: Vec<(String, usize)>,
}

impl Export {
    /// The export of a grid.
    pub(super) fn of(grid: Grid, chosen: Chosen) -> Self {
        let Chosen { file, kind, system, places, named } = chosen;
        let column = |at: usize| {
            let place = grid.columns.iter().position(|own| *own == at).unwrap_or(0);
            let cells = grid.rows.iter().map(|row| row.cells.get(place).cloned().unwrap_or(Cell::Empty)).collect();
            Column { at, name: grid.header[at].trim_matches('\u{feff}').to_owned(), cells }
        };
        let columns: BTreeMap<Field, Column> = places.into_iter().map(|(field, at)| (field, column(at))).collect();
        let named: Vec<(String, Column)> = named.into_iter().map(|(name, at)| (name, column(at))).collect();
        let money = columns.get(&Field::Spend).or(columns.get(&Field::Amount));
        let header_currency = money.and_then(|column| {
            let inner = column.name.split_once('(')?.1.split(')').next()?.trim();
            (inner.len() == 3 && inner.bytes().all(|b| b.is_ascii_uppercase())).then(|| inner.to_owned())
        });
        let lines = grid.rows.iter().map(|row| row.line).collect();
        let mut guesses = Vec::new();
        let SetAside { titles, totals, footers } = grid.set_aside;
        let aside: Vec<String> = [(titles, "above the table"), (totals, "of totals"), (footers, "below it")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if !aside.is_empty() {
            guesses.push(format!("Rows that are no records: {}.", aside.join(", ")));
        }
        Self {
            file,
            kind,
            system,
            guesses,
            set_aside: grid.set_aside,
            answers: Answers::default(),
            lines,
            columns,
            named,
            header_currency,
        }
    }

    /// How many rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// Is there a column for it?
    pub(super) fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&field)
    }

    /// The columns that are read, with what they are.
    pub fn named_columns(&self) -> impl Iterator<Item = (Field, &str)> {
        self.columns.iter().map(|(field, column)| (*field, column.name.as_str()))
    }

    /// The column of weekly results that has that name.
    pub(super) fn named(&self, name: &str) -> Option<&Column> {
        let wanted = same_name(name);
        self.named.iter().find(|(own, _)| same_name(own) == wanted).map(|(_, column)| column)
    }

    /// The columns of weekly results that may hold figures.
    #[must_use]
    pub fn columns_of_figures(&self) -> Vec<String> {
        self.named.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The text of a cell.
    pub(super) fn text(&self, field: Field, row: usize) -> Option<String> {
        match self.columns.get(&field)?.cells.get(row)? {
            Cell::Text(text) if is_blank(text) => None,
            Cell::Text(text) => Some(text.trim().to_owned()),
            Cell::Number(number) => Some(number.to_string()),
            Cell::Empty | Cell::Day(_) => None,
        }
    }

    /// Whether a column holds yes or no, and not dates.
    pub(super) fn is_truth(&self, field: Field) -> bool {
        let Some(column) = self.columns.get(&field) else { return false };
        let mut words = column.cells.iter().filter(|cell| **cell != Cell::Empty).peekable();
        words.peek().is_some()
            && words.all(|cell| match cell {
                Cell::Text(text) => truth_of(text).is_some(),
                Cell::Number(number) => *number == 0.0 || *number == 1.0,
                _ => false,
            })
    }

    /// Whether a cell says yes.
    pub(super) fn truth(&self, field: Field, row: usize) -> Option<bool> {
        self.text(field, row).and_then(|text| truth_of(&text))
    }

    /// The currency that the export names once for all: the map, or the header.
    pub(super) fn currency(&self) -> Option<&str> {
        self.header_currency.as_deref()
    }

    /// What a column says about the order of its dates, and what the others of the file say.
    pub(super) fn order_evidence(&self, field: Field) -> (OrderEvidence, OrderEvidence) {
        let mut own = OrderEvidence::default();
        let mut others = OrderEvidence::default();
        const DATES: [Field; 7] =
            [Field::Created, Field::Closed, Field::Won, Field::Lost, Field::Qualified, Field::Opportunity, Field::Day];
        for (of, column) in self.columns.iter().filter(|(of, _)| DATES.contains(of)) {
            let evidence = if *of == field { &mut own } else { &mut others };
            for cell in &column.cells {
                if let Cell::Text(text) = cell
                    && let Some(date) = read_date(text)
                {
                    evidence.see(date);
                }
            }
        }
        (own, others)
    }
}

/// What stands in a cell that says nothing.
pub(super) fn is_blank(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "-" | "--" | " --" | "—" | "–" | "n/a" | "N/A" | "null" | "NULL" | "None" | "NaN" | "NaT" | "(none)"
    )
}
