//! Two figures of the plan varied together: where is an outcome best?

use plotters::style::RGBColor;

use crate::text::{Scale, clean};

use super::axis::Axis;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::measure::Measure;
use super::theme::{INK, MUTED, Style, WHITE, ramp};
use super::ticks::{drawable, ticks};
use super::varied::Varied;

/// What the heat map is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Heat<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The outcome.
    pub measure: Measure<'a>,
    /// What is varied from left to right.
    pub across: Varied<'a>,
    /// What is varied from the foot to the top.
    pub up: Varied<'a>,
    /// The outcome in each cell: the row at the foot first, from left to right; what is missing is not a number.
    pub cells: &'a [f64],
    /// Which cells can't be told from the best, in the same order: one alone is the best. Empty where nothing is.
    pub alike: &'a [bool],
    /// Today's cell: its column and its row, counted from 0 at the left and at the foot.
    pub today: Option<(usize, usize)>,
    /// How the figures came about, such as `"Means of the first 2,048 draws."`; may be empty.
    pub note: &'a str,
}

/// More columns or rows than these are too small to see; the last ones are left out.
const MOST: usize = 40;
/// What is darkest: on the middle of the ramp the usual ink is too pale.
const BLACK: RGBColor = RGBColor(0, 0, 0);
/// Room on the right for the scale of colors, in pixels.
const SCALE: f64 = 220.0;

/// Draws a cell for each pair of values, the darker the higher, with the best one outlined.
pub fn draw(heat: &Heat<'_>) -> Drawing {
    let Some(map) = Map::of(heat) else {
        return Drawing::without_data(
            "Where the outcome is best is not known",
            "No pair of values that was tried ended with a figure, so there is nothing to show.",
        );
    };
    let today = heat.today.filter(|(column, row)| *column < map.columns && *row < map.rows);
    let mut subtitle = "The darker, the higher.".to_owned();
    match map.best.as_slice() {
        [] => {}
        [(_, _, figure)] => subtitle += &format!(" Framed: the best, {}.", heat.measure.figure(&map.scale, *figure)),
        _ => subtitle += " Framed: those that can't be told from the best.",
    }
    if today.is_some() {
        subtitle += " With a dot: today's plan.";
    }
    let whole = heat.across.count() * heat.up.count();
    if map.columns * map.rows < whole {
        subtitle += &format!(" Only the first {} of {} cells are shown.", map.columns * map.rows, whole);
    }
    let note = clean(heat.note);
    if !note.is_empty() {
        subtitle += &format!(" {note}");
    }
    Drawing::new(heat.finding.to_owned(), &subtitle, |canvas, area| {
        let tick = Style::TICK;
        let names: Vec<String> = heat.up.words().iter().map(|words| tick.shorten(words, 260.0)).collect();
        let widest = names.iter().map(|words| tick.width(words)).fold(0.0, f64::max);
        let plot = Area {
            left: area.left + widest + 14.0,
            top: area.top + tick.line_height() + 8.0,
            right: area.right - SCALE,
            bottom: area.bottom - 66.0,
        };
        canvas.text(&heat.up.title(1000.0), (area.left, area.top + tick.size), tick);
        let across = heat.across.title(1000.0);
        canvas.text(&across, (plot.right, plot.bottom + 66.0), tick.right());
        map.write_sides(canvas, plot, &heat.across.words(), &names);
        map.draw(canvas, plot, today);
        map.legend(canvas, Area { left: plot.right + 44.0, right: area.right, ..plot }, &heat.measure);
    })
    .with_lasting_colors()
}

/// A map that can be drawn.
#[derive(Clone, Debug)]
struct Map {
    columns: usize,
    rows: usize,
    cells: Vec<Option<f64>>,
    lowest: f64,
    highest: f64,
    /// column and row of the cells that may be the best, and their figures
    best: Vec<(usize, usize, f64)>,
    scale: Scale,
}

