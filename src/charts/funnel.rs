//! The funnel: how many leads become wins, and where are the others lost?

use crate::text::{clean, pieces};

use super::axis::Axis;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::levels::Interval;
use super::theme::{DARK, MUTED, ORANGE, Style};
use super::ticks::drawable;

/// What the chart of the funnel is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Funnel<'a> {
    /// The steps, from the first lead to the win.
    pub steps: &'a [Step<'a>],
    /// A sentence on what goes another way and is not drawn; may be empty.
    pub beside: &'a str,
}

/// One step of the funnel, and what is lost on the way to it.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// What is counted, in the plural and as in a sentence: `"leads"`.
    pub name: &'a str,
    /// How many get here: P10, mean, P90; the ends are not a number where only the mean is known.
    pub count: Interval,
    /// What does not get here from the step before.
    pub losses: &'a [Loss<'a>],
}

/// A way in which leads are lost between two steps.
#[derive(Clone, Copy, Debug)]
pub struct Loss<'a> {
    /// What happens to them, as behind a number: `"not qualified"`.
    pub name: &'a str,
    /// How many, on average.
    pub mean: f64,
}

/// More steps than these would not leave room for their names.
const MOST_STEPS: usize = 9;

/// Draws the steps below each other, with what is lost beside what goes on. Nothing where no lead comes in, or where there
/// is only one step.
pub fn draw(funnel: &Funnel<'_>) -> Option<Drawing> {
    let rows: Vec<Row> = funnel.steps.iter().filter_map(Row::of).take(MOST_STEPS).collect();
    let most =
        rows.iter().map(|row| (row.mean + row.lost()).max(row.ends.map_or(0.0, |ends| ends[1]))).fold(0.0, f64::max);
    if most <= 0.0 || rows.len() < 2 {
        return None;
    }
    let mut subtitle = "Mean of all futures; 8 of 10 futures lie within the thin lines (P10 to P90). Orange, the lighter part: lost before this step.".to_owned();
    if !funnel.beside.is_empty() {
        subtitle += &format!(" {}", clean(funnel.beside));
    }
    Some(Drawing::new(title(&rows), &subtitle, |canvas, area| {
        let losses = rows.iter().any(|row| !row.losses.is_empty());
        let plot = Area { left: area.left + 350.0, right: area.right - if losses { 400.0 } else { 0.0 }, ..area };
        let axis = Axis::new((0.0, most), (plot.left, plot.right));
        let height = plot.height() / rows.len() as f64;
        for (index, row) in rows.iter().enumerate() {
            let top = plot.top + height * index as f64;
            let band = Area { top, bottom: top + height, ..area };
            row.name(canvas, Area { right: plot.left - 20.0, ..band });
            let end = row.bar(canvas, &axis, band);
            row.losses(canvas, Area { left: end + 24.0, ..band });
            canvas.hint(band, row.told());
        }
        canvas.line(&[(plot.left, plot.top), (plot.left, plot.bottom)], MUTED, 2.0);
    }))
}

/// A step that can be drawn.
#[derive(Clone, Debug)]
struct Row {
    name: String,
    mean: f64,
    /// P10 and P90, where they are known.
    ends: Option<[f64; 2]>,
    losses: Vec<(String, f64)>,
}

/// A smaller part of what comes to a step is not worth a line.
const TRACE: f64 = 0.001;

impl Row {
    fn of(step: &Step<'_>) -> Option<Self> {
        let level = |level: f64| drawable(level).map(|level| level.max(0.0));
        let mean = level(step.count.middle)?;
        let ends =
            level(step.count.low).zip(level(step.count.high)).map(|(one, other)| [one.min(other), one.max(other)]);
        let losses = step
            .losses
            .iter()
            .filter_map(|loss| Some((clean(loss.name), drawable(loss.mean)?)))
            .filter(|(_, lost)| *lost > TRACE * (mean + lost));
        Some(Self { name: clean(step.name), mean, ends, losses: losses.collect() })
    }

    fn lost(&self) -> f64 {
        self.losses.iter().map(|(_, mean)| mean).sum()
    }

