//! `summary.json`: everything summarized, for machines.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::analysis::Marginal;
use crate::engine::{Forecast, PercentileError, Stats, TargetForecast};
use crate::model::outcomes::{OutcomeId, SOURCE_FIGURES, WEEKLY};
use crate::scenario::Scenario;

use super::letters;
use super::returns;
use super::words;

/// The names of [`LEVELS`](crate::engine::LEVELS).
const NAMES: [&str; 7] = ["p5", "p10", "p25", "p50", "p75", "p90", "p95"];

/// The percentiles that carry an error.
const WITH_ERRORS: [&str; 5] = ["p5", "p10", "p50", "p90", "p95"];

/// The summary of a forecast that took `seconds`.
#[must_use]
pub fn summary(scenario: &Scenario, forecast: &Forecast, seconds: f64) -> Value {
    let channels: Map<String, Value> = forecast
        .sources
        .iter()
        .map(|(name, figures)| {
            let figures: Map<String, Value> = SOURCE_FIGURES
                .iter()
                .zip(figures)
                .map(|(figure, stats)| (figure.key.to_owned(), with_errors(stats)))
                .collect();
            (name.clone(), Value::Object(figures))
        })
        .collect();
    let weeks: Map<String, Value> = WEEKLY
        .iter()
        .zip(&forecast.weeks)
        .map(|(weekly, weeks)| {
            let weeks = weeks.iter().map(|stats| Value::Object(plain(stats)));
            (weekly.key.to_owned(), weeks.collect())
        })
        .collect();
    let inputs: Map<String, Value> =
        forecast.inputs.iter().map(|(path, stats)| (path.clone(), Value::Object(plain(stats)))).collect();
    let correlations: Vec<Value> = forecast
        .correlations
        .iter()
        .map(|correlation| {
            json!({
                "between": correlation.between,
                "rank": figure(correlation.rank),
                "attained": figure(correlation.attained),
            })
        })
        .collect();
    let limits = forecast.limits.map(figure);
    json!({
        "version": 1,
        "scenario": self::scenario(scenario),
        "runs": forecast.draws.count(),
        "seed": forecast.seed,
        "seconds": figure(seconds),
        "outcomes": outcomes(&forecast.outcomes),
        "targets": targets(&forecast.targets),
        "channels": channels,
        "weeks": weeks,
        "inputs": inputs,
        "correlations": correlations,
        "limits": {
            "hours": limits.hours,
            "delivery": limits.delivery,
            "demand": limits.demand,
            "budget": limits.budget,
        },
        "notes": forecast.notes.iter().map(words::note).chain(letters::note(scenario)).collect::<Vec<_>>(),
    })
}

/// The summary of a forecast with what a little more would bring.
#[must_use]
pub fn summary_with_returns(scenario: &Scenario, forecast: &Forecast, marginal: &Marginal, seconds: f64) -> Value {
    let mut summary = summary(scenario, forecast, seconds);
    returns::insert(&mut summary, scenario, marginal);
    summary
}

/// What a scenario is.
pub(super) fn scenario(scenario: &Scenario) -> Value {
    let horizon = &scenario.plan.parts.horizon;
    let mut value = json!({
        "name": scenario.name,
        "file": file_name(&scenario.path),
        "hash": scenario.hash,
        "weeks": horizon.weeks,
        "tail_weeks": horizon.tail,
        "start": horizon.start.map(|date| date.to_string()),
        "currency": scenario.currency,
        "changed": scenario
            .changed
            .iter()
            .map(|change| json!({ "path": change.path, "value": change.value, "was": change.was }))
            .collect::<Vec<_>>(),
    });
    if let (Some(variant), Value::Object(map)) = (&scenario.variant, &mut value) {
        map.insert("variant".into(), json!(variant));
    }
    value
}

/// Outcomes by name.
pub(super) fn outcomes(outcomes: &[(OutcomeId, Stats)]) -> Value {
    let outcomes: Map<String, Value> =
        outcomes.iter().map(|(id, stats)| (id.outcome().key.to_owned(), outcome(stats))).collect();
    Value::Object(outcomes)
}

/// Targets by name.
pub(super) fn targets(targets: &[TargetForecast]) -> Value {
    let targets: Map<String, Value> = targets
        .iter()
        .map(|target| {
            let value = json!({
                "target": figure(target.target),
                "probability": figure(target.chance.probability),
                "low": figure(target.chance.low),
                "high": figure(target.chance.high),
                "defined": figure(target.defined),
                "mean_shortfall": figure(target.mean_shortfall),
                "mean_shortfall_given_miss": figure(target.mean_shortfall_given_miss),
            });
            (target.outcome.outcome().key.to_owned(), value)
        })
        .collect();
    Value::Object(targets)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn outcome(stats: &Stats) -> Value {
    let mut value = with_errors(stats);
    if let (Some(ratio), Value::Object(map)) = (stats.ratio_of_means, &mut value) {
        map.insert("ratio_of_means".into(), figure(ratio.ratio));
        if let (Some(error), Some(errors)) = (ratio.error, map.get_mut("se")) {
            if errors.is_null() {
                // Too few draws have a value of their own.
                *errors = json!({ "mean": null });
            }
            errors["ratio_of_means"] = figure(error);
        }
        if let Some(all) = stats.over_all {
            let named =
                NAMES.iter().zip(all.percentiles).map(|(name, percentile)| ((*name).into(), figure(percentile)));
            map.insert("over_all".into(), Value::Object(named.collect()));
        }
    }
    value
}

/// Mean, spread, percentiles, and the share of draws that have the figure.
fn plain(stats: &Stats) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("mean".into(), figure(stats.mean));
    map.insert("sd".into(), figure(stats.sd));
    for (name, percentile) in NAMES.iter().zip(stats.percentiles) {
        map.insert((*name).into(), figure(percentile));
    }
    map.insert("defined".into(), figure(stats.defined));
    map
}

/// And the mean of the worst tenth, and errors: a percentile has a standard error or, in its place, a 95 % interval.
pub(super) fn with_errors(stats: &Stats) -> Value {
    let mut map = plain(stats);
    map.insert("cvar10".into(), figure(stats.cvar10));
    let Some(errors) = stats.errors else {
        map.insert("se".into(), Value::Null);
        return Value::Object(map);
    };
    let mut standard = Map::new();
    let mut intervals = Map::new();
    standard.insert("mean".into(), figure(errors.mean));
    for (name, error) in NAMES.iter().zip(errors.percentiles).filter(|(name, _)| WITH_ERRORS.contains(name)) {
        match error {
            PercentileError::Batches(error) => standard.insert((*name).into(), figure(error)),
            PercentileError::Interval { low, high } => {
                intervals.insert((*name).into(), json!([figure(low), figure(high)]))
            }
        };
    }
    map.insert("se".into(), Value::Object(standard));
    if !intervals.is_empty() {
        map.insert("interval".into(), Value::Object(intervals));
    }
    Value::Object(map)
}

/// A number; null for what does not exist.
pub(super) fn figure(number: f64) -> Value {
    serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)
}
