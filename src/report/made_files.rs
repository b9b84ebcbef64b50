//! Files that are made of results, or why they can't be.

use crate::charts::{PdfError, PngError};

/// Files in memory: the name of each and its bytes.
pub type MadeFiles = Vec<(String, Vec<u8>)>;

/// A file could not be made of results, which no results are known to cause.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// a picture
    #[error(transparent)]
    Picture(#[from] PngError),
    /// a document
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// a workbook
    #[error("the workbook could not be made: {0}")]
    Workbook(String),
    /// the figures behind a chart of slides
    #[error("the figures of a slide could not be packed: {0}")]
    SlideFigures(String),
    /// slides
    #[error("the slides could not be packed: {0}")]
    Slides(String),
    /// a table of draws
    #[error("the draws could not be packed as Parquet: {0}")]
    Parquet(String),
}
