//! From the name of a chance to its uniform.

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The key of a counter-based random number generator, for one named series of uniforms: all of it but draw, week and index, hashed once when the plan is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamKey(u64);

impl StreamKey {
    /// The series of `source` (a path such as `channels.ppc`) for `purpose`, a number that stands for what it decides.
    ///
    /// `stream` tells apart kinds of chance that are renewed separately, such as inputs and luck. Every part counts
    /// in full: keys that differ in one bit give unrelated series.
    pub fn new(seed: u64, stream: u64, source: &str, purpose: impl Into<u64>) -> Self {
        let name = xxh3_64_with_seed(source.as_bytes(), scramble(seed, stream));
        Self(scramble(name, purpose.into()))
    }

    /// The part of the series that belongs to one draw.
    #[inline]
    pub fn at(self, draw: u64) -> DrawStream {
        DrawStream(scramble(self.0, draw))
    }
}

/// A counter-based random stream within one draw: a function from (week, index) to uniforms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DrawStream(u64);

impl DrawStream {
    /// A uniform number strictly inside (0, 1): `(n + ½)·2⁻⁵²` with n uniform in 0 … 2⁵² − 1.
    ///
    /// These are all exact in an f64, and so is `1 − u`, which is one of them, too. (With 53 bits the largest would
    /// round to 1.)
    #[inline(always)]
    pub fn uniform(self, week: u32, index: u32) -> f64 {
        inside(self.bits(week, index) >> 12)
    }

    /// 64 random bits.
    #[inline(always)]
    pub fn bits(self, week: u32, index: u32) -> u64 {
        scramble(self.0, u64::from(week) << 32 | u64::from(index))
    }
}

/// `(n + ½)·2⁻⁵²` for n below 2⁵².
#[inline(always)]
fn inside(n: u64) -> f64 {
    // As the fraction of a number from 1 to 2, which takes fewer instructions than a conversion; both steps are exact.
    f64::from_bits(1.0_f64.to_bits() | n) - (1.0 - f64::EPSILON / 2.0)
}

/// A keyed hash of a counter, one to one in the counter for each key.
///
/// Two rounds of multiply and shift. The key enters before each of them: were it only added at the start, two keys
/// would give the same sequence, shifted.
#[inline(always)]
fn scramble(key: u64, counter: u64) -> u64 {
    // Odd, with about half of the bits set and no pattern: the golden ratio, and the constants of SplitMix64's
    // finalizer (Stafford's mix 13, 2011).
    let mut word = counter.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(key);
    word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word ^= key.rotate_left(32);
    word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ word >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_in_every_version() {
        // If this has to change, "same seed, new numbers" belongs in the changelog.
        let stream = StreamKey::new(1, 2, "channels.ppc", 3_u64).at(3);
        assert_eq!(stream.bits(4, 5), 0x931d_89de_3574_8f02);
    }

    #[test]
    fn uniforms_are_the_middles_of_equal_steps() {
        let step = 1.0 / (1_u64 << 52) as f64;
        let stream = StreamKey::new(1, 0, "sales", 5_u64).at(0);
        let random = (0..10_000).map(|week| stream.bits(week, 0) >> 12);
        for n in [0, 1, 2, (1 << 51) - 1, 1 << 51, (1 << 52) - 2, (1 << 52) - 1].into_iter().chain(random) {
            assert_eq!(inside(n), (n as f64 + 0.5) * step);
            assert!(inside(n) > 0.0 && inside(n) < 1.0);
        }
    }

    #[test]
    fn week_and_index_are_not_exchanged() {
        let stream = StreamKey::new(1, 0, "sales", 5_u64).at(0);
        assert_ne!(stream.bits(1, 0), stream.bits(0, 1));
    }
}
