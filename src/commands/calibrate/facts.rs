//! What a calibration must know of the plan, as it was written.

use crate::calibrate::{PlanChannel, Worth};
use crate::commands::Failure;
use crate::reading::{Table, Value};
use crate::records::Day;
use crate::scenario::{RawPlan, Scenario};

/// Facts of a plan.
#[derive(Debug)]
pub(super) struct PlanFacts {
    pub(super) channels: Vec<PlanChannel>,
    pub(super) worth: Worth,
    pub(super) has_sales: bool,
    /// whether the plan has customers
    pub(super) has_customers: bool,
    /// of each channel, the terms of a curve that can be learnt
    pub(super) curves: Vec<Option<CurveTerms>>,
    start: Option<Day>,
}

/// What a plan says of a response curve that is kept while the curve is learnt.
#[derive(Clone, Copy, Debug)]
pub(super) struct CurveTerms {
    /// what spend is divided by
    pub(super) spend_scale: f64,
    /// whether spend carries over
    pub(super) carries_over: bool,
    /// weeks that money works, its own included
    pub(super) max_lag: usize,
    /// whether the weights of carry-over sum to 1
    pub(super) normalized: bool,
}

impl Default for CurveTerms {
    fn default() -> Self {
        Self { spend_scale: 1.0, carries_over: true, max_lag: 13, normalized: true }
    }
}

impl CurveTerms {
    /// Those of a channel whose curve is of the kind that is learnt.
    fn of(table: &Table) -> Option<Self> {
        let word = |table: Option<&Table>| match table?.get("kind").map(|node| &node.value) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let number = |table: Option<&Table>, key: &str| match table?.get(key).map(|node| &node.value) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        };
        let usual = Self::default();
        let adstock = child(table, "adstock");
        let kind = word(adstock).unwrap_or_else(|| "none".into());
        let is_known = word(child(table, "saturation")).is_some_and(|kind| kind == "michaelis_menten");
        let normalized = adstock.and_then(|own| own.get("normalize")).map(|node| &node.value);
        let spend_scale = if table.get("spend_scale").is_some() { number(Some(table), "spend_scale")? } else { 1.0 };
        (is_known && (kind == "none" || kind == "geometric")).then(|| Self {
            spend_scale,
            carries_over: kind == "geometric",
            max_lag: number(adstock, "max_lag").map_or(usual.max_lag, |lags| lags as usize),
            normalized: !matches!(normalized, Some(Value::Truth(false))),
        })
    }
}

impl PlanFacts {
    /// Reads them off.
    ///
    /// # Errors
    ///
    /// That the plan reads open deals from a file, which would be counted twice.
    pub(super) fn of(draft: &RawPlan, scenario: &Scenario) -> Result<Self, Failure> {
        let table = draft.table();
        let channels: Vec<PlanChannel> = tables(table, "channels").map(|(name, own)| channel(name, own)).collect();
        let curves = tables(table, "channels")
            .zip(&channels)
            .map(|((_, own), channel)| CurveTerms::of(own).filter(|_| channel.kind == "response"));
        let curves = curves.collect();
        let deals = child(table, "deals");
        for (name, own) in deals.and_then(|deals| child(deals, "open")).into_iter().flat_map(all_tables) {
            if own.get("file").is_some() {
                return Err(Failure::Usage(format!(
                    "{}: [deals.open.{name}] reads open deals from a file, and those of the export would be counted \
                     twice: take it out of the plan",
                    scenario.path.display()
                )));
            }
        }
        let by_mean = deals.is_some_and(|deals| deals.get("average_value").is_some());
        let start =
            child(table, "horizon").and_then(|horizon| horizon.get("start")).and_then(|node| match &node.value {
                Value::Date(text) | Value::Text(text) => text.parse().ok().map(Day::of),
                _ => None,
            });
        Ok(Self {
            channels,
            worth: if by_mean { Worth::Mean } else { Worth::Median },
            has_sales: child(table, "sales").is_some_and(|sales| sales.get("close_rate").is_some()),
            has_customers: child(table, "customers").is_some(),
            curves,
            start,
        })
    }

    /// Weeks from one to the first of the plan: 1 where it is the next, or where the plan has no start.
    pub(super) fn weeks_after(&self, week: i32) -> usize {
        self.start.map_or(1, |start| usize::try_from(start.week() - week).unwrap_or(1).clamp(1, 104))
    }

    /// That the plan begins long after the records end, or before.
    pub(super) fn far_from(&self, as_of: Day) -> Option<String> {
        let days = self.start?.0 - as_of.0;
        (!(-7..=28).contains(&days)).then(|| {
            let when = if days < 0 { "before" } else { "after" };
            format!(
                "The plan starts {} weeks {when} the records end: open deals are counted as they stand on {as_of}.",
                days.abs() / 7
            )
        })
    }
}

fn channel(name: &str, table: &Table) -> PlanChannel {
    let text = |key: &str| match table.get(key).map(|node| &node.value) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let kind = text("kind").unwrap_or_default();
    let is_online = text("route").is_some_and(|route| route == "online");
    let counts_orders = kind == "response" && text("of").is_some_and(|of| of != "leads");
    PlanChannel {
        name: name.to_owned(),
        label: text("label").unwrap_or_else(|| name.replace('_', " ")),
        kind,
        to_sales: !is_online && !counts_orders,
        states_today: table.get("today").is_some(),
    }
}

fn child<'t>(table: &'t Table, key: &str) -> Option<&'t Table> {
    match &table.get(key)?.value {
        Value::Table(inner) => Some(inner),
        _ => None,
    }
}

fn all_tables(table: &Table) -> impl Iterator<Item = (&str, &Table)> {
    table.iter().filter_map(|entry| match &entry.node.value {
        Value::Table(inner) => Some((entry.key.as_str(), inner)),
        _ => None,
    })
}

fn tables<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = (&'t str, &'t Table)> {
    child(table, key).into_iter().flat_map(all_tables)
}
