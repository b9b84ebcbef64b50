//! From money to leads: the channels of a plan in one draw.
//!
//! Implements sections 3 and 4 of docs/model.md.

use std::ops::Range;

use crate::random::{DrawStream, LANES, Lanes, StreamKey, poissons_by_week};
use crate::units::{HUGE, number, reaches};

use super::conditions::WeekConditions;
use super::leads::{Counts, Leads, add};
use super::memory::Memory;
use super::orders;
use super::queue::{Age, Queue};
use super::seed::{Purpose, Seed, at};
use crate::model::brand::Goodwill;
use crate::model::channels::{Offer, Offers, Route, Running, Usage};
use crate::model::lognormal::KeptSpread;
use crate::model::market::{Demand, MOST_A_WEEK, Noise};
use crate::model::nurture::Pool;
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::model::rules::{self, Observation};

/// What keys the chance of channels and their classes.
#[derive(Debug)]
pub(super) struct StreamKeys {
    market: StreamKey,
    nurture: [StreamKey; 2],
    /// by channel: unqualified leads, variation
    channels: Vec<[StreamKey; 2]>,
    /// by class of a channel: qualified leads
    classes: Vec<StreamKey>,
}

impl StreamKeys {
    pub(super) fn new(plan: &Plan, seed: Seed) -> Self {
        let key = |source: usize| plan.sources[source].key.as_str();
        Self {
            market: seed.series("market", Purpose::Market),
            nurture: [Purpose::Turn, Purpose::Fade].map(|purpose| seed.series("nurtured", purpose)),
            channels: plan
                .calendars
                .iter()
                .map(|calendar| {
                    [Purpose::Unqualified, Purpose::Variation]
                        .map(|purpose| seed.series(key(calendar.channel), purpose))
                })
                .collect(),
            classes: plan.classes.iter().map(|class| seed.series(&class.key, Purpose::Leads)).collect(),
        }
    }
}

reusing_memory! {
    /// The channels in one draw, in the order of [`Plan::calendars`].
    #[derive(Debug, Default)]
    pub(super) struct Marketing {
        demand: Option<Demand>,
        /// how far demand strays, and by channel what it brings
        volatility: KeptSpread,
        variations: Vec<KeptSpread>,
        goodwill: Option<Goodwill>,
        pool: Option<Pool>,
        /// what the rules have made of the plans, by channel in the order of the file; empty without rules
        plans: Vec<Vec<f64>>,
        /// what they leave of each channel's money this week
        scale: Vec<f64>,
        channels: Vec<ChannelDraw>,
        running: Vec<Running>,
        /// the weeks up to this one are spent, from the first of those at hand on
        first: usize,
        end: usize,
        /// by channel, of the weeks at hand: money spent, and mean number of leads
        spends: Vec<Lanes>,
        means: Vec<Lanes>,
        leads: Leads,
        /// of the weeks at hand: leads that are nurtured from then on
        nurtured: Counts,
        /// by class: qualified leads of channels that have come in the horizon
        came: Vec<u64>,
        /// by channel: how much it has used by the end of the horizon
        usages: Vec<Option<Usage>>,
        classes: Vec<DrawStream>,
        /// by class of a channel: its share of the channel's leads
        shares: Vec<f64>,
        /// channels that are not left out and may still bring leads
        active: Vec<usize>,
    }
}

#[derive(Clone, Copy, Debug)]
struct ChannelDraw {
    unqualified: DrawStream,
    noise: Noise,
    /// leads for each unit that the channel's curve gives: less than one where it gives money
    leads_per_unit: f64,
    qualified: f64,
    /// orders of a response curve: the terms of a week act on their number
    ordered: bool,
    /// leads that are not qualified are nurtured
    nurtured: bool,
    brand_share: f64,
    /// money it was offered in the horizon, where rules decide on it
    offered: f64,
}

