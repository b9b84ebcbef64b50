//! Deals that are open today: which are won, when they close, and the hours that they take of the team.
//!
//! Implements section 6 (`[deals.open.NAME]`) of docs/model.md.

use multiversion::multiversion;

use crate::random::{DrawStream, LANES, Lanes, binomial, uniforms_of_week};

use super::booking::{Booking, Deals, MeanDeals};
use super::class_deals::{ClassDeals, Win};
use super::deal_luck::{DealLuck, StreamKeys};
use super::delays::{Closes, Delays};
use super::many::{Many, SINGLED_OUT};
use super::singles::{Deal, Singles, Won};
use super::sum::Sums;
use crate::model::at_mean::AtMean;
use crate::model::deal_file::QuotedDeal;
use crate::model::lognormal::{Lognormal, Spread, log_sd};
use crate::model::open_deals::{OpenDeals, Pipeline};
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::units::number;

reusing_memory! {
    /// The open deals of one draw.
    #[derive(Debug, Default)]
    pub(super) struct OpenPipeline {
        /// hours that they take: so many a week, up to a week
        due: Vec<(f64, usize)>,
        /// how long those of the group at hand take
        delays: Delays,
    }
}

/// Where open deals are booked that are won.
pub(super) struct Books<'a> {
    pub(super) plan: &'a Plan,
    pub(super) booking: &'a mut Booking,
    /// none noted as the draw begins
    pub(super) singles: &'a mut Singles,
    pub(super) tally: &'a mut Tally,
}

impl Books<'_> {
    /// So many deals of a source are won.
    fn win(&mut self, source: usize, wins: u64) {
        self.tally.sources[source].wins_started += number(wins);
    }

    /// So many deals like these close on average, worth so much together.
    fn start_mean(&mut self, like: Deals, count: f64, list: f64, closes: Closes<'_>) {
        let deals = MeanDeals { source: like.source, started: like.started, count, list, price: like.price };
        self.booking.book_mean(self.plan, deals, closes, self.tally);
    }

    /// Starts the deals that are noted, which are of one group.
    fn start_singles(&mut self, like: Deals, cycle: Lognormal, spread: f64) {
        let Self { plan, booking, singles, tally } = self;
        singles.settle(cycle, spread);
        let deals = singles.settled().map(|(_, Deal { closes, list })| Deals { closes, list, ..like });
        booking.start(plan, deals, tally);
        singles.go_on();
    }
}

/// What deals of leads and open ones have in common, in one draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual {
    pub(super) worth: Lognormal,
    pub(super) sums: Sums,
    /// so many have a value and a delay of their own
    pub(super) single: u64,
    /// how long deals of leads take: open ones stray as much
    pub(super) cycle: Lognormal,
}

/// A group of open deals in one draw.
#[derive(Clone, Copy, Debug)]
struct OpenGroup<'p> {
    group: &'p OpenDeals,
    /// what its deals have in common
    like: Deals,
    /// the chance of those that have none of their own
    rate: f64,
    cycle: Lognormal,
    stream: DealLuck,
    won: DrawStream,
}

/// Open deals of one kind in one draw.
#[derive(Clone, Copy, Debug)]
struct CountedKind {
    count: u64,
    worth: Lognormal,
    sums: Sums,
    /// so many have a value and a delay of their own
    single: u64,
}

impl OpenPipeline {
    /// Begins a draw: every open deal is won or not.
    pub(super) fn open(&mut self, keys: &StreamKeys, draw: u64, drawn: &[f64], usual: Usual, books: &mut Books<'_>) {
        self.due.clear();
        let (plan, Usual { single, .. }) = (books.plan, usual);
        let Some(source) = plan.pipeline else {
            return;
        };
        for (group, (deal_keys, won)) in plan.parts.deals.open.iter().zip(&keys.open) {
            let like = Deals {
                source,
                open: true,
                place: group.place as u64,
                number: 0,
                started: 0,
                closes: 0,
                count: 1,
                list: 0.0,
                price: 1.0,
            };
            let open = OpenGroup {
                group,
                like,
                rate: group.close_rate.unwrap_or(plan.parts.sales.close_rate).of(drawn),
                cycle: usual.cycle.of_mean(group.weeks_to_close.of(drawn)),
                stream: deal_keys.at(draw),
                won: won.at(draw),
            };
            match &group.deals {
                Pipeline::Counted { average_value, .. } => {
                    let count = group.count(drawn);
                    let worth = average_value.map_or(usual.worth, |mean| usual.worth.of_mean(mean.of(drawn)));
                    let kind = CountedKind { count, worth, sums: usual.sums.of_mean(worth.mean()), single };
                    self.start_counted(&open, kind, drawn, books);
                }
                Pipeline::Listed { deals, value_cv, .. } => {
                    let spread = plan.parts.at_mean.spread(|| Spread::new(log_sd(value_cv.of(drawn))));
                    self.start_listed(&open, (deals, spread), drawn, books);
                }
            }
        }
    }

