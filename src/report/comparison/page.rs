//! The page of a comparison.

use crate::analysis::{Comparison, Contender, PlanResult};
use crate::model::outcomes::OutcomeId;
use crate::scenario::{RawPlan, Scenario, changes};
use crate::text::{LOW_END, capital, percent, shorten};

use super::super::aligned::table;
use super::super::key_figures::KeyFigure;
use super::super::page::{Block, Made, Page, Section, inputs_section};
use super::super::{ratios, words, words_changed};
use super::charts::pictures;
use super::text::{beside_differences, differences, lacking, plans, told, verdicts};
use super::words::{BELOW_DIFFERENCES, ComparisonText, the};

/// Names in a page have room.
const LONGEST_NAME: usize = 80;

/// More changes than these are left to the plans' texts.
const MOST_CHANGES: usize = 60;

/// A longer value is cut.
const LONGEST_VALUE: usize = 60;

/// The page of a comparison; `plans` are what was compared, the first the one that others are held against.
#[must_use]
pub fn page(compared: &[Contender], comparison: &Comparison, outcome: OutcomeId, made: &Made) -> Page {
    let [base, ..] = compared else { return Page::default() };
    let scenario = &base.scenario;
    let words = ComparisonText::of(scenario, comparison);
    let told = told(scenario, outcome);
    let leading = shown_first(comparison, outcome);
    let mut sections = vec![side_by_side(scenario, comparison, outcome, &words)];
    sections.push(apart(scenario, comparison, outcome, &words, &told));
    sections.push(what_differs(compared));
    sections.push(inputs_section(scenario, &base.draft));
    sections.push(made.section(scenario));
    let names = comparison.plans.iter().map(|plan| plan.label.clone());
    Page {
        title: match comparison.plans.as_slice() {
            [base, plan] => format!("{} or {}", capital(&the(&plan.label)), the(&base.label)),
            plans => format!("{}: {} plans", scenario.title(), plans.len()),
        },
        subject: words.subject(),
        changed: words_changed::changes(&scenario.changed),
        answer: opening(&words, outcome, &told),
        figures: figures(comparison, outcome, &words, &leading),
        plans: names.collect(),
        sections,
        foot: made.foot(scenario),
    }
}

/// The sentences that open a report. Of many plans they tell of the best one; the others stand further down.
fn opening(words: &ComparisonText<'_>, outcome: OutcomeId, told: &[OutcomeId]) -> Vec<String> {
    let leading = shown_first(words.comparison, outcome);
    let told_first = leading.iter().find(|&&at| at > 0).map(|&at| at - 1);
    let verdicts = told_first.into_iter().flat_map(|number| verdicts(words, number, outcome, told));
    words.best(outcome).into_iter().chain(verdicts).collect()
}

/// What was compared, and the sentences that open a report.
pub(in crate::report) fn answer(
    scenario: &Scenario,
    comparison: &Comparison,
    outcome: OutcomeId,
) -> (String, Vec<String>) {
    let words = ComparisonText::of(scenario, comparison);
    let answer = opening(&words, outcome, &told(scenario, outcome));
    (words.subject(), answer)
}

/// How more plans than these do is left to the tables.
const MOST_FIGURES: usize = 3;

/// The plans that are told first: the first one, and those of the best means.
fn shown_first(comparison: &Comparison, outcome: OutcomeId) -> Vec<usize> {
    let worth = |at: usize| {
        let mean = comparison.plans[at].outcome(outcome).map_or(f64::NAN, crate::engine::Stats::headline);
        let worth = if outcome.outcome().is_cost() { -mean } else { mean };
        if worth.is_nan() { f64::NEG_INFINITY } else { worth }
    };
    let mut others: Vec<usize> = (1..comparison.plans.len()).collect();
    others.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)));
    others.truncate(MOST_FIGURES - 1);
    std::iter::once(0).chain(others).collect()
}

