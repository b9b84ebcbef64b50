//! The chance of at least so much: how sure is a sum that somebody wants to rely on?

use crate::text::{futures, in_currency, of_hundred, of_hundred_such, pieces};

use super::axis::{Frame, Plot, Side};
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::{Area, Pin, beside};
use super::revenue::Revenue;
use super::sample::Sample;
use super::stairs;
use super::theme::{DARK, INK, ORANGE, PALE, Style, WHITE};

/// Draws for every revenue the share of futures that bring at least as much, with the targets marked.
pub fn draw(revenue: &Revenue<'_>) -> Drawing {
    let Some(sample) = Sample::of(revenue) else {
        return Drawing::without_data(
            "The chance of a revenue is not known",
            "No draw ended with a revenue, so there is no chance to tell.",
        );
    };
    let noun = futures(revenue.weeks);
    let frame = Frame {
        across: Side::across(sample.range(), 1300.0, in_currency("Revenue of at least", revenue.currency)),
        up: Side::up((0.0, 100.0), 5, format!("How many of 100 {noun} bring at least this revenue")),
        lane: 44.0,
        left: 0.0,
        gutter: 0.0,
    };
    let subtitle = format!(
        "Read up from a revenue to the line, then left: that many of 100 {noun} bring it or more ({} draws).",
        pieces(sample.sorted.len() as f64)
    );
    Drawing::new(title(revenue, &sample), &subtitle, |canvas, area| {
        let plot = frame.draw(canvas, area);
        let steps = stairs::at_least(&sample.sorted, &plot);
        let foot = [(plot.area.left, plot.area.bottom), (plot.area.right, plot.area.bottom)];
        canvas.band(&steps, &foot, PALE);
        plot.ground(canvas);
        canvas.line(&steps, DARK, 5.0);
        mark(canvas, &plot, &sample, &steps);
    })
}

fn title(revenue: &Revenue<'_>, sample: &Sample<'_>) -> String {
    let noun = futures(revenue.weeks);
    let [low, middle, high] = sample.percentiles;
    match sample.targets.as_slice() {
        _ if sample.sorted.len() == 1 => "One draw says nothing about chance".to_owned(),
        [] if sample.is_certain() => format!("All {noun} bring the same revenue, {}", sample.money(middle)),
        [] if low == high => format!("At least {} comes in 9 of 10 {noun}", sample.money(middle)),
        [] => format!(
            "9 of 10 {noun} bring at least {}, half at least {}, 1 of 10 at least {}",
            sample.figure(low),
            sample.figure(middle),
            sample.money(high)
        ),
        [first, rest @ ..] => {
            let chance = of_hundred_such(first.chance, noun);
            let mut words = format!("{} or more comes in {chance}", sample.target_money(first));
            for (index, target) in rest.iter().enumerate() {
                let and = if index + 1 == rest.len() { " and" } else { "," };
                words += &format!("{and} {} or more in {}", sample.target(target), of_hundred(target.chance));
            }
            words
        }
    }
}

/// Marks the targets on the line, or P10, P50 and P90 where there is no target, and writes beside each what it means.
fn mark(canvas: &mut Canvas<'_>, plot: &Plot, sample: &Sample<'_>, steps: &[(f64, f64)]) {
    let style = Style::LABEL.bold();
    let mut marks: Vec<(f64, f64, String)> = Vec::new();
    for target in &sample.targets {
        let place = if plot.x.shows(target.value) { "" } else { " (off the chart)" };
        marks.push((
            target.value,
            target.chance,
            format!("{}{place}: {}", sample.target(target), of_hundred(target.chance)),
        ));
    }
    let color = if marks.is_empty() { INK } else { ORANGE };
    if marks.is_empty() {
        let [low, middle, high] = sample.percentiles;
        let shown = if low == high { vec![low] } else { vec![low, middle, high] };
        marks = shown.into_iter().map(|value| (value, sample.at_least(value), sample.figure(value))).collect();
        marks.iter_mut().for_each(|(_, chance, words)| *words += &format!(": {}", of_hundred(*chance)));
    }
    let pin = |(value, chance, words): &(f64, f64, String)| Pin {
        x: plot.x.at(*value),
        y: plot.y.at(100.0 * chance),
        width: style.width(words) + 12.0,
        height: style.line_height(),
    };
    let pins: Vec<Pin> = marks.iter().map(pin).collect();
    let bounds = Area { top: plot.area.top - 44.0, right: plot.area.right + 30.0, ..plot.area };
    // Above the line: the line falls, so its highest point over a label is at the label's left.
    let free = |area: &Area| {
        steps.iter().take_while(|(x, _)| *x < area.right).all(|(x, y)| *x < area.left - 8.0 || *y > area.bottom + 4.0)
            && stairs::height_at(steps, area.left - 8.0) > area.bottom + 4.0
    };
    let places = beside(&pins, bounds, free);
    for (pin, _) in pins.iter().zip(&marks).filter(|(_, (value, ..))| plot.x.shows(*value)) {
        canvas.line(&[(pin.x, pin.y), (pin.x, plot.area.bottom)], WHITE, 7.0);
        canvas.dashes((pin.x, pin.y), (pin.x, plot.area.bottom), (color, 4.0));
    }
    for ((pin, place), (value, _, words)) in pins.iter().zip(places).zip(&marks) {
        if let Some(place) = place {
            let near = (place.left.max(pin.x.min(place.right)), place.bottom + 1.0);
            canvas.line(&[(pin.x, pin.y), near], color, 1.5);
            canvas.text(words, (place.left + 6.0, place.bottom - 0.28 * style.size), style.colored(color));
        }
        if plot.x.shows(*value) {
            canvas.dot((pin.x, pin.y), 8.0, color);
        } else {
            canvas.pointer((pin.x, pin.y), *value > plot.x.high, color);
        }
    }
}
