//! The team's desk: leads that wait, hours that work them, wins that come of it.
//!
//! Implements section 5 of docs/model.md.

use std::cmp::Reverse;
use std::collections::VecDeque;

use crate::random::{Binomial, DrawStream, StreamKey, binomial, poisson};
use crate::units::{HUGE, number};

use super::class_deals::Win;
use super::class_terms::{Chatting, ClassTerms, Stay, Week, among_lost};
use super::closing::{Closing, HoursDue};
use super::conditions::WeekConditions;
use super::memory::Memory;
use super::queue::{Age, Queue, work};
use super::seed::{Purpose, Seed, at};
use super::tandem::{Hours, Leads, Made, Tandem};
use super::week::{Counted, Outcome, WeekEnd};
use crate::model::market::MOST_A_WEEK;
use crate::model::online::{Desk as Chat, hypergeometric, share_out};
use crate::model::outcomes::{Effort, Tally};
use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::model::team::{ByRole, Role};

/// What keys the chance at the desk.
#[derive(Debug)]
pub(super) struct StreamKeys {
    /// by class: wins, opportunities, stay, chats
    classes: Vec<[StreamKey; 4]>,
    /// by class, where opportunities have a desk of their own: whether those that wait stay
    opportunities: Vec<StreamKey>,
    /// by group of reps: who leaves
    leave: Vec<StreamKey>,
    outbound: StreamKey,
}

impl StreamKeys {
    pub(super) fn new(plan: &Plan, seed: Seed) -> Self {
        let series = |key: &str| {
            [Purpose::Wins, Purpose::Opportunities, Purpose::Stay, Purpose::Chats]
                .map(|purpose| seed.series(key, purpose))
        };
        let leave = |name: &str| seed.series(&format!("sales.reps.{name}"), Purpose::Leave);
        Self {
            classes: plan.classes.iter().map(|class| series(&class.key)).collect(),
            opportunities: plan
                .classes
                .iter()
                .filter(|_| plan.two_desks)
                .map(|class| seed.series(&class.key, Purpose::StayAsOpportunity))
                .collect(),
            leave: plan.parts.sales.reps.iter().map(|reps| leave(&reps.name)).collect(),
            outbound: seed.series("outbound", Purpose::Outbound),
        }
    }
}

reusing_memory! {
    /// The desk in one draw.
    #[derive(Debug, Default)]
    pub(super) struct Desk {
        queues: Vec<Queue>,
        terms: Vec<ClassTerms>,
        /// classes by expected value an hour
        ranked: Vec<usize>,
        /// the second desk, where opportunities have one of their own
        tandem: Option<Tandem>,
        /// hours of the team by role and week, before customers take theirs; below 0 where one desk has less than staff take
        hours: ByRole<Vec<f64>>,
        heads: Vec<f64>,
        wages: ByRole<Vec<f64>>,
        /// hours begun that came back
        carried: f64,
        /// hours that deals still want
        owed: HoursDue,
        stay: Stay,
        /// share of hours set aside, leads an hour, and their luck
        prospecting: Option<(f64, f64, DrawStream)>,
        hours_per_customer: f64,
        /// share of its hours in the tail that is left for what the plan leaves
        in_tail: f64,
        /// hours for leads of the week before, those carried over left out
        hours_for_leads: f64,
        chat: Option<Chat>,
        /// by online channel: chats, and those answered
        chats: Vec<u64>,
        answered: Vec<u64>,
        /// room for sharing them out
        remainders: Vec<(Reverse<u64>, usize)>,
        likelihoods: VecDeque<f64>,
        /// by class: leads that ask, and those answered
        asking: Vec<(u64, u64)>,
    }
}

