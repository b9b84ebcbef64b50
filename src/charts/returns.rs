//! Marginal return: what does the next sum bring in each channel?

use crate::text::{clean, in_currency, short, signed};

use super::axis::{Frame, Plot, Side};
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::measure::Measure;
use super::names::{self, Key, Note};
use super::theme::{STROKES, Stroke, Style};
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
    /// The channels. More than eight are too many to tell apart: those that change the outcome most are drawn.
    pub rows: &'a [Return<'a>],
    /// How the figures came about, such as `"First 2,048 draws."`; may be empty.
    pub note: &'a str,
}

/// How the outcome follows one channel's budget while all others stay.
#[derive(Clone, Copy, Debug)]
pub struct Return<'a> {
    /// The channel's name.
    pub name: &'a str,
    /// Its budget in today's plan.
    pub today: f64,
    /// Its budget, and the mean change of the outcome against today's plan: 0 at today's budget.
    pub points: &'a [(f64, f64)],
}

/// Room for names beyond the plot's right edge, in pixels.
const GUTTER: f64 = 250.0;

/// Draws a line for each channel, from its smallest budget to its largest, with a dot where it is today.
pub fn draw(returns: &Returns<'_>) -> Drawing {
    let (lines, left_out) = chosen(returns.rows);
    if lines.is_empty() {
        return Drawing::without_data(
            "What each channel's next sum brings is not known",
            "No channel's budget was varied, so there is no change to show.",
        );
    }
    let noun = returns.measure.noun();
    let mut subtitle =
        format!("Mean change of {noun} in the whole plan when one channel's budget changes. Dots: today's budgets.");
    if left_out > 0 {
        subtitle += &format!(" {left_out} channels that change it less are left out.");
    }
    if !returns.note.trim().is_empty() {
        subtitle += &format!(" {}", clean(returns.note));
    }
    Drawing::new(returns.finding.to_owned(), &subtitle, |canvas, area| {
        // Names stand at the ends of their lines where all of them find a place there, else in a key.
        let direct = Layout::of(returns, &lines, area, GUTTER);
        match direct.places() {
            Some(places) => {
                let plot = direct.draw(canvas, area);
                names::write_notes(canvas, &direct.notes(&plot), &places);
            }
            None => {
                let keys: Vec<Key> = lines.iter().zip(STROKES).map(|(line, stroke)| line.key(stroke)).collect();
                let room = names::column_room(&keys);
                let plot = Layout::of(returns, &lines, area, room).draw(canvas, area);
                names::column(canvas, &plot, area, &keys);
            }
        }
    })
}

/// A channel's line that can be drawn.
#[derive(Clone, Debug)]
struct Run {
    name: String,
    today: Option<f64>,
    points: Vec<(f64, f64)>,
}

impl Run {
    fn of(row: &Return<'_>) -> Option<Self> {
        let mut points: Vec<(f64, f64)> =
            row.points.iter().filter_map(|(budget, change)| Some((drawable(*budget)?, drawable(*change)?))).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (first, last) = (points.first()?.0, points.last()?.0);
        Some(Self {
            name: clean(row.name),
            today: drawable(row.today).filter(|today| (first..=last).contains(today)),
            points,
        })
    }

    /// How far the outcome moves with this budget.
    fn reach(&self) -> f64 {
        let changes = || self.points.iter().map(|(_, change)| *change);
        changes().fold(0.0, f64::max) - changes().fold(0.0, f64::min)
    }

    /// The change at a budget, between the points that were computed.
    fn at(&self, budget: f64) -> f64 {
        let next = self.points.partition_point(|(x, _)| *x < budget);
        let (before, after) = (self.points[next.saturating_sub(1)], self.points[next.min(self.points.len() - 1)]);
        if after.0 <= before.0 {
            return after.1;
        }
        before.1 + (after.1 - before.1) * (budget - before.0) / (after.0 - before.0)
    }

    fn end(&self) -> (f64, f64) {
        self.points[self.points.len() - 1]
    }

    fn key(&self, stroke: Stroke) -> Key {
        let (budget, change) = self.end();
        Key {
            stroke,
            name: Style::LABEL.bold().shorten(&self.name, 500.0),
            figure: format!("{} at {}", signed(short(change)), short(budget)),
        }
    }
}

/// The channels that matter most, in their order, and how many are left out.
fn chosen(rows: &[Return<'_>]) -> (Vec<Run>, usize) {
    let mut runs: Vec<(usize, Run)> = rows.iter().filter_map(Run::of).enumerate().collect();
    runs.sort_by(|(_, a), (_, b)| b.reach().total_cmp(&a.reach()));
    let left_out = runs.len().saturating_sub(STROKES.len());
    runs.truncate(STROKES.len());
    runs.sort_by_key(|(place, _)| *place);
    (runs.into_iter().map(|(_, run)| run).collect(), left_out)
}

/// The plot with its lines, for a given room on the right.
struct Layout<'r> {
    frame: Frame,
    lines: &'r [Run],
    /// where the plot will be: the frame's numbers take the same room each time
    plot: Plot,
}

