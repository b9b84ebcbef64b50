//! One figure of the plan varied: how does an outcome follow it, and how does the chance of the target?

use crate::text::{Scale, clean, money, of_hundred, short};

use super::axis::{Frame, Plot, Side};
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::levels::{Bands, Interval};
use super::measure::Measure;
use super::names::{self, End};
use super::theme::{DARK, INK, MEDIUM, ORANGE, PALE, Style, WHITE};
use super::ticks::drawable;
use super::varied::{Values, Varied};

/// What the chart of a sweep is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Sweep<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The outcome.
    pub measure: Measure<'a>,
    /// What is varied, amounts in rising order.
    pub across: Varied<'a>,
    /// The outcome at each value of `across`, in the same order.
    pub points: &'a [SweepPoint],
    /// What shall be reached; where less is better, what shall not be exceeded.
    pub target: Option<f64>,
    /// The value in today's plan; of words the place, counted from 0.
    pub today: Option<f64>,
    /// How the figures came about, such as `"First 2,048 draws."`; may be empty.
    pub note: &'a str,
}

/// The outcome at one value; what is not a number is left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepPoint {
    /// The mean.
    pub mean: f64,
    /// From P10 to P90.
    pub levels: Bands,
    /// The chance of the target, from 0 to 1, in its 95% interval.
    pub chance: Interval,
    /// Whether it can't be told from the best.
    pub alike: bool,
}

/// Half the width of what stands over a word, where the words are 1 apart.
const HALF: f64 = 0.28;

/// Draws mean, median and bands over what is varied, and below them the chance of the target.
pub fn draw(sweep: &Sweep<'_>) -> Drawing {
    let points = points(sweep);
    if points.is_empty() {
        return Drawing::without_data(
            "How the outcome follows what is varied is not known",
            "No value that was tried ended with a figure, so there is nothing to show.",
        );
    }
    let target = sweep.target.and_then(drawable);
    let chances = target.is_some() && points.iter().any(|point| point.chance.middle.is_some());
    let ends = ends(&points, target, sweep);
    let ends: Vec<End<'_>> = ends.iter().map(|(at, name, style)| End { at: *at, name, style: *style }).collect();
    let (upper, lower) = frames(sweep, &points, target, &ends);
    let subtitle = subtitle(sweep, chances);
    Drawing::new(sweep.finding.to_owned(), &subtitle, |canvas, area| {
        let middle = if chances { area.top + 0.58 * area.height() } else { area.bottom };
        let frame =
            if chances { Frame { across: upper.across.clone().unwritten(), ..upper.clone() } } else { upper.clone() };
        let plot = frame.draw(canvas, Area { bottom: middle, ..area });
        bands(canvas, &plot, &points, sweep.across.is_words());
        if plot.y.shows(0.0) {
            plot.ground(canvas);
        }
        if let Some(target) = target.filter(|target| plot.y.shows(*target)) {
            let y = plot.y.at(target);
            canvas.dashes((plot.area.left, y), (plot.area.right, y), (ORANGE, 4.0));
        }
        today(canvas, &plot, sweep.today, "today");
        names::at_ends(canvas, &plot, &ends);
        let places: Vec<f64> = points.iter().map(|point| point.x).collect();
        for (at, point) in points.iter().enumerate() {
            canvas.hint(Area { bottom: area.bottom, ..plot.around(&places, at) }, point.told(sweep));
        }
        if chances {
            let plot = lower.draw(canvas, Area { top: middle + 22.0, ..area });
            chance(canvas, &plot, &points, sweep.across.is_words());
            plot.ground(canvas);
            today(canvas, &plot, sweep.today, "");
        }
    })
}

/// A value that can be drawn, with as much as is known there.
#[derive(Clone, Debug)]
struct Point {
    x: f64,
    mean: Option<f64>,
    levels: Bands<Option<f64>>,
    chance: Interval<Option<f64>>,
    alike: bool,
}

impl Point {
    /// The value and what comes of it, in words.
    fn told(&self, sweep: &Sweep<'_>) -> String {
        let scale = Scale::of(&self.figures().collect::<Vec<_>>());
        let written = |level: Option<f64>| level.map_or_else(|| "–".to_owned(), |level| scale.write(level));
        let Bands { low, middle, high, .. } = self.levels.map(written);
        let chance =
            self.chance.middle.map_or_else(String::new, |chance| format!("; target met in {}", of_hundred(chance)));
        let place = match sweep.across.values {
            Values::Words(words) => words.get(self.x as usize).map_or_else(String::new, |word| clean(word)),
            Values::Even(_) | Values::Logarithmic(_) => short(self.x),
        };
        format!("{place}: mean {}, median {middle}, {low} to {high} in 8 of 10{chance}", written(self.mean))
    }

