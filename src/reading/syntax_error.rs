//! A statement that can't be read: what is marked, what is said, what could be written.

use std::ops::Range;

/// One statement that can't be read.
#[derive(Debug)]
pub(super) struct SyntaxError {
    /// what is marked
    pub(super) span: Range<usize>,
    /// what is wrong, in one line
    pub(super) message: String,
    /// what is said under the marked text
    pub(super) label: String,
    /// what to do
    pub(super) help: String,
    /// what could be written where, each of them right by itself
    pub(super) remedies: Vec<(Range<usize>, String)>,
}

impl SyntaxError {
    pub(super) fn at(span: Range<usize>, label: impl Into<String>) -> Self {
        Self {
            span,
            message: "this line is not valid TOML".into(),
            label: label.into(),
            help: "a scenario is made of [headers] and lines like key = value; text is in quotes".into(),
            remedies: Vec::new(),
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// A text that mends it in place of what is at `span`.
    pub(super) fn remedy(mut self, span: Range<usize>, text: impl Into<String>) -> Self {
        self.remedies.push((span, text.into()));
        self
    }

    /// With what could be written at `span`, and a line that says so.
    pub(super) fn write(self, span: Range<usize>, texts: impl IntoIterator<Item = String>) -> Self {
        self.write_after("", span, texts)
    }

    /// With values that could be written for `key` at `span`, and a line that says so.
    pub(super) fn write_value(self, key: &str, span: Range<usize>, texts: impl IntoIterator<Item = String>) -> Self {
        self.write_after(&format!("{key} = "), span, texts)
    }

    fn write_after(mut self, before: &str, span: Range<usize>, texts: impl IntoIterator<Item = String>) -> Self {
        self.remedies = texts.into_iter().map(|text| (span.clone(), text)).collect();
        let texts: Vec<&str> = self.remedies.iter().map(|(_, text)| &**text).collect();
        let help = format!("write {before}{}", texts.join(" or "));
        self.help(help)
    }
}
