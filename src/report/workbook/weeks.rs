//! Week by week: what comes and what is used, with sums of what adds up, and a chart of revenue so far.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::charts::Picture;
use crate::engine::Stats;
use crate::model::outcomes::WEEKLY;

use super::super::columns::{Column, Counted, counted_weekly, first_days, numbers, texts};
use super::super::forecast_report::ForecastReport;
use super::binding::finding;
use super::charts;
use super::styles::Styles;
use super::table::{Level, fill, sum, text};

const WEEKS: &str = "Weeks";

const LEVELS: [Level; 4] =
    [("mean", |stats| stats.mean), ("P10", Stats::p10), ("P50", Stats::p50), ("P90", Stats::p90)];

/// Weekly figures that add up over weeks.
const SUMMED: [&str; 4] = ["Spend, mean", "Leads, mean", "Wins, mean", "Revenue, mean"];

/// The sheet.
pub(super) fn sheet(book: &ForecastReport<'_>, drawn: &[Picture], styles: &Styles) -> Result<Worksheet, XlsxError> {
    let (scenario, forecast) = (book.scenario, book.forecast);
    let horizon = scenario.plan.parts.horizon.weeks;
    let count = forecast.weeks.first().map_or(0, Vec::len);
    let mut sheet = Worksheet::new();
    sheet.set_name(WEEKS)?;
    let mut columns = vec![numbers("Week", Counted::Nothing, "", (1..=count).map(|week| week as f64))];
    columns.extend(first_days(scenario, count).map(|days| texts("Starts", "", days.into_iter())));
    let part = |week: usize| if week < horizon { "plan" } else { "after it" }.to_owned();
    columns.push(texts("Part", "", (0..count).map(part)));
    for (weekly, weeks) in WEEKLY.iter().zip(&forecast.weeks) {
        for (level, read) in LEVELS {
            let name = format!("{}, {level}", weekly.title);
            columns.push(numbers(&name, counted_weekly(weekly), "", weeks.iter().map(read)));
        }
    }
    let so_far = columns.len() as u16;
    // Revenue so far is known for the plan's weeks alone.
    let path = forecast.cumulative.get(1..).unwrap_or_default();
    for (level, read) in &LEVELS[1..] {
        let read = |week: usize| path.get(week).map_or(f64::NAN, read);
        columns.push(numbers(&format!("Revenue so far, {level}"), Counted::Money, "", (0..count).map(read)));
    }
    fill(&mut sheet, &columns, styles)?;
    let planned = horizon.min(count) as u32;
    let mut row = count as u32 + 1;
    for (name, first, last) in [("Plan", 1, planned), ("After it", planned + 1, count as u32)] {
        if first <= last {
            sums(&mut sheet, (row, name), (first, last), &columns, styles)?;
            row += 1;
        }
    }
    let finding = finding(drawn, "cumulative").unwrap_or("Revenue by the end of each week");
    let band = charts::Band { sheet: WEEKS, finding, weeks: path.len().min(count) as u32, low: so_far };
    charts::band(&mut sheet, &band, &columns, row + 1, styles)?;
    Ok(sheet)
}

/// Sums over weeks `first` to `last`, in a row of their own.
fn sums(
    sheet: &mut Worksheet,
    (row, name): (u32, &str),
    weeks: (u32, u32),
    columns: &[Column],
    styles: &Styles,
) -> Result<(), XlsxError> {
    text(sheet, (row, 0), name, &styles.total)?;
    for (at, column) in (0_u16..).zip(columns) {
        if SUMMED.contains(&column.name.as_str()) {
            sum(sheet, (row, at), weeks, column, styles)?;
        }
    }
    Ok(())
}
