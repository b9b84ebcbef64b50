//! Revenue: how much will it be, and will it reach the target?

use crate::text::{futures, in_currency, money, of_hundred, pieces, short};

use super::axis::{Frame, Plot, Side};
use super::bars::Bars;
use super::drawing::Drawing;
use super::marks::{self, Mark};
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
    let bars = Bars::of(&sample.sorted, sample.range());
    let across = Side::across(bars.range(), 1300.0, in_currency("Revenue", revenue.currency));
    let width = money(&short(bars.width), revenue.currency);
    let frame = Frame {
        across,
        up: Side::up((0.0, 1.05 * bars.highest()), 5, format!("How many of 100 {noun}, in bars {width} wide")),
        lane: marks::LANE,
        left: 0.0,
        gutter: 0.0,
    };
    Drawing::new(title(revenue, &sample), &subtitle(noun, &sample, &bars), |canvas, area| {
        let plot = frame.draw(canvas, area);
        let [low, _, high] = sample.percentiles;
        bars.draw(canvas, &plot, (low, high), [DARK, PALE]);
        plot.ground(canvas);
        marks::draw(canvas, &plot, marks(&sample, &plot));
    })
}

fn title(revenue: &Revenue<'_>, sample: &Sample<'_>) -> String {
    let noun = futures(revenue.weeks);
    let [low, middle, high] = sample.percentiles;
    let finding = match sample.sorted.len() {
        1 => {
            return format!("The one future that was drawn brings {}", sample.money(middle));
        }
        _ if sample.is_certain() && middle == 0.0 => {
            format!("None of the {noun} brings any revenue")
        }
        _ if sample.is_certain() => format!("All {noun} bring the same revenue, {}", sample.money(middle)),
        _ if low == high => format!("At least 8 of 10 {noun} bring {}", sample.money(middle)),
        _ if sample.figure(low) == sample.figure(high) => {
            format!("8 of 10 {noun} bring about {}", sample.money(middle))
        }
        _ => format!("8 of 10 {noun} bring {} to {}", sample.figure(low), sample.money(high)),
    };
    match sample.targets.first() {
        Some(target) => {
            format!("{finding}; the target of {} is met in {}", sample.target(target), of_hundred(target.chance))
        }
        None => finding,
    }
}

fn subtitle(noun: &str, sample: &Sample<'_>, bars: &Bars) -> String {
    let draws = sample.sorted.len();
    let mut words = match sample.percentiles {
        _ if draws == 1 => "One draw says nothing about chance: draw more.".to_owned(),
        [low, _, high] if low < high => {
            format!("8 of 10 {noun} lie in the darker bars. P10 is the low end, P90 the high end; half lie above P50.")
        }
        _ => "P10, P50 and P90 fall on the same revenue.".to_owned(),
    };
    if bars.outside > 0 {
        words += &format!(" Beyond the edges: {} of {} draws.", pieces(bars.outside as f64), pieces(draws as f64));
    }
    words
}

/// P10, P50 and P90, or the one value that all three fall on, and then the targets.
fn marks(sample: &Sample<'_>, plot: &Plot) -> Vec<Mark> {
    let percentile = |(name, value): (&str, f64)| Mark::new(value, name, sample.marked(value), INK);
    let [low, middle, high] = sample.percentiles;
    let mut marks: Vec<Mark> = match low == high {
        true => vec![percentile(("P10, P50, P90", middle))],
        false => [("P10", low), ("P50", middle), ("P90", high)].map(percentile).into(),
    };
    for target in &sample.targets {
        let name = if plot.x.shows(target.value) { "Target" } else { "Target, off the chart" };
        let chance = of_hundred(target.chance);
        let figure = format!("{}, met in {chance}", sample.marked_target(target));
        marks.push(Mark::new(target.value, name, figure, ORANGE));
    }
    marks
}
