//! A figure at each of the levels that are reported.

use serde::{Deserialize, Serialize};

/// The levels of the percentiles that are reported.
pub const LEVELS: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// A value at each of [`LEVELS`]: percentiles of a figure, or what belongs to each of them, such as its error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Percentiles<T = f64> {
    /// at 5 %
    pub p5: T,
    /// at 10 %: the low end, 1 of 10 draws lies below
    pub p10: T,
    /// at 25 %
    pub p25: T,
    /// at 50 %: the median
    pub p50: T,
    /// at 75 %
    pub p75: T,
    /// at 90 %: the high end, 9 of 10 draws lie below
    pub p90: T,
    /// at 95 %
    pub p95: T,
}

impl<T> Percentiles<T> {
    /// From the values at [`LEVELS`], in their order.
    pub fn in_order([p5, p10, p25, p50, p75, p90, p95]: [T; 7]) -> Self {
        Self { p5, p10, p25, p50, p75, p90, p95 }
    }

    /// The values at [`LEVELS`], in their order.
    pub fn to_array(self) -> [T; 7] {
        [self.p5, self.p10, self.p25, self.p50, self.p75, self.p90, self.p95]
    }

    /// What `at` gives for each of [`LEVELS`].
    pub fn of(at: impl FnMut(f64) -> T) -> Self {
        Self::in_order(LEVELS.map(at))
    }

    /// Each of them made into something else.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Percentiles<U> {
        Percentiles::in_order(self.to_array().map(make))
    }

    /// Each of them with that of another.
    pub fn zip<U>(self, other: Percentiles<U>) -> Percentiles<(T, U)> {
        let mut others = other.to_array().into_iter();
        self.map(|own| (own, others.next().expect("as many levels")))
    }
}

impl<T: Copy> Percentiles<T> {
    /// The value at a level, if it is one of [`LEVELS`].
    #[must_use]
    pub fn at(&self, level: f64) -> Option<T> {
        let place = LEVELS.iter().position(|&own| own == level)?;
        Some(self.to_array()[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_has_the_field_that_its_name_says() {
        let percentiles = Percentiles::of(|level| level);
        let named = serde_json::to_value(percentiles).expect("JSON");
        for level in LEVELS {
            assert_eq!(percentiles.at(level), Some(level));
            assert_eq!(named[format!("p{}", (100.0 * level).round())], level);
        }
        assert_eq!(percentiles.at(0.2), None);
    }
}
