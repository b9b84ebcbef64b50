//! Upright lines across a plot, each with a label above it that is moved aside where lines are close.

use plotters::style::RGBColor;

use super::axis::Plot;
use super::canvas::Canvas;
use super::labels::spread;
use super::theme::{ORANGE, Style, WHITE};

/// Room that the labels take above the plot, in pixels.
pub(super) const LANE: f64 = 112.0;
/// Space between two labels, in pixels.
const GAP: f64 = 34.0;

/// A value that is marked, and what is written above it: a name, and a figure below the name.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    value: f64,
    name: String,
    figure: String,
    style: Style,
}

impl Mark {
    pub(super) fn new(value: f64, name: &str, figure: String, color: RGBColor) -> Self {
        Self { value, name: name.to_owned(), figure, style: Style::LABEL.centered().colored(color) }
    }

    fn width(&self) -> f64 {
        self.style.bold().width(&self.name).max(self.style.width(&self.figure)) + GAP
    }

    /// Whether the line is that of a target, which is broader and dashed.
    fn is_target(&self) -> bool {
        self.style.color == ORANGE
    }

    /// Draws the label around `center`, the line at `x`, and what leads from one to the other.
    fn draw(&self, canvas: &mut Canvas<'_>, plot: &Plot, (center, x): (f64, f64)) {
        let lane = plot.area.top - LANE;
        canvas.text(&self.name, (center, lane + 28.0), self.style.bold());
        canvas.text(&self.figure, (center, lane + 60.0), self.style);
        let color = self.style.color;
        let (head, foot) = ((x, plot.area.top - 6.0), (x, plot.area.bottom));
        canvas.line(&[(center, lane + 72.0), (center, lane + 80.0), head], color, 1.5);
        if !plot.x.shows(self.value) {
            canvas.pointer((x, plot.area.top + 4.0), self.value > plot.x.high, color);
        } else if self.is_target() {
            canvas.dashes(head, foot, (color, 5.0));
        } else {
            canvas.line(&[head, foot], color, 2.0);
        }
    }
}

/// Draws the marks: as many, from the first on, as have room beside each other.
pub(super) fn draw(canvas: &mut Canvas<'_>, plot: &Plot, mut marks: Vec<Mark>) {
    let (low, high) = (plot.area.left - 40.0, plot.area.right + 20.0);
    while marks.iter().map(Mark::width).sum::<f64>() > high - low {
        marks.pop();
    }
    let wishes: Vec<(f64, f64)> = marks.iter().map(|mark| (plot.x.at(mark.value), mark.width())).collect();
    let centers = spread(&wishes, low, high);
    // White behind the lines keeps them apart from the bars; it comes first, so that it covers no line close by.
    for (mark, (x, _)) in marks.iter().zip(&wishes).filter(|(mark, _)| plot.x.shows(mark.value)) {
        let width = if mark.is_target() { 9.0 } else { 6.0 };
        canvas.line(&[(*x, plot.area.top - 6.0), (*x, plot.area.bottom)], WHITE, width);
    }
    for ((mark, (x, _)), center) in marks.iter().zip(wishes).zip(centers) {
        mark.draw(canvas, plot, (center, x));
    }
}
