//! What of an outcome's range is known, what better figures could take away, and what is luck?

use plotters::style::RGBColor;

use crate::text::{Scale, clean};

use super::axis::Axis;
use super::drawing::Drawing;
use super::labels::Area;
use super::measure::Measure;
use super::theme::{DARK, MEDIUM, MUTED, PALE, Style};
use super::ticks::drawable;

/// What the chart of known, unknown and luck is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Luck<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The outcome.
    pub measure: Measure<'a>,
    /// The low end (P10).
    pub low: f64,
    /// The high end (P90).
    pub high: f64,
    /// The part of the range between them, 0 to 1, that remains on average once every figure is known.
    pub left: f64,
}

/// Draws three bars that follow each other: up to the low end, and the range from there to the high end in two parts.
pub fn draw(luck: &Luck<'_>) -> Option<Drawing> {
    let measure = &luck.measure;
    let (low, high, left) = (drawable(luck.low)?, drawable(luck.high)?, drawable(luck.left)?.clamp(0.0, 1.0));
    if high <= low {
        return None;
    }
    let split = high - left * (high - low);
    let scale = Scale::of(&[low, split - low, high - split]);
    let futures = measure.futures();
    let bars = [
        Bar::new("Known", &format!("9 of 10 {futures} have at least this (P10)"), (low.min(0.0), low.max(0.0)), DARK),
        Bar::new("Unknown", "the most that better figures can take off the range", (low, split), MEDIUM),
        Bar::new("Luck", "what remains on average with every figure known", (split, high), PALE),
    ];
    let words =
        [measure.figure(&scale, low), measure.figure(&scale, split - low), measure.figure(&scale, high - split)];
    let subtitle = format!("8 of 10 {futures} lie between the ends of the two lower bars (P10 and P90).");
    Some(Drawing::new(luck.finding.to_owned(), &subtitle, |canvas, area| {
        let widest = words.iter().map(|words| Style::LABEL.bold().width(words)).fold(0.0, f64::max);
        let plot = Area {
            left: area.left + NAMES,
            top: area.top + 4.0,
            right: area.right - widest - 24.0,
            bottom: area.bottom - 66.0,
        };
        let axis = Axis::new((low.min(0.0), high.max(0.0)), (plot.left, plot.right));
        axis.below(canvas, plot, &measure.axis(900.0));
        let zero = axis.at(0.0);
        canvas.line(&[(zero, plot.top), (zero, plot.bottom)], MUTED, 2.0);
        let height = plot.height() / bars.len() as f64;
        for (place, (bar, words)) in bars.iter().zip(&words).enumerate() {
            let middle = plot.top + height * (place as f64 + 0.5);
            let bold = Style::LABEL.bold();
            let note = Style::TICK.sized(22.0);
            let lines = note.wrap(&bar.note, NAMES - 24.0, 3);
            let top = middle - 0.5 * (bold.line_height() + note.line_height() * lines.len() as f64);
            let below = canvas.lines(std::slice::from_ref(&bar.name), (area.left, top), bold);
            canvas.lines(&lines, (area.left, below), note);
            let (left, right) = (axis.at(bar.ends.0), axis.at(bar.ends.1));
            let widen = if right - left < 3.0 { 1.5 } else { 0.0 };
            let thick = (0.55 * height).min(120.0);
            let (top, bottom) = (middle - thick / 2.0, middle + thick / 2.0);
            canvas.rect(Area { left: left - widen, top, right: right + widen, bottom }, bar.color);
            canvas.plate(words, (right + 12.0, middle + 0.35 * bold.size), bold);
            if place > 0 && place + 1 < bars.len() {
                canvas.line(&[(right, bottom), (right, middle + height - thick / 2.0)], MUTED, 1.5);
            }
        }
    }))
}

/// Room for what the bars are, in pixels.
const NAMES: f64 = 340.0;

/// One of the bars.
#[derive(Clone, Debug)]
struct Bar {
    name: String,
    note: String,
    ends: (f64, f64),
    color: RGBColor,
}

impl Bar {
    fn new(name: &str, note: &str, ends: (f64, f64), color: RGBColor) -> Self {
        Self { name: clean(name), note: clean(note), ends, color }
    }
}
