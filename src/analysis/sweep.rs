//! What happens as a figure grows: one plan for each of its values, or of the values of two, under one luck.

use crate::engine::{
    Draws, Load, Progress, RatioSums, RunSpec, Stats, Stopped, Streams, TargetForecast, draws_of_each, run_each,
    summarize_outcomes,
};
use crate::model::outcomes::OutcomeId;
use crate::model::plan::Plan;
use crate::reading::{Diagnostic, Span};
use crate::scenario::{LoadError, RawPlan, Scenario};

use super::{Axis, Paired, Total};

/// The most points of a map.
pub const MOST_CELLS: usize = 400;

/// Plans that differ in one or two figures, all of them read and right.
#[derive(Debug)]
pub struct Series {
    axes: Vec<Axis>,
    plans: Vec<Variation>,
}

/// One plan of a series.
#[derive(Debug)]
struct Variation {
    places: Vec<usize>,
    settings: Vec<String>,
    scenario: Scenario,
}

/// Why a series can't be made.
#[derive(Debug, thiserror::Error)]
pub enum SeriesError {
    /// a point is no plan
    #[error(transparent)]
    Load(#[from] LoadError),
    /// what was asked for makes no sense
    #[error("{0}")]
    Unfit(String),
}

impl Series {
    /// Reads the plan of `draft` with every value of the axes. With a `total` the other budgets make room.
    ///
    /// # Errors
    ///
    /// The faults of the first value that is none, or that there are too many points.
    pub fn read(draft: &RawPlan, axes: Vec<Axis>, total: Option<&Total>) -> Result<Self, SeriesError> {
        let count = axes.iter().map(|axis| axis.values.len()).product();
        if axes.len() > 1 && count > MOST_CELLS {
            return Err(SeriesError::Unfit(format!(
                "{count} points are too many for a map: {MOST_CELLS} are the most, 20 by 20 for example"
            )));
        }
        let mut plans = Vec::with_capacity(count);
        for point in 0..count {
            let places = places(&axes, point);
            let at = || axes.iter().zip(&places);
            let mut settings: Vec<String> = at().map(|(axis, &at)| axis.setting(at)).collect();
            if let Some(total) = total {
                let taken = at().map(|(axis, &at)| axis.number(at)).sum();
                settings.extend(total.settings(taken).map_err(SeriesError::Unfit)?);
            }
            let scenario = draft.clone().set(&settings).read();
            let scenario = scenario.map_err(|error| with_point(error, &settings))?;
            plans.push(Variation { places, settings, scenario });
        }
        Ok(Self { axes, plans })
    }

    /// Simulates `today`'s plan and every plan of the series, with the same draws.
    ///
    /// # Errors
    ///
    /// [`Stopped`] when `progress` said so.
    pub fn run(
        self,
        today: &Scenario,
        outcomes: &[OutcomeId],
        draws: Sample,
        progress: &dyn Progress,
    ) -> Result<Sweep, Stopped> {
        self.begin(today, outcomes, draws, progress);
        self.conclude(today, outcomes, draws, |plans, ask| run_each(plans, ask, progress))
    }

    /// The point at which the plan stands today, where it is one of them.
    fn today_at(&self) -> Option<usize> {
        let places: Option<Vec<usize>> = self.axes.iter().map(Axis::today_at).collect();
        places.and_then(|places| self.plans.iter().position(|plan| plan.places == places))
    }

    /// Tells `progress` how much there is to do.
    pub fn begin(&self, today: &Scenario, outcomes: &[OutcomeId], draws: Sample, progress: &dyn Progress) {
        let simulations = self.simulations(today, outcomes, draws);
        let work: u64 = asked_alike(&simulations).map(|(plans, _)| draws_of_each(&plans)).sum();
        progress.begin(simulations.len() as u64 * draws.runs, work * draws.runs);
    }

