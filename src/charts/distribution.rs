//! The distribution of an outcome: how much will it be, and will it reach the target?

use crate::text::{Scale, capital, clean, count, money, of_hundred, of_hundred_such, pieces, short};

use super::axis::{Frame, Plot, Side};
use super::bars::Bars;
use super::drawing::Drawing;
use super::labels::Area;
use super::levels::Interval;
use super::marks::{self, Mark};
use super::measure::Measure;
use super::outcome::Distribution;
use super::sample::Sample;
use super::theme::{DARK, INK, ORANGE, PALE};

/// A loss in fewer draws than this is not worth a place in the title.
const RARE: f64 = 0.005;

/// Draws the distribution as bars, with P10, P50, P90 and the targets; nothing where all draws are equal.
pub fn draw(outcome: &Distribution<'_>) -> Option<Drawing> {
    let sample = Sample::of(outcome).filter(|sample| !sample.is_certain())?;
    let measure = &outcome.measure;
    let noun = measure.futures();
    let bars = Bars::of(&sample.sorted, sample.range());
    let across = Side::across(bars.range(), 1300.0, measure.axis(1300.0));
    let width = money(&short(bars.width), measure.unit);
    let frame = Frame {
        across,
        up: Side::up((0.0, 1.05 * bars.highest()), 5, format!("How many of 100 {noun}, in bars {width} wide")),
        lane: marks::LANE,
        left: 0.0,
        gutter: 0.0,
    };
    Some(Drawing::new(title(measure, &sample), &subtitle(noun, &sample, &bars), |canvas, area| {
        let plot = frame.draw(canvas, area);
        let Interval { low, high, .. } = sample.percentiles;
        bars.draw(canvas, &plot, (low, high), [DARK, PALE]);
        plot.ground(canvas);
        marks::draw(canvas, &plot, marks(&sample, &plot));
        for ((from, to), share) in bars.filled() {
            let part = Area { left: plot.x.at(from), right: plot.x.at(to), ..plot.area };
            let edges = Scale::of(&[from, to]);
            canvas.hint(
                part,
                format!(
                    "{} to {}: {}; {} reach {} or more",
                    edges.write(from),
                    money(&edges.write(to), measure.unit),
                    of_hundred_such(share / 100.0, noun),
                    of_hundred(sample.at_least(from)),
                    edges.write(from),
                ),
            );
        }
    }))
}

fn title(measure: &Measure<'_>, sample: &Sample<'_>) -> String {
    let noun = measure.futures();
    let such = if sample.defined < 1.0 { format!("{noun} that have one") } else { noun.to_owned() };
    let name = capital(&clean(&measure.noun()));
    let Interval { low, middle, high } = sample.percentiles;
    let range = if low == high {
        format!("{} in at least", sample.money(middle))
    } else if sample.figure(low) == sample.figure(high) {
        format!("about {} in", sample.money(middle))
    } else {
        format!("{} to {} in", sample.figure(low), sample.money(high))
    };
    let mut words = format!("{name}: {range} 8 of 10 {such}");
    let below = 1.0 - sample.at_least(0.0);
    if let Some(target) = sample.targets.first() {
        let bound = if measure.higher_is_better { "" } else { "at most " };
        words += &format!("; the target of {bound}{} is met in {}", sample.target(target), of_hundred(target.chance));
    } else if below >= RARE && measure.higher_is_better && !measure.unit.is_empty() {
        words += &format!("; a loss in {}", of_hundred(below));
    }
    words
}

fn subtitle(noun: &str, sample: &Sample<'_>, bars: &Bars) -> String {
    let draws = sample.sorted.len();
    let mut words = match sample.percentiles {
        Interval { low, high, .. } if low < high => {
            format!("8 of 10 {noun} lie in the darker bars. P10 is the low end, P90 the high end; half lie above P50.")
        }
        _ => "P10, P50 and P90 are the same figure.".to_owned(),
    };
    if sample.defined < 1.0 {
        words +=
            &format!(" {} {noun} have this figure; the others are left out.", capital(&of_hundred(sample.defined)));
    }
    if bars.outside > 0 {
        words += &format!(" Beyond the edges: {} of {}.", pieces(bars.outside as f64), count(draws as f64, "draw"));
    }
    words
}

/// P10, P50 and P90, or the one value that all three fall on, and then the targets.
fn marks(sample: &Sample<'_>, plot: &Plot) -> Vec<Mark> {
    let percentile = |(name, value): (&str, f64)| Mark::new(value, name, sample.marked(value), INK);
    let Interval { low, middle, high } = sample.percentiles;
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