impl Map {
    fn of(heat: &Heat<'_>) -> Option<Self> {
        let (columns, rows) = (heat.across.count().min(MOST), heat.up.count().min(MOST));
        let at = |column: usize, row: usize| {
            let figure = heat.cells.get(row * heat.across.count() + column)?;
            drawable(*figure)
        };
        let places = || (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let cells: Vec<Option<f64>> = places().map(|(column, row)| at(column, row)).collect();
        let is_alike = |column: usize, row: usize| heat.alike.get(row * heat.across.count() + column) == Some(&true);
        let best = places()
            .filter(|&(column, row)| is_alike(column, row))
            .filter_map(|(column, row)| Some((column, row, at(column, row)?)))
            .collect();
        let known: Vec<f64> = cells.iter().flatten().copied().collect();
        if known.is_empty() {
            return None;
        }
        Some(Self {
            columns,
            rows,
            best,
            lowest: known.iter().copied().fold(f64::INFINITY, f64::min),
            highest: known.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            scale: Scale::of(&known),
            cells,
        })
    }

    /// How far up the scale of colors a figure lies, from 0 to 1.
    fn height(&self, figure: f64) -> f64 {
        let span = self.highest - self.lowest;
        if span > 0.0 { (figure - self.lowest) / span } else { 0.5 }
    }

    fn cell(&self, plot: Area, column: usize, row: usize) -> Area {
        let (wide, high) = (plot.width() / self.columns as f64, plot.height() / self.rows as f64);
        Area {
            left: plot.left + wide * column as f64,
            right: plot.left + wide * (column + 1) as f64,
            top: plot.bottom - high * (row + 1) as f64,
            bottom: plot.bottom - high * row as f64,
        }
    }

    /// Writes the values along the foot and up the left, as many as fit beside each other.
    fn write_sides(&self, canvas: &mut Canvas<'_>, plot: Area, across: &[String], up: &[String]) {
        let tick = Style::TICK;
        let wide = plot.width() / self.columns as f64;
        let widest = across.iter().map(|words| tick.width(words)).fold(0.0, f64::max);
        let every = ((widest.min(200.0) + 18.0) / wide).ceil().max(1.0) as usize;
        for (column, words) in across.iter().enumerate().take(self.columns).step_by(every) {
            let cell = self.cell(plot, column, 0);
            let words = tick.shorten(words, wide * every as f64 - 14.0);
            let half = tick.width(&words) / 2.0;
            let x = ((cell.left + cell.right) / 2.0).clamp(plot.left - 30.0 + half, plot.right + SCALE - half);
            canvas.text(&words, (x, plot.bottom + 32.0), tick.centered());
        }
        let high = plot.height() / self.rows as f64;
        let every = (tick.line_height() / high).ceil().max(1.0) as usize;
        for (row, words) in up.iter().enumerate().take(self.rows).step_by(every) {
            let cell = self.cell(plot, 0, row);
            let y = (cell.top + cell.bottom) / 2.0 + 0.35 * tick.size;
            canvas.text(words, (plot.left - 14.0, y), tick.right());
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, plot: Area, today: Option<(usize, usize)>) {
        let places = || (0..self.rows).flat_map(|row| (0..self.columns).map(move |column| (column, row)));
        let style = self.figures(plot);
        for ((column, row), figure) in places().zip(&self.cells) {
            let cell = self.cell(plot, column, row);
            let color = figure.map_or(WHITE, |figure| ramp(self.height(figure)));
            canvas.rect(
                Area { left: cell.left + 1.0, right: cell.right - 1.0, top: cell.top + 1.0, bottom: cell.bottom - 1.0 },
                color,
            );
            let Some(style) = style else {
                continue;
            };
            let (words, ink) = match figure {
                Some(figure) => (self.scale.write(*figure), ink(self.height(*figure))),
                None => ("–".to_owned(), MUTED),
            };
            let at = ((cell.left + cell.right) / 2.0, (cell.top + cell.bottom) / 2.0 + 0.35 * style.size);
            canvas.text(&words, at, style.colored(ink).centered());
        }
        let width = if self.best.len() == 1 { 4.5 } else { 2.5 };
        for &(column, row, _) in &self.best {
            let Area { left, right, top, bottom } = self.cell(plot, column, row);
            let inside = Area { left: left + 2.0, right: right - 2.0, top: top + 2.0, bottom: bottom - 2.0 };
            frame(canvas, inside, WHITE, 2.0 * width);
            frame(canvas, inside, INK, width);
        }
        if let Some((column, row)) = today {
            let cell = self.cell(plot, column, row);
            let radius = (0.1 * cell.height().min(cell.width())).clamp(2.0, 7.0);
            let inset = 2.0 * radius + 3.0;
            canvas.dot((cell.left + inset, cell.top + inset), radius, INK);
        }
    }

    /// How figures in the cells are written, where they fit.
    fn figures(&self, plot: Area) -> Option<Style> {
        let cell = self.cell(plot, 0, 0);
        let words: Vec<String> = self.cells.iter().flatten().map(|figure| self.scale.write(*figure)).collect();
        [26.0, 24.0, 22.0, 20.0, 18.0, 16.0].map(|size| Style::LABEL.sized(size)).into_iter().find(|style| {
            let widest = words.iter().map(|words| style.width(words)).fold(0.0, f64::max);
            widest + 18.0 <= cell.width() && style.size + 12.0 <= cell.height()
        })
    }

    /// Draws the scale of colors with its figures.
    fn legend(&self, canvas: &mut Canvas<'_>, area: Area, measure: &Measure<'_>) {
        let tick = Style::TICK;
        let lines = tick.wrap(&measure.axis(900.0), area.width(), 3);
        let below = canvas.lines(&lines, (area.left, area.top - 38.0), tick);
        let bar = Area { right: area.left + 34.0, top: below + 20.0, ..area };
        if self.highest <= self.lowest {
            canvas.rect(Area { bottom: bar.top + 34.0, ..bar }, ramp(0.5));
            let words = tick.shorten(&self.scale.write(self.lowest), area.width() - 48.0);
            canvas.text(&words, (bar.right + 12.0, bar.top + 26.0), tick);
        } else {
            let axis = Axis::new((self.lowest, self.highest), (bar.bottom, bar.top));
            let parts = 60_u32;
            for part in 0..parts {
                let (from, to) = (f64::from(part) / f64::from(parts), f64::from(part + 1) / f64::from(parts));
                // Each part lies on the one before it, so that no seam shows.
                let part = Area { top: bar.top, bottom: bar.bottom - from * bar.height(), ..bar };
                canvas.rect(part, ramp((from + to) / 2.0));
            }
            let (values, step) = ticks(self.lowest, self.highest, 6);
            let scale = Scale::of_ticks(&values, step);
            for value in values {
                let y = axis.at(value);
                canvas.line(&[(bar.right, y), (bar.right + 6.0, y)], MUTED, 1.5);
                canvas.text(
                    &tick.shorten(&scale.write(value), area.width() - 46.0),
                    (bar.right + 12.0, y + 0.35 * tick.size),
                    tick,
                );
            }
        }
    }
}

/// Ink that can be read on a color of the ramp.
fn ink(height: f64) -> RGBColor {
    if height > 0.6 { WHITE } else { BLACK }
}

fn frame(canvas: &mut Canvas<'_>, area: Area, color: RGBColor, width: f64) {
    let Area { left, top, right, bottom } = area;
    let half = width / 2.0;
    canvas.line(&[(left - half, top), (right, top), (right, bottom), (left, bottom), (left, top - half)], color, width);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Values;

    fn map(cells: &[f64], alike: &[bool]) -> Option<Map> {
        let amounts = [1.0, 2.0];
        Map::of(&Heat {
            finding: "",
            measure: Measure { title: "Profit", unit: "", higher_is_better: true, weeks: 13 },
            across: Varied { name: "", values: Values::Even(&amounts) },
            up: Varied { name: "", values: Values::Words(&["a", "b", "c"]) },
            cells,
            alike,
            today: None,
            note: "",
        })
    }

    #[test]
    fn cells_that_may_be_the_best_are_those_that_it_is_told() {
        let cells = [4.0, f64::NAN, 7.0, 1.0, 2.0, f64::INFINITY];
        let best = |alike: &[bool]| map(&cells, alike).expect("a map").best;
        assert_eq!(best(&[false, false, true]), [(0, 1, 7.0)]);
        assert_eq!(best(&[true, true, true]), [(0, 0, 4.0), (0, 1, 7.0)]);
        assert_eq!(best(&[]), []);
    }

    #[test]
    fn missing_cells_are_no_figures() {
        assert_eq!(map(&[3.0], &[]).expect("a map").cells.iter().flatten().count(), 1);
        assert!(map(&[f64::NAN; 6], &[]).is_none());
        assert!(map(&[], &[]).is_none());
    }

    #[test]
    fn figures_can_be_read_on_their_cells() {
        // WCAG's contrast ratio, 4.5 of which it asks for
        let luminance = |RGBColor(r, g, b): RGBColor| {
            let part = |part: u8| {
                let share = f64::from(part) / 255.0;
                if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
        };
        for step in 0..=100 {
            let height = f64::from(step) / 100.0;
            let (a, b) = (luminance(ramp(height)), luminance(ink(height)));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "{height}: {contrast}");
        }
    }
}
