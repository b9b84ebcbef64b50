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

/// The uniforms of those names.
#[inline(always)]
pub(crate) fn uniforms(streams: &[DrawStream; LANES], weeks: &[u32; LANES], numbers: &[u32; LANES]) -> Lanes {
    let mut uniforms = [0.0; LANES];
    for (lane, uniform) in uniforms.iter_mut().enumerate() {
        *uniform = streams[lane].uniform(weeks[lane], numbers[lane]);
    }
    uniforms
}

/// The uniforms of one number of a week, by draw.
#[inline(always)]
pub(crate) fn uniforms_by_draw(streams: &[DrawStream; LANES], week: u32, number: u32) -> Lanes {
    let mut uniforms = [0.0; LANES];
    for (uniform, stream) in uniforms.iter_mut().zip(streams) {
        *uniform = stream.uniform(week, number);
    }
    uniforms
}

/// The uniforms of a week, number `first` and those after it.
#[inline(always)]
pub(crate) fn uniforms_of_week(stream: DrawStream, week: u32, first: u32) -> Lanes {
    let mut uniforms = [0.0; LANES];
    for (lane, uniform) in (0_u32..).zip(&mut uniforms) {
        *uniform = stream.uniform(week, first.wrapping_add(lane));
    }
    uniforms
}

/// The uniforms of one number in week `first` and those after it.
#[inline(always)]
pub(crate) fn uniforms_by_week(stream: DrawStream, first: u32, number: u32) -> Lanes {
    let mut uniforms = [0.0; LANES];
    for (lane, uniform) in (0_u32..).zip(&mut uniforms) {
        *uniform = stream.uniform(first.wrapping_add(lane), number);
    }
    uniforms
}

/// Works out one by one what a fast way has left: lanes that are not numbers.
#[inline(always)]
pub(crate) fn fill_gaps(lanes: &mut [f64], exact: impl Fn(usize) -> f64) {
    let mut gaps = false;
    for lane in &*lanes {
        gaps |= lane.is_nan();
    }
    if gaps {
        fill_each_gap(lanes, exact);
    }
}

#[cold]
#[inline(never)]
fn fill_each_gap(lanes: &mut [f64], exact: impl Fn(usize) -> f64) {
    for (lane, value) in lanes.iter_mut().enumerate().filter(|(_, value)| value.is_nan()) {
        *value = exact(lane);
    }
}
