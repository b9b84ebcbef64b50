//! The exports of one command read: files, their columns typed, what is wrong and what must be asked.

use std::path::Path;

use crate::reading::Files;

use super::answers::MapFile;
use super::chooser::Chooser;
use super::dates::{DateOrder, Day, read_date, settle};
use super::encoding::{Content, decode};
use super::export::{Chosen, Column, Export, is_blank};
use super::faults::RecordFaults;
use super::fields::{Field, Kind};
use super::grid::{Cell, NO_HEADER, read_csv};
use super::layouts::same_name;
use super::numbers::{DecimalMark, MarkEvidence, read_written};
use super::questions::Question;
use super::workbook::read_workbook;

/// The largest export that is read.
const LARGEST_EXPORT: u64 = 400_000_000;

/// The reading of the exports of one command.
#[derive(Debug)]
pub struct Reading {
    files: Files,
    map: MapFile,
    /// what is wrong
    pub faults: RecordFaults,
    /// what must be asked
    pub questions: Vec<Question>,
}

impl Reading {
    /// Reads through that door, with the answers of a map.
    #[must_use]
    pub fn new(files: Files, map: MapFile) -> Self {
        Self { files, map, faults: RecordFaults::default(), questions: Vec::new() }
    }

    /// Reads an export; what is wrong with it is among the faults.
    pub fn export(&mut self, kind: Kind, path: &Path) -> Option<Export> {
        let shown = path.display().to_string();
        let file = path.file_name().map_or(shown.clone(), |name| name.to_string_lossy().into_owned());
        let answers = self.map.of(kind.name(), &file);
        let bytes = match self.files.bytes(path, LARGEST_EXPORT) {
            Ok(bytes) => bytes,
            Err(refusal) => {
                self.faults.add_of_file(&shown, &refusal.to_string(), "");
                return None;
            }
        };
        let mut chooser = Chooser { kind, answers: &answers, layout: None, places: Vec::new(), named: Vec::new() };
        let mut guesses = Vec::new();
        let grid = match decode(&bytes) {
            Content::Text(text, encoding) => {
                guesses.extend(encoding.map(|encoding| format!("It is written in {encoding}.")));
                read_csv(&text, &mut chooser)
            }
            Content::Workbook => read_workbook(&bytes, &mut chooser),
            Content::Other(why) => Err(why.to_owned()),
        };
        let grid = match grid {
            Ok(grid) => grid,
            Err(why) => {
                let help = if why == NO_HEADER {
                    format!("name its columns in a map, in [{}]: see docs/calibrate.md", kind.name())
                } else {
                    "export it as CSV or as .xlsx".into()
                };
                self.faults.add_of_file(&file, &why, &help);
                return None;
            }
        };
        for line in &grid.uneven {
            let what = "this row has more cells than the header";
            self.faults.add(&file, *line, None, what, "put cells that hold the delimiter in quotes");
        }
        let Chooser { layout, places, named, .. } = chooser;
        let mut export = Export::of(
            grid,
            Chosen { file, kind, system: layout.map_or("plain CSV", |own| own.system), places, named },
        );
        export.answers = answers;
        export.guesses.splice(0..0, guesses);
        self.miss(&export);
        Some(export)
    }

    /// Complains of columns that the map names and the file lacks, and of those that nothing works without.
    fn miss(&mut self, export: &Export) {
        for (field, name) in &export.answers.columns {
            if export.columns.get(field).is_none_or(|column| same_name(&column.name) != same_name(name)) {
                let what = format!("the map names a column \"{name}\", which this file does not have");
                self.faults.add_of_file(&export.file, &what, "spell it as the header of the file does");
            }
        }
        let spend = export.answers.spend.iter().map(|(_, name)| name).chain(&export.answers.result);
        for name in spend.filter(|name| export.named(name).is_none()) {
            let what = format!("the map names a column \"{name}\", which this file does not have");
            self.faults.add_of_file(&export.file, &what, "spell it as the header of the file does");
        }
        for group in export.kind.needed() {
            if !group.iter().any(|field| export.columns.contains_key(field)) {
                let names: Vec<&str> = group.iter().map(|field| field.name()).collect();
                let what = format!("no column for {} was found", names.join(" or "));
                let help = format!("name it in a map, in [{}]: {} = \"…\"", export.kind.name(), names[0]);
                self.faults.add_of_file(&export.file, &what, &help);
            }
        }
    }

    fn ask(&mut self, export: &Export, key: &str, line: String, asked: String) {
        let question = Question { kind: export.kind, file: export.file.clone(), key: key.to_owned(), line, asked };
        if !self.questions.iter().any(|own| own.file == question.file && own.key == question.key) {
            self.questions.push(question);
        }
    }

    /// Asks what a key of the map answers.
    pub(super) fn ask_for(&mut self, export: &Export, key: &str, line: &str, asked: String) {
        self.ask(export, key, line.to_owned(), asked);
    }

