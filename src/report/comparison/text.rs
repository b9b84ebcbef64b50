//! A comparison as text for a terminal: the verdict first, then what it rests on.

use crate::analysis::{Comparison, Contrast, Paired};
use crate::model::outcomes::{OutcomeId, Unit};
use crate::scenario::Scenario;
use crate::text::{LOW_END, error_digits, percent, shorten, with_error, wrap};

use super::super::ratios;
use super::super::tables::table;
use super::super::words_changed;
use super::words::{self, BELOW_DIFFERENCES, Teller, subject};

/// The outcomes that every comparison tells, after the one that was asked for.
const TOLD: [&str; 4] = ["revenue", "profit", "profit_with_tail", "cac"];

/// The whole text.
#[must_use]
pub fn text(scenario: &Scenario, comparison: &Comparison, outcome: OutcomeId, width: usize) -> String {
    let teller = Teller::of(scenario);
    let base = &comparison.plans[0];
    let told = told(scenario, outcome);
    let mut parts = vec![words_changed::header(scenario, &subject(scenario, comparison), width)];
    for (plan, contrast) in comparison.plans[1..].iter().zip(&comparison.contrasts) {
        let mut sentences: Vec<String> = verdict_outcomes(scenario, outcome)
            .filter_map(|id| teller.verdict(&base.label, &plan.label, contrast, id))
            .map(|sentence| wrap(&sentence, width, ""))
            .collect();
        sentences.dedup();
        parts.push(sentences.join("\n"));
    }
    parts.push(plans(comparison, outcome, &teller, width));
    parts.push(wrap(LOW_END, width, ""));
    let lacking = comparison.plans.iter().filter_map(|plan| {
        let remark = ratios::remark(outcome.outcome(), plan.outcome(outcome)?, teller.futures)?;
        Some(wrap(&format!("{}: {remark}", plan.label), width, "  "))
    });
    let lacking: Vec<String> = lacking.collect();
    if !lacking.is_empty() {
        parts.push(lacking.join("\n"));
    }
    for (plan, contrast) in comparison.plans[1..].iter().zip(&comparison.contrasts) {
        if contrast.is_the_same() {
            continue;
        }
        parts.push(differences(&base.label, &plan.label, contrast, &told, &teller));
        let targets = contrast.targets.iter().enumerate();
        let mut lines: Vec<String> = targets.map(|(at, &shift)| teller.target(base, plan, at, shift)).collect();
        lines.extend(contrast.why.iter().filter_map(|why| teller.why(why)));
        let sharpness = contrast.outcome(outcome).and_then(|paired| teller.sharpness(paired));
        lines.extend(sharpness);
        let lines: Vec<String> = lines.iter().map(|line| wrap(line, width, "  ")).collect();
        parts.push(lines.join("\n"));
    }
    if comparison.contrasts.iter().any(|contrast| !contrast.is_the_same()) {
        parts.push(wrap(BELOW_DIFFERENCES, width, ""));
    }
    parts.join("\n\n")
}

/// The outcomes of the tables: those that every comparison tells and the plan has, and the one asked for.
fn told(scenario: &Scenario, outcome: OutcomeId) -> Vec<OutcomeId> {
    let parts = &scenario.plan.parts;
    let has = |id: &OutcomeId| {
        let outcome = id.outcome();
        (!outcome.needs_margin || parts.finance.gross_margin.is_some())
            && (outcome.key != "profit_with_tail" || parts.horizon.tail > 0)
    };
    let mut told: Vec<OutcomeId> = TOLD.iter().filter_map(|key| OutcomeId::named(key)).filter(has).collect();
    if !told.contains(&outcome) {
        told.insert(0, outcome);
    }
    told
}

/// The outcomes of the verdict: the one asked for, and what is left of it in the end.
fn verdict_outcomes(scenario: &Scenario, outcome: OutcomeId) -> impl Iterator<Item = OutcomeId> {
    let mut told = told(scenario, outcome).into_iter();
    let profit = told.rfind(|id| id.outcome().needs_margin);
    let further = profit.filter(|id| *id != outcome);
    [outcome].into_iter().chain(further)
}

fn titled(id: OutcomeId, teller: &Teller<'_>) -> String {
    let outcome = id.outcome();
    match outcome.unit {
        Unit::Money => teller.currency.with(outcome.title),
        Unit::Count | Unit::Ratio => outcome.title.to_owned(),
    }
}

/// One outcome of every plan, a row each.
fn plans(comparison: &Comparison, outcome: OutcomeId, teller: &Teller<'_>, width: usize) -> String {
    let title = titled(outcome, teller);
    let chance = comparison.plans[0].targets.iter().any(|target| target.outcome == outcome);
    let mut header = vec![title.as_str(), "P10", "P50", "P90", "mean", "±"];
    if chance {
        header.push("target");
    }
    let mut table = table(&header);
    for plan in &comparison.plans {
        let Some(stats) = plan.outcome(outcome) else {
            continue;
        };
        let told = |level: f64| ratios::percentile(outcome.outcome(), stats, level, 1.0, 0.0);
        let mut row = vec![
            // Figures of millions want so much room beside it.
            shorten(&plan.label, width.saturating_sub(60).clamp(12, 28)),
            told(0.10),
            told(0.50),
            told(0.90),
            ratios::headline(outcome.outcome(), stats, 1.0, 0.0),
            ratios::margin(outcome.outcome(), stats, 1.0, 0.0),
        ];
        let target = plan.targets.iter().find(|target| target.outcome == outcome);
        row.extend(target.map(|target| percent(target.chance.probability)));
        table.add_row(row);
    }
    table.to_string()
}

/// A plan less the first, an outcome a row.
fn differences(base: &str, plan: &str, contrast: &Contrast, told: &[OutcomeId], teller: &Teller<'_>) -> String {
    let mut table = table(&["", "mean", "±", "P10", "P90", "better", "same", "worse"]);
    for &id in told {
        let Some(paired) = contrast.outcome(id).filter(|paired| paired.difference.defined > 0.0) else {
            continue;
        };
        let Paired { difference, better, worse, same, .. } = paired;
        let change = paired.change();
        let margin = change.margin();
        table.add_row([
            words::row(id.outcome()),
            with_error(change.mean, margin),
            margin.map_or_else(|| "–".into(), error_digits),
            with_error(difference.p10(), difference.margin(0.10)),
            with_error(difference.p90(), difference.margin(0.90)),
            percent(better.probability),
            percent(*same),
            percent(worse.probability),
        ]);
    }
    let unit = teller.currency.with("");
    let unit = match unit.trim() {
        "" => String::new(),
        code => format!(", {code}"),
    };
    format!("{plan} less {base}{unit}\n{table}")
}
