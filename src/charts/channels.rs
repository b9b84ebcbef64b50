//! Channels: which of them bring more than they cost?

use crate::text::{capital, clean, percent};

use super::axis::Axis;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::levels::Interval;
use super::names;
use super::theme::{DARK, GRID, INK, MUTED, PALE, Style};
use super::ticks::{drawable, ticks};

/// What the chart of channels is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Channels<'a> {
    /// The channels, in the order in which they shall stand.
    pub rows: &'a [Channel<'a>],
    /// Part of all revenue that these channels bring, from 0 to 1; deals that are open today may bring the rest.
    pub of_all: f64,
    /// Part of the futures in which the channels bring no revenue, so that there is nothing to take shares of.
    pub without_revenue: f64,
}

/// One channel's part in all spend and in all revenue.
#[derive(Clone, Copy, Debug)]
pub struct Channel<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its share of all spend, taken future by future: P10, mean, P90, from 0 to 1; not a number where it costs nothing.
    pub spend: Interval,
    /// Its share of all revenue that the channels bring, taken future by future: P10, mean, P90, from 0 to 1.
    pub revenue: Interval,
}

/// More rows than these would be too low to read from a distance.
const MOST_ROWS: usize = 30;

/// From this part of the futures without any revenue on, it is said.
const WORTH_SAYING: f64 = 0.01;

/// Room for the figures between the names and the bars, in pixels. They stand there rather than behind the bars, where a
/// mean beside the end of an interval would be taken for that end.
fn room_for_figures(rows: &[Row]) -> f64 {
    let shares = rows.iter().flat_map(|row| [row.spend, row.revenue]).flatten();
    shares.map(|share| Style::TICK.width(&percent(share.middle))).fold(0.0, f64::max) + 30.0
}

/// Draws for each channel its share of spend above its share of revenue. Nothing where there are no shares to compare: no
/// channel brings revenue, or there is one channel.
pub fn draw(channels: &Channels<'_>) -> Option<Drawing> {
    let rows: Vec<Row> = channels.rows.iter().map(Row::of).collect();
    let brings = |row: &Row| row.revenue.is_some_and(|share| share.into_array().iter().any(|level| *level != 0.0));
    let takes = |row: &Row| row.spend.is_some_and(|share| share.middle > 0.0);
    if !rows.iter().any(brings) || rows.iter().filter(|row| brings(row) || takes(row)).count() < 2 {
        return None;
    }
    let shown = &rows[..rows.len().min(MOST_ROWS)];
    let whole = Whole::of(channels.of_all);
    let mut subtitle =
        "Shares of each future on its own: bars are their means, thin lines hold 8 of 10 (P10 to P90).".to_owned();
    // Two lines are the most that there is room for.
    let without = Some(channels.without_revenue).filter(|part| *part >= WORTH_SAYING).map(percent);
    subtitle += &match (whole, without) {
        (Whole::Part(part), None) => {
            format!(
                " The channels bring {} of all revenue; open deals and other sources bring the rest.",
                percent(part)
            )
        }
        (Whole::Part(part), Some(without)) => {
            format!(
                " The channels bring {} of all revenue. The {without} of futures in which they bring none are left out.",
                percent(part)
            )
        }
        (_, Some(without)) => format!(" The {without} of futures in which the channels bring no revenue are left out."),
        (_, None) => String::new(),
    };
    if rows.len() > MOST_ROWS {
        subtitle += &format!(" The last {} of {} channels are left out.", rows.len() - MOST_ROWS, rows.len());
    }
    Some(Drawing::new(capital(&title(&rows, whole)), &subtitle, |canvas, area| {
        key(canvas, area, whole);
        let names = Style::LABEL;
        let widest = shown.iter().map(|row| names.width(&row.name)).fold(0.0, f64::max);
        let figures = room_for_figures(shown);
        let plot = Area {
            left: area.left + widest.clamp(80.0, 420.0) + 28.0 + figures,
            top: area.top + 50.0,
            right: area.right - 30.0,
            bottom: area.bottom - 66.0,
        };
        let axis = shares(canvas, plot, shown);
        let height = plot.height() / shown.len() as f64;
        for (index, row) in shown.iter().enumerate() {
            let top = plot.top + height * index as f64;
            row.draw(canvas, &axis, Area { top, bottom: top + height, left: area.left, right: plot.left }, figures);
            canvas.hint(Area { top, bottom: top + height, ..area }, row.told(whole));
        }
        let zero = axis.at(0.0);
        canvas.line(&[(zero, plot.top), (zero, plot.bottom)], MUTED, 2.0);
    }))
}

