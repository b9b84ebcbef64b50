//! What drives a plan as text for a terminal.

use crate::text::{LOW_END, wrap};

use super::super::{ratios, words_changed};
use super::{SensitivityReport, tables, words};

impl SensitivityReport<'_> {
    /// The text for a terminal that is so many columns wide.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let paragraph = |text: String| wrap(&text, width, "");
        let mut parts = vec![words_changed::header(self.scenario, &words::subject(self), width)];
        let answer = [Some(words::swing(self)), words::luck(self)];
        parts.push(answer.into_iter().flatten().map(paragraph).collect::<Vec<_>>().join("\n"));
        parts.extend(words::choice(self).map(paragraph));
        parts.extend(tables::swings(self).map(|table| table.to_string()));
        parts.push(words::below_swings(self).into_iter().map(paragraph).collect::<Vec<_>>().join("\n"));
        parts.extend(tables::indices(self).map(|table| table.to_string()));
        parts.extend(words::below_indices(self).map(paragraph));
        parts.extend(tables::choice(self).map(|table| table.to_string()));
        parts.extend(words::below_choice(self).map(paragraph));
        if self.found.split.is_some() {
            parts.push(paragraph(LOW_END.to_owned()));
        }
        let remark = ratios::remark(self.outcome(), &self.found.stats, self.futures());
        parts.extend(remark.map(paragraph));
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }
}
