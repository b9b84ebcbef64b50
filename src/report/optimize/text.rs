//! The best mix as text for a terminal, and as parts of a page.

use crate::text::wrap;

use super::super::aligned::shown;
use super::super::glance::AnswerGlance;
use super::super::words_changed;
use super::{OptimizeReport, tables, words};

impl OptimizeReport<'_> {
    /// The text for a terminal that is so many columns wide.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let paragraph = |text: String| wrap(&text, width, "");
        let mut parts = vec![words_changed::header(self.scenario, &words::subject(self), width)];
        parts.push(paragraph(words::answer(self)));
        parts.extend(words::conditions(self).map(paragraph));
        parts.push(shown(&tables::mixes(self)));
        parts.push(paragraph(words::legend(self)));
        parts.extend(words::moves(self).map(paragraph));
        parts.extend(words::limits(self).map(paragraph));
        parts.extend(words::second(self).map(paragraph));
        parts.extend(tables::frontier(self).map(|table| shown(&table)));
        parts.extend(words::frontier(self).map(paragraph));
        parts.extend(tables::totals(self).map(|table| shown(&table)));
        parts.extend(words::totals(self).map(paragraph));
        parts.join("\n\n")
    }

    /// The answer as parts of a page.
    #[must_use]
    pub fn glance(&self) -> AnswerGlance {
        let sentences = std::iter::once(words::answer(self))
            .chain(words::conditions(self))
            .chain(words::moves(self))
            .chain(words::limits(self))
            .chain(words::second(self));
        let settings = self.optimum.settings(&self.optimum.best);
        AnswerGlance::of(sentences.collect(), &[self.mixes()], settings)
    }
}