impl Desk {
    pub(super) fn open(
        &mut self,
        plan: &Plan,
        keys: &StreamKeys,
        draw: u64,
        drawn: &[f64],
        terms: &WeekConditions,
        tally: &mut Tally,
    ) {
        let sales = &plan.parts.sales;
        let speed = sales.speed(drawn);
        let (for_lead, for_opportunity) = (sales.hours_per_lead.of(drawn), sales.hours_per_opportunity.of(drawn));
        self.chat = plan.parts.chat.as_ref().map(|chat| chat.start(drawn));
        self.terms.clear();
        self.queues.clear();
        for (class, series) in plan.classes.iter().zip(&keys.classes) {
            let [wins, opportunities, stay, chats] = at(series, draw);
            let rate = class.opportunity_rate.of(drawn);
            let (close, value) = (class.multipliers.close.of(drawn), class.multipliers.value.of(drawn));
            // Segments and terms of a response curve's orders act on their number.
            let close = if class.ordered { 1.0 } else { close * terms.price_close };
            let close_rate = class.close_rate.of(drawn) * close;
            let factors = if class.cools { speed } else { [1.0; 2] };
            let rates = factors.map(|factor| (rate * factor).min(1.0));
            // Leads that buy online cost the team nothing and are settled in the week they come; the hours of outbound
            // leads are paid already.
            let effort = match (class.cools, plan.two_desks) {
                (false, _) => [0.0; 2],
                (true, false) => rates.map(|rate| for_lead + rate * for_opportunity),
                (true, true) => [for_lead; 2],
            };
            let usual = || plan.parts.deals.mean_value(drawn);
            let value = value * class.average_value.map_or_else(usual, |value| value.of(drawn));
            self.terms.push(ClassTerms {
                source: class.source,
                online: class.online,
                at_desk: class.cools,
                ordered: class.ordered,
                wins,
                opportunities,
                stay,
                chats,
                rates,
                close_rate,
                win: rates.map(|rate| Binomial::new(rate * close_rate.min(1.0))),
                chatting: self.chat.filter(|_| class.online && !class.ordered).map(|chat| {
                    let win = |multiplier: f64| Binomial::new((close_rate * multiplier).min(1.0));
                    Chatting {
                        multipliers: (chat.answered, chat.missed),
                        silent: win(1.0),
                        answered: win(chat.answered),
                        missed: win(chat.missed),
                    }
                }),
                counted: Counted::default(),
                worth: if effort[0] > 0.0 {
                    rates[0] * close_rate.min(1.0) * value * terms.usual_price() / effort[0]
                } else {
                    f64::INFINITY
                },
                worth_won: close_rate.min(1.0) * value * terms.usual_price(),
            });
            self.queues.push(Queue { effort, ..Queue::default() });
        }
        self.rank();
        self.tandem = plan.two_desks.then(|| {
            let mut tandem = self.tandem.take().unwrap_or_default();
            let luck = keys.opportunities.iter().map(|series| series.at(draw));
            tandem.open(plan, drawn, &self.terms, luck);
            tandem
        });
        self.staff(plan, keys, draw, drawn, tally);
        self.prospecting = sales.prospecting.as_ref().map(|prospecting| {
            let an_hour = (1.0 / prospecting.hours_per_lead.of(drawn)).min(HUGE);
            let share = prospecting.share_of_time.of(drawn);
            (share, an_hour, keys.outbound.at(draw))
        });
        self.hours_per_customer = sales.hours_per_customer.of(drawn);
        self.in_tail = 1.0 - plan.parts.horizon.tail_load.of(drawn);
        self.hours_for_leads = 0.0;
        let stay = sales.stay(drawn);
        self.stay = if stay == 1.0 { Stay::All } else { Stay::Some(Binomial::new(stay)) };
        self.carried = 0.0;
        self.owed = HoursDue::default();
        if let Some(class) = plan.others.backlog {
            let waiting = sales.leads_waiting.of(drawn).round() as u64;
            self.queues[class].leads[Age::Waiting as usize] = waiting;
            match &self.tandem {
                None => tally.hours_wanted += waiting as f64 * self.queues[class].effort[Age::Waiting as usize],
                Some(tandem) => tally.want(waiting, tandem.wanted(&self.terms[class], Age::Waiting)),
            }
        }
    }

    /// Classes by expected value an hour, best first; ties in the order of the file.
    fn rank(&mut self) {
        self.ranked.clear();
        self.ranked.extend(0..self.terms.len());
        let terms = &self.terms;
        self.ranked.sort_by(|&a, &b| {
            let (a, b) = (&terms[a], &terms[b]);
            b.worth.total_cmp(&a.worth).then(a.source.cmp(&b.source))
        });
    }

