//! The charts of a comparison, in the formats that were asked for.

use crate::analysis::{Comparison, Contrast, Paired, Verdict, Waterfall, differences};
use crate::charts::{self, Drawing, Measure, Picture};
use crate::engine::T31;
use crate::model::outcomes::OutcomeId;
use crate::scenario::Scenario;

use super::super::chart_figures::interval;
use super::super::charts::{ChartOptions, Origin, measure, write};
use super::super::made_files::{FileError, MadeFiles};
use super::words::ComparisonText;

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
) -> Result<MadeFiles, FileError> {
    let origin = Origin { scenario, seed: comparison.seed, draws: comparison.runs };
    let picture = |PlanPicture { name, drawing, .. }| Picture { name, drawing };
    write(origin, options, || pictures(scenario, comparison, outcome).into_iter().map(picture))
}

/// A chart of a comparison.
pub(super) struct PlanPicture {
    /// the name of its files, without the ending
    pub(super) name: String,
    pub(super) drawing: Drawing,
    /// the plan that it holds against the first; none for a chart of all plans
    pub(super) plan: Option<usize>,
}

/// Every chart: those of all plans first.
pub(super) fn pictures(scenario: &Scenario, comparison: &Comparison, outcome: OutcomeId) -> Vec<PlanPicture> {
    let charts = Charts {
        words: ComparisonText::of(scenario, comparison),
        measure: measure(scenario, outcome.outcome()),
        outcome,
    };
    let of_all = |name: &str, drawing: Drawing| PlanPicture { name: name.to_owned(), drawing, plan: None };
    let mut pictures = vec![of_all("plans", charts.plans()), of_all("dumbbell", charts.dumbbell())];
    for (number, contrast) in comparison.contrasts.iter().enumerate() {
        // Of two plans there is one difference; of more each is called by its plan.
        let name = |chart: &str| match comparison.contrasts.len() {
            1 => chart.to_owned(),
            _ => format!("{chart}-{}", file_name(&comparison.plans[number + 1].label, number + 1)),
        };
        let plan = Some(number + 1);
        pictures.push(PlanPicture { name: name("difference"), drawing: charts.difference(number), plan });
        if let Some(why) = why(contrast, outcome) {
            pictures.push(PlanPicture { name: name("waterfall"), drawing: charts.waterfall(number, why), plan });
        }
    }
    pictures
}

/// Why an outcome differs, where more than one thing was changed.
fn why(contrast: &Contrast, outcome: OutcomeId) -> Option<&Waterfall> {
    let found = contrast.why.iter().find(|why| why.outcome == outcome);
    found.filter(|why| why.parts.len() > 1)
}

/// What the charts of a comparison are drawn from.
struct Charts<'c> {
    words: ComparisonText<'c>,
    measure: Measure<'c>,
    outcome: OutcomeId,
}

impl Charts<'_> {
    fn plans(&self) -> Drawing {
        let plans = &self.words.comparison.plans;
        let mut targets = plans[0].targets.iter();
        let rows: Vec<charts::PlanDraws<'_>> = plans
            .iter()
            .enumerate()
            .map(|(at, plan)| charts::PlanDraws {
                name: &plan.label,
                draws: plan.draws.column(self.outcome).unwrap_or_default(),
                remark: self.words.remark(at, self.outcome),
            })
            .collect();
        charts::plans::draw(&charts::Plans {
            finding: &self.words.title_of_plans(self.outcome),
            measure: self.measure,
            target: targets.find(|target| target.outcome == self.outcome).map(|target| target.target),
            rows: &rows,
        })
    }

    fn dumbbell(&self) -> Drawing {
        let plans = &self.words.comparison.plans;
        let beside: Vec<String> = (0..plans.len()).map(|at| self.words.beside(at, self.outcome)).collect();
        let rows: Vec<charts::Dumbbell<'_>> = plans
            .iter()
            .zip(&beside)
            .filter_map(|(plan, beside)| {
                let stats = plan.outcome(self.outcome)?;
                Some(charts::Dumbbell { name: &plan.label, levels: interval(stats), beside })
            })
            .collect();
        let finding = self.words.title_of_means(self.outcome);
        charts::dumbbell::draw(&charts::Dumbbells { finding: &finding, measure: self.measure, rows: &rows })
    }

    fn difference(&self, number: usize) -> Drawing {
        let comparison = self.words.comparison;
        let [base, plan] = [0, number + 1].map(|at| &comparison.plans[at]);
        let [of_base, of_plan] = [base, plan].map(|plan| plan.draws.column(self.outcome).unwrap_or_default());
        let paired = comparison.contrasts[number].outcome(self.outcome);
        charts::difference::draw(&charts::Difference {
            finding: &self.words.title_of_difference(number, self.outcome),
            measure: self.measure,
            base: &base.label,
            plan: &plan.label,
            draws: &differences(of_base, of_plan),
            within_error: is_unclear(paired),
        })
    }

    fn waterfall(&self, number: usize, why: &Waterfall) -> Drawing {
        let comparison = self.words.comparison;
        let [base, plan] = [0, number + 1].map(|at| &comparison.plans[at]);
        let steps: Vec<charts::Change<'_>> = why
            .parts
            .iter()
            .map(|part| charts::Change {
                name: &part.name,
                mean: part.mean,
                error: part.error.map(|error| T31 * error),
                within_error: !part.is_clear(),
            })
            .collect();
        charts::waterfall::draw(&charts::Waterfall {
            finding: &self.words.title_of_waterfall(number, why),
            measure: self.measure,
            base: (&base.label, why.base),
            plan: (&plan.label, why.plan),
            steps: &steps,
            within_error: is_unclear(comparison.contrasts[number].outcome(self.outcome)),
        })
    }
}

/// Whether a difference can't be told from the simulation's error.
fn is_unclear(paired: Option<&Paired>) -> bool {
    paired.is_some_and(|paired| matches!(paired.verdict(), Verdict::TooClose | Verdict::TooFewDraws))
}

/// A plan's name as part of the name of a file.
fn file_name(label: &str, number: usize) -> String {
    let name: String = label.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    match name.trim_matches('-') {
        "" => number.to_string(),
        name => name.to_lowercase(),
    }
}
