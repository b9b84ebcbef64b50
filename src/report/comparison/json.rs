//! `summary.json` of a comparison, from what it found.

use crate::analysis::{Comparison, Contender, Contrast, Estimate, Paired, PlanResult, Verdict, Waterfall};
use crate::model::outcomes::OutcomeId;

use super::super::json::{outcomes, scenario, targets};
use super::super::summary::{
    BestPlan, ComparisonSummary, DifferenceSummary, Named, PairedSummary, PartSummary, PlanSummary, ShiftSummary,
    WaterfallSummary, figure,
};

/// The summary of a comparison that took `seconds`.
#[must_use]
pub fn summary(plans: &[Contender], comparison: &Comparison, seconds: f64) -> ComparisonSummary {
    let of_plans = plans.iter().zip(&comparison.plans).map(|(plan, result)| PlanSummary {
        label: plan.label.clone(),
        scenario: scenario(&plan.scenario),
        outcomes: outcomes(&result.outcomes),
        targets: targets(&result.targets),
    });
    let further = comparison.plans[1..].iter().zip(&comparison.contrasts);
    ComparisonSummary {
        version: 1,
        runs: comparison.runs,
        seed: comparison.seed,
        seconds: figure(seconds),
        plans: of_plans.collect(),
        best: best(comparison),
        differences: further.map(|(plan, contrast)| difference(&comparison.plans[0], plan, contrast)).collect(),
    }
}

/// Which plan is best in each outcome.
fn best(comparison: &Comparison) -> Named<BestPlan> {
    let label = |at: usize| comparison.plans[at].label.clone();
    let of_outcome = |id: OutcomeId| {
        let ranking = comparison.ranking(id)?;
        let alike = ranking.alike.iter().map(|&at| label(at)).collect();
        Some((key(id), BestPlan { plan: ranking.best().map(label), alike }))
    };
    OutcomeId::all().filter_map(of_outcome).collect()
}

fn difference(base: &PlanResult, plan: &PlanResult, contrast: &Contrast) -> DifferenceSummary {
    let outcomes = contrast.outcomes.iter().map(|(id, own)| (key(*id), paired(own, contrast.low_end(*id))));
    let targets = base.targets.iter().zip(&contrast.targets);
    DifferenceSummary {
        plan: plan.label.clone(),
        against: base.label.clone(),
        same: contrast.is_the_same(),
        outcomes: outcomes.collect(),
        targets: targets.map(|(target, own)| (key(target.outcome), shift(own.change, own.verdict))).collect(),
        waterfall: contrast.why.iter().map(|split| (key(split.outcome), split.into())).collect(),
    }
}

fn paired(paired: &Paired, low_end: Option<Estimate>) -> PairedSummary {
    let higher_is_better = !paired.outcome.outcome().is_cost();
    PairedSummary {
        difference: (&paired.difference).into(),
        better: paired.better.into(),
        same: figure(paired.same),
        worse: paired.worse.into(),
        low_end: low_end.map(|low_end| shift(low_end, Verdict::of(low_end, higher_is_better))),
        variance_reduction: paired.variance_reduction.and_then(figure),
        verdict: paired.verdict(),
        ratio_of_means: paired.of_ratios.map(|of_ratios| shift(of_ratios, paired.verdict())),
    }
}

fn shift(shift: Estimate, verdict: Verdict) -> ShiftSummary {
    ShiftSummary { by: figure(shift.mean), se: shift.error.and_then(figure), verdict }
}

impl From<&Waterfall> for WaterfallSummary {
    fn from(waterfall: &Waterfall) -> Self {
        let parts = waterfall.parts.iter().map(|part| PartSummary {
            change: part.name.clone(),
            mean: figure(part.mean),
            se: part.error.and_then(figure),
            clear: part.is_clear(),
        });
        Self {
            from: figure(waterfall.base),
            to: figure(waterfall.plan),
            parts: parts.collect(),
            every_order: waterfall.exact,
            largest: waterfall.largest.map(|at| waterfall.parts[at].name.clone()),
        }
    }
}

fn key(id: OutcomeId) -> &'static str {
    id.outcome().key
}
