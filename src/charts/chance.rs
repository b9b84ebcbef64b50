//! The chance of at least so much: how sure is a sum that somebody wants to rely on?

use crate::text::{capital, count, in_currency, money, of_hundred, of_hundred_such, short};

use super::axis::{Frame, Plot, Side};
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::ecdf;
use super::labels::{Area, Pin, beside};
use super::outcome::{Distribution, Target};
use super::sample::{Sample, quantile};
use super::theme::{DARK, INK, ORANGE, PALE, Style, WHITE};
use plotters::style::RGBColor;

/// Of every outcome the share of futures that bring at least as much, with the targets marked, and the figure that one can
/// count on in 8 of 10; nothing where all draws are equal, and for costs, of which nobody wants at least so much.
pub fn draw(outcome: &Distribution<'_>) -> Option<Drawing> {
    let sample = Sample::of(outcome).filter(|sample| !sample.is_certain() && outcome.measure.higher_is_better)?;
    let measure = &outcome.measure;
    let noun = measure.futures();
    let what = measure.noun();
    let axis = in_currency(&format!("{} of at least", capital(&Style::TICK.shorten(&what, 900.0))), measure.unit);
    let frame = Frame {
        across: Side::across(sample.range(), 1300.0, axis),
        up: Side::up((0.0, 100.0), 5, format!("How many of 100 {noun} bring at least this much")),
        lane: 44.0,
        left: 0.0,
        gutter: 0.0,
    };
    let subtitle = format!(
        "Read up from a figure to the line, then left: that many of 100 {noun} bring it or more ({}).",
        count(sample.sorted.len() as f64, "draw")
    );
    Some(Drawing::new(title(&what, noun, &sample), &subtitle, |canvas, area| {
        let plot = frame.draw(canvas, area);
        let steps = ecdf::at_least(&sample.sorted, &plot);
        let foot = [(plot.area.left, plot.area.bottom), (plot.area.right, plot.area.bottom)];
        canvas.band(&steps, &foot, PALE);
        plot.ground(canvas);
        canvas.line(&steps, DARK, 5.0);
        mark(canvas, &plot, &marks(&sample, &plot), &steps);
        for part in plot.upright_parts(80) {
            let figure = plot.x.value_at((part.left + part.right) / 2.0);
            let reached = of_hundred_such(sample.at_least(figure), noun);
            canvas.hint(part, format!("{} or more: {reached}", money(&short(figure), measure.unit)));
        }
    }))
}

/// The figure that 8 of 10 draws reach.
fn to_count_on(sample: &Sample<'_>) -> f64 {
    quantile(&sample.sorted, 0.2)
}

fn title(what: &str, noun: &str, sample: &Sample<'_>) -> String {
    let sure = sample.sure(to_count_on(sample));
    let [first, rest @ ..] = sample.targets.as_slice() else {
        let half = sample.money(sample.percentiles.middle);
        return format!("{}: at least {sure} in 8 of 10 {noun}, at least {half} in half of them", capital(what));
    };
    let mut words =
        format!("{}: {} or more in {}", capital(what), sample.target_money(first), of_hundred_such(first.chance, noun));
    for target in rest {
        words += &format!(", {} or more in {}", sample.target(target), of_hundred(target.chance));
    }
    format!("{words}; count on {sure} in 8 of 10")
}

/// A figure that is marked on the line: how likely it is to be reached, and what is written beside it.
struct Marked {
    value: f64,
    chance: f64,
    words: String,
    color: RGBColor,
}

/// The targets and the figure to count on, or figures that 8, 5 and 2 of 10 reach where there is no target.
fn marks(sample: &Sample<'_>, plot: &Plot) -> Vec<Marked> {
    let of_ten = |reached: u8| {
        let value = quantile(&sample.sorted, 1.0 - f64::from(reached) / 10.0);
        let words = format!("{}: {reached} of 10", sample.sure(value));
        Marked { value, chance: sample.at_least(value), words, color: INK }
    };
    if sample.targets.is_empty() {
        let mut marks: Vec<Marked> = Vec::new();
        for mark in [8, 5, 2].map(of_ten) {
            if marks.iter().all(|other| other.value != mark.value) {
                marks.push(mark);
            }
        }
        return marks;
    }
    let target = |target: &Target| {
        let place = if plot.x.shows(target.value) { "" } else { " (off the chart)" };
        let words = format!("Target {}{place}: {}", sample.target(target), of_hundred(target.chance));
        Marked { value: target.value, chance: target.chance, words, color: ORANGE }
    };
    sample.targets.iter().map(target).chain([of_ten(8)]).collect()
}

/// Marks figures on the line, and writes beside each what it means.
fn mark(canvas: &mut Canvas<'_>, plot: &Plot, marks: &[Marked], steps: &[(f64, f64)]) {
    let style = Style::LABEL.bold();
    let pin = |mark: &Marked| Pin {
        x: plot.x.at(mark.value),
        y: plot.y.at(100.0 * mark.chance),
        width: style.width(&mark.words) + 12.0,
        height: style.line_height(),
    };
    let pins: Vec<Pin> = marks.iter().map(pin).collect();
    let bounds = Area { top: plot.area.top - 44.0, right: plot.area.right + 30.0, ..plot.area };
    // Above the line: the line falls, so its highest point over a label is at the label's left.
    let free = |area: &Area| {
        steps.iter().take_while(|(x, _)| *x < area.right).all(|(x, y)| *x < area.left - 8.0 || *y > area.bottom + 4.0)
            && ecdf::height_at(steps, area.left - 8.0) > area.bottom + 4.0
    };
    let places = beside(&pins, bounds, free);
    for (pin, mark) in pins.iter().zip(marks).filter(|(_, mark)| plot.x.shows(mark.value)) {
        canvas.line(&[(pin.x, pin.y), (pin.x, plot.area.bottom)], WHITE, 7.0);
        canvas.dashes((pin.x, pin.y), (pin.x, plot.area.bottom), (mark.color, 4.0));
    }
    for ((pin, place), mark) in pins.iter().zip(places).zip(marks) {
        if let Some(place) = place {
            let near = (place.left.max(pin.x.min(place.right)), place.bottom + 1.0);
            canvas.line(&[(pin.x, pin.y), near], mark.color, 1.5);
            let at = (place.left + 6.0, place.bottom - 0.28 * style.size);
            canvas.text(&mark.words, at, style.colored(mark.color));
        }
        if plot.x.shows(mark.value) {
            canvas.dot((pin.x, pin.y), 8.0, mark.color);
        } else {
            canvas.pointer((pin.x, pin.y), mark.value > plot.x.high, mark.color);
        }
    }
}
