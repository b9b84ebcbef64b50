//! The quantile function of the standard normal distribution, exact and fast.

use crate::transcendental::{exp, ln, powi};

use std::f64::consts::{FRAC_1_SQRT_2, TAU};
use std::sync::LazyLock;

use statrs::function::erf::erfc;

use super::lanes::{LANES, Lanes};

/// The standard normal quantile of `u` in (0, 1): z with `Φ(z) = u`.
///
/// Relative error about 1e-15 over the whole range. Source: M. J. Wichura, Algorithm AS 241, Applied Statistics 37
/// (1988), routine PPND16.
pub fn normal_quantile(u: f64) -> f64 {
    let centered = u - 0.5;
    if centered.abs() <= CENTRAL {
        return central(centered);
    }
    // The smaller tail: 1 − u is exact for u ≥ ½.
    let r = (-ln(u.min(1.0 - u))).sqrt();
    let z = if r <= 5.0 { ratio(r - 1.6, &TAIL) } else { ratio(r - 5.0, &FAR_TAIL) };
    z.copysign(centered)
}

/// [`normal_quantile`] of sixteen uniforms; not a number in the tails, which are 15 % of all.
#[inline(always)]
pub(crate) fn normal_quantiles(uniforms: &Lanes) -> Lanes {
    let mut normals = [0.0; LANES];
    for (z, u) in normals.iter_mut().zip(uniforms) {
        let centered = u - 0.5;
        let found = central(centered);
        *z = if centered.abs() <= CENTRAL { found } else { f64::NAN };
    }
    normals
}

/// So far from ½ a uniform is in the tails.
const CENTRAL: f64 = 0.425;

/// The quantile at ½ and so much.
#[inline(always)]
fn central(centered: f64) -> f64 {
    let r = 0.180_625 - centered * centered;
    centered * ratio(r, &CENTER)
}

/// `Φ(z)`, the share of the standard normal distribution below `z`; relative error about 1e-14, in the lower tail too.
#[must_use]
pub fn normal_share(z: f64) -> f64 {
    0.5 * erfc(-z * FRAC_1_SQRT_2)
}

/// [`normal_quantile`] to a relative error of 1e-10 (1e-12 absolute about 0), in half of the time: for inner loops.
///
/// Within 2⁻¹⁰ of an end, and at ½, it is [`normal_quantile`] itself.
///
/// ```text
/// z(v + h) ≈ Σ z⁽ʲ⁾(v) hʲ / j!,   j = 0 … 5,   v = min(u, 1 − u)
/// ```
/// about the middles of 16 equal pieces of each octave `2⁻ᵐ … 2¹⁻ᵐ` of v. So the piece is found in the bits of v.
#[inline]
pub fn standard_normal(u: f64) -> f64 {
    let rest = 1.0 - u;
    // Not f64::min, which looks out for NaN first.
    let tail = if rest < u { rest } else { u };
    let bits = tail.to_bits();
    // Below the first piece this wraps to a place that the table does not have.
    let place = (bits >> PIECE_BITS).wrapping_sub(FIRST_PIECE);
    match PIECES.get(place as usize) {
        Some(c) => {
            let h = tail - piece_middle(bits);
            let hh = h * h;
            let z = (c[0] + c[1] * h) + hh * ((c[2] + c[3] * h) + hh * (c[4] + c[5] * h));
            // A branch would be foreseen wrongly every other time.
            z.abs().copysign(u - 0.5)
        }
        None => normal_quantile(u),
    }
}

const OCTAVES: usize = 9;
const PIECES_PER_OCTAVE: usize = 16;
/// An f64's bits above this place are its octave and the piece within it.
const PIECE_BITS: u32 = 52 - PIECES_PER_OCTAVE.ilog2();
const FIRST_PIECE: u64 = (0.5 / (1 << OCTAVES) as f64).to_bits() >> PIECE_BITS;

/// [`standard_normal`] of sixteen uniforms; not a number where that is [`normal_quantile`] itself.
#[inline(always)]
pub(crate) fn standard_normals(uniforms: &Lanes) -> Lanes {
    let pieces: &[[f64; 6]; OCTAVES * PIECES_PER_OCTAVE] = &PIECES;
    let mut normals = [0.0; LANES];
    for (z, &u) in normals.iter_mut().zip(uniforms) {
        let rest = 1.0 - u;
        let tail = if rest < u { rest } else { u };
        let bits = tail.to_bits();
        let place = (bits >> PIECE_BITS).wrapping_sub(FIRST_PIECE) as usize;
        let c = &pieces[place.min(pieces.len() - 1)];
        let h = tail - piece_middle(bits);
        let hh = h * h;
        let found = (c[0] + c[1] * h) + hh * ((c[2] + c[3] * h) + hh * (c[4] + c[5] * h));
        *z = if place < pieces.len() { found.abs().copysign(u - 0.5) } else { f64::NAN };
    }
    normals
}

