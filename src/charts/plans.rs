//! Plans in one outcome: how likely is each of them to bring so much?

use crate::text::{Scale, capital, clean, count, in_currency, money, of_hundred, short};

use super::axis::{Frame, Plot, Side};
use super::drawing::Drawing;
use super::ecdf;
use super::marks::{self, Mark};
use super::measure::Measure;
use super::names::{self, Key};
use super::sample::{quantile, range, sorted};
use super::theme::{ORANGE, STROKES, Style};
use super::ticks::drawable;

/// What the chart of several plans is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Plans<'a> {
    /// What was found, in a sentence: the title.
    pub finding: &'a str,
    /// The outcome.
    pub measure: Measure<'a>,
    /// What shall be reached; where less is better, what shall not be exceeded.
    pub target: Option<f64>,
    /// The plans, the base first; the first eight are drawn.
    pub rows: &'a [PlanDraws<'a>],
}

/// The outcome of one plan.
#[derive(Clone, Copy, Debug)]
pub struct PlanDraws<'a> {
    /// The plan's name.
    pub name: &'a str,
    /// The outcome of every draw, in any order.
    pub draws: &'a [f64],
    /// What is said of it beside its name, such as `"can't be told from the base plan"`; may be empty.
    pub remark: &'a str,
}

/// Draws for each plan how many of 100 futures bring at least so much, or at most so much where less is better.
pub fn draw(plans: &Plans<'_>) -> Drawing {
    let measure = &plans.measure;
    let rows: Vec<Row> = plans.rows.iter().enumerate().filter_map(|(at, row)| Row::of(at, row, plans)).collect();
    let Some(draws) = rows.iter().map(|row| row.sorted.len()).max() else {
        return Drawing::without_data(
            "How the plans compare is not known",
            "No draw of any plan ended with a figure, so there is nothing to compare.",
        );
    };
    let shown = &rows[..rows.len().min(STROKES.len())];
    let target = plans.target.and_then(drawable);
    let keys = keys(measure, shown);
    let frame = frame(measure, shown, target, &keys);
    let noun = measure.futures();
    let mut subtitle = format!(
        "Read up from a figure to a plan's line, then left: that many of 100 {noun} end there or {} ({}).",
        if measure.higher_is_better {
            "above; the line further right is better"
        } else {
            "below; the line further left is better"
        },
        count(draws as f64, "draw")
    );
    if rows.len() > shown.len() {
        subtitle += &format!(" {} more plans are left out.", rows.len() - shown.len());
    }
    let mut drawn_in = None;
    let drawing = Drawing::new(plans.finding.to_owned(), &subtitle, |canvas, area| {
        let plot = frame.draw(canvas, area);
        drawn_in = Some(plot);
        plot.ground(canvas);
        // The target's line lies behind.
        if let Some(target) = target {
            let figure = Scale::of(&[target]).write_typed(target);
            let name = if plot.x.shows(target) { "Target" } else { "Target, off the chart" };
            let mark = Mark::new(target, name, money(&figure, measure.unit), ORANGE);
            marks::draw(canvas, &plot, vec![mark]);
        }
        names::column(canvas, &plot, area, &keys);
        for part in plot.upright_parts(80) {
            let figure = plot.x.value_at((part.left + part.right) / 2.0);
            let told: Vec<String> = shown
                .iter()
                .map(|row| format!("{} {}", row.name, of_hundred(share_meeting(&row.sorted, figure, measure))))
                .collect();
            let side = if measure.higher_is_better { "or more" } else { "or less" };
            canvas.hint(part, format!("{} {side}: {}", money(&short(figure), measure.unit), told.join("; ")));
        }
    });
    let Some(plot) = drawn_in else { return drawing };
    // Each plan is thinner than the one below it, so that those that coincide all show.
    shown.iter().zip(STROKES).fold(drawing, |drawing, (row, stroke)| {
        drawing.overlaid_of_plan(row.at, |canvas| canvas.stroke(&row.stairs(measure, &plot), stroke))
    })
}

