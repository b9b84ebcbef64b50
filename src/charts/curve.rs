//! Lines over what is varied: how does one figure follow another?
//!
//! The other charts know what they show and find their title themselves. This one serves any figure over any other
//! (spend, weeks, a key of the file), so whoever draws it says what was found.

use super::axis::{Frame, Plot, Side};
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::names::{self, End, Note};
use super::theme::{DARK, INK, MEDIUM, MUTED, ORANGE, PALE, Style};
use super::ticks::drawable;

/// What a chart of lines is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Curve<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// What is drawn, in a sentence or two.
    pub about: &'a str,
    /// What runs along the foot.
    pub across: Across<'a>,
    /// What the lines count, with its unit.
    pub up: &'a str,
    /// The lines. The first is the darkest; beyond the third they repeat.
    pub lines: &'a [Line<'a>],
    /// A height that matters: a ceiling, a target.
    pub level: Option<Level<'a>>,
    /// Points that are worth a word.
    pub marks: &'a [Mark<'a>],
}

/// What runs along the foot of a chart of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Across<'a> {
    /// Amounts, and what they count, with the unit.
    Amount(&'a str),
    /// Weeks, counted from 1, and as many as the last x says.
    Weeks,
}

/// A line and its name, which is written where it ends.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// What it shows.
    pub name: &'a str,
    /// Points from left to right, x first.
    pub points: &'a [(f64, f64)],
}

/// A dashed line across the whole plot.
#[derive(Clone, Copy, Debug)]
pub struct Level<'a> {
    /// What it is.
    pub name: &'a str,
    /// Where it stands.
    pub value: f64,
}

/// A dot with words beside it.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    /// Where it stands, x first.
    pub at: (f64, f64),
    /// What there is to say.
    pub words: &'a str,
}

/// The blues of the lines, in their order.
const BLUES: [plotters::style::RGBColor; 3] = [DARK, MEDIUM, PALE];

/// Draws the lines, each with its name at its end.
pub fn draw(curve: &Curve<'_>) -> Drawing {
    let lines: Vec<(&str, Vec<(f64, f64)>)> = curve
        .lines
        .iter()
        .map(|line| (line.name, checked(line.points)))
        .filter(|(_, points)| !points.is_empty())
        .collect();
    if lines.is_empty() {
        return Drawing::without_data("There is nothing to draw a line through", "No point of any line is a number.");
    }
    let level = curve.level.and_then(|level| Some((level.name, drawable(level.value)?)));
    let marks: Vec<((f64, f64), &str)> =
        curve.marks.iter().filter_map(|mark| Some((checked(&[mark.at]).first().copied()?, mark.words))).collect();
    let ends = ends(&lines, level);
    let frame = frame(curve, &lines, level, &ends);
    Drawing::new(curve.finding.to_owned(), curve.about, |canvas, area| {
        let plot = frame.draw(canvas, area);
        plot.ground(canvas);
        if let Some((_, value)) = level {
            let y = plot.y.at(value);
            canvas.dashes((plot.area.left, y), (plot.area.right, y), (ORANGE, 4.0));
        }
        let paths: Vec<Vec<(f64, f64)>> = lines.iter().map(|(_, points)| pixels(&plot, points)).collect();
        // The first line comes last, so that it lies on top.
        for (place, path) in paths.iter().enumerate().rev() {
            canvas.line(path, BLUES[place % BLUES.len()], 6.0);
        }
        names::at_ends(canvas, &plot, &ends);
        say_marks(canvas, &plot, &marks, &paths, level);
    })
}

/// The points that can be drawn, from left to right.
fn checked(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = points.iter().filter_map(|(x, y)| Some((drawable(*x)?, drawable(*y)?))).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points
}

fn pixels(plot: &Plot, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    points.iter().map(|(x, y)| (plot.x.at(*x), plot.y.at(*y))).collect()
}

