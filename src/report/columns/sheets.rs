//! What the tables of a forecast hold.

use rayon::prelude::*;

use crate::engine::{Forecast, Stats, input_columns};
use crate::model::outcomes::{SOURCE_FIGURES, Unit, WEEKLY};
use crate::scenario::{Scenario, keys_at};

use super::{Cells, Column, Sheet};

/// Every table.
pub(super) fn of(scenario: &Scenario, forecast: &Forecast) -> Vec<Sheet> {
    vec![draws(scenario, forecast), weeks(scenario, forecast), channels(scenario, forecast), inputs(scenario, forecast)]
}

fn counted_in(unit: Unit, currency: &str) -> String {
    match unit {
        Unit::Money if currency.is_empty() => "money".into(),
        Unit::Money => currency.to_owned(),
        Unit::Count => "count".into(),
        Unit::Ratio => "ratio".into(),
    }
}

/// A row a draw: every outcome, and every uncertain input under its path.
fn draws(scenario: &Scenario, forecast: &Forecast) -> Sheet {
    let numbers = forecast.draws.range.clone().map(|draw| draw as f64).collect();
    let mut columns = vec![column("draw", "", "number of the draw, from 0", Cells::Numbers(numbers))];
    for (id, values) in forecast.draws.outcomes.iter().zip(&forecast.draws.columns) {
        let outcome = id.outcome();
        let unit = counted_in(outcome.unit, &scenario.currency);
        columns.push(column(outcome.key, &unit, outcome.about, Cells::Numbers(values.clone())));
    }
    columns.par_extend(input_columns(scenario, forecast.draws.range.clone(), forecast.seed).into_par_iter().map(
        |(name, values)| {
            let (unit, about) = meaning(&name);
            column(&name, unit, about, Cells::Numbers(values))
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

/// A row a week of the horizon and of the tail, with a few levels of each weekly figure.
fn weeks(scenario: &Scenario, forecast: &Forecast) -> Sheet {
    let horizon = &scenario.plan.parts.horizon;
    let count = forecast.weeks.first().map_or(0, Vec::len);
    let numbers = (1..=count).map(|week| week as f64).collect();
    let mut columns = vec![column("week", "", "number of the week, from 1", Cells::Numbers(numbers))];
    if let Some(start) = horizon.start {
        let day = |week: usize| {
            start
                .checked_add(jiff::Span::new().days(7 * week as i64))
                .map_or_else(|_| String::new(), |day| day.to_string())
        };
        columns.push(column("starts", "date", "its first day", Cells::Texts((0..count).map(day).collect())));
    }
    let part = |week: usize| if week < horizon.weeks { "plan" } else { "after" }.to_owned();
    columns.push(column(
        "part",
        "",
        "whether the week is planned, or comes after",
        Cells::Texts((0..count).map(part).collect()),
    ));
    for (weekly, weeks) in WEEKLY.iter().zip(&forecast.weeks) {
        let unit = match weekly.unit {
            Unit::Ratio => "hours".into(),
            unit => counted_in(unit, &scenario.currency),
        };
        columns.extend(levels(weekly.key, &unit, weekly.title, weeks.iter()));
    }
    Sheet {
        name: "weeks",
        about: "A row a week; each figure with its mean and percentiles over the draws.".into(),
        columns,
    }
}

/// A row a channel or other source.
fn channels(scenario: &Scenario, forecast: &Forecast) -> Sheet {
    let names = forecast.sources.iter().map(|(name, _)| name.clone()).collect();
    let kinds = scenario
        .plan
        .sources
        .iter()
        .map(|source| if source.channel.is_some() { "channel" } else { "other" }.to_owned())
        .collect();
    let mut columns = vec![
        column("source", "", "the channel, or another source of leads and deals", Cells::Texts(names)),
        column("is", "", "channel or other: referral, outbound, backlog, pipeline", Cells::Texts(kinds)),
    ];
    for (at, figure) in SOURCE_FIGURES.iter().enumerate() {
        let unit = counted_in(figure.unit, &scenario.currency);
        columns.extend(levels(
            figure.key,
            &unit,
            &figure.key.replace('_', " "),
            forecast.sources.iter().map(|(_, figures)| &figures[at]),
        ));
    }
    Sheet {
        name: "channels",
        about: "A row a channel or other source; each figure with its mean and percentiles over the draws.".into(),
        columns,
    }
}

/// A row an uncertain input: as it was written, and as it was drawn.
fn inputs(scenario: &Scenario, forecast: &Forecast) -> Sheet {
    let names: Vec<String> = forecast.inputs.iter().map(|(name, _)| name.clone()).collect();
    let written =
        |name: &String| scenario.plan.parts.inputs.named(name).map_or_else(String::new, |input| input.spelling.clone());
    let mut columns = vec![
        column("input", "", "its path in the scenario", Cells::Texts(names.clone())),
        column("written", "", "as it was written", Cells::Texts(names.iter().map(written).collect())),
        column(
            "unit",
            "",
            "what it is counted in",
            Cells::Texts(names.iter().map(|name| meaning(name).0.to_owned()).collect()),
        ),
    ];
    columns.extend(levels("", "", "the input", forecast.inputs.iter().map(|(_, stats)| stats)));
    Sheet {
        name: "inputs",
        about: "A row an uncertain input, with its mean and percentiles over the draws.".into(),
        columns,
    }
}

/// A way to read a level off a summary.
type Level = (&'static str, fn(&Stats) -> f64);

/// Mean and percentiles of a figure.
fn levels<'s>(key: &str, unit: &str, about: &str, stats: impl Iterator<Item = &'s Stats>) -> Vec<Column> {
    const LEVELS: [Level; 5] = [
        ("mean", |stats| stats.mean),
        ("sd", |stats| stats.sd),
        ("p10", Stats::p10),
        ("p50", Stats::p50),
        ("p90", Stats::p90),
    ];
    let stats: Vec<&Stats> = stats.collect();
    let of_level = |(name, level): &Level| {
        let own = if key.is_empty() { (*name).to_owned() } else { format!("{key}_{name}") };
        let numbers = stats.iter().map(|stats| level(stats)).collect();
        column(&own, unit, &format!("{about}: {name}"), Cells::Numbers(numbers))
    };
    LEVELS.iter().map(of_level).collect()
}

fn column(name: &str, unit: &str, about: &str, cells: Cells) -> Column {
    Column { name: name.to_owned(), unit: unit.to_owned(), about: about.to_owned(), cells }
}