impl Plan {
    /// The channels, by their places in the file, that would bring more leads in some week than can be counted, and the
    /// first such week: by the middle of what is uncertain, without noise, promotions, shocks and rules.
    #[must_use]
    pub fn uncountable(&self) -> Vec<(usize, usize)> {
        let inputs = self.parts.inputs.list();
        let middle: Vec<f64> = inputs.iter().map(|input| input.at(0.5)).collect();
        let horizon = &self.parts.horizon;
        let trend: Vec<f64> = self.parts.market.trend(&middle, horizon);
        let mut found = Vec::new();
        for calendar in &self.calendars {
            let channel = &self.parts.channels[calendar.channel];
            let mut running = channel.start(&middle);
            let leads_per_unit = leads_per_unit(self, calendar.channel, &middle);
            let too_many = (0..horizon.all()).find(|&week| {
                let demand = (trend[week] * calendar.season[week]).min(HUGE);
                let in_horizon = week < horizon.weeks;
                let money = calendar.money[week];
                let flow = running.step(Offer { money, demand, price: calendar.price[week], in_horizon });
                running.close();
                flow.leads * leads_per_unit > MOST_A_WEEK
            });
            found.extend(too_many.map(|week| (calendar.channel, week)));
        }
        found
    }
}

/// Leads for each unit that a channel's curve gives: less than one where it gives money.
pub(super) fn leads_per_unit(plan: &Plan, channel: usize, drawn: &[f64]) -> f64 {
    let channel = &plan.parts.channels[channel];
    if !channel.counts_money() {
        return 1.0;
    }
    let usual = || plan.parts.deals.mean_value(drawn);
    let value = channel.average_value.map_or_else(usual, |value| value.of(drawn));
    if value > 0.0 { (1.0 / value).min(HUGE) } else { 0.0 }
}

impl Marketing {
    pub(super) fn open(&mut self, plan: &Plan, keys: &StreamKeys, draw: u64, drawn: &[f64], tally: &mut Tally) {
        self.demand = Some(plan.parts.market.start(drawn, &mut self.volatility, keys.market.at(draw)));
        self.goodwill = plan.parts.brand.as_ref().map(|brand| brand.start(drawn));
        self.pool = plan.parts.nurture.as_ref().map(|nurture| nurture.start(drawn, at(&keys.nurture, draw)));
        if !plan.parts.rules.is_empty() {
            self.scale.resize(plan.parts.channels.len(), 1.0);
            self.plans.resize(plan.parts.channels.len(), Vec::new());
            for (own, channel) in self.plans.iter_mut().zip(&plan.parts.channels) {
                own.clone_from(&channel.plan);
            }
        }
        self.active.clear();
        self.active.extend(0..plan.calendars.len());
        (self.first, self.end) = (0, 0);
        self.channels.clear();
        self.variations.resize(plan.calendars.len(), KeptSpread::default());
        for (place, (calendar, series)) in plan.calendars.iter().zip(&keys.channels).enumerate() {
            let channel = &plan.parts.channels[calendar.channel];
            match self.running.get_mut(place) {
                Some(before) => channel.restart(drawn, before),
                None => self.running.push(channel.start(drawn)),
            }
            let [unqualified, variation] = at(series, draw);
            self.channels.push(ChannelDraw {
                unqualified,
                noise: Noise::new(
                    self.variations[place].of_cv(channel.variation.of(drawn)),
                    channel.variation_persistence.of(drawn),
                    variation,
                ),
                leads_per_unit: leads_per_unit(plan, calendar.channel, drawn),
                qualified: channel.qualified.of(drawn),
                ordered: channel.counts_orders(),
                nurtured: self.pool.is_some() && channel.route == Route::Sales,
                brand_share: channel.brand_share.of(drawn),
                offered: 0.0,
            });
            tally.fees += channel.fixed_cost.of(drawn);
        }
        self.spends.resize(self.channels.len(), [0.0; LANES]);
        self.means.resize(self.channels.len(), [0.0; LANES]);
        self.came.clear();
        self.came.resize(plan.classes.len(), 0);
        self.usages.clear();
        self.usages.resize(self.channels.len(), None);
        self.classes.clear();
        self.classes.extend(keys.classes.iter().map(|series| series.at(draw)));
        self.shares.clear();
        self.shares.extend((0..plan.classes.len()).map(|class| orders::share(plan, class, drawn)));
    }

