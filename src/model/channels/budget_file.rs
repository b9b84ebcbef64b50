//! A budget week by week, from a table that people keep: `budget_by_week = { file = "budget.csv", column = "search" }`.
//!
//! A row is a week: in order from the first, or by a column with the number of the week or a day in it. Rows of one week
//! add up, empty cells are nothing, and rows of other quarters are passed over.

use crate::inputs::{TextTable, columns, essence};
use crate::model::horizon::Horizon;
use crate::model::schema::TableReader;
use crate::reading::{Diagnostic, Node, Value};
use crate::units::Date;

const KEY: &str = "budget_by_week";

/// Names of columns that say which week a row is, without blanks and signs.
const WEEKS: [&str; 9] =
    ["week", "weekno", "weeknumber", "weekof", "weekstarting", "weekstart", "date", "starts", "day"];

/// So many faulty cells of a file are shown.
const MOST_SHOWN: usize = 10;

/// The money of each week of the horizon; none where the key is not written, or can't be read, which is a fault.
pub(super) fn read(fields: &mut TableReader<'_, '_>, horizon: &Horizon) -> Option<Vec<f64>> {
    let node = fields.node(KEY)?;
    let [file, column] = match named(node) {
        Some(named) => named,
        None => {
            let fault = Diagnostic::at(&node.place, format!("`{KEY}`: expected a column of a table"), "not one");
            fields.add_fault(fault.help("write { file = \"budget.csv\", column = \"search\" }"));
            return None;
        }
    };
    let wanted = essence(column);
    let is_known = |name: &str| essence(name) == wanted || WEEKS.contains(&&*essence(name));
    let table = fields.text_table(KEY, file, is_known)?;
    let Some(at) = table.names.iter().position(|name| essence(name) == wanted) else {
        let names: Vec<String> = table.names.iter().take(20).map(|name| format!("`{name}`")).collect();
        let fault =
            Diagnostic::at(&node.place, format!("`{KEY}`: {file} has no column `{column}`"), "not among its columns");
        fields.add_fault(fault.help(format!("its columns: {}", names.join(", "))));
        return None;
    };
    let mut reading = Reading { fields, table: &table, horizon, shown: 0 };
    let money = reading.money(at);
    let weeks = reading.weeks();
    let mut sums = vec![0.0; horizon.weeks];
    let mut any = false;
    for (money, week) in money.into_iter().zip(weeks) {
        if let Some(week) = week {
            any = true;
            sums[week] += money;
        }
    }
    if !any && reading.shown == 0 {
        let message = format!("`{KEY}`: no row of {file} is a week of the plan");
        let label = format!(
            "the plan has {} weeks{}",
            horizon.weeks,
            horizon.start.map_or_else(String::new, |start| format!(" from {start}"))
        );
        fields.fault(KEY, message, label);
    }
    Some(sums)
}

/// The file and the column that a value names.
fn named(node: &Node) -> Option<[&str; 2]> {
    let Value::Table(table) = &node.value else { return None };
    let text = |key: &str| match &table.get(key)?.value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    };
    (table.iter().count() == 2).then_some([text("file")?, text("column")?])
}

struct Reading<'f, 'r, 't> {
    fields: &'f mut TableReader<'r, 't>,
    table: &'f TextTable,
    horizon: &'f Horizon,
    /// faults of cells so far
    shown: usize,
}

impl Reading<'_, '_, '_> {
    /// The money of each row; of a total none.
    fn money(&mut self, at: usize) -> Vec<f64> {
        let cells = columns::amounts(&self.table.column(at));
        let mut money = Vec::with_capacity(cells.len());
        for (row, cell) in cells.into_iter().enumerate() {
            money.push(match cell {
                _ if self.table.rows[row].is_total => 0.0,
                Ok(cell) => cell.unwrap_or(0.0),
                Err(why) => {
                    self.fault(row, at, &why);
                    0.0
                }
            });
        }
        money
    }

    /// The week of each row, from 0; none for totals and for weeks that are not planned.
    fn weeks(&mut self) -> Vec<Option<usize>> {
        let planned = self.horizon.weeks;
        let is_total = |row: usize| self.table.rows[row].is_total;
        let Some(at) = self.table.names.iter().position(|name| WEEKS.contains(&&*essence(name))) else {
            let rows = (0..self.table.rows.len()).filter(|&row| !is_total(row)).count();
            if rows > planned {
                let message = format!("`{KEY}`: {} has {rows} rows, and the plan {planned} weeks", self.table.file);
                let label = "which rows are the plan's weeks? Add a column `week` with their numbers or dates";
                self.fields.fault(KEY, message, label);
                self.shown += 1;
            }
            let mut next = 0..planned;
            return (0..self.table.rows.len()).map(|row| if is_total(row) { None } else { next.next() }).collect();
        };
        let cells = self.table.column(at);
        let numbers: Option<Vec<usize>> =
            (0..cells.len()).filter(|&row| !is_total(row)).map(|row| cells[row].parse().ok()).collect();
        match numbers {
            Some(_) => self.by_number(at, &cells),
            None => self.by_date(at, &cells),
        }
    }

    fn by_number(&mut self, at: usize, cells: &[&str]) -> Vec<Option<usize>> {
        let planned = self.horizon.weeks;
        let mut weeks = Vec::with_capacity(cells.len());
        for (row, cell) in cells.iter().enumerate() {
            let number = cell.parse::<usize>().ok().filter(|_| !self.table.rows[row].is_total);
            weeks.push(number.and_then(|number| number.checked_sub(1)).filter(|&week| week < planned));
            if number.is_some_and(|number| number == 0 || number > planned) {
                self.fault(row, at, &format!("the weeks of the plan are 1 to {planned}"));
            }
        }
        weeks
    }

    fn by_date(&mut self, at: usize, cells: &[&str]) -> Vec<Option<usize>> {
        let Some(start) = self.horizon.start else {
            let message = format!("`{KEY}`: {} names its weeks by dates, and the plan has none", self.table.file);
            self.fields.fault(KEY, message, "add start, the first day of week 1, to [horizon]");
            self.shown += 1;
            return vec![None; cells.len()];
        };
        let mut weeks = Vec::with_capacity(cells.len());
        for (row, cell) in columns::dates(cells).into_iter().enumerate() {
            let day = match cell {
                _ if self.table.rows[row].is_total => None,
                Ok(Some(day)) => Some(day),
                Ok(None) => {
                    self.fault(row, at, "which week is this row?");
                    None
                }
                Err(why) => {
                    self.fault(row, at, &why);
                    None
                }
            };
            weeks.push(day.and_then(|day| week_of(start, day)).filter(|&week| week < self.horizon.weeks));
        }
        weeks
    }

    fn fault(&mut self, row: usize, at: usize, why: &str) {
        self.shown += 1;
        if self.shown > MOST_SHOWN {
            return;
        }
        let (file, line) = (&self.table.file, self.table.rows[row].line);
        let place = self.fields.place_in_file(file, line, &self.table.rows[row].cells[at]);
        let message = format!("`{KEY}`: column `{}` of {file} can't be used in line {line}", self.table.names[at]);
        self.fields.fault_at(&place, message, why);
    }
}

/// The week of a day, counted from 0 from that of `start`; none for days before it.
fn week_of(start: Date, day: Date) -> Option<usize> {
    usize::try_from(day.days_since(start)).ok().map(|days| days / 7)
}
