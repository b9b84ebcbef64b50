//! From win to revenue: when the deals of leads close, and for how much.
//!
//! Implements section 6 of docs/model.md.

use super::booking::{Booking, Deals, MeanDeals};
use super::class_deals::{ClassDeals, Win};
use super::conditions::WeekConditions;
use super::deal_luck::StreamKeys;
use super::delays::{Closes, Delays};
use super::many::Many;
use super::memory::Memory;
use super::orders;
use super::pipeline::{Books, OpenPipeline, Usual};
use super::singles::{Deal, RUN, Singles, Won};
use super::sum::Sums;
use super::values::Values;
use crate::model::at_mean::AtMean;
use crate::model::lognormal::{KeptSpread, Lognormal};
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::units::number;

reusing_memory! {
    /// The terms of deals in one draw.
    #[derive(Debug, Default)]
    pub(super) struct Closing {
        classes: Vec<ClassDeals>,
        /// how far values and cycles stray
        values: KeptSpread,
        cycles: KeptSpread,
        /// how long deals take, and how single values stray
        cycle: Option<Lognormal>,
        spread: f64,
        /// won, and not yet worked out
        singles: Singles,
        /// something looks at what has closed week by week
        watched: bool,
        pipeline: OpenPipeline,
        /// hours that a deal takes of the team once it has closed, and those due by week for deals that have; no weeks where
        /// it takes none
        hours_per_deal: f64,
        delivering: Vec<f64>,
        /// how long deals take
        delays: Delays,
        pub(super) booking: Booking,
    }
}

/// Hours that deals want of the team in a week.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HoursDue {
    /// of deals that have closed
    pub(super) deliveries: f64,
    /// of deals that are open today
    pub(super) open_deals: f64,
}

impl Closing {
    pub(super) fn open(&mut self, plan: &Plan, keys: &StreamKeys, draw: u64, drawn: &[f64], tally: &mut Tally) {
        self.booking.open(plan, drawn, tally.weeks.len());
        self.singles.clear();
        self.watched = plan.parts.looks_at_closed_deals();
        self.delivering.clear();
        if let Some(delivery) = plan.parts.delivery.as_ref().filter(|delivery| delivery.takes_hours()) {
            self.hours_per_deal = delivery.hours_per_deal.of(drawn);
            self.delivering.resize(tally.weeks.len(), 0.0);
        }
        let booked = &plan.parts.booked;
        tally.booked_revenue = booked.revenue.of(drawn);
        tally.booked_wins = booked.wins.of(drawn);
        tally.booked_marketing = booked.marketing.of(drawn);
        let (sales, deals) = (&plan.parts.sales, &plan.parts.deals);
        let spread = plan.parts.at_mean.spread(|| deals.spread(drawn, &mut self.values));
        let mean_value = deals.mean_value(drawn);
        let cycle = Lognormal::of(sales.cycle_weeks.of(drawn), self.cycles.of_cv(sales.cycle_cv.of(drawn)));
        let usual = Lognormal::of(mean_value, spread);
        let usual_sums = Sums::new(&usual);
        let single = usual_sums.one_by_one();
        self.delays.open(cycle);
        if plan.parts.at_mean == AtMean::Deals {
            // For all plans that begin like this one.
            self.delays.longer_than(tally.weeks.len() - 1);
        }
        (self.cycle, self.spread) = (Some(cycle), spread.sd());
        self.classes.clear();
        for (at, (class, keys)) in plan.classes.iter().zip(&keys.classes).enumerate() {
            let mean = class.average_value.map_or(mean_value, |mean| mean.of(drawn));
            let worth = usual.of_mean(mean * orders::value_multiplier(plan, at, drawn));
            self.classes.push(ClassDeals {
                stream: keys.at(draw),
                single,
                worth,
                sums: usual_sums.of_mean(worth.mean()),
                at_once: class.online || cycle.mean() == 0.0,
            });
        }
        let usual = Usual { worth: usual, sums: usual_sums, single, cycle };
        let mut books = Books { plan, booking: &mut self.booking, singles: &mut self.singles, tally };
        self.pipeline.open(keys, draw, drawn, usual, &mut books);
    }

    /// Hours that deals want of the team in a week, before any lead.
    pub(super) fn hours_due(&self, week: usize) -> HoursDue {
        HoursDue {
            deliveries: self.delivering.get(week).copied().unwrap_or(0.0),
            open_deals: self.pipeline.hours_due(week),
        }
    }

    /// The deals of a week have closed: from the next week on they are delivered.
    ///
    /// ```text
    /// hours_per_deal·deals/over_weeks in each of the over_weeks weeks that follow
    /// ```
    pub(super) fn hand_over(&mut self, plan: &Plan, week: usize, tally: &Tally) {
        let Some(delivery) = plan.parts.delivery.as_ref().filter(|_| !self.delivering.is_empty()) else {
            return;
        };
        let a_week = self.hours_per_deal * tally.weeks[week].wins / delivery.over_weeks as f64;
        self.delivering.iter_mut().skip(week + 1).take(delivery.over_weeks).for_each(|due| *due += a_week);
    }