    /// Leads that turn qualified this week, before new ones come.
    pub(super) fn nurture(&mut self, week: usize) -> u64 {
        self.pool.as_mut().map_or(0, |pool| pool.step(week))
    }

    /// Lets the rules change what is left of the plans.
    pub(super) fn react(&mut self, plan: &Plan, drawn: &[f64], sight: Observation<'_>) {
        rules::apply(&plan.parts.rules, drawn, sight, &mut self.plans, &mut self.scale);
    }

    /// Leaves out the channels that do what is remembered of them.
    pub(super) fn leave_out(&mut self, memory: &impl Memory) {
        memory.leave_out(&mut self.active);
    }

    /// Is the money of a week still to be spent?
    pub(super) fn is_due(&self, week: usize) -> bool {
        week >= self.end
    }

    /// Spends the money of the next weeks, and draws the leads that it brings: as far ahead as nothing that comes of these
    /// weeks could change it. Rules look at each week.
    pub(super) fn spend_ahead(
        &mut self,
        plan: &Plan,
        weeks: usize,
        terms: &WeekConditions,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        let ahead = if plan.parts.rules.is_empty() { LANES } else { 1 };
        self.first = self.end;
        self.end = weeks.min(self.first + ahead);
        self.spends.fill([0.0; LANES]);
        self.means.fill([0.0; LANES]);
        let horizon = plan.parts.horizon.weeks;
        let mut week = self.first;
        while week < self.end {
            // What a brand makes of a week's spend shows in the next.
            let end = if self.goodwill.is_some() { week + 1 } else { self.end };
            let end = if week < horizon { end.min(horizon) } else { end };
            self.spend(plan, week..end, terms, tally, memory);
            if let Some(goodwill) = &mut self.goodwill {
                let lane = week - self.first;
                let channels = self.channels.iter().zip(&self.spends);
                goodwill.close(channels.map(|(own, spends)| own.brand_share * spends[lane]).sum());
            }
            if end == horizon {
                for (usage, running) in self.usages.iter_mut().zip(&self.running) {
                    *usage = running.usage();
                }
            }
            week = end;
        }
        self.draw_leads(plan);
        memory.repeat_leads(plan, self.first, &mut self.leads);
        memory.keep_leads(self.first, &self.leads);
        self.count_leads(plan, tally);
    }

    /// Draws the leads of the weeks at hand: `Poisson(λ(1 − q))` that are not qualified, `Poisson(λ·q·share)` of each
    /// segment.
    fn draw_leads(&mut self, plan: &Plan) {
        let first = self.first as u32;
        self.leads.open(self.channels.len(), plan.classes.len());
        for (at, means) in self.means.iter().enumerate() {
            if *means == [0.0; LANES] {
                continue;
            }
            self.leads.bringing.push(at);
            let channel = &self.channels[at];
            for class in plan.calendars[at].classes.clone() {
                let share = self.shares[class];
                let rates = means.map(|mean| mean * channel.qualified * share);
                self.leads.qualified[class] = poissons_by_week(self.classes[class], first, &rates);
            }
            let rates = means.map(|mean| mean * (1.0 - channel.qualified));
            self.leads.unqualified[at] = poissons_by_week(channel.unqualified, first, &rates);
        }
    }

