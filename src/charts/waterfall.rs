//! From one plan to another: what does each group of changes add to the mean, and what does it take away?

use plotters::style::RGBColor;

use crate::text::{Scale, clean, in_currency, signed};

use super::axis::Axis;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::measure::Measure;
use super::theme::{Align, DARK, MEDIUM, MUTED, ORANGE, Style};
use super::ticks::drawable;

/// What the chart of changes is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Waterfall<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The outcome.
    pub measure: Measure<'a>,
    /// The base plan's name, and the mean of its outcome.
    pub base: (&'a str, f64),
    /// The other plan's name, and the mean of its outcome.
    pub plan: (&'a str, f64),
    /// The groups of changes that lead from one to the other. From the thirteenth on the smallest are pooled; what they
    /// leave of the whole difference gets a step of its own.
    pub steps: &'a [Change<'a>],
    /// Whether the whole difference is within the simulation's error.
    pub within_error: bool,
}

/// What a group of changes adds to the mean.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// What is changed.
    pub name: &'a str,
    /// What it adds; below 0 what it takes away.
    pub mean: f64,
    /// Half the length of its 95% interval, where that is known.
    pub error: Option<f64>,
    /// Whether it can't be told from nothing.
    pub within_error: bool,
}

/// The color of steps that can't be told from nothing.
const UNCLEAR: RGBColor = RGBColor(176, 184, 192);
/// More steps than these would be too low to read.
const MOST_STEPS: usize = 12;

/// Draws the mean of the base, a step for each group of changes, and the mean of the other plan, below each other.
pub fn draw(waterfall: &Waterfall<'_>) -> Drawing {
    let measure = &waterfall.measure;
    let (base, other) = (clean(waterfall.base.0), clean(waterfall.plan.0));
    let means = (drawable(waterfall.base.1), drawable(waterfall.plan.1));
    let (Some(from), Some(to)) = means else {
        return Drawing::without_data(
            "What the changes bring is not known",
            "The mean of one of the plans is not a number, so there is nothing to go from or to.",
        );
    };
    let steps = steps(waterfall.steps, from, to);
    let view = View::of(from, to, &steps);
    let bars = bars((&base, from), (&other, to), &steps, waterfall);
    let range = range(&bars);
    let mut subtitle = format!("Means over all {}. Each step starts where the one before it ends.", measure.futures());
    if bars.iter().any(|bar| bar.error > 0.0) {
        subtitle += " Thin lines: 95% interval of a step.";
    }
    if bars.iter().any(|bar| bar.color == UNCLEAR) {
        subtitle += " Gray: within the simulation's error.";
    }
    let axis_title = match view {
        View::Whole => measure.axis(900.0),
        View::Changes => {
            Style::TICK.shorten(&in_currency(&format!("Change in mean {}", measure.noun()), measure.unit), 900.0)
        }
    };
    Drawing::new(waterfall.finding.to_owned(), &subtitle, |canvas, area| {
        let style = Style::LABEL;
        let widest = |words: fn(&Bar) -> &str, style: Style| {
            let widths = bars.iter().map(|bar| style.width(words(bar)));
            widths.fold(0.0, f64::max)
        };
        let plot = Area {
            left: area.left + widest(|bar| &bar.name, style.bold()).clamp(80.0, 440.0) + 24.0,
            top: area.top + 4.0,
            right: area.right - widest(|bar| &bar.words, style.bold()) - 24.0,
            bottom: area.bottom - 66.0,
        };
        let axis = Axis::new(range, (plot.left, plot.right));
        axis.below(canvas, plot, &axis_title);
        if range.0 <= 0.0 && range.1 >= 0.0 {
            let zero = axis.at(0.0);
            canvas.line(&[(zero, plot.top), (zero, plot.bottom)], MUTED, 2.0);
        }
        let height = plot.height() / bars.len() as f64;
        for (place, bar) in bars.iter().enumerate() {
            let top = plot.top + height * place as f64;
            let row = Area { left: area.left, top, right: plot.left, bottom: top + height };
            bar.draw(canvas, &axis, row);
            if place + 1 < bars.len() {
                let x = axis.at(bar.to);
                let thick = bar.thick(height);
                let ends = [top + (height + thick) / 2.0, top + 1.5 * height - thick / 2.0];
                canvas.line(&[(x, ends[0]), (x, ends[1])], MUTED, 1.5);
            }
        }
    })
}

