//! Histograms: how many of 100 draws lie where.

use plotters::style::RGBColor;

use super::axis::Plot;
use super::canvas::Canvas;
use super::labels::Area;
use super::ticks::nice_step;
use crate::transcendental::cbrt;

/// The histogram: how many of 100 draws fall into each of a row of equally wide parts.
#[derive(Clone, Debug)]
pub(super) struct Bars {
    first: f64,
    /// How wide each is.
    pub(super) width: f64,
    shares: Vec<f64>,
    drawn: usize,
    /// How many draws lie beyond the bars.
    pub(super) outside: usize,
}

impl Bars {
    /// Bars whose edges are round numbers, 0 among them: more of them where there are more draws, 6 to 36 across the range.
    pub(super) fn of(sorted: &[f64], (low, high): (f64, f64)) -> Self {
        let draws = sorted.len() as f64;
        let width = nice_step((high - low) / (2.0 * cbrt(draws)).clamp(6.0, 36.0));
        let first = (low / width).floor() * width;
        let mut counts = vec![0_usize; ((high - first) / width).ceil().clamp(1.0, 200.0) as usize];
        let mut outside = 0;
        for draw in sorted {
            let place = ((draw - first) / width).floor();
            match counts.get_mut(place as usize) {
                Some(count) if place >= 0.0 => *count += 1,
                _ => outside += 1,
            }
        }
        let shares = counts.into_iter().map(|count| 100.0 * count as f64 / draws).collect();
        Self { first, width, shares, drawn: sorted.len(), outside }
    }

    /// The same bars where these draws are only a part of all: the rest lies in no bar.
    pub(super) fn among(mut self, all: usize) -> Self {
        let part = self.drawn as f64 / all as f64;
        self.shares.iter_mut().for_each(|share| *share *= part);
        self
    }

    /// From the first bar's left edge to the last one's right edge.
    pub(super) fn range(&self) -> (f64, f64) {
        (self.first, self.first + self.width * self.shares.len() as f64)
    }

    /// Every bar that holds a draw: its edges, and how many of 100 draws it holds.
    pub(super) fn filled(&self) -> impl Iterator<Item = ((f64, f64), f64)> {
        let bar = |(index, share): (usize, &f64)| {
            let from = self.first + self.width * index as f64;
            ((from, from + self.width), *share)
        };
        self.shares.iter().enumerate().map(bar).filter(|(_, share)| *share > 0.0)
    }

    /// The height of the highest bar.
    pub(super) fn highest(&self) -> f64 {
        self.shares.iter().copied().fold(0.0, f64::max).max(1e-3)
    }

    /// Draws the bars, in one color between `low` and `high` and in another beyond: a bar that holds one of them is split there.
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        plot: &Plot,
        (low, high): (f64, f64),
        [inside, beyond]: [RGBColor; 2],
    ) {
        for (index, share) in self.shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            let from = self.first + self.width * index as f64;
            let to = from + self.width;
            let (left, right) = (plot.x.at(from), plot.x.at(to));
            let gap = if right - left > 9.0 { 1.5 } else { 0.0 };
            let top = plot.y.at(*share).min(plot.area.bottom - 2.0);
            let bar = |left: f64, right: f64| Area { left, top, right, bottom: plot.area.bottom };
            canvas.rect(bar(left + gap, right - gap), beyond);
            let holds_both = low == high && from <= low && low < to;
            let (inner_left, inner_right) =
                if holds_both { (left, right) } else { (plot.x.at(low).max(left), plot.x.at(high).min(right)) };
            if inner_left < inner_right {
                canvas.rect(bar(inner_left.max(left + gap), inner_right.min(right - gap)), inside);
            }
        }
    }
}
