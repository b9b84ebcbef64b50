//! `summary.json` of a run, from its forecast.

use std::path::Path;

use crate::analysis::{ChannelReturn, Estimate, Gain, Marginal, STEP};
use crate::engine::{Forecast, Stats, TargetForecast};
use crate::model::outcomes::{OutcomeId, SOURCE_FIGURES, WEEKLY};
use crate::model::what_if::Scarce;
use crate::scenario::Scenario;

use super::summary::{
    BudgetSummary, ChangeSummary, ChannelSummary, EstimateSummary, GainSummary, LimitsSummary, MarginalSummary,
    MoreSummary, Named, OutcomeSummary, ReliefSummary, RepSummary, ScenarioSummary, Summary, TargetSummary, figure,
};
use super::words;

/// The summary of a forecast that took `seconds`.
#[must_use]
pub fn summary(scenario: &Scenario, forecast: &Forecast, seconds: f64) -> Summary {
    let channels = forecast.sources.iter().map(|(name, figures)| {
        let figures = SOURCE_FIGURES.iter().zip(figures);
        let figures = figures.map(|(figure, stats)| (figure.key, stats.into())).collect();
        (name.as_str(), ChannelSummary { figures, marginal: None })
    });
    let weeks = WEEKLY.iter().zip(&forecast.weeks);
    let two_desks = scenario.plan.two_desks;
    Summary {
        version: 1,
        scenario: self::scenario(scenario),
        runs: forecast.draws.count(),
        seed: forecast.seed,
        seconds: figure(seconds),
        outcomes: outcomes(&forecast.outcomes),
        targets: targets(&forecast.targets),
        channels: channels.collect(),
        weeks: weeks.map(|(weekly, weeks)| (weekly.key, weeks.iter().map(Into::into).collect())).collect(),
        inputs: forecast.inputs.iter().map(|(path, stats)| (path.as_str(), stats.into())).collect(),
        correlations: forecast.correlations.iter().map(Into::into).collect(),
        limits: LimitsSummary {
            hours_leads: two_desks.then_some(figure(forecast.limits.hours_leads)),
            hours_opportunities: two_desks.then_some(figure(forecast.limits.hours_opportunities)),
            ..LimitsSummary::of(forecast.limits)
        },
        precision: None,
        rests_on: None,
        notes: forecast.notes.iter().map(words::note).chain(pictures(scenario)).collect(),
    }
}

/// What a reader of the charts should know.
#[cfg(feature = "charts")]
fn pictures(scenario: &Scenario) -> Option<String> {
    super::letters::note(scenario)
}

/// Nothing is drawn.
#[cfg(not(feature = "charts"))]
fn pictures(_scenario: &Scenario) -> Option<String> {
    None
}

/// The summary of a forecast with what a little more would bring.
#[must_use]
pub fn summary_with_returns(scenario: &Scenario, forecast: &Forecast, marginal: &Marginal, seconds: f64) -> Summary {
    let mut summary = summary(scenario, forecast, seconds);
    for own in &marginal.channels {
        let name = &scenario.plan.parts.channels[own.channel].name;
        if let Some(channel) = summary.channels.get_mut(name) {
            channel.marginal = Some(own.into());
        }
    }
    summary.limits.relief = relief(&marginal.relief);
    let of_rep = |(group, gain): &(String, Gain)| RepSummary { group: group.clone(), gain: gain.into() };
    let best = marginal.reps.iter().max_by(|(_, a), (_, b)| a.steering().mean.total_cmp(&b.steering().mean));
    summary.limits.more = Some(MoreSummary {
        one_more_rep: best.map(of_rep),
        one_more_rep_of_each: marginal.reps.iter().filter(|_| scenario.plan.two_desks).map(of_rep).collect(),
        relief_draws: marginal.draws,
        curve_draws: marginal.draws_of_curves,
        pay_of_hours: figure(marginal.pay_of_hours),
    });
    summary
}

