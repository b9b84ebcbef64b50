//! A sweep as people read it: the answer first, then the table; and as JSON.

mod charts;
mod finding;
mod grid;
mod json;
mod page;
mod table;
mod words;

use crate::analysis::{Axis, Estimate, Results, Sweep, SweepFinding, Total, Value};
use crate::model::outcomes::{Outcome, OutcomeId, Unit};
use crate::scenario::Scenario;
use crate::text::{Currency, as_written, futures, shorten, wrap};
use crate::transcendental::{log10, powf};
use crate::units::plain;

use super::words::{BILLIONS, MILLIONS};
use super::{ratios, words_changed};
use grid::Grid;

/// A sweep, and what is said about it.
pub struct SweepReport<'s> {
    /// the plan as it stands
    pub(super) scenario: &'s Scenario,
    pub(super) sweep: &'s Sweep,
    /// where the sum of budgets is kept
    pub(super) total: Option<&'s Total>,
    /// what it says of each outcome
    pub(super) findings: Vec<SweepFinding>,
}

impl<'s> SweepReport<'s> {
    /// Looks at every outcome of a sweep of `scenario`.
    #[must_use]
    pub fn of(scenario: &'s Scenario, sweep: &'s Sweep, total: Option<&'s Total>) -> Self {
        let outcomes = sweep.outcomes.iter();
        Self { scenario, sweep, total, findings: outcomes.filter_map(|&id| sweep.finding(id)).collect() }
    }

    /// The text for a terminal that is so many columns wide.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let paragraph = |text: String| wrap(&text, width, "");
        let mut parts = vec![words_changed::header(self.scenario, &words::subject(self), width)];
        parts.extend(words::whole_pieces(self).map(paragraph));
        parts.extend(self.findings.iter().map(|finding| paragraph(finding::answer(self, finding))));
        let targets = self.sweep.today.targets.iter();
        parts.extend(targets.filter_map(|target| words::chance(self, target.outcome)).map(paragraph));
        match self.sweep.axes.as_slice() {
            [_] => parts.extend(table::tables(self).into_iter().map(|(title, table)| {
                let lines: Vec<String> = table.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
                format!("{title}\n{}", lines.join("\n"))
            })),
            _ => parts.extend(
                grid::grids(self, width)
                    .into_iter()
                    .map(|Grid { title, axes, table }| format!("{}\n{axes}\n{table}", paragraph(title))),
            ),
        }
        parts.extend(self.lacking().map(paragraph));
        parts.push(paragraph(words::legend(self)));
        parts.join("\n\n")
    }

    /// What is said of each outcome that futures lack, at the point where most do.
    pub(super) fn lacking(&self) -> impl Iterator<Item = String> {
        self.findings.iter().filter_map(|finding| self.lacking_in(finding))
    }

    /// What is said of an outcome that futures lack, at the point where most do.
    fn lacking_in(&self, finding: &SweepFinding) -> Option<String> {
        let stats = |at: usize| self.results(at).stats(finding.outcome);
        let points = (0..self.sweep.points.len()).filter_map(|at| Some((at, stats(at)?)));
        let (at, most) = points.min_by(|a, b| a.1.defined.total_cmp(&b.1.defined))?;
        let remark = ratios::remark(finding.outcome.outcome(), most, self.futures())?;
        Some(format!("At {}, where most lack it: {remark}", self.place(at)))
    }

    pub(super) fn currency(&self) -> Currency<'_> {
        Currency(&self.scenario.currency)
    }

    /// An outcome's title with its currency, and with what its sums are told in.
    fn title_of(&self, outcome: &Outcome, short: &str) -> String {
        match outcome.unit {
            Unit::Money => format!("{}{short}", self.currency().with(outcome.title)),
            _ => outcome.title.to_owned(),
        }
    }

    /// What a simulated future is called.
    pub(super) fn futures(&self) -> &'static str {
        futures(self.weeks())
    }

    /// Length of the plan; where that is varied, as it stands.
    fn weeks(&self) -> usize {
        self.scenario.plan.parts.horizon.weeks
    }

    /// The values of a point, as people read them.
    pub(super) fn place(&self, at: usize) -> String {
        let places = &self.sweep.points[at].places;
        let axes = self.sweep.axes.iter().zip(places);
        words::place(axes.map(|(axis, &at)| (&*axis.path, shown(&axis.values[at]))))
    }

    /// The values of the plan as it stands; nothing where one of them is written nowhere.
    pub(super) fn today(&self) -> Option<String> {
        let axes = self.sweep.axes.iter();
        let values: Option<Vec<_>> = axes.map(|axis| Some((&*axis.path, shown(axis.today.as_ref()?)))).collect();
        values.map(|values| words::place(values.into_iter()))
    }

    /// The results of a point.
    pub(super) fn results(&self, at: usize) -> &Results {
        &self.sweep.points[at].results
    }

    /// The step that slopes are told for.
    pub(super) fn unit_step(&self) -> UnitStep {
        UnitStep::of(&self.sweep.axes[0])
    }

    /// What one more unit of a step brings.
    pub(super) fn slope(&self, from: usize, to: usize, outcome: OutcomeId) -> Option<Estimate> {
        let slope = self.sweep.slope(from, to, outcome)?;
        let step = self.unit_step().size;
        Some(slope.scaled(step))
    }
}

/// What sums are told in, and what stands behind their currency: large ones would not fit a terminal.
fn unit_of(outcome: &Outcome, sizes: impl Iterator<Item = f64>) -> (f64, &'static str) {
    let most = sizes.fold(0.0, f64::max);
    match (outcome.unit, most) {
        (Unit::Money, most) if most >= 1e12 => (1e9, BILLIONS),
        (Unit::Money, most) if most >= 1e9 => (1e6, MILLIONS),
        (Unit::Money, most) if most >= 1e6 => (1e3, words::THOUSANDS),
        _ => (1.0, ""),
    }
}

/// A value as people read it.
pub(super) fn shown(value: &Value) -> String {
    match value.number {
        Some(number) if value.in_percent => format!("{}%", plain(number * 100.0)),
        Some(number) => as_written(number),
        None => shorten(&value.text, 40),
    }
}

/// A round step of a figure, no longer than that between its values.
pub(super) struct UnitStep {
    /// its size
    pub(super) size: f64,
    /// in words
    pub(super) words: String,
}

impl UnitStep {
    fn of(axis: &Axis) -> Self {
        let in_percent = axis.is_in_percent();
        let (scale, most) = if in_percent { (0.01, 1.0) } else { (1.0, 1000.0) };
        let least = (1..axis.values.len())
            .map(|at| (axis.number(at) - axis.number(at - 1)) / scale)
            .fold(f64::INFINITY, f64::min);
        let size =
            if least > 0.0 && least.is_finite() { powf(10.0, (log10(least) + 1e-9).floor()).min(most) } else { 1.0 };
        let words = match (in_percent, as_written(size)) {
            (true, one) if one == "1" => words::POINT.to_owned(),
            (true, part) => words::points(&part),
            (false, one) if one == "1" => words::ONE.to_owned(),
            (false, size) => size,
        };
        Self { size: size * scale, words }
    }
}
