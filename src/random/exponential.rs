//! eˣ for inner loops: inline, for a small range.

use super::lanes::{LANES, Lanes};
use crate::transcendental::{exp, exp_m1};

/// Up to here it holds, beyond anything that counts of a small mean ask for.
pub(crate) const END: f64 = 7.9;
/// Where the table ends.
const TABLE_END: usize = 8;
const PLACES_PER_UNIT: usize = 16;

/// eˣ at every sixteenth.
const TABLE: [f64; TABLE_END * PLACES_PER_UNIT] = {
    let mut table = [1.0; TABLE_END * PLACES_PER_UNIT];
    let mut place = 0;
    while place < table.len() {
        let x = place as f64 / PLACES_PER_UNIT as f64;
        let mut k = 60;
        while k > 0 {
            table[place] = 1.0 + table[place] * x / k as f64;
            k -= 1;
        }
        place += 1;
    }
    table
};

/// eˣ for x in 0 … 7.9, to a relative error of 2e-15.
///
/// ```text
/// eˣ = eᵃ·eʳ        a the nearest sixteenth, eʳ ≈ Σ rʲ/j!,  j = 0 … 7
/// ```
#[inline(always)]
pub(crate) fn exponential(x: f64) -> f64 {
    debug_assert!((0.0..END).contains(&x), "e^{x}");
    power(x)
}

/// [`exponential`] of sixteen; not a number where x is not in its range.
#[inline(always)]
#[expect(clippy::manual_range_contains, reason = "two plain comparisons are sure to become vector instructions")]
pub(crate) fn exponentials(xs: &Lanes) -> Lanes {
    let mut powers = [0.0; LANES];
    for (power_of, &x) in powers.iter_mut().zip(xs) {
        let found = power(x);
        *power_of = if x >= 0.0 && x < END { found } else { f64::NAN };
    }
    powers
}

/// The middle of what [`exponential`] takes.
pub(crate) const LIFT: f64 = 0.5 * END;

/// `e^(x + LIFT)`, for x about 0.
#[inline]
pub(crate) fn lifted(x: f64) -> f64 {
    let x = x + LIFT;
    if (0.0..END).contains(&x) { exponential(x) } else { exp(x) }
}

/// [`lifted`] of sixteen; not a number where that is the platform's exponential.
#[inline(always)]
pub(crate) fn lifted_lanes(xs: &Lanes) -> Lanes {
    // Plain loops: `map` of an array is not inlined.
    let mut lanes = *xs;
    for x in &mut lanes {
        *x += LIFT;
    }
    exponentials(&lanes)
}

/// `1 − e^(−x)` for x from 0: the share of a whole that is reached when what is left falls by e with each unit of x.
///
/// ```text
/// (eˣ − 1)/eˣ
/// ```
/// To a relative error of 1e-14, near 0 as well.
#[inline(always)]
pub(crate) fn saturation(x: f64) -> f64 {
    if (0.0..END).contains(&x) { rise_over_power(x) } else { -exp_m1(-x) }
}

/// [`saturation`] of sixteen; not a number where x is not in the range of [`exponential`].
#[inline(always)]
#[expect(clippy::manual_range_contains, reason = "two plain comparisons are sure to become vector instructions")]
pub(crate) fn saturations(xs: &Lanes) -> Lanes {
    let mut shares = [0.0; LANES];
    for (share, &x) in shares.iter_mut().zip(xs) {
        let found = rise_over_power(x);
        *share = if x >= 0.0 && x < END { found } else { f64::NAN };
    }
    shares
}

#[inline(always)]
fn rise_over_power(x: f64) -> f64 {
    let (at, rise) = nearby(x);
    let rise = (at - 1.0) + at * rise;
    rise / (1.0 + rise)
}

#[inline(always)]
fn power(x: f64) -> f64 {
    let (at, rise) = nearby(x);
    at + at * rise
}

/// `eᵃ`, and `eʳ − 1`.
#[inline(always)]
fn nearby(x: f64) -> (f64, f64) {
    // Adding this rounds to a whole number, which then stands in the lowest bits.
    const WHOLE: f64 = 1.5 * (1_u64 << 52) as f64;
    let shifted = x * PLACES_PER_UNIT as f64 + WHOLE;
    let at = TABLE[shifted.to_bits() as usize % TABLE.len()];
    let r = x - (shifted - WHOLE) * (1.0 / PLACES_PER_UNIT as f64);
    let rr = r * r;
    let low = 1.0 / 2.0 + r * (1.0 / 6.0);
    let high = (1.0 / 24.0 + r * (1.0 / 120.0)) + rr * (1.0 / 720.0 + r * (1.0 / 5040.0));
    (at, r + rr * (low + rr * high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_exponential() {
        for step in 0..790_000 {
            let x = f64::from(step) * 1e-5;
            assert!((exponential(x) / x.exp() - 1.0).abs() < 2e-15, "e^{x}");
        }
    }

    #[test]
    fn a_saturation_is_what_is_left_of_the_whole() {
        let small = (0..300).map(|step| 10_f64.powf(f64::from(step) * -0.1));
        for x in (0..800_000).map(|step| f64::from(step) * 1e-5).chain(small).chain([7.9, 40.0, 800.0]) {
            let wanted = -(-x).exp_m1();
            assert!((saturation(x) - wanted).abs() <= 1e-14 * wanted, "1 - e^-{x}");
            let lanes = saturations(&[x; LANES]);
            assert!(lanes.iter().all(|own| own.to_bits() == saturation(x).to_bits() || x >= END && own.is_nan()));
        }
    }
}