    /// ```text
    /// H_t = max(0, Σ_rep pace · hours_per_week · selling_time · availability_t − staff hours)
    /// ```
    pub(super) fn staff(&mut self, plan: &Plan, keys: &StreamKeys, draw: u64, drawn: &[f64], tally: &mut Tally) {
        let sales = &plan.parts.sales;
        tally.quota = sales.quota.map_or(f64::NAN, |quota| quota.of(drawn)) * sales.seats();
        let each = sales.hours_per_week.of(drawn) * sales.selling_time.of(drawn);
        let elsewhere: f64 =
            plan.calendars.iter().map(|calendar| plan.parts.channels[calendar.channel].staff_hours.of(drawn)).sum();
        let weeks = plan.parts.horizon.all();
        for &role in roles(plan) {
            let wages = self.wages.of_mut(role);
            wages.clear();
            wages.extend((0..weeks).map(|week| plan.roster.wages(&sales.reps, role, drawn, week)));
            let hours = self.hours.of_mut(role);
            hours.clear();
            hours.extend_from_slice(plan.roster.paces.of(role));
        }
        for (reps, stream) in sales.reps.iter().zip(&keys.leave).filter(|(reps, _)| reps.leave()) {
            self.heads.clear();
            self.heads.resize(weeks, 0.0);
            reps.play(drawn, stream.at(draw), self.hours.of_mut(reps.does), &mut self.heads);
            let cost = reps.cost_per_week.of(drawn);
            for (wages, heads) in self.wages.of_mut(reps.does).iter_mut().zip(&self.heads) {
                *wages += heads * cost;
            }
        }
        for week in 0..weeks {
            let taken = if week < plan.parts.horizon.weeks { elsewhere } else { 0.0 };
            let present = sales.availability.of(drawn, week);
            for &role in roles(plan) {
                let hours = &mut self.hours.of_mut(role)[week];
                *hours = *hours * each * present;
            }
            if plan.two_desks {
                let mut team = self.hours_of(week);
                team.take(&STAFF, taken);
                ALL.iter().for_each(|&role| self.hours.of_mut(role)[week] = *team.of(role));
            } else {
                self.hours.all[week] -= taken;
            }
        }
    }

    /// Hours of a week by role, at two desks.
    fn hours_of(&self, week: usize) -> ByRole<f64> {
        let of = |role| self.hours.of(role)[week];
        ByRole { leads: of(Role::Leads), opportunities: of(Role::Opportunities), all: of(Role::All) }
    }

    /// The leads of each class.
    pub(super) fn leads(&self) -> &[Queue] {
        &self.queues
    }

    /// The leads of each class, for those that come to join them.
    pub(super) fn queues(&mut self) -> &mut [Queue] {
        &mut self.queues
    }

    /// Hours of work in the leads that wait.
    pub(super) fn waiting_work(&self) -> f64 {
        if let Some(tandem) = &self.tandem {
            return tandem.waiting_work(&self.queues, &self.terms);
        }
        self.queues
            .iter()
            .map(|queue| queue.leads[Age::Waiting as usize] as f64 * queue.effort[Age::Waiting as usize])
            .sum()
    }

    /// Hours for leads of the week before, those carried over left out.
    pub(super) fn hours_for_leads(&self) -> f64 {
        self.hours_for_leads
    }

