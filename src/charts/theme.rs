//! What makes the charts one family: size, palette, font, and text that fits its place.
//!
//! Text is measured with the font that the PNG is drawn in, so a label can be wrapped or shortened before it is drawn and
//! nothing runs into anything else. A browser without that font falls back to Arial or its like, which are about as wide.

use plotters::style::RGBColor;

use super::faces;

use crate::text::clean;
use crate::transcendental::{powf, powi};

/// Width of every chart, in pixels: a slide at 16:9.
pub const WIDTH: f64 = 1600.0;
/// Height of every chart, in pixels.
pub const HEIGHT: f64 = 900.0;
/// White space that is kept free on all four sides, in pixels.
pub(super) const MARGIN: f64 = 56.0;

// One blue in three strengths and one orange. Their lightness (CIE L* 29, 59, 85 and 53) keeps them apart in black and
// white, and blue against orange is the pair that color-blind readers tell apart best. Orange always means "target",
// "limit" or "lost", and is drawn with another shape or dash than the blues.
pub(super) const DARK: RGBColor = RGBColor(16, 68, 116);
pub(super) const MEDIUM: RGBColor = RGBColor(98, 149, 198);
pub(super) const PALE: RGBColor = RGBColor(190, 217, 240);
pub(super) const ORANGE: RGBColor = RGBColor(205, 88, 0);
pub(super) const PEACH: RGBColor = RGBColor(250, 220, 192);
pub(super) const INK: RGBColor = RGBColor(28, 35, 43);
pub(super) const MUTED: RGBColor = RGBColor(84, 96, 108);
pub(super) const GRID: RGBColor = RGBColor(222, 227, 232);
pub(super) const WHITE: RGBColor = RGBColor(255, 255, 255);

// Two hues beside the blues, for charts of many lines (Paul Tol's color-blind-safe "muted" scheme). Lines that are about
// as dark as each other differ in their dashes.
pub(super) const WINE: RGBColor = RGBColor(136, 34, 85);
pub(super) const TEAL: RGBColor = RGBColor(50, 150, 136);
pub(super) const PURPLE: RGBColor = RGBColor(170, 68, 153);

/// Ends of the ramp in Oklab: lightness, and how much green to red and blue to yellow. Steps that are equal there look
/// equal, and since the hue hardly changes, color-blind readers and black and white show them as well.
const RAMP: [[f64; 3]; 2] = [[0.965, -0.008, -0.016], [0.30, -0.015, -0.085]];

/// What is added in the middle, where a straight way would be gray.
const BLUER: [f64; 3] = [0.0, -0.022, -0.045];

/// The color of a share from 0 to 1 on a scale from pale to dark blue.
pub(super) fn ramp(share: f64) -> RGBColor {
    let share = share.clamp(0.0, 1.0);
    let [l, a, b]: [f64; 3] = std::array::from_fn(|part| {
        let even = RAMP[0][part] + share * (RAMP[1][part] - RAMP[0][part]);
        even + 4.0 * share * (1.0 - share) * BLUER[part]
    });
    let long = powi(l + 0.396_337_8 * a + 0.215_803_8 * b, 3);
    let middle = powi(l - 0.105_561_3 * a - 0.063_854_2 * b, 3);
    let short = powi(l - 0.089_484_2 * a - 1.291_485_5 * b, 3);
    let part = |linear: f64| {
        let linear = linear.clamp(0.0, 1.0);
        let part = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * powf(linear, 1.0 / 2.4) - 0.055 };
        (255.0 * part).round() as u8
    };
    RGBColor(
        part(4.076_741_7 * long - 3.307_711_6 * middle + 0.230_969_9 * short),
        part(-1.268_438 * long + 2.609_757_4 * middle - 0.341_319_4 * short),
        part(-0.004_196_1 * long - 0.703_418_6 * middle + 1.707_614_7 * short),
    )
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) color: RGBColor,
    pub(super) width: f64,
    /// Lengths of a dash and of the gap behind it, in pixels; none where the line is solid.
    pub(super) dash: Option<(f64, f64)>,
}

const LONG: Option<(f64, f64)> = Some((24.0, 10.0));
const DOTS: Option<(f64, f64)> = Some((6.0, 7.0));

const fn stroke(color: RGBColor, width: f64, dash: Option<(f64, f64)>) -> Stroke {
    Stroke { color, width, dash }
}

/// Lines that can be told apart, in color and without; the first is the one that the others are measured against. Each is
/// thinner than those before it, so that lines that coincide show through each other when they are drawn in this order.
pub(super) const STROKES: [Stroke; 8] = [
    stroke(DARK, 9.5, None),
    stroke(WINE, 7.0, LONG),
    stroke(MEDIUM, 6.0, None),
    stroke(TEAL, 5.5, DOTS),
    stroke(PURPLE, 4.5, LONG),
    stroke(INK, 4.0, DOTS),
    stroke(MEDIUM, 3.5, LONG),
    stroke(TEAL, 2.5, None),
];

/// On which side of its point a text stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Align {
    /// The text starts at the point.
    Left,
    /// The point is below the middle of the text.
    Center,
    /// The text ends at the point.
    Right,
}

/// How a text is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) color: RGBColor,
    pub(super) align: Align,
}

impl Style {
    /// The finding, at the top.
    pub(super) const TITLE: Self = Self::plain(42.0, INK).bold();
    /// What is drawn, below the finding.
    pub(super) const SUBTITLE: Self = Self::plain(27.0, MUTED);
    /// A name or a figure beside what it belongs to.
    pub(super) const LABEL: Self = Self::plain(26.0, INK);
    /// Numbers on an axis, and the axis' name.
    pub(super) const TICK: Self = Self::plain(24.0, MUTED);