    /// Counts the leads of the weeks at hand.
    fn count_leads(&mut self, plan: &Plan, tally: &mut Tally) {
        let in_horizon = plan.parts.horizon.weeks.saturating_sub(self.first).min(LANES);
        let of_horizon = |counts: &Counts| counts[..in_horizon].iter().sum::<u64>();
        let mut all = [0; LANES];
        self.nurtured = [0; LANES];
        for &at in &self.leads.bringing {
            let calendar = &plan.calendars[at];
            let mut qualified = 0;
            for class in calendar.classes.clone() {
                let own = &self.leads.qualified[class];
                let came = of_horizon(own);
                self.came[class] += came;
                qualified += came;
                add(&mut all, own);
            }
            let unqualified = &self.leads.unqualified[at];
            add(&mut all, unqualified);
            if self.channels[at].nurtured {
                add(&mut self.nurtured, unqualified);
            }
            let source = &mut tally.sources[calendar.channel];
            source.qualified += number(qualified);
            source.leads += number(qualified + of_horizon(unqualified));
        }
        for (week, leads) in tally.weeks[self.first..self.end].iter_mut().zip(all) {
            week.leads += number(leads);
        }
    }

    /// Spends the money of some of the weeks at hand, all in the horizon or all after it: `spend` in the tally, a mean number of
    /// leads for each channel.
    fn spend(
        &mut self,
        plan: &Plan,
        weeks: Range<usize>,
        terms: &WeekConditions,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        let horizon = &plan.parts.horizon;
        if weeks.start == horizon.weeks {
            let running = &self.running;
            self.active.retain(|&at| !running[at].is_done());
        }
        let in_horizon = weeks.start < horizon.weeks;
        let lanes = weeks.start - self.first..weeks.end - self.first;
        if in_horizon {
            memory.repeat_spends(weeks.clone(), lanes.start, &mut self.spends);
        }
        let mut markets = [0.0; LANES];
        let wanted = !self.active.is_empty() || memory.keeps();
        if let Some(demand) = self.demand.as_mut().filter(|_| wanted) {
            let lift = self.goodwill.as_ref().map_or(1.0, Goodwill::lift);
            for (market, week) in markets.iter_mut().zip(weeks.clone()) {
                *market = memory.market(week, || demand.at(week, horizon) * lift);
            }
        }
        for at in 0..self.active.len() {
            self.spend_on(plan, (self.active[at], in_horizon), (weeks.clone(), &markets), terms, tally);
        }
        if in_horizon {
            memory.keep_spends(weeks.clone(), lanes.start, &self.spends);
            for (week, lane) in weeks.zip(lanes) {
                tally.weeks[week].spend = self.spends.iter().fold(0.0, |sum, spends| sum + spends[lane]);
            }
        }
    }

