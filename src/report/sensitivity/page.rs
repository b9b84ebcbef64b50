//! The page of what drives a plan.

use crate::scenario::RawPlan;
use crate::text::LOW_END;

use super::super::page::{Block, Findings, Made, Page, Section};
use super::{SensitivityReport, tables, words};

impl SensitivityReport<'_> {
    /// What is handed over.
    #[must_use]
    pub fn page(&self, plan: &RawPlan, made: &Made) -> Page {
        let answer = [Some(words::swing(self)), words::luck(self), words::choice(self)];
        let mut drives: Vec<Block> = self.pictures().into_iter().map(|picture| Block::chart(picture.drawing)).collect();
        let found = [
            ("What drives it", tables::swings(self)),
            ("Shares of the variance", tables::indices(self)),
            ("What finding out is worth", tables::choice(self)),
        ];
        for (title, table) in found {
            drives.extend(table.and_then(|table| Block::table(title, &table)));
        }
        let below = words::below_swings(self).into_iter();
        let below =
            below.chain(words::below_indices(self)).chain(words::below_choice(self)).chain([LOW_END.to_owned()]);
        drives.extend(below.map(Block::small));
        let findings = Findings {
            subject: words::subject(self),
            answer: answer.into_iter().flatten().collect(),
            sections: vec![Section::of("drives", "What drives the result", drives)],
        };
        Page::of_plan(self.scenario, plan, made, findings)
    }
}
