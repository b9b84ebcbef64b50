//! The texts that a scenario was read from: files and `--set` options.

use std::ops::Range;
use std::path::{Path, PathBuf};

/// Which of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceId(usize);

impl SourceId {
    /// The same text, where its reading was appended to another one.
    #[must_use]
    pub fn moved(self, offset: usize) -> Self {
        Self(self.0 + offset)
    }
}

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
    folder: Option<PathBuf>,
}

impl Sources {
    /// Adds a text under the name that messages call it by: a path, or the option as typed.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.push(name.into(), text.into(), None)
    }

    /// Adds the text of a file.
    pub fn add_file(&mut self, path: &Path, text: impl Into<String>) -> SourceId {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        self.push(path.display().to_string(), text.into(), Some(folder))
    }

    fn push(&mut self, name: String, text: String, folder: Option<PathBuf>) -> SourceId {
        self.0.push(Source { name, text, folder });
        SourceId(self.0.len() - 1)
    }

    /// The folder in which paths of that text are looked up: a file's own; for an option, that of the first file.
    #[must_use]
    pub fn folder(&self, id: SourceId) -> &Path {
        let own = self.0[id.0].folder.as_deref();
        let first = || self.0.iter().find_map(|source| source.folder.as_deref());
        own.or_else(first).unwrap_or(Path::new(""))
    }

    /// Adds the texts of another reading; their numbers are larger by what is returned.
    pub fn append(&mut self, others: &Self) -> usize {
        let offset = self.0.len();
        let with_folder = |(at, source): (usize, &Source)| Source {
            folder: Some(others.folder(SourceId(at)).to_owned()),
            ..source.clone()
        };
        self.0.extend(others.0.iter().enumerate().map(with_folder));
        offset
    }

    /// The first text, where there is one.
    #[must_use]
    pub fn first(&self) -> Option<SourceId> {
        (!self.0.is_empty()).then_some(SourceId(0))
    }

    /// How many texts there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Is it one of the first `count` texts?
    #[must_use]
    pub fn is_among(&self, id: SourceId, count: usize) -> bool {
        id.0 < count
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
        self.text(place.source).get(place.span.clone()).unwrap_or_default()
    }
}
