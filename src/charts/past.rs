//! Past forecasts and what came: did what came lie where it was forecast?

use crate::text::{Scale, clean};

use super::axis::{Frame, Side};
use super::drawing::Drawing;
use super::labels::Area;
use super::levels::Interval;
use super::theme::{DARK, MEDIUM, ORANGE, PALE, Style};
use super::ticks::drawable;

/// What the chart is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// What was forecast, with its unit: `"Wins of 13 weeks"`.
    pub up: &'a str,
    /// The forecasts, by the day on which they were made.
    pub forecasts: &'a [PastForecast],
}

/// A forecast, and what came.
#[derive(Clone, Debug)]
pub struct PastForecast {
    /// The day on which it was made, in few letters.
    pub day: String,
    /// P10, P50 and P90.
    pub levels: Interval,
    /// What came.
    pub came: f64,
}

/// Draws for each forecast P10 to P90 and P50, and a dot for what came; none where there is no forecast.
#[must_use]
pub fn draw(past: &Past<'_>) -> Option<Drawing> {
    let is_drawable =
        |own: &&PastForecast| own.levels.into_array().into_iter().chain([own.came]).all(|x| drawable(x).is_some());
    let shown: Vec<&PastForecast> = past.forecasts.iter().filter(is_drawable).collect();
    let highest = shown.iter().flat_map(|own| [own.levels.high, own.came]).fold(0.0, f64::max);
    if shown.is_empty() || highest <= 0.0 {
        return None;
    }
    let subtitle = "Bars: the forecast of each day, P10 to P90, the line at P50. Dots: what came, orange where it lay \
                    outside. 8 of 10 dots should lie on their bars.";
    let scale = Scale::of(&shown.iter().map(|own| own.came).collect::<Vec<_>>());
    Some(Drawing::new(past.finding.to_owned(), subtitle, |canvas, area| {
        let days: Vec<String> = shown.iter().map(|own| clean(&own.day)).collect();
        let widest = days.iter().map(|day| Style::TICK.width(day)).fold(0.0, f64::max) + 28.0;
        let part = (area.width() - 120.0) / shown.len() as f64;
        let every = (widest / part).ceil().max(1.0) as usize;
        let marks = days.iter().enumerate().step_by(every).map(|(at, day)| (at as f64, day.clone())).collect();
        let frame = Frame {
            across: Side::at((-0.5, shown.len() as f64 - 0.5), marks),
            up: Side::up((0.0, 1.05 * highest), 6, past.up.to_owned()),
            lane: 0.0,
            left: 0.0,
            gutter: 0.0,
        };
        let plot = frame.draw(canvas, area);
        let half = (0.3 * plot.area.width() / shown.len() as f64).min(26.0);
        for (at, own) in shown.iter().enumerate() {
            let x = plot.x.at(at as f64);
            let Interval { low: p10, middle: p50, high: p90 } = own.levels.map(|level| plot.y.at(level.max(0.0)));
            canvas.rect(Area { left: x - half, right: x + half, top: p90.min(p10 - 2.0), bottom: p10 }, PALE);
            canvas.line(&[(x - half, p50), (x + half, p50)], MEDIUM, 4.0);
            let is_in = own.levels.low <= own.came && own.came <= own.levels.high;
            canvas.dot((x, plot.y.at(own.came.max(0.0))), half.clamp(5.0, 10.0), if is_in { DARK } else { ORANGE });
            let Interval { low: p10, middle: p50, high: p90 } = own.levels.map(|level| scale.write(level));
            let told = format!("{}: {p10} to {p90}, middle {p50}; {} came", days[at], scale.write(own.came));
            canvas.hint(Area { left: x - half, right: x + half, ..plot.area }, told);
        }
        plot.ground(canvas);
    }))
}
