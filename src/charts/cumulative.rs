//! Revenue week by week: when does it come, and does it keep up with the target?

use crate::text::{Scale, count, futures, in_currency, money};

use super::axis::{Frame, Plot, Side};
use super::drawing::Drawing;
use super::labels::spread;
use super::theme::{DARK, MEDIUM, ORANGE, PALE, Style};
use super::ticks::drawable;

/// What the chart of revenue by week is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Cumulative<'a> {
    /// Code of the currency, such as `"USD"`; may be empty.
    pub currency: &'a str,
    /// P5, P25, P50, P75 and P95 of the revenue booked from the start to the end of each week, week 1 first.
    pub weeks: &'a [[f64; 5]],
    /// The revenue to be reached by the end of the last week.
    pub target: Option<f64>,
    /// The day that week 1 begins on, as it shall be written; may be empty.
    pub start: &'a str,
}

/// Draws revenue by week: bands, the median, and the steady pace to the target.
pub fn draw(cumulative: &Cumulative<'_>) -> Drawing {
    let weeks: Vec<[f64; 5]> = cumulative.weeks.iter().map_while(checked).collect();
    let Some(last) = weeks.last() else {
        return Drawing::without_data(
            "When the revenue will come is not known",
            "No week was simulated, so there is nothing to add up.",
        );
    };
    let target = cumulative.target.and_then(drawable);
    let frame = frame(cumulative, &weeks, target);
    let noun = futures(weeks.len());
    let mut subtitle =
        format!("In each week 9 of 10 {noun} lie in the pale band (P5 to P95), half in the darker one (P25 to P75).");
    if target.is_some() {
        subtitle += " Dashed: a steady pace to the target.";
    }
    Drawing::new(title(&weeks, last, target, cumulative.currency), &subtitle, |canvas, area| {
        let plot = frame.draw(canvas, area);
        let path = |level: usize| -> Vec<(f64, f64)> {
            let start = (plot.x.at(0.0), plot.y.at(0.0));
            std::iter::once(start)
                .chain(
                    weeks
                        .iter()
                        .zip(1_u32..)
                        .map(|(week, number)| (plot.x.at(f64::from(number)), plot.y.at(week[level]))),
                )
                .collect()
        };
        canvas.band(&path(4), &path(0), PALE);
        canvas.band(&path(3), &path(1), MEDIUM);
        plot.ground(canvas);
        if let Some(target) = target {
            let (from, to) = pace(&plot, target, weeks.len() as f64);
            canvas.dashes(from, to, (ORANGE, 5.0));
        }
        canvas.line(&path(2), DARK, 6.0);
        let ends = ends(last, target);
        let wishes: Vec<(f64, f64)> = ends.iter().map(|end| (plot.y.at(end.value), end.style.line_height())).collect();
        let places = spread(&wishes, plot.area.top - 20.0, plot.area.bottom + 10.0);
        for ((end, (y, _)), place) in ends.iter().zip(wishes).zip(places) {
            if plot.y.shows(end.value) {
                canvas.line(&[(plot.area.right + 4.0, y), (plot.area.right + 22.0, place)], end.style.color, 1.5);
            }
            canvas.text(&end.words, (plot.area.right + 28.0, place + 0.35 * end.style.size), end.style);
        }
    })
}

/// A week whose figures can all be drawn, lowest first.
fn checked(week: &[f64; 5]) -> Option<[f64; 5]> {
    let mut levels = *week;
    for level in &mut levels {
        *level = drawable(*level)?;
    }
    levels.sort_by(f64::total_cmp);
    Some(levels)
}

fn frame(cumulative: &Cumulative<'_>, weeks: &[[f64; 5]], target: Option<f64>) -> Frame {
    let mut low = weeks.iter().map(|week| week[0]).fold(0.0, f64::min);
    let mut high = weeks.iter().map(|week| week[4]).fold(0.0, f64::max);
    // A target far beyond everything would press the bands flat; its line then leaves the plot.
    if let Some(target) = target.filter(|target| (2.0 * low - 0.5 * high..=2.0 * high - 0.5 * low).contains(target)) {
        (low, high) = (low.min(target), high.max(target));
    }
    let rim = 0.04 * (high - low);
    let range =
        (if low < 0.0 { low - rim } else { 0.0 }, if high > 0.0 || low == 0.0 { (high + rim).max(1e-9) } else { 0.0 });
    let range = if high == low { (0.0, target.filter(|target| *target > 0.0).unwrap_or(1.0)) } else { range };
    let last = weeks.last().map_or([0.0; 5], |week| *week);
    let widest = ends(&last, target).iter().map(|end| end.style.width(&end.words)).fold(0.0, f64::max);
    let week = if cumulative.start.trim().is_empty() {
        "Week".to_owned()
    } else {
        format!("Week (the first begins on {})", cumulative.start)
    };
    Frame {
        across: Side::weeks(weeks.len(), Style::TICK.shorten(&week, 900.0)),
        up: Side::up(range, 6, in_currency("Revenue booked by the end of the week", cumulative.currency)),
        lane: 12.0,
        left: 0.0,
        gutter: widest + 34.0,
    }
}