    /// One week of work. Customers take their hours first, then prospecting, then deliveries and open deals, whose
    /// hours are `due`.
    pub(super) fn work(
        &mut self,
        plan: &Plan,
        week: usize,
        customers: u64,
        due: HoursDue,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        if let Some(tandem) = self.tandem.take() {
            self.tandem = Some(self.work_in_tandem(tandem, plan, week, (customers, due), tally));
            return;
        }
        let in_horizon = week < plan.parts.horizon.weeks;
        let all = (self.hours.all[week] - self.hours_per_customer * customers as f64).max(0.0);
        let available = if in_horizon { all } else { all * self.in_tail };
        let set_aside = self.prospect(plan, week, available, tally);
        self.owed.deliveries += due.deliveries;
        let delivering = self.owed.deliveries.min(available - set_aside);
        self.owed.deliveries -= delivering;
        self.owed.open_deals += due.open_deals;
        let closing = self.owed.open_deals.min(available - set_aside - delivering);
        self.owed.open_deals -= closing;
        self.hours_for_leads = available - set_aside - delivering - closing;
        let carried = std::mem::take(&mut self.carried);
        let order = plan.parts.sales.order;
        let hours = self.hours_for_leads + carried;
        let work = memory
            .work(week, &self.queues, hours)
            .unwrap_or_else(|| work(&mut self.queues, order, &self.ranked, hours));
        memory.keep_work(week, work);
        let perished = work.perished;
        let used = available + carried - perished;
        let tallied = &mut tally.weeks[week];
        tallied.hours_available = available;
        tallied.hours_used = used;
        if in_horizon {
            tally.wages += self.wages.all[week];
            tally.chat += self.chat.map_or(0.0, |chat| chat.cost);
            tally.hours_available += available;
            tally.hours_perished += perished;
            tally.hours_wanted += due.open_deals + set_aside + due.deliveries;
            for queue in &self.queues {
                tally.hours_wanted += number(queue.leads[0]) * queue.effort[0];
            }
        } else if all > 0.0 {
            // An hour costs what it costs: the next plan pays for those that it takes.
            tally.tail_wages += self.wages.all[week] * (used / all).min(HUGE);
        }
    }

    /// One week of work at two desks.
    fn work_in_tandem(
        &mut self,
        mut tandem: Tandem,
        plan: &Plan,
        week: usize,
        (customers, due): (u64, HoursDue),
        tally: &mut Tally,
    ) -> Tandem {
        let in_horizon = week < plan.parts.horizon.weeks;
        let left = if in_horizon { 1.0 } else { self.in_tail };
        let mut hours = Hours::of(self.hours_of(week), self.hours_per_customer * customers as f64, left);
        let set_aside = self.prospect(plan, week, hours.for_leads(), tally);
        self.owed.deliveries += due.deliveries;
        self.owed.open_deals += due.open_deals;
        hours.pay(set_aside, &mut self.owed);
        self.hours_for_leads = hours.free.total();
        if in_horizon {
            tally.chat += self.chat.map_or(0.0, |chat| chat.cost);
            let deals = due.deliveries + due.open_deals;
            tally.want(1, Effort { lead: set_aside, opportunity: deals });
            for (queue, terms) in self.queues.iter().zip(&self.terms).filter(|(_, terms)| !terms.online) {
                tally.want(queue.leads[Age::Fresh as usize], tandem.wanted(terms, Age::Fresh));
            }
        }
        let mut made = Made::default();
        let leads =
            Leads { queues: &mut self.queues, terms: &self.terms, ranked: &self.ranked, order: plan.parts.sales.order };
        let spent = tandem.work(leads, week, &hours, &mut made);
        let of = |role| self.wages.of(role)[week];
        let wages = ByRole { leads: of(Role::Leads), opportunities: of(Role::Opportunities), all: of(Role::All) };
        spent.note((week, in_horizon), &hours, wages, tally);
        if in_horizon {
            tally.worked += number(made.worked);
            tally.opportunities += number(made.opportunities);
        }
        tandem
    }

    /// Sets hours aside in the horizon: `outbound ~ Poisson(hours / hours_per_lead)`; returns the hours.
    fn prospect(&mut self, plan: &Plan, week: usize, available: f64, tally: &mut Tally) -> f64 {
        let (Some((share, an_hour, stream)), Some(class)) = (self.prospecting, plan.others.outbound) else {
            return 0.0;
        };
        let set_aside = share * available;
        if week >= plan.parts.horizon.weeks || set_aside <= 0.0 {
            return 0.0;
        }
        let leads = poisson((set_aside * an_hour).min(MOST_A_WEEK), stream.uniform(week as u32, 0));
        self.admit(class, leads, true, tally);
        tally.bring(self.terms[class].source, week, leads);
        set_aside
    }