/// A channel that can be drawn: shares that are not numbers are missing.
#[derive(Clone, Debug)]
struct Row {
    name: String,
    spend: Option<Interval>,
    revenue: Option<Interval>,
}

impl Row {
    fn of(channel: &Channel<'_>) -> Self {
        Self { name: clean(channel.name), spend: checked(channel.spend), revenue: checked(channel.revenue) }
    }

    /// Draws name and figures, which take the last `figures` pixels, in `area`, and the two bars from its right edge on.
    fn draw(&self, canvas: &mut Canvas<'_>, axis: &Axis, area: Area, figures: f64) {
        let height = area.height();
        let style = Style::LABEL.sized((0.75 * height).min(Style::LABEL.size)).right();
        let most = ((height / style.line_height()) as usize).clamp(1, 2);
        let lines = style.wrap(&self.name, area.width() - 24.0 - figures, most);
        let middle = (area.top + area.bottom) / 2.0;
        let top = middle - 0.5 * style.line_height() * lines.len() as f64;
        canvas.lines(&lines, (area.right - 16.0 - figures, top), style);
        let thick = (0.36 * height).min(44.0);
        for (share, color, top) in [(self.spend, PALE, middle - thick), (self.revenue, DARK, middle)] {
            if let Some(Interval { low, middle: mean, high }) = share {
                let (left, right) = (axis.at(0.0), axis.at(mean));
                canvas.rect(Area { left, right, top, bottom: top + thick - 1.0 }, color);
                canvas.whisker((axis.at(low), axis.at(high)), top + (thick - 1.0) / 2.0, thick);
            }
            if thick >= 17.0 {
                let style = Style::TICK.sized(Style::TICK.size.min(thick)).colored(INK).right();
                let words = share.map_or("–".to_owned(), |share| percent(share.middle));
                canvas.text(&words, (area.right - 14.0, top + thick / 2.0 + 0.35 * style.size), style);
            }
        }
    }

    /// Both shares in words.
    fn told(&self, whole: Whole) -> String {
        let told = |share: Option<Interval>| match share {
            Some(Interval { low, middle: mean, high }) => {
                format!("{} ({} to {})", percent(mean), percent(low), percent(high))
            }
            None => "none".to_owned(),
        };
        format!("{}: {} of {}, {} of the spend", self.name, told(self.revenue), whole.words(), told(self.spend))
    }

    /// Whether the share of revenue is above the share of spend in all but unlikely futures, or below it.
    fn gap(&self) -> Option<Gap> {
        let (spend, revenue) = (self.spend?, self.revenue?);
        match () {
            () if spend.middle <= 0.0 => None,
            () if revenue.low > spend.high => Some(Gap::Above(revenue.middle - spend.middle)),
            () if revenue.high < spend.low => Some(Gap::Below(spend.middle - revenue.middle)),
            () => None,
        }
    }
}

/// A clear difference between the share of revenue and the share of spend.
#[derive(Clone, Copy, Debug)]
enum Gap {
    Above(f64),
    Below(f64),
}

/// What the shares of revenue are shares of.
#[derive(Clone, Copy, Debug)]
enum Whole {
    /// all revenue
    All,
    /// that part of it which the channels bring
    Part(f64),
}

impl Whole {
    fn of(part: f64) -> Self {
        if part < 0.995 { Self::Part(part.max(0.0)) } else { Self::All }
    }

    fn words(self) -> &'static str {
        match self {
            Self::All => "the revenue",
            Self::Part(_) => "the channels' revenue",
        }
    }
}

