//! From win to revenue: when a deal closes, and for how much.
//!
//! Implements section 6 of docs/model.md.

use std::collections::VecDeque;

use crate::random::{Luck, Purpose, Series};

use super::conditions::Terms;
use super::deals::Lognormal;
use super::memory::Memory;
use super::outcomes::Tally;
use super::plan::Plan;
use super::proceeds::Proceeds;
use super::quarter::{Seed, at};
use super::sum::sum_of;

/// A source's wins of a week are valued one by one up to this many; the rest as one sum.
pub const ONE_BY_ONE: u64 = 1024;

/// What keys the chance of deals.
#[derive(Debug)]
pub(super) struct Keys {
    /// by class: value, delay, sum, place in the line for delivery
    classes: Vec<[Series; 4]>,
    /// by group of open deals: value, delay, won
    open: Vec<[Series; 3]>,
}

impl Keys {
    pub(super) fn new(plan: &Plan, seed: Seed) -> Self {
        Self {
            classes: plan
                .classes
                .iter()
                .map(|class| {
                    [Purpose::Value, Purpose::Delay, Purpose::Sum, Purpose::Delivery]
                        .map(|purpose| seed.series(&class.key, purpose))
                })
                .collect(),
            open: plan
                .parts
                .deals
                .open
                .iter()
                .map(|group| {
                    let key = format!("pipeline.{}", group.name);
                    [Purpose::Value, Purpose::Delay, Purpose::Won].map(|purpose| seed.series(&key, purpose))
                })
                .collect(),
        }
    }
}

/// The terms of deals in one draw.
#[derive(Clone, Debug, Default)]
pub(super) struct Closing {
    classes: Vec<ClassDeals>,
    /// hours that open deals want: so many a week, up to a week
    due: Vec<(f64, usize)>,
    /// share of revenue that comes back
    returned: f64,
    /// with a limit of delivery: deals by the week in which they are due, and those that wait for room
    limited: bool,
    arriving: Vec<Vec<Deals>>,
    waiting: VecDeque<Deals>,
    pub(super) proceeds: Proceeds,
}

#[derive(Clone, Copy, Debug)]
struct ClassDeals {
    value: Luck,
    delay: Luck,
    sum: Luck,
    place: Luck,
    worth: Lognormal,
    cycle: Lognormal,
    /// whether its deals close in the week in which they are won
    at_once: bool,
    earned: bool,
}

/// Wins of a class in a week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Win {
    pub(super) class: usize,
    pub(super) source: usize,
    pub(super) week: usize,
}

/// A deal, or several that close in the same week.
#[derive(Clone, Copy, Debug)]
struct Deals {
    source: usize,
    /// whether it was open today
    open: bool,
    earned: bool,
    /// among deals of one source, won in one week and due in one week: who is delivered first, at random
    place: u64,
    started: usize,
    closes: usize,
    count: u64,
    /// at list price
    list: f64,
    /// what is left of that
    price: f64,
}

