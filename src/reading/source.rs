//! The texts that a scenario was read from: files and `--set` options.

use std::ops::Range;

/// Which of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceId(usize);

/// Where something was written: bytes `span` of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// the text
    pub source: SourceId,
    /// bytes of it
    pub span: Range<usize>,
}

/// Every text that took part, by [`SourceId`].
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
}

impl Sources {
    /// Adds a text under the name that messages call it by: a path, or the option as typed.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.0.push(Source {
            name: name.into(),
            text: text.into(),
        });
        SourceId(self.0.len() - 1)
    }

    /// The name that messages call it by.
    #[must_use]
    pub fn name(&self, id: SourceId) -> &str {
        &self.0[id.0].name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self, id: SourceId) -> &str {
        &self.0[id.0].text
    }

    /// The texts, in the order in which they were added.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|source| source.text.as_str())
    }

    /// What was written there.
    #[must_use]
    pub fn excerpt(&self, place: &Place) -> &str {
        self.text(place.source)
            .get(place.span.clone())
            .unwrap_or_default()
    }
}