    /// The step in words.
    fn told(&self) -> String {
        let ends = self.ends.map_or_else(String::new, |[low, high]| format!(" ({} to {})", pieces(low), pieces(high)));
        let losses = self.losses.iter().map(|(name, mean)| format!("; {} {name}", pieces(*mean)));
        format!("{}: {}{ends}{}", self.name, pieces(self.mean), losses.collect::<String>())
    }

    /// Writes what is counted and how many there are.
    fn name(&self, canvas: &mut Canvas<'_>, area: Area) {
        let (name, figures) = (Style::LABEL.bold().right(), Style::TICK.right());
        let mut letters = self.name.chars();
        let capital =
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default();
        let mut figure = pieces(self.mean);
        if let Some([low, high]) = self.ends {
            figure += &format!(" ({} to {})", pieces(low), pieces(high));
        }
        let most = if area.height() > 110.0 { 2 } else { 1 };
        let lines = name.wrap(&capital, area.width(), most);
        let height = name.line_height() * lines.len() as f64 + figures.line_height();
        let below = canvas.lines(&lines, (area.right, (area.top + area.bottom - height) / 2.0), name);
        canvas.lines(&[figures.shorten(&figure, area.width())], (area.right, below), figures);
    }

    /// Draws what gets here, and behind it what does not, and gives the x where both end.
    fn bar(&self, canvas: &mut Canvas<'_>, axis: &Axis, area: Area) -> f64 {
        let thick = 0.56 * area.height();
        let top = (area.top + area.bottom - thick) / 2.0;
        let mean = axis.at(self.mean);
        let end = axis.at(self.mean + self.lost());
        // A step that a few get to is still to be seen.
        let least = axis.at(0.0) + 3.0;
        let bar = Area { left: axis.at(0.0), top, right: mean.max(least), bottom: top + thick };
        if self.mean > 0.0 {
            canvas.rect(bar, DARK);
        }
        if end > mean {
            canvas.rect(Area { left: bar.right + 2.0, right: end.max(bar.right + 5.0), ..bar }, ORANGE);
        }
        let right = bar.right.max(end);
        let Some([low, high]) = self.ends.map(|ends| ends.map(|level| axis.at(level))) else {
            return right;
        };
        if high <= axis.at(0.0) {
            return right;
        }
        canvas.whisker((low, high), top + thick / 2.0, 0.6 * thick);
        right.max(high)
    }

    /// Writes how many are lost in which way: as many ways as there is room for, and the rest together.
    fn losses(&self, canvas: &mut Canvas<'_>, area: Area) {
        let style = Style::LABEL.colored(ORANGE);
        let room = ((area.height() - 6.0) / style.line_height()).clamp(1.0, 4.0) as usize;
        let written = |name: &str, mean: f64| style.shorten(&format!("{} {name}", pieces(mean)), area.width());
        let mut lines: Vec<String> = self.losses.iter().map(|(name, mean)| written(name, *mean)).collect();
        if lines.len() > room {
            let rest: f64 = self.losses[room - 1..].iter().map(|(_, mean)| mean).sum();
            lines.truncate(room - 1);
            lines.push(written(if room == 1 { "lost" } else { "lost otherwise" }, rest));
        }
        let top = (area.top + area.bottom - style.line_height() * lines.len() as f64) / 2.0;
        canvas.lines(&lines, (area.left, top), style);
    }
}

fn title(rows: &[Row]) -> String {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return String::new();
    };
    let name = |name: &str| Style::TITLE.shorten(name, 460.0);
    let figure = |row: &Row| format!("{} {}", pieces(row.mean), name(&row.name));
    let losses = rows.iter().flat_map(|row| &row.losses);
    let largest = losses.reduce(|most, next| if next.1 > most.1 { next } else { most });
    let mut words = format!("{} end in {}", figure(first), figure(last));
    if let Some((loss, mean)) = largest {
        words += &format!("; the largest loss: {} {}", pieces(*mean), name(loss));
    }
    words
}
