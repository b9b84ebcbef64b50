//! What a part of a chart tells to whoever points at it.

use super::labels::Area;

/// A part of the sheet, and what it tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hint {
    pub(super) area: Area,
    pub(super) text: String,
}
