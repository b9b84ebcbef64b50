//! Speed to lead: how much of a lead is left by the time somebody answers.
//!
//! Implements section 5 of docs/model.md, `response_curve`.

use crate::reading::{Diagnostic, Node, Table, Value, nearest};
use crate::transcendental::ln;
use crate::units::{LARGEST, Range};

use super::schema::TableReader;

/// The first contact with a lead that waited from an earlier week comes after a week at least.
pub const WAITING_HOURS: f64 = 168.0;

/// Share of leads that still qualify, by hours to the first contact.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseCurve {
    /// (ln hours, factor), rising in hours; none: always 1
    points: Vec<(f64, f64)>,
}

impl ResponseCurve {
    /// Answering fast matters, but less than the loudest studies say.
    #[must_use]
    pub fn soft() -> Self {
        Self::through(&[(5.0 / 60.0, 1.0), (1.0, 0.80), (4.0, 0.60), (24.0, 0.35), (72.0, 0.25), (168.0, 0.15)])
    }

    /// Time does not matter.
    #[must_use]
    pub fn none() -> Self {
        Self { points: Vec::new() }
    }

    fn through(points: &[(f64, f64)]) -> Self {
        Self { points: points.iter().map(|&(hours, factor)| (ln(hours), factor)).collect() }
    }

    /// The factor at `hours`: linear in the logarithm of hours between the points, flat outside.
    #[must_use]
    pub fn at(&self, hours: f64) -> f64 {
        let (Some(&(_, first)), Some(&(_, last))) = (self.points.first(), self.points.last()) else {
            return 1.0;
        };
        let x = ln(hours);
        let above = self.points.partition_point(|&(place, _)| place < x);
        if above == 0 {
            return first;
        }
        if above == self.points.len() {
            return last;
        }
        let ((x0, y0), (x1, y1)) = (self.points[above - 1], self.points[above]);
        y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    }

    /// Reads `response_curve`.
    pub(super) fn read(fields: &mut TableReader<'_, '_>) -> Self {
        let Some(node) = fields.node("response_curve") else {
            return Self::soft();
        };
        match &node.value {
            Value::Text(word) if word == "soft" => Self::soft(),
            Value::Text(word) if word == "none" => Self::none(),
            Value::Table(table) => Self::read_table(fields, node, table),
            Value::Text(word) => {
                let hint = nearest(word, ["soft", "none"])
                    .map_or_else(String::new, |word| format!(": did you mean \"{word}\"?"));
                wrong(fields, node, &format!("\"{word}\" is not one of its options{hint}"));
                Self::none()
            }
            _ => {
                wrong(fields, node, "this is not one of its forms");
                Self::none()
            }
        }
    }

    fn read_table(fields: &mut TableReader<'_, '_>, node: &Node, table: &Table) -> Self {
        let above_zero = Range { low_open: true, ..Range::closed(0.0, LARGEST) };
        let mut list = |name: &str| match table.get(name).map(|node| &node.value) {
            Some(Value::List(items)) => fields.numbers(name, above_zero, items),
            _ => Vec::new(),
        };
        let (hours, factors) = (list("hours"), list("factor"));
        if table.iter().count() != 2 || hours.is_empty() || hours.len() != factors.len() {
            wrong(fields, node, "it has two lists of the same length: hours and factor");
            return Self::none();
        }
        if hours.windows(2).any(|pair| pair[0] >= pair[1]) {
            wrong(fields, node, "the hours must rise");
            return Self::none();
        }
        let points: Vec<(f64, f64)> = hours.into_iter().zip(factors).collect();
        Self::through(&points)
    }
}

fn wrong(fields: &mut TableReader<'_, '_>, node: &Node, why: &str) {
    fields.add_fault(
        Diagnostic::at(&node.place, "`response_curve`: this is not a curve", why)
            .help("write \"soft\", \"none\" or { hours = [1, 24, 168], factor = [1, 0.5, 0.2] }"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_curve_passes_its_points_and_is_flat_outside() {
        let curve = ResponseCurve::soft();
        for (hours, factor) in [(0.0, 1.0), (1.0, 0.8), (24.0, 0.35), (168.0, 0.15), (900.0, 0.15)] {
            assert!((curve.at(hours) - factor).abs() < 1e-12, "{hours} h");
        }
        // Half way between 1 h and 4 h on the log scale are 2 h.
        assert!((curve.at(2.0) - 0.70).abs() < 1e-12);
        assert_eq!(ResponseCurve::none().at(100.0), 1.0);
    }
}