impl Closing {
    pub(super) fn open(&mut self, plan: &Plan, keys: &Keys, draw: u64, drawn: &[f64], tally: &mut Tally) {
        self.proceeds.open(plan);
        self.returned = plan.parts.deals.return_rate.of(drawn);
        self.limited = plan.parts.delivery.is_some();
        if self.limited {
            self.waiting.clear();
            self.arriving.resize(tally.weeks.len(), Vec::new());
            self.arriving.iter_mut().for_each(Vec::clear);
        }
        let booked = &plan.parts.booked;
        tally.booked_revenue = booked.revenue.of(drawn);
        tally.booked_wins = booked.wins.of(drawn);
        tally.booked_marketing = booked.marketing.of(drawn);
        let (sales, deals) = (&plan.parts.sales, &plan.parts.deals);
        let spread = deals.log_sd(drawn);
        let mean_value = deals.mean_value(drawn);
        let cycle_spread = super::deals::log_sd(sales.cycle_cv.of(drawn));
        let cycle = Lognormal::new(sales.cycle_weeks.of(drawn), cycle_spread);
        let at_once = Lognormal::new(0.0, 0.0);
        let usual = Lognormal::new(mean_value, spread);
        self.classes.clear();
        for (class, series) in plan.classes.iter().zip(&keys.classes) {
            let [value, delay, sum, place] = at(series, draw);
            self.classes.push(ClassDeals {
                value,
                delay,
                sum,
                place,
                worth: {
                    let mean = class.average_value.map_or(mean_value, |mean| mean.of(drawn));
                    Lognormal::new(mean * class.multipliers[1].of(drawn), spread)
                },
                cycle: if class.online { at_once } else { cycle },
                at_once: class.online || cycle.mean() == 0.0,
                earned: class.earned,
            });
        }
        self.due.clear();
        let Some(source) = plan.pipeline else {
            return;
        };
        for (group, series) in deals.open.iter().zip(&keys.open) {
            let count = group.count.of(drawn).round() as u64;
            let weeks_to_close = group.weeks_to_close.of(drawn);
            let weeks = weeks_to_close.ceil().max(1.0);
            let hours = count as f64 * group.hours_left.of(drawn);
            self.due.push((hours / weeks, weeks as usize));
            let [value, delay, won] = at(series, draw);
            let worth = group.average_value.map_or(usual, |mean| Lognormal::new(mean.of(drawn), spread));
            let cycle = Lognormal::new(weeks_to_close, cycle_spread);
            let rate = group.close_rate.unwrap_or(sales.close_rate).of(drawn);
            for k in 0..count as u32 {
                if won.uniform(0, k) > rate {
                    continue;
                }
                let deal = Deals {
                    source,
                    open: true,
                    earned: false,
                    place: 0,
                    started: 0,
                    closes: cycle.weeks(delay, 0, k),
                    count: 1,
                    list: worth.at(value, 0, k),
                    price: 1.0,
                };
                self.start_deal(plan, deal, tally);
            }
        }
    }

    /// What is left of revenue when what comes back has come back.
    pub(super) fn after_returns(&self, revenue: f64) -> f64 {
        revenue * (1.0 - self.returned)
    }

    /// Hours that open deals want in a week.
    pub(super) fn hours_due(&self, week: usize) -> f64 {
        self.due.iter().filter(|&&(_, weeks)| week < weeks).map(|&(hours, _)| hours).sum()
    }

    /// Settles when `wins` of a class close, and for how much: number k of a class and week has a value and a delay of
    /// its own, whatever else is won.
    pub(super) fn settle(
        &mut self,
        plan: &Plan,
        win: Win,
        wins: u64,
        terms: &Terms,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        let class = self.classes[win.class];
        let week = win.week as u32;
        let price = terms.price(win.week);
        let limited = self.limited;
        let deals = |k: u64, closes, count, list| Deals {
            source: win.source,
            open: false,
            earned: class.earned,
            place: if limited { class.place.bits(week, k as u32) } else { 0 },
            started: win.week,
            closes,
            count,
            list,
            price,
        };
        let all = tally.weeks.len();
        let horizon = plan.parts.horizon.weeks;
        if class.at_once && !limited {
            // All close together: they are valued one by one, and booked as one.
            let single = wins.min(ONE_BY_ONE);
            let mut value = memory
                .first_deals((win.class, win.week), single as usize, |k| class.worth.at(class.value, week, k as u32));
            if wins > single {
                let uniform = class.sum.uniform(week, 0);
                value += sum_of(wins - single, &class.worth, uniform);
            }
            self.start_deal(plan, deals(0, win.week, wins, value), tally);
            return;
        }
        for k in 0..wins.min(ONE_BY_ONE) as u32 {
            // What is won and closes after all that is simulated concerns no figure.
            let counts = |closes| win.week < horizon || closes < all;
            let of = (win.class, win.week, k as usize);
            let (closes, value) = memory.deal(of, || {
                let closes = win.week + class.cycle.weeks(class.delay, week, k);
                if counts(closes) { (closes, class.worth.at(class.value, week, k)) } else { (closes, 0.0) }
            });
            if counts(closes) {
                self.start_deal(plan, deals(u64::from(k), closes, 1, value), tally);
            }
        }
        if wins > ONE_BY_ONE {
            // By delay: how many of the rest close then; the sum of their values is drawn at once.
            let mut by_delay = std::collections::BTreeMap::<usize, u64>::new();
            for k in ONE_BY_ONE as u32..wins.min(u64::from(u32::MAX)) as u32 {
                *by_delay.entry(class.cycle.weeks(class.delay, week, k)).or_default() += 1;
            }
            for (delay, count) in by_delay {
                let uniform = class.sum.uniform(week, delay as u32);
                let value = sum_of(count, &class.worth, uniform);
                self.start_deal(plan, deals(ONE_BY_ONE + delay as u64, win.week + delay, count, value), tally);
            }
        }
    }