    /// The days of a column of dates; what is no date is a fault, an order that can't be told a question.
    pub(super) fn days(&mut self, export: &mut Export, field: Field) -> Vec<Option<Day>> {
        let Some(column) = export.columns.get(&field) else { return vec![None; export.rows()] };
        let (own, others) = export.order_evidence(field);
        let order = export.answers.dates.or(own.order());
        let borrowed = if order.is_none() && own.matters() && own.day_first + own.month_first == 0 {
            others.order()
        } else {
            None
        };
        if own.matters() && order.is_none() && borrowed.is_none() {
            let asked = format!(
                "\"{}\": every date could begin with the day or the month; write \"dmy\" or \"mdy\"",
                column.name
            );
            let name = column.name.clone();
            if own.day_first > 0 && own.month_first > 0 {
                let what = "dates that begin with the day and dates that begin with the month are mixed";
                self.faults.add(&export.file, 0, Some((column.at, &name)), what, "export all dates in one form");
                return vec![None; export.rows()];
            }
            self.ask(export, "dates", "dates = \"?\"".into(), asked);
            return vec![None; export.rows()];
        }
        let order = order.or(borrowed);
        let mut days = Vec::with_capacity(export.rows());
        for (cell, line) in column.cells.iter().zip(&export.lines) {
            let day = match cell {
                Cell::Empty => None,
                Cell::Day(day) => Some(*day),
                // A date without its format in a workbook, as days since 1899-12-30.
                Cell::Number(number) if (20_000.0..80_000.0).contains(number) => Some(Day(*number as i32 - 25_569)),
                Cell::Number(_) => None,
                Cell::Text(text) if is_blank(text) => None,
                Cell::Text(text) => match read_date(text).and_then(|date| settle(date, order)) {
                    Some(day) => Some(day),
                    None => {
                        let what = "this cell holds no date that can be read";
                        let help = "dates such as 2026-11-28, 11/28/2026 or Nov 28, 2026 are read";
                        self.faults.add(&export.file, *line, Some((column.at, &column.name)), what, help);
                        None
                    }
                },
            };
            days.push(day);
        }
        if own.either > 0 {
            let first = match order {
                Some(DateOrder::MonthFirst) => "the month",
                _ => "the day",
            };
            let why = if export.answers.dates.is_some() {
                "as the map says"
            } else if borrowed.is_some() {
                "as in the other columns of the file"
            } else {
                "as some dates leave no other reading"
            };
            let guess = format!("Dates in \"{}\" begin with {first}, {why}.", column.name);
            export.guesses.push(guess);
        }
        days
    }

    /// The numbers of a column; what is no number is a fault, a mark that can't be told a question.
    pub(super) fn numbers(&mut self, export: &mut Export, field: Field) -> Vec<Option<Figure>> {
        let Some(column) = export.columns.get(&field).cloned() else { return vec![None; export.rows()] };
        self.numbers_of(export, &column)
    }

    /// The numbers of a column of weekly results.
    pub(super) fn named_numbers(&mut self, export: &mut Export, name: &str) -> Vec<Option<Figure>> {
        let Some(column) = export.named(name).cloned() else { return vec![None; export.rows()] };
        self.numbers_of(export, &column)
    }

    fn numbers_of(&mut self, export: &mut Export, column: &Column) -> Vec<Option<Figure>> {
        let own = mark_evidence(column);
        let all = export.columns.values().chain(export.named.iter().map(|(_, column)| column));
        let money = [
            Field::Amount,
            Field::Spend,
            Field::Clicks,
            Field::Share,
            Field::Conversions,
            Field::Leads,
            Field::Delivered,
            Field::Left,
            Field::Worked,
            Field::Wins,
            Field::Revenue,
        ];
        let is_number = |other: &&Column| {
            export.columns.iter().any(|(field, own)| own.at == other.at && money.contains(field))
                || export.named.iter().any(|(_, own)| own.at == other.at)
        };
        let file = all.filter(is_number).fold(MarkEvidence::default(), |sum, other| sum.with(&mark_evidence(other)));
        let mark = export.answers.decimals.or(own.mark()).or(file.mark());
        if own.matters() && mark.is_none() {
            let asked = format!(
                "\"{}\": 1,234 or 1.234 could be a thousand or one; write \".\" or \",\": what decimals stand after",
                column.name
            );
            self.ask(export, "decimals", "decimals = \"?\"".into(), asked);
            return vec![None; export.rows()];
        }
        let mut numbers = Vec::with_capacity(export.rows());
        for (cell, line) in column.cells.iter().zip(&export.lines) {
            let figure = match cell {
                Cell::Empty | Cell::Day(_) => None,
                Cell::Number(number) => Some(Figure { number: *number, below: false, currency: None }),
                Cell::Text(text) if is_blank(text) => None,
                Cell::Text(text) => {
                    let written = read_written(text);
                    let number = written.and_then(|own| Some((own, own.settle(mark)?)));
                    if number.is_none() {
                        let what = "this cell holds no number that can be read";
                        let help = "numbers such as 12400, 12,400.50 or 12.400,50 are read";
                        self.faults.add(&export.file, *line, Some((column.at, &column.name)), what, help);
                    }
                    number.map(|(own, number)| Figure { number, below: own.below, currency: own.currency })
                }
            };
            numbers.push(figure);
        }
        if mark == Some(DecimalMark::Comma) {
            export.guesses.push(format!("Decimals in \"{}\" stand after a comma.", column.name));
        }
        numbers
    }

    /// Adds a fault of a cell.
    pub(super) fn fault(&mut self, export: &Export, row: usize, field: Field, what: &str, help: &str) {
        let line = export.lines.get(row).copied().unwrap_or(0);
        let column = export.columns.get(&field).map(|column| (column.at, column.name.as_str()));
        self.faults.add(&export.file, line, column, what, help);
    }
}

/// A number of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Figure {
    pub(super) number: f64,
    /// the number is a bound from above
    pub(super) below: bool,
    pub(super) currency: Option<[u8; 3]>,
}

fn mark_evidence(column: &Column) -> MarkEvidence {
    let mut evidence = MarkEvidence::default();
    for cell in &column.cells {
        if let Cell::Text(text) = cell
            && let Some(number) = read_written(text)
        {
            evidence.see(&number);
        }
    }
    evidence
}
