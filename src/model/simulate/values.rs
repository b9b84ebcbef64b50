//! What the deals or orders of one kind and week are worth, number by number: many in a row at a few nanoseconds each.
//!
//! Implements sections 6 and 8 of docs/model.md, values drawn one by one.

use multiversion::multiversion;

use crate::model::lognormal::{Lognormal, power, powers};
use crate::random::{DrawStream, LANES, Lanes, fill_gaps, standard_normal, standard_normals, uniforms_of_week};

/// Of fewer numbers than this each is worked out by itself: lanes that stand idle cost as much as others.
const FEWEST: usize = 6;

/// The values of deals or orders of one kind and week; number k is the same however many there are.
///
/// They are added up sixteen at a time, from number 0 on, so that one addition need not wait for the last; those that are left
/// follow one by one. So what the first k are worth together has the same bits, whoever asks for how many more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values {
    pub(super) worth: Lognormal,
    pub(super) stream: DrawStream,
    pub(super) week: u32,
}

impl Values {
    /// What the first `count` of them are worth together.
    #[inline]
    pub(super) fn of_first(&self, count: usize) -> f64 {
        if self.are_alike() { count as f64 * self.worth.mean() } else { by_widest(self, count) }
    }

    /// Is each worth the mean?
    pub(super) fn are_alike(&self) -> bool {
        self.worth.is_certain()
    }

    /// Goes on with a list of what the first, the first two … are worth together, up to the first `count`.
    pub(super) fn go_on(&self, sums: &mut Vec<f64>, count: usize) {
        for first in (sums.len() / LANES * LANES..count).step_by(LANES) {
            let before = first.checked_sub(1).map_or(0.0, |last| sums[last]);
            let length = LANES.min(count - first);
            let mut lanes = [0.0; LANES];
            fill(self, first as u32, &mut lanes[..length]);
            let mut sum = before;
            for (at, value) in (first..).zip(&lanes[..length]) {
                sum += value;
                if at == sums.len() {
                    sums.push(sum);
                }
            }
            if length == LANES {
                sums[first + LANES - 1] = before + total(&lanes);
            }
        }
    }

    #[inline(always)]
    fn sum(&self, count: usize) -> f64 {
        let mut sum = 0.0;
        for first in (0..count / LANES).map(|block| block * LANES) {
            sum += total(&self.block(first as u32));
        }
        let first = count / LANES * LANES;
        let mut rest = [0.0; LANES];
        let rest = &mut rest[..count - first];
        self.fill(first as u32, rest);
        for value in rest {
            sum += *value;
        }
        sum
    }

    /// The values of sixteen numbers.
    #[inline(always)]
    fn block(&self, first: u32) -> Lanes {
        let mut lanes =
            powers(self.worth.spread(), &standard_normals(&uniforms_of_week(self.stream, self.week, first)));
        fill_gaps(&mut lanes, |lane| self.power(first + lane as u32));
        for value in &mut lanes {
            *value *= self.worth.scale();
        }
        lanes
    }

    /// The values of up to sixteen numbers.
    #[inline(always)]
    fn fill(&self, first: u32, values: &mut [f64]) {
        if values.len() >= FEWEST {
            let lanes = self.block(first);
            values.copy_from_slice(&lanes[..values.len()]);
            return;
        }
        for (number, value) in (first..).zip(values) {
            *value = self.power(number) * self.worth.scale();
        }
    }

    /// What a value is as a multiple of the scale.
    #[inline]
    fn power(&self, number: u32) -> f64 {
        power(self.worth.spread(), standard_normal(self.stream.uniform(self.week, number)))
    }
}

/// The sum of sixteen, by halves.
#[inline(always)]
fn total(lanes: &Lanes) -> f64 {
    let mut sums = *lanes;
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            sums[lane] += sums[lane + half];
        }
        half /= 2;
    }
    sums[0]
}

/// [`Values::of_first`] by the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn by_widest(values: &Values, count: usize) -> f64 {
    values.sum(count)
}

/// [`Values::fill`] by the widest instructions that the processor has.
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
    type Sum = fn(&Values, usize) -> f64;

    fn values(mean: f64, spread: f64, draw: u64) -> Values {
        let stream = StreamKey::new(1, 0, "channels.shop", Purpose::Value).at(draw);
        Values { worth: Lognormal::new(mean, spread), stream, week: 3 }
    }

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn fill_by_256_bits(values: &Values, first: u32, row: &mut [f64]) {
        values.fill(first, row);
    }

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn by_256_bits(values: &Values, count: usize) -> f64 {
        values.sum(count)
    }

    #[test]
    fn a_row_has_the_bits_of_each_number_alone_on_every_instruction_set() {
        let levels: [Fill; 3] = [fill, fill_by_256_bits, |values, first, row| values.fill(first, row)];
        // Of 800 draws of 16, some 25 numbers lie within 2⁻¹⁰ of an end; a spread of 3 leaves the range of the fast
        // exponential, one of 0 has no exponential at all.
        for (mean, spread) in [(60.0, 0.7), (1e-3, 3.0), (5.0, 0.0), (0.0, 0.7)] {
            for draw in 0..800 {
                let values = values(mean, spread, draw);
                for fill in levels {
                    let mut row = [f64::NAN; LANES];
                    let row = &mut row[..LANES - draw as usize % LANES];
                    fill(&values, 5, row);
                    for (number, value) in (5..).zip(row) {
                        let alone = values.worth.at(values.stream, values.week, number);
                        assert_eq!(value.to_bits(), alone.to_bits(), "number {number} of draw {draw}");
                    }
                }
            }
        }
    }

    #[test]
    fn sums_have_the_same_bits_on_every_instruction_set_and_however_they_are_asked_for() {
        let levels: [Sum; 3] = [by_widest, by_256_bits, Values::sum];
        for draw in 0..40 {
            let values = values(60.0, 0.7, draw);
            // A list that goes on by steps of one to seventeen.
            let mut sums = Vec::new();
            while sums.len() < 100 {
                let count = sums.len() + 1 + (draw as usize + sums.len()) % 17;
                values.go_on(&mut sums, count);
            }
            let mut plain = 0.0;
            for (count, listed) in (1..).zip(&sums) {
                plain += values.worth.at(values.stream, values.week, count as u32 - 1);
                assert!((listed / plain - 1.0).abs() < 1e-14, "{listed}, not {plain}");
                for sum in levels {
                    assert_eq!(sum(&values, count).to_bits(), listed.to_bits(), "the first {count} of draw {draw}");
                }
            }
            assert_eq!(values.of_first(0), 0.0);
        }
    }
}
