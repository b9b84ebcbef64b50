//! A comparison as text for a terminal: the verdict first, then what it rests on.

use comfy_table::Table;

use crate::analysis::{Comparison, Contrast, Paired, PlanResult, Verdict};
use crate::model::outcomes::{OutcomeId, Unit};
use crate::scenario::Scenario;
use crate::text::{LOW_END, figure_and_margin, percent, shorten, with_error, wrap};

use super::super::aligned::table;
use super::super::ratios;
use super::super::remarks::LEAST_UNSPENT;
use super::super::words_changed;
use super::words::{self, BELOW_DIFFERENCES, ComparisonText};

/// The outcomes that every comparison tells, after the one that was asked for; profit leads.
const TOLD: [&str; 4] = ["profit", "profit_with_tail", "revenue", "cac"];

/// And those of them that are told in a sentence, beside what the plans are judged by.
const FURTHER: [&str; 2] = ["profit", "revenue"];

/// The whole text.
#[must_use]
pub fn text(scenario: &Scenario, comparison: &Comparison, outcome: OutcomeId, width: usize) -> String {
    let words = ComparisonText::of(scenario, comparison);
    let told = told(scenario, outcome);
    let paragraph = |text: String| wrap(&text, width, "");
    let mut parts = vec![words_changed::header(scenario, &words.subject(), width)];
    parts.extend(words.best(outcome).map(paragraph));
    let contrasts = || comparison.contrasts.iter().enumerate();
    for number in 0..comparison.contrasts.len() {
        let sentences = verdicts(&words, number, outcome, &told);
        parts.push(sentences.into_iter().map(paragraph).collect::<Vec<_>>().join("\n"));
    }
    // Figures of millions want so much room beside the names.
    parts.push(plans(comparison, outcome, &words, width.saturating_sub(60).clamp(12, 28)).to_string());
    parts.push(paragraph(LOW_END.to_owned()));
    let lacking: Vec<String> = lacking(&words, outcome).map(|remark| wrap(&remark, width, "  ")).collect();
    if !lacking.is_empty() {
        parts.push(lacking.join("\n"));
    }
    parts.extend(unspent(comparison, &words).map(paragraph));
    for (number, contrast) in contrasts() {
        if contrast.is_the_same() {
            continue;
        }
        let (title, table) = differences(&words, number, &told);
        parts.push(format!("{title}\n{table}"));
        let lines = beside_differences(&words, number, outcome);
        let lines: Vec<String> = lines.iter().map(|line| wrap(line, width, "  ")).collect();
        parts.push(lines.join("\n"));
    }
    if comparison.contrasts.iter().any(|contrast| !contrast.is_the_same()) {
        parts.push(wrap(BELOW_DIFFERENCES, width, ""));
    }
    parts.join("\n\n")
}

/// What is said of a plan beside the first: the verdict, and what else moves.
pub(super) fn verdicts(
    words: &ComparisonText<'_>,
    number: usize,
    outcome: OutcomeId,
    told: &[OutcomeId],
) -> Vec<String> {
    let judged = verdict_outcomes(words, outcome);
    let mut sentences: Vec<String> = judged.iter().filter_map(|&id| words.verdict(number, id)).collect();
    sentences.dedup();
    if !words.comparison.contrasts[number].is_the_same() {
        let is_further = |id: &OutcomeId| FURTHER.contains(&id.outcome().key) && !judged.contains(id);
        let further: Vec<OutcomeId> = told.iter().copied().filter(is_further).collect();
        sentences.extend(words.further(number, &further));
    }
    sentences
}

/// What is said below the table of differences of a plan: chances of targets, why it differs, what the common numbers do.
pub(super) fn beside_differences(words: &ComparisonText<'_>, number: usize, outcome: OutcomeId) -> Vec<String> {
    let contrast = &words.comparison.contrasts[number];
    let targets = contrast.targets.iter().enumerate();
    let mut lines: Vec<String> = targets.map(|(at, &shift)| words.target(number, at, shift)).collect();
    lines.extend(contrast.why.iter().filter_map(|why| words.why(why)));
    lines.extend(contrast.outcome(outcome).and_then(|paired| words.sharpness(paired)));
    lines
}

