//! The sheet that a chart is drawn on: texts and shapes, placed to an eighth of a pixel.

use plotters::prelude::{
    Color, DrawingBackend, FontStyle, IntoFont, IntoTextStyle, RGBColor, SVGBackend, ShapeStyle, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::text::clean;
use crate::transcendental::hypot;

use super::faces::{self, FAMILY};
use super::hint::Hint;
use super::labels::Area;
use super::theme::{Align, HEIGHT, INK, MARGIN, Stroke, Style, WHITE, WIDTH};

/// The SVG counts in whole numbers, so it is drawn at this many times its size and shown through a view box: lines and
/// letters then sit where they belong.
pub(super) const FINE: f64 = 8.0;
/// How far above a text's foot the SVG backend puts its anchor, in text sizes.
const ASCENT: f64 = 0.76;
/// The SVG backend divides a font's size by this before it writes it.
const FONT_RATIO: f64 = 1.24;

/// A sheet of 1600 × 900 pixels; x grows to the right, y downwards.
///
/// Writing into a string cannot fail, so what plotters returns from its drawing calls is dropped throughout.
pub(super) struct Canvas<'a> {
    backend: SVGBackend<'a>,
    hints: Vec<Hint>,
}

impl Canvas<'_> {
    /// The SVG document of what `paint` draws on a white sheet.
    pub(super) fn document(paint: impl FnOnce(&mut Canvas<'_>)) -> String {
        Self::sheet(paint).0
    }

    /// The same, with what its parts tell.
    pub(super) fn sheet(paint: impl FnOnce(&mut Canvas<'_>)) -> (String, Vec<Hint>) {
        let mut svg = String::new();
        let size = (fine(WIDTH) as u32, fine(HEIGHT) as u32);
        let mut canvas = Canvas { backend: SVGBackend::with_string(&mut svg, size), hints: Vec::new() };
        canvas.rect(Area { left: 0.0, top: 0.0, right: WIDTH, bottom: HEIGHT }, WHITE);
        paint(&mut canvas);
        let hints = std::mem::take(&mut canvas.hints);
        // The backend closes the document when it goes.
        drop(canvas);
        let drawn = format!("width=\"{}\" height=\"{}\"", size.0, size.1);
        let svg = svg.replacen(&drawn, &format!("width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\""), 1);
        (svg, hints)
    }

    /// Lets a part of the sheet tell something to whoever points at it in a page.
    pub(super) fn hint(&mut self, area: Area, text: String) {
        self.hints.push(Hint { area, text });
    }

    /// Adds what `paint` draws to the end of a document, as what is of one plan alone: a page can hide it.
    pub(super) fn overlay_of_plan(document: &mut String, plan: usize, paint: impl FnOnce(&mut Canvas<'_>)) {
        let mut layer = Self::document(|_| ());
        let before = layer.rfind("</svg>").unwrap_or(layer.len());
        let end = layer.len() - before;
        Self::overlay(&mut layer, paint);
        let drawn = layer[before..layer.len() - end].to_owned();
        let at = document.rfind("</svg>").unwrap_or(document.len());
        document.insert_str(at, &format!("<g data-plan=\"{plan}\">\n{drawn}</g>\n"));
    }

    /// Adds what `paint` draws to the end of a document.
    pub(super) fn overlay(document: &mut String, paint: impl FnOnce(&mut Canvas<'_>)) {
        // Both begin alike, with the white sheet.
        let blank = Self::document(|_| ());
        let drawn = Self::document(paint);
        let (sheet, end) = blank.split_at(blank.rfind("</svg>").unwrap_or(blank.len()));
        let added = drawn.strip_prefix(sheet).and_then(|rest| rest.strip_suffix(end)).unwrap_or_default();
        let at = document.rfind("</svg>").unwrap_or(document.len());
        document.insert_str(at, added);
    }

    /// Writes title and subtitle and gives the y below them.
    pub(super) fn head(&mut self, title: &str, subtitle: &str) -> f64 {
        let room = WIDTH - 2.0 * MARGIN;
        // A title that is a word too long for one line is written smaller; a longer one takes two or three lines.
        let sizes = [42.0, 40.0, 38.0].map(|size| Style::TITLE.sized(size));
        let style = sizes.into_iter().find(|style| style.width(title) <= room).unwrap_or(sizes[1]);
        let below = self.lines(&style.balance(title, room, 3), (MARGIN, MARGIN - 14.0), style) + 6.0;
        self.lines(&Style::SUBTITLE.balance(subtitle, room, 2), (MARGIN, below), Style::SUBTITLE) + 22.0
    }

    /// Writes lines below each other, the first one's top at `y`, and gives the y below the last.
    pub(super) fn lines(&mut self, lines: &[String], (x, y): (f64, f64), style: Style) -> f64 {
        for (line, index) in lines.iter().zip(1_u8..) {
            self.text(line, (x, y + style.line_height() * f64::from(index) - 0.32 * style.size), style);
        }
        y + style.line_height() * lines.len() as f64
    }

    /// Writes one line of text; `y` is where its letters stand.
    pub(super) fn text(&mut self, words: &str, (x, y): (f64, f64), style: Style) {
        let words = clean(words);
        let runs = faces::runs(&words);
        if runs.len() == 1 {
            return self.run(&words, (x, y), style);
        }
        let width = style.width(&words);
        let mut left = match style.align {
            Align::Left => x,
            Align::Center => x - width / 2.0,
            Align::Right => x - width,
        };
        let style = Style { align: Align::Left, ..style };
        for run in runs {
            let bare = run.text.trim_start();
            let space = style.width(" ") * (run.text.len() - bare.len()) as f64;
            if !bare.is_empty() {
                self.run(bare, (left + space, y), style);
            }
            left += style.size * run.width(style.bold);
        }
    }

    /// Writes a piece of text that one face holds.
    fn run(&mut self, words: &str, (x, y): (f64, f64), style: Style) {
        let side = match style.align {
            Align::Left => HPos::Left,
            Align::Center => HPos::Center,
            Align::Right => HPos::Right,
        };
        let weight = if style.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font: TextStyle<'_> =
            (FAMILY, style.size * FONT_RATIO * FINE, weight).into_font().color(&style.color).into_text_style(&(0, 0));
        let at = (fine(x), fine(y - ASCENT * style.size));
        let _ = self.backend.draw_text(words, &font.pos(Pos::new(side, VPos::Top)), at);
    }

    /// Writes one line of text on white, so that it can be read where lines run.
    pub(super) fn plate(&mut self, words: &str, (x, y): (f64, f64), style: Style) {
        let width = style.width(words) + 6.0;
        let left = match style.align {
            Align::Left => x - 3.0,
            Align::Center => x - width / 2.0,
            Align::Right => x - width + 3.0,
        };
        let behind = Area { left, top: y - 0.8 * style.size, right: left + width, bottom: y + 0.1 * style.size };
        self.rect(behind, WHITE);
        self.text(words, (x, y), style);
    }

    /// Fills a rectangle.
    pub(super) fn rect(&mut self, area: Area, color: RGBColor) {
        let (left, right) = (area.left.min(area.right), area.left.max(area.right));
        let (top, bottom) = (area.top.min(area.bottom), area.top.max(area.bottom));
        let _ = self.backend.draw_rect((fine(left), fine(top)), (fine(right), fine(bottom)), &filled(color), true);
    }

    /// Draws a line through points.
    pub(super) fn line(&mut self, points: &[(f64, f64)], color: RGBColor, width: f64) {
        let _ = self
            .backend
            .draw_path(fine_points(points), &ShapeStyle { stroke_width: fine(width) as u32, ..filled(color) });
    }

    /// Draws a straight line of dashes as long as three of its widths.
    pub(super) fn dashes(&mut self, from: (f64, f64), to: (f64, f64), style: (RGBColor, f64)) {
        self.dashed(&[from, to], style);
    }

    /// Draws a line of such dashes through points.
    pub(super) fn dashed(&mut self, points: &[(f64, f64)], (color, width): (RGBColor, f64)) {
        self.stroke(points, Stroke { color, width, dash: Some((3.0 * width, 2.0 * width)) });
    }

    /// Draws a line through points, solid or in dashes that run on around its corners.
    pub(super) fn stroke(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        let Some((dash, gap)) = stroke.dash else {
            return self.line(points, stroke.color, stroke.width);
        };
        let mut piece: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
        let (mut drawn, mut left) = (true, dash);
        for pair in points.windows(2) {
            let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
            let length = hypot(to_x - x, to_y - y);
            let mut along = 0.0;
            while length - along > left {
                along += left;
                let corner = (x + (to_x - x) * along / length, y + (to_y - y) * along / length);
                if drawn {
                    piece.push(corner);
                    self.line(&piece, stroke.color, stroke.width);
                }
                piece = vec![corner];
                drawn = !drawn;
                left = if drawn { dash } else { gap };
            }
            left -= length - along;
            if drawn {
                piece.push((to_x, to_y));
            }
        }
        if drawn && piece.len() > 1 {
            self.line(&piece, stroke.color, stroke.width);
        }
    }

    /// Fills what lies between two lines that run from left to right.
    pub(super) fn band(&mut self, upper: &[(f64, f64)], lower: &[(f64, f64)], color: RGBColor) {
        let outline: Vec<(f64, f64)> = upper.iter().chain(lower.iter().rev()).copied().collect();
        let _ = self.backend.fill_polygon(fine_points(&outline), &filled(color));
    }

    /// Draws the likely range of a bar's end: a thin line with two ends, white around it so that it shows on any bar, and
    /// thinner on a bar that is itself thin.
    pub(super) fn whisker(&mut self, (left, right): (f64, f64), y: f64, thick: f64) {
        let width = (0.2 * thick).min(2.5);
        let rim = (0.08 * thick).min(1.75);
        let end = (0.2 * thick).min(12.0);
        for (color, more) in [(WHITE, rim), (INK, 0.0)] {
            self.line(&[(left - more, y), (right + more, y)], color, width + 2.0 * more);
            for x in [left, right] {
                self.line(&[(x, y - end - more), (x, y + end + more)], color, width + 2.0 * more);
            }
        }
    }

    /// Draws an arrow head that points to what lies beyond the edge at `x`, to the right or to the left.
    pub(super) fn pointer(&mut self, (x, y): (f64, f64), right: bool, color: RGBColor) {
        let (foot, tip) = if right { (x, x + 18.0) } else { (x + 18.0, x) };
        self.band(&[(foot, y - 10.0), (tip, y)], &[(foot, y + 10.0)], color);
    }

    /// Draws a dot with a white rim.
    pub(super) fn dot(&mut self, (x, y): (f64, f64), radius: f64, color: RGBColor) {
        let _ = self.backend.draw_circle((fine(x), fine(y)), fine(radius + 3.0) as u32, &filled(WHITE), true);
        let _ = self.backend.draw_circle((fine(x), fine(y)), fine(radius) as u32, &filled(color), true);
    }
}

fn fine(pixels: f64) -> i32 {
    (pixels * FINE).round() as i32
}

fn fine_points(points: &[(f64, f64)]) -> Vec<(i32, i32)> {
    points.iter().map(|(x, y)| (fine(*x), fine(*y))).collect()
}

fn filled(color: RGBColor) -> ShapeStyle {
    color.filled()
}
