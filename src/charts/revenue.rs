//! Revenue: how much will it be, and will it reach the target?

use super::axis::{Frame, Plot, Side};
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::marks::{self, Mark};
use super::numbers::{nice_step, pieces, short};
use super::phrases::{futures, in_currency, money, of_hundred};
use super::sample::Sample;
use super::theme::{DARK, INK, ORANGE, PALE};

/// What the charts of revenue are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Revenue<'a> {
    /// Code of the currency, such as `"USD"`; may be empty.
    pub currency: &'a str,
    /// Length of the plan in weeks; 13 of them are called a quarter.
    pub weeks: usize,
    /// Revenue of every draw, in any order.
    pub draws: &'a [f64],
    /// P10, P50 and P90 of the draws, as they are told elsewhere.
    pub percentiles: [f64; 3],
    /// The targets, the most important first. The first is in the title, the first three are drawn.
    pub targets: &'a [Target],
}

/// A revenue to be reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The revenue.
    pub value: f64,
    /// The share of the draws that reach it, from 0 to 1.
    pub chance: f64,
}

/// Draws the distribution of revenue as bars, with P10, P50, P90 and the targets.
pub fn draw(revenue: &Revenue<'_>) -> Drawing {
    let Some(sample) = Sample::of(revenue) else {
        return Drawing::without_data(
            "How much the revenue will be is not known",
            "No draw ended with a revenue, so there is no distribution to show.",
        );
    };
    let noun = futures(revenue.weeks);
    let bars = Bars::of(&sample);
    let across = Side::across(
        bars.range(),
        1300.0,
        in_currency("Revenue", revenue.currency),
    );
    let width = money(&short(bars.width), revenue.currency);
    let frame = Frame {
        across,
        up: Side::up(
            (0.0, 1.05 * bars.highest()),
            5,
            format!("How many of 100 {noun}, in bars {width} wide"),
        ),
        lane: marks::LANE,
        left: 0.0,
        gutter: 0.0,
    };
    Drawing::new(
        title(revenue, &sample),
        &subtitle(noun, &sample, &bars),
        |canvas, area| {
            let plot = frame.draw(canvas, area);
            bars.draw(canvas, &plot, sample.percentiles);
            plot.ground(canvas);
            marks::draw(canvas, &plot, marks(&sample, &plot));
        },
    )
}

fn title(revenue: &Revenue<'_>, sample: &Sample<'_>) -> String {
    let noun = futures(revenue.weeks);
    let [low, middle, high] = sample.percentiles;
    let finding = match sample.sorted.len() {
        1 => {
            return format!(
                "The one future that was drawn brings {}",
                sample.money(middle)
            );
        }
        _ if sample.is_certain() && middle == 0.0 => {
            format!("None of the {noun} brings any revenue")
        }
        _ if sample.is_certain() => format!(
            "All {noun} bring the same revenue, {}",
            sample.money(middle)
        ),
        _ if low == high => format!("At least 8 of 10 {noun} bring {}", sample.money(middle)),
        _ if sample.figure(low) == sample.figure(high) => {
            format!("8 of 10 {noun} bring about {}", sample.money(middle))
        }
        _ => format!(
            "8 of 10 {noun} bring {} to {}",
            sample.figure(low),
            sample.money(high)
        ),
    };
    match sample.targets.first() {
        Some(target) => format!(
            "{finding}; the target of {} is met in {}",
            sample.target(target),
            of_hundred(target.chance)
        ),
        None => finding,
    }
}

fn subtitle(noun: &str, sample: &Sample<'_>, bars: &Bars) -> String {
    let draws = sample.sorted.len();
    let mut words = match sample.percentiles {
        _ if draws == 1 => "One draw says nothing about chance: draw more.".to_owned(),
        [low, _, high] if low < high => format!(
            "8 of 10 {noun} lie in the darker bars. P10 is the low end, P90 the high end; half lie above P50."
        ),
        _ => "P10, P50 and P90 fall on the same revenue.".to_owned(),
    };
    if bars.outside > 0 {
        words += &format!(
            " Beyond the edges: {} of {} draws.",
            pieces(bars.outside as f64),
            pieces(draws as f64)
        );
    }
    words
}

