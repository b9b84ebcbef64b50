//! `{ file = "draws.csv", column = "cpc" }`: a row of a table of draws, such as the posterior of a fitted model.
//!
//! Inputs that name one file take the same row in a draw, so what was correlated in the file stays so.

use std::sync::Arc;

use super::form::{Form, Parts, Slot};
use super::refusal::Refusal;
use super::value_reader::ValueReader;
use super::{Distribution, Row, Shares, Written};

pub(super) const FORM: Form = Form {
    slots: &[Slot::Text("file"), Slot::Text("column")],
    example: "{ file = \"draws.csv\", column = \"cpc\" }",
    read,
};

fn read(_: &ValueReader<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    let texts = [parts.take_text("file"), parts.take_text("column")];
    let [Some((file, file_place)), Some((column, column_place))] = texts else {
        return Err("expected a file and a column".into());
    };
    Ok(Written::Row(Row { file, file_place, column, column_place }))
}

/// `Q(u)` is row `floor(u·rows)`: the rows in the order of the file, not of their values, so that a draw takes the
/// same one in every column.
#[derive(Debug)]
pub(super) struct RowLaw {
    rows: Arc<[f64]>,
}

impl RowLaw {
    pub(super) fn new(rows: Arc<[f64]>) -> Self {
        Self { rows }
    }
}

impl Distribution for RowLaw {
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