    /// All that is simulated, in the order in which [`conclude`](Self::conclude) asks for it.
    #[must_use]
    pub fn simulations<'s>(
        &'s self,
        today: &'s Scenario,
        outcomes: &[OutcomeId],
        draws: Sample,
    ) -> Vec<(&'s Plan, RunSpec)> {
        let points = self.plans.iter().map(|plan| &plan.scenario);
        let scenarios = points.chain(self.today_at().is_none().then_some(today));
        scenarios.map(|scenario| (&scenario.plan, spec(scenario, outcomes, draws))).collect()
    }

    /// Takes the series together, of which `simulate` gives the draws.
    ///
    /// # Errors
    ///
    /// Those of `simulate`.
    pub fn conclude<E>(
        self,
        today: &Scenario,
        outcomes: &[OutcomeId],
        draws: Sample,
        mut simulate: impl FnMut(&[&Plan], &RunSpec) -> Result<Vec<Draws>, E>,
    ) -> Result<Sweep, E> {
        let today_at = self.today_at();
        let mut all = Vec::with_capacity(self.plans.len() + 1);
        for (plans, ask) in asked_alike(&self.simulations(today, outcomes, draws)) {
            all.extend(simulate(&plans, ask)?);
        }
        let mut all = all.into_iter();
        let points = self.plans.into_iter().zip(all.by_ref());
        let points = points.map(|(Variation { places, settings, scenario }, draws)| {
            let results = Results::of(&scenario, outcomes.len(), draws);
            Point { places, settings, results }
        });
        let points: Vec<Point> = points.collect();
        let apart = all.next().map(|draws| Results::of(today, outcomes.len(), draws));
        let today = apart.unwrap_or_else(|| points[today_at.unwrap_or_default()].results.clone());
        Ok(Sweep { axes: self.axes, outcomes: outcomes.to_vec(), draws, points, today, today_at })
    }

    /// What simulating all points and today's plan asks of the machine, where so many outcomes are wanted.
    #[must_use]
    pub fn load(&self, outcomes: usize) -> Load {
        let targets = self.plans.iter().map(|plan| plan.scenario.targets.len()).max().unwrap_or(0);
        Load::of_columns(self.plans.len() as u64 + 1, (outcomes + targets) as u64)
    }
}

/// Simulations that follow each other and are asked the same.
fn asked_alike<'s>(simulations: &'s [(&'s Plan, RunSpec)]) -> impl Iterator<Item = (Vec<&'s Plan>, &'s RunSpec)> {
    let alike = simulations.chunk_by(|(_, one), (_, other)| one == other);
    alike.map(|alike| (alike.iter().map(|(plan, _)| *plan).collect(), &alike[0].1))
}

/// Diagnostics of a point; where none of them stands in its own settings, with those that have made them.
fn with_point(error: LoadError, settings: &[String]) -> LoadError {
    let (mut faults, mut sources) = match error {
        LoadError::Faulty { faults, sources } => (faults, sources),
        other => return other,
    };
    let is_own = |fault: &Diagnostic| {
        let text = sources.text(fault.place.source);
        settings.iter().any(|setting| setting == text)
    };
    if !faults.iter().any(is_own) {
        let point = settings.join(" ");
        let span = 0..point.len();
        let source = sources.add("the option --vary", point);
        let place = Span { source, span };
        faults.add(Diagnostic::at(&place, "with this value the plan is faulty", "as said above"));
    }
    LoadError::Faulty { faults, sources }
}

/// The places of a point on the axes: the last one runs fastest.
fn places(axes: &[Axis], point: usize) -> Vec<usize> {
    let mut rest = point;
    let mut places: Vec<usize> = axes
        .iter()
        .rev()
        .map(|axis| {
            let at = rest % axis.values.len();
            rest /= axis.values.len();
            at
        })
        .collect();
    places.reverse();
    places
}

/// Which draws every point is simulated with.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// how many
    pub runs: u64,
    /// under which seed
    pub seed: u64,
}

