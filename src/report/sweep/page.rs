//! The page of a sweep.

use crate::scenario::RawPlan;

use super::super::page::{Block, Findings, Made, Page, Section};
use super::grid::{Grid, grids};
use super::table::tables;
use super::{SweepReport, finding, words};

/// Columns of a map that a page has room for, in letters.
const ROOM: usize = 110;

impl SweepReport<'_> {
    /// What is handed over.
    #[must_use]
    pub fn page(&self, plan: &RawPlan, made: &Made) -> Page {
        let sections = vec![self.results_section()];
        Page::of_plan(self.scenario, plan, made, Findings { subject: self.subject(), answer: self.answer(), sections })
    }

    /// What was simulated.
    pub(in crate::report) fn subject(&self) -> String {
        words::subject(self)
    }

    /// The sentences that open a report.
    pub(in crate::report) fn answer(&self) -> Vec<String> {
        let mut answer: Vec<String> = self.findings.iter().map(|finding| finding::answer(self, finding)).collect();
        let targets = self.sweep.today.targets.iter();
        answer.extend(targets.filter_map(|target| words::chance(self, target.outcome)));
        answer.extend(words::whole_pieces(self));
        answer
    }

    /// What its figures mean.
    pub(in crate::report) fn legend(&self) -> String {
        words::legend(self)
    }

    fn results_section(&self) -> Section {
        let mut blocks: Vec<Block> = self.pictures().into_iter().map(|picture| Block::chart(picture.drawing)).collect();
        match self.sweep.axes.as_slice() {
            [_] => blocks.extend(tables(self).iter().filter_map(|(title, table)| Block::table(title.clone(), table))),
            _ => blocks.extend(
                grids(self, ROOM)
                    .iter()
                    .filter_map(|Grid { title, axes, table }| Block::table(format!("{title}: {axes}"), table)),
            ),
        }
        blocks.extend(self.lacking().map(Block::small));
        blocks.push(Block::small(self.legend()));
        Section::of("results", "What follows from it", blocks)
    }
}