    /// Leads join a class that is of no channel, qualified.
    pub(super) fn admit(&mut self, class: usize, leads: u64, in_horizon: bool, tally: &mut Tally) {
        self.queues[class].leads[Age::Fresh as usize] = leads;
        if in_horizon {
            tally.qualified += leads as f64;
            tally.sources[self.terms[class].source].qualified += leads as f64;
        }
    }

    /// What was worked is won or not; who was not worked waits or leaves.
    pub(super) fn settle_leads(
        &mut self,
        plan: &Plan,
        week: usize,
        terms: &WeekConditions,
        closing: &mut Closing,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        let weeks = plan.parts.horizon.weeks;
        self.share_chats(plan, week, tally, memory);
        let end = if self.tandem.is_some() {
            self.settle_tandem(plan, week, terms, closing, tally, memory)
        } else if memory.repeats_week() {
            self.repeat_week(plan, week, terms, closing, tally, memory)
        } else {
            self.settle_week(plan, week, terms, closing, tally, memory)
        };
        self.carried = end.carried;
        tally.weeks[week].backlog = number(end.backlog);
        if week < weeks {
            tally.lost_to_waiting += number(end.lost);
            tally.worked += number(end.worked);
            tally.opportunities += number(end.opportunities);
        }
        if week + 1 == weeks {
            tally.backlog_end = number(end.backlog);
        }
    }

    fn settle_week(
        &mut self,
        plan: &Plan,
        week: usize,
        terms: &WeekConditions,
        closing: &mut Closing,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) -> WeekEnd {
        let this = Week { number: week as u32, in_horizon: week < plan.parts.horizon.weeks, close: terms.close(week) };
        let mut end = WeekEnd::default();
        for (class, queue) in self.queues.iter_mut().enumerate() {
            if queue.leads == [0, 0] {
                continue;
            }
            let own = &mut self.terms[class];
            let asking = self.asking.get(class).copied().unwrap_or_default();
            // In a week with terms of its own, what was worked is counted at once, which no one remembers.
            let is_known = own.chatting.is_some() || this.close == 1.0;
            let known = memory.outcome_of(week, queue, (class, asking)).filter(|_| is_known);
            let outcome = known.unwrap_or_else(|| {
                let (wins, counted) = match &own.chatting {
                    Some(chatting) => (own.win_by_chat(chatting, queue, asking, this), Counted::default()),
                    None => own.win(queue, this, &mut end),
                };
                Outcome { class, counted, wins, waiting: own.wait(queue, &self.stay, this) }
            });
            memory.keep_outcome(week, queue, outcome, asking);
            if this.in_horizon {
                own.counted.add(outcome.counted);
            }
            if outcome.wins > 0 {
                let win = Win { class, source: own.source, week };
                closing.settle(plan, win, outcome.wins, terms, tally, memory);
            }
            end.lost += queue.left_over() - outcome.waiting;
            queue.leads = [0, outcome.waiting];
            if outcome.waiting == 0 && queue.begun > 0.0 {
                end.carried += queue.begun;
                queue.begun = 0.0;
            }
            end.backlog += outcome.waiting;
        }
        memory.keep_week(week, end, &self.queues);
        end
    }

    /// What was worked at the second desk is won or not; what was not worked at either waits or leaves.
    fn settle_tandem(
        &mut self,
        plan: &Plan,
        week: usize,
        terms: &WeekConditions,
        closing: &mut Closing,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) -> WeekEnd {
        let Some(mut tandem) = self.tandem.take() else { return WeekEnd::default() };
        let this = Week { number: week as u32, in_horizon: week < plan.parts.horizon.weeks, close: terms.close(week) };
        let mut end = WeekEnd::default();
        let mut lost = 0;
        for (class, queue) in self.queues.iter_mut().enumerate() {
            let own = &self.terms[class];
            let wins = match &own.chatting {
                Some(chatting) => own.win_by_chat(chatting, queue, self.asking[class], this),
                None if own.online => own.win(queue, this, &mut end).0,
                None => own.win_opportunities(&tandem.queues[class], this),
            };
            if wins > 0 {
                closing.settle(plan, Win { class, source: own.source, week }, wins, terms, tally, memory);
            }
            let waiting = if own.online { 0 } else { own.wait(queue, &self.stay, this) };
            end.lost += if own.online { 0 } else { queue.left_over() - waiting };
            *queue = Queue { leads: [0, waiting], worked: [0, 0], ..*queue };
            if waiting == 0 && queue.begun > 0.0 {
                tandem.give_back(std::mem::take(&mut queue.begun));
            }
            end.backlog += waiting;
            lost += tandem.wait(class, week);
        }
        let waiting = number(tandem.waiting());
        tally.weeks[week].opportunities_waiting = waiting;
        if this.in_horizon {
            tally.opportunities_lost += number(lost);
            tally.opportunities_waiting = waiting;
        }
        self.tandem = Some(tandem);
        end
    }

