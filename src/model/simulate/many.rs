//! Many deals of one kind and week, by numbers: those that close together are valued as one sum.
//!
//! Implements section 6 of docs/model.md, many wins.

use super::booking::{Booking, Deals};
use super::deal_luck::DealLuck;
use super::delays::Delays;
use super::sum::Sums;
use crate::model::lognormal::Lognormal;
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;

/// So many deals of a source and week are delivered one by one where delivery is limited, and so many open deals of a
/// group are won one by one.
pub(super) const SINGLED_OUT: u64 = 1_024;

/// Many deals of one kind and week, beyond those that have a value and a delay of their own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Many {
    /// what they have in common
    pub(super) like: Deals,
    pub(super) count: u64,
    /// the number of the first
    pub(super) first: u64,
    pub(super) stream: DealLuck,
    pub(super) worth: Lognormal,
    pub(super) sums: Sums,
}

impl Many {
    /// Settles when many deals of one week close, by numbers, and what those that close together are worth.
    pub(super) fn start(mut self, plan: &Plan, delays: &mut Delays, booking: &mut Booking, tally: &mut Tally) {
        let (stream, week) = (self.stream, self.like.started);
        let weeks = (plan.parts.horizon.weeks, tally.weeks.len());
        delays.spread(self.count, stream.closings, week as u32, |delay, count| {
            let concerns = self.like.concerns(week + delay, weeks);
            if concerns {
                self.start_group(plan, (delay, count), booking, tally);
                self.first += count;
            }
            concerns
        });
    }

    /// Of many deals, `count` close after the same delay, in weeks.
    pub(super) fn start_group(
        &self,
        plan: &Plan,
        (delay, count): (usize, u64),
        booking: &mut Booking,
        tally: &mut Tally,
    ) {
        // Open deals are delivered group by group, in the order of the file.
        let open = self.like.open.then_some(self.like.place);
        let place = |index| open.unwrap_or_else(|| self.stream.place.bits(self.like.started as u32, index));
        let week = self.like.started as u32;
        let list = self.sums.of(count, self.stream.sum.uniform(week, delay as u32));
        let together = Deals { closes: self.like.started + delay, count, list, ..self.like };
        if !booking.is_limited() {
            booking.start(plan, [together], tally);
            return;
        }
        // Room may part them: each gets the share of the sum that its own value has in the sum of those.
        let single = count.min(SINGLED_OUT.saturating_sub(self.first));
        let numbers = self.first as u32..(self.first + single) as u32;
        let value = |k| self.worth.at(self.stream.value, week, k);
        let rest = (count - single) as f64 * self.worth.mean();
        let all = numbers.clone().map(value).fold(rest, |sum, value| sum + value);
        let scale = if all > 0.0 { list / all } else { 0.0 };
        let one_by_one = numbers.map(|k| Deals { place: place(k), count: 1, list: scale * value(k), ..together });
        booking.start(plan, one_by_one, tally);
        if count > single {
            let place = place(u32::MAX - delay as u32);
            booking.start(plan, [Deals { place, count: count - single, list: scale * rest, ..together }], tally);
        }
    }
}