fn checked(share: Interval) -> Option<Interval> {
    let level = |level: f64| drawable(level).map(|level| level.clamp(0.0, 1.0));
    let (low, middle, high) = (level(share.low)?, level(share.middle)?, level(share.high)?);
    // The mean may lie outside P10 to P90; these two only need to be in order.
    let (low, high) = if low > high { (high, low) } else { (low, high) };
    Some(Interval { low, middle, high })
}

/// Writes what the two bars are.
fn key(canvas: &mut Canvas<'_>, area: Area, whole: Whole) {
    let revenue = match whole {
        Whole::All => "Share of all revenue",
        Whole::Part(_) => "Share of the channels' revenue",
    };
    names::row(canvas, area, &[("Share of all spend", PALE), (revenue, DARK)]);
}

/// Draws the lines and numbers of the shares below the rows.
fn shares(canvas: &mut Canvas<'_>, plot: Area, rows: &[Row]) -> Axis {
    let levels = || rows.iter().flat_map(|row| [row.spend, row.revenue]).flatten().flat_map(Interval::into_array);
    let high = levels().fold(0.0, f64::max);
    let low = levels().fold(0.0, f64::min);
    let range = if high > low { (low, high) } else { (0.0, 1.0) };
    let axis = Axis::new(range, (plot.left, plot.right));
    for tick in ticks(range.0, range.1, 8).0 {
        let at = axis.at(tick);
        canvas.line(&[(at, plot.top), (at, plot.bottom)], GRID, 1.5);
        canvas.text(&percent(tick), (at, plot.bottom + 32.0), Style::TICK.centered());
    }
    canvas.text("Share of the total", (plot.right, plot.bottom + 66.0), Style::TICK.right());
    axis
}

fn title(rows: &[Row], whole: Whole) -> String {
    let revenue = whole.words();
    let name = |row: &Row| Style::TITLE.shorten(&row.name, 760.0);
    let mean = |share: Option<Interval>| share.map_or(0.0, |share| share.middle);
    let pair = |row: &Row| (percent(mean(row.revenue)), percent(mean(row.spend)));
    let largest = |size: fn(&Row) -> Option<f64>| {
        rows.iter()
            .filter_map(|row| size(row).map(|size| (size, row)))
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
            .map(|(_, row)| row)
    };
    let above = largest(|row| if let Some(Gap::Above(gap)) = row.gap() { Some(gap) } else { None });
    let below = largest(|row| if let Some(Gap::Below(gap)) = row.gap() { Some(gap) } else { None });
    let paid: Vec<&Row> = rows.iter().filter(|row| mean(row.spend) > 0.0).collect();
    let Some(first) = largest(|row| row.revenue.map(|share| share.middle).filter(|share| *share > 0.0)) else {
        return "No channel brings any revenue".to_owned();
    };
    let unpaid: f64 = rows.iter().filter(|row| mean(row.spend) <= 0.0).map(|row| mean(row.revenue)).sum();
    match (above, below) {
        _ if paid.is_empty() => {
            format!("No channel has any spend; {} brings the most, {} of {revenue}", name(first), pair(first).0)
        }
        _ if paid.len() == 1 => {
            format!("{} takes all of the spend and brings {} of {revenue}", name(paid[0]), pair(paid[0]).0)
        }
        (_, Some(row)) if unpaid > 0.5 => format!(
            "Channels without spend bring {} of {revenue}; {} brings {} for {} of the spend",
            percent(unpaid),
            name(row),
            pair(row).0,
            pair(row).1
        ),
        _ if unpaid > 0.5 => format!("Channels without spend bring {} of {revenue}", percent(unpaid)),
        (Some(above), Some(below)) => {
            let (more, less) = (pair(above), pair(below));
            format!(
                "{} brings {} of {revenue} for {} of the spend; {} brings {} for {}",
                name(above),
                more.0,
                more.1,
                name(below),
                less.0,
                less.1
            )
        }
        (Some(row), None) => {
            format!("{} brings {} of {revenue} for {} of the spend", name(row), pair(row).0, pair(row).1)
        }
        (None, Some(row)) => {
            format!("{} brings only {} of {revenue} for {} of the spend", name(row), pair(row).0, pair(row).1)
        }
        (None, None) => "No channel's share of revenue is clearly above or below its share of spend".to_owned(),
    }
}
