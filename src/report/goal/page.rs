//! The page of what a goal takes.

use crate::scenario::RawPlan;

use super::super::page::{Block, Made, Page, Section, inputs_section};
use super::super::words_changed;
use super::{GoalReport, words};

impl GoalReport<'_> {
    /// What is handed over.
    #[must_use]
    pub fn page(&self, plan: &RawPlan, made: &Made<'_>) -> Page {
        let answer = [Some(words::answer(self)), words::in_the_way(self)];
        let mut tried = vec![Block::chart(self.drawing())];
        tried.extend(Block::table("What was tried", &self.table()));
        tried.push(Block::small(words::legend(self)));
        Page {
            title: self.scenario.title(),
            subject: words::subject(self),
            changed: words_changed::changes(&self.scenario.changed),
            answer: answer.into_iter().flatten().collect(),
            figures: Vec::new(),
            plans: Vec::new(),
            sections: vec![
                Section::of("tried", "What it takes", tried),
                inputs_section(self.scenario, plan),
                made.section(self.scenario),
            ],
            foot: made.foot(self.scenario),
        }
    }
}
