//! What was stated beside what records say: for each figure two intervals on one scale of its own.

use crate::text::clean;

use super::axis::Axis;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::levels::Interval;
use super::theme::{DARK, INK, MEDIUM, PALE, Style};
use super::ticks::drawable;

/// What the chart is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct BeforeAfter<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The figures; the first ones are drawn.
    pub rows: &'a [Belief],
}

/// A figure before and after the records.
#[derive(Clone, Debug)]
pub struct Belief {
    /// Its name.
    pub name: String,
    /// P10, P50 and P90 as stated, where it was uncertain.
    pub stated: Option<Interval>,
    /// P10, P50 and P90 as learnt.
    pub learnt: Interval,
    /// The latter as they are written.
    pub figures: Interval<String>,
}

/// More rows would be too low for their figures.
const MOST_ROWS: usize = 9;
const FIGURE: Style = Style::TICK.colored(INK).sized(21.0);

/// Draws for each figure the stated interval above the learnt one; none where there is nothing to draw.
#[must_use]
pub fn draw(beliefs: &BeforeAfter<'_>) -> Option<Drawing> {
    let rows: Vec<&Belief> =
        beliefs.rows.iter().filter(|row| row.learnt.into_array().iter().all(|x| drawable(*x).is_some())).collect();
    let shown = &rows[..rows.len().min(MOST_ROWS)];
    if shown.is_empty() {
        return None;
    }
    let mut subtitle = "Dark: what the records say, P10 to P90, the dot at P50. Pale: what was stated. Each row has a \
                        scale of its own."
        .to_owned();
    if rows.len() > shown.len() {
        subtitle += &format!(" {} more are in the page.", rows.len() - shown.len());
    }
    Some(Drawing::new(beliefs.finding.to_owned(), &subtitle, |canvas, area| {
        let names: Vec<String> = shown.iter().map(|row| clean(&row.name)).collect();
        let widest = names.iter().map(|name| Style::LABEL.width(name)).fold(0.0, f64::max).clamp(80.0, 460.0);
        // The last figure must not meet the footer.
        let height = (area.height() - 24.0) / shown.len().max(4) as f64;
        for (place, (row, name)) in shown.iter().zip(&names).enumerate() {
            let top = area.top + height * place as f64;
            let middle = top + 0.5 * height;
            let label = Style::LABEL.sized((0.36 * height).min(Style::LABEL.size));
            canvas.text(&label.shorten(name, widest), (area.left + widest, middle + 0.35 * label.size), label.right());
            let room = Area { left: area.left + widest + 130.0, top, right: area.right - 130.0, bottom: top + height };
            row.draw(canvas, room);
        }
    }))
}

impl Belief {
    fn draw(&self, canvas: &mut Canvas<'_>, room: Area) {
        let stated = self.stated.filter(|levels| levels.into_array().iter().all(|x| drawable(*x).is_some()));
        let all = || [Some(self.learnt), stated].into_iter().flatten().flat_map(Interval::into_array);
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        let rim = if high > low { 0.0 } else { 0.5 * high.abs().max(1.0) };
        let axis = Axis::new((low - rim, high + rim), (room.left, room.right));
        let middle = 0.5 * (room.top + room.bottom);
        if let Some(Interval { low: p10, middle: p50, high: p90 }) = stated.map(|levels| levels.map(|x| axis.at(x))) {
            let y = middle - 0.16 * room.height();
            canvas.line(&[(p10, y), (p90.max(p10 + 2.0), y)], PALE, 12.0);
            canvas.dot((p50, y), 7.0, MEDIUM);
        }
        let y = middle + 0.14 * room.height();
        let Interval { low: p10, middle: p50, high: p90 } = self.learnt.map(|x| axis.at(x));
        canvas.line(&[(p10, y), (p90.max(p10 + 2.0), y)], DARK, 8.0);
        canvas.dot((p50, y), 9.0, DARK);
        let style = FIGURE.sized((0.3 * room.height()).min(FIGURE.size));
        let foot = y + 0.35 * style.size;
        canvas.plate(&self.figures.low, (p10 - 16.0, foot), style.right());
        canvas.plate(&self.figures.high, (p90 + 16.0, foot), style);
        canvas.plate(&self.figures.middle, (p50, y + 12.0 + style.size), style.bold().centered());
    }
}