/// What came of a sweep.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// the figures that were varied
    pub axes: Vec<Axis>,
    /// the outcomes that were asked for
    pub outcomes: Vec<OutcomeId>,
    /// the draws
    pub draws: Sample,
    /// every point; on two axes the second runs fastest
    pub points: Vec<Point>,
    /// the plan as it stands
    pub today: Results,
    /// the point at which it stands, where it is one of them
    pub today_at: Option<usize>,
}

/// One plan of a sweep and what came of it.
#[derive(Clone, Debug)]
pub struct Point {
    /// its places on the axes
    pub places: Vec<usize>,
    /// the settings that make it of the plan
    pub settings: Vec<String>,
    /// what came of it
    pub results: Results,
}

/// What came of one plan.
#[derive(Clone, Debug)]
pub struct Results {
    /// the outcomes that were asked for
    pub outcomes: Vec<(OutcomeId, Stats)>,
    /// the targets of the plan
    pub targets: Vec<TargetForecast>,
    columns: Vec<Column>,
}

/// An outcome in every draw.
#[derive(Clone, Debug)]
struct Column {
    outcome: OutcomeId,
    draws: Vec<f64>,
    ratio: Option<RatioSums>,
}

/// What is asked of each plan: the outcomes wanted, then those of its targets that are not among them.
fn spec(scenario: &Scenario, outcomes: &[OutcomeId], draws: Sample) -> RunSpec {
    let mut columns = outcomes.to_vec();
    for &(target, _) in &scenario.targets {
        if !columns.contains(&target) {
            columns.push(target);
        }
    }
    RunSpec {
        draws: 0..draws.runs,
        seed: draws.seed,
        streams: Streams::default(),
        sampling: scenario.simulation.sampling,
        held: Vec::new(),
        outcomes: columns,
        details: false,
    }
}

impl Results {
    /// From the draws of a plan, whose first outcomes are the `wanted` ones.
    fn of(scenario: &Scenario, wanted: usize, draws: Draws) -> Self {
        let targets = scenario.targets.iter().filter_map(|&(outcome, target)| {
            let column = draws.column(outcome)?;
            Some(TargetForecast::of(outcome, target, column, draws.range.start))
        });
        let targets = targets.collect();
        let mut summaries = summarize_outcomes(&draws);
        summaries.truncate(wanted);
        Self {
            outcomes: summaries,
            targets,
            columns: draws
                .outcomes
                .into_iter()
                .zip(draws.columns)
                .zip(draws.ratios)
                .map(|((outcome, draws), ratio)| Column { outcome, draws, ratio })
                .collect(),
        }
    }

    /// The summary of an outcome.
    #[must_use]
    pub fn stats(&self, outcome: OutcomeId) -> Option<&Stats> {
        let found = self.outcomes.iter().find(|(own, _)| *own == outcome);
        found.map(|(_, stats)| stats)
    }

    /// The target for an outcome.
    #[must_use]
    pub fn target(&self, outcome: OutcomeId) -> Option<&TargetForecast> {
        self.targets.iter().find(|target| target.outcome == outcome)
    }

    /// The draws in which the target for an outcome is met: 1, and 0 in the others.
    pub(super) fn meets(&self, outcome: OutcomeId) -> Option<Vec<f64>> {
        let target = self.target(outcome)?.target;
        let column = self.columns.iter().find(|own| own.outcome == outcome)?;
        Some(column.draws.iter().map(|&value| f64::from(outcome.outcome().meets(value, target))).collect())
    }

    /// An outcome less the same of another plan, in the same draws.
    #[must_use]
    pub fn less(&self, other: &Self, outcome: OutcomeId) -> Option<Paired> {
        let [own, base] = [self, other].map(|results| results.columns.iter().find(|own| own.outcome == outcome));
        let (own, base) = (own?, base?);
        let paired = Paired::of(outcome, &base.draws, &own.draws, 0);
        Some(paired.with_ratios(base.ratio.as_ref(), own.ratio.as_ref()))
    }
}
