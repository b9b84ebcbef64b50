//! The sentences that a reader sees, but for those of `remarks`.

use crate::engine::{Forecast, TargetForecast};
use crate::inputs::LongTable;
use crate::model::channels::Channel;
use crate::model::plan::{Plan, Source};
use crate::model::team::Reps;
use crate::scenario::{Note, Scenario};
use crate::text::{Currency, LOW_END, count, listed, percent, pieces_of, shorten, simulated, with_error};

use super::ratios;

/// How many and how long: the line under the name.
pub(super) fn subject(scenario: &Scenario, forecast: &Forecast) -> String {
    let horizon = &scenario.plan.parts.horizon;
    let from = horizon.start.map_or_else(String::new, |start| format!(" from {start}"));
    format!(
        "{} of {}{from}, seed {}",
        simulated(forecast.draws.count(), horizon.weeks),
        count(horizon.weeks as f64, "week"),
        forecast.seed,
    )
}

/// A target: the outcome, and what to reach or to stay below.
pub(super) fn target_name(target: &TargetForecast, currency: Currency<'_>) -> String {
    let outcome = target.outcome.outcome();
    let goal = with_error(target.target, Some(1.0).filter(|_| target.target.abs() >= 1000.0));
    let goal = match outcome.unit {
        crate::model::outcomes::Unit::Money => currency.with(&goal),
        _ => goal,
    };
    let side = if outcome.is_cost() { "at most" } else { "at least" };
    format!("{} {side} {goal}", outcome.title)
}

/// The chance of a target.
pub(super) fn target(target: &TargetForecast, currency: Currency<'_>) -> String {
    let outcome = target.outcome.outcome();
    let chance = &target.chance;
    let mut text = format!(
        "{}: {} chance ({} to {})",
        target_name(target, currency),
        percent(chance.probability),
        percent(chance.low),
        percent(chance.high),
    );
    if target.mean_shortfall_given_miss.is_finite() {
        let miss = with_error(target.mean_shortfall_given_miss, None);
        let by = match outcome.unit {
            crate::model::outcomes::Unit::Money => currency.with(&miss),
            _ => miss,
        };
        let side = if outcome.is_cost() { "over" } else { "short" };
        text.push_str(&format!("; a miss is {by} {side} on average"));
    }
    if let Some(lacking) = ratios::misses_for_want(target) {
        text.push_str(&lacking);
    }
    text
}

/// What follows after the horizon, on average.
pub(super) fn tail(scenario: &Scenario, forecast: &Forecast) -> Option<String> {
    let tail = scenario.plan.parts.horizon.tail;
    let revenue = forecast.outcome("tail_revenue")?.mean;
    if tail == 0 || revenue == 0.0 {
        return None;
    }
    let currency = Currency(&scenario.currency);
    let profit = forecast.outcome("tail_profit").map_or(f64::NAN, |stats| stats.mean);
    let profit = if profit.is_finite() {
        format!(" and {} of profit", currency.with(&with_error(profit, None)))
    } else {
        String::new()
    };
    Some(format!(
        "In the {} after the plan, what this plan has set in motion brings another {} of revenue{profit} on average. Use that to compare plans: it is not a forecast of those weeks, which will have plans of their own.",
        count(tail as f64, "week"),
        currency.with(&with_error(revenue, None)),
    ))
}

/// The team in one line.
pub(super) fn team(forecast: &Forecast) -> Option<String> {
    let used = forecast.outcome("utilization")?;
    if used.defined == 0.0 {
        return None;
    }
    let ratio = forecast.outcome("demand_ratio")?;
    let lost = forecast.outcome("lost_to_waiting")?;
    let backlog = forecast.outcome("backlog_end")?;
    let told = |leads: f64| if leads < 0.05 { "no leads".into() } else { count(leads, "lead") };
    let of_role = |key: &str, role: &str| {
        let used = forecast.outcome(key).filter(|used| used.defined > 0.0)?;
        Some(format!("those who do {role} use {} of their hours", percent(used.mean)))
    };
    let roles = [of_role("utilization_leads", "leads"), of_role("utilization_opportunities", "opportunities")];
    let roles: Vec<String> = roles.into_iter().flatten().collect();
    if !roles.is_empty() {
        let mean = |key: &str| forecast.outcome(key).map_or(0.0, |stats| stats.mean);
        let opportunities =
            |number: f64| if number < 0.05 { "no opportunities".into() } else { count(number, "opportunity") };
        return Some(format!(
            "On average {}; the team as a whole is asked for {} of what it has: {} and {} lost to waiting, {} and {} still waiting at the end.",
            listed(&roles, "and"),
            percent(ratio.mean),
            told(lost.mean),
            opportunities(mean("opportunities_lost")),
            told(backlog.mean),
            opportunities(mean("opportunities_waiting")),
        ));
    }
    Some(format!(
        "On average the team uses {} of its hours and is asked for {}: {} lost to waiting, {} still waiting at the end.",
        percent(used.mean),
        percent(ratio.mean),
        told(lost.mean),
        told(backlog.mean),
    ))
}

