//! Where what came lay among what was forecast: are forecasts as wide as they should be?
//!
//! The histogram of the probability integral transform (Gneiting, Balabdaoui & Raftery, JRSS B 69, 2007): flat where
//! forecasts are right, a hump where they are too wide, high at both ends where they are too narrow.

use super::axis::{Frame, Side};
use super::drawing::Drawing;
use super::labels::Area;
use super::theme::{DARK, MEDIUM, ORANGE, PALE};

/// What the chart is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Ranks<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// How many forecasts had what came in the lowest part of their draws, in the next, … in the highest; parts are equal.
    pub counts: &'a [f64],
    /// How many each part holds in 19 of 20 cases where forecasts are right.
    pub band: (f64, f64),
}

/// Draws the histogram over its band; none without forecasts.
#[must_use]
pub fn draw(ranks: &Ranks<'_>) -> Option<Drawing> {
    let parts = ranks.counts.len();
    let all: f64 = ranks.counts.iter().sum();
    if parts == 0 || all <= 0.0 {
        return None;
    }
    let subtitle = "How many past forecasts had what came in each part of their draws. Forecasts that are right fill all \
                    parts alike: in 19 of 20 cases up to the band. Flat is right, a hump is too wide, ends are too narrow.";
    let highest = ranks.counts.iter().copied().fold(ranks.band.1, f64::max);
    Some(Drawing::new(ranks.finding.to_owned(), subtitle, |canvas, area| {
        let percent = |at: usize| format!("{}%", 100 * at / parts);
        let marks = (0..=parts).map(|at| (at as f64, percent(at))).collect();
        let frame = Frame {
            across: Side::at((0.0, parts as f64), marks),
            up: Side::up((0.0, 1.1 * highest), 5, "Past forecasts".to_owned()),
            lane: 0.0,
            left: 0.0,
            gutter: 0.0,
        };
        let plot = frame.draw(canvas, area);
        let (low, high) = (plot.y.at(ranks.band.0), plot.y.at(ranks.band.1));
        canvas.rect(Area { top: high, bottom: low.max(high + 2.0), ..plot.area }, PALE);
        for (count, part) in ranks.counts.iter().zip(plot.upright_parts(parts)) {
            let gap = 0.12 * part.width();
            let color = if *count > ranks.band.1 { ORANGE } else { MEDIUM };
            let top = plot.y.at(*count);
            if *count > 0.0 {
                canvas.rect(Area { left: part.left + gap, right: part.right - gap, top, bottom: part.bottom }, color);
            }
        }
        let even = plot.y.at(all / parts as f64);
        canvas.dashes((plot.area.left, even), (plot.area.right, even), (DARK, 3.0));
        plot.ground(canvas);
    }))
}
