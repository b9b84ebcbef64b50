//! The table spellings that there are.

use crate::reading::Table;

use super::form::{Form, Slot};
use super::{mixture, moments, percentiles, pert, quantiles, rows, triangular, uniform, values};

/// Every table spelling. A new one is a file and a line here.
pub(super) const FORMS: &[Form] = &[
    percentiles::FORM,
    pert::FORM,
    moments::FORM,
    uniform::FORM,
    triangular::FORM,
    values::FORM,
    quantiles::FORM,
    mixture::FORM,
    rows::FORM,
];

/// A table spelling, for those who describe the format: what it looks like, its keys, and what is written at each.
#[derive(Clone, Debug)]
pub struct TableSpelling {
    /// as one would write it
    pub example: &'static str,
    /// its keys; that of percentiles stands for all of p1 to p99
    pub keys: Vec<(&'static str, SpelledPart)>,
}

/// What is written at a key of a table spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpelledPart {
    /// numbers at percentiles: any of the keys p1 to p99
    Percentiles,
    /// a number
    Number,
    /// a list of numbers
    Numbers,
    /// a list of plain numbers, which may be left out
    Weights,
    /// a list of spellings
    Spellings,
    /// a text
    Text,
}

/// Every table spelling.
pub fn table_spellings() -> impl Iterator<Item = TableSpelling> {
    let part = |slot: &Slot| {
        let part = match slot {
            Slot::Percentiles => SpelledPart::Percentiles,
            Slot::Number(_) => SpelledPart::Number,
            Slot::Numbers(_) => SpelledPart::Numbers,
            Slot::Weights => SpelledPart::Weights,
            Slot::Spellings(_) => SpelledPart::Spellings,
            Slot::Text(_) => SpelledPart::Text,
        };
        (slot.key(), part)
    };
    FORMS.iter().map(move |form| TableSpelling { example: form.example, keys: form.slots.iter().map(part).collect() })
}

/// Is a table the whole spelling of an input, which takes the place of another?
#[must_use]
pub fn is_spelling(table: &Table) -> bool {
    let two_percentiles =
        |slot: &Slot| table.iter().filter(|entry| slot.holds(&entry.key) && slot.takes(&entry.node.value)).count() >= 2;
    let holds = |slot: &Slot| match table.get(slot.key()).map(|node| &node.value) {
        Some(value) => slot.takes(value),
        None => *slot == Slot::Weights,
    };
    FORMS.iter().any(|form| {
        form.slots.iter().all(|slot| match slot {
            Slot::Percentiles => two_percentiles(slot),
            _ => holds(slot),
        })
    })
}
