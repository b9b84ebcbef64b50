//! How an input is written: `3.2`, `"4%"`, `"2.5 to 4.5"`, `{ p10 = 2, p50 = 3, p90 = 6 }`.

use crate::reading::{Diagnostic, Node, Sources, Value};
use crate::units::{Period, Range, Sign, Spelled, guesses, plain, visible};

use super::form::Form;
use super::refusal::{Refusal, quoted};
use super::rows::Row;
use super::units_written::without_unit;
use super::value_reader::{ValueReader, with_period};
use super::{
    Distribution, counted, interval, mixture, moments, percentiles, pert, rows, tables, triangular, uniform, values,
};

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

/// What an amount is an amount of; it decides which signs make sense in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// money, or things that are counted: no percent, and no point that may be for thousands
    Counted,
    /// hours and weeks: no percent
    Time,
    /// a number without a unit, such as a multiplier or a rate per customer: percent may be written
    Pure,
}

/// What a key asks of its value.
#[derive(Clone, Copy, Debug)]
pub struct KeySpec<'a> {
    /// the kind of figure
    pub domain: Domain,
    /// the range it must lie in
    pub range: Range,
    /// what an amount is an amount of
    pub measure: Measure,
    /// whether it may be uncertain
    pub may_vary: bool,
    /// the unit, for messages
    pub unit: &'static str,
    /// a value as one would write it, for messages
    pub example: &'static str,
    /// the texts that values were written in
    pub sources: &'a Sources,
    /// whether a value is only tried out: its faults need no advice
    pub trial: bool,
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
        distribution: Box<dyn Distribution>,
        /// whether it was stated by quantiles
        from_quantiles: bool,
    },
    /// a column of a file, of which each draw takes a row
    Row(Row),
}

/// Every table spelling. A new one is a file and a line here.
pub(super) const FORMS: &[Form] = &[
    percentiles::FORM,
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
pub fn read(node: &Node, terms: &KeySpec<'_>) -> Result<Written, Vec<Diagnostic>> {
    let draft = ValueReader::of(node, terms);
    match &node.value {
        Value::Number(number) => draft
            .bare(*number, node)
            .and_then(|number| draft.certain(number.value, None))
            .map_err(|refusal| vec![draft.fault(refusal)]),
        Value::Text(text) => read_text(&draft, text).map_err(|refusal| vec![draft.fault(refusal)]),
        Value::Table(table) => tables::read(&draft, table),
        other => Err(vec![draft.fault(format!("expected a number or a range, found {}", other.what()))]),
    }
}

fn read_text(draft: &ValueReader<'_>, text: &str) -> Result<Written, Refusal> {
    let (body, period) = split_period(text).map_err(|refusal| match counted::meant(text) {
        Some(count) => refusal.instead([count]),
        None => invisible_space(refusal, text),
    })?;
    draft.allows(period)?;
    if let Some(counted) = counted::read(draft, body, period) {
        return counted;
    }
    let refuse = |refusal| with_period(refusal, text, body);
    if let Some((meant, unit)) = without_unit(body, draft.terms.unit) {
        let why = format!("this figure is in {unit} as it is: write it without the word");
        return Err(refuse(Refusal::from(why).instead(meant.iter().map(|meant| quoted(meant)))));
    }
    let Some((low, high)) = body.split_once(" to ") else {
        let number = draft.spelled(body).map_err(|refusal| refuse(meant_as_range(refusal, body)))?;
        return draft.certain(number.value, period).map_err(refuse);
    };
    let (low, high) = (low.trim(), high.trim());
    if high.contains(" to ") {
        return Err(TWO_ENDS.into());
    }
    read_range(draft, low, high).map(|written| draft.by_the_period(written, period)).map_err(|refusal| {
        let meant = if refusal.instead.is_empty() { draft.meant(refusal, body) } else { refusal };
        refuse(meant)
    })
}

/// Reads `low to high`; each end has its own sign.
fn read_range(draft: &ValueReader<'_>, low: &str, high: &str) -> Result<Written, Refusal> {
    let end = |text: &str| draft.spelled(text).map_err(|refusal| Refusal { instead: Vec::new(), ..refusal });
    let (low, high) = (end(low)?, end(high)?);
    one_sign_each(&[low, high])?;
    interval::read(draft, low.value, high.value)
}

/// Numbers that rise together each have their own sign: of `5` and `8k` nobody knows whether 5 or 5,000 is meant.
pub(super) fn one_sign_each(numbers: &[Spelled]) -> Result<(), Refusal> {
    let lacks = |low: &Spelled, high: &Spelled| match (low.sign, high.sign) {
        (None, Some(sign)) if low.value != 0.0 && low.digits <= high.digits => Some((low.digits, sign)),
        (Some(Sign::Percent), None) if low.digits <= high.digits => Some((high.digits, Sign::Percent)),
        (Some(sign), None) if low.digits <= high.digits && high.value < low.value => Some((high.digits, sign)),
        _ => None,
    };
    match numbers.windows(2).find_map(|pair| lacks(&pair[0], &pair[1])) {
        Some((digits, sign)) => {
            let digits = plain(digits);
            let sign = sign.written();
            Err(format!("each number has its own sign: is {digits} meant as {digits}{sign}?").into())
        }
        None => Ok(()),
    }
}

const TWO_ENDS: &str = "a range has two ends: \"2.5 to 4.5\"";

/// The refusal of a text that is not a number: was it meant as a range?
fn meant_as_range(refusal: Refusal, text: &str) -> Refusal {
    if text.ends_with(" to") || text.starts_with("to ") {
        return TWO_ENDS.into();
    }
    if let Some(count) = counted::meant(text) {
        return refusal.instead([count]);
    }
    let guessed = guesses(text);
    match guessed.first() {
        Some(range) if range.contains(" to ") => {
            let why =
                if visible(text).contains(" to ") { refusal.why } else { "a range is written with the word to".into() };
            Refusal::from(why).instead(guessed.iter().map(|guess| quoted(guess)))
        }
        _ => refusal,
    }
}

/// The refusal of a text that has a space that is not an ordinary one, with ordinary ones in its place.
fn invisible_space(refusal: Refusal, text: &str) -> Refusal {
    let seen = visible(text);
    if seen == text { refusal } else { refusal.instead([quoted(&seen)]) }
}

/// Splits `"3% a month"` into `"3%"` and the period.
pub(super) fn split_period(text: &str) -> Result<(&str, Option<Period>), Refusal> {
    let text = text.trim();
    let split = [" a ", " per ", " an "].iter().find_map(|word| text.split_once(word));
    let Some((body, word)) = split else {
        return Ok((text, None));
    };
    let word = word.trim();
    let named = Period::NAMED.iter().find(|(name, _)| *name == word);
    match named {
        Some(&(_, period)) => Ok((body, Some(period))),
        None if word.contains(" to ") => {
            let refusal = Refusal::from("write the period once, at the end: \"3 to 5 a month\"");
            let ends = text.split_once(" to ").and_then(|(low, high)| {
                let low = [" a ", " per ", " an "].iter().find_map(|word| low.split_once(word))?;
                high.trim().ends_with(low.1.trim()).then(|| format!("\"{} to {}\"", low.0.trim(), high.trim()))
            });
            Err(refusal.instead(ends))
        }
        None => Err(format!("\"{word}\" is not a period: write a week, a month, a quarter or a year").into()),
    }
}
