//! An uncertain figure as charts take it: a few of its levels, each by its name.

use super::ticks::drawable;

/// An uncertain figure between two ends. Whoever holds it says which levels these are: P10, P50 and P90 of the draws, or
/// the ends of an error bar around an estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval<T = f64> {
    /// The low end.
    pub low: T,
    /// The median, the mean or the estimate.
    pub middle: T,
    /// The high end.
    pub high: T,
}

/// An uncertain figure as two bands around a median, a pale one and within it a darker one. Whoever holds it says which
/// percentiles the pale one ends at; the darker one goes from P25 to P75.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bands<T = f64> {
    /// The low end of the pale band.
    pub low: T,
    /// The low end of the darker band.
    pub lower: T,
    /// The median.
    pub middle: T,
    /// The high end of the darker band.
    pub upper: T,
    /// The high end of the pale band.
    pub high: T,
}

impl<T> Interval<T> {
    /// The same of each level.
    #[must_use]
    pub fn map<U>(self, mut of: impl FnMut(T) -> U) -> Interval<U> {
        Interval { low: of(self.low), middle: of(self.middle), high: of(self.high) }
    }

    /// The levels from the low end to the high one.
    #[must_use]
    pub fn into_array(self) -> [T; 3] {
        [self.low, self.middle, self.high]
    }
}

impl Interval {
    /// Of which nothing is known.
    pub const UNKNOWN: Self = Self::certain(f64::NAN);

    /// A figure that is certain.
    #[must_use]
    pub const fn certain(value: f64) -> Self {
        Self { low: value, middle: value, high: value }
    }

    /// Its levels in rising order.
    pub(super) fn sorted(self) -> Self {
        let mut levels = self.into_array();
        levels.sort_by(f64::total_cmp);
        let [low, middle, high] = levels;
        Self { low, middle, high }
    }

    /// Its levels in rising order, where all of them can be drawn.
    pub(super) fn checked(self) -> Option<Self> {
        let Self { low, middle, high } = self;
        Some(Self { low: drawable(low)?, middle: drawable(middle)?, high: drawable(high)? }.sorted())
    }
}

impl<T> Bands<T> {
    /// The same of each level.
    #[must_use]
    pub fn map<U>(self, mut of: impl FnMut(T) -> U) -> Bands<U> {
        Bands {
            low: of(self.low),
            lower: of(self.lower),
            middle: of(self.middle),
            upper: of(self.upper),
            high: of(self.high),
        }
    }

    /// The levels from the low end to the high one.
    #[must_use]
    pub fn into_array(self) -> [T; 5] {
        [self.low, self.lower, self.middle, self.upper, self.high]
    }
}

impl Bands {
    /// Of which nothing is known.
    pub const UNKNOWN: Self = Self::certain(f64::NAN);

    /// A figure that is certain.
    #[must_use]
    pub const fn certain(value: f64) -> Self {
        Self { low: value, lower: value, middle: value, upper: value, high: value }
    }

    /// Its levels in rising order, where all of them can be drawn.
    pub(super) fn checked(self) -> Option<Self> {
        let mut levels = self.into_array();
        for level in &mut levels {
            *level = drawable(*level)?;
        }
        levels.sort_by(f64::total_cmp);
        let [low, lower, middle, upper, high] = levels;
        Some(Self { low, lower, middle, upper, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_put_in_order_where_all_of_them_are_numbers() {
        let interval = Interval { low: 3.0, middle: 1.0, high: 2.0 };
        assert_eq!(interval.checked().map(Interval::into_array), Some([1.0, 2.0, 3.0]));
        assert_eq!(Interval { middle: f64::NAN, ..interval }.checked(), None);
        let bands = Bands { low: 5.0, ..Bands::certain(1.0) };
        assert_eq!(bands.checked(), Some(Bands { high: 5.0, ..Bands::certain(1.0) }));
        assert_eq!(Bands::UNKNOWN.checked(), None);
    }
}