/// What the funnel of a plan without a team leaves out.
pub(super) const NO_TEAM_IN_THE_WAY: &str = "No sales team: they buy online.";

/// The first step of the funnel.
pub(super) fn leads_of_the_way(only_team: bool) -> &'static str {
    if only_team { "leads" } else { "leads for the team" }
}

/// What goes beside the team's funnel.
pub(super) fn beside_the_way(leads_online: f64, wins_online: f64, before: [bool; 2]) -> String {
    let [pipeline, backlog] = before;
    let mut sentences = Vec::new();
    if leads_online > 0.0 {
        let (leads, wins) = (pieces_of(leads_online, "lead"), pieces_of(wins_online, "win"));
        sentences.push(format!("Beside them {leads} online end in {wins}."));
    }
    if pipeline {
        sentences.push("Deals open today are left out.".into());
    }
    if backlog {
        sentences.push("Leads that wait today are among the worked.".into());
    }
    sentences.join(" ")
}

/// Revenue that was booked before the plan begins.
pub(super) const BOOKED: &str = "booked already";
/// Revenue of the open pipeline.
pub(super) const OPEN: &str = "from deals open today";
/// Revenue of the plan itself.
pub(super) const NEW: &str = "new";
/// Revenue of those who buy again.
pub(super) const REPEAT: &str = "from customers' repeat orders";

/// Mean revenue by where it comes from; nothing where it all comes from one.
pub(super) fn revenue_split(parts: &[(f64, &str)], currency: Currency<'_>) -> Option<String> {
    // What is left after rounding is no revenue.
    let least = 1e-6 * parts.iter().map(|(revenue, _)| revenue.abs()).sum::<f64>();
    let parts: Vec<String> = parts
        .iter()
        .filter(|(revenue, _)| revenue.abs() > least)
        .map(|(revenue, from)| format!("{} {from}", with_error(*revenue, None)))
        .collect();
    if parts.len() < 2 {
        return None;
    }
    let code = match currency.0 {
        "" => String::new(),
        code => format!(" ({code})"),
    };
    Some(format!("Of the mean revenue: {}{code}.", parts.join(", ")))
}

/// Behind the currency of sums that are told in millions.
pub(super) const MILLIONS: &str = " m";
/// Behind the currency of sums that are told in billions.
pub(super) const BILLIONS: &str = " bn";

/// Below a table with figures that are no more than their margin.
pub(super) const NEAR_NOTHING: &str = "≈ 0: can't be told from 0.";

/// Below the table of channels.
pub(super) const BELOW_CHANNELS: &str = "Averages over the plan's weeks; cost/win and ROAS on the channel's own spend.";

/// Below the headline table: what P10, P90 and ± mean, and that the ranges behind them may be too narrow.
pub(super) fn levels(forecast: &Forecast) -> String {
    let at_face_value = match forecast.notes.contains(&Note::RangesAtFaceValue) {
        true => {
            " Ranges are taken as written; people tend to state them too narrowly (widen in [simulation] stretches them)."
        }
        false => "",
    };
    format!("{LOW_END}{at_face_value}")
}

/// The notes that stand at the end; that on ranges is said below the headline table.
pub(super) fn closing_notes(notes: &[Note]) -> impl Iterator<Item = &Note> {
    notes.iter().filter(|note| **note != Note::RangesAtFaceValue)
}

/// What a channel is called.
pub(super) fn shown_name(channel: &Channel) -> &str {
    &channel.label
}

/// What a source of leads or deals is called.
pub(super) fn shown_source<'s>(plan: &'s Plan, source: &Source, name: &'s str) -> &'s str {
    source.channel.map_or(name, |channel| shown_name(&plan.parts.channels[channel]))
}

/// Do these reps cost nothing, and so leave profit and CAC too good?
pub(super) fn is_unpaid(reps: &Reps) -> bool {
    reps.cost_per_week.is_zero()
}

