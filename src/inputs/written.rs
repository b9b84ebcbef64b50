//! What a value is once it was read: a number, a distribution, a column of a file.

use crate::reading::Span;

use super::distribution::Distribution;

/// A value that was read.
#[derive(Debug)]
pub enum Written {
    /// one number
    Certain(f64),
    /// a distribution
    Uncertain {
        /// its quantile function
        distribution: Box<dyn Distribution>,
        /// whether it was stated by quantiles
        from_quantiles: bool,
    },
    /// a column of a file, of which each draw takes a row
    Row(Row),
}

/// A column of a file, as written.
#[derive(Clone, Debug)]
pub struct Row {
    /// the path as written, relative to the folder of the file that it was written in
    pub file: String,
    /// where the path was written
    pub file_place: Span,
    /// the name of the column
    pub column: String,
    /// where the name was written
    pub column_place: Span,
}