/// A step that can be drawn.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    name: String,
    mean: f64,
    error: f64,
    within_error: bool,
}

/// The steps in their order, the smallest pooled, and what is left between them and the whole difference.
fn steps(changes: &[Change<'_>], from: f64, to: f64) -> Vec<Step> {
    let mut steps: Vec<Step> = changes
        .iter()
        .filter_map(|change| {
            Some(Step {
                name: clean(change.name),
                mean: drawable(change.mean)?,
                error: change.error.and_then(drawable).unwrap_or(0.0).abs(),
                within_error: change.within_error,
            })
        })
        .collect();
    let rest = to - from - steps.iter().map(|step| step.mean).sum::<f64>();
    if steps.len() > MOST_STEPS {
        let mut sizes: Vec<f64> = steps.iter().map(|step| step.mean.abs()).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        let least = sizes[MOST_STEPS - 1];
        let mut kept = 0;
        let (large, small): (Vec<Step>, Vec<Step>) = steps.into_iter().partition(|step| {
            let keeps = step.mean.abs() > least && kept < MOST_STEPS - 1;
            kept += usize::from(keeps);
            keeps
        });
        steps = large;
        steps.push(Step {
            name: format!("{} other changes", small.len()),
            mean: small.iter().map(|step| step.mean).sum(),
            error: 0.0,
            within_error: false,
        });
    }
    let size = steps.iter().fold(from.abs().max(to.abs()), |most, step| most.max(step.mean.abs()));
    if rest.abs() > 1e-6 * size.min(1e3 * (to - from).abs()).max(1e-9 * size) {
        steps.push(Step { name: "not by one change alone".to_owned(), mean: rest, error: 0.0, within_error: false });
    }
    steps
}

/// A row of the chart.
#[derive(Clone, Debug)]
struct Bar {
    name: String,
    from: f64,
    to: f64,
    error: f64,
    words: String,
    color: RGBColor,
    total: bool,
}

/// What the axis counts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum View {
    /// the outcome, from 0 on
    Whole,
    /// what it changes from the base plan's mean, where the steps would be too short to see beside the whole
    Changes,
}

impl View {
    fn of(from: f64, to: f64, steps: &[Step]) -> Self {
        let mut at = from;
        let mut ends = vec![from, to];
        for step in steps {
            at += step.mean;
            ends.extend([at, at - step.error, at + step.error]);
        }
        let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
        let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let farthest = high.abs().max(low.abs());
        let is_short = low * high > 0.0 && high - low < 0.3 * farthest;
        if is_short { Self::Changes } else { Self::Whole }
    }
}

fn bars(base: (&str, f64), other: (&str, f64), steps: &[Step], waterfall: &Waterfall<'_>) -> Vec<Bar> {
    let measure = &waterfall.measure;
    let view = View::of(base.1, other.1, steps);
    let zero = if view == View::Changes { base.1 } else { 0.0 };
    let scale = Scale::of(&[base.1, other.1]);
    let changes: Vec<f64> = steps.iter().map(|step| step.mean).chain([other.1 - base.1]).collect();
    let of_changes = Scale::of(&changes);
    let unclear = |is_unclear: bool| if is_unclear { ", within error" } else { "" };
    let total = |(name, mean): (&str, f64), words: String| Bar {
        name: name.to_owned(),
        from: 0.0,
        to: mean - zero,
        error: 0.0,
        words,
        color: DARK,
        total: true,
    };
    let mut at = base.1 - zero;
    let mut bars = vec![total(base, measure.figure(&scale, base.1))];
    for step in steps {
        let from = at;
        at += step.mean;
        bars.push(Bar {
            name: step.name.clone(),
            from,
            to: at,
            error: step.error,
            words: format!("{}{}", signed(of_changes.write(step.mean)), unclear(step.within_error)),
            color: match step.mean {
                _ if step.within_error => UNCLEAR,
                0.0 => MUTED,
                mean if measure.better(mean, 0.0) => MEDIUM,
                _ => ORANGE,
            },
            total: false,
        });
    }
    let words = match view {
        View::Whole => measure.figure(&scale, other.1),
        View::Changes => format!(
            "{} ({}{})",
            measure.figure(&scale, other.1),
            signed(of_changes.write(other.1 - base.1)),
            unclear(waterfall.within_error)
        ),
    };
    let whole = total(other, words);
    let color = if view == View::Changes && waterfall.within_error { UNCLEAR } else { DARK };
    bars.push(Bar { color, ..whole });
    bars
}

