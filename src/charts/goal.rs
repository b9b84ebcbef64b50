//! What would it take? The figure that a goal is about, over what is turned to reach it, with the answer marked.

use crate::text::{Scale, clean};

use super::axis::{Frame, Plot, Side};
use super::drawing::Drawing;
use super::names::{self, End};
use super::theme::{DARK, INK, ORANGE, PALE, Style};
use super::ticks::drawable;
use super::varied::Varied;

/// What the chart of a goal is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Goal<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// What the figure is, with its unit.
    pub up: &'a str,
    /// Whether the figure is a chance, from 0 to 1.
    pub is_chance: bool,
    /// What is turned, over values in rising order.
    pub across: Varied<'a>,
    /// The figure at each value of `across`, in the same order.
    pub values: &'a [GoalValue],
    /// What is to be reached.
    pub level: f64,
    /// The value that reaches it, where there is one.
    pub found: Option<Found<'a>>,
    /// The value in today's plan.
    pub today: Option<f64>,
}

/// The figure at one value; what is not a number is left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoalValue {
    /// The low end of its 95% interval.
    pub low: f64,
    /// The figure.
    pub value: f64,
    /// The high end.
    pub high: f64,
}

/// The value that reaches a goal.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The value.
    pub at: f64,
    /// The low end of its 95% interval; none where that is open.
    pub low: Option<f64>,
    /// The high end.
    pub high: Option<f64>,
    /// The value in writing.
    pub words: &'a str,
}

/// A value that can be drawn: where it stands, and the interval of the figure there.
#[derive(Clone, Copy, Debug)]
struct Point {
    x: f64,
    low: f64,
    value: f64,
    high: f64,
}

/// Draws the figure with its interval over what is turned, the level that is to be reached, and where it is.
pub fn draw(goal: &Goal<'_>) -> Drawing {
    let points = points(goal);
    let (Some(last), Some(level)) = (points.last(), drawable(goal.level)) else {
        return Drawing::without_data(
            "What the goal takes is not known",
            "No value that was tried ended with a figure, so there is nothing to show.",
        );
    };
    let scale_of = if goal.is_chance { 100.0 } else { 1.0 };
    let figure = |x: f64| {
        if goal.is_chance { format!("{:.0}%", x) } else { Scale::of(&[x]).write_typed(x) }
    };
    let level = scale_of * level;
    let wanted = format!("Goal {}", figure(level));
    let reached = figure(last.value);
    let ends = [
        End { at: (f64::INFINITY, level), name: &wanted, style: Style::LABEL.bold().colored(ORANGE) },
        End { at: (last.x, last.value), name: &reached, style: Style::LABEL.bold().colored(DARK) },
    ];
    let frame = frame(goal, &points, level, &ends);
    let about = "Line: the figure; pale band: its 95% interval. Upright line: today's plan. Dot: the value that reaches the goal, with its 95% interval.";
    Drawing::new(goal.finding.to_owned(), about, |canvas, area| {
        let plot = frame.draw(canvas, area);
        let edge = |read: fn(&Point) -> f64| -> Vec<(f64, f64)> {
            points.iter().map(|point| (plot.x.at(point.x), plot.y.at(read(point)))).collect()
        };
        canvas.band(&edge(|point| point.high), &edge(|point| point.low), PALE);
        plot.ground(canvas);
        let y = plot.y.at(level);
        canvas.dashes((plot.area.left, y), (plot.area.right, y), (ORANGE, 4.0));
        canvas.line(&edge(|point| point.value), DARK, 6.0);
        let found = goal.found.filter(|found| drawable(found.at).is_some());
        let places = upright(&plot, goal, found);
        for Upright { x, words, at } in places {
            canvas.dashes((x, plot.area.top - 4.0), (x, plot.area.bottom), (INK, 2.5));
            canvas.text(&words, (at, plot.area.top - 12.0), Style::LABEL.centered());
        }
        if let Some(found) = found {
            let x = plot.x.at(found.at);
            let end = |end: Option<f64>, open: f64| {
                end.and_then(drawable).map_or(open, |end| plot.x.at(end).clamp(plot.area.left, plot.area.right))
            };
            canvas.whisker((end(found.low, plot.area.left), end(found.high, plot.area.right)), y, 30.0);
            canvas.dot((x, y), 11.0, DARK);
        }
        names::at_ends(canvas, &plot, &ends);
    })
}

fn points(goal: &Goal<'_>) -> Vec<Point> {
    let scale = if goal.is_chance { 100.0 } else { 1.0 };
    let point = |(x, own): (Option<f64>, &GoalValue)| {
        let value = scale * drawable(own.value)?;
        let end = |end: f64| drawable(end).map_or(value, |end| scale * end);
        Some(Point { x: x?, low: end(own.low).min(value), value, high: end(own.high).max(value) })
    };
    let mut points: Vec<Point> = goal.across.places().into_iter().zip(goal.values).filter_map(point).collect();
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}

fn frame(goal: &Goal<'_>, points: &[Point], level: f64, ends: &[End<'_>]) -> Frame {
    let heights = || points.iter().flat_map(|point| [point.low, point.high]).chain([level]);
    let range = if goal.is_chance {
        (0.0, 100.0)
    } else {
        let (low, high) = (heights().fold(f64::INFINITY, f64::min), heights().fold(f64::NEG_INFINITY, f64::max));
        let rim = 0.05 * (high - low);
        (if low >= 0.0 && low < 0.5 * high { 0.0 } else { low - rim }, high + rim)
    };
    Frame {
        across: goal.across.side(1000.0),
        up: Side::up(range, 6, Style::TICK.shorten(&clean(goal.up), 1400.0)),
        lane: 36.0,
        left: 0.0,
        gutter: names::gutter(ends),
    }
}

/// An upright line and the middle of its words.
struct Upright {
    x: f64,
    words: String,
    at: f64,
}

/// The upright lines: today's value, and the one that was found, whose words keep clear of each other.
fn upright(plot: &Plot, goal: &Goal<'_>, found: Option<Found<'_>>) -> Vec<Upright> {
    let style = Style::LABEL;
    let line = |x: f64, words: &str| {
        let x = plot.x.at(x);
        let words = style.shorten(&clean(words), 400.0);
        let half = style.width(&words) / 2.0;
        let at = x.clamp(plot.area.left + half, (plot.area.right - half).max(plot.area.left + half));
        Upright { x, words, at }
    };
    let shown = |x: &f64| plot.x.shows(*x);
    let mut lines: Vec<Upright> =
        found.filter(|found| shown(&found.at)).map(|found| line(found.at, found.words)).into_iter().collect();
    if let Some(today) = goal.today.and_then(drawable).filter(shown) {
        let mut today = line(today, "today");
        let clash = |other: &Upright| {
            (other.at - today.at).abs() < (style.width(&other.words) + style.width(&today.words)) / 2.0 + 16.0
        };
        if lines.iter().any(clash) {
            today.words.clear();
        }
        lines.push(today);
    }
    lines
}
