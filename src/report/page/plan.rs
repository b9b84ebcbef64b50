//! The page of an analysis of one plan.

use crate::scenario::{RawPlan, Scenario};

use super::super::words_changed;
use super::{Made, Page, Section, inputs};

/// What an analysis says of a plan.
pub(in crate::report) struct Findings {
    /// how many draws, how long
    pub(in crate::report) subject: String,
    /// the answer, a sentence each
    pub(in crate::report) answer: Vec<String>,
    /// the rest, in the order of reading
    pub(in crate::report) sections: Vec<Section>,
}

impl Page {
    /// The page of what was found of a plan: behind the findings the plan's figures, and how they were made.
    pub(in crate::report) fn of_plan(scenario: &Scenario, plan: &RawPlan, made: &Made, findings: Findings) -> Self {
        let Findings { subject, answer, mut sections } = findings;
        sections.extend([inputs::section(scenario, plan), made.section(scenario)]);
        Self {
            title: scenario.title(),
            subject,
            changed: words_changed::changes(&scenario.changed),
            answer,
            sections,
            foot: made.foot(scenario),
            ..Self::default()
        }
    }
}