/// From where to where the axis runs; 0 is on it.
fn range(bars: &[Bar]) -> (f64, f64) {
    let ends = || bars.iter().flat_map(|bar| [bar.from, bar.to - bar.error, bar.to + bar.error]);
    let (low, high) = (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max));
    if high > low { (low, high) } else { (0.0, 1.0) }
}

impl Bar {
    fn thick(&self, height: f64) -> f64 {
        (0.62 * height).min(64.0)
    }

    /// Draws the name on the left of `row`, and the bar and its figure from its right edge on.
    fn draw(&self, canvas: &mut Canvas<'_>, axis: &Axis, row: Area) {
        let height = row.height();
        let plain = Style::LABEL.sized((0.7 * height).min(Style::LABEL.size)).right();
        let style = if self.total { plain.bold() } else { plain };
        let most = ((height / style.line_height()) as usize).clamp(1, 2);
        let lines = style.wrap(&self.name, row.width() - 16.0, most);
        let middle = (row.top + row.bottom) / 2.0;
        let top = middle - 0.5 * style.line_height() * lines.len() as f64;
        canvas.lines(&lines, (row.right - 16.0, top), style);
        let thick = self.thick(height);
        let (from, to) = (axis.at(self.from), axis.at(self.to));
        let (left, right) = (from.min(to), from.max(to));
        // A step of nothing is still a line.
        let widen = if right - left < 3.0 { 1.5 } else { 0.0 };
        let (top, bottom) = (middle - thick / 2.0, middle + thick / 2.0);
        canvas.rect(Area { left: left - widen, top, right: right + widen, bottom }, self.color);
        let mut end = right;
        if self.error > 0.0 {
            let reach = (axis.at(self.to - self.error), axis.at(self.to + self.error));
            canvas.whisker(reach, middle, thick);
            end = end.max(reach.1);
        }
        let style = Style { align: Align::Left, ..style };
        canvas.plate(&self.words, (end + 12.0, middle + 0.35 * style.size), style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(name: &str, mean: f64) -> Change<'_> {
        Change { name, mean, error: None, within_error: false }
    }

    #[test]
    fn the_smallest_steps_are_pooled_and_all_of_them_add_up() {
        let names: Vec<String> = (0..20).map(|place| place.to_string()).collect();
        let changes: Vec<Change<'_>> =
            names.iter().zip(0_u32..).map(|(name, place)| change(name, f64::from(place) - 5.0)).collect();
        let steps = steps(&changes, 100.0, 190.0);
        assert_eq!(steps.len(), MOST_STEPS);
        assert_eq!(steps[MOST_STEPS - 1].name, "9 other changes");
        assert_eq!(steps.iter().map(|step| step.mean).sum::<f64>(), 90.0);
    }

    #[test]
    fn what_no_step_explains_is_a_step() {
        let found = steps(&[change("a", 3.0), change("b", f64::NAN)], 10.0, 14.0);
        assert_eq!(found.iter().map(|step| step.mean).collect::<Vec<_>>(), [3.0, 1.0]);
        assert_eq!(steps(&[change("a", 4.0)], 10.0, 14.0).len(), 1);
    }

    #[test]
    fn changes_that_are_short_beside_the_whole_are_shown_alone_and_0_is_always_on_the_axis() {
        let measure = Measure { title: "", unit: "", higher_is_better: true, weeks: 13 };
        for (from, to, view) in [
            (800.0, 850.0, View::Changes),
            (800.0, 1500.0, View::Whole),
            (-10.0, 5.0, View::Whole),
            (-850.0, -800.0, View::Changes),
            (0.0, 0.0, View::Whole),
        ] {
            let steps = steps(&[], from, to);
            assert_eq!(View::of(from, to, &steps), view, "{from} {to}");
            let waterfall =
                Waterfall { finding: "", measure, base: ("a", from), plan: ("b", to), steps: &[], within_error: false };
            let (low, high) = range(&bars(("a", from), ("b", to), &steps, &waterfall));
            assert!(low <= 0.0 && high >= 0.0 && high > low);
        }
    }
}
