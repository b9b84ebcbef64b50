//! `summary.json` of a comparison.

use serde_json::{Map, Value, json};

use crate::analysis::{Comparison, Contender, Contrast, Estimate, Paired, PlanResult, Waterfall};
use crate::engine::Chance;
use crate::model::outcomes::OutcomeId;

use super::super::json::{figure, outcomes, scenario, targets, with_errors};

/// The summary of a comparison that took `seconds`.
#[must_use]
pub fn summary(plans: &[Contender], comparison: &Comparison, seconds: f64) -> Value {
    let of_plans = plans.iter().zip(&comparison.plans);
    let further = comparison.plans[1..].iter().zip(&comparison.contrasts);
    json!({
        "version": 1,
        "runs": comparison.runs,
        "seed": comparison.seed,
        "seconds": figure(seconds),
        "plans": of_plans.map(|(plan, result)| json!({
            "label": plan.label,
            "scenario": scenario(&plan.scenario),
            "outcomes": outcomes(&result.outcomes),
            "targets": targets(&result.targets),
        })).collect::<Vec<_>>(),
        "differences": further
            .map(|(plan, contrast)| difference(&comparison.plans[0], plan, contrast))
            .collect::<Vec<_>>(),
    })
}

fn difference(base: &PlanResult, plan: &PlanResult, contrast: &Contrast) -> Value {
    let outcomes: Map<String, Value> = contrast
        .outcomes
        .iter()
        .map(|(id, of_outcome)| (key(*id), paired(of_outcome, contrast.low_end(*id))))
        .collect();
    let targets: Map<String, Value> = base
        .targets
        .iter()
        .zip(&contrast.targets)
        .map(|(target, of_target)| (key(target.outcome), shift(*of_target)))
        .collect();
    let why: Map<String, Value> = contrast.why.iter().map(|split| (key(split.outcome), waterfall(split))).collect();
    json!({
        "plan": plan.label,
        "against": base.label,
        "same": contrast.is_the_same(),
        "outcomes": outcomes,
        "targets": targets,
        "waterfall": why,
    })
}

fn paired(paired: &Paired, low_end: Option<Estimate>) -> Value {
    let mut value = json!({
        "difference": with_errors(&paired.difference),
        "better": chance(&paired.better),
        "same": figure(paired.same),
        "worse": chance(&paired.worse),
        "low_end": low_end.map(shift),
        "sharper": paired.sharper.map(figure),
    });
    if let Some(of_ratios) = paired.of_ratios {
        value["ratio_of_means"] = shift(of_ratios);
    }
    value
}

fn chance(chance: &Chance) -> Value {
    json!({
        "probability": figure(chance.probability),
        "low": figure(chance.low),
        "high": figure(chance.high),
    })
}

fn shift(shift: Estimate) -> Value {
    json!({ "by": figure(shift.mean), "se": shift.error.map(figure) })
}

fn waterfall(waterfall: &Waterfall) -> Value {
    let parts = waterfall
        .parts
        .iter()
        .map(|part| json!({ "change": part.name, "mean": figure(part.mean), "se": part.error.map(figure) }));
    json!({
        "from": figure(waterfall.base),
        "to": figure(waterfall.plan),
        "parts": parts.collect::<Vec<_>>(),
        "every_order": waterfall.exact,
    })
}

fn key(id: OutcomeId) -> String {
    id.outcome().key.to_owned()
}