    fn figures(&self) -> impl Iterator<Item = f64> {
        self.levels.into_array().into_iter().chain([self.mean]).flatten()
    }
}

fn points(sweep: &Sweep<'_>) -> Vec<Point> {
    let mut points: Vec<Point> = sweep
        .across
        .places()
        .into_iter()
        .zip(sweep.points)
        .filter_map(|(x, point)| {
            Some(Point {
                x: x?,
                mean: drawable(point.mean),
                levels: point.levels.map(drawable),
                chance: point.chance.map(|chance| drawable(chance).map(|chance| chance.clamp(0.0, 1.0))),
                alike: point.alike,
            })
        })
        .filter(|point| point.figures().next().is_some())
        .collect();
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}

fn subtitle(sweep: &Sweep<'_>, chances: bool) -> String {
    let noun = sweep.measure.futures();
    let mut words = format!(
        "8 of 10 {noun} lie in the pale band (P10 to P90), half in the darker one (P25 to P75). {}: the mean; white: the median.",
        if sweep.across.is_words() { "Dot" } else { "Thick" }
    );
    if chances {
        words += " Below: the chance of the target and its 95% interval.";
    }
    match sweep.points.iter().filter(|point| point.alike).count() {
        0 => {}
        1 => words += " White center: the best.",
        _ => words += " White centers: those that can't be told from the best.",
    }
    let note = clean(sweep.note);
    if !note.is_empty() {
        words += &format!(" {note}");
    }
    words
}

fn frames(sweep: &Sweep<'_>, points: &[Point], target: Option<f64>, ends: &[End<'_>]) -> (Frame, Frame) {
    let figures = || points.iter().flat_map(Point::figures);
    let mut low = figures().fold(f64::INFINITY, f64::min);
    let mut high = figures().fold(f64::NEG_INFINITY, f64::max);
    let near = 0.7 * (high - low).max(0.3 * high.abs());
    if let Some(target) = target.filter(|target| (low - near..=high + near).contains(target)) {
        (low, high) = (low.min(target), high.max(target));
    }
    if low > 0.0 && low < 0.5 * high {
        low = 0.0;
    }
    let rim = 0.05 * (high - low);
    let range = (if low == 0.0 { 0.0 } else { low - rim }, high + rim);
    let up = Side::up(range, 5, sweep.measure.axis(1300.0));
    let noun = sweep.measure.futures();
    let chance = Side::up((0.0, 100.0), 4, format!("How many of 100 {noun} meet the target"));
    let frame = |up: Side, lane: f64, left: f64| Frame {
        across: sweep.across.side(1000.0),
        up,
        lane,
        left,
        gutter: names::gutter(ends),
    };
    let left = up.room().max(chance.room());
    let lane = if sweep.today.is_some() { 34.0 } else { 8.0 };
    (frame(up, lane, left), frame(chance, 4.0, left))
}

/// What is named on the right: the figures at the last value, and the target.
fn ends(points: &[Point], target: Option<f64>, sweep: &Sweep<'_>) -> Vec<((f64, f64), String, Style)> {
    let Some(last) = points.last() else {
        return Vec::new();
    };
    let x = if sweep.across.is_words() { last.x + HALF } else { last.x };
    let scale = Scale::of(&last.figures().collect::<Vec<_>>());
    let (plain, bold) = (Style::LABEL.sized(24.0), Style::LABEL.bold().colored(DARK));
    let Bands { low, lower, middle, upper, high } = last.levels;
    let named = [
        (high, "P90", plain),
        (upper, "P75", plain),
        (last.mean, "Mean", bold),
        (middle, "Median", plain),
        (lower, "P25", plain),
        (low, "P10", plain),
    ];
    let mut ends: Vec<((f64, f64), String, Style)> = named
        .into_iter()
        .filter_map(|(value, name, style)| {
            let value = value?;
            Some(((x, value), format!("{name} {}", scale.write(value)), style))
        })
        .collect();
    if let Some(target) = target {
        let figure = scale.write_typed(target);
        ends.push((
            (f64::INFINITY, target),
            format!("Target {}", money(&figure, sweep.measure.unit)),
            Style::LABEL.bold().colored(ORANGE),
        ));
    }
    ends
}

