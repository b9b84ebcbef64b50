//! What an outcome or a key means: in words, computed how, in which unit, where the model says so, how large it usually is.

mod outcomes;

use crate::analysis::plausibility::PUBLISHED;
use crate::engine::Stats;
use crate::model::outcomes::{OUTCOMES, Outcome, OutcomeId, Unit};
use crate::model::schema::{Default, Key, Kind};
use crate::scenario::{RawPlan, Scenario, TableReference, tables};
use crate::text::{Currency, capital, wrap};
use crate::units::{Levels, plain};

use super::ratios;
use outcomes::COMPUTED;

/// A plan to look into.
#[derive(Clone, Copy, Debug)]
pub struct Explained<'a> {
    /// the plan
    pub scenario: &'a Scenario,
    /// as it was written
    pub draft: &'a RawPlan,
    /// its outcomes, once they were simulated
    pub outcomes: &'a [(OutcomeId, Stats)],
}

/// What a name means; nothing where no outcome and no key has it. A key may be given with its table:
/// `channels.search.cost_per_click`, or alone.
#[must_use]
pub fn explain(name: &str, plan: Option<Explained<'_>>, width: usize) -> Option<String> {
    let mut parts: Vec<String> = OutcomeId::named(name).map(|id| of_outcome(id, plan, width)).into_iter().collect();
    parts.extend(of_keys(name, plan, width));
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// Every name that can be explained.
pub fn explained_names() -> impl Iterator<Item = &'static str> {
    let keys = tables().into_iter().flat_map(|table| table.keys).map(|key| key.name);
    OUTCOMES.iter().map(|outcome| outcome.key).chain(keys)
}

/// The names with what they are, an outcome a line, then the tables with their keys.
#[must_use]
pub fn explained_list(width: usize) -> String {
    let widest = OUTCOMES.iter().map(|outcome| outcome.key.len()).max().unwrap_or_default();
    let mut text = String::from("Outcomes\n");
    for outcome in OUTCOMES {
        text.push_str(&wrap(&format!("  {:widest$}  {}", outcome.key, outcome.about), width, "      "));
        text.push('\n');
    }
    text.push_str("\nKeys\n");
    for table in tables().iter().filter(|table| !table.keys.is_empty()) {
        let names: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
        text.push_str(&wrap(&format!("  {}: {}", header(table), names.join(", ")), width, "      "));
        text.push('\n');
    }
    text
}

fn of_outcome(id: OutcomeId, plan: Option<Explained<'_>>, width: usize) -> String {
    let outcome = id.outcome();
    let own = COMPUTED.iter().find(|own| own.key == outcome.key);
    let mut lines = vec![format!("{} ({}): an outcome", outcome.title, outcome.key)];
    lines.push(format!("{}.", capital(outcome.about)));
    lines.extend(own.map(|own| format!("Computed: {}.", own.formula)));
    lines.push(format!(
        "Unit: {}. {}.",
        unit(outcome),
        if outcome.is_cost() { "Less is better" } else { "More is better" }
    ));
    if outcome.needs_margin {
        lines.push("It needs gross_margin in [finance].".into());
    }
    lines.push("Model: section 10, docs/model/money.md.".into());
    lines.extend(own.filter(|own| !own.usual.is_empty()).map(|own| format!("Usual: {}.", own.usual)));
    if let Some(plan) = plan {
        let stats = plan.outcomes.iter().find(|(own, _)| *own == id).map(|(_, stats)| stats);
        lines.push(stats.map_or_else(
            || format!("In {}: it has no value.", plan.scenario.title()),
            |stats| value(outcome, stats, plan.scenario),
        ));
    }
    lines.iter().map(|line| wrap(line, width, "  ")).collect::<Vec<_>>().join("\n")
}

fn unit(outcome: &Outcome) -> &'static str {
    match outcome.unit {
        Unit::Money => "money",
        Unit::Count => "a count",
        Unit::Ratio => "a ratio",
    }
}

/// What an outcome is in a plan.
fn value(outcome: &Outcome, stats: &Stats, scenario: &Scenario) -> String {
    if stats.defined == 0.0 {
        return format!("In {}: no simulated future has this figure.", scenario.title());
    }
    let level = |level: f64| ratios::percentile(outcome, stats, level, 1.0, 0.0);
    let mean = ratios::headline(outcome, stats, 1.0, 0.0);
    let mean = match outcome.unit {
        Unit::Money => Currency(&scenario.currency).with(&mean),
        Unit::Count | Unit::Ratio => mean,
    };
    format!("In {}: P10 {}, P50 {}, P90 {}, mean {mean}.", scenario.title(), level(0.1), level(0.5), level(0.9))
}

