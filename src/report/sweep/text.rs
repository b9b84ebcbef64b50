//! A sweep as text for a terminal.

use crate::text::wrap;

use super::super::words_changed;
use super::grid::{Grid, grids};
use super::table::tables;
use super::{SweepReport, finding, words};

impl SweepReport<'_> {
    /// The text for a terminal that is so many columns wide.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let paragraph = |text: String| wrap(&text, width, "");
        let mut parts = vec![words_changed::header(self.scenario, &words::subject(self), width)];
        parts.extend(words::whole_pieces(self).map(paragraph));
        parts.extend(self.findings.iter().map(|finding| paragraph(finding::answer(self, finding))));
        let targets = self.sweep.today.targets.iter();
        parts.extend(targets.filter_map(|target| words::chance(self, target.outcome)).map(paragraph));
        match self.sweep.axes.as_slice() {
            [_] => parts.extend(tables(self).into_iter().map(|(title, table)| {
                let lines: Vec<String> = table.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
                format!("{title}\n{}", lines.join("\n"))
            })),
            _ => parts.extend(
                grids(self, width)
                    .into_iter()
                    .map(|Grid { title, axes, table }| format!("{}\n{axes}\n{table}", paragraph(title))),
            ),
        }
        parts.extend(self.lacking().map(paragraph));
        parts.push(paragraph(words::legend(self)));
        parts.join("\n\n")
    }
}
