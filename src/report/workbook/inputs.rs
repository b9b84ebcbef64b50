//! Every figure of the plan as it was written, beside how it was read.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::scenario::{RawPlan, Scenario};

use super::super::assumptions::{Assumption, Read, assumptions};
use super::super::columns::{Counted, numbers, texts};
use super::styles::Styles;
use super::table::fill;

/// The sheet.
pub(super) fn sheet(scenario: &Scenario, plan: &RawPlan, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let all = assumptions(scenario, plan);
    let column = |name: &str, read: fn(&Assumption<'_>) -> String| texts(name, "", all.iter().map(read));
    let level = |name: &str, at: usize| {
        let read = |own: &Assumption<'_>| match (own.read, own.read.levels()) {
            (_, Some(levels)) => levels[at],
            (Read::Certain(number), None) if at == 1 => number,
            _ => f64::NAN,
        };
        numbers(name, Counted::Nothing, "", all.iter().map(read))
    };
    let columns = [
        column("Table", |own| own.table.clone()),
        column("Figure", |own| own.name.clone()),
        column("As written", |own| own.written.clone()),
        level("P10", 0),
        level("Value, or P50", 1),
        level("P90", 2),
        column("Unit", |own| own.unit.to_owned()),
        column("Meaning", |own| own.about.to_owned()),
    ];
    let mut sheet = Worksheet::new();
    sheet.set_name("Inputs")?;
    fill(&mut sheet, &columns, styles)?;
    Ok(sheet)
}
