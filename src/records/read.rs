//! One export: its file read, its system recognized, its columns typed.

use std::collections::BTreeMap;
use std::path::Path;

use crate::reading::Files;

use super::answers::{Answers, MapFile};
use super::dates::{DateOrder, Day, OrderEvidence, read_date, settle};
use super::encoding::{Content, decode};
use super::faults::RecordFaults;
use super::grid::{Cell, Choose, Grid, NO_HEADER, SetAside, read_csv};
use super::layouts::{Field, Kind, LAYOUTS, Layout, same_name};
use super::numbers::{DecimalMark, MarkEvidence, read_written};
use super::questions::Question;
use super::stages::truth_of;
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
    columns: BTreeMap<Field, Column>,
    /// columns of weekly results, by name
    named: Vec<(String, Column)>,
    /// the currency in the name of the column of money
    header_currency: Option<String>,
}

#[derive(Clone, Debug)]
struct Column {
    /// its place in the header
    at: usize,
    name: String,
    cells: Vec<Cell>,
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
        let export = Export::of(
            grid,
            Chosen { file, kind, system: layout.map_or("plain CSV", |own| own.system), places, named },
        );
        let mut export = Export { answers, ..export };
        export.guesses.splice(0..0, guesses);
        self.miss(&export);
        Some(export)
    }

    /// Complains of columns that the map names and the file lacks, and of those that nothing works without.
    fn miss(&mut self, export: &Export) {
        for (field, name) in &export.answers.columns {
            if export.columns.get(field).is_none_or(|column| same_name(&column.name) != same_name(name)) {
                let what = format!("the map names a column \"{name}\", and there is none of that name");
                self.faults.add_of_file(&export.file, &what, "write it as the header of the file does");
            }
        }
        let spend = export.answers.spend.iter().map(|(_, name)| name).chain(&export.answers.result);
        for name in spend.filter(|name| export.named(name).is_none()) {
            let what = format!("the map names a column \"{name}\", and there is none of that name");
            self.faults.add_of_file(&export.file, &what, "write it as the header of the file does");
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
        let money = [Field::Amount, Field::Spend, Field::Clicks, Field::Share, Field::Conversions];
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

/// What stands in a cell that says nothing.
fn is_blank(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "-" | "--" | " --" | "—" | "–" | "n/a" | "N/A" | "null" | "NULL" | "None" | "NaN" | "NaT" | "(none)"
    )
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

struct Chosen {
    file: String,
    kind: Kind,
    system: &'static str,
    places: Vec<(Field, usize)>,
    named: Vec<(String, usize)>,
}

impl Export {
    fn of(grid: Grid, chosen: Chosen) -> Self {
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

    fn named(&self, name: &str) -> Option<&Column> {
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
    fn order_evidence(&self, field: Field) -> (OrderEvidence, OrderEvidence) {
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

/// Finds the layout of a header.
struct Chooser<'a> {
    kind: Kind,
    answers: &'a Answers,
    layout: Option<&'static Layout>,
    places: Vec<(Field, usize)>,
    named: Vec<(String, usize)>,
}

impl Chooser<'_> {
    fn layouts(&self) -> impl Iterator<Item = &'static Layout> {
        let (kind, system) = (self.kind, self.answers.system.clone());
        let fits = move |layout: &&Layout| {
            layout.kind == kind && system.as_ref().is_none_or(|name| same_name(layout.system).starts_with(name))
        };
        LAYOUTS.iter().filter(fits)
    }

    /// How many of the names that the map gives are there.
    fn answered(&self, names: &[String]) -> usize {
        let given = self.answers.columns.values().chain(self.answers.spend.iter().map(|(_, name)| name));
        let given: Vec<String> = given.chain(&self.answers.result).map(|name| same_name(name)).collect();
        names.iter().filter(|name| given.contains(&same_name(name))).count()
    }

    /// Known names twice, so that a hint decides between layouts that read the same.
    fn score(&self, layout: &Layout, names: &[String]) -> usize {
        let mut fields: Vec<Field> = names.iter().filter_map(|name| Some(layout.field_of(name)?.0)).collect();
        fields.sort_unstable();
        fields.dedup();
        let known = names.iter().filter(|name| layout.knows(name)).count();
        fields.len() + known
    }

    /// Has the header all that is needed?
    fn suffices(&self, layout: &Layout, names: &[String]) -> bool {
        let has = |field: &Field| {
            self.answers.columns.contains_key(field)
                || names.iter().any(|name| layout.field_of(name).is_some_and(|(own, _)| own == *field))
        };
        self.kind.needed().iter().all(|group| group.iter().any(has))
    }
}

impl Choose for Chooser<'_> {
    fn fit(&self, names: &[String]) -> usize {
        if names.len() < 2 {
            return 0;
        }
        let of_layouts = self
            .layouts()
            .filter(|layout| {
                names.iter().filter(|name| layout.knows(name)).count() >= 3 || self.suffices(layout, names)
            })
            .map(|layout| self.score(layout, names))
            .max();
        match (of_layouts, self.answered(names)) {
            (None, 0 | 1) => 0,
            (score, answered) => score.unwrap_or(0) + 2 * answered,
        }
    }

    fn columns(&mut self, names: &[String]) -> Vec<usize> {
        let best = self.layouts().max_by_key(|layout| {
            // Of equals the first, and one that has all that is needed before one that has not.
            let place = LAYOUTS.iter().position(|own| std::ptr::eq(own, *layout)).unwrap_or(0);
            (self.suffices(layout, names), self.score(layout, names), std::cmp::Reverse(place))
        });
        self.layout = best;
        let mut found: BTreeMap<Field, (usize, usize)> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            if let Some((field, rank)) = best.and_then(|layout| layout.field_of(name))
                && found.get(&field).is_none_or(|(own, _)| rank < *own)
            {
                found.insert(field, (rank, at));
            }
        }
        let answered = self.answers.columns.iter().filter_map(|(field, wanted)| {
            Some((*field, names.iter().position(|name| same_name(name) == same_name(wanted))?))
        });
        let answered: BTreeMap<Field, usize> = answered.collect();
        // A column that the map gives a meaning has no other by its name.
        found.retain(|_, (_, at)| !answered.values().any(|own| own == at));
        found.extend(answered.into_iter().map(|(field, at)| (field, (0, at))));
        self.places = found.into_iter().map(|(field, (_, at))| (field, at)).collect();
        let taken = |at: usize| self.places.iter().any(|(_, own)| *own == at);
        if self.kind == Kind::Weeks {
            let free = names.iter().enumerate().filter(|(at, _)| !taken(*at));
            self.named = free.map(|(at, name)| (name.clone(), at)).collect();
        }
        self.places.iter().map(|(_, at)| *at).chain(self.named.iter().map(|(_, at)| *at)).collect()
    }
}