    /// Where a chart comes from, at the bottom.
    pub(super) const FOOTER: Self = Self::plain(18.0, MUTED);

    const fn plain(size: f64, color: RGBColor) -> Self {
        Self { size, bold: false, color, align: Align::Left }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }

    pub(super) const fn colored(self, color: RGBColor) -> Self {
        Self { color, ..self }
    }

    pub(super) const fn centered(self) -> Self {
        Self { align: Align::Center, ..self }
    }

    pub(super) const fn right(self) -> Self {
        Self { align: Align::Right, ..self }
    }

    /// Distance from one line's foot to the next one's, in pixels.
    pub(super) fn line_height(&self) -> f64 {
        (self.size * 1.25).round()
    }

    /// Width of a text in pixels.
    pub(super) fn width(&self, text: &str) -> f64 {
        text_width(text, self.size, self.bold)
    }

    /// The text, or as much of it as fits into `room` pixels with an ellipsis behind it.
    pub(super) fn shorten(&self, text: &str, room: f64) -> String {
        let mut kept = clean(text);
        if self.width(&kept) <= room {
            return kept;
        }
        while !kept.is_empty() && self.width(&kept) + self.width("…") > room {
            // A letter goes with the marks that stand on it.
            while kept.pop().is_some_and(|letter| faces::advance(letter, self.bold) == 0.0) {}
        }
        format!("{}…", kept.trim_end())
    }

    /// The text in at most `most` lines of `room` pixels; what does not fit ends in an ellipsis.
    pub(super) fn wrap(&self, text: &str, room: f64, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let text = clean(text);
        for word in text.split(' ').flat_map(|word| self.pieces(word, room)) {
            match lines.last_mut() {
                Some(line) if self.width(line) + self.width(" ") + self.width(&word) <= room => {
                    line.push(' ');
                    line.push_str(&word);
                }
                _ => lines.push(word),
            }
        }
        if lines.len() > most {
            let rest = lines.split_off(most.saturating_sub(1)).join(" ");
            lines.push(self.shorten(&rest, room));
        }
        lines
    }

    /// The text in as few lines as it takes, and these about equally long: no last line of one word.
    pub(super) fn balance(&self, text: &str, room: f64, most: usize) -> Vec<String> {
        let lines = self.wrap(text, room, most).len();
        let narrower = (5..10).map(|tenths| room * f64::from(tenths) / 10.0);
        let fits = |room: &f64| self.wrap(text, *room, usize::MAX).len() <= lines;
        self.wrap(text, narrower.into_iter().find(fits).unwrap_or(room), most)
    }

    /// A word, or the parts of one that is wider than the room it has.
    fn pieces(&self, word: &str, room: f64) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for letter in word.chars() {
            let last = pieces.len() - 1;
            if !pieces[last].is_empty()
                && faces::advance(letter, self.bold) > 0.0
                && self.width(&pieces[last]) + self.width(letter.encode_utf8(&mut [0; 4])) > room
            {
                pieces.push(letter.to_string());
            } else {
                pieces[last].push(letter);
            }
        }
        pieces
    }
}

/// How wide a text of `size` pixels stands on a drawing, in pixels: without kerning, which makes it a little too wide
/// rather than too narrow.
#[must_use]
pub fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    size * faces::runs(text).iter().map(|run| run.width(bold)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_text_keeps_to_its_room() {
        let name = "Specialist journals, trade fairs and everything that is printed on paper";
        for (text, room, most) in
            [(name, 300.0, 2), (name, 90.0, 9), (&"W".repeat(60), 250.0, 2), ("", 100.0, 2), (name, 1.0, 1)]
        {
            let lines = Style::LABEL.wrap(text, room, most);
            assert!(lines.len() <= most, "{lines:?}");
            let widest = Style::LABEL.width("W").max(room);
            assert!(lines.iter().all(|line| Style::LABEL.width(line) <= widest), "{lines:?}");
        }
    }

    #[test]
    fn wrapping_loses_no_word_where_there_is_room() {
        assert_eq!(Style::LABEL.wrap("one two  three", 90.0, 5).join(" "), "one two three");
        assert_eq!(Style::LABEL.wrap("one two three", 900.0, 1), ["one two three"]);
    }

    #[test]
    fn balanced_lines_are_about_equally_long() {
        let lines = Style::TITLE.balance(
            "8 of 10 quarters bring 0.6M to 1.2M USD; the target of 0.9M is met in 42 of 100",
            1400.0,
            3,
        );
        let widths: Vec<f64> = lines.iter().map(|line| Style::TITLE.width(line)).collect();
        assert!(widths.len() == 2 && widths[1] > 0.6 * widths[0], "{lines:?}");
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let short = Style::LABEL.shorten("Specialist journals", 150.0);
        assert!(short.ends_with('…') && short.starts_with("Spec"), "{short}");
        assert_eq!(Style::LABEL.shorten("SEO", 150.0), "SEO");
    }

    #[test]
    fn the_ramp_gets_darker_all_the_way() {
        let sums: Vec<u32> = (0..=50)
            .map(|step| ramp(f64::from(step) / 50.0))
            .map(|RGBColor(r, g, b)| 2 * u32::from(r) + 7 * u32::from(g) + u32::from(b))
            .collect();
        assert!(sums.windows(2).all(|pair| pair[1] < pair[0]), "{sums:?}");
    }
}