    /// Spends the money of one channel in some weeks, whose markets are known.
    fn spend_on(
        &mut self,
        plan: &Plan,
        (at, in_horizon): (usize, bool),
        (weeks, markets): (Range<usize>, &Lanes),
        terms: &WeekConditions,
        tally: &mut Tally,
    ) {
        let ruled = in_horizon && !self.plans.is_empty();
        let calendar = &plan.calendars[at];
        let source = calendar.channel;
        let (channel, running) = (&mut self.channels[at], &mut self.running[at]);
        let count = weeks.len();
        let sixteen = |weekly: &[f64]| {
            let lanes: &Lanes = weekly[weeks.start..].first_chunk().expect("calendars go on beyond the last week");
            *lanes
        };
        let mut offers = Offers {
            weeks: count,
            money: sixteen(&calendar.money),
            demand: sixteen(&calendar.season),
            price: sixteen(&calendar.price),
            in_horizon,
        };
        for (lane, money) in offers.money.iter_mut().enumerate() {
            *money = if lane < count { *money } else { 0.0 };
        }
        if ruled {
            for (money, planned) in offers.money.iter_mut().zip(&self.plans[source][weeks.clone()]) {
                *money = planned * self.scale[source];
                channel.offered += *money;
            }
        }
        for (demand, market) in offers.demand.iter_mut().zip(markets) {
            *demand *= market;
        }
        if !terms.are_plain() {
            for (demand, week) in offers.demand.iter_mut().zip(weeks.clone()) {
                *demand *= terms.demand(plan, week, source);
            }
        }
        for demand in &mut offers.demand {
            // Not f64::min, which looks out for NaN first.
            *demand = if *demand < HUGE { *demand } else { HUGE };
        }
        let flows = running.run(&offers);
        let mut spent = tally.sources[source].spend;
        for spend in &flows.spends[..count] {
            spent += spend;
        }
        let mut leads = flows.leads;
        if leads.iter().any(|&leads| leads > 0.0) {
            for (leads, noise) in leads[..count].iter_mut().zip(channel.noise.from(weeks.start)) {
                *leads = if *leads > 0.0 { *leads * channel.leads_per_unit * noise } else { 0.0 };
            }
            if channel.ordered {
                for (leads, week) in leads.iter_mut().zip(weeks.clone()) {
                    *leads *= terms.close(week) * terms.price_close;
                }
            }
            for leads in &mut leads {
                // Counts stay countable: what goes beyond is told of.
                tally.beyond_count |= *leads > MOST_A_WEEK;
                *leads = if *leads > MOST_A_WEEK { MOST_A_WEEK } else { *leads };
            }
        } else {
            leads = [0.0; LANES];
        }
        let lanes = weeks.start - self.first..weeks.end - self.first;
        if lanes.start == 0 {
            (self.spends[at], self.means[at]) = (flows.spends, leads);
        } else {
            self.spends[at][lanes.clone()].copy_from_slice(&flows.spends[..count]);
            self.means[at][lanes].copy_from_slice(&leads[..count]);
        }
        if in_horizon {
            tally.sources[source].spend = spent;
        }
    }

    /// The qualified leads of a week join the team's queues.
    pub(super) fn arrive(&self, plan: &Plan, week: usize, queues: &mut [Queue]) {
        let lane = week - self.first;
        for (class, leads) in self.leads.qualified(plan) {
            queues[class].leads[Age::Fresh as usize] = leads[lane];
        }
    }

    /// Unqualified leads of a week are nurtured from then on.
    pub(super) fn join_pool(&mut self, week: usize) {
        if let Some(pool) = &mut self.pool {
            pool.join(self.nurtured[week - self.first]);
        }
    }

    /// The weeks at hand, and by class of channels that bring some in them their qualified leads.
    pub(super) fn at_hand<'a>(&'a self, plan: &'a Plan) -> (Range<usize>, impl Iterator<Item = (usize, &'a Counts)>) {
        (self.first..self.end, self.leads.qualified(plan))
    }

    /// By class: qualified leads of channels that have come in the horizon.
    pub(super) fn came(&self) -> &[u64] {
        &self.came
    }

    /// At the end of the horizon: what was planned and spent, and how much of it stands on channels that could not take more.
    pub(super) fn measure_spend(&self, plan: &Plan, tally: &mut Tally, memory: &mut impl Memory) {
        memory.sources(plan, &mut tally.sources);
        for (at, (calendar, channel)) in plan.calendars.iter().zip(&self.channels).enumerate() {
            let spent = tally.sources[calendar.channel].spend;
            let (planned, offered) = match self.plans.get(calendar.channel) {
                Some(own) => (own.iter().sum(), channel.offered),
                None => {
                    let budget = plan.parts.channels[calendar.channel].budget();
                    (budget, budget)
                }
            };
            // Week by week and then channel by channel, both of them, so that nothing unspent is exactly nothing.
            tally.planned += planned;
            tally.spend += spent;
            let usage = memory.usage(at, || self.usages[at]);
            if usage.is_some_and(|usage| !reaches(spent, offered) || usage.is_full()) {
                tally.saturated_plan += planned;
            }
        }
    }
}
