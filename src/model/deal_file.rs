//! Open deals one by one, from a file that people keep or a CRM exports.
//!
//! Implements section 6 of docs/model.md, `[deals.open.NAME] file`.

use crate::inputs::{TextTable, columns, essence, quote, told_names};
use crate::reading::Diagnostic;
use crate::units::Date;

use super::horizon::{Dates, Horizon, week_of_date};
use super::schema::TableReader;

/// More deals than any team has open; each is simulated by itself.
const MOST_DEALS: usize = 50_000;

/// So many faulty cells of a file are shown.
const MOST_SHOWN: usize = 20;

/// A deal as it was quoted.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotedDeal {
    /// what it is called, if it has a name
    pub name: Option<String>,
    /// its value if it is won, in money
    pub amount: f64,
    /// its chance, in place of that of the table
    pub close_rate: Option<f64>,
    /// the week it closes in if it is won, counted from 0
    pub close_week: Option<usize>,
    /// hours of work that are left, in place of those of the table
    pub hours_left: Option<f64>,
}

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Amount,
    CloseRate,
    CloseWeek,
    CloseDate,
    HoursLeft,
    Name,
    /// whether the deal is open at all
    Stage,
}

/// The names of columns, without blanks and signs: our own first, then those of HubSpot, Salesforce, Pipedrive and others.
const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Amount,
        &["amount", "dealvalue", "value", "amountincompanycurrency", "dealamount", "expectedrevenue", "closevalue"],
    ),
    (
        Column::CloseRate,
        &["closerate", "probability", "dealprobability", "winprobability", "chance", "forecastprobability", "winrate"],
    ),
    (Column::CloseWeek, &["closeweek"]),
    (Column::CloseDate, &["closedate", "dealexpectedclosedate", "expectedclosedate", "expectedclosing", "closingdate"]),
    (Column::HoursLeft, &["hoursleft"]),
    (Column::Name, &["name", "dealname", "opportunityname", "dealtitle", "opportunity", "title", "deal"]),
    (Column::Stage, &["stage", "dealstage", "stagename", "status", "dealstatus", "isclosed"]),
];

/// What a stage is called when a deal is closed.
const CLOSED: [&str; 9] = [
    "closedwon",
    "closedlost",
    "won",
    "lost",
    "closed",
    "true",
    "deleted",
    "closedwonsalespipeline",
    "closedlostsalespipeline",
];

fn column_named(name: &str) -> Option<Column> {
    let name = essence(name);
    NAMES.iter().find(|(_, names)| names.contains(&&*name)).map(|(column, _)| *column)
}

/// Reads the deals that are still open, and counts those that are closed. Faults are told, each at its cell.
pub(super) fn read(fields: &mut TableReader<'_, '_>, file: &str, horizon: &Horizon) -> (Vec<QuotedDeal>, usize) {
    let Some(table) = fields.text_table("file", file, |name| column_named(name).is_some()) else {
        return (Vec::new(), 0);
    };
    let mut reading = Reading { fields, table: &table, horizon, shown: 0 };
    let Some(amounts) = reading.amounts() else {
        return (Vec::new(), 0);
    };
    let is_open: Vec<bool> = reading.open_rows();
    let closed = is_open.iter().filter(|open| !**open).count();
    let rates = reading.cells(Column::CloseRate, |cells, name| columns::shares(cells, name.contains('%')), &is_open);
    let weeks = reading.close_weeks(&is_open);
    let hours = reading.cells(Column::HoursLeft, |cells, _| columns::amounts(cells), &is_open);
    let names = reading.place(Column::Name).map(|at| table.column(at));
    let amounts = reading.settle(Column::Amount, amounts, &is_open);
    let mut deals = Vec::new();
    for row in (0..is_open.len()).filter(|&row| is_open[row]) {
        let Some(amount) = amounts[row] else {
            reading.fault(row, Column::Amount, "this deal has no amount: what is it worth if it is won?");
            continue;
        };
        let name = names.as_ref().map(|names| names[row].to_owned()).filter(|name| !name.is_empty());
        deals.push(QuotedDeal { name, amount, close_rate: rates[row], close_week: weeks[row], hours_left: hours[row] });
    }
    if reading.shown > MOST_SHOWN {
        let more = reading.shown - MOST_SHOWN;
        let message = format!("`file`: {more} more cells of {file} can't be used");
        fields.fault("file", message, "in this file");
    }
    if deals.len() > MOST_DEALS {
        let message = format!("`file`: {file} has more than {MOST_DEALS} open deals");
        fields.fault("file", message, "leave out those that can't close in the plan");
    }
    (deals, closed)
}

struct Reading<'f, 'r, 't> {
    fields: &'f mut TableReader<'r, 't>,
    table: &'f TextTable,
    horizon: &'f Horizon,
    /// faults of cells so far
    shown: usize,
}

