//! Native charts, which a reader can edit: distributions, bars with their intervals, a band over weeks. Each stands on
//! cells of its sheet.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartErrorBars, ChartErrorBarsType, ChartFont, ChartFormat, ChartLine, ChartRange,
    ChartSolidFill, ChartType, Worksheet, XlsxError,
};

use crate::text::in_currency;

use super::super::columns::{Cells, Column, Counted};
use super::styles::Styles;
use super::table::{cell, formula, number, text};

const DARK: u32 = 0x0010_4474;
const PALE: u32 = 0x00BE_D9F0;

/// Bars of a distribution.
const BARS: usize = 30;

/// Width of a chart in pixels; a row of a sheet is 20 high.
const WIDTH: u32 = 860;
const HEIGHT: u32 = 380;

/// Where the next histogram goes, and the column that its bars go to.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) row: u32,
    pub(super) bars: u16,
}

/// An outcome in every draw.
pub(super) struct Spread<'a> {
    /// what the outcome is called
    pub(super) title: &'a str,
    pub(super) finding: &'a str,
    pub(super) draws: &'a [f64],
}

/// The sheet that bars of histograms stand on.
pub(super) const BARS_OF: &str = "Distributions";

/// A histogram, its bars on a sheet of their own; gives the place of the next.
pub(super) fn distribution(
    (sheet, bars_of): (&mut Worksheet, &mut Worksheet),
    outcome: &Spread<'_>,
    place: Place,
    styles: &Styles,
) -> Result<Place, XlsxError> {
    let bars = histogram(outcome.draws);
    if bars.len() < 2 {
        return Ok(place);
    }
    let (from, share) = (place.bars, place.bars + 1);
    bars_of.set_column_range_width(from, share, 16)?;
    text(bars_of, (0, from), &format!("{} from", outcome.title), &styles.figures)?;
    text(bars_of, (0, share), "Share of draws", &styles.figures)?;
    for (row, bar) in (1_u32..).zip(&bars) {
        number(bars_of, (row, from), bar.from, &styles.figure(Counted::Money))?;
        number(bars_of, (row, share), bar.share, &styles.figure(Counted::Share))?;
    }
    let last = bars.len() as u32;
    let mut chart = Chart::new(ChartType::Column);
    chart
        .add_series()
        .set_name("Share of draws")
        .set_categories((BARS_OF, 1, from, last, from))
        .set_values((BARS_OF, 1, share, last, share))
        .set_format(&mut filled(DARK))
        .set_gap(6);
    name(&mut chart, outcome.finding);
    chart
        .x_axis()
        .set_name(&in_currency(&format!("{}, from", outcome.title), &styles.currency))
        .set_num_format("#,##0")
        .set_label_interval(3);
    chart.y_axis().set_name("Share of draws").set_num_format("0%");
    insert(sheet, place.row, chart, HEIGHT)?;
    Ok(Place { row: place.row + HEIGHT / 20 + 2, bars: place.bars + 3 })
}

/// A bar of a histogram.
struct Bar {
    /// its lower end
    from: f64,
    /// its share of the draws
    share: f64,
}

/// Equal parts of a figure's range, each with its share of the draws.
fn histogram(draws: &[f64]) -> Vec<Bar> {
    let finite = || draws.iter().copied().filter(|draw| draw.is_finite());
    let (low, high) =
        finite().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), own| (low.min(own), high.max(own)));
    if low >= high || !(high - low).is_finite() {
        return Vec::new();
    }
    let width = (high - low) / BARS as f64;
    let mut counts = [0_u32; BARS];
    let mut all = 0.0;
    for draw in finite() {
        counts[(((draw - low) / width) as usize).min(BARS - 1)] += 1;
        all += 1.0;
    }
    let bar = |(at, &count): (usize, &u32)| Bar { from: low + width * at as f64, share: f64::from(count) / all };
    counts.iter().enumerate().map(bar).collect()
}

/// Means with lines from P10 to P90, a bar a row of a table whose first column names them.
pub(super) struct Bars<'a> {
    /// the sheet
    pub(super) sheet: &'a str,
    pub(super) finding: &'a str,
    /// what is shown, a sum of money
    pub(super) what: &'a str,
    /// rows of the table
    pub(super) rows: u32,
    /// columns of the mean, P10 and P90
    pub(super) mean: u16,
    pub(super) low: u16,
    pub(super) high: u16,
    /// the first of two free columns, for the lengths of the lines
    pub(super) arms: u16,
}

