//! How an input is written: `3.2`, `"4%"`, `"2.5 to 4.5"`, `{ p10 = 2, p50 = 3, p90 = 6 }`.

use crate::reading::{Fault, Node, Value};
use crate::units::{Period, Range, parse_number};

use super::draft::Draft;
use super::form::Form;
use super::rows::Row;
use super::{Law, interval, mixture, moments, pert, rows, tables, three_points, triangular, uniform, values};

/// What kind of figure a key is; it decides the family of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// an amount, 0 or more
    Amount,
    /// a fraction, 0 to 1
    Fraction,
    /// any number
    Number,
}

impl Domain {
    /// A figure stated by the period, by the week.
    #[must_use]
    pub fn a_week(self, x: f64, period: Period) -> f64 {
        match self {
            Self::Fraction => period.fraction_a_week(x),
            Self::Amount | Self::Number => period.amount_a_week(x),
        }
    }

    /// A figure stated by the week, by the period.
    pub(super) fn a_period(self, x: f64, period: Period) -> f64 {
        match self {
            Self::Fraction => period.fraction_from_a_week(x),
            Self::Amount | Self::Number => x / period.per_week(),
        }
    }
}

/// What a key asks of its value.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// the kind of figure
    pub domain: Domain,
    /// the range it must lie in
    pub range: Range,
    /// the unit, for messages
    pub unit: &'static str,
    /// a rate, which may be written with a period
    pub rate: bool,
    /// `simulation.widen`
    pub widen: f64,
}

/// A value that was read.
#[derive(Debug)]
pub enum Written {
    /// one number
    Certain(f64),
    /// a distribution
    Uncertain {
        /// its quantile function
        law: Box<dyn Law>,
        /// whether it was stated by quantiles
        from_quantiles: bool,
    },
    /// a column of a file, of which each draw takes a row
    Row(Row),
}

/// Every table spelling. A new one is a file and a line here.
pub(super) const FORMS: &[Form] = &[
    three_points::FORM,
    pert::FORM,
    moments::FORM,
    uniform::FORM,
    triangular::FORM,
    values::FORM,
    mixture::FORM,
    rows::FORM,
];

/// Reads the value of a key.
///
/// # Errors
///
/// The faults of the value, each at the part it is about.
pub fn read(node: &Node, terms: &Terms) -> Result<Written, Vec<Fault>> {
    let draft = Draft::of(node, terms);
    match &node.value {
        Value::Number(number) => draft.certain(*number, None).map_err(|why| vec![draft.fault(&why)]),
        Value::Text(text) => read_text(&draft, text).map_err(|why| vec![draft.fault(&why)]),
        Value::Table(table) => tables::read(&draft, table),
        other => Err(vec![draft.fault(&format!("expected a number or a range, found {}", other.what()))]),
    }
}

fn read_text(draft: &Draft<'_>, text: &str) -> Result<Written, String> {
    let (body, period) = split_period(text)?;
    draft.allows(period)?;
    let Some((low, high)) = body.split_once(" to ") else {
        let number = parse_number(body).map_err(|why| ends_amiss(body, why))?;
        return draft.certain(number, period);
    };
    let (low, high) = (low.trim(), high.trim());
    if high.contains(" to ") {
        return Err(TWO_ENDS.into());
    }
    if high.ends_with('%') && !low.ends_with('%') {
        return Err(format!("each end carries its own sign: write \"{low}% to {high}\""));
    }
    let written = interval::read(draft, parse_number(low)?, parse_number(high)?)?;
    Ok(draft.by_the_period(written, period))
}

const TWO_ENDS: &str = "a range has two ends: \"2.5 to 4.5\"";

/// Why a text that is no number was probably meant as a range, or else `why` it is no number.
fn ends_amiss(text: &str, why: String) -> String {
    if text.ends_with(" to") || text.starts_with("to ") {
        return TWO_ENDS.into();
    }
    let ends = text.char_indices().filter(|&(at, c)| at > 0 && matches!(c, '-' | '–' | '—')).find_map(|(at, dash)| {
        let (low, high) = (text[..at].trim(), text[at + dash.len_utf8()..].trim());
        (parse_number(low).is_ok() && parse_number(high).is_ok()).then_some((low, high))
    });
    match ends {
        Some((low, high)) => format!("a range is written with the word to: \"{low} to {high}\""),
        None => why,
    }
}

/// Splits `"3% a month"` into `"3%"` and the period.
pub(super) fn split_period(text: &str) -> Result<(&str, Option<Period>), String> {
    let text = text.trim();
    let split = [" a ", " per ", " an "].iter().find_map(|word| text.split_once(word));
    let Some((body, word)) = split else {
        return Ok((text, None));
    };
    let word = word.trim();
    let named = Period::NAMED.iter().find(|(name, _)| *name == word);
    match named {
        Some(&(_, period)) => Ok((body, Some(period))),
        None if word.contains(" to ") => Err("write the period once, at the end: \"3 to 5 a month\"".into()),
        None => Err(format!("\"{word}\" is not a period: write a week, a month, a quarter or a year")),
    }
}
