//! Figures of a plan at its middle, as one says them.

use crate::text::{plural, with_error};

/// A figure with three digits at most, and no more than one behind the point.
pub(super) fn rounded(amount: f64) -> String {
    let text = match amount {
        amount if amount >= 99.5 => with_error(amount, None),
        amount if amount >= 9.95 => with_error(amount, Some(1.0)),
        amount => with_error(amount, Some(0.1)),
    };
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// So many of something.
pub(super) fn counted(number: f64, noun: &str) -> String {
    match rounded(number).as_str() {
        "1" => format!("1 {noun}"),
        number => format!("{number} {}", plural(noun)),
    }
}
