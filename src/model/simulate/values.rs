//! What the deals or orders of one kind and week are worth, number by number: many in a row at a few nanoseconds each.
//!
//! Implements sections 6 and 8 of docs/model.md, values drawn one by one.

use std::ops::Range;

use multiversion::multiversion;

use crate::model::lognormal::{Lognormal, power, powers};
use crate::random::{DrawStream, LANES, fill_gaps, standard_normal, standard_normals, uniforms_of_week};

/// So many are worked out before they are shown.
const ROW: usize = 4 * LANES;

/// Of fewer numbers than this each is worked out by itself: lanes that stand idle cost as much as others.
const FEWEST: usize = 6;

/// The values of deals or orders of one kind and week; number k is the same however many there are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values {
    pub(super) worth: Lognormal,
    pub(super) stream: DrawStream,
    pub(super) week: u32,
}

impl Values {
    /// Shows the values of these numbers, in their order.
    #[inline]
    pub(super) fn each(&self, numbers: Range<usize>, mut see: impl FnMut(f64)) {
        let mut row = [0.0; ROW];
        for first in numbers.clone().step_by(ROW) {
            let row = &mut row[..ROW.min(numbers.end - first)];
            fill(self, first as u32, row);
            row.iter().copied().for_each(&mut see);
        }
    }

    /// What the first `count` of them are worth together.
    #[inline]
    pub(super) fn of_first(&self, count: usize) -> f64 {
        let mut sum = 0.0;
        self.each(0..count, |value| sum += value);
        sum
    }

    #[inline(always)]
    fn fill(&self, first: u32, row: &mut [f64]) {
        let (spread, scale) = (self.worth.spread(), self.worth.scale());
        for (at, group) in row.chunks_mut(LANES).enumerate() {
            let first = first + (at * LANES) as u32;
            let power =
                |number: usize| power(spread, standard_normal(self.stream.uniform(self.week, first + number as u32)));
            if group.len() < FEWEST {
                group.fill(f64::NAN);
            } else {
                let lanes = powers(spread, &standard_normals(&uniforms_of_week(self.stream, self.week, first)));
                group.copy_from_slice(&lanes[..group.len()]);
            }
            fill_gaps(group, power);
            for power in group {
                *power *= scale;
            }
        }
    }
}

/// By the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn fill(values: &Values, first: u32, row: &mut [f64]) {
    values.fill(first, row);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::simulate::Purpose;
    use crate::random::StreamKey;

    type Fill = fn(&Values, u32, &mut [f64]);

    fn values(mean: f64, spread: f64, draw: u64) -> Values {
        let stream = StreamKey::new(1, 0, "channels.shop", Purpose::Value).at(draw);
        Values { worth: Lognormal::new(mean, spread), stream, week: 3 }
    }

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn fill_by_256_bits(values: &Values, first: u32, row: &mut [f64]) {
        values.fill(first, row);
    }

    #[test]
    fn a_row_has_the_bits_of_each_number_alone_on_every_instruction_set() {
        let levels: [Fill; 3] = [fill, fill_by_256_bits, |values, first, row| values.fill(first, row)];
        // Of 200 draws of 64, some 25 numbers lie within 2⁻¹⁰ of an end; a spread of 3 leaves the range of the fast
        // exponential, one of 0 has no exponential at all.
        for (mean, spread) in [(60.0, 0.7), (1e-3, 3.0), (5.0, 0.0), (0.0, 0.7)] {
            for draw in 0..200 {
                let values = values(mean, spread, draw);
                for fill in levels {
                    let mut row = [f64::NAN; ROW];
                    fill(&values, 5, &mut row);
                    for (number, value) in (5..).zip(row) {
                        let alone = values.worth.at(values.stream, values.week, number);
                        assert_eq!(value.to_bits(), alone.to_bits(), "number {number} of draw {draw}");
                    }
                }
            }
        }
    }

    #[test]
    fn any_numbers_are_shown_in_their_order() {
        let values = values(60.0, 0.7, 9);
        for numbers in [0..0, 0..1, 3..8, 0..16, 0..17, 7..60, 0..64, 1..66, 0..200] {
            let mut shown = Vec::new();
            values.each(numbers.clone(), |value| shown.push(value));
            let alone = numbers.map(|number| values.worth.at(values.stream, values.week, number as u32));
            assert_eq!(shown, alone.collect::<Vec<_>>());
        }
    }
}
