//! From win to revenue: when a deal closes, and for how much.
//!
//! Implements section 6 of docs/model.md.

use std::collections::VecDeque;

use crate::random::{DrawStream, StreamKey, binomial};

use super::conditions::WeekConditions;
use super::delays::Delays;
use super::memory::Memory;
use super::orders;
use super::proceeds::Proceeds;
use super::seed::{Purpose, Seed};
use super::sum::Sums;
use super::values::Values;
use crate::model::deal_file::QuotedDeal;
use crate::model::delivery::Room;
use crate::model::lognormal::Lognormal;
use crate::model::open_deals::{OpenDeals, Pipeline};
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;

/// So many deals of a source and week are delivered one by one where delivery is limited, and so many open deals of a
/// group are won one by one.
const SINGLED_OUT: u64 = 1_024;

/// What keys the chance of deals.
#[derive(Debug)]
pub(super) struct StreamKeys {
    /// by class
    classes: Vec<DealKeys>,
    /// by group of open deals, with that of whether they are won
    open: Vec<(DealKeys, StreamKey)>,
}

/// What keys the deals of a class, or of a group of open deals.
#[derive(Debug)]
struct DealKeys {
    value: StreamKey,
    delay: StreamKey,
    sum: StreamKey,
    closings: StreamKey,
    place: StreamKey,
}

impl DealKeys {
    fn new(seed: Seed, source: &str) -> Self {
        let series = |purpose| seed.series(source, purpose);
        Self {
            value: series(Purpose::Value),
            delay: series(Purpose::Delay),
            sum: series(Purpose::Sum),
            closings: series(Purpose::Closings),
            place: series(Purpose::Delivery),
        }
    }

    fn at(&self, draw: u64) -> DealLuck {
        DealLuck {
            value: self.value.at(draw),
            delay: self.delay.at(draw),
            sum: self.sum.at(draw),
            closings: self.closings.at(draw),
            place: self.place.at(draw),
        }
    }
}

/// The luck of those deals in one draw.
#[derive(Clone, Copy, Debug)]
struct DealLuck {
    /// by week and number: what each is worth
    value: DrawStream,
    /// by week and number: how long each takes
    delay: DrawStream,
    /// by week and delay: what those beyond the first are worth together
    sum: DrawStream,
    /// by week and delay: how many of those beyond the first take so long
    closings: DrawStream,
    /// by week and number: the place in the line for delivery
    place: DrawStream,
}

impl StreamKeys {
    pub(super) fn new(plan: &Plan, seed: Seed) -> Self {
        Self {
            classes: plan.classes.iter().map(|class| DealKeys::new(seed, &class.key)).collect(),
            open: plan
                .parts
                .deals
                .open
                .iter()
                .map(|group| {
                    let key = format!("pipeline.{}", group.name);
                    (DealKeys::new(seed, &key), seed.series(&key, Purpose::Won))
                })
                .collect(),
        }
    }
}

reusing_memory! {
    /// The terms of deals in one draw.
    #[derive(Debug, Default)]
    pub(super) struct Closing {
        classes: Vec<ClassDeals>,
        /// hours that open deals want: so many a week, up to a week
        due: Vec<(f64, usize)>,
        /// hours that a deal takes of the team once it has closed, and those due by week for deals that have; no weeks where
        /// it takes none
        hours_per_deal: f64,
        delivering: Vec<f64>,
        /// share of revenue that comes back
        returned: f64,
        /// by channel, the share of revenue that it takes as deals close
        taken: Vec<f64>,
        /// with a limit of delivery: deals by the week in which they are due, and those that wait for room
        limited: bool,
        arriving: Vec<Vec<Deals>>,
        waiting: VecDeque<Deals>,
        /// how long leads' deals take, and open ones of the group at hand
        delays: Delays,
        open_delays: Delays,
        room: Room,
        pub(super) proceeds: Proceeds,
    }
}

