//! Marginal return: what does more or less money in each channel bring?
//!
//! Each channel has a panel of its own, with its own budgets along the foot, so that a channel of 3,000 can be read beside one
//! of 300,000.

use crate::text::{clean, in_currency, short};

use super::axis::{Frame, Plot, Side};
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::measure::Measure;
use super::theme::{DARK, PALE, Style};
use super::ticks::drawable;

/// What the chart of marginal return is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Returns<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The outcome that the budgets change, for the whole plan.
    pub measure: Measure<'a>,
    /// Code of the budgets' currency; may be empty.
    pub currency: &'a str,
    /// The channels. Of more than twelve those are drawn that change the outcome most.
    pub rows: &'a [Return<'a>],
    /// How the figures came about, such as `"First 2,048 draws."`; may be empty.
    pub note: &'a str,
}

/// How the outcome follows one channel's budget while all others stay.
#[derive(Clone, Copy, Debug)]
pub struct Return<'a> {
    /// The channel's name.
    pub name: &'a str,
    /// What stands under the name, such as what the next sum brings; may be empty.
    pub about: &'a str,
    /// Its budget in today's plan.
    pub today: f64,
    /// The price of one piece, where the channel buys whole pieces: insertions, events.
    pub piece: Option<f64>,
    /// What was computed, for some budgets.
    pub points: &'a [ReturnPoint],
}

/// A budget and what it changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReturnPoint {
    /// The channel's budget.
    pub budget: f64,
    /// The mean change of the outcome against today's plan: 0 at today's budget.
    pub change: f64,
    /// The 95% margin of that mean; 0 where it is exact or not known.
    pub margin: f64,
}

/// More panels than these would be too small to read.
const MOST_PANELS: usize = 12;
/// A channel that changes little is still drawn as if it changed this part of what the largest does: its panel stays flat.
const LEAST_RANGE: f64 = 0.15;
/// How far the last step goes on, as a part of all that is drawn.
const LAST_STEP: f64 = 0.06;
/// Space between panels, across and down, in pixels.
const GAPS: (f64, f64) = (48.0, 18.0);

/// Draws a panel for each channel, from its smallest budget to its largest, with a dot where it is today. Nothing where no
/// channel's budget was varied.
pub fn draw(returns: &Returns<'_>) -> Option<Drawing> {
    let (panels, left_out) = chosen(returns.rows);
    if panels.is_empty() {
        return None;
    }
    let noun = in_currency(&returns.measure.noun(), returns.measure.unit);
    let mut subtitle = format!(
        "Up: mean change of {noun}, of the whole plan, with its 95% margin. Across: {}. Dots: today's plan.",
        in_currency("the channel's budget", returns.currency)
    );
    if left_out > 0 {
        subtitle += &format!(" {left_out} channels that change it less are left out.");
    }
    if !returns.note.trim().is_empty() {
        subtitle += &format!(" {}", clean(returns.note));
    }
    let largest = panels.iter().map(Panel::reach).fold(0.0, f64::max);
    Some(Drawing::new(returns.finding.to_owned(), &subtitle, |canvas, area| {
        for (panel, place) in panels.iter().zip(grid(panels.len(), area)) {
            panel.draw(canvas, place, largest);
        }
    }))
}

/// The places of so many panels, row by row.
fn grid(count: usize, area: Area) -> Vec<Area> {
    let columns = match count {
        0 | 1 => 1,
        2 | 4 => 2,
        3 | 5..=9 => 3,
        _ => 4,
    };
    let rows = count.div_ceil(columns);
    let (width, height) = (
        (area.width() - GAPS.0 * (columns - 1) as f64) / columns as f64,
        (area.height() - GAPS.1 * (rows - 1) as f64) / rows as f64,
    );
    (0..count)
        .map(|place| {
            let left = area.left + (width + GAPS.0) * (place % columns) as f64;
            let top = area.top + (height + GAPS.1) * (place / columns) as f64;
            Area { left, top, right: left + width, bottom: top + height }
        })
        .collect()
}

/// A channel that can be drawn.
#[derive(Clone, Debug)]
struct Panel {
    name: String,
    about: String,
    today: Option<f64>,
    /// the largest budget that was computed
    most: f64,
    /// by budget: budget, low end, change, high end
    points: Vec<(f64, [f64; 3])>,
}

