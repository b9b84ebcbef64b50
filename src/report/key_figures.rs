//! The answer in three figures: how likely the target is, what the plan brings, what limits it.

use serde::Serialize;

use crate::analysis::Marginal;
use crate::engine::{Forecast, Stats};
use crate::model::outcomes::{OutcomeId, Unit};
use crate::scenario::Scenario;
use crate::text::{Currency, futures, lower, percent, short};

use super::{answer, ratios, words};

/// A figure that is told large.
#[derive(Clone, Debug, Serialize)]
pub(super) struct KeyFigure {
    /// what it is of
    pub name: String,
    /// the figure
    pub figure: String,
    /// how sure it is, or what it rests on
    pub beside: String,
}

/// Figures from here on are written short.
const LONG: f64 = 1e9;

/// The chance of the first target; without one, of a profit.
pub(super) fn chance(scenario: &Scenario, forecast: &Forecast) -> KeyFigure {
    if let Some(target) = forecast.targets.first() {
        let chance = &target.chance;
        return KeyFigure {
            name: format!("Chance of {}", lower(&words::target_name(target, Currency(&scenario.currency)))),
            figure: percent(chance.probability),
            beside: format!("{} to {} with the simulation's margin", percent(chance.low), percent(chance.high)),
        };
    }
    let profits = OutcomeId::named("profit").and_then(|id| forecast.draws.column(id)).unwrap_or_default();
    let defined = profits.iter().filter(|profit| !profit.is_nan()).count();
    if defined == 0 {
        return KeyFigure {
            name: "Chance of the target".into(),
            figure: "–".into(),
            beside: "The plan has no target: write one in [targets]".into(),
        };
    }
    let gains = profits.iter().filter(|&&profit| profit >= 0.0).count();
    let futures = futures(scenario.plan.parts.horizon.weeks);
    KeyFigure {
        name: "Chance not to lose money".into(),
        figure: percent(gains as f64 / defined as f64),
        beside: format!("of {futures} within the plan's weeks; the plan has no target"),
    }
}

/// The outcome that the plan is looked at by: the first target's, else revenue.
pub(super) fn aimed_at(forecast: &Forecast) -> OutcomeId {
    let aimed = forecast.targets.first().map(|target| target.outcome);
    aimed.or_else(|| OutcomeId::named("revenue")).unwrap_or_default()
}

/// P10, P50 and P90 of the outcome that the plan is looked at by.
pub(super) fn range(scenario: &Scenario, forecast: &Forecast) -> KeyFigure {
    let outcome = aimed_at(forecast).outcome();
    let stats: Option<&Stats> = forecast.outcome(outcome.key);
    let least = if outcome.unit == Unit::Count { 1.0 } else { 0.0 };
    let is_long = stats.is_some_and(|stats| stats.p90().abs().max(stats.p10().abs()) >= LONG);
    let level = |level: f64| match stats {
        None => "–".to_owned(),
        Some(stats) if is_long => short(stats.percentile(level)),
        Some(stats) => ratios::percentile(outcome, stats, level, 1.0, least),
    };
    let middle = match outcome.unit {
        Unit::Money => Currency(&scenario.currency).with(&level(0.5)),
        Unit::Count | Unit::Ratio => level(0.5),
    };
    let futures = futures(scenario.plan.parts.horizon.weeks);
    KeyFigure {
        name: format!("{}, the middle (P50)", outcome.title),
        figure: middle,
        beside: format!("{} (P10) to {} (P90) in 8 of 10 {futures}", level(0.1), level(0.9)),
    }
}

/// What limits the plan.
pub(super) fn limit(scenario: &Scenario, forecast: &Forecast, marginal: &Marginal) -> KeyFigure {
    let (figure, beside) = answer::limit_in_short(scenario, forecast, marginal);
    KeyFigure { name: "What limits the plan".into(), figure, beside }
}
