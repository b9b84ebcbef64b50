//! What drives an outcome: its mean where a figure of the plan is low, and where it is high, the widest first.

use plotters::style::RGBColor;

use crate::text::{Scale, clean};

use super::axis::Axis;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::measure::Measure;
use super::names;
use super::theme::{DARK, INK, MEDIUM, MUTED, Style};
use super::ticks::drawable;

/// What the tornado is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Tornado<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The outcome.
    pub measure: Measure<'a>,
    /// Its mean over all draws.
    pub mean: f64,
    /// The figures, the widest first; the first twelve are drawn.
    pub rows: &'a [TornadoRow<'a>],
}

/// What the outcome is at both ends of one figure.
#[derive(Clone, Copy, Debug)]
pub struct TornadoRow<'a> {
    /// What the figure is called.
    pub name: &'a str,
    /// The mean of the outcome where the figure is among its lowest fifth of draws.
    pub low: f64,
    /// The mean where it is among its highest fifth.
    pub high: f64,
    /// Whether the two can't be told apart.
    pub within_error: bool,
}

/// More rows than these would be too low to read.
const MOST_ROWS: usize = 12;
/// Room that the row of colors takes above the plot, in pixels.
const KEYS: f64 = 46.0;
/// The color of both ends where they can't be told apart.
const UNCLEAR: RGBColor = RGBColor(176, 184, 192);
/// How figures beside the ends are written.
const FIGURE: Style = Style::TICK.colored(INK).sized(22.0);

/// Draws a bar for each figure, from the mean of the outcome to what it is at either end of the figure.
pub fn draw(tornado: &Tornado<'_>) -> Option<Drawing> {
    let measure = &tornado.measure;
    let mean = drawable(tornado.mean)?;
    let rows: Vec<Row> = tornado.rows.iter().filter_map(Row::of).take(MOST_ROWS).collect();
    if rows.is_empty() {
        return None;
    }
    let ends: Vec<f64> = rows.iter().flat_map(|row| [row.low, row.high]).collect();
    let scale = Scale::of(&ends);
    let unclear = rows.iter().any(|row| row.within_error);
    let mut subtitle = format!(
        "Mean {} in the fifth of {} in which a figure is lowest, and in that in which it is highest. Upright line: the mean of all.",
        measure.noun(),
        measure.futures()
    );
    if unclear {
        subtitle += " Gray: within the simulation's error.";
    }
    if tornado.rows.len() > rows.len() {
        subtitle += &format!(" The last {} figures are left out.", tornado.rows.len() - rows.len());
    }
    Some(Drawing::new(tornado.finding.to_owned(), &subtitle, |canvas, area| {
        names::row(canvas, area, &[("where the figure is low", MEDIUM), ("where it is high", DARK)]);
        let named = rows.iter().map(|row| Style::LABEL.width(&row.name)).fold(0.0, f64::max);
        let figures = ends.iter().map(|&end| FIGURE.width(&scale.write(end))).fold(0.0, f64::max) + 26.0;
        let left = area.left + named.clamp(80.0, 460.0) + 24.0;
        let plot = Area { left, top: area.top + KEYS, right: area.right, bottom: area.bottom - 66.0 };
        let axis = Axis::new(range(mean, &ends), (plot.left + figures, plot.right - figures));
        axis.below(canvas, plot, &measure.axis(900.0));
        let height = plot.height() / rows.len() as f64;
        for (place, row) in rows.iter().enumerate() {
            let top = plot.top + height * place as f64;
            let room = Area { left: area.left, top, right: plot.left, bottom: top + height };
            row.draw(canvas, &axis, &Place { room, mean, scale: &scale });
        }
        let x = axis.at(mean);
        canvas.line(&[(x, plot.top), (x, plot.bottom)], MUTED, 2.5);
    }))
}

/// From where to where the axis runs: all ends and the mean.
fn range(mean: f64, ends: &[f64]) -> (f64, f64) {
    let (low, high) = ends.iter().fold((mean, mean), |(low, high), &end| (low.min(end), high.max(end)));
    if high > low { (low, high) } else { (mean - 1.0_f64.max(mean.abs()), mean + 1.0_f64.max(mean.abs())) }
}

/// A row that can be drawn.
#[derive(Clone, Debug)]
struct Row {
    name: String,
    low: f64,
    high: f64,
    within_error: bool,
}

/// Where a row is drawn.
struct Place<'s> {
    /// left of the bars, as high as the row
    room: Area,
    mean: f64,
    scale: &'s Scale,
}

impl Row {
    fn of(row: &TornadoRow<'_>) -> Option<Self> {
        Some(Self {
            name: clean(row.name),
            low: drawable(row.low)?,
            high: drawable(row.high)?,
            within_error: row.within_error,
        })
    }

    fn draw(&self, canvas: &mut Canvas<'_>, axis: &Axis, place: &Place<'_>) {
        let Area { top, bottom, right: edge, .. } = place.room;
        let height = bottom - top;
        let style = Style::LABEL.sized((0.7 * height).min(Style::LABEL.size)).right();
        let most = ((height / style.line_height()) as usize).clamp(1, 2);
        let lines = style.wrap(&self.name, place.room.width() - 16.0, most);
        let middle = (top + bottom) / 2.0;
        canvas.lines(&lines, (edge - 16.0, middle - 0.5 * style.line_height() * lines.len() as f64), style);
        let thick = (0.62 * height).min(56.0);
        let zero = axis.at(place.mean);
        let mut ends = [(self.low, MEDIUM), (self.high, DARK)];
        // Where both lie on one side of the mean, the shorter is drawn over the longer.
        ends.sort_by(|a, b| (b.0 - place.mean).abs().total_cmp(&(a.0 - place.mean).abs()));
        for (end, color) in ends {
            let x = axis.at(end);
            // An end at the mean is still a line.
            let widen = if (x - zero).abs() < 3.0 { 1.5 } else { 0.0 };
            let bar = Area {
                left: x.min(zero) - widen,
                top: middle - thick / 2.0,
                right: x.max(zero) + widen,
                bottom: middle + thick / 2.0,
            };
            canvas.rect(bar, if self.within_error { UNCLEAR } else { color });
        }
        let figure = FIGURE.sized((0.7 * height).min(FIGURE.size));
        let foot = middle + 0.35 * figure.size;
        let (first, last) = (self.low.min(self.high), self.low.max(self.high));
        let (left, right) = (axis.at(first).min(zero), axis.at(last).max(zero));
        canvas.plate(&place.scale.write(first), (left - 12.0, foot), figure.right());
        canvas.plate(&place.scale.write(last), (right + 12.0, foot), figure);
    }
}
