//! A cell of a table of draws: the number that it holds, and whether its decimals stand after a comma.

use crate::units::parse_number;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) number: f64,
    pub(super) decimals: Decimals,
}

/// What the decimals of a number stand after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decimals {
    /// there are none
    None,
    /// after a point
    Point,
    /// after a comma, for certain: `2,5`, `0,125`, `1.234,56`
    Comma,
    /// after a comma, or the comma parts thousands: `1,234`
    CommaOrThousands,
}

/// Reads a cell.
///
/// # Errors
///
/// Why it holds no number.
pub(super) fn read_cell(text: &str) -> Result<Cell, String> {
    if text.is_empty() {
        return Err("this cell is empty".into());
    }
    let decimals = if text.contains('.') { Decimals::Point } else { Decimals::None };
    // The plain form is most of every file, and needs no copy of the text.
    let is_plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if is_plain
        && let Ok(number) = text.parse::<f64>()
        && number.is_finite()
    {
        return Ok(Cell { number, decimals });
    }
    if let Some(cell) = with_comma(text) {
        return Ok(cell);
    }
    Ok(Cell { number: parse_number(text)?, decimals })
}

/// `2,5` and `1.234,56`.
fn with_comma(text: &str) -> Option<Cell> {
    let (body, percent) = match text.strip_suffix('%') {
        Some(body) => (body.trim_end(), "%"),
        None => (text, ""),
    };
    let (whole, decimals) = body.split_once(',')?;
    let digits = whole.trim_start_matches(['-', '+']);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = digits.split('.');
    let first = groups.next().filter(|first| is_number(first))?;
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 || !is_number(group) || first.len() > 3 {
            return None;
        }
        grouped = true;
    }
    if !is_number(decimals) || whole.len() > digits.len() + 1 {
        return None;
    }
    let is_certain = grouped || decimals.len() != 3 || first.starts_with('0') || first.len() > 3;
    let number = parse_number(&format!("{}.{decimals}{percent}", whole.replace('.', ""))).ok()?;
    let decimals = if is_certain { Decimals::Comma } else { Decimals::CommaOrThousands };
    Some(Cell { number, decimals })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_commas_are_read_and_told_from_thousands() {
        for (text, number, decimals) in [
            ("2.5", 2.5, Decimals::Point),
            ("-3", -3.0, Decimals::None),
            ("1_200", 1200.0, Decimals::None),
            ("4%", 0.04, Decimals::None),
            ("2,5", 2.5, Decimals::Comma),
            ("-2,5%", -0.025, Decimals::Comma),
            ("0,125", 0.125, Decimals::Comma),
            ("1.234,56", 1234.56, Decimals::Comma),
            ("12345,678", 12345.678, Decimals::Comma),
            ("1,234", 1.234, Decimals::CommaOrThousands),
        ] {
            assert_eq!(read_cell(text), Ok(Cell { number, decimals }), "{text}");
        }
        for text in ["", "NaN", "inf", "1,234.56", "1,234,567", "2,", ",5", "1.23,4", "--2,5", "$2,5", "1e999", "x"] {
            assert!(read_cell(text).is_err(), "{text}");
        }
    }
}
