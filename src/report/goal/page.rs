//! The page of what a goal takes.

use crate::scenario::RawPlan;

use super::super::page::{Block, Findings, Made, Page, Section};
use super::{GoalReport, words};

impl GoalReport<'_> {
    /// What is handed over.
    #[must_use]
    pub fn page(&self, plan: &RawPlan, made: &Made) -> Page {
        let answer = [Some(words::answer(self)), words::in_the_way(self)];
        let mut tried = vec![Block::chart(self.drawing())];
        tried.extend(Block::table("What was tried", &self.table()));
        tried.push(Block::small(words::legend(self)));
        let findings = Findings {
            subject: words::subject(self),
            answer: answer.into_iter().flatten().collect(),
            sections: vec![Section::of("tried", "What it takes", tried)],
        };
        Page::of_plan(self.scenario, plan, made, findings)
    }
}
