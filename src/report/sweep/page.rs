//! The page of a sweep.

use crate::scenario::RawPlan;

use super::super::page::{Block, Made, Page, Section, inputs_section};
use super::super::words_changed;
use super::grid::{Grid, grids};
use super::table::tables;
use super::{SweepReport, finding, words};

/// Columns of a map that a page has room for, in letters.
const ROOM: usize = 110;

impl SweepReport<'_> {
    /// The page of the sweep, as HTML.
    #[must_use]
    pub fn page(&self, plan: &RawPlan, made: &Made<'_>) -> Page {
        Page {
            title: self.scenario.title(),
            subject: self.subject(),
            changed: words_changed::changes(&self.scenario.changed),
            answer: self.answer(),
            figures: Vec::new(),
            plans: Vec::new(),
            sections: vec![self.results_section(), inputs_section(self.scenario, plan), made.section(self.scenario)],
            foot: made.foot(self.scenario),
        }
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
