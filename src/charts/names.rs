//! Names of what is drawn: at the ends of lines, beside points, and in a key where neither has room.

use plotters::style::RGBColor;

use super::axis::Plot;
use super::canvas::Canvas;
use super::labels::{Area, Pin, beside, spread};
use super::theme::{Stroke, Style};
use crate::transcendental::hypot;

/// The most that names of lines may take of the width, in pixels.
const WIDEST: f64 = 330.0;
/// Length of the piece of line in a key, in pixels.
const SAMPLE: f64 = 54.0;

/// A line's end, and its name there.
#[derive(Clone, Debug)]
pub(super) struct End<'a> {
    /// Where it ends, x first.
    pub(super) at: (f64, f64),
    pub(super) name: &'a str,
    pub(super) style: Style,
}

impl End<'_> {
    fn lines(&self) -> Vec<String> {
        self.style.balance(self.name, WIDEST, 2)
    }
}

/// The room that names take on the right of a plot, in pixels.
pub(super) fn gutter(ends: &[End<'_>]) -> f64 {
    let widths = ends.iter().flat_map(|end| end.lines().into_iter().map(|line| end.style.width(&line)));
    widths.fold(0.0, f64::max) + 34.0
}

/// Writes the names on the right, apart from each other, each tied to the end of its line.
pub(super) fn at_ends(canvas: &mut Canvas<'_>, plot: &Plot, ends: &[End<'_>]) {
    let named: Vec<(&End<'_>, Vec<String>)> = ends.iter().map(|end| (end, end.lines())).collect();
    let wishes: Vec<(f64, f64)> = named
        .iter()
        .map(|(end, words)| {
            let height = end.style.line_height() * words.len() as f64;
            (plot.y.at(end.at.1), height)
        })
        .collect();
    let places = spread(&wishes, plot.area.top - 20.0, plot.area.bottom + 10.0);
    for (((end, words), (y, height)), place) in named.iter().zip(wishes).zip(places) {
        let from = (plot.x.at(end.at.0) + 4.0, y);
        canvas.line(&[from, (plot.area.right + 22.0, place)], end.style.color, 1.5);
        let at = (plot.area.right + 28.0, place - height / 2.0);
        canvas.lines(words, at, end.style);
    }
}

/// Words about a point, which stand near it.
#[derive(Clone, Debug)]
pub(super) struct Note {
    /// The point's pixel.
    pub(super) at: (f64, f64),
    pub(super) words: String,
    pub(super) style: Style,
    /// Color of the line that ties the words to a point further off.
    pub(super) tie: RGBColor,
}

/// A place for each note, within `bounds` and where `free` says that nothing else is drawn, as far as there is one.
pub(super) fn places(notes: &[Note], bounds: Area, free: impl Fn(&Area) -> bool) -> Vec<Option<Area>> {
    let pin = |note: &Note| Pin {
        x: note.at.0,
        y: note.at.1,
        width: note.style.width(&note.words),
        height: note.style.line_height(),
    };
    beside(&notes.iter().map(pin).collect::<Vec<_>>(), bounds, free)
}

/// Writes the notes that have a place.
pub(super) fn write_notes(canvas: &mut Canvas<'_>, notes: &[Note], places: &[Option<Area>]) {
    for (note, place) in notes.iter().zip(places) {
        let ((x, y), Some(place)) = (note.at, place) else {
            continue;
        };
        let near = (x.clamp(place.left - 6.0, place.right + 6.0), y.clamp(place.top, place.bottom));
        if hypot(near.0 - x, near.1 - y) > 40.0 {
            canvas.line(&[(x, y), near], note.tie, 1.5);
        }
        let at = (place.left, place.bottom - 0.3 * note.style.size);
        canvas.text(&note.words, at, note.style);
    }
}

/// Whether a path keeps clear of a box.
pub(super) fn passes(path: &[(f64, f64)], area: &Area) -> bool {
    path.windows(2).all(|pair| {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        let steps = (hypot(to_x - x, to_y - y) / 6.0).ceil().clamp(1.0, 1e4) as u32;
        (0..=steps).all(|step| {
            let share = f64::from(step) / f64::from(steps);
            let (x, y) = (x + share * (to_x - x), y + share * (to_y - y));
            x < area.left - 10.0 || x > area.right + 10.0 || y < area.top - 10.0 || y > area.bottom + 10.0
        })
    })
}

/// A line's name in a key, with a piece of the line and a figure; the figure may be empty.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) stroke: Stroke,
    pub(super) name: String,
    pub(super) figure: String,
}

/// The room that a column of keys takes on the right of a plot, in pixels.
pub(super) fn column_room(keys: &[Key]) -> f64 {
    let style = Style::LABEL;
    let widest =
        keys.iter().flat_map(|key| [style.bold().width(&key.name), style.width(&key.figure)]).fold(0.0, f64::max);
    40.0 + SAMPLE + 12.0 + (widest + 2.0).min(WIDEST - SAMPLE)
}

/// Writes keys below each other right of the plot inside `area`: names in two lines where there is room for all, else in one.
pub(super) fn column(canvas: &mut Canvas<'_>, plot: &Plot, area: Area, keys: &[Key]) {
    let area = Area { left: plot.area.right + 40.0, ..area };
    let room = area.width() - SAMPLE - 12.0;
    let written = |key: &Key, size: f64, most: usize| -> Vec<String> {
        let figure = (!key.figure.is_empty()).then(|| Style::LABEL.sized(size).shorten(&key.figure, room));
        let bold = Style::LABEL.sized(size).bold();
        bold.wrap(&key.name, room, most).into_iter().chain(figure).collect()
    };
    let height = |size: f64, most: usize| -> f64 {
        let lines: usize = keys.iter().map(|key| written(key, size, most).len()).sum();
        Style::LABEL.sized(size).line_height() * lines as f64 + 0.3 * size * keys.len() as f64
    };
    let forms = [(26.0, 2), (24.0, 2), (26.0, 1), (24.0, 1), (20.0, 1)];
    let (size, most) =
        forms.into_iter().find(|(size, most)| height(*size, *most) <= area.height()).unwrap_or((16.0, 1));
    let plain = Style::LABEL.sized(size);
    let bold = plain.bold();
    let mut y = area.top;
    for key in keys {
        let middle = y + 0.5 * bold.line_height();
        let line = [(area.left, middle), (area.left + SAMPLE, middle)];
        canvas.stroke(&line, key.stroke);
        let x = area.left + SAMPLE + 12.0;
        let lines = written(key, size, most);
        let names = lines.len() - usize::from(!key.figure.is_empty());
        y = canvas.lines(&lines[..names], (x, y), bold);
        y = canvas.lines(&lines[names..], (x, y), plain);
        y += (0.3 * size).round();
    }
}

/// Writes what each color means, beside each other at the top of `area`.
pub(super) fn row(canvas: &mut Canvas<'_>, area: Area, keys: &[(&str, RGBColor)]) {
    let mut left = area.left;
    for (words, color) in keys {
        canvas.rect(Area { left, top: area.top + 4.0, right: left + 34.0, bottom: area.top + 28.0 }, *color);
        canvas.text(words, (left + 44.0, area.top + 25.0), Style::LABEL);
        left += 44.0 + Style::LABEL.width(words) * 1.1 + 40.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_off_a_line_that_crosses_their_place() {
        let area = Area { left: 100.0, top: 100.0, right: 200.0, bottom: 130.0 };
        assert!(!passes(&[(0.0, 0.0), (300.0, 230.0)], &area));
        assert!(passes(&[(0.0, 0.0), (300.0, 20.0)], &area));
    }
}
