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

/// So many deals of a class and week are noted in one go.
pub(super) const RUN: usize = 4;

/// Room for the last run to go beyond what is worked out side by side.
const ROOM: usize = LANES + RUN;

/// Deals that are won and not yet worked out, fewer than sixteen but for a moment; none as a draw begins.
#[derive(Debug, Default)]
pub(super) struct Singles {
    count: usize,
    classes: [u32; ROOM],
    sources: [u32; ROOM],
    weeks: [u32; ROOM],
    numbers: [u32; ROOM],
    counts: [u64; ROOM],
    prices: [f64; ROOM],
    delays: [DrawStream; ROOM],
    values: [DrawStream; ROOM],
    /// what the powers of their values are multiplied by
    scales: [f64; ROOM],
    /// no bits of their delay count where they close in the week in which they are won, else all
    bits_of_delay: [u64; ROOM],
    /// a bit for each of which it is known before what it comes to
    known: u32,
    known_deals: [Deal; ROOM],
    /// what they come to
    closes: [u64; LANES],
    lists: Lanes,
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
        (self.count, self.known) = (0, 0);
    }

    /// Is it time to work out sixteen of them?
    pub(super) fn are_full(&self) -> bool {
        self.count >= LANES
    }

    /// Notes up to four deals that have the class, week and price of the first of them; sixteen must not be noted yet.
    #[inline(always)]
    pub(super) fn note_run(&mut self, class: &ClassDeals, first: Won, length: u64) {
        debug_assert!(self.count < LANES && length <= RUN as u64, "room for a run");
        let start = self.count;
        // All four without a branch: those that are too many are written over.
        for (lane, number) in (start..start + RUN).zip(first.number..) {
            self.put(lane, class, Won { number, ..first });
        }
        self.count += length as usize;
    }

    /// Notes a deal of which it is known what it comes to, or not; sixteen must not be noted yet.
    #[inline(always)]
    pub(super) fn note(&mut self, class: &ClassDeals, won: Won, known: Option<Deal>) {
        let lane = self.count;
        self.put(lane, class, won);
        self.count += 1;
        if let Some(deal) = known {
            self.known |= 1 << lane;
            self.known_deals[lane] = deal;
        }
    }

    #[inline(always)]
    fn put(&mut self, lane: usize, class: &ClassDeals, won: Won) {
        self.classes[lane] = won.win.class as u32;
        self.sources[lane] = won.win.source as u32;
        self.weeks[lane] = won.win.week as u32;
        self.numbers[lane] = won.number;
        self.counts[lane] = won.count;
        self.prices[lane] = won.price;
        self.delays[lane] = class.stream.delay;
        self.values[lane] = class.stream.value;
        self.scales[lane] = class.worth.scale();
        self.bits_of_delay[lane] = if class.at_once { 0 } else { u64::MAX };
    }

    /// Forgets those that are worked out; what was noted beyond them comes to the front.
    pub(super) fn go_on(&mut self) {
        let Self { classes, sources, weeks, numbers, counts, prices, delays, values, scales, bits_of_delay, .. } = self;
        [classes, sources, weeks, numbers].into_iter().for_each(to_front);
        [counts, bits_of_delay].into_iter().for_each(to_front);
        [prices, scales].into_iter().for_each(to_front);
        [delays, values].into_iter().for_each(to_front);
        to_front(&mut self.known_deals);
        self.count = self.count.saturating_sub(LANES);
        self.known >>= LANES;
    }

    /// So many can be worked out side by side.
    fn side_by_side(&self) -> usize {
        self.count.min(LANES)
    }

    /// Works out when the deals close, and for how much.
    pub(super) fn settle(&mut self, cycle: Lognormal, spread: f64) {
        let known = (self.known & ((1 << LANES) - 1)).count_ones() as usize;
        if self.side_by_side() - known >= FEWEST {
            by_widest(self, cycle, spread);
        } else {
            for lane in self.lanes(false) {
                let Deal { closes, list } = self.alone(lane, cycle, spread);
                (self.closes[lane], self.lists[lane]) = (closes as u64, list);
            }
        }
        if known > 0 {
            for lane in self.lanes(true) {
                let Deal { closes, list } = self.known_deals[lane];
                (self.closes[lane], self.lists[lane]) = (closes as u64, list);
            }
        }
    }

    /// The lanes of deals of which it is known before what they come to, or of the others.
    fn lanes(&self, known: bool) -> impl Iterator<Item = usize> + use<> {
        let (count, bits) = (self.side_by_side(), self.known);
        (0..count).filter(move |&lane| (bits >> lane & 1 == 1) == known)
    }

    /// The deals in the order in which they were noted, once they are settled.
    #[inline(always)]
    pub(super) fn settled(&self) -> impl Iterator<Item = (Won, Deal)> {
        (0..self.side_by_side()).map(|lane| self.settled_at(lane))
    }

    /// Those of them that were not known before.
    pub(super) fn settled_now(&self) -> impl Iterator<Item = (Won, Deal)> {
        self.lanes(false).map(|lane| self.settled_at(lane))
    }

    #[inline(always)]
    fn settled_at(&self, lane: usize) -> (Won, Deal) {
        let [class, source, week] = [&self.classes, &self.sources, &self.weeks].map(|own| own[lane] as usize);
        let win = Win { class, source, week };
        let won = Won { win, number: self.numbers[lane], count: self.counts[lane], price: self.prices[lane] };
        (won, Deal { closes: self.closes[lane] as usize, list: self.lists[lane] })
    }

    /// What the deal of one lane comes to.
    fn alone(&self, lane: usize, cycle: Lognormal, spread: f64) -> Deal {
        let weeks = Lognormal::whole_weeks(cycle.scale() * self.power(lane, &self.delays, cycle.spread()));
        Deal {
            closes: self.weeks[lane] as usize + (weeks as u64 & self.bits_of_delay[lane]) as usize,
            list: self.scales[lane] * self.power(lane, &self.values, spread),
        }
    }

    /// The power of one lane.
    fn power(&self, lane: usize, streams: &[DrawStream; ROOM], spread: f64) -> f64 {
        power(spread, standard_normal(streams[lane].uniform(self.weeks[lane], self.numbers[lane])))
    }

    /// The powers of all lanes.
    #[inline(always)]
    fn powers(&self, streams: &[DrawStream; ROOM], spread: f64) -> Lanes {
        if spread == 0.0 {
            return [1.0; LANES];
        }
        let normals = standard_normals(&uniforms(sixteen(streams), sixteen(&self.weeks), sixteen(&self.numbers)));
        let mut lanes = powers(spread, &normals);
        fill_gaps(&mut lanes, |lane| self.power(lane, streams, spread));
        lanes
    }

    /// Works out all of them.
    #[inline(always)]
    fn work_out(&mut self, cycle: Lognormal, spread: f64) {
        let delays = self.powers(&self.delays, cycle.spread());
        let values = self.powers(&self.values, spread);
        for lane in 0..LANES {
            let weeks = Lognormal::whole_weeks_in_lane(cycle.scale() * delays[lane]);
            self.closes[lane] = u64::from(self.weeks[lane]) + (weeks & self.bits_of_delay[lane]);
            self.lists[lane] = self.scales[lane] * values[lane];
        }
    }
}

