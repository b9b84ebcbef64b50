//! A forecast as a line of a log, which is held against what came later.

use std::collections::BTreeMap;

use crate::calibrate::percentile;
use crate::engine::Forecast;
use crate::model::outcomes::OutcomeId;
use crate::records::{SAID_LEVELS, SaidForecast};
use crate::scenario::Scenario;
use crate::units::Date;

/// The outcomes that a log tells: those that records tell later.
const OUTCOMES: [&str; 2] = ["wins", "revenue"];

/// What a forecast says, made on a day; a plan without a start begins on that day.
#[must_use]
pub fn said_forecast(scenario: &Scenario, forecast: &Forecast, made: Date) -> SaidForecast {
    let levels = |name: &str| {
        let column = forecast.draws.column(OutcomeId::named(name)?)?;
        let percentiles: [f64; SAID_LEVELS] = std::array::from_fn(|i| percentile(column, 0.05 * (i as f64 + 1.0)));
        Some((name.to_owned(), percentiles))
    };
    let horizon = &scenario.plan.parts.horizon;
    SaidForecast {
        version: 1,
        made,
        start: horizon.start.unwrap_or(made),
        weeks: horizon.weeks,
        plan: scenario.results_name.clone(),
        seed: forecast.seed,
        runs: forecast.draws.count(),
        outcomes: OUTCOMES.iter().filter_map(|name| levels(name)).collect::<BTreeMap<_, _>>(),
    }
}
