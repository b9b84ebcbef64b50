//! What is asked of foremix, and the faults of who asks.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use arrow_array::RecordBatch;
use foremix::analysis::sensitivity::rests_on;
use foremix::analysis::{Axis, CompareError, Contender, Marginal, Sample, Series, SeriesError, incomparable, label};
use foremix::engine::{Load, PartOf, Stopped, forecast};
use foremix::model::outcomes::OutcomeId;
use foremix::report::{self, RestsOn, SweepReport};
use foremix::scenario::{LoadError, Loaded, Loader, Scenario};
use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use serde::Serialize;

use crate::Request;
use crate::tables::of_draws;
use crate::watch::Watch;

/// What varies in a sweep, and what is looked at.
pub(crate) struct Varied {
    /// `PATH=VALUES`, as `--vary` takes them: one or two
    pub(crate) vary: Vec<String>,
    /// names of outcomes; profit or revenue where there are none
    pub(crate) outcomes: Vec<String>,
}

/// Simulates a plan.
pub(crate) fn run(
    path: &Path,
    variant: Option<&str>,
    request: &Request,
    watch: &Watch,
) -> PyResult<(RecordBatch, String)> {
    let started = Instant::now();
    let Loaded { scenario, .. } = Loader::default().load(path, variant, &request.sets).map_err(unread(path))?;
    let (runs, seed) = (request.runs_of(&scenario), request.seed_of(&scenario));
    Load::of_forecast(&scenario.plan).check(runs).map_err(unfit)?;
    let forecast = forecast(&scenario, runs, seed, watch).map_err(stopped)?;
    let marginal = Marginal::of(&scenario, runs, seed, &PartOf(watch)).map_err(stopped)?;
    let outcome = scenario.steering_outcome();
    let rests_on = RestsOn { outcome, swings: rests_on(&scenario, &forecast.draws, seed, outcome) };
    let seconds = started.elapsed().as_secs_f64();
    let mut summary = report::summary_with_returns(&scenario, &forecast, &marginal, seconds);
    summary.rests_on = Some(rests_on.summary());
    Ok((of_draws(&scenario, forecast.draws, seed)?, json(&summary)?))
}

/// Simulates plans (a path, and a variant) on the same luck; of a single file, all its variants.
pub(crate) fn compare(
    plans: &[(PathBuf, Option<String>)],
    request: &Request,
    watch: &Watch,
) -> PyResult<(Vec<(String, RecordBatch)>, String)> {
    let started = Instant::now();
    let contenders = contenders(plans, request)?;
    let base = &contenders[0].scenario;
    let (runs, seed) = (request.runs_of(base), request.seed_of(base));
    let comparison = foremix::analysis::compare(&contenders, runs, seed, watch).map_err(|error| match error {
        CompareError::Stopped(why) => stopped(why),
        too_much => unfit(too_much),
    })?;
    let summary = json(&report::comparison_summary(&contenders, &comparison, started.elapsed().as_secs_f64()))?;
    let results = comparison.plans.into_iter().zip(&contenders);
    let tables = results.map(|(plan, own)| Ok((plan.label, of_draws(&own.scenario, plan.draws, seed)?)));
    Ok((tables.collect::<PyResult<_>>()?, summary))
}

/// The plans of a comparison, each with a name of its own.
fn contenders(plans: &[(PathBuf, Option<String>)], request: &Request) -> PyResult<Vec<Contender>> {
    let loader = Loader::default();
    let mut plans = plans.to_vec();
    if let [(path, None)] = plans.as_slice() {
        let file = loader.open(path).map_err(unread(path))?;
        let variants: Vec<_> = file.variants().map(|name| (path.clone(), Some(name.to_owned()))).collect();
        plans.extend(variants);
    }
    if plans.len() < 2 {
        return Err(unfit("a comparison takes two plans or more, or a file with variants"));
    }
    let mut contenders = Vec::with_capacity(plans.len());
    for (path, variant) in &plans {
        let Loaded { scenario, draft } = loader.load(path, variant.as_deref(), &request.sets).map_err(unread(path))?;
        contenders.push(Contender { label: String::new(), draft, scenario });
    }
    label(&mut contenders);
    incomparable(&contenders).map_or(Ok(contenders), |why| Err(unfit(why)))
}

/// Simulates a plan with every value of one figure or two.
pub(crate) fn sweep(
    path: &Path,
    variant: Option<&str>,
    varied: &Varied,
    request: &Request,
    watch: &Watch,
) -> PyResult<String> {
    let started = Instant::now();
    let Loaded { scenario, draft } = Loader::default().load(path, variant, &request.sets).map_err(unread(path))?;
    let axes = varied.vary.iter().map(|option| Axis::read(option, &draft));
    let axes = axes.collect::<Result<Vec<_>, _>>().map_err(unfit)?;
    match axes.as_slice() {
        [_] => {}
        [first, second] if first.path != second.path => {}
        [first, _] => return Err(unfit(format!("{} is listed twice", first.path))),
        _ => return Err(unfit("vary one figure for a curve, or two for a map")),
    }
    let named = varied.outcomes.iter().map(|name| outcome_named(name, &scenario));
    let mut outcomes = named.collect::<PyResult<Vec<_>>>()?;
    if outcomes.is_empty() {
        outcomes.push(scenario.steering_outcome());
    }
    let series = Series::read(&draft, axes, None).map_err(|error| match error {
        SeriesError::Load(why) => unread(path)(why),
        SeriesError::Unfit(why) => unfit(why),
    })?;
    let sample = Sample { runs: request.runs_of(&scenario), seed: request.seed_of(&scenario) };
    series.load(outcomes.len()).check(sample.runs).map_err(unfit)?;
    let sweep = series.run(&scenario, &outcomes, sample, watch).map_err(stopped)?;
    json(&SweepReport::of(&scenario, &sweep, None).summary(started.elapsed().as_secs_f64()))
}

fn outcome_named(name: &str, scenario: &Scenario) -> PyResult<OutcomeId> {
    let id = OutcomeId::named(name).ok_or_else(|| {
        let known: Vec<&str> = OutcomeId::all().map(|id| id.outcome().key).collect();
        unfit(format!("there is no outcome \"{name}\"; known: {}", known.join(", ")))
    })?;
    if id.outcome().needs_margin && scenario.plan.parts.finance.gross_margin.is_none() {
        return Err(unfit(format!("{name} needs gross_margin in [finance], and the plan has none")));
    }
    Ok(id)
}

fn json(summary: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(summary).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

/// A faulty plan is a `ValueError` with the underlined text, a file that can't be read or is not there an `OSError`.
fn unread(path: &Path) -> impl Fn(LoadError) -> PyErr {
    move |error| match &error {
        LoadError::Unreadable { error: why, .. } => io::Error::new(why.kind(), error.to_string()).into(),
        _ if !path.exists() => io::Error::new(io::ErrorKind::NotFound, error.to_string()).into(),
        _ => unfit(error),
    }
}

fn unfit(error: impl Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

fn stopped(Stopped: Stopped) -> PyErr {
    PyKeyboardInterrupt::new_err(Stopped.to_string())
}