/// The first sixteen.
#[inline(always)]
fn sixteen<T>(column: &[T; ROOM]) -> &[T; LANES] {
    column.first_chunk().expect("more than sixteen")
}

/// What stands beyond the first sixteen comes to the front.
#[inline(always)]
fn to_front<T: Copy>(column: &mut [T; ROOM]) {
    for place in 0..RUN {
        column[place] = column[LANES + place];
    }
}

/// By the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn by_widest(singles: &mut Singles, cycle: Lognormal, spread: f64) {
    singles.work_out(cycle, spread);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::simulate::Purpose;
    use crate::model::simulate::deal_luck::DealLuck;
    use crate::model::simulate::sum::Sums;
    use crate::random::StreamKey;

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn by_256_bits(singles: &mut Singles, cycle: Lognormal, spread: f64) {
        singles.work_out(cycle, spread);
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
                singles.scales[lane] = 70.0 + lane as f64;
                singles.bits_of_delay[lane] = if lane % 5 == 4 { 0 } else { u64::MAX };
            }
            for (cycle, value) in [(0.3, 0.7), (0.0, 3.0), (3.0, 0.0)] {
                let cycle = Lognormal::new(6.0, cycle);
                let levels = [by_widest, by_256_bits, Singles::work_out];
                for level in levels {
                    (singles.closes, singles.lists) = ([0; LANES], [0.0; LANES]);
                    level(&mut singles, cycle, value);
                    for lane in 0..LANES {
                        let alone = singles.alone(lane, cycle, value);
                        assert_eq!(singles.closes[lane] as usize, alone.closes, "delay {lane} of draw {draw}");
                        assert_eq!(singles.lists[lane].to_bits(), alone.list.to_bits(), "value {lane} of draw {draw}");
                        assert!(lane % 5 != 4 || alone.closes == lane / 3, "a deal that closes at once");
                    }
                }
            }
        }
    }

    /// A class whose deals take time.
    fn class(draw: u64) -> ClassDeals {
        let at = |purpose| StreamKey::new(1, 0, "channels.search", purpose).at(draw);
        let [value, delay, sum, closings, place] =
            [Purpose::Value, Purpose::Delay, Purpose::Sum, Purpose::Closings, Purpose::Delivery].map(at);
        let worth = Lognormal::new(70.0, 0.7);
        let stream = DealLuck { value, delay, sum, closings, place };
        ClassDeals { stream, worth, sums: Sums::new(&worth), single: 66, at_once: false }
    }

    #[test]
    fn deals_noted_in_runs_are_those_noted_one_by_one_in_their_order() {
        let cycle = Lognormal::new(6.0, 0.3);
        for draw in 0..50 {
            let class = class(draw);
            let lengths = (0..40_u64).map(|week| (week, (draw + week * week) % 5));
            let deals = |noted: &mut dyn FnMut(&mut Singles, Won, u64)| {
                let (mut singles, mut found) = (Singles::default(), Vec::new());
                let mut settle = |singles: &mut Singles| {
                    singles.settle(cycle, 0.7);
                    let settled = singles.settled();
                    found.extend(settled.map(|(won, deal)| {
                        (won.win.week, won.number, won.price.to_bits(), deal.closes, deal.list.to_bits())
                    }));
                    singles.go_on();
                };
                for (week, length) in lengths.clone() {
                    let win = Win { class: 0, source: 0, week: week as usize };
                    let first = Won { win, number: 0, count: 1, price: 1.0 - week as f64 * 1e-3 };
                    // Runs as they may be, of up to four.
                    for number in (0..length).step_by(RUN) {
                        let run = (length - number).min(RUN as u64);
                        noted(&mut singles, Won { number: number as u32, ..first }, run);
                        if singles.are_full() {
                            settle(&mut singles);
                        }
                    }
                }
                settle(&mut singles);
                found
            };
            let runs = deals(&mut |singles, first, length| singles.note_run(&class, first, length));
            // Each alone, some of them known before: then they come to what is known.
            let alone = |won: Won| {
                let mut one = Singles::default();
                one.note(&class, won, None);
                one.alone(0, cycle, 0.7)
            };
            let mixed = deals(&mut |singles, first, length| {
                for number in first.number..first.number + length as u32 {
                    let won = Won { number, ..first };
                    let known = ((draw + u64::from(number)) % 3 == 0).then(|| alone(won));
                    singles.note(&class, won, known);
                }
            });
            assert_eq!(runs.len() as u64, lengths.map(|(_, length)| length).sum::<u64>());
            assert_eq!(runs, mixed, "draw {draw}");
        }
    }
}
