//! Plans in one outcome: where do 8 of 10 futures lie under each of them, where the middle, and how far apart are the means?

use crate::text::{Scale, clean};

use super::axis::Axis;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::levels::Interval;
use super::measure::Measure;
use super::theme::{DARK, INK, MEDIUM, PALE, Style};

/// What the chart of intervals is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Dumbbells<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The outcome.
    pub measure: Measure<'a>,
    /// The plans, the base first; the first twelve are drawn.
    pub rows: &'a [Dumbbell<'a>],
}

/// The outcome of one plan.
#[derive(Clone, Copy, Debug)]
pub struct Dumbbell<'a> {
    /// The plan's name.
    pub name: &'a str,
    /// P10, P50 and P90.
    pub levels: Interval,
    /// How its mean differs from that of the first plan, in few words; may be empty.
    pub beside: &'a str,
}

/// More rows than these would be too low for their figures.
const MOST_ROWS: usize = 12;
/// How figures beside the dots are written.
const FIGURE: Style = Style::TICK.colored(INK).sized(22.0);

/// Draws for each plan a dot at P10, at P50 and at P90, and what ties them.
pub fn draw(dumbbells: &Dumbbells<'_>) -> Drawing {
    let measure = &dumbbells.measure;
    let rows: Vec<Row> = dumbbells.rows.iter().filter_map(Row::of).collect();
    let shown = &rows[..rows.len().min(MOST_ROWS)];
    let Some(base) = shown.first() else {
        return Drawing::without_data(
            "How the plans compare is not known",
            "P10, P50 and P90 of no plan are numbers, so there is nothing to compare.",
        );
    };
    let noun = measure.futures();
    let mut subtitle =
        format!("8 of 10 {noun} lie between the outer dots (P10 to P90), half above the dark one (P50).");
    if shown.len() > 1 {
        subtitle += " Upright line: P50 of the first plan. On the right: the mean, minus that of the first plan.";
    }
    if rows.len() > shown.len() {
        subtitle += &format!(" The last {} of {} plans are left out.", rows.len() - shown.len(), rows.len());
    }
    let figures: Vec<f64> = shown.iter().flat_map(|row| row.levels.into_array()).collect();
    let scale = Scale::of(&figures);
    Drawing::new(dumbbells.finding.to_owned(), &subtitle, |canvas, area| {
        let names = shown.iter().map(|row| Style::LABEL.bold().width(&row.name));
        let left = area.left + names.fold(0.0, f64::max).clamp(80.0, 420.0) + 24.0;
        let widths = figures.iter().map(|figure| FIGURE.width(&scale.write(*figure)));
        let widest = widths.fold(0.0, f64::max) + 26.0;
        let beside = shown.iter().map(|row| FIGURE.width(&row.beside)).fold(0.0, f64::max).min(300.0);
        let right = if beside > 0.0 { area.right - beside - 24.0 } else { area.right };
        let plot = Area { left, top: area.top + 4.0, right, bottom: area.bottom - 66.0 };
        let axis = axis(&figures, (plot.left + widest, plot.right - widest));
        axis.below(canvas, plot, &measure.axis(900.0));
        let x = axis.at(base.levels.middle);
        canvas.line(&[(x, plot.top), (x, plot.bottom)], MEDIUM, 2.0);
        // A lone row is no higher than one of three.
        let height = plot.height() / shown.len().max(3) as f64;
        for (place, row) in shown.iter().enumerate() {
            let top = plot.top + height * place as f64;
            let beside = FIGURE.sized((0.5 * height).min(FIGURE.size));
            let words = beside.shorten(&row.beside, area.right - right);
            canvas.text(
                &words,
                (area.right, top + height / 2.0 + 0.12 * height.min(80.0) + 0.35 * beside.size),
                beside.right(),
            );
            let area = Area { left: area.left, top, right: plot.left, bottom: top + height };
            row.draw(canvas, &axis, area, (place == 0, &scale));
        }
    })
}

/// A plan that can be drawn.
#[derive(Clone, Debug)]
struct Row {
    name: String,
    levels: Interval,
    beside: String,
}

impl Row {
    fn of(row: &Dumbbell<'_>) -> Option<Self> {
        let levels = row.levels.checked()?;
        Some(Self { name: clean(row.name), levels, beside: clean(row.beside) })
    }

    /// Draws the name on the left of `area`, and the dots with their figures from its right edge on.
    fn draw(&self, canvas: &mut Canvas<'_>, axis: &Axis, area: Area, (base, scale): (bool, &Scale)) {
        let height = area.height();
        let style = if base { Style::LABEL.bold() } else { Style::LABEL };
        let style = style.sized((0.6 * height).min(style.size)).right();
        let most = ((0.9 * height / style.line_height()) as usize).clamp(1, 2);
        let lines = style.wrap(&self.name, area.width() - 24.0, most);
        // The figure of P50 stands above its dot, so all of it stands a little lower than the middle.
        let y = (area.top + area.bottom) / 2.0 + 0.12 * height.min(80.0);
        let top = y - 0.5 * style.line_height() * lines.len() as f64;
        canvas.lines(&lines, (area.right - 16.0, top), style);
        let Interval { low, middle: center, high } = self.levels.map(|level| axis.at(level));
        canvas.line(&[(low, y), (high, y)], PALE, 10.0);
        for (x, radius, color) in [(low, 8.0, MEDIUM), (high, 8.0, MEDIUM), (center, 11.0, DARK)] {
            canvas.dot((x, y), radius, color);
        }
        let figure = FIGURE.sized((0.42 * height).min(FIGURE.size));
        let foot = y + 0.35 * figure.size;
        let Interval { low: p10, middle: p50, high: p90 } = self.levels.map(|level| scale.write(level));
        canvas.plate(&p10, (low.min(center - 4.0) - 18.0, foot), figure.right());
        canvas.plate(&p90, (high.max(center + 4.0) + 18.0, foot), figure);
        canvas.plate(&p50, (center, y - 17.0), figure.bold().centered());
    }
}

/// The values to show: all of them, and 0 where it is near.
fn axis(figures: &[f64], pixels: (f64, f64)) -> Axis {
    let low = figures.iter().copied().fold(f64::INFINITY, f64::min);
    let high = figures.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let low = if low > 0.0 && low < 0.4 * high { 0.0 } else { low };
    let rim = if high - low > 1e-9 * high.abs().max(low.abs()) {
        0.0
    } else if high == 0.0 {
        1.0
    } else {
        0.3 * high.abs()
    };
    Axis::new((low - rim, high + rim), pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_drawn_where_all_its_levels_are_numbers() {
        let row = |[low, middle, high]: [f64; 3]| {
            let levels = Interval { low, middle, high };
            let row = Dumbbell { name: " a\u{0}", levels, beside: "" };
            Row::of(&row).map(|row| (row.name, row.levels.into_array()))
        };
        assert_eq!(row([3.0, 1.0, 2.0]), Some(("a".into(), [1.0, 2.0, 3.0])));
        assert_eq!(row([1.0, f64::NAN, 2.0]), None);
    }

    #[test]
    fn zero_is_shown_where_it_is_near() {
        let range = |figures: &[f64]| {
            let axis = axis(figures, (0.0, 1.0));
            (axis.low, axis.high)
        };
        assert_eq!(range(&[1.0, 4.0]), (0.0, 4.0));
        assert_eq!(range(&[3.0, 4.0]), (3.0, 4.0));
        assert_eq!(range(&[10.0, 10.0]), (7.0, 13.0));
        assert_eq!(range(&[0.0]), (-1.0, 1.0));
    }
}