fn ends<'a>(lines: &[(&'a str, Vec<(f64, f64)>)], level: Option<(&'a str, f64)>) -> Vec<End<'a>> {
    let mut ends: Vec<End<'_>> = lines
        .iter()
        .enumerate()
        .filter(|(_, (name, _))| !name.is_empty())
        .filter_map(|(place, (name, points))| {
            let style = Style::LABEL.colored(if place % BLUES.len() == 0 { DARK } else { INK });
            Some(End { at: *points.last()?, name, style: if place == 0 { style.bold() } else { style } })
        })
        .collect();
    ends.extend(level.map(|(name, value)| End {
        at: (f64::INFINITY, value),
        name,
        style: Style::LABEL.bold().colored(ORANGE),
    }));
    // Beyond these the names would stand on each other.
    ends.truncate(12);
    ends
}

fn frame(curve: &Curve<'_>, lines: &[(&str, Vec<(f64, f64)>)], level: Option<(&str, f64)>, ends: &[End<'_>]) -> Frame {
    let points = || lines.iter().flat_map(|(_, points)| points);
    let heights = points().map(|(_, y)| *y).chain(level.map(|level| level.1));
    let (low, high) = heights.fold((0.0_f64, 0.0_f64), |(low, high), y| (low.min(y), high.max(y)));
    let rim = 0.05 * (high - low);
    let up = (if low < 0.0 { low - rim } else { 0.0 }, if high > 0.0 { high + rim } else { 0.0 });
    let up = if up == (0.0, 0.0) { (0.0, 1.0) } else { up };
    let left = points().map(|(x, _)| *x).fold(f64::INFINITY, f64::min);
    let right = points().map(|(x, _)| *x).fold(f64::NEG_INFINITY, f64::max);
    let across = match curve.across {
        Across::Amount(name) => Side::across((left, right), 1000.0, Style::TICK.shorten(name, 900.0)),
        Across::Weeks => Side::weeks(right.clamp(1.0, 1000.0) as usize, "Week".to_owned()),
    };
    Frame {
        across,
        up: Side::up(up, 6, Style::TICK.shorten(curve.up, 1400.0)),
        lane: 12.0,
        left: 0.0,
        gutter: names::gutter(ends),
    }
}

/// Dots, each tied to its words, which stand where no line runs.
fn say_marks(
    canvas: &mut Canvas<'_>,
    plot: &Plot,
    marks: &[((f64, f64), &str)],
    paths: &[Vec<(f64, f64)>],
    level: Option<(&str, f64)>,
) {
    let note = |((x, y), words): &((f64, f64), &str)| Note {
        at: (plot.x.at(*x), plot.y.at(*y)),
        words: Style::LABEL.shorten(words, 700.0),
        style: Style::LABEL,
        tie: MUTED,
    };
    let notes: Vec<Note> = marks.iter().map(note).collect();
    let dashed = level.map(|(_, value)| plot.y.at(value));
    let free = |area: &Area| {
        let clear = |y: f64| y < area.top - 8.0 || y > area.bottom + 8.0;
        dashed.is_none_or(clear) && paths.iter().all(|path| names::passes(path, area))
    };
    let places = names::places(&notes, plot.area, free);
    names::write_notes(canvas, &notes, &places);
    for note in notes {
        canvas.dot(note.at, 9.0, DARK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_from_left_to_right_and_are_numbers() {
        let points = [(2.0, 5.0), (f64::NAN, 1.0), (1.0, 3.0), (3.0, f64::INFINITY)];
        assert_eq!(checked(&points), [(1.0, 3.0), (2.0, 5.0)]);
    }

    #[test]
    fn the_title_is_the_finding_and_every_name_is_written() {
        let points: Vec<(f64, f64)> = (1..=13).map(|week| (f64::from(week), 2.0)).collect();
        let drawing = draw(&Curve {
            finding: "Nothing moves",
            about: "",
            across: Across::Weeks,
            up: "Leads a week",
            lines: &[Line { name: "Search", points: &points }],
            level: Some(Level { name: "Target", value: 3.0 }),
            marks: &[Mark { at: (6.0, 2.0), words: "halfway" }],
        });
        assert_eq!(drawing.title(), "Nothing moves");
        for words in ["Search", "Target", "halfway", "Leads a week"] {
            assert!(drawing.svg().contains(words), "{words}");
        }
    }
}
