//! What a goal takes as text for a terminal, and as parts of a page.

use comfy_table::Table;

use crate::text::wrap;

use super::super::aligned::{shown, table};
use super::super::glance::AnswerGlance;
use super::super::words_changed;
use super::{GoalReport, words};

impl GoalReport<'_> {
    /// That no value does, for the last line.
    #[must_use]
    pub fn no_solution(&self) -> String {
        words::no_solution(self)
    }

    /// The text for a terminal that is so many columns wide.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let paragraph = |text: String| wrap(&text, width, "");
        let mut parts = vec![words_changed::header(self.scenario, &words::subject(self), width)];
        parts.push(paragraph(words::answer(self)));
        parts.extend(words::in_the_way(self).map(paragraph));
        parts.push(shown(&self.table()));
        parts.push(paragraph(words::legend(self)));
        parts.join("\n\n")
    }

    /// The answer as parts of a page.
    #[must_use]
    pub fn glance(&self) -> AnswerGlance {
        let sentences = std::iter::once(words::answer(self)).chain(words::in_the_way(self)).collect();
        let found = self.run.crossing().filter(|_| self.is_reached());
        let settings = found.map(|(_, tried)| self.run.goal.lever.settings(tried.x)).unwrap_or_default();
        AnswerGlance::of(sentences, &[self.drawing()], settings)
    }

    /// The values that were tried, those of the first look and the one that answers.
    pub(super) fn table(&self) -> Table {
        let has_limits = self.run.tried.iter().any(|tried| tried.rest.limits.budget < 1.0);
        let mut header = vec![String::new(), words::column(self), "from".into(), "to".into()];
        header.extend(has_limits.then(|| "held back by".to_owned()));
        header.push(String::new());
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let mut table = table(&header);
        for (at, tried) in self.told() {
            let gauge = tried.gauge;
            let mut cells = vec![words::value(self, tried.x)];
            cells.extend([gauge.value, gauge.low, gauge.high].map(|figure| words::figure(self, figure, gauge)));
            cells.extend(has_limits.then(|| words::held_back(tried.rest.limits)));
            cells.push(words::mark(self, at));
            table.add_row(cells);
        }
        table
    }
}
