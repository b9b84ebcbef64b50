//! The charts of a comparison, in the formats that were asked for.

use crate::analysis::{Comparison, Contrast, PlanResult, Waterfall, differences};
use crate::charts::{self, Drawing, Measure, PngError};
use crate::engine::T31;
use crate::model::outcomes::OutcomeId;
use crate::scenario::Scenario;

use super::super::charts::{ChartOptions, Origin, measure, write};

/// Draws every chart: the name of each file and its bytes.
///
/// # Errors
///
/// When a picture could not be packed.
pub fn draw(
    scenario: &Scenario,
    comparison: &Comparison,
    outcome: OutcomeId,
    options: &ChartOptions<'_>,
) -> Result<Vec<(String, Vec<u8>)>, PngError> {
    if options.formats.is_empty() {
        return Ok(Vec::new());
    }
    let measure = measure(scenario, outcome.outcome());
    let base = &comparison.plans[0];
    let origin = Origin { scenario, seed: comparison.seed, draws: comparison.runs };
    let mut files = write("plans", plans(comparison, outcome, measure), origin, options)?;
    files.extend(write("dumbbell", dumbbell(comparison, outcome, measure), origin, options)?);
    let further = comparison.plans[1..].iter().zip(&comparison.contrasts);
    for (number, (plan, contrast)) in further.enumerate() {
        // Of two plans there is one difference; of more each is called by its plan.
        let name = |chart: &str| match comparison.contrasts.len() {
            1 => chart.to_owned(),
            _ => format!("{chart}-{}", file_name(&plan.label, number + 1)),
        };
        let drawing = difference(base, plan, outcome, measure);
        files.extend(write(&name("difference"), drawing, origin, options)?);
        if let Some(why) = why(contrast, outcome) {
            let drawing = waterfall(base, plan, why, measure);
            files.extend(write(&name("waterfall"), drawing, origin, options)?);
        }
    }
    Ok(files)
}

fn plans(comparison: &Comparison, outcome: OutcomeId, measure: Measure<'_>) -> Drawing {
    let mut targets = comparison.plans[0].targets.iter();
    let rows: Vec<charts::PlanDraws<'_>> = comparison
        .plans
        .iter()
        .map(|plan| charts::PlanDraws { name: &plan.label, draws: plan.draws.column(outcome).unwrap_or_default() })
        .collect();
    charts::plans::draw(&charts::Plans {
        measure,
        target: targets.find(|target| target.outcome == outcome).map(|target| target.target),
        rows: &rows,
    })
}

fn dumbbell(comparison: &Comparison, outcome: OutcomeId, measure: Measure<'_>) -> Drawing {
    let rows: Vec<charts::Dumbbell<'_>> = comparison
        .plans
        .iter()
        .filter_map(|plan| {
            let stats = plan.outcome(outcome)?;
            Some(charts::Dumbbell { name: &plan.label, levels: [stats.p10(), stats.p50(), stats.p90()] })
        })
        .collect();
    charts::dumbbell::draw(&charts::Dumbbells { measure, rows: &rows })
}

fn difference(base: &PlanResult, plan: &PlanResult, outcome: OutcomeId, measure: Measure<'_>) -> Drawing {
    let [of_base, of_plan] = [base, plan].map(|plan| plan.draws.column(outcome).unwrap_or_default());
    let draws = differences(of_base, of_plan);
    charts::difference::draw(&charts::Difference { measure, base: &base.label, plan: &plan.label, draws: &draws })
}

/// Why an outcome differs, where more than one thing was changed.
fn why(contrast: &Contrast, outcome: OutcomeId) -> Option<&Waterfall> {
    let found = contrast.why.iter().find(|why| why.outcome == outcome);
    found.filter(|why| why.parts.len() > 1)
}

fn waterfall(base: &PlanResult, plan: &PlanResult, why: &Waterfall, measure: Measure<'_>) -> Drawing {
    let steps: Vec<charts::Change<'_>> = why
        .parts
        .iter()
        .map(|part| charts::Change { name: &part.name, mean: part.mean, error: part.error.map(|error| T31 * error) })
        .collect();
    charts::waterfall::draw(&charts::Waterfall {
        measure,
        base: (&base.label, why.base),
        plan: (&plan.label, why.plan),
        steps: &steps,
    })
}

/// A plan's name as part of the name of a file.
fn file_name(label: &str, number: usize) -> String {
    let name: String = label.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    match name.trim_matches('-') {
        "" => number.to_string(),
        name => name.to_lowercase(),
    }
}
