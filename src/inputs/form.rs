//! What a table spelling is made of: its keys, and what stands at them.

use crate::reading::{Span, Value};
use crate::units::{Sign, Spelled};

use super::Written;
use super::refusal::Refusal;
use super::value_reader::{ValueReader, one_sign_each};

/// A table spelling: its keys, what it looks like, how to make a distribution of its parts.
pub(super) struct Form {
    pub(super) slots: &'static [Slot],
    pub(super) example: &'static str,
    pub(super) read: fn(&ValueReader<'_>, &mut Parts) -> Result<Written, Refusal>,
}

impl Form {
    /// A column of a file is taken as it is.
    pub(super) fn can_be_cut(&self) -> bool {
        !self.slots.iter().any(|slot| matches!(slot, Slot::Text(_)))
    }

    /// Its parts are read with a period of their own, so that it has none itself.
    pub(super) fn is_of_parts(&self) -> bool {
        self.slots.iter().any(|slot| matches!(slot, Slot::Spellings(_)))
    }
}

/// A key of a form and what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// numbers at the percentiles that their keys name: p10, p50, p90
    Percentiles,
    /// a number with its own unit
    Number(&'static str),
    /// a list of them
    Numbers(&'static str),
    /// `weights`, a list of plain numbers; may be left out
    Weights,
    /// a list of spellings, each with a period of its own
    Spellings(&'static str),
    /// a text
    Text(&'static str),
}

impl Slot {
    /// The key.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Number(key) | Self::Numbers(key) | Self::Spellings(key) | Self::Text(key) => key,
            Self::Weights => "weights",
            Self::Percentiles => "p50",
        }
    }

    /// Does a key belong here?
    pub(super) fn holds(self, key: &str) -> bool {
        match self {
            Self::Percentiles => percentile_named(key).is_some(),
            _ => self.key() == key,
        }
    }

    /// Can a value stand here?
    pub(super) fn takes(self, value: &Value) -> bool {
        match self {
            Self::Number(_) | Self::Percentiles => matches!(value, Value::Number(_) | Value::Text(_)),
            Self::Numbers(_) | Self::Weights | Self::Spellings(_) => {
                matches!(value, Value::List(_))
            }
            Self::Text(_) => matches!(value, Value::Text(_)),
        }
    }
}

/// What stood at the keys of a form; all that it needs are there.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) numbers: Vec<(&'static str, Vec<f64>)>,
    /// percentiles with their values, rising
    percentiles: Vec<(u8, f64)>,
    /// all numbers, as they were written
    pub(super) spelled: Vec<Spelled>,
    pub(super) weights: Option<Vec<f64>>,
    pub(super) spellings: Vec<Written>,
    pub(super) texts: Vec<(&'static str, String, Span)>,
}

impl Parts {
    /// Adds the value of a percentile.
    pub(super) fn add_percentile(&mut self, percent: u8, value: f64) {
        self.percentiles.push((percent, value));
        self.percentiles.sort_by_key(|&(percent, _)| percent);
    }

    /// The percentiles with their values, by percentile.
    pub(super) fn percentiles(&self) -> &[(u8, f64)] {
        &self.percentiles
    }

    /// The number at a key.
    pub(super) fn number(&self, key: &str) -> f64 {
        self.numbers(key).first().copied().unwrap_or(f64::NAN)
    }

    /// The numbers of a list.
    pub(super) fn numbers(&self, key: &str) -> &[f64] {
        let found = self.numbers.iter().find(|(own, _)| *own == key);
        found.map_or(&[], |(_, numbers)| numbers)
    }

    /// Does each number of a rising row have its own k or M? Numbers that are apart may have percent signs or none.
    pub(super) fn one_sign_each(&self) -> Result<(), Refusal> {
        if self.spelled.iter().any(|number| number.sign == Some(Sign::Percent)) {
            return Ok(());
        }
        one_sign_each(&self.spelled)
    }

    /// The share of each of `count` things, by the weights; equal without weights.
    pub(super) fn weights(&self, count: usize) -> Result<Vec<f64>, String> {
        if count == 0 {
            return Err("the list is empty: write what is drawn from".into());
        }
        let Some(weights) = &self.weights else {
            return Ok(vec![1.0 / count as f64; count]);
        };
        if weights.len() != count {
            return Err(format!("{count} things have {} weights: write one weight for each", weights.len()));
        }
        if weights.iter().any(|&weight| weight < 0.0) {
            return Err("a weight is 0 or more".into());
        }
        let total: f64 = weights.iter().sum();
        if !(total > 0.0 && total.is_finite()) {
            return Err("at least one weight is above 0".into());
        }
        Ok(weights.iter().map(|weight| weight / total).collect())
    }

    /// The spellings of a list.
    pub(super) fn take_spellings(&mut self) -> Vec<Written> {
        std::mem::take(&mut self.spellings)
    }

    /// The text at a key and where it stands.
    pub(super) fn take_text(&mut self, key: &str) -> Option<(String, Span)> {
        let at = self.texts.iter().position(|(own, ..)| *own == key)?;
        let (_, text, place) = self.texts.swap_remove(at);
        Some((text, place))
    }
}

/// The percentile that a key names: `p5` is 5, up to 99.
pub(super) fn percentile_named(key: &str) -> Option<u8> {
    let digits = key.strip_prefix('p').filter(|digits| !digits.starts_with(['0', '+']))?;
    digits.parse().ok().filter(|percent| (1..=99).contains(percent))
}