impl<'r> Layout<'r> {
    fn of(returns: &Returns<'_>, lines: &'r [Run], area: Area, gutter: f64) -> Self {
        let points = || lines.iter().flat_map(|line| &line.points);
        let (low, high) =
            points().fold((0.0_f64, 0.0_f64), |(low, high), (_, change)| (low.min(*change), high.max(*change)));
        let rim = if high > low { 0.06 * (high - low) } else { 1.0 };
        let left = points().fold(0.0_f64, |low, (budget, _)| low.min(*budget));
        let right = points().fold(0.0_f64, |high, (budget, _)| high.max(*budget));
        let measure = &returns.measure;
        let what = format!("Change of {} against today's plan", Style::TICK.shorten(&measure.noun(), 700.0));
        let frame = Frame {
            across: Side::across((left, right), 1000.0, in_currency("Budget of the channel", returns.currency)),
            up: Side::up((low - rim, high + rim), 6, in_currency(&what, measure.unit)),
            lane: 12.0,
            left: 0.0,
            gutter,
        };
        let plot = frame.plot(area);
        Self { frame, lines, plot }
    }

    fn paths(&self, plot: &Plot) -> Vec<Vec<(f64, f64)>> {
        let path = |run: &Run| {
            let at = |(x, y): &(f64, f64)| (plot.x.at(*x), plot.y.at(*y));
            run.points.iter().map(at).collect()
        };
        self.lines.iter().map(path).collect()
    }

    /// The pixels of today's budgets.
    fn dots(&self, plot: &Plot) -> Vec<Option<(f64, f64)>> {
        let dot = |run: &Run| {
            let today = run.today?;
            Some((plot.x.at(today), plot.y.at(run.at(today))))
        };
        self.lines.iter().map(dot).collect()
    }

    fn notes(&self, plot: &Plot) -> Vec<Note> {
        let style = Style::LABEL.bold();
        let note = |(run, stroke): (&Run, Stroke)| {
            let (budget, change) = run.end();
            Note {
                at: (plot.x.at(budget), plot.y.at(change)),
                words: style.shorten(&run.name, 300.0),
                style: style.colored(stroke.color),
                tie: stroke.color,
            }
        };
        self.lines.iter().zip(STROKES).map(note).collect()
    }

    /// Where the names stand, if each of them finds a place near the end of its line.
    fn places(&self) -> Option<Vec<Option<Area>>> {
        let (plot, near) = (&self.plot, 190.0);
        let notes = self.notes(plot);
        let (paths, dots) = (self.paths(plot), self.dots(plot));
        let bounds = Area { right: plot.area.right + GUTTER, ..plot.area };
        let zero = plot.y.at(0.0);
        let free = |area: &Area| {
            (zero < area.top - 6.0 || zero > area.bottom + 6.0)
                && paths.iter().all(|path| names::passes(path, area))
                && dots.iter().flatten().all(|dot| names::passes(&[*dot, *dot], area))
        };
        let places = names::places(&notes, bounds, free);
        let close = |(note, place): (&Note, &Option<Area>)| {
            place.is_some_and(|place| {
                let (x, y) = note.at;
                let across = (place.left - x).max(x - place.right).max(0.0);
                let down = (place.top - y).max(y - place.bottom).max(0.0);
                across.hypot(down) <= near && !note.words.is_empty()
            })
        };
        let all_close = notes.iter().zip(&places).all(close);
        (all_close && !crossed(&notes, &places)).then_some(places)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area) -> Plot {
        let plot = self.frame.draw(canvas, area);
        plot.ground(canvas);
        let paths = self.paths(&plot);
        for (path, stroke) in paths.iter().zip(STROKES).rev() {
            canvas.stroke(path, stroke);
        }
        for (dot, stroke) in self.dots(&plot).into_iter().zip(STROKES) {
            if let Some(dot) = dot {
                canvas.dot(dot, 9.0, stroke.color);
            }
        }
        plot
    }
}

/// Do two lines that end beside each other have their names the other way round?
fn crossed(notes: &[Note], places: &[Option<Area>]) -> bool {
    let named: Vec<((f64, f64), f64)> =
        notes.iter().zip(places).filter_map(|(note, place)| Some((note.at, place.as_ref()?.top))).collect();
    named.iter().any(|&((x, y), top)| {
        named
            .iter()
            .any(|&((other_x, other_y), other_top)| (x - other_x).abs() < 60.0 && y < other_y && top > other_top)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'a>(name: &'a str, today: f64, points: &'a [(f64, f64)]) -> Return<'a> {
        Return { name, today, points }
    }

    #[test]
    fn the_channels_that_change_most_are_kept_in_their_order() {
        let points: Vec<[(f64, f64); 2]> =
            (1..=10).map(|size| [(0.0, -f64::from(size)), (2.0, f64::from(size))]).collect();
        let names: Vec<String> = (1..=10).map(|size| size.to_string()).collect();
        let rows: Vec<Return<'_>> = names.iter().zip(&points).map(|(name, points)| row(name, 1.0, points)).collect();
        let (kept, left_out) = chosen(&rows);
        let kept: Vec<&str> = kept.iter().map(|run| run.name.as_str()).collect();
        assert_eq!((kept.join(" "), left_out), ("3 4 5 6 7 8 9 10".into(), 2));
    }

    #[test]
    fn today_lies_on_the_line() {
        let run = Run::of(&row("a", 15.0, &[(20.0, 4.0), (10.0, 0.0), (f64::NAN, 1.0)])).unwrap();
        assert_eq!(run.today.map(|today| run.at(today)), Some(2.0));
        let run = Run::of(&row("a", 25.0, &[(20.0, 4.0), (10.0, 0.0)])).unwrap();
        assert_eq!(run.today, None);
        assert!(Run::of(&row("a", 25.0, &[])).is_none());
    }
}