impl Reading<'_, '_, '_> {
    /// The place of a column; by the order of its names, of those that the file has.
    fn place(&self, column: Column) -> Option<usize> {
        let names = NAMES.iter().find(|(own, _)| *own == column).map_or(&[][..], |(_, names)| names);
        names.iter().find_map(|name| self.table.names.iter().position(|own| essence(own) == *name))
    }

    fn amounts(&mut self) -> Option<columns::Cells<f64>> {
        let Some(at) = self.place(Column::Amount) else {
            let names = told_names(self.table.names.iter().map(String::as_str));
            let place = self.fields.place_of("file");
            let message = format!("`file`: {} has no column `amount`", self.table.file);
            let fault = Diagnostic::at(&place, message, "what is each deal worth if it is won?");
            let help = format!("its columns: {names}; name that of the amounts amount");
            self.fields.add_fault(fault.help(help));
            return None;
        };
        Some(columns::amounts(&self.table.column(at)))
    }

    /// Which rows are deals that are still open. One that sums up others is a fault.
    fn open_rows(&mut self) -> Vec<bool> {
        let names = self.table.names.iter();
        let stages: Vec<usize> =
            names.enumerate().filter(|(_, name)| column_named(name) == Some(Column::Stage)).map(|(at, _)| at).collect();
        let mut open = Vec::new();
        for row in 0..self.table.rows.len() {
            if self.table.rows[row].is_total {
                let why = "this line looks like a total: delete it, or put # in front of it";
                self.fault(row, Column::Amount, why);
            }
            let cells = &self.table.rows[row].cells;
            open.push(!stages.iter().any(|&at| CLOSED.contains(&&*essence(&cells[at]))));
        }
        open
    }

    /// The cells of a column, where there is one; what can't be read of an open deal is a fault.
    fn cells(
        &mut self,
        column: Column,
        read: impl Fn(&[&str], &str) -> columns::Cells<f64>,
        is_open: &[bool],
    ) -> Vec<Option<f64>> {
        let Some(at) = self.place(column) else {
            return vec![None; is_open.len()];
        };
        let cells = read(&self.table.column(at), &self.table.names[at]);
        self.settle(column, cells, is_open)
    }

    fn settle<T>(&mut self, column: Column, cells: columns::Cells<T>, is_open: &[bool]) -> Vec<Option<T>> {
        let mut settled = Vec::new();
        for (row, cell) in cells.into_iter().enumerate() {
            settled.push(match cell {
                Ok(value) => value,
                Err(why) => {
                    if is_open[row] {
                        self.fault(row, column, &why);
                    }
                    None
                }
            });
        }
        settled
    }

    /// The week in which each closes, counted from 0: by its number or by its date, not by both.
    fn close_weeks(&mut self, is_open: &[bool]) -> Vec<Option<usize>> {
        let numbers = self.cells(Column::CloseWeek, |cells, _| columns::amounts(cells), is_open);
        let dates: Vec<Option<Date>> = match self.place(Column::CloseDate) {
            Some(at) => {
                let cells = columns::dates(&self.table.column(at));
                self.settle(Column::CloseDate, cells, is_open)
            }
            None => vec![None; is_open.len()],
        };
        let dates = self.dates_of_the_plan(dates, is_open);
        let all = self.horizon.all();
        let mut weeks = Vec::new();
        for (row, (number, date)) in numbers.into_iter().zip(dates).enumerate() {
            let week = match (number, date) {
                _ if !is_open[row] => None,
                (Some(_), Some(_)) => {
                    self.fault(row, Column::CloseDate, "this deal has a close_week as well: leave out one of the two");
                    None
                }
                (Some(week), None) if week.fract() == 0.0 && (1.0..=all as f64).contains(&week) => {
                    Some(week as usize - 1)
                }
                (Some(_), None) => {
                    let why = format!("a week of the plan is a whole number from 1 to {all}, the tail included");
                    self.fault(row, Column::CloseWeek, &why);
                    None
                }
                (None, Some(date)) => self.week_of(row, date),
                (None, None) => None,
            };
            weeks.push(week);
        }
        weeks
    }

    /// Dates, where the plan has one to start on; without it one fault speaks for all of them.
    fn dates_of_the_plan(&mut self, dates: Vec<Option<Date>>, is_open: &[bool]) -> Vec<Option<Date>> {
        let first = dates.iter().zip(is_open).position(|(date, &open)| open && date.is_some());
        let (Some(row), None) = (first, self.horizon.start) else { return dates };
        let place = self.cell_place(row, Column::CloseDate);
        let message = format!("`file`: {} has dates, and the plan has none to start on", self.table.file);
        let help = "add start, the first day of week 1, to [horizon]; or a column close_week in place of the dates: 1 is the first";
        self.fields.add_fault(Diagnostic::at(&place, message, "which week is that?").help(help));
        vec![None; dates.len()]
    }

    fn week_of(&mut self, row: usize, date: Date) -> Option<usize> {
        let place = self.cell_place(row, Column::CloseDate);
        match week_of_date("close_date", &date.to_string(), &place, self.horizon, Dates::Planned) {
            Ok(week) => usize::try_from(week - 1).ok(),
            Err(fault) => {
                self.shown += 1;
                if self.shown <= MOST_SHOWN {
                    let help = "correct the date, or leave the cell empty: the deal then closes after weeks_to_close";
                    self.fields.add_fault(fault.help(help));
                }
                None
            }
        }
    }

    fn cell_place(&mut self, row: usize, column: Column) -> crate::reading::Span {
        let row = &self.table.rows[row];
        let text = self.place(column).map_or("", |at| row.cells[at].as_str());
        self.fields.place_in_file(&self.table.file, row.line, text)
    }

    fn fault(&mut self, row: usize, column: Column, why: &str) {
        self.shown += 1;
        if self.shown > MOST_SHOWN {
            return;
        }
        let line = self.table.rows[row].line;
        let place = self.cell_place(row, column);
        let column = self.place(column).map_or_else(String::new, |at| quote(&self.table.names[at]));
        let message = format!("`file`: column `{column}` of {} can't be used in line {line}", self.table.file);
        self.fields.fault_at(&place, message, why);
    }
}
