//! The forms in which results are written, beside `summary.json`, which is always there.

/// A form of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// charts as pixels
    Png,
    /// charts as shapes
    Svg,
    /// all of it as one page
    Html,
    /// tables: draws, weeks, channels, inputs
    Csv,
}

impl Format {
    /// Every form and its name.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("png", Self::Png), ("svg", Self::Svg), ("html", Self::Html), ("csv", Self::Csv)];

    /// The form of that name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(own, _)| *own == word).map(|&(_, format)| format)
    }

    /// Whether charts are written in it, one a file.
    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Svg)
    }
}
