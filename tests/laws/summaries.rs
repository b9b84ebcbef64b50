//! What is reported: numbers that are numbers, in order.

use foremix::engine::{ChannelShares, Forecast, PercentileError, Stats, Unwatched, forecast};
use foremix::model::outcomes::Figure;
use foremix::report::summary;
use foremix::report::summary::Summary;
use proptest::prelude::*;
use serde_json::Value;

use super::cases;
use super::plans::any_plan;
use super::scenario;

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn every_reported_number_exists_or_has_a_reason_not_to(
        text in any_plan(),
        runs in prop_oneof![1..10_u64, Just(64), Just(100)],
        seed in 0..1_000_u64,
    ) {
        let scenario = scenario(&text);
        let forecast = forecast(&scenario, runs, seed, &Unwatched).expect("nobody stops it");
        let has_margin = scenario.plan.parts.finance.gross_margin.is_some();
        values_exist(&forecast, has_margin);
        let mut all: Vec<&Stats> = forecast.outcomes.iter().map(|(_, stats)| stats).collect();
        all.extend(forecast.sources.iter().flat_map(|(_, figures)| figures));
        all.extend(forecast.weeks.iter().flatten());
        all.extend(&forecast.cumulative);
        all.extend(forecast.shares.iter().flat_map(|shares| [&shares.spend, &shares.revenue]));
        shares_add_up(&forecast);
        all.extend(forecast.inputs.iter().map(|(_, stats)| stats));
        for stats in all {
            in_order(stats, runs);
        }
        for target in &forecast.targets {
            let chance = target.chance;
            assert!(0.0 <= chance.low && chance.low <= chance.probability);
            assert!(chance.probability <= chance.high && chance.high <= 1.0);
        }
        let limits = forecast.limits;
        let all = limits.hours + limits.delivery + limits.demand + limits.budget;
        assert!((all - 1.0).abs() < 1e-12);
        let json = written_and_read_back(&summary(&scenario, &forecast, 1.0));
        let mut path = Vec::new();
        nulls_have_a_reason(&json, &mut path, &forecast, has_margin);
    }
}

/// What a summary writes, which is read back into the same summary.
fn written_and_read_back(summary: &Summary) -> Value {
    let written = serde_json::to_string_pretty(summary).expect("JSON");
    let read: Summary = serde_json::from_str(&written).expect("a summary");
    assert_eq!(&read, summary);
    assert_eq!(serde_json::to_string_pretty(&read).expect("JSON"), written);
    serde_json::from_str(&written).expect("JSON")
}

/// A total exists in every draw, a ratio where its denominator is not zero, and what is built on the margin where there
/// is one; nothing is infinite.
fn values_exist(forecast: &Forecast, has_margin: bool) {
    let draws = &forecast.draws;
    for (id, column) in draws.outcomes.iter().zip(&draws.columns) {
        let outcome = id.outcome();
        let may_lack = matches!(outcome.figure, Figure::Ratio(..));
        for value in column {
            assert!(!value.is_infinite(), "{} is infinite", outcome.key);
            let lacks_reason = !may_lack && (has_margin || !of_margin(outcome.key));
            assert!(!(value.is_nan() && lacks_reason), "{} is missing", outcome.key);
        }
    }
}

/// Shares that are taken draw by draw add up to 1 in each, so their means do.
fn shares_add_up(forecast: &Forecast) {
    let parts = [|shares: &ChannelShares| shares.spend, |shares: &ChannelShares| shares.revenue];
    for part in parts {
        let shares: Vec<Stats> = forecast.shares.iter().map(part).collect();
        if shares.first().is_some_and(|first| first.defined > 0.0) {
            let sum: f64 = shares.iter().map(|share| share.mean).sum();
            assert!((sum - 1.0).abs() < 1e-9, "shares add up to {sum}");
            assert!(
                shares.iter().all(|share| share.percentiles.to_array().iter().all(|part| (0.0..=1.0).contains(part)))
            );
        }
    }
}

fn of_margin(key: &str) -> bool {
    ["gross_profit", "profit", "romi", "tail_profit", "profit_with_tail"].contains(&key)
}

fn in_order(stats: &Stats, runs: u64) {
    if stats.defined == 0.0 {
        return;
    }
    let percentiles = stats.percentiles.to_array();
    // Percentiles that are equal may differ in the last bit, by the rounding of their interpolation.
    let reach = 1e-12 * percentiles.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    assert!(percentiles.windows(2).all(|pair| pair[0] <= pair[1] + reach), "{percentiles:?}");
    assert!(stats.sd >= 0.0 && (runs > 1 || stats.sd == 0.0));
    if let Some(errors) = stats.errors {
        assert!(errors.mean >= 0.0);
        for (error, percentile) in errors.percentiles.to_array().into_iter().zip(percentiles) {
            assert!(error.margin(percentile) >= -reach);
            if let PercentileError::Interval { low, high } = error {
                assert!(low <= percentile + reach && percentile <= high + reach, "{percentile} in {low}..{high}");
            }
        }
    }
}

/// JSON has no word for "not a number"; `null` stands for it, and only where there is nothing to say.
fn nulls_have_a_reason<'v>(value: &'v Value, path: &mut Vec<&'v str>, forecast: &Forecast, has_margin: bool) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                path.push(key);
                nulls_have_a_reason(value, path, forecast, has_margin);
                path.pop();
            }
        }
        Value::Array(list) => {
            for value in list {
                nulls_have_a_reason(value, path, forecast, has_margin);
            }
        }
        Value::Null => {
            let rare = |key: &str| {
                let stats = forecast.outcome(key).expect("an outcome");
                // Not in every draw; or, for the ratio of the means, never anything to divide by.
                stats.defined < 1.0
            };
            let reason = match path[..] {
                ["scenario", "start"] => true,
                // A setting may give a key that the file lacks.
                ["scenario", "changed", "was"] => true,
                ["outcomes", key, ..] if of_margin(key) && !has_margin => true,
                ["outcomes", key, "se"] => forecast.draws.count() < 64 || rare(key),
                ["channels", _, _, "se"] => forecast.draws.count() < 64,
                ["outcomes", key, ..] => rare(key),
                // Figures that are pooled are not kept, so the mean of their worst tenth is not known.
                ["channels", _, _, "cvar10"] => true,
                ["targets", _, "mean_shortfall_given_miss"] => true,
                ["targets", key, "mean_shortfall"] => rare(key),
                _ => false,
            };
            assert!(reason, "{path:?} is missing");
        }
        _ => {}
    }
}
