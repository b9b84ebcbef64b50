//! The tables of a comparison: plans, differences, draws.

use crate::analysis::{Comparison, Estimate, Paired, PlanResult, Verdict};
use crate::engine::{Stats, TargetForecast};
use crate::model::outcomes::OutcomeId;
use crate::scenario::Scenario;

use super::{Counted, Sheet, Tables, numbers, texts};

impl Tables {
    /// Every table of a comparison; `scenario` is the plan that the others are held against.
    #[must_use]
    pub fn of_comparison(scenario: &Scenario, comparison: &Comparison) -> Self {
        Self::of(scenario, vec![plans(comparison), differences(comparison), draws(comparison)])
    }
}

/// A row a plan and outcome.
fn plans(comparison: &Comparison) -> Sheet {
    struct Row<'c> {
        plan: &'c PlanResult,
        id: OutcomeId,
        stats: &'c Stats,
        target: Option<&'c TargetForecast>,
    }
    let mut rows: Vec<Row<'_>> = Vec::new();
    for plan in &comparison.plans {
        rows.extend(plan.outcomes.iter().map(|(id, stats)| {
            let target = plan.targets.iter().find(|target| target.outcome == *id);
            Row { plan, id: *id, stats, target }
        }));
    }
    let stats = |about: &str, name: &str, counted: Counted, read: fn(&Stats) -> f64| {
        numbers(name, counted, about, rows.iter().map(|row| read(row.stats)))
    };
    let any = Counted::Nothing;
    let own = "in the unit of the outcome";
    let columns = vec![
        texts(
            "plan",
            "the plan; the first is the one that the others are held against",
            rows.iter().map(|row| row.plan.label.clone()),
        ),
        texts("outcome", "the key of the outcome", rows.iter().map(|row| row.id.outcome().key.to_owned())),
        stats(&format!("mean, of a ratio the ratio of the means; {own}"), "mean", any, Stats::headline),
        stats("standard error of it", "se", any, |stats| stats.headline_error().unwrap_or(f64::NAN)),
        stats("standard deviation", "sd", any, |stats| stats.sd),
        stats("the low end: 1 of 10 draws lies below", "p10", any, Stats::p10),
        stats("the middle", "p50", any, Stats::p50),
        stats("the high end: 9 of 10 draws lie below", "p90", any, Stats::p90),
        stats("share of draws that have the figure", "defined", Counted::Share, |stats| stats.defined),
        numbers("target", any, own, rows.iter().map(|row| row.target.map_or(f64::NAN, |target| target.target))),
        numbers(
            "chance",
            Counted::Share,
            "share of draws that meet the target",
            rows.iter().map(|row| row.target.map_or(f64::NAN, |target| target.chance.probability)),
        ),
    ];
    Sheet { name: "plans", about: "A row a plan and outcome.".into(), columns }
}

/// A row a plan and outcome: how it differs from the first plan.
pub(in crate::report) fn differences(comparison: &Comparison) -> Sheet {
    let further = || comparison.plans[1..].iter().zip(&comparison.contrasts);
    let rows: Vec<(&str, &Paired)> = further()
        .flat_map(|(plan, contrast)| contrast.outcomes.iter().map(|(_, paired)| (&*plan.label, paired)))
        .collect();
    let figure = |name: &str, counted: Counted, about: &str, read: fn(&Paired) -> f64| {
        numbers(name, counted, about, rows.iter().map(|(_, paired)| read(paired)))
    };
    let any = Counted::Nothing;
    let change: fn(&Paired) -> Estimate = |paired| paired.change();
    let error = numbers(
        "se",
        any,
        "standard error of it",
        rows.iter().map(|(_, paired)| change(paired).error.unwrap_or(f64::NAN)),
    );
    let columns = vec![
        texts("plan", "the plan, held against the first", rows.iter().map(|(plan, _)| (*plan).to_owned())),
        texts(
            "outcome",
            "the key of the outcome",
            rows.iter().map(|(_, paired)| paired.outcome.outcome().key.to_owned()),
        ),
        figure("change", any, "the plan's figure less that of the first, on average", |paired| paired.change().mean),
        error,
        figure("p10", any, "P10 of the difference, draw by draw", |paired| paired.difference.p10()),
        figure("p50", any, "P50 of it", |paired| paired.difference.p50()),
        figure("p90", any, "P90 of it", |paired| paired.difference.p90()),
        figure("better", Counted::Share, "share of draws in which the plan is better", |paired| {
            paired.better.probability
        }),
        figure("worse", Counted::Share, "share of draws in which it is worse", |paired| paired.worse.probability),
        texts(
            "verdict",
            "what can be told from the simulation's error",
            rows.iter().map(|(_, paired)| word(paired.verdict())),
        ),
    ];
    Sheet {
        name: "differences",
        about: "A row a plan and outcome: how it differs from the first plan, in the same futures.".into(),
        columns,
    }
}

/// The word of a verdict, as `summary.json` has it.
fn word(verdict: Verdict) -> String {
    serde_json::to_value(verdict).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A row a plan and draw; equal numbers of draws are the same future.
fn draws(comparison: &Comparison) -> Sheet {
    let plans = &comparison.plans;
    let label =
        |plan: &PlanResult| std::iter::repeat_n(plan.label.clone(), plan.draws.count() as usize).collect::<Vec<_>>();
    let number = |plan: &PlanResult| plan.draws.range.clone().map(|draw| draw as f64).collect::<Vec<_>>();
    let mut columns = vec![
        texts("plan", "the plan", plans.iter().flat_map(label)),
        numbers(
            "draw",
            Counted::Nothing,
            "number of the draw, from 0; the same number is the same luck for every plan",
            plans.iter().flat_map(number),
        ),
    ];
    for id in plans.first().into_iter().flat_map(|plan| plan.draws.outcomes.iter().copied()) {
        let outcome = id.outcome();
        let values = plans.iter().flat_map(|plan| plan.draws.column(id).unwrap_or_default().iter().copied());
        columns.push(numbers(outcome.key, outcome.unit.into(), outcome.about, values));
    }
    Sheet { name: "draws", about: "A row a plan and draw: a simulated future with its outcomes.".into(), columns }
}