/// Taylor coefficients of each piece from 2⁻¹⁰ to ½.
static PIECES: LazyLock<[[f64; 6]; OCTAVES * PIECES_PER_OCTAVE]> = LazyLock::new(|| {
    std::array::from_fn(|place| {
        let bits = (FIRST_PIECE + place as u64) << PIECE_BITS;
        taylor(normal_quantile(piece_middle(bits)))
    })
});

#[inline(always)]
fn piece_middle(bits: u64) -> f64 {
    f64::from_bits(bits >> PIECE_BITS << PIECE_BITS | 1 << (PIECE_BITS - 1))
}

/// `z⁽ʲ⁾/j!` at the u of a given z: with s = 1/φ(z), s' = z·s² and each derivative is a polynomial of z times sʲ.
fn taylor(z: f64) -> [f64; 6] {
    let zz = z * z;
    let s = TAU.sqrt() * exp(zz / 2.0);
    [
        z,
        s,
        powi(s, 2) * z / 2.0,
        powi(s, 3) * (1.0 + 2.0 * zz) / 6.0,
        powi(s, 4) * z * (7.0 + 6.0 * zz) / 24.0,
        powi(s, 5) * (7.0 + zz * (46.0 + 24.0 * zz)) / 120.0,
    ]
}

/// Coefficients of a ratio of two polynomials, constant terms first.
type Ratio = ([f64; 8], [f64; 8]);

#[inline(always)]
fn ratio(x: f64, (above, below): &Ratio) -> f64 {
    let polynomial = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * x + c);
    polynomial(above) / polynomial(below)
}

#[rustfmt::skip]
const CENTER: Ratio = (
    [
        3.387_132_872_796_366_5, 1.331_416_678_917_843_8e2, 1.971_590_950_306_551_3e3, 1.373_169_376_550_946e4,
        4.592_195_393_154_987e4, 6.726_577_092_700_87e4, 3.343_057_558_358_813e4, 2.509_080_928_730_122_7e3,
    ],
    [
        1.0, 42.313_330_701_600_91, 6.871_870_074_920_579e2, 5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4, 3.930_789_580_009_271e4, 2.872_908_573_572_194_3e4, 5.226_495_278_852_854e3,
    ],
);
#[rustfmt::skip]
const TAIL: Ratio = (
    [
        1.423_437_110_749_683_5, 4.630_337_846_156_546, 5.769_497_221_460_691, 3.647_848_324_763_204_5,
        1.270_458_252_452_368_4, 0.241_780_725_177_450_6, 0.022_723_844_989_269_184, 7.745_450_142_783_414e-4,
    ],
    [
        1.0, 2.053_191_626_637_759, 1.676_384_830_183_803_8, 0.689_767_334_985_1,
        0.148_103_976_427_480_08, 0.015_198_666_563_616_457, 5.475_938_084_995_345e-4, 1.050_750_071_644_416_9e-9,
    ],
);
#[rustfmt::skip]
const FAR_TAIL: Ratio = (
    [
        6.657_904_643_501_103, 5.463_784_911_164_114, 1.784_826_539_917_291_3, 0.296_560_571_828_504_87,
        0.026_532_189_526_576_124, 0.001_242_660_947_388_078_4, 2.711_555_568_743_487_6e-5, 2.010_334_399_292_288_1e-7,
    ],
    [
        1.0, 0.599_832_206_555_888, 0.136_929_880_922_735_8, 0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4, 1.846_318_317_510_054_8e-5, 1.421_511_758_316_446e-7, 2.044_263_103_389_939_7e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_that_everyone_knows() {
        for (u, z) in [
            (0.5, 0.0),
            (0.841_344_746_068_542_9, 1.0),
            (0.975, 1.959_963_984_540_054),
            (0.05, -1.644_853_626_951_472_7),
        ] {
            assert!((normal_quantile(u) - z).abs() < 1e-15, "exact at {u}");
            assert!((standard_normal(u) - z).abs() < 2e-10, "fast at {u}");
        }
    }
}
