//! The texts that a scenario was read from: files and `--set` options.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Which of the texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(usize);

impl SourceId {
    /// The same text, where its reading was appended to another one.
    #[must_use]
    pub fn moved(self, offset: usize) -> Self {
        Self(self.0 + offset)
    }
}

/// Where something was written: bytes `span` of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// the text
    pub source: SourceId,
    /// bytes of it
    pub span: Range<usize>,
}

/// Every text that took part, by [`SourceId`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
    /// hashes of files that took part without their text: tables of draws
    digests: Vec<u64>,
}

#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: Arc<str>,
    folder: Option<PathBuf>,
    /// the number of its first line, where it is a part of a file
    first_line: usize,
}

impl Sources {
    /// Adds a text under the name that messages call it by: a path, or the option as typed.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.push(Source { name: name.into(), text: text.into().into(), folder: None, first_line: 1 })
    }

    /// Adds the text of a file, whose paths are looked up in `folder`.
    pub fn add_file(&mut self, path: &Path, folder: &Path, text: impl Into<String>) -> SourceId {
        let name = path.display().to_string();
        self.push(Source { name, text: text.into().into(), folder: Some(folder.to_owned()), first_line: 1 })
    }

    /// Adds a part of a line of a file, where it is not there yet.
    pub fn add_line(&mut self, name: &str, line: usize, text: String) -> SourceId {
        let is_same = |own: &Source| own.first_line == line && own.name == name && *own.text == *text;
        match self.list.iter().position(is_same) {
            Some(at) => SourceId(at),
            None => self.push(Source { name: name.to_owned(), text: text.into(), folder: None, first_line: line }),
        }
    }

    fn push(&mut self, source: Source) -> SourceId {
        self.list.push(source);
        SourceId(self.list.len() - 1)
    }

    /// Says that a file took part, by a hash of its bytes.
    pub fn take_part(&mut self, digest: u64) {
        if !self.digests.contains(&digest) {
            self.digests.push(digest);
        }
    }

    /// The hashes of files that took part without their text, in the order in which they did.
    #[must_use]
    pub fn digests(&self) -> &[u64] {
        &self.digests
    }

    /// The number of the first line of a text in its file.
    #[must_use]
    pub fn first_line(&self, id: SourceId) -> usize {
        self.list[id.0].first_line
    }

    /// The folder in which paths of that text are looked up: a file's own; for an option, that of the first file.
    #[must_use]
    pub fn folder(&self, id: SourceId) -> &Path {
        let own = self.list[id.0].folder.as_deref();
        let first = || self.list.iter().find_map(|source| source.folder.as_deref());
        own.or_else(first).unwrap_or(Path::new(""))
    }

    /// Adds the texts of another reading; their numbers are larger by what is returned.
    pub fn append(&mut self, others: &Self) -> usize {
        let offset = self.list.len();
        let with_folder = |(at, source): (usize, &Source)| Source {
            folder: Some(others.folder(SourceId(at)).to_owned()),
            ..source.clone()
        };
        self.list.extend(others.list.iter().enumerate().map(with_folder));
        offset
    }

    /// The first text, where there is one.
    #[must_use]
    pub fn first(&self) -> Option<SourceId> {
        (!self.list.is_empty()).then_some(SourceId(0))
    }

    /// How many texts there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// Is it one of the first `count` texts?
    #[must_use]
    pub fn is_among(&self, id: SourceId, count: usize) -> bool {
        id.0 < count
    }

    /// The name that messages call it by.
    #[must_use]
    pub fn name(&self, id: SourceId) -> &str {
        &self.list[id.0].name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self, id: SourceId) -> &str {
        &self.list[id.0].text
    }

    /// The texts, in the order in which they were added.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|source| &*source.text)
    }

    /// What was written there.
    #[must_use]
    pub fn excerpt(&self, place: &Span) -> &str {
        self.text(place.source).get(place.span.clone()).unwrap_or_default()
    }
}
