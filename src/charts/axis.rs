//! From values to pixels: the plot's frame, its scales, and the numbers along them.

use crate::text::{Scale, short};
use crate::transcendental::{ln, log10, powf, powi};

use super::canvas::Canvas;
use super::labels::Area;
use super::theme::{GRID, MUTED, Style};
use super::ticks::{nice_step, ticks};

/// A run of values and the pixels that they are drawn at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    /// The value at the left, or at the foot.
    pub(super) low: f64,
    /// The value at the right, or at the top.
    pub(super) high: f64,
    from: f64,
    to: f64,
    logarithmic: bool,
}

impl Axis {
    /// From `low` at pixel `from` to `high` at pixel `to`.
    pub(super) fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        Self { low, high, from, to, logarithmic: false }
    }

    /// The same, with equal ratios equally far apart; `low` is above 0.
    pub(super) fn logarithmic(range: (f64, f64), pixels: (f64, f64)) -> Self {
        Self { logarithmic: true, ..Self::new(range, pixels) }
    }

    /// The pixel of a value; one that lies outside stops at the edge.
    pub(super) fn at(&self, value: f64) -> f64 {
        let value = value.clamp(self.low, self.high);
        let share = if self.logarithmic {
            ln(value / self.low) / ln(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + share.clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// The value at a pixel between its ends.
    pub(super) fn value_at(&self, pixel: f64) -> f64 {
        let share = ((pixel - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        match self.logarithmic {
            true => self.low * powf(self.high / self.low, share),
            false => self.low + share * (self.high - self.low),
        }
    }

    /// Draws lines, numbers and the axis' name for rows that stand above it.
    pub(super) fn below(&self, canvas: &mut Canvas<'_>, rows: Area, title: &str) {
        let tick = Style::TICK;
        for (value, words) in fitting((self.low, self.high), 6, self.to - self.from) {
            let at = self.at(value);
            canvas.line(&[(at, rows.top), (at, rows.bottom)], GRID, 1.5);
            canvas.text(&words, (at, rows.bottom + 32.0), tick.centered());
        }
        canvas.text(title, (rows.right, rows.bottom + 66.0), tick.right());
    }

    /// Whether the value lies on the axis.
    pub(super) fn shows(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// One side of a plot: the values along it, the numbers written there, and what they count.
#[derive(Clone, Debug)]
pub(super) struct Side {
    range: (f64, f64),
    marks: Vec<(f64, String)>,
    title: String,
    logarithmic: bool,
}

impl Side {
    /// Figures along the foot of a plot that is `room` pixels wide: as many as fit beside each other.
    pub(super) fn across(range: (f64, f64), room: f64, title: String) -> Self {
        let range = parted(range);
        Self { range, marks: fitting(range, 8, room), title, logarithmic: false }
    }

    /// Figures above 0 along the foot of a plot that is `room` pixels wide, with equal ratios equally far apart.
    pub(super) fn logarithmic((low, high): (f64, f64), room: f64, title: String) -> Self {
        let range = if high > 1.000_001 * low { (low, high) } else { (0.8 * low, 1.25 * high) };
        let axis = Axis::logarithmic(range, (0.0, room));
        let apart = |marks: &Vec<(f64, String)>| {
            marks.windows(2).all(|pair| {
                let widths = Style::TICK.width(&pair[0].1) + Style::TICK.width(&pair[1].1);
                axis.at(pair[1].0) - axis.at(pair[0].0) >= widths / 2.0 + 24.0
            })
        };
        let decades = (log10(range.0).floor() as i32, log10(range.1).ceil() as i32);
        let round = |digits: &'static [f64], every: usize| -> Vec<(f64, String)> {
            (decades.0..=decades.1)
                .step_by(every)
                .flat_map(|power| digits.iter().map(move |digit| digit * powi(10.0, power)))
                .filter(|value| (range.0 * 0.999_999..=range.1 * 1.000_001).contains(value))
                .map(|value| (value, short(value)))
                .collect()
        };
        // Less than a decade holds too few of these; there the steps of an even axis serve.
        let even = (2..=8).rev().map(|most| figures(range, most));
        let marks = [round(&[1.0, 2.0, 5.0], 1), round(&[1.0, 3.0], 1), round(&[1.0], 1)]
            .into_iter()
            .chain([2, 5, 10, 20, 50, 100].map(|every| round(&[1.0], every)))
            .filter(|marks| marks.len() >= 3)
            .chain(even)
            .find(apart)
            .unwrap_or_default();
        Self { range, marks, title, logarithmic: true }
    }

    /// Marks along the foot of a plot, wherever they shall stand; without a title.
    pub(super) fn at(range: (f64, f64), marks: Vec<(f64, String)>) -> Self {
        Self { range: parted(range), marks, title: String::new(), logarithmic: false }
    }

    /// Words along the foot of a plot that is `room` pixels wide, each in the middle of its part: 0 is the first one's place.
    pub(super) fn words(words: &[&str], room: f64, title: String) -> Self {
        let each = room / words.len().max(1) as f64 - 16.0;
        let marks = words.iter().enumerate().map(|(place, word)| (place as f64, Style::TICK.shorten(word, each)));
        Self { range: (-0.5, words.len().max(1) as f64 - 0.5), marks: marks.collect(), title, logarithmic: false }
    }

    /// Figures up the left of a plot: two at least where there is room, since one alone is no scale.
    pub(super) fn up(range: (f64, f64), most: usize, title: String) -> Self {
        let range = parted(range);
        let few = figures(range, most);
        let marks = match few.len() {
            2.. => few,
            _ => (most + 1..most + 4)
                .map(|more| figures(range, more))
                .find(|marks| (2..=most).contains(&marks.len()))
                .unwrap_or(few),
        };
        Self { range, marks, title, logarithmic: false }
    }

    /// The weeks from 1 to `weeks`: a week ends where its number stands.
    pub(super) fn weeks(weeks: usize, title: String) -> Self {
        let step = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|step| weeks / step <= 16).unwrap_or(weeks / 10);
        let multiples = (step..=weeks).step_by(step);
        let marks = std::iter::once(1)
            .filter(|_| step > 1 && weeks / step <= 12)
            .chain(multiples)
            .map(|week| (week as f64, week.to_string()));
        Self { range: (0.0, weeks.max(1) as f64), marks: marks.collect(), title, logarithmic: false }
    }

    /// The weeks by their last days, as many of them as fit beside each other in `room` pixels; the last week is named.
    pub(super) fn week_ends(days: &[String], weeks: usize, room: f64, title: String) -> Self {
        let widest = days.iter().map(|day| Style::TICK.width(day)).fold(0.0, f64::max) + 24.0;
        let apart = |step: &usize| *step as f64 * room / weeks.max(1) as f64 >= widest;
        let step = (1..=weeks).find(apart).unwrap_or(weeks.max(1));
        let marks = days.iter().take(weeks).zip(1_usize..).filter(|(_, week)| (weeks - week).is_multiple_of(step));
        let marks = marks.map(|(day, week)| (week as f64, day.clone())).collect();
        Self { range: (0.0, weeks.max(1) as f64), marks, title, logarithmic: false }
    }

    /// The weeks from 1 to `weeks`: a week's number stands in its middle.
    pub(super) fn weeks_between(weeks: usize, title: String) -> Self {
        let mut side = Self::weeks(weeks, title);
        side.marks.iter_mut().for_each(|mark| mark.0 -= 0.5);
        side
    }

    /// The same side without numbers, for a plot that stands on another one with the same values.
    pub(super) fn unwritten(mut self) -> Self {
        self.title = String::new();
        self.marks.iter_mut().for_each(|mark| mark.1.clear());
        self
    }

    /// The room that the numbers of an upright side take, in pixels.
    pub(super) fn room(&self) -> f64 {
        self.widest() + 14.0
    }

    fn widest(&self) -> f64 {
        self.marks.iter().map(|(_, words)| Style::TICK.width(words)).fold(0.0, f64::max)
    }
}

/// At most `most` figures, as many as fit beside each other in `room` pixels.
fn fitting(range: (f64, f64), most: usize, room: f64) -> Vec<(f64, String)> {
    let fit = |marks: &Vec<(f64, String)>| {
        let widest = marks.iter().map(|(_, words)| Style::TICK.width(words)).fold(0.0, f64::max);
        (widest + 30.0) * marks.len() as f64 <= room
    };
    (2..=most).rev().map(|most| figures(range, most)).find(fit).unwrap_or_else(|| figures(range, 1))
}

fn figures((low, high): (f64, f64), most: usize) -> Vec<(f64, String)> {
    let (values, step) = ticks(low, high, most);
    let scale = Scale::of_ticks(&values, step);
    values.into_iter().map(|value| (value, scale.write(value))).collect()
}

/// A run of values that has a length, even where there is only one value.
fn parted((low, high): (f64, f64)) -> (f64, f64) {
    if high - low > 1e-6 * low.abs().max(high.abs()) {
        return (low, high);
    }
    let half = if low == 0.0 { 1.0 } else { nice_step(low.abs() / 10.0) };
    (low - half, high + half)
}

/// What stands around a plot.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The values along the foot.
    pub(super) across: Side,
    /// The values up the left side.
    pub(super) up: Side,
    /// Room above the plot for labels of upright lines, in pixels.
    pub(super) lane: f64,
    /// Least room on the left, in pixels, for plots that stand on each other.
    pub(super) left: f64,
    /// Room on the right for labels of lines that end there, in pixels.
    pub(super) gutter: f64,
}

/// A plot that is ready to be drawn into.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    pub(super) area: Area,
    pub(super) x: Axis,
    pub(super) y: Axis,
}

impl Plot {
    /// The plot in so many upright parts of equal width.
    pub(super) fn upright_parts(&self, parts: usize) -> impl Iterator<Item = Area> {
        let (area, width) = (self.area, self.area.width() / parts as f64);
        (0..parts).map(move |part| {
            let left = area.left + width * part as f64;
            Area { left, right: left + width, ..area }
        })
    }

    /// The part of the plot around a value, as far as half-way to its neighbors.
    pub(super) fn around(&self, values: &[f64], at: usize) -> Area {
        let x = |at: usize| self.x.at(values[at]);
        let left = if at == 0 { self.area.left } else { (x(at - 1) + x(at)) / 2.0 };
        let right = if at + 1 == values.len() { self.area.right } else { (x(at) + x(at + 1)) / 2.0 };
        Area { left, right, ..self.area }
    }
}

impl Frame {
    /// The plot inside grid, numbers and the names of both sides, where all of them take up `area`.
    pub(super) fn plot(&self, area: Area) -> Plot {
        let foot = match (self.across.widest() > 0.0, self.across.title.is_empty()) {
            (true, false) => 66.0,
            (true, true) => 38.0,
            (false, _) => 0.0,
        };
        let plot = Area {
            left: area.left + self.left.max(self.up.room()),
            top: area.top + Style::TICK.line_height() + 8.0 + self.lane,
            right: area.right - self.gutter,
            bottom: area.bottom - foot,
        };
        let scale = if self.across.logarithmic { Axis::logarithmic } else { Axis::new };
        Plot {
            area: plot,
            x: scale(self.across.range, (plot.left, plot.right)),
            y: Axis::new(self.up.range, (plot.bottom, plot.top)),
        }
    }

    /// Draws grid, numbers and the names of both sides into `area`, and gives the plot inside them.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, area: Area) -> Plot {
        let tick = Style::TICK;
        let all = self.plot(area);
        let Plot { area: plot, x, y } = all;
        canvas.text(&self.up.title, (area.left, area.top + tick.size), tick);
        for (value, words) in &self.up.marks {
            let at = y.at(*value);
            canvas.line(&[(plot.left, at), (plot.right, at)], GRID, 1.5);
            canvas.text(words, (plot.left - 14.0, at + 0.35 * tick.size), tick.right());
        }
        for (value, words) in &self.across.marks {
            let at = x.at(*value);
            canvas.line(&[(at, plot.bottom), (at, plot.bottom + 7.0)], MUTED, 1.5);
            let half = tick.width(words) / 2.0;
            canvas.text(words, (at.clamp(area.left + half, area.right - half), plot.bottom + 32.0), tick.centered());
        }
        canvas.text(&self.across.title, (plot.right, plot.bottom + 66.0), tick.right());
        all
    }
}

impl Plot {
    /// Draws the foot of the plot, over what stands on it: where the values are 0, or at the bottom.
    pub(super) fn ground(&self, canvas: &mut Canvas<'_>) {
        let at = self.y.at(0.0);
        canvas.line(&[(self.area.left, at), (self.area.right, at)], MUTED, 2.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_numbered_from_one_to_the_last_that_fits() {
        let cases = [
            (1, "1"),
            (13, "1 2 3 4 5 6 7 8 9 10 11 12 13"),
            (26, "2 4 6 8 10 12 14 16 18 20 22 24 26"),
            (52, "1 5 10 15 20 25 30 35 40 45 50"),
            (260, "20 40 60 80 100 120 140 160 180 200 220 240 260"),
        ];
        for (weeks, words) in cases {
            let side = Side::weeks(weeks, String::new());
            assert_eq!(side.marks.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" "), words);
        }
    }

    #[test]
    fn figures_up_the_left_are_a_scale() {
        // A step of 50 would leave 0 alone.
        let words: Vec<String> =
            Side::up((-46.0, 39.0), 4, String::new()).marks.into_iter().map(|(_, own)| own).collect();
        assert_eq!(words, ["−40", "−20", "0", "20"]);
        for (low, high) in [(-9.9, 9.9), (1.0, 1.9), (-4.1e4, 3.2e4), (0.3, 1.7), (5.5, 9.9)] {
            assert!(Side::up((low, high), 4, String::new()).marks.len() > 1, "{low} to {high}");
        }
    }

    #[test]
    fn a_single_value_still_gets_an_axis() {
        for value in [0.0, 5.0, -3e12, 1e200, 1e-9] {
            let side = Side::across((value, value), 1400.0, String::new());
            assert!(side.range.0 < value && value < side.range.1, "{value}: {side:?}");
            assert!(!side.marks.is_empty());
        }
    }

    #[test]
    fn equal_ratios_are_equally_far_apart_on_a_logarithmic_axis() {
        let axis = Axis::logarithmic((1.0, 10_000.0), (100.0, 500.0));
        assert_eq!([0.1, 1.0, 10.0, 1e3, 1e9].map(|value| axis.at(value).round()), [100.0, 100.0, 200.0, 400.0, 500.0]);
    }

    #[test]
    fn figures_of_a_logarithmic_axis_are_round_and_apart() {
        let cases = [
            ((1e3, 64e3), "1k 2k 5k 10k 20k 50k"),
            ((0.5, 3e6), "1 10 100 1k 10k 100k 1M"),
            ((300.0, 420.0), "300 320 340 360 380 400 420"),
            ((50.0, 50.0), "40 45 50 55 60"),
        ];
        for (range, words) in cases {
            let side = Side::logarithmic(range, 900.0, String::new());
            let written: Vec<&str> = side.marks.iter().map(|mark| mark.1.as_str()).collect();
            assert_eq!(written.join(" "), words, "{range:?}");
        }
    }

    #[test]
    fn a_value_outside_stops_at_the_edge() {
        let axis = Axis::new((0.0, 10.0), (100.0, 200.0));
        assert_eq!([-5.0, 0.0, 5.0, 1e200].map(|value| axis.at(value)), [100.0, 100.0, 150.0, 200.0]);
        assert!(axis.shows(10.0) && !axis.shows(10.1));
    }
}