/// A plan whose draws can be drawn.
#[derive(Clone, Debug)]
struct Row {
    /// its place among all plans
    at: usize,
    name: String,
    remark: String,
    sorted: Vec<f64>,
    median: f64,
    /// chance of the target
    chance: Option<f64>,
}

/// The share of draws, lowest first, that meet a figure: reach it, or of a cost, stay within it.
fn share_meeting(sorted: &[f64], figure: f64, measure: &Measure<'_>) -> f64 {
    let met = match measure.higher_is_better {
        true => sorted.len() - sorted.partition_point(|draw| *draw < figure),
        false => sorted.partition_point(|draw| *draw <= figure),
    };
    met as f64 / sorted.len() as f64
}

impl Row {
    fn of(at: usize, row: &PlanDraws<'_>, plans: &Plans<'_>) -> Option<Self> {
        let sorted = sorted(row.draws);
        if sorted.is_empty() {
            return None;
        }
        let met = |target: f64| share_meeting(&sorted, target, &plans.measure);
        Some(Self {
            at,
            name: clean(row.name),
            remark: clean(row.remark),
            median: quantile(&sorted, 0.5),
            chance: plans.target.and_then(drawable).map(met),
            sorted,
        })
    }

    fn stairs(&self, measure: &Measure<'_>, plot: &Plot) -> Vec<(f64, f64)> {
        if measure.higher_is_better { ecdf::at_least(&self.sorted, plot) } else { ecdf::at_most(&self.sorted, plot) }
    }
}

/// The plans beside the plot, each with its chance of the target, or with its median.
fn keys(measure: &Measure<'_>, rows: &[Row]) -> Vec<Key> {
    let medians: Vec<f64> = rows.iter().map(|row| row.median).collect();
    let scale = Scale::of(&medians);
    let figure = |row: &Row| match row.chance {
        Some(chance) => format!("target in {}", of_hundred(chance)),
        None => format!("median {}", measure.figure(&scale, row.median)),
    };
    let key = |(row, stroke): (&Row, _)| Key {
        stroke,
        name: row.name.clone(),
        figure: [figure(row), row.remark.clone()].join(" ").trim_end().to_owned(),
    };
    rows.iter().zip(STROKES).map(key).collect()
}

fn frame(measure: &Measure<'_>, rows: &[Row], target: Option<f64>, keys: &[Key]) -> Frame {
    let mut all: Vec<f64> = rows.iter().flat_map(|row| row.sorted.iter().copied()).collect();
    all.sort_unstable_by(f64::total_cmp);
    let others: Vec<f64> = target.into_iter().collect();
    let (beyond, bring) = if measure.higher_is_better {
        ("at least", "bring at least this")
    } else {
        ("at most", "stay at or below this")
    };
    let title = Style::TICK.shorten(&measure.noun(), 700.0);
    Frame {
        across: Side::across(
            range(&all, &others),
            1000.0,
            in_currency(&format!("{} of {beyond}", capital(&title)), measure.unit),
        ),
        up: Side::up((0.0, 100.0), 5, format!("How many of 100 {} {bring}", measure.futures())),
        lane: if target.is_some() { marks::LANE } else { 12.0 },
        left: 0.0,
        gutter: names::column_room(keys),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_met_at_it_and_beyond_it_the_better_way() {
        let draws = [4.0, f64::NAN, 1.0, 2.0, 3.0];
        for (higher_is_better, target, chance) in
            [(true, 3.0, 0.5), (true, 3.1, 0.25), (false, 3.0, 0.75), (false, 0.5, 0.0)]
        {
            let plans = Plans {
                measure: Measure { title: "Profit", unit: "", higher_is_better, weeks: 13 },
                finding: "",
                target: Some(target),
                rows: &[],
            };
            let row = PlanDraws { name: "a", draws: &draws, remark: "" };
            let row = Row::of(0, &row, &plans).unwrap();
            assert_eq!((row.chance, row.median), (Some(chance), 2.5), "{higher_is_better} {target}");
        }
    }
}
