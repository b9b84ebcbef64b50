//! The footer of every chart: which plan, of which day, with which seed and how many draws, and what was changed in it.

use crate::text::{clean, count};

use super::canvas::Canvas;
use super::drawing::Drawing;
use super::theme::{HEIGHT, MARGIN, Style, WIDTH};

/// Where a chart comes from.
#[derive(Clone, Copy, Debug)]
pub struct Footer<'a> {
    /// The plan's name; of several plans, the first one's.
    pub plan: &'a str,
    /// The day of the forecast, as it shall be written; may be empty.
    pub day: &'a str,
    /// The seed.
    pub seed: u64,
    /// How many futures were drawn.
    pub draws: u64,
    /// What was changed in the plan as it is in its file: `"channels.search.budget = 40k"`.
    pub changed: &'a [String],
}

/// The most lines of a footer.
const LINES: usize = 2;
/// Where the last line's letters stand, in pixels.
const FOOT: f64 = HEIGHT - 14.0;

impl Drawing {
    /// The same chart with a footer.
    #[must_use]
    pub fn with_footer(self, footer: &Footer<'_>) -> Self {
        let lines = footer.lines();
        self.overlaid(|canvas: &mut Canvas<'_>| {
            let above = Style::FOOTER.line_height() * (lines.len().max(LINES) - 1) as f64;
            for (line, index) in lines.iter().zip(0_u8..) {
                let y = FOOT - above + Style::FOOTER.line_height() * f64::from(index);
                canvas.text(line, (MARGIN, y), Style::FOOTER);
            }
        })
    }
}

impl Footer<'_> {
    /// What it says, in at most [`LINES`] lines; changes that have no room are counted.
    fn lines(&self) -> Vec<String> {
        let room = WIDTH - 2.0 * MARGIN;
        let draws = count(self.draws as f64, "draw");
        let parts =
            [Style::FOOTER.shorten(self.plan, 0.6 * room), clean(self.day), draws, format!("seed {}", self.seed)];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let origin = parts.join("  ·  ");
        let written = |shown: usize| {
            let mut words = self.changed[..shown].iter().map(|change| clean(change)).collect::<Vec<_>>().join("; ");
            match self.changed.len() - shown {
                0 => {}
                more if shown == 0 => words = if more == 1 { "1 figure".to_owned() } else { format!("{more} figures") },
                more => words += &format!("; and {more} more"),
            }
            format!("Changed: {words}")
        };
        if self.changed.is_empty() {
            return vec![origin];
        }
        let fits = |shown: &usize| Style::FOOTER.width(&written(*shown)) <= room;
        let changes = written((0..=self.changed.len()).rev().find(fits).unwrap_or(0));
        vec![origin, changes]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn footer<'a>(plan: &'a str, changed: &'a [String]) -> Footer<'a> {
        Footer { plan, day: "November 28, 2026", seed: 7, draws: 10_000, changed }
    }

    #[test]
    fn a_footer_says_where_a_chart_comes_from() {
        let changed = ["search.budget = 40k".to_owned()];
        assert_eq!(
            footer("Next quarter", &changed).lines(),
            ["Next quarter  ·  November 28, 2026  ·  10,000 draws  ·  seed 7", "Changed: search.budget = 40k"]
        );
        assert_eq!(Footer { day: "", draws: 1, ..footer("", &[]) }.lines(), ["1 draw  ·  seed 7"]);
    }

    #[test]
    fn changes_without_room_are_counted() {
        let many: Vec<String> = (0..90).map(|number| format!("channels.number_{number}.budget = 40k")).collect();
        let lines = footer(&"name ".repeat(99), &many).lines();
        assert!(lines.iter().all(|line| Style::FOOTER.width(line) <= WIDTH - 2.0 * MARGIN), "{lines:?}");
        assert!(lines[1].starts_with("Changed: channels.number_0.budget = 40k; ") && lines[1].ends_with(" more"));
        let long = ["x".repeat(900)];
        assert_eq!(footer("", &long).lines()[1], "Changed: 1 figure");
    }
}