    /// Starts so many deals of a kind that are open today.
    fn start_counted(&mut self, open: &OpenGroup<'_>, kind: CountedKind, drawn: &[f64], books: &mut Books<'_>) {
        let OpenGroup { group, like, rate, cycle, stream, won } = *open;
        let CountedKind { count, worth, sums, single } = kind;
        self.want_hours(count as f64 * group.hours_left.of(drawn), cycle.mean());
        if books.plan.parts.at_mean == AtMean::Deals {
            let wins = number(count) * rate.min(1.0);
            self.delays.open(cycle);
            return books.start_mean(like, wins, wins * worth.mean(), Closes::After(0, &mut self.delays));
        }
        let single = count.min(SINGLED_OUT.max(single));
        let class = ClassDeals { stream, worth, sums, single, at_once: false };
        each_below(rate, won, single as u32, |number| {
            books.win(like.source, 1);
            let win = Win { class: 0, source: like.source, week: 0 };
            books.singles.note(&class, Won { win, number, count: 1, price: like.price }, None);
            if books.singles.are_full() {
                books.start_singles(like, cycle, worth.spread());
            }
        });
        books.start_singles(like, cycle, worth.spread());
        if count > single {
            let won = binomial(count - single, rate, won.uniform(0, single as u32));
            books.win(like.source, won);
            self.delays.open(cycle);
            let many = Many { like, count: won, first: single, stream, worth, sums };
            many.start(books.plan, &mut self.delays, books.booking, books.tally);
        }
    }

    /// Starts the deals of a file: number k is won, valued and delayed by the luck of number k of its group, as if it were
    /// counted.
    fn start_listed(
        &mut self,
        open: &OpenGroup<'_>,
        (deals, spread): (&[QuotedDeal], Spread),
        drawn: &[f64],
        books: &mut Books<'_>,
    ) {
        let OpenGroup { group, like, rate, cycle, stream, won } = *open;
        let usual_hours = group.hours_left.of(drawn);
        let at_mean = books.plan.parts.at_mean == AtMean::Deals;
        self.delays.open(cycle);
        for (k, deal) in (0_u32..).zip(deals) {
            let weeks = deal.close_week.map_or(cycle.mean(), |week| week as f64);
            self.want_hours(deal.hours_left.unwrap_or(usual_hours), weeks);
            let rate = deal.close_rate.map_or(rate, |own| own * group.rate_factor);
            if at_mean {
                let wins = rate.min(1.0);
                let closes = deal.close_week.map_or(Closes::After(0, &mut self.delays), Closes::InWeek);
                books.start_mean(like, wins, wins * deal.amount, closes);
            } else if won.uniform(0, k) <= rate {
                let closes = deal.close_week.unwrap_or_else(|| cycle.weeks(stream.delay, 0, k));
                let list = Lognormal::of(deal.amount, spread).at(stream.value, 0, k);
                books.win(like.source, 1);
                books.booking.start(books.plan, [Deals { closes, list, ..like }], books.tally);
            }
        }
    }

    /// Open deals want so many hours, evenly over the weeks in which they close on average.
    fn want_hours(&mut self, hours: f64, weeks_to_close: f64) {
        let weeks = weeks_to_close.ceil().max(1.0);
        let (a_week, last) = (hours / weeks, weeks as usize);
        match self.due.iter_mut().find(|(_, weeks)| *weeks == last) {
            Some((due, _)) => *due += a_week,
            None => self.due.push((a_week, last)),
        }
    }

    /// Hours that they take in a week.
    pub(super) fn hours_due(&self, week: usize) -> f64 {
        self.due.iter().filter(|&&(_, weeks)| week < weeks).map(|&(hours, _)| hours).sum()
    }
}

/// Shows the numbers below `count` whose uniform is no more than `rate`, in their order.
fn each_below(rate: f64, stream: DrawStream, count: u32, mut see: impl FnMut(u32)) {
    for first in (0..count).step_by(LANES) {
        let (mut found, mut length) = ([0; LANES], 0);
        for (number, uniform) in (first..count).zip(sixteen(stream, first)) {
            // Without a branch: who is won can't be foreseen.
            found[length] = number;
            length += usize::from(uniform <= rate);
        }
        found[..length].iter().for_each(|&number| see(number));
    }
}

/// The uniforms of number `first` and those after it, by the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn sixteen(stream: DrawStream, first: u32) -> Lanes {
    uniforms_of_week(stream, 0, first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::simulate::Purpose;
    use crate::random::StreamKey;

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn by_256_bits(stream: DrawStream, first: u32) -> Lanes {
        uniforms_of_week(stream, 0, first)
    }

    #[test]
    fn who_is_won_is_the_same_side_by_side_on_every_instruction_set() {
        for draw in 0..50 {
            let stream = StreamKey::new(1, 0, "pipeline.open", Purpose::Won).at(draw);
            for count in [0, 1, 15, 16, 17, 140] {
                let mut found = Vec::new();
                each_below(0.22, stream, count, |number| found.push(number));
                let alone = (0..count).filter(|&number| stream.uniform(0, number) <= 0.22);
                assert_eq!(found, alone.collect::<Vec<_>>());
            }
            assert_eq!(sixteen(stream, 7), by_256_bits(stream, 7));
            assert_eq!(sixteen(stream, 7), uniforms_of_week(stream, 0, 7));
        }
    }
}
