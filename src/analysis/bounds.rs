//! A range in an option, `20k..90k`, with faults that point into it.

use crate::reading::{Diagnostic, SourceId, Span};
use crate::units::parse_number;

/// Reads `LOW..HIGH`, which begins at byte `start` of the option `source`.
///
/// # Errors
///
/// What is wrong with it.
pub fn read_bounds(text: &str, start: usize, source: SourceId) -> Result<(f64, f64), Diagnostic> {
    let fault = |from: usize, length: usize, message: &str, label: &str| {
        let span = start + from..start + from + length;
        Diagnostic::at(&Span { source, span }, message, label).help("write for example 20k..90k")
    };
    let Some((low, high)) = text.split_once("..") else {
        return Err(fault(0, text.len(), "a range has two ends", "`..` is missing"));
    };
    let behind = low.len() + 2;
    let read = |from: usize, part: &str| {
        let bare = part.trim();
        let skipped = part.len() - part.trim_start().len();
        parse_number(bare).map_err(|why| fault(from + skipped, bare.len(), "expected a number", &why))
    };
    let (low, high) = (read(0, low)?, read(behind, high)?);
    if low < high {
        return Ok((low, high));
    }
    Err(fault(0, text.len(), "a range runs from low to high", "the first end is not below the second"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Sources;

    #[test]
    fn both_ends_are_read_and_faults_point_at_one() {
        let source = Sources::default().add("the option", "");
        assert_eq!(read_bounds("20k..90k", 0, source), Ok((20_000.0, 90_000.0)));
        assert_eq!(read_bounds("10%..30%", 0, source), Ok((0.1, 0.3)));
        for (text, span) in [("20k", 5..8), ("20k..", 10..10), ("a..5", 5..6), ("5..b", 8..9), ("5..5", 5..9)] {
            assert_eq!(read_bounds(text, 5, source).expect_err(text).place.span, span, "{text}");
        }
    }
}
