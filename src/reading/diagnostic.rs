//! What is wrong with a file: where, what, what is allowed, and the nearest that would have been right.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::text::{printable, printable_in_place};

use super::{SourceId, Sources, Span};

/// One fault, with the place it points at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// where
    pub place: Span,
    /// the file as a whole is meant, no text of it
    pub of_file: bool,
    /// what is wrong, in one line
    pub message: String,
    /// what is said under the marked text
    pub label: String,
    /// what to do
    pub help: Option<String>,
    /// what could be written in place of something, each of them right by itself
    pub remedies: Box<[Remedy]>,
    /// what must be right for this to be a fault at all
    pub premise: Option<Premise>,
}

/// A text that mends a fault when it takes the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Remedy {
    /// what it replaces
    pub place: Span,
    /// what to write there
    pub text: String,
}

/// What a fault takes for granted. Where it does not hold, the fault may be a mere consequence of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Premise {
    /// every line of the file could be read: nothing is missing for having been lost
    AllRead,
    /// the number of weeks is known
    WeeksKnown,
}

impl Diagnostic {
    /// A fault of the text at `place`.
    #[must_use]
    pub fn at(place: &Span, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            place: place.clone(),
            of_file: false,
            message: message.into(),
            label: label.into(),
            help: None,
            remedies: Box::default(),
            premise: None,
        }
    }

    /// The fault of a name at `place` that names no `noun` ("key", "outcome").
    #[must_use]
    pub fn unknown(place: &Span, noun: &str, name: &str) -> Self {
        Self::at(place, unknown(noun, name), "not known here")
    }

    /// A fault of a whole file.
    #[must_use]
    pub fn of_file(source: SourceId, message: impl Into<String>) -> Self {
        let place = Span { source, span: 0..0 };
        Self { of_file: true, ..Self::at(&place, message, "") }
    }

    /// Which is none where `premise` does not hold.
    #[must_use]
    pub fn given(mut self, premise: Premise) -> Self {
        self.premise = Some(premise);
        self
    }

    /// With what could be written at `place` instead, and a line that says so; nothing where there is no text.
    #[must_use]
    pub fn write(self, place: &Span, texts: impl IntoIterator<Item = String>) -> Self {
        let remedies: Vec<Remedy> = texts.into_iter().map(|text| Remedy { place: place.clone(), text }).collect();
        if remedies.is_empty() {
            return self;
        }
        let texts: Vec<&str> = remedies.iter().map(|remedy| &*remedy.text).collect();
        let help = format!("write {}", texts.join(" or "));
        self.help(help).with_remedies(remedies)
    }

    /// With a key or a word that was probably meant by the one at `place`, written as `text`.
    #[must_use]
    pub fn did_you_mean(self, place: &Span, shown: &str, text: impl Into<String>) -> Self {
        let remedy = Remedy { place: place.clone(), text: text.into() };
        self.help(format!("did you mean {shown}?")).with_remedies(vec![remedy])
    }

    /// With what could be written, where the help says so in words of its own.
    #[must_use]
    pub fn with_remedies(mut self, remedies: Vec<Remedy>) -> Self {
        self.remedies = remedies.into();
        self
    }

    /// With a line that says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// All faults of one reading.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// hashes of those that were added
    known: BTreeSet<u64>,
}

/// So many faults are shown; whoever has more begins with these.
pub const MOST_SHOWN: usize = 50;

fn hash_of(fault: &Diagnostic) -> u64 {
    let mut hasher = DefaultHasher::new();
    fault.hash(&mut hasher);
    hasher.finish()
}

impl Diagnostics {
    /// Adds one.
    pub fn add(&mut self, fault: Diagnostic) {
        // One slip may be met twice (a key that is both unknown and out of place): it is said once.
        if self.known.insert(hash_of(&fault)) {
            self.list.push(fault);
        }
    }

    /// Those that are not among others.
    #[must_use]
    pub fn except(mut self, others: &Self) -> Self {
        self.list.retain(|fault| !others.known.contains(&hash_of(fault)));
        self
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// In the order of their places.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.list.sort_by_key(|fault| (fault.place.source, fault.place.span.start));
        self
    }

    /// Without those that rest on a premise that does not hold.
    #[must_use]
    pub fn without(mut self, premise: Premise) -> Self {
        self.list.retain(|fault| fault.premise != Some(premise));
        self
    }

    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// As text, each with its line underlined, up to [`MOST_SHOWN`] of them; `color` for a terminal that shows it.
    #[must_use]
    pub fn render(&self, sources: &Sources, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let shown = self.list.iter().take(MOST_SHOWN);
        let mut reports: Vec<String> = shown.map(|fault| renderer.render(&[fault.group(sources)])).collect();
        if self.list.len() > MOST_SHOWN {
            reports.push(format!("and {} more", self.list.len() - MOST_SHOWN));
        }
        reports.join("\n\n")
    }
}

impl Diagnostic {
    fn group<'a>(&'a self, sources: &'a Sources) -> Group<'a> {
        let title = Level::ERROR.primary_title(printable(&self.message));
        let place = &self.place;
        let path = printable(sources.name(place.source));
        let mut group = if self.of_file {
            title.element(Origin::path(path))
        } else {
            let mut annotation = AnnotationKind::Primary.span(place.span.clone());
            if !self.label.is_empty() {
                annotation = annotation.label(printable(&self.label));
            }
            let text = Snippet::source(printable_in_place(sources.text(place.source)))
                .line_start(sources.first_line(place.source));
            title.element(text.path(path).annotation(annotation))
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(printable(help)));
        }
        group
    }
}

/// How it is said everywhere that a name is none of those that are known.
#[must_use]
pub fn unknown(noun: &str, name: &str) -> String {
    format!("unknown {noun} `{name}`")
}

/// The candidate that `word` was probably meant to be, if any is near.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase().replace([' ', '-'], "_");
    candidates
        .into_iter()
        .map(|candidate| {
            let likeness = strsim::jaro_winkler(&word, candidate);
            let slips = strsim::damerau_levenshtein(&word, candidate);
            (candidate, likeness, slips)
        })
        .filter(|&(candidate, likeness, slips)| slips * 3 <= candidate.chars().count().max(3) || likeness > 0.88)
        .min_by(|a, b| a.2.cmp(&b.2).then(b.1.total_cmp(&a.1)))
        .map(|(candidate, ..)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_keys_finds_its_word_and_nonsense_finds_none() {
        let keys = ["cost_per_click", "clicks_available", "budget", "kind"];
        assert_eq!(nearest("cost_per_clik", keys), Some("cost_per_click"));
        assert_eq!(nearest("Budget", keys), Some("budget"));
        assert_eq!(nearest("knd", keys), Some("kind"));
        assert_eq!(nearest("weather", keys), None);
    }
}
