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
    /// its findings, one a page
    Pdf,
    /// a workbook
    Xlsx,
    /// draws, a column a figure
    Parquet,
    /// slides
    Pptx,
}

impl Format {
    /// Every form and its name.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("png", Self::Png),
        ("svg", Self::Svg),
        ("html", Self::Html),
        ("pdf", Self::Pdf),
        ("csv", Self::Csv),
        ("xlsx", Self::Xlsx),
        ("parquet", Self::Parquet),
        ("pptx", Self::Pptx),
    ];

    /// What is drawn alone, beside a text.
    pub const DRAWN: &'static [Self] = &[Self::Png, Self::Svg, Self::Html];

    /// What is drawn and told, but not put into tables.
    pub const TOLD: &'static [Self] = &[Self::Png, Self::Svg, Self::Html, Self::Pdf];

    /// And with tables of it.
    pub const WITH_TABLES: &'static [Self] = &[Self::Png, Self::Svg, Self::Html, Self::Pdf, Self::Csv, Self::Xlsx];

    /// And with draws.
    pub const WITH_DRAWS: &'static [Self] =
        &[Self::Png, Self::Svg, Self::Html, Self::Pdf, Self::Csv, Self::Xlsx, Self::Parquet];

    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Png, Self::Svg, Self::Html, Self::Pdf, Self::Csv, Self::Xlsx, Self::Parquet, Self::Pptx];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, own)| *own == self).map_or("", |(word, _)| word)
    }

    /// The form of that name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(own, _)| *own == word).map(|&(_, format)| format)
    }

    /// Whether it is tables alone.
    #[must_use]
    pub fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Parquet)
    }

    /// Whether charts are written in it, one a file.
    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Svg)
    }
}
