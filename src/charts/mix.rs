//! Two mixes of the same money: what does each channel get today, what in the best mix, and how far may that move?

use crate::text::{Scale, clean, money};

use super::axis::Axis;
use super::drawing::Drawing;
use super::labels::Area;
use super::theme::{DARK, INK, PALE, Style};
use super::ticks::drawable;

/// What the chart of two mixes is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Mixes<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The currency; may be empty.
    pub currency: &'a str,
    /// The channels; the first twelve are drawn.
    pub rows: &'a [MixRow<'a>],
}

/// The budgets of one channel.
#[derive(Clone, Copy, Debug)]
pub struct MixRow<'a> {
    /// The channel's name.
    pub name: &'a str,
    /// Its budget in the plan.
    pub today: f64,
    /// And in the best mix.
    pub best: f64,
    /// The range that stays within 1% of the best.
    pub range: (f64, f64),
}

/// More rows than these would be too low for their figures.
const MOST_ROWS: usize = 12;

/// A row that can be drawn.
struct Row {
    name: String,
    today: f64,
    best: f64,
    range: (f64, f64),
}

/// Draws two bars for each channel, today's and the best, with the range of the best.
pub fn draw(mixes: &Mixes<'_>) -> Drawing {
    let all: Vec<Row> = mixes.rows.iter().filter_map(row).collect();
    let shown = &all[..all.len().min(MOST_ROWS)];
    let most = shown.iter().flat_map(|row| [row.today, row.best, row.range.1]).fold(0.0, f64::max);
    if shown.is_empty() || most <= 0.0 {
        return Drawing::without_data("Which mix is best is not known", "No channel has a budget in either mix.");
    }
    let mut subtitle = String::from(
        "Pale: today's budget; dark: the best mix found. Thin line: how far this budget alone may move, the others making room, within 1% of the best.",
    );
    if all.len() > shown.len() {
        subtitle += &format!(" The last {} of {} channels are left out.", all.len() - shown.len(), all.len());
    }
    let figures: Vec<f64> = shown.iter().flat_map(|row| [row.today, row.best]).collect();
    let scale = Scale::of(&figures);
    Drawing::new(mixes.finding.to_owned(), &subtitle, |canvas, area| {
        let names = shown.iter().map(|row| Style::LABEL.bold().width(&row.name));
        let left = area.left + names.fold(0.0, f64::max).clamp(80.0, 420.0) + 24.0;
        let widest = figures.iter().map(|figure| Style::TICK.width(&scale.write(*figure))).fold(0.0, f64::max) + 30.0;
        let plot = Area { left, top: area.top + 4.0, right: area.right, bottom: area.bottom - 66.0 };
        let axis = Axis::new((0.0, most), (plot.left, plot.right - widest));
        axis.below(canvas, plot, &money("Budget", mixes.currency));
        // A lone row is no higher than one of three.
        let height = plot.height() / shown.len().max(3) as f64;
        for (place, row) in shown.iter().enumerate() {
            let top = plot.top + height * place as f64;
            let bar = (0.34 * height).min(64.0);
            let middle = top + height / 2.0;
            let style = Style::LABEL.bold().sized((0.6 * height).min(Style::LABEL.size)).right();
            let name = style.shorten(&row.name, plot.left - area.left - 24.0);
            canvas.text(&name, (plot.left - 16.0, middle + 0.35 * style.size), style);
            let figure = Style::TICK.colored(INK).sized((0.3 * height).min(22.0));
            let bars = [(row.today, PALE, middle - bar), (row.best, DARK, middle)];
            for (budget, color, top) in bars {
                let right = axis.at(budget).max(plot.left + 1.0);
                canvas.rect(Area { left: plot.left, top: top + 1.0, right, bottom: top + bar - 1.0 }, color);
            }
            if row.range.1 > row.range.0 {
                canvas.whisker((axis.at(row.range.0), axis.at(row.range.1)), middle + bar / 2.0, bar);
            }
            for (budget, color, top) in bars {
                let (right, words) = (axis.at(budget), scale.write(budget));
                // On a long line the figure stands beside its bar, behind a short one's end.
                let end = axis.at(row.range.1);
                let is_short = end - right < figure.width(&words) + 40.0;
                let at = if color == DARK && is_short { end.max(right) } else { right };
                canvas.plate(&words, (at + 12.0, top + bar / 2.0 + 0.35 * figure.size), figure);
            }
        }
    })
}

fn row(row: &MixRow<'_>) -> Option<Row> {
    let positive = |budget: f64| drawable(budget).map(|budget| budget.max(0.0));
    let (today, best) = (positive(row.today)?, positive(row.best)?);
    let (low, high) = (positive(row.range.0).unwrap_or(best), positive(row.range.1).unwrap_or(best));
    Some(Row { name: clean(row.name), today, best, range: (low.min(best), high.max(best)) })
}
