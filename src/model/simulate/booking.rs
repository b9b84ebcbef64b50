//! What becomes of deals that are won: they close when their cycle is over, or wait for delivery from then on; then they
//! are revenue.
//!
//! Implements sections 6 (returns, prices) and 10 (`[delivery]`) of docs/model.md.

use std::collections::VecDeque;

use super::delays::Closes;
use super::proceeds::Proceeds;
use crate::model::delivery::Room;
use crate::model::outcomes::{SourceTally, Tally, WeekTally};
use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::units::number;

/// A deal, or several that close in the same week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deals {
    pub(super) source: usize,
    /// whether it was open today
    pub(super) open: bool,
    /// among deals of one source, won in one week and due in one week: who is delivered first, at random; of those open
    /// today, the place of their group in the file
    pub(super) place: u64,
    /// among deals of one place: who comes first
    pub(super) number: usize,
    pub(super) started: usize,
    pub(super) closes: usize,
    pub(super) count: u64,
    /// at list price
    pub(super) list: f64,
    /// what is left of that
    pub(super) price: f64,
}

/// Deals of a source that are taken at their mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct MeanDeals {
    pub(super) source: usize,
    pub(super) started: usize,
    pub(super) count: f64,
    /// at list price, all together
    pub(super) list: f64,
    /// what is left of that
    pub(super) price: f64,
}

impl Deals {
    /// Deals that are won and close after all that is simulated concern no figure. `weeks`: of the horizon, and of all.
    pub(super) fn concerns(&self, closes: usize, (horizon, all): (usize, usize)) -> bool {
        self.started < horizon || closes < all
    }
}

/// What the deals of a source come to.
#[derive(Clone, Copy, Debug, Default)]
struct Closed {
    /// of those that close in the horizon, in the tail, and after all that is simulated
    by_time: [Sold; 3],
    /// value of those won in the horizon that close after it, before returns
    later: f64,
}

/// What deals bring.
#[derive(Clone, Copy, Debug, Default)]
struct Sold {
    wins: f64,
    revenue: f64,
    /// at list price
    list: f64,
}

/// What a source makes of the revenue of its deals.
#[derive(Clone, Copy, Debug)]
pub(super) struct SourceTerms {
    /// the share that it takes as deals close
    pub(super) taken: f64,
    /// whether its deals acquire customers
    pub(super) acquires: bool,
}

reusing_memory! {
    /// The books of one draw.
    #[derive(Debug, Default)]
    pub(super) struct Booking {
        /// share of revenue that comes back
        returned: f64,
        sources: Vec<SourceTerms>,
        /// by source
        closed: Vec<Closed>,
        /// the week of deals that close after all that is simulated: nobody is told
        beyond: WeekTally,
        /// with a limit of delivery: deals by the week in which they are due, and those that wait for room
        limited: bool,
        arriving: Vec<Vec<Deals>>,
        waiting: VecDeque<Deals>,
        room: Room,
        pub(super) proceeds: Proceeds,
    }
}

impl Booking {
    pub(super) fn open(&mut self, plan: &Plan, drawn: &[f64], weeks: usize) {
        self.proceeds.open(plan);
        self.returned = plan.parts.deals.return_rate.of(drawn);
        self.sources.clear();
        self.sources.extend(plan.sources.iter().map(|source| {
            let channel = source.channel.map(|channel| &plan.parts.channels[channel]);
            SourceTerms {
                taken: channel.map_or(0.0, |channel| channel.revenue_share.of(drawn)),
                acquires: channel.is_none_or(|channel| channel.new_customers),
            }
        }));
        self.closed.clear();
        self.closed.resize(plan.sources.len(), Default::default());
        self.limited = plan.parts.has_limited_delivery();
        self.waiting.clear();
        self.room = Room::default();
        if self.limited {
            self.arriving.resize(weeks, Vec::new());
            self.arriving.iter_mut().for_each(Vec::clear);
        }
    }

    /// What a source makes of the revenue of its deals.
    pub(super) fn terms(&self, source: usize) -> SourceTerms {
        self.sources[source]
    }

    /// Is there a limit of deals that can be delivered?
    pub(super) fn is_limited(&self) -> bool {
        self.limited
    }

    /// What is left of revenue when what comes back has come back.
    pub(super) fn after_returns(&self, revenue: f64) -> f64 {
        revenue * (1.0 - self.returned)
    }

    /// Deals are won: they close when their cycle is over, or wait for delivery from then on.
    #[inline(always)]
    pub(super) fn start(&mut self, plan: &Plan, deals: impl IntoIterator<Item = Deals>, tally: &mut Tally) {
        if !self.limited {
            self.book(plan, deals, tally);
            return;
        }
        let horizon = plan.parts.horizon.weeks;
        for deal in deals {
            if deal.started < horizon && deal.closes >= horizon {
                closes_later(&deal, tally);
            }
            if let Some(due) = self.arriving.get_mut(deal.closes) {
                due.push(Deals { number: due.len(), ..deal });
            }
        }
    }