/// Runs of neighbors at which all of what is read is known.
fn runs<const N: usize>(points: &[Point], read: impl Fn(&Point) -> [Option<f64>; N]) -> Vec<Vec<(f64, [f64; N])>> {
    let mut runs = vec![Vec::new()];
    for point in points {
        let known = read(point).map(|value| value.unwrap_or(f64::NAN));
        if known.iter().any(|value| value.is_nan()) {
            runs.push(Vec::new());
        } else if let Some(run) = runs.last_mut() {
            run.push((point.x, known));
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The corners of a run for a band or a line; words are not joined, and a value alone is as wide as a dot.
fn pieces<const N: usize>(plot: &Plot, runs: Vec<Vec<(f64, [f64; N])>>, words: bool) -> Vec<[Vec<(f64, f64)>; N]> {
    let corners = |run: &[(f64, [f64; N])]| -> [Vec<(f64, f64)>; N] {
        std::array::from_fn(|level| {
            let at = |(x, values): &(f64, [f64; N])| (plot.x.at(*x), plot.y.at(values[level]));
            match run {
                [(x, values)] => {
                    let y = plot.y.at(values[level]);
                    let (left, right) = if words {
                        (plot.x.at(x - HALF), plot.x.at(x + HALF))
                    } else {
                        (plot.x.at(*x) - 9.0, plot.x.at(*x) + 9.0)
                    };
                    vec![(left, y), (right, y)]
                }
                _ => run.iter().map(at).collect(),
            }
        })
    };
    runs.iter()
        .flat_map(|run| {
            let size = if words { 1 } else { run.len() };
            run.chunks(size).map(corners).collect::<Vec<_>>()
        })
        .collect()
}

fn bands(canvas: &mut Canvas<'_>, plot: &Plot, points: &[Point], words: bool) {
    let mut band = |read: fn(Bands<Option<f64>>) -> [Option<f64>; 2], color| {
        for [lower, upper] in pieces(plot, runs(points, |point| read(point.levels)), words) {
            canvas.band(&upper, &lower, color);
        }
    };
    band(|levels| [levels.low, levels.high], PALE);
    band(|levels| [levels.lower, levels.upper], MEDIUM);
    for [path] in pieces(plot, runs(points, |point| [point.levels.middle]), words) {
        canvas.line(&path, DARK, 5.0);
        canvas.line(&path, WHITE, 3.0);
    }
    if !words {
        for [path] in pieces(plot, runs(points, |point| [point.mean]), words) {
            canvas.line(&path, DARK, 6.0);
        }
    }
    let dot = if points.len() > 40 { 0.0 } else { 7.0 };
    for point in points {
        if let Some(mean) = point.mean.filter(|_| dot > 0.0) {
            let at = (plot.x.at(point.x), plot.y.at(mean));
            canvas.dot(at, dot, DARK);
            if point.alike {
                canvas.dot(at, 1.0, WHITE);
            }
        }
    }
}

/// The chance of the target and its interval, in percent.
fn chance(canvas: &mut Canvas<'_>, plot: &Plot, points: &[Point], words: bool) {
    let percent = |chance: Option<f64>| chance.map(|chance| 100.0 * chance);
    let interval = runs(points, |point| [percent(point.chance.low), percent(point.chance.high)]);
    for [lower, upper] in pieces(plot, interval, words) {
        canvas.band(&upper, &lower, PALE);
    }
    if !words {
        for [path] in pieces(plot, runs(points, |point| [percent(point.chance.middle)]), words) {
            canvas.line(&path, DARK, 5.0);
        }
    }
    for point in points {
        if let Some(chance) = percent(point.chance.middle).filter(|_| points.len() <= 40) {
            canvas.dot((plot.x.at(point.x), plot.y.at(chance)), 6.0, DARK);
        }
    }
}

/// An upright line at today's value, where it lies on the axis.
fn today(canvas: &mut Canvas<'_>, plot: &Plot, today: Option<f64>, words: &str) {
    let Some(today) = today.filter(|today| plot.x.shows(*today)) else {
        return;
    };
    let x = plot.x.at(today);
    let top = plot.area.top - if words.is_empty() { 0.0 } else { 8.0 };
    canvas.dashes((x, top), (x, plot.area.bottom), (INK, 2.5));
    let half = Style::LABEL.width(words) / 2.0;
    let at = (x.clamp(plot.area.left + half, plot.area.right - half), top - 8.0);
    canvas.text(words, at, Style::LABEL.centered());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_breaks_where_a_figure_is_missing() {
        let point = |x: f64, low: Option<f64>| Point {
            x,
            mean: Some(1.0),
            levels: Bands { low, lower: None, middle: None, upper: None, high: Some(2.0) },
            chance: Interval { low: None, middle: None, high: None },
            alike: false,
        };
        let points = [point(0.0, Some(1.0)), point(1.0, Some(1.0)), point(2.0, None), point(3.0, Some(1.0))];
        let lengths = |read: fn(Bands<Option<f64>>) -> Option<f64>| -> Vec<usize> {
            runs(&points, |point| [read(point.levels), point.levels.high]).iter().map(Vec::len).collect()
        };
        assert_eq!(lengths(|levels| levels.low), [2, 1]);
        assert_eq!(lengths(|levels| levels.high), [4]);
        assert!(lengths(|levels| levels.lower).is_empty());
    }
}