/// What a tenth more of each that the plan may lack would bring; none where it lacks nothing.
fn relief(gains: &[(Scarce, Gain)]) -> Option<ReliefSummary> {
    let mut relief = ReliefSummary::default();
    for (what, gain) in gains {
        let place = match what {
            Scarce::Hours => &mut relief.hours,
            Scarce::Delivery => &mut relief.delivery,
            Scarce::Demand => &mut relief.demand,
            Scarce::Budget => &mut relief.budget,
            Scarce::CloseRate => &mut relief.close_rate,
        };
        *place = Some(gain.into());
    }
    (!gains.is_empty()).then_some(relief)
}

impl From<&ChannelReturn> for MarginalSummary {
    fn from(own: &ChannelReturn) -> Self {
        let point = |(budget, gain): &(f64, Gain)| BudgetSummary { budget: figure(*budget), gain: gain.into() };
        Self {
            added: figure(own.added),
            absorbed: figure(own.absorbed),
            one_more: own.one_more,
            per: figure(STEP),
            gain: (&own.next).into(),
            curve: own.curve.iter().map(point).collect(),
        }
    }
}

impl From<&Gain> for GainSummary {
    fn from(gain: &Gain) -> Self {
        Self { revenue: gain.revenue.into(), profit_with_tail: gain.profit_with_tail.map(Into::into) }
    }
}

impl From<Estimate> for EstimateSummary {
    fn from(estimate: Estimate) -> Self {
        Self { mean: figure(estimate.mean), se: estimate.error.and_then(figure) }
    }
}

/// What a scenario is.
pub(super) fn scenario(scenario: &Scenario) -> ScenarioSummary {
    let horizon = &scenario.plan.parts.horizon;
    let changes = scenario.changed.iter().map(|change| ChangeSummary {
        path: change.path.clone(),
        value: change.value.clone(),
        was: change.was.clone(),
    });
    ScenarioSummary {
        name: scenario.name.clone(),
        file: file_name(&scenario.path),
        hash: scenario.hash.clone(),
        weeks: horizon.weeks,
        tail_weeks: horizon.tail,
        start: horizon.start.map(|date| date.to_string()),
        currency: scenario.currency.clone(),
        changed: changes.collect(),
        variant: scenario.variant.clone(),
    }
}

/// Outcomes by their keys.
pub(super) fn outcomes(outcomes: &[(OutcomeId, Stats)]) -> Named<OutcomeSummary> {
    outcomes.iter().map(|(id, stats)| (id.outcome().key, stats.into())).collect()
}

/// Targets by the keys of their outcomes.
pub(super) fn targets(targets: &[TargetForecast]) -> Named<TargetSummary> {
    targets.iter().map(|target| (target.outcome.outcome().key, target.into())).collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Unwatched, forecast};
    use crate::scenario::load;

    fn is_read_back(summary: &Summary) {
        let written = serde_json::to_string_pretty(summary).expect("JSON");
        let read: Summary = serde_json::from_str(&written).expect("a summary");
        assert_eq!(&read, summary);
        assert_eq!(serde_json::to_string_pretty(&read).expect("JSON"), written);
    }

    #[test]
    fn a_summary_is_read_back_as_it_was_written() {
        let bundled = std::fs::read_dir("scenarios").expect("the bundled scenarios");
        let plans =
            bundled.map(|entry| entry.expect("a file").path()).filter(|path| path.extension() == Some("toml".as_ref()));
        for path in plans {
            let scenario = load(&path, &[]).expect("a scenario");
            // Too few draws for errors, and enough of them.
            for runs in [40, 64] {
                let forecast = forecast(&scenario, runs, 1, &Unwatched).expect("nobody stops it");
                let marginal = Marginal::of(&scenario, runs, 1, &Unwatched).expect("nobody stops it");
                is_read_back(&summary_with_returns(&scenario, &forecast, &marginal, 0.25));
            }
            // Enough for standard errors of percentiles.
            let forecast = forecast(&scenario, 1_024, 1, &Unwatched).expect("nobody stops it");
            is_read_back(&summary(&scenario, &forecast, 0.25));
        }
    }
}