impl Panel {
    fn of(row: &Return<'_>) -> Option<Self> {
        let mut points: Vec<(f64, [f64; 3])> = row
            .points
            .iter()
            .filter_map(|point| {
                let (budget, change) = (drawable(point.budget)?, drawable(point.change)?);
                let margin = drawable(point.margin).map_or(0.0, f64::abs);
                Some((budget, [change - margin, change, change + margin]))
            })
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        points.dedup_by(|a, b| a.0 == b.0);
        let (first, last) = (points.first()?.0, points.last()?.0);
        if points.len() < 2 {
            return None;
        }
        Some(Self {
            name: clean(row.name),
            about: clean(row.about),
            today: drawable(row.today).filter(|today| (first..=last).contains(today)),
            most: last,
            points: match row.piece.and_then(drawable) {
                Some(piece) => stairs(&points, piece),
                None => points,
            },
        })
    }

    /// From the lowest change to the highest one, margins and no change included.
    fn range(&self) -> (f64, f64) {
        let ends = self.points.iter().flat_map(|(_, ends)| ends);
        ends.fold((0.0, 0.0), |(low, high), end| (low.min(*end), high.max(*end)))
    }

    /// How far the outcome moves with this budget.
    fn reach(&self) -> f64 {
        let (low, high) = self.range();
        high - low
    }

    /// The change at a budget, between the points that were computed; at a step, what the budget buys.
    fn at(&self, budget: f64) -> f64 {
        let next = self.points.partition_point(|(x, _)| *x <= budget);
        let (before, after) = (self.points[next.saturating_sub(1)], self.points[next.min(self.points.len() - 1)]);
        if after.0 <= before.0 {
            return before.1[1];
        }
        before.1[1] + (after.1[1] - before.1[1]) * (budget - before.0) / (after.0 - before.0)
    }

    /// Draws name, axes, margin, line and today's dot.
    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, largest: f64) {
        let (bold, plain) = (Style::LABEL.bold(), Style::TICK.sized(22.0));
        canvas.text(&bold.shorten(&self.name, area.width()), (area.left, area.top + 22.0), bold);
        canvas.text(&plain.shorten(&self.about, area.width()), (area.left, area.top + 50.0), plain);
        let (low, high) = self.range();
        let more = 0.5 * (LEAST_RANGE * largest - (high - low)).max(0.0);
        let rim = if largest > 0.0 { 0.06 * (high - low + 2.0 * more) } else { 1.0 };
        let budgets = (self.points[0].0.min(0.0), self.points[self.points.len() - 1].0);
        let mut marks: Vec<(f64, String)> =
            [Some(budgets.0), self.today, Some(self.most)].into_iter().flatten().map(|at| (at, short(at))).collect();
        marks.dedup_by(|a, b| a.1 == b.1);
        if let [(first, _), (today, words), (last, _)] = &marks[..]
            && ((today - first).min(last - today) / (last - first)) * (area.width() - 110.0)
                < Style::TICK.width(words) + 24.0
        {
            marks.remove(1);
        }
        let most = if area.height() > 300.0 { 5 } else { 4 };
        let frame = Frame {
            across: Side::at(budgets, marks),
            up: Side::up((low - more - rim, high + more + rim), most, String::new()),
            lane: 0.0,
            left: 90.0,
            gutter: 24.0,
        };
        let plot = frame.draw(canvas, Area { top: area.top + 32.0, ..area });
        let path = |end: usize| -> Vec<(f64, f64)> {
            self.points.iter().map(|(budget, ends)| (plot.x.at(*budget), plot.y.at(ends[end]))).collect()
        };
        canvas.band(&path(2), &path(0), PALE);
        plot.ground(canvas);
        canvas.line(&path(1), DARK, 4.5);
        self.dot(canvas, &plot);
    }

    fn dot(&self, canvas: &mut Canvas<'_>, plot: &Plot) {
        if let Some(today) = self.today {
            canvas.dot((plot.x.at(today), plot.y.at(self.at(today))), 8.0, DARK);
        }
    }
}

/// What budgets change that buy whole pieces: money that is short of the next piece buys nothing more. Where not every number
/// of pieces was computed the line runs straight between those that were.
fn stairs(points: &[(f64, [f64; 3])], piece: f64) -> Vec<(f64, [f64; 3])> {
    // A hair more, so that three pieces of a third are three.
    let bought = |budget: f64| (budget / piece + 1e-6).floor();
    let every_number = points.windows(2).all(|pair| bought(pair[1].0) - bought(pair[0].0) <= 1.0);
    if piece <= 0.0 || !every_number {
        return points.to_vec();
    }
    let mut steps: Vec<(f64, [f64; 3])> = Vec::new();
    for (place, (budget, ends)) in points.iter().enumerate() {
        // No later than the budget itself, which may be a hair short of its pieces.
        let start = (bought(*budget) * piece).min(*budget).max(points[0].0);
        // The level before holds up to where this one begins.
        if let Some((_, before)) = steps.last().copied() {
            steps.push((start, before));
        }
        steps.push((start, *ends));
        if place + 1 == points.len() {
            // And the last one goes on, to be seen.
            steps.push((budget + LAST_STEP * (budget - points[0].0), *ends));
        }
    }
    steps
}

