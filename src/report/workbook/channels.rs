//! Channels and other sources: what each costs and brings, with sums, and a chart of their revenue.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::engine::Stats;
use crate::model::outcomes::SOURCE_FIGURES;

use super::super::columns::{Cells, Column, Counted, numbers, texts};
use super::super::forecast_report::ForecastReport;
use super::super::words::{BELOW_CHANNELS, shown_source};
use super::charts;
use super::styles::Styles;
use super::table::{Level, cell, fill, formula, sum, text};

const CHANNELS: &str = "Channels";

/// The sheet.
pub(super) fn sheet(book: &ForecastReport<'_>, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let (plan, sources) = (&book.scenario.plan, &book.forecast.sources);
    let mut sheet = Worksheet::new();
    sheet.set_name(CHANNELS)?;
    let pairs = || sources.iter().zip(&plan.sources);
    let kind = |is_channel: bool| if is_channel { "channel" } else { "other source" }.to_owned();
    let mut columns = vec![
        texts("Channel or source", "", pairs().map(|((name, _), source)| shown_source(plan, source, name).to_owned())),
        texts("Kind", "", pairs().map(|(_, source)| kind(source.channel.is_some()))),
    ];
    for (at, figure) in SOURCE_FIGURES.iter().enumerate() {
        let means = sources.iter().map(|(_, figures)| figures[at].mean);
        let title = crate::text::capital(&figure.key.replace('_', " "));
        columns.push(numbers(&format!("{title}, mean"), figure.unit.into(), "", means));
    }
    let revenue = SOURCE_FIGURES.iter().position(|figure| figure.key == "revenue").unwrap_or_default();
    let levels: [Level; 3] = [("Revenue, P10", Stats::p10), ("Revenue, P50", Stats::p50), ("Revenue, P90", Stats::p90)];
    for (title, level) in levels {
        columns.push(numbers(title, Counted::Money, "", sources.iter().map(|(_, figures)| level(&figures[revenue]))));
    }
    fill(&mut sheet, &columns, styles)?;
    let rows = sources.len() as u32;
    if rows > 0 {
        let sums = sums(&mut sheet, rows, &columns, styles)?;
        ratios(&mut sheet, rows, &columns, &sums, styles)?;
        let bars = charts::Bars {
            sheet: CHANNELS,
            finding: "What each channel and source brings: mean revenue, lines from P10 to P90",
            what: "Revenue",
            rows,
            mean: place(&columns, "Revenue, mean"),
            low: place(&columns, "Revenue, P10"),
            high: place(&columns, "Revenue, P90"),
            arms: columns.len() as u16 + RATIOS.len() as u16 + 1,
        };
        charts::bars(&mut sheet, &bars, &columns, rows + 4, styles)?;
    }
    text(&mut sheet, (rows + 2, 0), BELOW_CHANNELS, &rust_xlsxwriter::Format::new())?;
    Ok(sheet)
}

/// Sums of what adds up over channels, in the row below them; not numbers for other columns.
fn sums(sheet: &mut Worksheet, rows: u32, columns: &[Column], styles: &Styles) -> Result<Vec<f64>, XlsxError> {
    text(sheet, (rows + 1, 0), "All", &styles.total)?;
    text(sheet, (rows + 1, 1), "", &styles.total)?;
    let mut sums = Vec::with_capacity(columns.len());
    for (at, column) in (0_u16..).zip(columns) {
        sums.push(match column.name.ends_with("mean") {
            true => sum(sheet, (rows + 1, at), (1, rows), column, styles)?,
            false => f64::NAN,
        });
    }
    Ok(sums)
}

/// A ratio of two columns: its name, above, below, what it is counted in.
const RATIOS: [(&str, &str, &str, Counted); 2] = [
    ("Cost of a win", "Spend, mean", "Wins, mean", Counted::Money),
    ("Revenue for each of spend", "Revenue, mean", "Spend, mean", Counted::Ratio),
];

/// Ratios of every channel that costs money, as formulas.
fn ratios(
    sheet: &mut Worksheet,
    rows: u32,
    columns: &[Column],
    sums: &[f64],
    styles: &Styles,
) -> Result<(), XlsxError> {
    let value = |column: u16, row: u32| match &columns[usize::from(column)].cells {
        _ if row > rows => sums[usize::from(column)],
        Cells::Numbers(numbers) => numbers[row as usize - 1],
        Cells::Texts(_) => f64::NAN,
    };
    let spend = place(columns, "Spend, mean");
    for (own, (title, above, below, counted)) in (columns.len() as u16..).zip(RATIOS) {
        let (above, below) = (place(columns, above), place(columns, below));
        let shown = Column { name: title.to_owned(), counted, about: String::new(), cells: Cells::Texts(Vec::new()) };
        text(sheet, (0, own), &super::table::header(&shown, styles), &styles.figures)?;
        sheet.set_column_width(own, 14)?;
        for row in 1..=rows {
            if value(spend, row) > 0.0 {
                let [a, b] = [above, below].map(|column| cell((row, column)));
                let result = if value(below, row) == 0.0 { f64::NAN } else { value(above, row) / value(below, row) };
                formula(sheet, (row, own), (&format!("={a}/{b}"), result), &styles.figure(counted))?;
            }
        }
    }
    Ok(())
}

/// Where a column stands.
fn place(columns: &[Column], name: &str) -> u16 {
    columns.iter().position(|column| column.name == name).unwrap_or_default() as u16
}
