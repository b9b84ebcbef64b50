//! Numbers of twice the precision of an f64, for the few uniforms that fall next to a step.

use std::ops::{Add, Div, Mul, Sub};

/// What a sum of probabilities is worked out in: f64 or [`DoubleDouble`].
pub(super) trait Number:
    Copy + PartialOrd + From<f64> + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// A bound on the relative error of one operation.
    const EPSILON: f64;

    /// A whole number; exact in a `DoubleDouble`, below 2⁵³ in an f64.
    fn whole(n: u64) -> Self;

    /// The f64 next to it.
    fn nearest(self) -> f64;
}

impl Number for f64 {
    const EPSILON: f64 = f64::EPSILON;

    fn whole(n: u64) -> Self {
        n as f64
    }

    fn nearest(self) -> f64 {
        self
    }
}

/// The unevaluated sum `high + low` of two f64 with `|low| ≤ ½ ulp(high)`: some 106 bits.
///
/// Source: T. J. Dekker, Numerische Mathematik 18 (1971); error bounds: M. Joldes, J.-M. Muller, V. Popescu, ACM TOMS
/// 44 (2017).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct DoubleDouble {
    high: f64,
    low: f64,
}

impl DoubleDouble {
    /// `a + b` exactly, for any two.
    fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let of_b = high - a;
        let low = (a - (high - of_b)) + (b - of_b);
        Self { high, low }
    }

    /// `a + b` exactly, for `|a| ≥ |b|`.
    fn ordered_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let low = b - (high - a);
        Self { high, low }
    }

    /// `a·b` exactly.
    fn product(a: f64, b: f64) -> Self {
        let high = a * b;
        let low = a.mul_add(b, -high);
        Self { high, low }
    }
}

impl Number for DoubleDouble {
    const EPSILON: f64 = f64::EPSILON * f64::EPSILON;

    fn whole(n: u64) -> Self {
        let upper = n >> 32 << 32;
        Self::ordered_sum(upper as f64, (n - upper) as f64)
    }

    fn nearest(self) -> f64 {
        self.high
    }
}

impl From<f64> for DoubleDouble {
    fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }
}

impl Add for DoubleDouble {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let high = Self::sum(self.high, other.high);
        let low = Self::sum(self.low, other.low);
        let high = Self::ordered_sum(high.high, high.low + low.high);
        Self::ordered_sum(high.high, high.low + low.low)
    }
}

impl Sub for DoubleDouble {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        let negative = Self { high: -other.high, low: -other.low };
        self + negative
    }
}

impl Mul for DoubleDouble {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let high = Self::product(self.high, other.high);
        let cross = self.high * other.low + self.low * other.high;
        Self::ordered_sum(high.high, high.low + cross)
    }
}

impl Div for DoubleDouble {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        // Long division, an f64 of the quotient at a time.
        let first = self.high / other.high;
        let rest = self - other * Self::from(first);
        let second = rest.high / other.high;
        let rest = rest - other * Self::from(second);
        let third = rest.high / other.high;
        Self::ordered_sum(first, second) + Self::from(third)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_f64_would_lose_is_kept() {
        let sum = DoubleDouble::from(1.0) + DoubleDouble::from(2f64.powi(-80));
        assert_eq!((sum - DoubleDouble::from(1.0)).nearest(), 2f64.powi(-80));
        // (1 + 2⁻³⁰)² = 1 + 2⁻²⁹ + 2⁻⁶⁰
        let square = DoubleDouble::from(1.0 + 2f64.powi(-30)) * DoubleDouble::from(1.0 + 2f64.powi(-30));
        let rest = square - DoubleDouble::from(1.0) - DoubleDouble::from(2f64.powi(-29));
        assert_eq!(rest.nearest(), 2f64.powi(-60));
        let whole = DoubleDouble::whole(u64::MAX) - DoubleDouble::from(2f64.powi(64));
        assert_eq!(whole.nearest(), -1.0);
    }

    #[test]
    fn a_third_three_times_is_one() {
        let third = DoubleDouble::from(1.0) / DoubleDouble::from(3.0);
        let error = (third + third + third - DoubleDouble::from(1.0)).nearest();
        assert!(error.abs() <= DoubleDouble::EPSILON, "{error}");
    }
}
