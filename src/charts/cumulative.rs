//! Revenue week by week: when does it come, and is it on its way to the target?

use crate::text::{Scale, count, futures, in_currency, money, of_hundred_such};

use super::axis::{Frame, Plot, Side};
use super::drawing::Drawing;
use super::labels::spread;
use super::levels::{Bands, Interval};
use super::theme::{DARK, MEDIUM, ORANGE, PALE, Style};
use super::ticks::drawable;

/// What the chart of revenue by week is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Cumulative<'a> {
    /// Code of the currency, such as `"USD"`; may be empty.
    pub currency: &'a str,
    /// The revenue, from P5 to P95: first what is booked before week 1, then up to the end of each week.
    pub path: &'a [Bands],
    /// The revenue to be reached by the end of the last week.
    pub goal: Option<Goal>,
    /// The last day of each week, as it shall be written; empty where the plan has no date to start on.
    pub days: &'a [String],
}

/// A revenue to be reached, and how likely that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// The revenue.
    pub value: f64,
    /// The share of draws that reach it, from 0 to 1, in its 95% interval.
    pub chance: Interval,
}

/// Draws revenue by week: bands, the median, and the median scaled to end at the target. Nothing where no revenue comes.
pub fn draw(cumulative: &Cumulative<'_>) -> Option<Drawing> {
    let path: Vec<Bands> = cumulative.path.iter().map_while(|week| week.checked()).collect();
    let (first, last) = (path.first()?, path.last()?);
    if path.len() < 2 || first == last {
        return None;
    }
    let goal = cumulative.goal.filter(|goal| drawable(goal.value) == Some(goal.value));
    let target = goal.map(|goal| goal.value);
    let pace = target.and_then(|target| pace(&path, target));
    let frame = frame(cumulative, &path, target);
    let noun = futures(path.len() - 1);
    let mut subtitle =
        format!("In each week 9 of 10 {noun} lie in the pale band (P5 to P95), half in the darker one (P25 to P75).");
    if pace.is_some() {
        subtitle += " Dashed: the median, scaled to end at the target; above it a week is ahead.";
    }
    Some(Drawing::new(title(&path, goal, cumulative), &subtitle, |canvas, area| {
        let plot = frame.draw(canvas, area);
        let at = |(week, value): (usize, f64)| (plot.x.at(week as f64), plot.y.at(value));
        let level =
            |level: fn(&Bands) -> f64| -> Vec<(f64, f64)> { path.iter().map(level).enumerate().map(at).collect() };
        canvas.band(&level(|week| week.high), &level(|week| week.low), PALE);
        canvas.band(&level(|week| week.upper), &level(|week| week.lower), MEDIUM);
        plot.ground(canvas);
        if let Some(pace) = &pace {
            canvas.dashed(&inside(&plot, pace), (ORANGE, 5.0));
        }
        canvas.line(&level(|week| week.middle), DARK, 6.0);
        let ends = ends(last, target);
        let wishes: Vec<(f64, f64)> = ends.iter().map(|end| (plot.y.at(end.value), end.style.line_height())).collect();
        let places = spread(&wishes, plot.area.top - 20.0, plot.area.bottom + 10.0);
        for ((end, (y, _)), place) in ends.iter().zip(wishes).zip(places) {
            if plot.y.shows(end.value) {
                canvas.line(&[(plot.area.right + 4.0, y), (plot.area.right + 22.0, place)], end.style.color, 1.5);
            }
            canvas.text(&end.words, (plot.area.right + 28.0, place + 0.35 * end.style.size), end.style);
        }
        let weeks: Vec<f64> = (0..path.len()).map(|week| week as f64).collect();
        for (week, levels) in path.iter().enumerate() {
            let scale = Scale::of(&levels.into_array());
            let Bands { low, lower, middle, upper, high } = levels.map(|level| scale.write(level));
            let when = match (week, cumulative.days.get(week.wrapping_sub(1))) {
                (0, _) => "Before week 1".to_owned(),
                (week, Some(day)) => format!("Week {week}, to {day}"),
                (week, None) => format!("Week {week}"),
            };
            canvas.hint(
                plot.around(&weeks, week),
                format!(
                    "{when}: median {}; half of futures {lower} to {upper}, 9 of 10 {low} to {high}",
                    money(&middle, cumulative.currency)
                ),
            );
        }
    }))
}

/// The median path, stretched above what is booked so that it ends at the target; none where nothing is left to come.
///
/// ```text
/// pace(t) = booked + (median(t) − booked)·(target − booked)/(median(end) − booked)
/// ```
fn pace(path: &[Bands], target: f64) -> Option<Vec<f64>> {
    let booked = path.first()?.middle;
    let comes = path.last()?.middle - booked;
    let wanted = target - booked;
    (comes > 0.0 && wanted > 0.0)
        .then(|| path.iter().map(|week| booked + (week.middle - booked) / comes * wanted).collect())
}