/// The histogram: how many of 100 draws fall into each of a row of equally wide parts.
#[derive(Clone, Debug)]
struct Bars {
    first: f64,
    width: f64,
    shares: Vec<f64>,
    outside: usize,
}

impl Bars {
    /// Bars whose edges are round numbers: more of them where there are more draws, 6 to 36 across the range.
    fn of(sample: &Sample<'_>) -> Self {
        let (low, high) = sample.range();
        let draws = sample.sorted.len() as f64;
        let width = nice_step((high - low) / (2.0 * draws.cbrt()).clamp(6.0, 36.0));
        let first = (low / width).floor() * width;
        let mut counts = vec![0_usize; ((high - first) / width).ceil().clamp(1.0, 200.0) as usize];
        let mut outside = 0;
        for draw in &sample.sorted {
            let place = ((draw - first) / width).floor();
            match counts.get_mut(place as usize) {
                Some(count) if place >= 0.0 => *count += 1,
                _ => outside += 1,
            }
        }
        let shares = counts
            .into_iter()
            .map(|count| 100.0 * count as f64 / draws)
            .collect();
        Self {
            first,
            width,
            shares,
            outside,
        }
    }

    fn range(&self) -> (f64, f64) {
        (
            self.first,
            self.first + self.width * self.shares.len() as f64,
        )
    }

    fn highest(&self) -> f64 {
        self.shares.iter().copied().fold(0.0, f64::max).max(1e-3)
    }

    /// Draws the bars, dark between P10 and P90: a bar that holds one of them is split there.
    fn draw(&self, canvas: &mut Canvas<'_>, plot: &Plot, [low, _, high]: [f64; 3]) {
        for (index, share) in self
            .shares
            .iter()
            .enumerate()
            .filter(|(_, share)| **share > 0.0)
        {
            let from = self.first + self.width * index as f64;
            let to = from + self.width;
            let (left, right) = (plot.x.at(from), plot.x.at(to));
            let gap = if right - left > 9.0 { 1.5 } else { 0.0 };
            let top = plot.y.at(*share).min(plot.area.bottom - 2.0);
            let bar = |left: f64, right: f64| Area {
                left,
                top,
                right,
                bottom: plot.area.bottom,
            };
            canvas.rect(bar(left + gap, right - gap), PALE);
            let holds_all = low == high && from <= low && low < to;
            let (dark_left, dark_right) = if holds_all {
                (left, right)
            } else {
                (plot.x.at(low).max(left), plot.x.at(high).min(right))
            };
            if dark_left < dark_right {
                canvas.rect(
                    bar(dark_left.max(left + gap), dark_right.min(right - gap)),
                    DARK,
                );
            }
        }
    }
}

/// P10, P50 and P90, or the one value that all three fall on, and then the targets.
fn marks(sample: &Sample<'_>, plot: &Plot) -> Vec<Mark> {
    let percentile = |(name, value): (&str, f64)| Mark::new(value, name, sample.marked(value), INK);
    let [low, middle, high] = sample.percentiles;
    let mut marks: Vec<Mark> = match low == high {
        true => vec![percentile(("P10, P50, P90", middle))],
        false => [("P10", low), ("P50", middle), ("P90", high)]
            .map(percentile)
            .into(),
    };
    for target in &sample.targets {
        let name = if plot.x.shows(target.value) {
            "Target"
        } else {
            "Target, off the chart"
        };
        let chance = of_hundred(target.chance);
        let figure = format!("{}, met in {chance}", sample.marked_target(target));
        marks.push(Mark::new(target.value, name, figure, ORANGE));
    }
    marks
}
