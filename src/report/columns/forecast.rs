//! The tables of a forecast: draws, weeks, channels, inputs.

use rayon::prelude::*;

use crate::engine::{Forecast, Stats, input_columns};
use crate::model::outcomes::{SOURCE_FIGURES, Unit, WEEKLY, Weekly};
use crate::scenario::{Scenario, keys_at};

use super::{Counted, Sheet, Tables, levels, numbers, texts};

impl Tables {
    /// Every table of a forecast.
    #[must_use]
    pub fn of_forecast(scenario: &Scenario, forecast: &Forecast) -> Self {
        let sheets = vec![
            draws(scenario, forecast),
            weeks(scenario, forecast),
            channels(scenario, forecast),
            inputs(scenario, forecast),
        ];
        Self::of(scenario, sheets)
    }
}

/// What a weekly figure is counted in.
pub(in crate::report) fn counted_weekly(weekly: &Weekly) -> Counted {
    match weekly.unit {
        Unit::Ratio => Counted::Hours,
        unit => unit.into(),
    }
}

/// A row a draw: every outcome, and every uncertain input under its path.
pub(in crate::report) fn draws(scenario: &Scenario, forecast: &Forecast) -> Sheet {
    let count = forecast.draws.kept().map(|draw| draw as f64);
    let mut columns = vec![numbers("draw", Counted::Nothing, "number of the draw, from 0", count)];
    for (id, values) in forecast.draws.outcomes.iter().zip(&forecast.draws.columns) {
        let outcome = id.outcome();
        columns.push(numbers(outcome.key, outcome.unit.into(), outcome.about, values.iter().copied()));
    }
    columns.par_extend(input_columns(scenario, forecast.draws.kept(), forecast.seed).into_par_iter().map(
        |(name, values)| {
            let (unit, about) = meaning(&name);
            numbers(&name, Counted::Input(unit), about, values.into_iter())
        },
    ));
    Sheet {
        name: "draws",
        about: "A row a draw: a simulated future with its outcomes and the inputs that it was drawn with.".into(),
        columns,
    }
}

/// Unit and meaning of the key at a path.
fn meaning(path: &str) -> (&'static str, &'static str) {
    let keys: Vec<String> = path.split('.').map(str::to_owned).collect();
    keys_at(&keys).first().map_or(("", "an uncertain input of the plan"), |key| (key.unit, key.about))
}

/// The first day of each of so many weeks; none where the plan has no start.
pub(in crate::report) fn first_days(scenario: &Scenario, weeks: usize) -> Option<Vec<String>> {
    let horizon = &scenario.plan.parts.horizon;
    horizon.start?;
    let day = |week: usize| horizon.first_day(week).map_or_else(String::new, |day| day.to_string());
    Some((0..weeks).map(day).collect())
}

/// A row a week of the horizon and of the tail, with a few levels of each weekly figure.
fn weeks(scenario: &Scenario, forecast: &Forecast) -> Sheet {
    let horizon = &scenario.plan.parts.horizon;
    let count = forecast.weeks.first().map_or(0, Vec::len);
    let weeks = (1..=count).map(|week| week as f64);
    let mut columns = vec![numbers("week", Counted::Nothing, "number of the week, from 1", weeks)];
    columns.extend(first_days(scenario, count).map(|days| {
        let mut column = texts("starts", "its first day", days.into_iter());
        column.counted = Counted::Day;
        column
    }));
    let part = |week: usize| if week < horizon.weeks { "plan" } else { "after" }.to_owned();
    columns.push(texts("part", "whether the week is planned, or comes after", (0..count).map(part)));
    for (weekly, weeks) in WEEKLY.iter().zip(&forecast.weeks) {
        columns.extend(levels(weekly.key, counted_weekly(weekly), weekly.title, weeks.iter()));
    }
    Sheet {
        name: "weeks",
        about: "A row a week; each figure with its mean and percentiles over the draws.".into(),
        columns,
    }
}

/// A row a channel or other source.
fn channels(scenario: &Scenario, forecast: &Forecast) -> Sheet {
    let names = forecast.sources.iter().map(|(name, _)| name.clone());
    let sources = scenario.plan.sources.iter();
    let kinds = sources.map(|source| if source.channel.is_some() { "channel" } else { "other" }.to_owned());
    let mut columns = vec![
        texts("source", "the channel, or another source of leads and deals", names),
        texts("is", "channel or other: referral, outbound, backlog, pipeline", kinds),
    ];
    for (at, figure) in SOURCE_FIGURES.iter().enumerate() {
        let stats = forecast.sources.iter().map(|(_, figures)| &figures[at]);
        columns.extend(levels(figure.key, figure.unit.into(), &figure.key.replace('_', " "), stats));
    }
    Sheet {
        name: "channels",
        about: "A row a channel or other source; each figure with its mean and percentiles over the draws.".into(),
        columns,
    }
}

/// A row an uncertain input: as it was written, and as it was drawn.
fn inputs(scenario: &Scenario, forecast: &Forecast) -> Sheet {
    let all = &forecast.inputs;
    let written = |(name, _): &(String, Stats)| {
        scenario.plan.parts.inputs.named(name).map_or_else(String::new, |input| input.spelling.clone())
    };
    let unit = |(name, _): &(String, Stats)| meaning(name).0.to_owned();
    let mut columns = vec![
        texts("input", "its path in the scenario", all.iter().map(|(name, _)| name.clone())),
        texts("written", "as it was written", all.iter().map(written)),
        texts("unit", "what it is counted in", all.iter().map(unit)),
    ];
    columns.extend(levels("", Counted::Nothing, "the input", all.iter().map(|(_, stats)| stats)));
    Sheet {
        name: "inputs",
        about: "A row an uncertain input, with its mean and percentiles over the draws.".into(),
        columns,
    }
}
