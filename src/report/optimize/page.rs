//! The page of the best mix.

use crate::scenario::RawPlan;

use super::super::page::{Block, Findings, Made, Page, Section};
use super::{OptimizeReport, tables, words};

impl OptimizeReport<'_> {
    /// What is handed over.
    #[must_use]
    pub fn page(&self, plan: &RawPlan, made: &Made) -> Page {
        let mut drawn = self.pictures().into_iter();
        let mut mix: Vec<Block> = drawn.next().map(|picture| Block::chart(picture.drawing)).into_iter().collect();
        mix.extend(Block::table("Each channel, today and at best", &tables::mixes(self)));
        mix.push(Block::small(words::legend(self)));
        mix.extend(
            [words::moves(self), words::limits(self), words::second(self)].into_iter().flatten().map(Block::text),
        );
        let mut others: Vec<Block> = drawn.map(|picture| Block::chart(picture.drawing)).collect();
        others.extend(tables::frontier(self).and_then(|table| Block::table("Mean against P10", &table)));
        others.extend(tables::totals(self).and_then(|table| Block::table("Other totals", &table)));
        let mut sections = vec![Section::of("mix", "The best mix", mix)];
        if !others.is_empty() {
            sections.push(Section::of("others", "Other ends and other totals", others));
        }
        let answer = [Some(words::answer(self)), words::conditions(self)];
        let findings =
            Findings { subject: words::subject(self), answer: answer.into_iter().flatten().collect(), sections };
        Page::of_plan(self.scenario, plan, made, findings)
    }
}