/// The ends of the steady pace from nothing to the target, cut where it leaves the plot.
fn pace(plot: &Plot, target: f64, weeks: f64) -> ((f64, f64), (f64, f64)) {
    let from = (plot.x.at(0.0), plot.y.at(0.0));
    if plot.y.shows(target) {
        return (from, (plot.x.at(weeks), plot.y.at(target)));
    }
    let edge = target.clamp(plot.y.low, plot.y.high);
    (from, (plot.x.at(weeks * edge / target), plot.y.at(edge)))
}

/// A line's end at the last week, and what is written beside it.
struct End {
    value: f64,
    words: String,
    style: Style,
}

fn ends(last: &[f64; 5], target: Option<f64>) -> Vec<End> {
    let scale = scale(last, target);
    let middle = Style::LABEL.bold().colored(DARK);
    let band = Style::LABEL.sized(24.0);
    let names = if last[0] == last[4] {
        vec![(2, "All futures", middle)]
    } else {
        vec![(4, "P95", band), (3, "P75", band), (2, "Median", middle), (1, "P25", band), (0, "P5", band)]
    };
    let written = |(level, name, style): (usize, &str, Style)| End {
        value: last[level],
        words: format!("{name} {}", scale.write(last[level])),
        style,
    };
    let mut ends: Vec<End> = names.into_iter().map(written).collect();
    if let Some(target) = target {
        let words = format!("Target {}", scale.write_typed(target));
        ends.push(End { value: target, words, style: Style::LABEL.bold().colored(ORANGE) });
    }
    ends
}

/// How the figures at the end are written, in the picture and above it.
fn scale(last: &[f64; 5], target: Option<f64>) -> Scale {
    let scale = Scale::of(last);
    target.map_or(scale.clone(), |target| scale.with_typed(target))
}

fn title(weeks: &[[f64; 5]], ends: &[f64; 5], target: Option<f64>, currency: &str) -> String {
    let scale = scale(ends, target);
    let last = ends[2];
    let figure = money(&scale.write(last), currency);
    if weeks.iter().flatten().all(|level| *level == 0.0) {
        return format!("No revenue comes in {}", count(weeks.len() as f64, "week"));
    }
    let median: Vec<f64> = weeks.iter().map(|week| week[2]).collect();
    let weeks = median.len();
    let Some(target) = target.filter(|target| *target > 0.0) else {
        let half = median.iter().position(|value| *value >= last / 2.0).map_or(weeks, |week| week + 1);
        return match last {
            last if last <= 0.0 => format!("Median revenue comes to {figure} in {}", count(weeks as f64, "week")),
            _ if half == weeks => format!("Median revenue comes to {figure} in {}", count(weeks as f64, "week")),
            _ => format!(
                "Median revenue comes to {figure} in {}; half of it is booked by week {half}",
                count(weeks as f64, "week")
            ),
        };
    };
    // The pace is a typed figure divided by whole weeks: a hair below it is rounding, not falling behind.
    let pace = |week: usize| (1.0 - 1e-9) * target * (week + 1) as f64 / weeks as f64;
    let keeps = |week: &usize| median[*week] >= pace(*week);
    let typed = scale.write_typed(target);
    let last_kept = (0..weeks).rev().find(keeps);
    let last_missed = (0..weeks).rev().find(|week| !keeps(week));
    match (last_kept, last_missed) {
        (_, None) => {
            format!("Median revenue keeps the pace to {typed} in every week and ends at {figure}")
        }
        (None, _) => format!("Median revenue is behind the pace to {typed} in every week and ends at {figure}"),
        (Some(kept), Some(missed)) if kept > missed => {
            format!("Median revenue is behind the pace to {typed} until week {} and ends at {figure}", missed + 1)
        }
        (Some(kept), _) => {
            format!("Median revenue falls behind the pace to {typed} after week {} and ends at {figure}", kept + 1)
        }
    }
}
