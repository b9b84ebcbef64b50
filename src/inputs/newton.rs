//! Quantiles that have no closed form, by Newton's method on the logarithm of the smaller tail.

use crate::transcendental::{exp, ln};

use statrs::function::erf::erfc;

/// Solves `F(y) = Φ(z)` for a distribution whose tails are log-concave in `y`, so that no step but the first goes past
/// the root; returns `y` and `dy/dz`.
///
/// `tail(y)` is the logarithm of the mass below `y` for z < 0, of the mass above it else, and that of the density at `y`.
pub(super) fn quantile(z: f64, start: f64, tail: impl Fn(f64) -> (f64, f64)) -> (f64, f64) {
    let mut y = start;
    let wanted = ln(0.5 * erfc(z.abs() / std::f64::consts::SQRT_2));
    for _ in 0..60 {
        let (ln_mass, ln_density) = tail(y);
        // Upwards below the median, where the mass rises with y; downwards above it.
        let up = if z < 0.0 { 1.0 } else { -1.0 };
        let step = up * (wanted - ln_mass) * exp(ln_mass - ln_density);
        let longest = 3.0 + 2.0 * y.abs();
        let step = if step.is_nan() { -up } else { step.clamp(-longest, longest) };
        y += step;
        if step.abs() < 1e-13 * y.abs().max(1.0) {
            break;
        }
    }
    let (_, ln_density) = tail(y);
    let normal_density = exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
    (y, normal_density / exp(ln_density))
}