/// What is said of plans that lack the outcome in some futures.
pub(super) fn lacking(words: &ComparisonText<'_>, outcome: OutcomeId) -> impl Iterator<Item = String> {
    words.comparison.plans.iter().filter_map(move |plan| {
        let remark = ratios::remark(outcome.outcome(), plan.outcome(outcome)?, words.futures())?;
        Some(format!("{}: {remark}", plan.label))
    })
}

/// Money that a plan's channels can't spend on average, of every plan with more than a trace of it.
fn unspent(comparison: &Comparison, words: &ComparisonText<'_>) -> Option<String> {
    let mean =
        |plan: &PlanResult, key: &str| OutcomeId::named(key).and_then(|id| plan.outcome(id)).map(|stats| stats.mean);
    let of_plan = |plan: &PlanResult| {
        let (unspent, spent) = (mean(plan, "unspent")?, mean(plan, "marketing")?);
        (unspent > LEAST_UNSPENT * (unspent + spent))
            .then(|| format!("{} {}", plan.label, words.currency.with(&with_error(unspent, Some(1.0)))))
    };
    let plans: Vec<String> = comparison.plans.iter().filter_map(of_plan).collect();
    (!plans.is_empty()).then(|| format!("Money that channels can't spend, on average: {}.", plans.join(", ")))
}

/// The outcomes of the tables: those that every comparison tells and the plan has, and the one asked for.
pub(in crate::report) fn told(scenario: &Scenario, outcome: OutcomeId) -> Vec<OutcomeId> {
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

/// The outcomes of the verdict: the one asked for, and what plans are judged by.
fn verdict_outcomes(words: &ComparisonText<'_>, outcome: OutcomeId) -> Vec<OutcomeId> {
    let mut outcomes = vec![outcome, words.steering];
    outcomes.dedup();
    outcomes
}

fn titled(id: OutcomeId, words: &ComparisonText<'_>) -> String {
    let outcome = id.outcome();
    match outcome.unit {
        Unit::Money => words.currency.with(outcome.title),
        Unit::Count | Unit::Ratio => outcome.title.to_owned(),
    }
}

/// One outcome of every plan, a row each; names take at most so many columns.
pub(super) fn plans(comparison: &Comparison, outcome: OutcomeId, words: &ComparisonText<'_>, names: usize) -> Table {
    let title = titled(outcome, words);
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
            shorten(&plan.label, names),
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
    table
}

/// A plan less the first, an outcome a row; and what that is called.
pub(super) fn differences(words: &ComparisonText<'_>, number: usize, told: &[OutcomeId]) -> (String, Table) {
    let comparison = words.comparison;
    let contrast: &Contrast = &comparison.contrasts[number];
    let mut table = table(&["", "mean", "±", "P10", "P90", "better", "same", "worse"]);
    for &id in told {
        let Some(paired) = contrast.outcome(id).filter(|paired| paired.difference.defined > 0.0) else {
            continue;
        };
        let Paired { difference, better, worse, same, .. } = paired;
        let change = paired.change();
        let (mean, margin) = figure_and_margin(change.mean, change.margin());
        let mean = if paired.verdict() == Verdict::TooClose { format!("≈ {mean}") } else { mean };
        table.add_row([
            words::row(id.outcome()),
            mean,
            margin.unwrap_or_else(|| if change.error.is_some() { "0".into() } else { "–".into() }),
            with_error(difference.p10(), difference.margin(0.10)),
            with_error(difference.p90(), difference.margin(0.90)),
            percent(better.probability),
            percent(*same),
            percent(worse.probability),
        ]);
    }
    let unit = match words.currency.with("").trim() {
        "" => String::new(),
        code => format!(", {code}"),
    };
    let [base, plan] = [0, number + 1].map(|at| &comparison.plans[at].label);
    (format!("{plan} minus {base}{unit}"), table)
}