/// What these plans bring of the outcome, and how likely they meet the target.
fn figures(comparison: &Comparison, outcome: OutcomeId, words: &ComparisonText<'_>, shown: &[usize]) -> Vec<KeyFigure> {
    let of_plan = |(at, plan): (usize, &PlanResult)| {
        let stats = plan.outcome(outcome)?;
        let level = |level: f64| ratios::percentile(outcome.outcome(), stats, level, 1.0, 0.0);
        let mean = ratios::headline(outcome.outcome(), stats, 1.0, 0.0);
        let target = plan.targets.iter().find(|target| target.outcome == outcome).or(plan.targets.first());
        let chance = target.map_or_else(String::new, |target| {
            let name = words::target_name(target, words.currency);
            format!("; {}: {} chance", name, percent(target.chance.probability))
        });
        let remark = words.remark(at, outcome);
        Some(KeyFigure {
            name: format!("{}: mean {} {remark}", capital(&plan.label), crate::text::lower(outcome.outcome().title)),
            figure: words.unit(outcome.outcome(), &mean),
            beside: format!("{} (P10) to {} (P90){chance}", level(0.1), level(0.9)),
        })
    };
    shown.iter().map(|&at| (at, &comparison.plans[at])).filter_map(of_plan).collect()
}

fn side_by_side(
    scenario: &Scenario,
    comparison: &Comparison,
    outcome: OutcomeId,
    words: &ComparisonText<'_>,
) -> Section {
    let mut blocks = Vec::new();
    blocks.extend(Block::table("The plans", &plans(comparison, outcome, words, LONGEST_NAME)));
    blocks.push(Block::small(LOW_END));
    blocks.extend(lacking(words, outcome).map(Block::small));
    let all = pictures(scenario, comparison, outcome).into_iter();
    blocks.extend(all.filter(|picture| picture.plan.is_none()).map(|picture| Block::chart(picture.drawing)));
    Section::of("plans", "Side by side", blocks)
}

fn apart(
    scenario: &Scenario,
    comparison: &Comparison,
    outcome: OutcomeId,
    words: &ComparisonText<'_>,
    told: &[OutcomeId],
) -> Section {
    let mut blocks = Vec::new();
    let mut drawn = pictures(scenario, comparison, outcome);
    for (number, contrast) in comparison.contrasts.iter().enumerate() {
        let plan = number + 1;
        let mut own: Vec<Block> = Vec::new();
        if comparison.contrasts.len() > 1 {
            own.extend(verdicts(words, number, outcome, told).into_iter().map(Block::text));
        }
        if !contrast.is_the_same() {
            let (title, table) = differences(words, number, told);
            own.extend(Block::table(title, &table));
            own.extend(Block::list(beside_differences(words, number, outcome)));
        }
        own.extend(drawn.extract_if(.., |picture| picture.plan == Some(plan)).map(|own| Block::chart(own.drawing)));
        blocks.extend(own.into_iter().map(|block| block.of_plan(plan)));
    }
    blocks.push(Block::small(BELOW_DIFFERENCES));
    Section::of("differences", "What the difference is", blocks)
}

/// What each plan has that the first has not.
fn what_differs(compared: &[Contender]) -> Section {
    let [base, others @ ..] = compared else { return Section::of("changes", "What was changed", Vec::new()) };
    let mut blocks = Vec::new();
    for (at, plan) in others.iter().enumerate() {
        let mut table = table(&["figure", &base.label, &plan.label]);
        for (figure, was, is) in changed_figures(base, plan).into_iter().take(MOST_CHANGES) {
            table.add_row([figure, was, is]);
        }
        let title = format!("{} against {}", capital(&plan.label), the(&base.label));
        blocks.extend(Block::table(title, &table).map(|block| block.of_plan(at + 1)));
    }
    Section::of("changes", "What was changed", blocks)
}

/// Every figure that a plan has otherwise than another: its name, what the other has, what the plan has.
pub(in crate::report) fn changed_figures(base: &Contender, plan: &Contender) -> Vec<(String, String, String)> {
    let paths = changes(&base.draft, &plan.draft).into_iter().flat_map(|group| group.paths);
    let of_path = |path: Vec<String>| {
        let written =
            |plan: &RawPlan| plan.written(&path).map_or_else(|| "–".to_owned(), |text| shorten(&text, LONGEST_VALUE));
        (path.join(" › "), written(&base.draft), written(&plan.draft))
    };
    paths.map(of_path).collect()
}