/// What a reader should know of the plan.
#[must_use]
pub fn note(note: &Note) -> String {
    match note {
        Note::NothingUncertain => {
            "No input is uncertain: the spread shown is luck alone, and far too narrow for a decision. Write ranges such as \"2.5 to 4.5\".".into()
        }
        Note::RangesAtFaceValue => {
            "Ranges are taken at face value, and people state them too narrowly: executives' 80% ranges held 36% of what came (Ben-David, Graham and Harvey 2013). Try widen = 1.5 in [simulation].".into()
        }
        Note::NoVariation => {
            "Weeks differ by chance alone: neither the market nor a channel has a volatility of its own.".into()
        }
        Note::ValuesDoNotStray => {
            "Every win has the same value: value_cv is 0. Real deals differ, and a few large ones make or break a quarter.".into()
        }
        Note::RepeatsWithoutWearout { channel, pieces } => format!(
            "{channel} buys about {pieces}, and each brings as much as the first: wearout is 0. Repeats usually bring less."
        ),
        Note::EmptyTeam => {
            "Nobody sells: leads cost hours, and no rep is on the job in any week of the plan.".into()
        }
        Note::WithoutEffect { what, why } => format!("{what} has no effect {why}."),
        Note::RuleBeforeDealsClose { every, cycle_tenths } => format!(
            "A rule looks at wins or revenue every {} while a deal takes {} to close: channels with slow deals starve. Look less often, or go by cost_per_qualified.",
            count(*every as f64, "week"),
            count(f64::from(*cycle_tenths) / 10.0, "week"),
        ),
        Note::PeakBeyondLags { channel } => format!(
            "The carry-over of {channel} peaks after its max_lag: the last week that counts takes most of the effect. Lengthen max_lag in its adstock."
        ),
        Note::BeyondPoints { channel } => format!(
            "{channel} is planned to spend more in a week than the last point of its curve: from there on the curve is flat, and more money brings nothing."
        ),
        Note::LikelyPercent { path, written, percent } => format!(
            "{path} is {written}: that is {percent}%. If {written} percent is meant, write \"{written}%\"."
        ),
        Note::FilesOfOneName(files) => format!(
            "Files of draws that have one name are told apart by their folders, and their rows are drawn apart: {}.",
            listed(files, "and")
        ),
        Note::ClosedDealsLeftOut { file, deals } => format!(
            "{} of {file} {} closed already and left out: what they brought belongs into [booked].",
            count(*deals as f64, "row"),
            if *deals == 1 { "is" } else { "are" }
        ),
        Note::RowsOfDifferentThings { file, table } => rows_of_different_things(file, table),
        Note::TailLoad { weeks, percent: 0 } => format!(
            "After week {weeks} the team works on nothing but what this plan leaves: tail_load in [horizon] is 0. A next plan's own leads would take some of those hours."
        ),
        Note::TailLoad { weeks, percent } => format!(
            "After week {weeks} the next plan's own leads take {percent}% of the team's hours: what this plan leaves is worked in the rest (tail_load in [horizon])."
        ),
        Note::RepsWithoutCost => {
            "Some reps cost nothing: profit and CAC leave them out. Set cost_per_week.".into()
        }
        Note::NoGrossMargin => {
            "No gross margin is given, so profit and ROMI have no value. Set gross_margin in [finance].".into()
        }
        Note::HoursBindAndLeadsNeverLeave(of_100) => format!(
            "Hours are short in {of_100} of 100 futures, yet leads wait forever: real ones go elsewhere. Set lead_half_life in [sales]."
        ),
        Note::Sketched { draws, exact } => sketched(*draws, *exact),
        Note::BeyondCount { draws } => format!(
            "In {} some week would bring more than 10^12 leads, and is counted as if it brought 10^12: some figure is far too large.",
            count(*draws as f64, "draw")
        ),
        Note::CorrelationLowered { between, hundredths } => correlation_lowered(between, *hundredths),
    }
}

/// That two inputs move together less than was asked.
fn correlation_lowered([a, b]: &[String; 2], hundredths: [i8; 2]) -> String {
    let [asked, attained] = hundredths.map(|hundredths| f64::from(hundredths) / 100.0);
    format!(
        "{a} and {b} move together less than asked: their rank correlation is {attained}, not {asked}. One of them has the same value in many futures, and equal values have no order."
    )
}

/// That a table has rows of different things, and how it is told apart.
fn rows_of_different_things(file: &str, table: &LongTable) -> String {
    let examples: Vec<String> = table.examples.iter().map(|name| shorten(name, 24)).collect();
    let (names, index) = (shorten(&table.names, 24), table.index.as_deref().unwrap_or("draw"));
    format!(
        "{file} has a column of names, {names} ({}, …), beside its values: a draw takes one row, so figures of different things are mixed. Give each its own column first: in pandas, df.pivot(index=\"{index}\", columns=\"{names}\").",
        examples.join(", ")
    )
}

/// That some figures of many draws are read off histograms, and some come from the first draws.
fn sketched(draws: u64, exact: u64) -> String {
    let exact = with_error(exact as f64, Some(1.0));
    format!(
        "With {}, more than {exact}, percentiles and worst tenths of outcomes and inputs are read off histograms: within 0.02% of the exact figure; whole numbers up to 8,192 are exact. Means and chances come from all draws. Charts, shares in sentences (8 of 10, lose money), rank correlations and what the forecast rests on come from the first {exact}.",
        count(draws as f64, "draw"),
    )
}