/// The channels that matter most, in their order, and how many are left out.
fn chosen(rows: &[Return<'_>]) -> (Vec<Panel>, usize) {
    let mut panels: Vec<(usize, Panel)> = rows.iter().filter_map(Panel::of).enumerate().collect();
    panels.sort_by(|(_, a), (_, b)| b.reach().total_cmp(&a.reach()));
    let left_out = panels.len().saturating_sub(MOST_PANELS);
    panels.truncate(MOST_PANELS);
    panels.sort_by_key(|(place, _)| *place);
    (panels.into_iter().map(|(_, panel)| panel).collect(), left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(points: &[(f64, f64)]) -> Vec<ReturnPoint> {
        points.iter().map(|&(budget, change)| ReturnPoint { budget, change, margin: 0.0 }).collect()
    }

    fn row<'a>(name: &'a str, today: f64, points: &'a [ReturnPoint]) -> Return<'a> {
        Return { name, about: "", today, piece: None, points }
    }

    #[test]
    fn the_channels_that_change_most_are_kept_in_their_order() {
        let points: Vec<Vec<ReturnPoint>> =
            (1..=14).map(|size| points(&[(0.0, -f64::from(size)), (2.0, f64::from(size))])).collect();
        let names: Vec<String> = (1..=14).map(|size| size.to_string()).collect();
        let rows: Vec<Return<'_>> = names.iter().zip(&points).map(|(name, points)| row(name, 1.0, points)).collect();
        let (kept, left_out) = chosen(&rows);
        let kept: Vec<&str> = kept.iter().map(|panel| panel.name.as_str()).collect();
        assert_eq!((kept.join(" "), left_out), ("3 4 5 6 7 8 9 10 11 12 13 14".into(), 2));
    }

    #[test]
    fn today_lies_on_the_line() {
        let known = points(&[(20.0, 4.0), (10.0, 0.0), (f64::NAN, 1.0)]);
        let panel = Panel::of(&row("a", 15.0, &known)).unwrap();
        assert_eq!(panel.today.map(|today| panel.at(today)), Some(2.0));
        assert_eq!(Panel::of(&row("a", 25.0, &known)).unwrap().today, None);
        assert!(Panel::of(&row("a", 25.0, &known[..1])).is_none());
    }

    #[test]
    fn what_is_bought_in_pieces_is_drawn_in_steps() {
        let known = points(&[(0.0, -5.0), (30.0, 0.0), (60.0, 4.0)]);
        let panel = Panel::of(&Return { piece: Some(30.0), ..row("a", 40.0, &known) }).unwrap();
        // Short of the second piece nothing changes: 59 buys what 30 does.
        assert_eq!([0.0, 29.0, 30.0, 59.0, 60.0].map(|budget| panel.at(budget)), [-5.0, -5.0, 0.0, 0.0, 4.0]);
        // 10 to 30 pieces: what lies between is not known, and no step is made up.
        let panel = Panel::of(&Return { piece: Some(1.0), ..row("a", 40.0, &known) }).unwrap();
        assert_eq!(panel.at(45.0), 2.0);
        // Money that was spread over months adds up to a hair less than two pieces.
        let today = 60.0 - 1e-11;
        let known = points(&[(0.0, -9.0), (30.0 - 1e-11, -4.0), (today, 0.0), (90.0, 4.0)]);
        let panel = Panel::of(&Return { piece: Some(30.0), ..row("a", today, &known) }).unwrap();
        assert_eq!(panel.at(today), 0.0);
    }

    #[test]
    fn panels_stand_beside_each_other_inside() {
        let area = Area { left: 10.0, top: 20.0, right: 1510.0, bottom: 820.0 };
        for count in 1..=MOST_PANELS {
            let places = grid(count, area);
            assert_eq!(places.len(), count);
            for (index, place) in places.iter().enumerate() {
                assert!(
                    place.left >= area.left && place.right <= area.right + 1e-9 && place.bottom <= area.bottom + 1e-9
                );
                assert!(places[..index].iter().all(|other| !other.overlaps(place)));
            }
        }
    }
}