#[derive(Clone, Copy, Debug)]
struct ClassDeals {
    stream: DealLuck,
    worth: Lognormal,
    sums: Sums,
    cycle: Lognormal,
    /// so many of a week have a value and a delay of their own
    single: u64,
    /// whether its deals close in the week in which they are won
    at_once: bool,
    earned: bool,
}

/// Hours that deals want of the team in a week.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HoursDue {
    /// of deals that have closed
    pub(super) deliveries: f64,
    /// of deals that are open today
    pub(super) open_deals: f64,
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
    /// among deals of one source, won in one week and due in one week: who is delivered first, at random; of those open
    /// today, the place of their group in the file
    place: u64,
    /// among deals of one place: who comes first
    number: usize,
    started: usize,
    closes: usize,
    count: u64,
    /// at list price
    list: f64,
    /// what is left of that
    price: f64,
}

impl Deals {
    /// Deals that are won and close after all that is simulated concern no figure. `weeks`: of the horizon, and of all.
    fn concerns(&self, closes: usize, (horizon, all): (usize, usize)) -> bool {
        self.started < horizon || closes < all
    }
}

/// Many deals of one kind and week, beyond those that have a value and a delay of their own.
#[derive(Clone, Copy, Debug)]
struct Many {
    /// what they have in common
    like: Deals,
    count: u64,
    /// the number of the first
    first: u64,
    stream: DealLuck,
    worth: Lognormal,
    sums: Sums,
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

impl Closing {
    pub(super) fn open(&mut self, plan: &Plan, keys: &StreamKeys, draw: u64, drawn: &[f64], tally: &mut Tally) {
        self.proceeds.open(plan);
        self.returned = plan.parts.deals.return_rate.of(drawn);
        self.taken.clear();
        self.taken.extend(plan.parts.channels.iter().map(|channel| channel.revenue_share.of(drawn)));
        self.limited = plan.parts.has_limited_delivery();
        self.waiting.clear();
        self.room = Room::default();
        if self.limited {
            self.arriving.resize(tally.weeks.len(), Vec::new());
            self.arriving.iter_mut().for_each(Vec::clear);
        }
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
        let spread = deals.log_sd(drawn);
        let mean_value = deals.mean_value(drawn);
        let cycle_spread = crate::model::lognormal::log_sd(sales.cycle_cv.of(drawn));
        let cycle = Lognormal::new(sales.cycle_weeks.of(drawn), cycle_spread);
        let at_once = Lognormal::new(0.0, 0.0);
        let usual = Lognormal::new(mean_value, spread);
        let usual_sums = Sums::new(&usual);
        let single = usual_sums.one_by_one();
        self.delays.open(cycle);
        self.classes.clear();
        for (at, (class, keys)) in plan.classes.iter().zip(&keys.classes).enumerate() {
            let mean = class.average_value.map_or(mean_value, |mean| mean.of(drawn));
            let worth = Lognormal::new(mean * orders::value_multiplier(plan, at, drawn), spread);
            self.classes.push(ClassDeals {
                stream: keys.at(draw),
                single,
                worth,
                sums: usual_sums.of_mean(worth.mean()),
                cycle: if class.online { at_once } else { cycle },
                at_once: class.online || cycle.mean() == 0.0,
                earned: class.earned,
            });
        }
        self.due.clear();
        let Some(source) = plan.pipeline else {
            return;
        };
        for (group, (deal_keys, won)) in deals.open.iter().zip(&keys.open) {
            let like = Deals {
                source,
                open: true,
                earned: false,
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
                rate: group.close_rate.unwrap_or(sales.close_rate).of(drawn),
                cycle: Lognormal::new(group.weeks_to_close.of(drawn), cycle_spread),
                stream: deal_keys.at(draw),
                won: won.at(draw),
            };
            match &group.deals {
                Pipeline::Counted { average_value, .. } => {
                    let count = group.count(drawn);
                    let worth = average_value.map_or(usual, |mean| Lognormal::new(mean.of(drawn), spread));
                    let kind = CountedKind { count, worth, sums: usual_sums.of_mean(worth.mean()), single };
                    self.open_counted(plan, &open, kind, drawn, tally);
                }
                Pipeline::Listed { deals, value_cv, .. } => {
                    self.open_listed(
                        plan,
                        &open,
                        (deals, crate::model::lognormal::log_sd(value_cv.of(drawn))),
                        drawn,
                        tally,
                    );
                }
            }
        }
    }

