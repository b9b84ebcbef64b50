//! The functions whose last bit depends on the platform, in one place.
//!
//! Addition, multiplication, division and square roots are correctly rounded wherever this program runs. Exponentials,
//! logarithms, powers and trigonometric functions are not: each platform's mathematical library (`libm`) rounds them in
//! its own way, so the same plan and seed can give other bytes on another operating system or processor. Whoever wants
//! one set of bytes everywhere exchanges the library here. `clippy.toml` forbids these methods of `f64` in the rest of
//! the crate; tests call them freely, as a second opinion.
//!
//! The special functions of `statrs` (incomplete beta and gamma, `erfc`) are built on the platform's library as well.

macro_rules! of_the_platform {
    ($($(#[$doc:meta])* $name:ident($x:ident $(, $y:ident)?);)*) => {
        $(
            $(#[$doc])*
            #[inline]
            #[expect(clippy::disallowed_methods, reason = "the one place that calls the platform's library")]
            pub(crate) fn $name($x: f64 $(, $y: f64)?) -> f64 {
                f64::$name($x $(, $y)?)
            }
        )*
    };
}

of_the_platform! {
    /// `e^x`.
    exp(x);
    /// `2^x`.
    exp2(x);
    /// `e^x − 1`, exact to the last digits near 0.
    exp_m1(x);
    /// The natural logarithm: NaN below 0, −∞ at 0.
    ln(x);
    /// `ln(1 + x)`, exact to the last digits near 0.
    ln_1p(x);
    /// The logarithm to base 10: NaN below 0, −∞ at 0.
    log10(x);
    /// `x^y`: NaN where `x` is below 0 and `y` is not whole.
    powf(x, y);
    /// The sine of `x` radians.
    sin(x);
    /// The inverse of the sine: NaN outside −1..=1.
    asin(x);
    /// The hyperbolic sine.
    sinh(x);
    /// The hyperbolic tangent, in −1..=1.
    tanh(x);
    /// The inverse of the hyperbolic sine.
    asinh(x);
    /// The inverse of the hyperbolic tangent: NaN outside −1..=1.
    atanh(x);
    /// The cube root.
    cbrt(x);
    /// `√(x² + y²)`, which does not overflow on the way.
    hypot(x, y);
}

/// `x^n` by repeated squaring: the same bits everywhere, which [`f64::powi`] does not promise.
#[inline]
pub(crate) fn powi(x: f64, n: i32) -> f64 {
    let (mut square, mut left, mut power) = (x, n.unsigned_abs(), 1.0);
    loop {
        if left & 1 == 1 {
            power *= square;
        }
        left >>= 1;
        if left == 0 {
            break;
        }
        square *= square;
    }
    if n < 0 { 1.0 / power } else { power }
}

#[cfg(test)]
mod tests {
    use super::powi;

    /// 3⁵ = 243 and 2⁻³ = 1/8 are exact; 10²² is the largest power of ten that is.
    #[test]
    fn powers_that_a_float_holds_are_exact() {
        assert_eq!((powi(3.0, 5), powi(2.0, -3), powi(-1.5, 2), powi(0.0, 0)), (243.0, 0.125, 2.25, 1.0));
        assert_eq!((powi(10.0, 22), powi(10.0, -3)), (1e22, 1e-3));
        assert_eq!((powi(2.0, i32::MIN), powi(2.0, i32::MAX)), (0.0, f64::INFINITY));
    }
}
