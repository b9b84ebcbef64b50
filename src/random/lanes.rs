//! Numbers side by side, in plain loops that a compiler turns into vector instructions.
//!
//! Each lane has the bits that the function for one number gives: what differs between instruction sets is how many lanes
//! go at once. A lane that a fast way does not cover is not a number, and is left to the exact one.
//!
//! Whoever calls these is compiled for several instruction sets (`multiversion`), and all of them are inlined there: what
//! is not inlined is compiled for the oldest.

use super::keys::DrawStream;

/// So many numbers at a time.
pub(crate) const LANES: usize = 16;

/// Numbers side by side.
pub(crate) type Lanes = [f64; LANES];

/// The uniforms of a week, number `first` and those after it.
#[inline(always)]
pub(crate) fn uniforms(stream: DrawStream, week: u32, first: u32) -> Lanes {
    let mut uniforms = [0.0; LANES];
    for (lane, uniform) in (0_u32..).zip(&mut uniforms) {
        *uniform = stream.uniform(week, first.wrapping_add(lane));
    }
    uniforms
}