    /// A week of which all is known that comes of it.
    fn repeat_week(
        &mut self,
        plan: &Plan,
        week: usize,
        terms: &WeekConditions,
        closing: &mut Closing,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) -> WeekEnd {
        let mut place = 0;
        while let Some(outcome) = memory.outcome(week, place) {
            let own = &mut self.terms[outcome.class];
            own.counted.add(outcome.counted);
            if outcome.wins > 0 {
                let win = Win { class: outcome.class, source: own.source, week };
                closing.settle(plan, win, outcome.wins, terms, tally, memory);
            }
            place += 1;
        }
        memory.week_end(week, &mut self.queues)
    }

    /// Shares the chats that can be answered this week over the online channels.
    fn share_chats(&mut self, plan: &Plan, week: usize, tally: &mut Tally, memory: &mut impl Memory) {
        let Some(chat) = self.chat else { return };
        self.chats.clear();
        self.asking.clear();
        self.asking.resize(self.queues.len(), (0, 0));
        for classes in &plan.online {
            let mut chats = 0;
            for class in classes.clone() {
                let leads = self.queues[class].leads[Age::Fresh as usize];
                let stream = self.terms[class].chats;
                let ask = || chat.asking.quantile(leads, stream.uniform(week as u32, 0));
                self.asking[class].0 = memory.asking((week, class), leads, ask);
                chats += self.asking[class].0;
            }
            self.chats.push(chats);
        }
        share_out(chat.capacity, &self.chats, &mut self.answered, &mut self.remainders);
        if week < plan.parts.horizon.weeks {
            let [asked, answered] = [&self.chats, &self.answered].map(|chats| chats.iter().sum::<u64>());
            tally.chats += asked as f64;
            tally.chats_missed += (asked - answered) as f64;
        }
        for (channel, classes) in plan.online.iter().enumerate() {
            // Within a channel at random: each class's share of the answered is hypergeometric.
            let (mut chats, mut answered) = (self.chats[channel], self.answered[channel]);
            for class in classes.clone() {
                let own = self.asking[class].0;
                let uniform = self.terms[class].chats.uniform(week as u32, 1);
                self.asking[class].1 = hypergeometric(chats, own, answered, uniform, &mut self.likelihoods);
                chats -= own;
                answered -= self.asking[class].1;
            }
        }
    }

    /// The leads that were worked and the opportunities among them. Of those that were not won:
    /// `Binomial(worked − wins, o(1 − c)/(1 − o·c))`, drawn once for all weeks whose terms are the same.
    pub(super) fn settle(&self, tally: &mut Tally) {
        for terms in &self.terms {
            let counted = &terms.counted;
            for age in 0..2 {
                let (worked, won) = (counted.worked[age], counted.won[age]);
                tally.worked += worked as f64;
                tally.opportunities += won as f64;
                if worked == won {
                    continue;
                }
                let among_lost = among_lost(terms.rates[age], terms.close_rate);
                let uniform = terms.opportunities.uniform(0, age as u32);
                tally.opportunities += binomial(worked - won, among_lost, uniform) as f64;
            }
        }
    }
}

/// Every role.
const ALL: [Role; 3] = [Role::Leads, Role::Opportunities, Role::All];

/// From whom the hours of staff for channels are taken at two desks, first to last.
const STAFF: [Role; 3] = [Role::All, Role::Leads, Role::Opportunities];

/// The roles that a plan has.
fn roles(plan: &Plan) -> &'static [Role] {
    if plan.two_desks { &ALL } else { &[Role::All] }
}