    /// A deal is won: it closes when its cycle is over, or waits for delivery from then on.
    fn start_deal(&mut self, plan: &Plan, deal: Deals, tally: &mut Tally) {
        if deal.started < plan.parts.horizon.weeks {
            tally.wins_started += deal.count as f64;
            tally.sources[deal.source].wins_started += deal.count as f64;
        }
        if deal.closes >= plan.parts.horizon.weeks {
            closes_later(plan, &deal, tally);
        }
        if !self.limited {
            self.book(plan, &deal, tally);
        } else if let Some(due) = self.arriving.get_mut(deal.closes) {
            due.push(deal);
        }
    }

    /// Delivers what there is room for in a week: deals due earlier first, among those of one week those won earlier,
    /// then in the order of the file, deals open today before all.
    pub(super) fn deliver(&mut self, plan: &Plan, drawn: &[f64], week: usize, tally: &mut Tally) {
        let Some(delivery) = &plan.parts.delivery else {
            return;
        };
        let mut due = std::mem::take(&mut self.arriving[week]);
        due.sort_by_key(|deal| (deal.started, !deal.open, deal.source, deal.place));
        self.waiting.extend(due.drain(..));
        let mut room = delivery.of(drawn, week);
        while room > 0 {
            let Some(mut deal) = self.waiting.pop_front() else {
                return;
            };
            if deal.count > room {
                // Of very many that are valued as one sum, so many as there is room for, at their mean value.
                let part = room as f64 / deal.count as f64;
                let rest = Deals { count: deal.count - room, list: deal.list * (1.0 - part), ..deal };
                self.waiting.push_front(rest);
                deal.count = room;
                deal.list *= part;
            }
            room -= deal.count;
            deal.closes = week;
            self.book(plan, &deal, tally);
        }
    }

    /// At the end of the horizon, deals that were due in it and wait for delivery close later.
    pub(super) fn count_waiting(&self, plan: &Plan, tally: &mut Tally) {
        for deal in &self.waiting {
            closes_later(plan, deal, tally);
        }
    }

    fn book(&mut self, plan: &Plan, deal: &Deals, tally: &mut Tally) {
        let horizon = plan.parts.horizon.weeks;
        let count = deal.count as f64;
        let list = deal.list * (1.0 - self.returned);
        let revenue = list * deal.price;
        if let Some(week) = tally.weeks.get_mut(deal.closes) {
            week.wins += count;
            week.revenue += revenue;
            if deal.closes >= horizon {
                tally.tail_revenue += revenue;
                tally.tail_list_revenue += list;
            }
        }
        if deal.closes < horizon {
            tally.wins += count;
            if deal.open {
                tally.pipeline_wins += count;
            }
            tally.new_revenue += revenue;
            tally.list_revenue += list;
            if deal.earned {
                tally.earned_revenue += revenue;
                tally.earned_list_revenue += list;
            }
            let source = &mut tally.sources[deal.source];
            source.wins += count;
            source.revenue += revenue;
            self.proceeds.add(deal.closes, deal.source, revenue);
        }
    }
}

/// What was won in the horizon and closes after it, before returns.
fn closes_later(plan: &Plan, deal: &Deals, tally: &mut Tally) {
    if deal.started < plan.parts.horizon.weeks {
        tally.closing_later += deal.list * deal.price;
    }
}
