//! `summary.json` of a comparison.

use serde_json::{Map, Value, json};

use crate::analysis::{
    Comparison, Contender, Contrast, Estimate, Paired, PlanResult, Ranking, TargetShift, Verdict, Waterfall,
};
use crate::model::outcomes::OutcomeId;

use super::super::json::{outcomes, scenario, targets};
use super::super::summary::{ChanceSummary, OutcomeSummary, figure};

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
        "best": best(comparison),
        "differences": further
            .map(|(plan, contrast)| difference(&comparison.plans[0], plan, contrast))
            .collect::<Vec<_>>(),
    })
}

/// Which plan is best in each outcome: its label where it can be told from all others, and those that can't be told from the
/// one with the best mean.
fn best(comparison: &Comparison) -> Value {
    let label = |at: usize| comparison.plans[at].label.as_str();
    let of_outcome = |id: OutcomeId| {
        let ranking: Ranking = comparison.ranking(id)?;
        let alike: Vec<&str> = ranking.alike.iter().map(|&at| label(at)).collect();
        Some((key(id), json!({ "plan": ranking.best().map(label), "alike": alike })))
    };
    Value::Object(OutcomeId::all().filter_map(of_outcome).collect())
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
        .map(|(target, of_target)| (key(target.outcome), target_shift(*of_target)))
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
    let higher_is_better = !paired.outcome.outcome().is_cost();
    let mut value = json!({
        "difference": OutcomeSummary::from(&paired.difference),
        "better": ChanceSummary::from(paired.better),
        "same": figure(paired.same),
        "worse": ChanceSummary::from(paired.worse),
        "low_end": low_end.map(|low_end| shift(low_end, Verdict::of(low_end, higher_is_better))),
        "variance_reduction": paired.variance_reduction.map(figure),
        "verdict": paired.verdict().key(),
    });
    if let Some(of_ratios) = paired.of_ratios {
        value["ratio_of_means"] = shift(of_ratios, paired.verdict());
    }
    value
}

fn target_shift(target: TargetShift) -> Value {
    shift(target.change, target.verdict)
}

fn shift(shift: Estimate, verdict: Verdict) -> Value {
    json!({ "by": figure(shift.mean), "se": shift.error.map(figure), "verdict": verdict.key() })
}

fn waterfall(waterfall: &Waterfall) -> Value {
    let parts = waterfall
        .parts
        .iter()
        .map(|part| json!({ "change": part.name, "mean": figure(part.mean), "se": part.error.map(figure), "clear": part.is_clear() }));
    json!({
        "from": figure(waterfall.base),
        "to": figure(waterfall.plan),
        "parts": parts.collect::<Vec<_>>(),
        "every_order": waterfall.exact,
        "largest": waterfall.largest.map(|at| waterfall.parts[at].name.as_str()),
    })
}

fn key(id: OutcomeId) -> String {
    id.outcome().key.to_owned()
}