    /// Deals are taken at their mean: of their number and value so much counts as closes in the horizon and in the tail. By week their
    /// number alone is told, to customers.
    pub(super) fn book_mean(&mut self, plan: &Plan, deals: MeanDeals, mut closes: Closes<'_>, tally: &mut Tally) {
        let MeanDeals { source, started, count, list, price } = deals;
        let (horizon, all) = (plan.parts.horizon.weeks, tally.weeks.len());
        let in_horizon = closes.before(horizon);
        let in_tail = closes.before(all) - in_horizon;
        if plan.parts.customers.is_some() {
            let mut closed = 0.0;
            for (week, tallied) in tally.weeks.iter_mut().enumerate().skip(started) {
                let now = closes.before(week + 1);
                tallied.wins += count * (now - closed);
                if !self.sources[source].acquires {
                    tallied.reorders += count * (now - closed);
                }
                closed = now;
            }
        }
        if started < horizon {
            let source = &mut tally.sources[source];
            source.wins_started += count;
            source.closing_later += list * price * (1.0 - in_horizon);
        }
        let list = self.after_returns(list);
        for (sold, share) in self.closed[source].by_time.iter_mut().zip([in_horizon, in_tail]) {
            sold.wins += count * share;
            sold.revenue += list * price * share;
            sold.list += list * share;
        }
    }

    /// Delivers what there is room for in a week: deals due earlier first, among those of one week those won earlier,
    /// then in the order of the file, groups of open deals before all channels.
    pub(super) fn deliver(&mut self, plan: &Plan, drawn: &[f64], week: usize, tally: &mut Tally) {
        let Some(capacity) = plan.parts.delivery.as_ref().and_then(|delivery| delivery.capacity.as_ref()) else {
            return;
        };
        let due = &mut self.arriving[week];
        due.sort_unstable_by_key(|deal| (deal.started, !deal.open, deal.source, deal.place, deal.number));
        self.waiting.extend(due.drain(..));
        let mut room = self.room.open(capacity, drawn, week);
        while room > 0 {
            let Some(mut deal) = self.waiting.pop_front() else {
                return;
            };
            if deal.count > room {
                // Of very many that are valued as one sum, so many as there is room for, at their mean value.
                let part = number(room) / number(deal.count);
                let rest = Deals { count: deal.count - room, list: deal.list * (1.0 - part), ..deal };
                self.waiting.push_front(rest);
                deal.count = room;
                deal.list *= part;
            }
            room -= deal.count;
            deal.closes = week;
            self.book(plan, [deal], tally);
        }
    }

    /// At the end of the horizon, deals that were due in it and wait for delivery close later.
    pub(super) fn count_waiting(&self, plan: &Plan, tally: &mut Tally) {
        for deal in &self.waiting {
            if deal.started < plan.parts.horizon.weeks {
                closes_later(deal, tally);
            }
            tally.undelivered += number(deal.count);
        }
    }

    #[inline(always)]
    fn book(&mut self, plan: &Plan, deals: impl IntoIterator<Item = Deals>, tally: &mut Tally) {
        let (horizon, all) = (plan.parts.horizon.weeks, tally.weeks.len());
        let kept = 1.0 - self.returned;
        for deal in deals {
            let count = number(deal.count);
            let list = deal.list * kept;
            let revenue = list * deal.price;
            // Without a branch: when a deal closes can't be foreseen.
            let week = tally.weeks.get_mut(deal.closes).unwrap_or(&mut self.beyond);
            week.wins += count;
            week.revenue += revenue;
            if !self.sources[deal.source].acquires {
                week.reorders += count;
            }
            let closed = &mut self.closed[deal.source];
            let later = (deal.started < horizon) & (deal.closes >= horizon);
            closed.later += if later { deal.list * deal.price } else { 0.0 };
            let time = usize::from(deal.closes >= horizon) + usize::from(deal.closes >= all);
            let sold = &mut closed.by_time[time];
            sold.wins += count;
            sold.revenue += revenue;
            sold.list += list;
            self.proceeds.add(deal.closes, deal.source, revenue);
        }
    }

    /// What the deals of a source that have closed, or close later, come to: to its tally.
    pub(super) fn tell(&self, source: usize, tally: &mut SourceTally) {
        let Closed { by_time: [horizon, tail, _], later } = self.closed[source];
        (tally.wins, tally.revenue, tally.list_revenue) = (horizon.wins, horizon.revenue, horizon.list);
        (tally.tail_revenue, tally.tail_list_revenue) = (tail.revenue, tail.list);
        // Where delivery is limited, what is delivered in the horizon was counted as it was won.
        if !self.limited {
            tally.closing_later += later;
        }
    }
}

/// What was won in the horizon and closes after it, before returns.
fn closes_later(deal: &Deals, tally: &mut Tally) {
    tally.sources[deal.source].closing_later += deal.list * deal.price;
}
