//! The percentiles that an uncertain figure is told by.

/// Three percentiles of a figure: of 10 futures, 1 has less than P10 and 1 more than P90.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels<T = f64> {
    /// the low end
    pub p10: T,
    /// the median
    pub p50: T,
    /// the high end
    pub p90: T,
}

impl<T> Levels<T> {
    /// Those of a quantile function.
    pub fn of(quantile: impl Fn(f64) -> T) -> Self {
        Self { p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9) }
    }

    /// The same, otherwise told.
    pub fn map<U>(self, tell: impl Fn(T) -> U) -> Levels<U> {
        Levels { p10: tell(self.p10), p50: tell(self.p50), p90: tell(self.p90) }
    }
}
