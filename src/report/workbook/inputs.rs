//! Every figure of the plan as it was written, beside how it was read.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::scenario::{RawPlan, Scenario};
use crate::units::Levels;

use super::super::assumptions::{Assumption, Read, assumptions};
use super::super::columns::{Counted, numbers, texts};
use super::styles::Styles;
use super::table::fill;

/// The sheet.
pub(super) fn sheet(scenario: &Scenario, plan: &RawPlan, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let all = assumptions(scenario, plan);
    let column = |name: &str, read: fn(&Assumption<'_>) -> String| texts(name, "", all.iter().map(read));
    let levels = |own: &Assumption<'_>| match (own.read, own.read.levels()) {
        (_, Some(levels)) => levels,
        (Read::Certain(number), None) => Levels { p50: number, p10: f64::NAN, p90: f64::NAN },
        (_, None) => Levels::of(|_| f64::NAN),
    };
    let level =
        |name: &str, read: fn(Levels) -> f64| numbers(name, Counted::Nothing, "", all.iter().map(levels).map(read));
    let columns = [
        column("Table", |own| own.table.clone()),
        column("Figure", |own| own.name.clone()),
        column("As written", |own| own.written.clone()),
        level("P10", |levels| levels.p10),
        level("Value, or P50", |levels| levels.p50),
        level("P90", |levels| levels.p90),
        column("Unit", |own| own.unit.to_owned()),
        column("Meaning", |own| own.about.to_owned()),
    ];
    let mut sheet = Worksheet::new();
    sheet.set_name("Inputs")?;
    fill(&mut sheet, &columns, styles)?;
    Ok(sheet)
}
