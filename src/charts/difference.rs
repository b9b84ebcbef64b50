//! Two plans under the same luck: in how many futures is one better than the other, and by how much?

use crate::text::{Scale, capital, count, in_currency, money, of_hundred, one_future, pieces, short, signed};

use super::axis::{Frame, Side};
use super::bars::Bars;
use super::drawing::Drawing;
use super::labels::Area;
use super::levels::Interval;
use super::marks::{self, Mark};
use super::measure::Measure;
use super::names;
use super::sample::{quantile, range, sorted};
use super::theme::{DARK, GRID, INK, MUTED, ORANGE, Style};

/// What the chart of a difference is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The outcome.
    pub measure: Measure<'a>,
    /// The base plan's name.
    pub base: &'a str,
    /// The name of the plan that is compared with it.
    pub plan: &'a str,
    /// The plan's outcome less the base plan's outcome, draw by draw, in any order.
    pub draws: &'a [f64],
    /// Whether the mean difference is within the simulation's error.
    pub within_error: bool,
}

/// Room that the row of colors takes above the plot, in pixels.
const ROW: f64 = 46.0;

/// Draws the distribution of the difference as bars, with 0 marked and both sides of it in their colors.
pub fn draw(difference: &Difference<'_>) -> Drawing {
    let measure = &difference.measure;
    let sides = Sides::of(measure, sorted(difference.draws));
    let each = one_future(measure.weeks);
    if sides.draws() == 0 {
        return Drawing::without_data(
            difference.finding,
            "No draw has this figure under both plans, so their difference can't be shown.",
        );
    }
    if sides.ties == sides.draws() {
        return Drawing::without_data(
            difference.finding,
            &format!(
                "In all {} draws both plans end with the same figure: what differs between them does not touch this outcome.",
                pieces(sides.ties as f64)
            ),
        );
    }
    let bars = Bars::of(&sides.untied, sides.range()).among(sides.draws());
    let scale = sides.scale();
    let frame = frame(difference, &bars);
    let mut subtitle = format!(
        "Both plans on common random numbers, {each} by {each}; the bracket spans 8 of 10 differences (P10 to P90)."
    );
    if bars.outside > 0 {
        subtitle +=
            &format!(" Beyond the edges: {} of {}.", pieces(bars.outside as f64), count(sides.draws() as f64, "draw"));
    }
    Drawing::new(difference.finding.to_owned(), &subtitle, |canvas, area| {
        let words = sides.words();
        let keys: Vec<_> = words.iter().map(|(words, color)| (words.as_str(), *color)).collect();
        names::row(canvas, area, &keys);
        let plot = frame.draw(canvas, Area { top: area.top + ROW, ..area });
        let inside = if measure.higher_is_better { (0.0, f64::INFINITY) } else { (f64::NEG_INFINITY, 0.0) };
        bars.draw(canvas, &plot, inside, [DARK, ORANGE]);
        plot.ground(canvas);
        let Interval { low, middle: mean, high } = sides.figures;
        let written = |value: f64| signed(scale.write(value));
        let zero = if plot.x.shows(0.0) { "No difference" } else { "No difference, off the chart" };
        let name = if difference.within_error { "Mean, within its error" } else { "Mean" };
        let mut shown = vec![Mark::new(mean, name, written(mean), INK), Mark::new(0.0, zero, String::new(), INK)];
        if low < high {
            shown.push(Mark::new(low, "P10", written(low), MUTED));
            shown.push(Mark::new(high, "P90", written(high), MUTED));
        }
        marks::draw(canvas, &plot, shown);
        if low < high {
            canvas.whisker((plot.x.at(low), plot.x.at(high)), plot.area.top + 0.05 * plot.area.height(), 30.0);
        }
    })
}

/// Differences across, how many of 100 futures up.
fn frame(difference: &Difference<'_>, bars: &Bars) -> Frame {
    let Difference { measure, base, .. } = difference;
    let (plan, noun) = (capital(difference.plan), measure.futures());
    Frame {
        across: Side::across(
            bars.range(),
            1300.0,
            in_currency(
                &format!(
                    "{}: {} minus {}",
                    capital(&Style::TICK.shorten(&measure.noun(), 500.0)),
                    Style::TICK.shorten(&plan, 320.0),
                    Style::TICK.shorten(base, 320.0)
                ),
                measure.unit,
            ),
        ),
        up: Side::up(
            (0.0, 1.12 * bars.highest()),
            5,
            format!("How many of 100 {noun}, in bars {} wide", money(&short(bars.width), measure.unit)),
        ),
        lane: marks::LANE,
        left: 0.0,
        gutter: 0.0,
    }
}

/// Differences on both sides of 0, and those that are none.
#[derive(Clone, Debug)]
struct Sides {
    /// all but the ties, lowest first
    untied: Vec<f64>,
    better: usize,
    worse: usize,
    ties: usize,
    /// P10, mean and P90 of all
    figures: Interval,
}

impl Sides {
    fn of(measure: &Measure<'_>, sorted: Vec<f64>) -> Self {
        let count = |test: fn(&f64) -> bool| sorted.iter().filter(|draw| test(draw)).count();
        let (above, below) = (count(|draw| *draw > 0.0), count(|draw| *draw < 0.0));
        let (better, worse) = if measure.higher_is_better { (above, below) } else { (below, above) };
        let draws = sorted.len() as f64;
        let figures = Interval {
            low: quantile(&sorted, 0.1),
            middle: sorted.iter().map(|draw| draw / draws).sum(),
            high: quantile(&sorted, 0.9),
        };
        Self {
            ties: sorted.len() - above - below,
            better,
            worse,
            figures,
            untied: sorted.into_iter().filter(|draw| *draw != 0.0).collect(),
        }
    }

    fn draws(&self) -> usize {
        self.better + self.worse + self.ties
    }

    fn share(&self, count: usize) -> f64 {
        count as f64 / self.draws() as f64
    }

    fn scale(&self) -> Scale {
        Scale::of(&self.figures.into_array())
    }

    /// The differences to show, and 0 unless it is far off.
    fn range(&self) -> (f64, f64) {
        range(&self.untied, &[0.0])
    }

    /// What each color means, and how often it is so.
    fn words(&self) -> Vec<(String, plotters::style::RGBColor)> {
        let mut words = vec![
            (format!("Better: {}", of_hundred(self.share(self.better))), DARK),
            (format!("Worse: {}", of_hundred(self.share(self.worse))), ORANGE),
        ];
        if self.ties > 0 {
            words.push((format!("The same (no bar): {}", of_hundred(self.share(self.ties))), GRID));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_on_no_side_and_less_of_a_cost_is_better() {
        for (higher_is_better, better, worse) in [(true, 3, 1), (false, 1, 3)] {
            let measure = Measure { title: "", unit: "", higher_is_better, weeks: 13 };
            let draws = sorted(&[1.0, 2.0, 0.0, -4.0, -0.0, 7.0, f64::NAN]);
            let sides = Sides::of(&measure, draws);
            assert_eq!((sides.better, sides.worse, sides.ties), (better, worse, 2));
            assert_eq!(sides.untied, [-4.0, 1.0, 2.0, 7.0]);
            assert!((sides.figures.middle - 1.0).abs() < 1e-12);
        }
    }
}
