//! The outcome that plans are compared in, or that is followed over what is varied.

use crate::text::{Scale, clean, futures, in_currency, lower, money};

use super::theme::Style;

/// An outcome, and how it is spoken of.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// Its title, as at the start of a sentence: `"Profit"`.
    pub title: &'a str,
    /// What stands behind its figures, such as the code of the currency; empty for what is only counted.
    pub unit: &'a str,
    /// Whether more of it is better; of a cost less is.
    pub higher_is_better: bool,
    /// Length of the plan in weeks; 13 of them are called a quarter.
    pub weeks: usize,
}

impl Measure<'_> {
    /// Its title for an axis, with the unit.
    pub(super) fn axis(&self, room: f64) -> String {
        Style::TICK.shorten(&in_currency(&clean(self.title), self.unit), room)
    }

    /// Its title inside a sentence.
    pub(super) fn noun(&self) -> String {
        let title = Style::TITLE.shorten(self.title, 700.0);
        if title.is_empty() { "outcome".to_owned() } else { lower(&title) }
    }

    /// What one draw stands for.
    pub(super) fn futures(&self) -> &'static str {
        futures(self.weeks)
    }

    /// A figure with its unit.
    pub(super) fn figure(&self, scale: &Scale, value: f64) -> String {
        money(&scale.write(value), self.unit)
    }

    /// Whether one figure is better than another.
    pub(super) fn better(&self, one: f64, other: f64) -> bool {
        if self.higher_is_better { one > other } else { one < other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_small_inside_a_sentence_unless_it_is_an_abbreviation() {
        for (title, noun) in [
            ("Profit with what follows", "profit with what follows"),
            ("Cost per lead (CPL)", "cost per lead (CPL)"),
            ("ROAS", "ROAS"),
            ("", "outcome"),
        ] {
            let measure = Measure { title, unit: "", higher_is_better: true, weeks: 13 };
            assert_eq!(measure.noun(), noun);
        }
    }
}
