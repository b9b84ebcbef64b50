//! The values that are varied, and steps between them, as people read them.

use crate::analysis::{Axis, Value};
use crate::model::outcomes::{Outcome, Unit};
use crate::scenario::spoken;
use crate::text::{as_written, shorten};
use crate::transcendental::{log10, powf};
use crate::units::plain;

use super::super::words::{BILLIONS, MILLIONS};

/// Behind the currency of sums that are told in thousands.
const THOUSANDS: &str = " k";
/// A rep, a week.
const ONE: &str = "one";
/// A hundredth of a share.
const POINT: &str = "point";

/// Tenths or hundredths of it.
fn points(part: &str) -> String {
    format!("{part} points")
}

/// What sums are told in, and what stands behind their currency: large ones would not fit a terminal.
pub(super) fn unit_of(outcome: &Outcome, sizes: impl Iterator<Item = f64>) -> (f64, &'static str) {
    let most = sizes.fold(0.0, f64::max);
    match (outcome.unit, most) {
        (Unit::Money, most) if most >= 1e12 => (1e9, BILLIONS),
        (Unit::Money, most) if most >= 1e9 => (1e6, MILLIONS),
        (Unit::Money, most) if most >= 1e6 => (1e3, THOUSANDS),
        _ => (1.0, ""),
    }
}

/// A value as people read it.
pub(super) fn shown(value: &Value) -> String {
    match value.number {
        Some(number) if value.in_percent => format!("{}%", plain(number * 100.0)),
        Some(number) => as_written(number),
        None => shorten(&value.text, 40),
    }
}

/// A round step of a figure, no longer than that between its values.
pub(super) struct UnitStep {
    /// its size
    pub(super) size: f64,
    /// in words
    pub(super) words: String,
}

impl UnitStep {
    pub(super) fn of(axis: &Axis) -> Self {
        let in_percent = axis.is_in_percent();
        let (scale, most) = if in_percent { (0.01, 1.0) } else { (1.0, 1000.0) };
        let least = (1..axis.values.len())
            .map(|at| (axis.number(at) - axis.number(at - 1)) / scale)
            .fold(f64::INFINITY, f64::min);
        let size =
            if least > 0.0 && least.is_finite() { powf(10.0, (log10(least) + 1e-9).floor()).min(most) } else { 1.0 };
        let words = match (in_percent, as_written(size)) {
            (true, one) if one == "1" => POINT.to_owned(),
            (true, part) => points(&part),
            (false, one) if one == "1" => ONE.to_owned(),
            (false, size) => size,
        };
        Self { size: size * scale, words }
    }
}

/// The values of a point in words: those of several figures with their names.
pub(super) fn place<'p>(values: impl Iterator<Item = (&'p str, String)>) -> String {
    let values: Vec<(&str, String)> = values.collect();
    match values.as_slice() {
        [(_, value)] => value.clone(),
        values => {
            let short: Vec<String> = values.iter().map(|(path, _)| short(path)).collect();
            let alike = short.windows(2).any(|pair| pair[0] == pair[1]);
            let named = values.iter().zip(&short).map(|((path, value), short)| {
                let name = if alike { spoken(path) } else { short.clone() };
                format!("{name} {value}")
            });
            named.collect::<Vec<_>>().join(" and ")
        }
    }
}

/// The end of a path, which says enough: search budget.
fn short(path: &str) -> String {
    let keys: Vec<&str> = path.split('.').collect();
    let kept = if keys.len() > 2 { 2 } else { 1 };
    spoken(&keys[keys.len() - kept..].join("."))
}