/// The pace as far as it lies on the plot.
fn inside(plot: &Plot, pace: &[f64]) -> Vec<(f64, f64)> {
    let at = |week: f64, value: f64| (plot.x.at(week), plot.y.at(value));
    let mut points = Vec::new();
    for (week, value) in pace.iter().enumerate() {
        if plot.y.shows(*value) {
            points.push(at(week as f64, *value));
            continue;
        }
        // Cut where it leaves the plot.
        let before = if week == 0 { *value } else { pace[week - 1] };
        if *value > before {
            let part = (plot.y.high - before) / (value - before);
            points.push(at(week as f64 - 1.0 + part, plot.y.high));
        }
        break;
    }
    points
}

fn frame(cumulative: &Cumulative<'_>, path: &[Bands], target: Option<f64>) -> Frame {
    let mut low = path.iter().map(|week| week.low).fold(0.0, f64::min);
    let mut high = path.iter().map(|week| week.high).fold(0.0, f64::max);
    // A target far beyond everything would press the bands flat; its line then leaves the plot.
    if let Some(target) = target.filter(|target| (2.0 * low - 0.5 * high..=2.0 * high - 0.5 * low).contains(target)) {
        (low, high) = (low.min(target), high.max(target));
    }
    let rim = 0.04 * (high - low);
    let range =
        (if low < 0.0 { low - rim } else { 0.0 }, if high > 0.0 || low == 0.0 { (high + rim).max(1e-9) } else { 0.0 });
    let last = path.last().map_or(Bands::certain(0.0), |week| *week);
    let widest = ends(&last, target).iter().map(|end| end.style.width(&end.words)).fold(0.0, f64::max);
    let gutter = widest + 34.0;
    let weeks = path.len() - 1;
    let across = match cumulative.days {
        [] => Side::weeks(weeks, "Week".to_owned()),
        days => Side::week_ends(days, weeks, 1350.0 - gutter, "Last day of the week".to_owned()),
    };
    let title = in_currency("Revenue by the end of the week, with what is booked", cumulative.currency);
    Frame { across, up: Side::up(range, 6, title), lane: 12.0, left: 0.0, gutter }
}

/// A line's end at the last week, and what is written beside it.
struct End {
    value: f64,
    words: String,
    style: Style,
}

fn ends(last: &Bands, target: Option<f64>) -> Vec<End> {
    let scale = scale(last, target);
    let middle = Style::LABEL.bold().colored(DARK);
    let band = Style::LABEL.sized(24.0);
    let names = if last.low == last.high {
        vec![(last.middle, "All futures", middle)]
    } else {
        vec![
            (last.high, "P95", band),
            (last.upper, "P75", band),
            (last.middle, "Median", middle),
            (last.lower, "P25", band),
            (last.low, "P5", band),
        ]
    };
    let written = |(value, name, style): (f64, &str, Style)| {
        let words = format!("{name} {}", scale.write(value));
        End { value, words, style }
    };
    let mut ends: Vec<End> = names.into_iter().map(written).collect();
    if let Some(target) = target {
        let words = format!("Target {}", scale.write_typed(target));
        ends.push(End { value: target, words, style: Style::LABEL.bold().colored(ORANGE) });
    }
    ends
}

/// How the figures at the end are written, in the picture and above it.
fn scale(last: &Bands, target: Option<f64>) -> Scale {
    let scale = Scale::of(&last.into_array());
    target.map_or(scale.clone(), |target| scale.with_typed(target))
}

fn title(path: &[Bands], goal: Option<Goal>, cumulative: &Cumulative<'_>) -> String {
    let (first, last) = (path[0].middle, path[path.len() - 1].middle);
    let weeks = path.len() - 1;
    let scale = scale(&path[weeks], goal.map(|goal| goal.value));
    let figure = money(&scale.write(last), cumulative.currency);
    let from = if first > 0.0 {
        format!("Median revenue goes from {} booked", scale.write(first))
    } else {
        "Median revenue comes".to_owned()
    };
    let Some(Goal { value: target, chance: Interval { low, middle: chance, high } }) = goal else {
        let half = path.iter().position(|week| week.middle - first >= (last - first) / 2.0).unwrap_or(weeks);
        return match half {
            half if last <= first || half == weeks => format!("{from} to {figure} in {}", count(weeks as f64, "week")),
            half => {
                // As the weeks are named below.
                let by =
                    cumulative.days.get(half.wrapping_sub(1)).map_or_else(|| format!("week {half}"), String::clone);
                format!("{from} to {figure} in {}; half of that comes by {by}", count(weeks as f64, "week"))
            }
        };
    };
    let typed = scale.write_typed(target);
    let met = format!("{} meet it", of_hundred_such(chance, futures(weeks)));
    match () {
        () if target <= first => format!("{from} to {figure}; the target of {typed} is booked already"),
        () if low > 0.5 => format!("{from} to {figure}, above the target of {typed}: {met}"),
        () if high < 0.5 => format!("{from} to {figure}, short of the target of {typed}: {met}"),
        () => format!("{from} to {figure}, about the target of {typed}: {met}"),
    }
}
