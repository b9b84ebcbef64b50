//! Deals of leads that have a value and a delay of their own: noted as they are won, worked out sixteen at a time. They are
//! booked in the order in which they were won, whenever that is, so that sums have the same bits.
//!
//! Implements section 6 of docs/model.md.

use multiversion::multiversion;

use super::class_deals::{ClassDeals, Win};
use crate::model::lognormal::{Lognormal, power, powers};
use crate::random::{DrawStream, LANES, Lanes, fill_gaps, standard_normal, standard_normals, uniforms};

/// Of fewer than this each is worked out by itself: lanes that stand idle cost as much as others.
const FEWEST: usize = 6;

/// When a deal closes, and what it is worth at list price.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Deal {
    pub(super) closes: usize,
    pub(super) list: f64,
}

/// A deal that is won, or several that are worked out already.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Won {
    pub(super) win: Win,
    /// among the wins of its class and week
    pub(super) number: u32,
    pub(super) count: u64,
    /// what is left of the list price
    pub(super) price: f64,
}

/// Since when it is known what a deal comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Before,
    Now,
}

/// Deals that are won and not yet worked out, sixteen at most; none as a draw begins.
#[derive(Debug, Default)]
pub(super) struct Singles {
    count: usize,
    won: [Won; LANES],
    /// of some it is known when they close, and for how much
    known: [Option<Deal>; LANES],
    weeks: [u32; LANES],
    numbers: [u32; LANES],
    delays: [DrawStream; LANES],
    values: [DrawStream; LANES],
    /// what the powers of their values are multiplied by
    scales: Lanes,
    /// whether they close in the week in which they are won
    at_once: [bool; LANES],
}

// A draw begins without any: a copy of one that begins has none.
impl Clone for Singles {
    fn clone(&self) -> Self {
        Self::default()
    }

    fn clone_from(&mut self, _begun: &Self) {
        self.clear();
    }
}

impl Singles {
    /// Forgets the deals of a draw that was left.
    pub(super) fn clear(&mut self) {
        self.count = 0;
    }

    /// Is it time to work them out?
    pub(super) fn are_full(&self) -> bool {
        self.count == LANES
    }

    /// Notes a deal; there must be room for it.
    #[inline]
    pub(super) fn note(&mut self, class: &ClassDeals, won: Won, known: Option<Deal>) {
        let lane = self.count;
        self.count += 1;
        self.won[lane] = won;
        self.known[lane] = known;
        self.weeks[lane] = won.win.week as u32;
        self.numbers[lane] = won.number;
        self.delays[lane] = class.stream.delay;
        self.values[lane] = class.stream.value;
        self.scales[lane] = class.worth.scale();
        self.at_once[lane] = class.at_once;
    }

    /// Works out when the deals close, and for how much, and shows them in the order in which they were noted.
    pub(super) fn settle(&mut self, cycle: Lognormal, spread: f64, mut see: impl FnMut(Won, Deal, Known)) {
        let count = std::mem::take(&mut self.count);
        let unknown = self.known[..count].iter().filter(|known| known.is_none()).count();
        let (mut delays, mut values) = ([0.0; LANES], [0.0; LANES]);
        if unknown >= FEWEST {
            (delays, values) = by_widest(self, cycle.spread(), spread);
        } else {
            for lane in (0..count).filter(|&lane| self.known[lane].is_none()) {
                delays[lane] = self.alone(lane, &self.delays, cycle.spread());
                values[lane] = self.alone(lane, &self.values, spread);
            }
        }
        for lane in 0..count {
            let won = self.won[lane];
            let (deal, known) = self.known[lane].map_or_else(
                || {
                    let weeks = cycle.scale() * delays[lane];
                    let weeks = if self.at_once[lane] { 0 } else { Lognormal::whole_weeks(weeks) };
                    (Deal { closes: won.win.week + weeks, list: self.scales[lane] * values[lane] }, Known::Now)
                },
                |deal| (deal, Known::Before),
            );
            // In one place, so that it is inlined there.
            see(won, deal, known);
        }
    }

    /// The power of one lane.
    fn alone(&self, lane: usize, streams: &[DrawStream; LANES], spread: f64) -> f64 {
        power(spread, standard_normal(streams[lane].uniform(self.weeks[lane], self.numbers[lane])))
    }

    /// The powers of all lanes.
    #[inline(always)]
    fn side_by_side(&self, streams: &[DrawStream; LANES], spread: f64) -> Lanes {
        if spread == 0.0 {
            return [1.0; LANES];
        }
        let normals = standard_normals(&uniforms(streams, &self.weeks, &self.numbers));
        let mut lanes = powers(spread, &normals);
        fill_gaps(&mut lanes, |lane| self.alone(lane, streams, spread));
        lanes
    }

    /// Of delays and of values.
    #[inline(always)]
    fn work_out(&self, cycle_spread: f64, value_spread: f64) -> (Lanes, Lanes) {
        (self.side_by_side(&self.delays, cycle_spread), self.side_by_side(&self.values, value_spread))
    }
}

/// By the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn by_widest(singles: &Singles, cycle_spread: f64, value_spread: f64) -> (Lanes, Lanes) {
    singles.work_out(cycle_spread, value_spread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::simulate::Purpose;
    use crate::random::StreamKey;

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn by_256_bits(singles: &Singles, cycle_spread: f64, value_spread: f64) -> (Lanes, Lanes) {
        singles.work_out(cycle_spread, value_spread)
    }

    #[test]
    fn every_lane_has_the_bits_of_its_number_alone_on_every_instruction_set() {
        let series = ["channels.search", "channels.mail"].map(|key| StreamKey::new(1, 0, key, Purpose::Value));
        // Of 500 draws of 32, some 30 numbers lie within 2⁻¹⁰ of an end; a spread of 3 leaves the range of the fast
        // exponential, one of 0 has no exponential at all.
        for draw in 0..500 {
            let mut singles = Singles::default();
            for lane in 0..LANES {
                singles.weeks[lane] = lane as u32 / 3;
                singles.numbers[lane] = lane as u32;
                singles.delays[lane] = series[lane % 2].at(draw);
                singles.values[lane] = series[1 - lane % 2].at(draw);
            }
            for (cycle, value) in [(0.3, 0.7), (0.0, 3.0), (3.0, 0.0)] {
                let levels = [by_widest, by_256_bits, Singles::work_out];
                for (delays, values) in levels.map(|level| level(&singles, cycle, value)) {
                    for lane in 0..LANES {
                        let alone = singles.alone(lane, &singles.delays, cycle);
                        assert_eq!(delays[lane].to_bits(), alone.to_bits(), "delay {lane} of draw {draw}");
                        let alone = singles.alone(lane, &singles.values, value);
                        assert_eq!(values[lane].to_bits(), alone.to_bits(), "value {lane} of draw {draw}");
                    }
                }
            }
        }
    }
}
