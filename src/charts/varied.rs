//! What is varied along a side: amounts, or words.

use crate::text::Scale;

use super::axis::Side;
use super::theme::Style;
use super::ticks::drawable;

/// What is varied, and over which values.
#[derive(Clone, Copy, Debug)]
pub struct Varied<'a> {
    /// What it is, with its unit: `"Budget of PPC, USD"`.
    pub name: &'a str,
    /// The values, in their order.
    pub values: Values<'a>,
}

/// The values of what is varied.
#[derive(Clone, Copy, Debug)]
pub enum Values<'a> {
    /// Amounts: equal differences are equally far apart.
    Even(&'a [f64]),
    /// Amounts above 0: equal ratios are equally far apart.
    Logarithmic(&'a [f64]),
    /// Words, each in a place of its own.
    Words(&'a [&'a str]),
}

impl Varied<'_> {
    /// How many values there are.
    pub(super) fn count(&self) -> usize {
        match self.values {
            Values::Even(values) | Values::Logarithmic(values) => values.len(),
            Values::Words(words) => words.len(),
        }
    }

    /// Where each value stands along its side.
    pub(super) fn places(&self) -> Vec<Option<f64>> {
        match self.values {
            Values::Even(values) | Values::Logarithmic(values) => values.iter().copied().map(drawable).collect(),
            Values::Words(words) => (0..words.len()).map(|place| Some(place as f64)).collect(),
        }
    }

    pub(super) fn is_words(&self) -> bool {
        matches!(self.values, Values::Words(_))
    }

    /// The side along the foot of a plot that is `room` pixels wide.
    pub(super) fn side(&self, room: f64) -> Side {
        let title = self.title(room.min(1200.0));
        if let Values::Words(words) = self.values {
            return Side::words(words, room, title);
        }
        let places = || self.places().into_iter().flatten();
        let (low, high) = (places().fold(f64::INFINITY, f64::min), places().fold(f64::NEG_INFINITY, f64::max));
        // There is no ratio to 0 or below.
        match self.values {
            Values::Logarithmic(_) if low > 0.0 => Side::logarithmic((low, high), room, title),
            _ => Side::across((low, high), room, title),
        }
    }

    /// The name, as much of it as fits.
    pub(super) fn title(&self, room: f64) -> String {
        Style::TICK.shorten(self.name, room)
    }

    /// Each value in writing, amounts alike.
    pub(super) fn words(&self) -> Vec<String> {
        match self.values {
            Values::Words(words) => words.iter().map(|word| (*word).to_owned()).collect(),
            Values::Even(_) | Values::Logarithmic(_) => {
                let places = self.places();
                let amounts: Vec<f64> = places.iter().flatten().copied().collect();
                let scale = amounts.iter().fold(Scale::of(&amounts), |scale, amount| scale.with_typed(*amount));
                let write = |amount: Option<f64>| amount.map_or("–".to_owned(), |amount| scale.write_typed(amount));
                places.into_iter().map(write).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_alike_and_words_as_they_are() {
        let written = |values| Varied { name: "", values }.words().join(" ");
        assert_eq!(written(Values::Even(&[20e3, 42.5e3])), "20.0k 42.5k");
        assert_eq!(written(Values::Logarithmic(&[10.0, 1e4, f64::NAN])), "10 10k –");
        assert_eq!(written(Values::Words(&["oldest_first"])), "oldest_first");
    }
}
