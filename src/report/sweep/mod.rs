//! A sweep as people read it: the answer first, then the table; and as JSON.

mod charts;
mod finding;
mod grid;
mod json;
mod page;
mod table;
mod text;
mod values;
mod words;

use crate::analysis::{Estimate, Results, Sweep, SweepFinding, Total};
use crate::model::outcomes::{Outcome, OutcomeId, Unit};
use crate::scenario::Scenario;
use crate::text::{Currency, futures};

use super::ratios;
use values::{UnitStep, place, shown};

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
        place(axes.map(|(axis, &at)| (&*axis.path, shown(&axis.values[at]))))
    }

    /// The values of the plan as it stands; nothing where one of them is written nowhere.
    pub(super) fn today(&self) -> Option<String> {
        let axes = self.sweep.axes.iter();
        let values: Option<Vec<_>> = axes.map(|axis| Some((&*axis.path, shown(axis.today.as_ref()?)))).collect();
        values.map(|values| place(values.into_iter()))
    }

    /// The results of a point.
    pub(super) fn results(&self, at: usize) -> &Results {
        &self.sweep.points[at].results
    }

    /// The step that slopes are told for.
    fn unit_step(&self) -> UnitStep {
        UnitStep::of(&self.sweep.axes[0])
    }

    /// What one more unit of a step brings.
    pub(super) fn slope(&self, from: usize, to: usize, outcome: OutcomeId) -> Option<Estimate> {
        let slope = self.sweep.slope(from, to, outcome)?;
        let step = self.unit_step().size;
        Some(slope.scaled(step))
    }
}