/// Draws the bars below row `at` of the sheet.
pub(super) fn bars(
    sheet: &mut Worksheet,
    own: &Bars<'_>,
    columns: &[Column],
    at: u32,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let value = |column: u16, row: u32| match &columns[usize::from(column)].cells {
        Cells::Numbers(numbers) => numbers[row as usize - 1],
        Cells::Texts(_) => f64::NAN,
    };
    let arms = [("P90 above the mean", own.high, own.mean), ("P10 below the mean", own.mean, own.low)];
    for (column, (title, more, less)) in (own.arms..).zip(arms) {
        text(sheet, (0, column), title, &styles.figures)?;
        sheet.set_column_width(column, 12)?;
        for row in 1..=own.rows {
            let arm = format!("=MAX(0,{}-{})", cell((row, more)), cell((row, less)));
            let result = (value(more, row) - value(less, row)).max(0.0);
            formula(sheet, (row, column), (&arm, result), &styles.figure(Counted::Money))?;
        }
    }
    let range = |column: u16| (own.sheet, 1, column, own.rows, column);
    let arm = |column: u16| ChartRange::new_from_range(own.sheet, 1, column, own.rows, column);
    let error_bars = ChartErrorBarsType::Custom(arm(own.arms), arm(own.arms + 1));
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_name(&format!("{}, mean; lines from P10 to P90", own.what))
        .set_categories(range(0))
        .set_values(range(own.mean))
        .set_format(&mut filled(DARK))
        .set_x_error_bars(ChartErrorBars::new().set_type(error_bars));
    name(&mut chart, own.finding);
    // The first row of the table stands at the top, and the figures at the bottom all the same.
    chart.y_axis().set_reverse();
    let axis = in_currency(&format!("{}, mean; lines from P10 to P90", own.what), &styles.currency);
    chart.x_axis().set_name(&axis).set_num_format("#,##0").set_label_position(ChartAxisLabelPosition::High);
    insert(sheet, at, chart, 140 + 28 * own.rows.min(40))
}

/// A band from P10 to P90 and the median, over weeks.
pub(super) struct Band<'a> {
    /// the sheet
    pub(super) sheet: &'a str,
    pub(super) finding: &'a str,
    /// weeks from the first on
    pub(super) weeks: u32,
    /// the column of P10; P50 and P90 stand beside it, and then a free one
    pub(super) low: u16,
}

/// Draws the band below row `at` of the sheet.
pub(super) fn band(
    sheet: &mut Worksheet,
    own: &Band<'_>,
    columns: &[Column],
    at: u32,
    styles: &Styles,
) -> Result<(), XlsxError> {
    if own.weeks < 2 {
        return Ok(());
    }
    let [low, middle, high, height] = [0, 1, 2, 3].map(|further| own.low + further);
    let value = |column: u16, row: u32| match &columns[usize::from(column)].cells {
        Cells::Numbers(numbers) => numbers[row as usize - 1],
        Cells::Texts(_) => f64::NAN,
    };
    text(sheet, (0, height), "Revenue so far, P90 less P10", &styles.figures)?;
    sheet.set_column_width(height, 14)?;
    for row in 1..=own.weeks {
        let less = format!("={}-{}", cell((row, high)), cell((row, low)));
        formula(sheet, (row, height), (&less, value(high, row) - value(low, row)), &styles.figure(Counted::Money))?;
    }
    let range = |column: u16| (own.sheet, 1, column, own.weeks, column);
    let mut chart = Chart::new(ChartType::AreaStacked);
    let mut unseen = ChartFormat::new();
    unseen.set_no_fill();
    chart.add_series().set_name("up to P10").set_categories(range(0)).set_values(range(low)).set_format(&mut unseen);
    let series = chart.add_series();
    series.set_name("P10 to P90").set_categories(range(0)).set_values(range(height)).set_format(&mut filled(PALE));
    let mut line = Chart::new(ChartType::Line);
    let mut stroke = ChartFormat::new();
    stroke.set_line(ChartLine::new().set_color(DARK).set_width(2.25));
    line.add_series().set_name("P50").set_categories(range(0)).set_values(range(middle)).set_format(&mut stroke);
    chart.combine(&line);
    name(&mut chart, own.finding);
    chart.x_axis().set_name("Week; P10 to P90 as a band, P50 as a line");
    chart.y_axis().set_name(&in_currency("Revenue so far", &styles.currency)).set_num_format("#,##0");
    insert(sheet, at, chart, HEIGHT)
}

fn filled(color: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(color));
    format
}

/// Names a chart by its finding, which a screen reader tells too.
fn name(chart: &mut Chart, finding: &str) {
    // A title that begins with = would be taken for a cell.
    let title = if finding.starts_with('=') { format!(" {finding}") } else { finding.to_owned() };
    let mut font = ChartFont::new();
    font.set_size(12).set_bold();
    chart.title().set_name(&title).set_font(&font);
    chart.set_alt_text(finding.chars().take(250).collect::<String>());
    chart.legend().set_hidden();
}

fn insert(sheet: &mut Worksheet, row: u32, mut chart: Chart, height: u32) -> Result<(), XlsxError> {
    chart.set_width(WIDTH).set_height(height);
    sheet.insert_chart(row, 0, &chart).map(|_| ())
}
