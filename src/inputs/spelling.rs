//! How an input is written: `3.2`, `"4%"`, `"2.5 to 4.5"`, `{ p10 = 2, p50 = 3, p90 = 6 }`.

use crate::reading::{Diagnostic, Node, Value};
use crate::units::{guesses, visible};

use super::periods::split_period;
use super::refusal::{Refusal, quoted};
use super::units_written::without_unit;
use super::value_reader::{ValueReader, one_sign_each, with_period};
use super::{KeySpec, Written, counted, interval, tables};

/// Reads the value of a key.
///
/// # Errors
///
/// The faults of the value, each at the part it is about.
pub fn read(node: &Node, terms: &KeySpec<'_>) -> Result<Written, Vec<Diagnostic>> {
    let draft = ValueReader::of(node, terms, read);
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
