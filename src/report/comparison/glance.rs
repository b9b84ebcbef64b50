//! A comparison as parts of a page that shows other things too.

use crate::analysis::Comparison;
use crate::charts::Drawing;
use crate::model::outcomes::OutcomeId;
use crate::scenario::Scenario;

use super::super::glance::AnswerGlance;
use super::charts::pictures;
use super::text::{told, verdicts};
use super::words::ComparisonText;

/// The verdict and what else moves, with every chart; `scenario` is the plan that the others are held against.
#[must_use]
pub fn glance(scenario: &Scenario, comparison: &Comparison, outcome: OutcomeId) -> AnswerGlance {
    let words = ComparisonText::of(scenario, comparison);
    let told = told(scenario, outcome);
    let mut sentences: Vec<String> = words.best(outcome).into_iter().collect();
    sentences.extend((0..comparison.contrasts.len()).flat_map(|number| verdicts(&words, number, outcome, &told)));
    sentences.dedup();
    let drawings: Vec<Drawing> =
        pictures(scenario, comparison, outcome).into_iter().map(|picture| picture.drawing).collect();
    AnswerGlance::of(sentences, &drawings, Vec::new())
}