/// The keys that a name means: alone, or at the end of a path.
fn of_keys(name: &str, plan: Option<Explained<'_>>, width: usize) -> Vec<String> {
    let (headers, key) = match name.rsplit_once('.') {
        Some((headers, key)) => (Some(headers.split('.').collect::<Vec<&str>>()), key),
        None => (None, name),
    };
    let leads_there = |table: &TableReference| {
        let parts: Vec<&str> = table.path.split('.').filter(|part| !part.is_empty()).collect();
        headers.as_ref().is_none_or(|headers| {
            headers.len() == parts.len() && headers.iter().zip(&parts).all(|(own, part)| own == part || *part == "NAME")
        })
    };
    // The same key in several tables is told once, where it says the same.
    let mut found: Vec<(&'static Key, Vec<TableReference>)> = Vec::new();
    for table in tables().into_iter().filter(leads_there) {
        let Some(&own) = table.keys.iter().find(|own| own.name == key) else { continue };
        match found.iter_mut().find(|(known, _)| std::ptr::eq(*known, own) || known.about == own.about) {
            Some((_, places)) => places.push(table),
            None => found.push((own, vec![table])),
        }
    }
    found.into_iter().map(|(key, places)| of_key(key, &places, plan, width)).collect()
}

fn of_key(key: &Key, places: &[TableReference], plan: Option<Explained<'_>>, width: usize) -> String {
    let headers: Vec<String> = places.iter().map(header).collect();
    let mut lines = vec![format!("{}: a key of {}", key.name, headers.join(", "))];
    lines.push(format!("{}.", capital(key.about)));
    let may_vary = if matches!(key.kind, Kind::Quantity { .. }) { ", may be uncertain" } else { "" };
    if !key.unit.is_empty() {
        lines.push(format!("Unit: {}{may_vary}.", key.unit));
    }
    if let Kind::Quantity { range, .. } | Kind::Certain { range, .. } | Kind::Whole { range } = key.kind {
        lines.push(format!("Allowed: {range}."));
    }
    lines.push(match key.default {
        Default::Required => "Required.".into(),
        Default::Unset => "Default: not set; nothing of the kind is assumed.".into(),
        Default::Number(number) => format!("Default: {}.", plain(number)),
        Default::Word(word) => format!("Default: {word}."),
    });
    if !key.example.is_empty() {
        lines.push(format!("Example: {} = {}", key.name, key.example));
    }
    lines.extend(section(places[0].path).map(|section| format!("Model: {section}.")));
    for table in places {
        let own = PUBLISHED.iter().filter(|own| own.is_of_table(table.path, table.kind, key.name));
        let of_kind = table.kind.map_or_else(String::new, |kind| format!(" ({kind})"));
        lines.extend(own.map(|own| format!("Usual{of_kind}: {} ({}).", own.range, own.source)));
    }
    if let Some(plan) = plan {
        lines.extend(in_plan(key, places, plan));
    }
    lines.iter().map(|line| wrap(line, width, "  ")).collect::<Vec<_>>().join("\n")
}

/// What the plan writes for a key, and how it was read.
fn in_plan(key: &Key, places: &[TableReference], plan: Explained<'_>) -> Vec<String> {
    let is_there = |path: &[String]| {
        places.iter().any(|table| {
            let parts: Vec<&str> = table.path.split('.').filter(|part| !part.is_empty()).collect();
            path.len() == parts.len() + 1 && path.iter().zip(&parts).all(|(own, part)| own == part || *part == "NAME")
        })
    };
    let own = plan
        .draft
        .figures()
        .into_iter()
        .filter(|figure| figure.path.last().is_some_and(|last| last == key.name) && is_there(&figure.path));
    let told: Vec<String> = own
        .map(|figure| {
            let input = plan.scenario.plan.parts.inputs.named(&figure.name).filter(|input| !input.hidden);
            let read = input.map_or_else(String::new, |input| {
                let Levels { p10, p50, p90 } = Levels::of(|level| crate::text::with_error(input.at(level), None));
                format!(": P10 {p10}, P50 {p50}, P90 {p90}")
            });
            format!("In {}: {} = {}{read}", plan.scenario.title(), figure.name, figure.written)
        })
        .collect();
    match told.is_empty() {
        true => vec![format!("In {}: not written.", plan.scenario.title())],
        false => told,
    }
}

/// A table as one writes its header, with its kind.
fn header(table: &TableReference) -> String {
    match (table.path, table.kind) {
        ("", _) => "the top of the file".into(),
        (path, Some(kind)) => format!("[{path}] of kind {kind}"),
        (path, None) => format!("[{path}]"),
    }
}

/// The section of the model that a table belongs to.
fn section(path: &str) -> Option<&'static str> {
    let first = path.trim_start_matches('[').split(['.', ']']).next().unwrap_or_default();
    Some(match first {
        "market" | "shocks" | "segments" => "section 2, docs/model/market.md",
        "promotions" | "brand" => "section 7, docs/model/promotions-and-brand.md",
        "channels" => "section 3, docs/model/channels.md",
        "nurture" | "online" => "section 4, docs/model/leads.md",
        "sales" => "section 5, docs/model/team.md",
        "deals" => "section 6, docs/model/deals.md",
        "customers" => "section 8, docs/model/customers.md",
        "rules" => "section 9, docs/model/rules.md",
        "finance" | "delivery" | "booked" => "section 10, docs/model/money.md",
        "horizon" => "section 0, docs/model.md",
        "simulation" | "correlations" => "section 1, docs/model/inputs.md",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_an_explanation_and_others_have_none() {
        for name in explained_names() {
            let text = explain(name, None, 80).unwrap_or_else(|| panic!("{name}"));
            assert!(text.contains(name), "{text}");
        }
        assert_eq!(explain("nothing_of_the_kind", None, 80), None);
        assert_eq!(explain("channels.search.quota", None, 80), None);
    }

    #[test]
    fn every_published_range_is_told_with_its_key() {
        let told: String = explained_names().filter_map(|name| explain(name, None, 10_000)).collect();
        for own in PUBLISHED {
            assert!(told.contains(&format!("{} ({}).", own.range, own.source)), "{}", own.name);
        }
    }

    #[test]
    fn a_path_means_the_key_of_its_table() {
        let text = explain("customers.repeat_rate", None, 80).unwrap_or_default();
        assert!(text.starts_with("repeat_rate: a key of [customers]"), "{text}");
        let text = explain("channels.search.cost_per_click", None, 200).unwrap_or_default();
        assert!(text.contains("[channels.NAME] of kind ppc") && text.contains("0.66 (shopping ads)"), "{text}");
    }
}