    /// Starts so many deals of a kind that are open today.
    fn open_counted(&mut self, plan: &Plan, open: &OpenGroup<'_>, kind: CountedKind, drawn: &[f64], tally: &mut Tally) {
        let OpenGroup { group, like, rate, cycle, stream, won } = *open;
        let CountedKind { count, worth, sums, single } = kind;
        self.want_hours(count as f64 * group.hours_left.of(drawn), cycle.mean());
        let single = count.min(SINGLED_OUT.max(single));
        for k in 0..single as u32 {
            if won.uniform(0, k) <= rate {
                let (closes, list) = (cycle.weeks(stream.delay, 0, k), worth.at(stream.value, 0, k));
                self.start_deal(plan, Deals { closes, list, ..like }, tally);
            }
        }
        if count > single {
            let won = binomial(count - single, rate, won.uniform(0, single as u32));
            let mut delays = std::mem::take(&mut self.open_delays);
            delays.open(cycle);
            let many = Many { like, count: won, first: single, stream, worth, sums };
            self.start_many(plan, many, &mut delays, tally);
            self.open_delays = delays;
        }
    }

    /// Starts the deals of a file: number k is won, valued and delayed by the luck of number k of its group, as if it were
    /// counted.
    fn open_listed(
        &mut self,
        plan: &Plan,
        open: &OpenGroup<'_>,
        (deals, spread): (&[QuotedDeal], f64),
        drawn: &[f64],
        tally: &mut Tally,
    ) {
        let OpenGroup { group, like, rate, cycle, stream, won } = *open;
        let usual_hours = group.hours_left.of(drawn);
        for (k, deal) in (0_u32..).zip(deals) {
            let weeks = deal.close_week.map_or(cycle.mean(), |week| week as f64);
            self.want_hours(deal.hours_left.unwrap_or(usual_hours), weeks);
            let rate = deal.close_rate.map_or(rate, |own| own * group.rate_factor);
            if won.uniform(0, k) <= rate {
                let closes = deal.close_week.unwrap_or_else(|| cycle.weeks(stream.delay, 0, k));
                let list = Lognormal::new(deal.amount, spread).at(stream.value, 0, k);
                self.start_deal(plan, Deals { closes, list, ..like }, tally);
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

    /// What is left of revenue when what comes back has come back.
    pub(super) fn after_returns(&self, revenue: f64) -> f64 {
        revenue * (1.0 - self.returned)
    }

    /// Hours that deals want of the team in a week, before any lead.
    pub(super) fn hours_due(&self, week: usize) -> HoursDue {
        HoursDue {
            deliveries: self.delivering.get(week).copied().unwrap_or(0.0),
            open_deals: self.due.iter().filter(|&&(_, weeks)| week < weeks).map(|&(hours, _)| hours).sum(),
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
    pub(super) fn settle(
        &mut self,
        plan: &Plan,
        win: Win,
        wins: u64,
        terms: &WeekConditions,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        let class = self.classes[win.class];
        let (stream, week) = (class.stream, win.week as u32);
        let limited = self.limited;
        let like = Deals {
            source: win.source,
            open: false,
            earned: class.earned,
            place: 0,
            number: 0,
            started: win.week,
            closes: win.week,
            count: 1,
            list: 0.0,
            price: terms.price(win.week),
        };
        let single = wins.min(class.single);
        if class.at_once && !limited {
            // All close together and are booked as one.
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
            self.start_deal(plan, Deals { count: wins, list, ..like }, tally);
            return;
        }
        let weeks = (plan.parts.horizon.weeks, tally.weeks.len());
        for k in 0..single as u32 {
            let of = (win.class, win.week, k as usize);
            let (closes, list) = memory.deal(of, || {
                let closes = win.week + class.cycle.weeks(stream.delay, week, k);
                let list = if like.concerns(closes, weeks) { class.worth.at(stream.value, week, k) } else { 0.0 };
                (closes, list)
            });
            if like.concerns(closes, weeks) {
                let place = if limited { stream.place.bits(week, k) } else { 0 };
                self.start_deal(plan, Deals { place, closes, list, ..like }, tally);
            }
        }
        if wins > single {
            let many = Many { like, count: wins - single, first: single, stream, worth: class.worth, sums: class.sums };
            if class.at_once {
                self.start_group(plan, &many, (0, many.count), tally);
            } else {
                let mut delays = std::mem::take(&mut self.delays);
                self.start_many(plan, many, &mut delays, tally);
                self.delays = delays;
            }
        }
    }

    /// Settles when many deals of one week close, by numbers, and what those that close together are worth.
    fn start_many(&mut self, plan: &Plan, mut many: Many, delays: &mut Delays, tally: &mut Tally) {
        let (stream, week) = (many.stream, many.like.started);
        let weeks = (plan.parts.horizon.weeks, tally.weeks.len());
        delays.spread(many.count, stream.closings, week as u32, |delay, count| {
            let concerns = many.like.concerns(week + delay, weeks);
            if concerns {
                self.start_group(plan, &many, (delay, count), tally);
                many.first += count;
            }
            concerns
        });
    }

    /// Of many deals, `count` close after the same delay, in weeks.
    fn start_group(&mut self, plan: &Plan, many: &Many, (delay, count): (usize, u64), tally: &mut Tally) {
        // Open deals are delivered group by group, in the order of the file.
        let open = many.like.open.then_some(many.like.place);
        let place = |index| open.unwrap_or_else(|| many.stream.place.bits(many.like.started as u32, index));
        let week = many.like.started as u32;
        let list = many.sums.of(count, many.stream.sum.uniform(week, delay as u32));
        let together = Deals { closes: many.like.started + delay, count, list, ..many.like };
        if !self.limited {
            self.start_deal(plan, together, tally);
            return;
        }
        // Room may part them: each gets the share of the sum that its own value has in the sum of those.
        let single = count.min(SINGLED_OUT.saturating_sub(many.first));
        let numbers = many.first as u32..(many.first + single) as u32;
        let value = |k| many.worth.at(many.stream.value, week, k);
        let rest = (count - single) as f64 * many.worth.mean();
        let all = numbers.clone().map(value).fold(rest, |sum, value| sum + value);
        let scale = if all > 0.0 { list / all } else { 0.0 };
        for k in numbers {
            let place = place(k);
            self.start_deal(plan, Deals { place, count: 1, list: scale * value(k), ..together }, tally);
        }
        if count > single {
            let place = place(u32::MAX - delay as u32);
            self.start_deal(plan, Deals { place, count: count - single, list: scale * rest, ..together }, tally);
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
            due.push(Deals { number: due.len(), ..deal });
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
            tally.undelivered += deal.count as f64;
        }
    }

    fn book(&mut self, plan: &Plan, deal: &Deals, tally: &mut Tally) {
        let horizon = plan.parts.horizon.weeks;
        let count = deal.count as f64;
        let list = deal.list * (1.0 - self.returned);
        let revenue = list * deal.price;
        // Sources begin with the channels; the others take nothing, and all of their deals acquire customers.
        let taken = revenue * self.taken.get(deal.source).copied().unwrap_or(0.0);
        let acquires = plan.parts.channels.get(deal.source).is_none_or(|channel| channel.new_customers);
        if let Some(week) = tally.weeks.get_mut(deal.closes) {
            week.wins += count;
            week.revenue += revenue;
            if !acquires {
                week.reorders += count;
            }
            if deal.closes >= horizon {
                tally.tail_revenue += revenue;
                tally.tail_revenue_shares += taken;
                tally.tail_list_revenue += list;
            }
        }
        if deal.closes < horizon {
            tally.wins += count;
            if deal.open {
                tally.pipeline_wins += count;
            }
            if !acquires {
                tally.reorders += count;
            }
            tally.revenue_shares += taken;
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