    /// Settles when `wins` of a class close, and for how much: the first have a value and a delay of their own, number k
    /// whatever else is won; beyond them those that close together are valued as one sum.
    #[inline]
    pub(super) fn settle(
        &mut self,
        plan: &Plan,
        win: Win,
        wins: u64,
        terms: &WeekConditions,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        if win.week < plan.parts.horizon.weeks {
            tally.sources[win.source].wins_started += number(wins);
        }
        let class = &self.classes[win.class];
        let price = terms.price(win.week);
        if class.at_once || wins > class.single {
            return self.settle_together(plan, win, (wins, price), tally, memory);
        }
        self.note_each(plan, win, (wins, price), tally, memory);
    }

    /// Notes wins that have a value and a delay of their own.
    #[inline]
    fn note_each(
        &mut self,
        plan: &Plan,
        win: Win,
        (wins, price): (u64, f64),
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        if memory.recalls_deals() {
            for number in 0..wins as u32 {
                let known = memory.deal((win.class, win.week, number as usize));
                self.note(plan, Won { win, number, count: 1, price }, known, tally, memory);
            }
            return;
        }
        for number in (0..wins as u32).step_by(RUN) {
            let first = Won { win, number, count: 1, price };
            self.singles.note_run(&self.classes[win.class], first, (wins - u64::from(number)).min(RUN as u64));
            if self.singles.are_full() {
                self.start_singles(plan, tally, memory);
            }
        }
    }

    /// As [`settle`](Self::settle) does, where all close together, or are too many for each to have a value and a delay of its
    /// own.
    #[inline(never)]
    fn settle_together(
        &mut self,
        plan: &Plan,
        win: Win,
        (wins, price): (u64, f64),
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        let class = &self.classes[win.class];
        let (stream, week) = (class.stream, win.week as u32);
        let single = wins.min(class.single);
        if class.at_once && !self.booking.is_limited() {
            // They are booked as one.
            let of = (win.class, win.week);
            let list = memory.deals_together(of, wins).unwrap_or_else(|| {
                let values = Values { worth: class.worth, stream: stream.value, week };
                let mut list = memory.first_deals(of, single as usize, &values);
                if wins > single {
                    list += class.sums.of(wins - single, stream.sum.uniform(week, 0));
                }
                list
            });
            memory.keep_deals_together(of, wins, list);
            let deals = Deal { closes: win.week, list };
            self.note(plan, Won { win, number: 0, count: wins, price }, Some(deals), tally, memory);
            return;
        }
        self.note_each(plan, win, (single, price), tally, memory);
        if wins > single {
            self.start_singles(plan, tally, memory);
            let class = &self.classes[win.class];
            let (like, worth, sums) = (win.deal(price), class.worth, class.sums);
            let many = Many { like, count: wins - single, first: single, stream, worth, sums };
            if class.at_once {
                many.start_group(plan, (0, many.count), &mut self.booking, tally);
            } else {
                many.start(plan, &mut self.delays, &mut self.booking, tally);
            }
        }
    }

    /// Of the mean wins of a class: what they are worth, and when they close, on average.
    pub(super) fn settle_mean(&mut self, plan: &Plan, win: Win, wins: f64, terms: &WeekConditions, tally: &mut Tally) {
        let class = &self.classes[win.class];
        let closes = match class.at_once {
            true => Closes::InWeek(win.week),
            false => Closes::After(win.week, &mut self.delays),
        };
        let list = wins * class.worth.mean();
        let price = terms.price(win.week);
        let deals = MeanDeals { source: win.source, started: win.week, count: wins, list, price };
        self.booking.book_mean(plan, deals, closes, tally);
    }

    #[inline(always)]
    fn note(&mut self, plan: &Plan, won: Won, known: Option<Deal>, tally: &mut Tally, memory: &mut impl Memory) {
        self.singles.note(&self.classes[won.win.class], won, known);
        if self.singles.are_full() {
            self.start_singles(plan, tally, memory);
        }
    }

    /// Does something look at what has closed week by week?
    pub(super) fn is_watched(&self) -> bool {
        self.watched
    }

    /// Starts the deals that are noted, where something looks at them this week.
    pub(super) fn end_week(&mut self, plan: &Plan, tally: &mut Tally, memory: &mut impl Memory) {
        if self.watched {
            self.start_singles(plan, tally, memory);
        }
    }

    /// Starts the deals that are noted.
    pub(super) fn start_singles(&mut self, plan: &Plan, tally: &mut Tally, memory: &mut impl Memory) {
        let Some(cycle) = self.cycle else { return };
        let (classes, booking) = (&self.classes, &mut self.booking);
        self.singles.settle(cycle, self.spread);
        if memory.keeps() {
            for (won, deal) in self.singles.settled_now() {
                memory.keep_deal((won.win.class, won.win.week), deal);
            }
        }
        let limited = booking.is_limited();
        let place = |Won { win, number, .. }: Won| match limited {
            true => classes[win.class].stream.place.bits(win.week as u32, number),
            false => 0,
        };
        let deals = self.singles.settled().map(|(won, Deal { closes, list })| Deals {
            closes,
            list,
            place: place(won),
            count: won.count,
            ..won.win.deal(won.price)
        });
        booking.start(plan, deals, tally);
        self.singles.go_on();
    }
}
