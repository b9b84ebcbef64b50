//! The team's desk: leads that wait, hours that work them, wins that come of it.
//!
//! Implements section 5 of docs/model.md.

mod chats;
mod keys;
mod settle;
mod staff;

use crate::model::market::MOST_A_WEEK;
use crate::model::outcomes::{Effort, Tally};
use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::random::{Binomial, DrawStream, poisson};
use crate::units::{HUGE, number};

use super::class_terms::{Chatting, ClassTerms, Stay};
use super::closing::HoursDue;
use super::conditions::WeekConditions;
use super::queue::{Age, Queue, work};
use super::seed::at;
use super::tandem::{Hours, Leads, Made, Tandem};
use super::week::Counted;
use chats::Chats;
pub(super) use keys::StreamKeys;
use staff::Staff;

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
        staff: Staff,
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
        chats: Chats,
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
        self.chats.chat = plan.parts.chat.as_ref().map(|chat| chat.start(drawn));
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
                win: of_either(rates.map(|rate| rate * close_rate.min(1.0)), Binomial::new),
                chatting: self.chats.chat.filter(|_| class.online && !class.ordered).map(|chat| {
                    let win = |multiplier: f64| Binomial::new((close_rate * multiplier).min(1.0));
                    Chatting {
                        multipliers: (chat.answered, chat.missed),
                        silent: win(1.0),
                        answered: win(chat.answered),
                        missed: win(chat.missed),
                    }
                }),
                counted: Counted::default(),
                admitted: 0,
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
        self.staff.open(plan, keys, draw, drawn, tally);
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

    /// Shares the chats that can be answered this week over online leads; gives the classes that may ask.
    pub(super) fn share_chats<'p>(
        &mut self,
        plan: &'p Plan,
        week: usize,
        tally: &mut Tally,
    ) -> impl Iterator<Item = usize> + use<'p> {
        self.chats.share(plan, week, (&self.queues, &self.terms), tally);
        plan.online.iter().flat_map(Clone::clone)
    }

    /// Of a class in the week at hand: leads that ask in a chat, and those answered.
    pub(super) fn asking(&self, class: usize) -> (u64, u64) {
        self.chats.of(class)
    }

    /// By class: what becomes of its leads in this draw, and those at the desk.
    pub(super) fn classes(&self) -> impl Iterator<Item = (&ClassTerms, &Queue)> {
        self.terms.iter().zip(&self.queues)
    }

    /// What becomes of the leads of a class.
    pub(super) fn terms_of(&self, class: usize) -> &ClassTerms {
        &self.terms[class]
    }

    /// The chance that a lead stays that is not worked; none where all do.
    pub(super) fn stay(&self) -> Option<&Binomial> {
        match &self.stay {
            Stay::All => None,
            Stay::Some(stay) => Some(stay),
        }
    }

    /// Classes by expected value an hour, best first.
    pub(super) fn ranked(&self) -> &[usize] {
        &self.ranked
    }

    /// The leads of each class.
    pub(super) fn leads(&self) -> &[Queue] {
        &self.queues
    }

    /// Takes the leads of a class that came this week.
    pub(super) fn take_leads_of(&mut self, class: usize) -> u64 {
        std::mem::take(&mut self.queues[class].leads[Age::Fresh as usize])
    }

    /// The leads of each class, for those that come to join them.
    pub(super) fn queues(&mut self) -> &mut [Queue] {
        &mut self.queues
    }

    /// Begins the team of a draw that has begun like another once more.
    pub(super) fn begin_team(&mut self, plan: &Plan, keys: &StreamKeys, draw: u64, drawn: &[f64], tally: &mut Tally) {
        self.staff.open(plan, keys, draw, drawn, tally);
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
    pub(super) fn work(&mut self, plan: &Plan, week: usize, customers: f64, due: HoursDue, tally: &mut Tally) {
        if let Some(tandem) = self.tandem.take() {
            self.tandem = Some(self.work_in_tandem(tandem, plan, week, (customers, due), tally));
            return;
        }
        let hours = self.share_hours(plan, week, customers, due, tally);
        let carried = std::mem::take(&mut self.carried);
        let (order, hours) = (plan.parts.sales.order, hours + carried);
        let perished = work(&mut self.queues, order, &self.ranked, hours);
        self.note_hours(plan, week, customers, (carried, perished), tally);
    }

    /// Shares out the hours of a week; gives those for leads. Hours that are carried over come on top.
    pub(super) fn share_hours(
        &mut self,
        plan: &Plan,
        week: usize,
        customers: f64,
        due: HoursDue,
        tally: &mut Tally,
    ) -> f64 {
        let in_horizon = week < plan.parts.horizon.weeks;
        let all = self.hours_after_customers(week, customers);
        let available = if in_horizon { all } else { all * self.in_tail };
        let set_aside = self.prospect(plan, week, available, tally);
        self.owed.deliveries += due.deliveries;
        let delivering = self.owed.deliveries.min(available - set_aside);
        self.owed.deliveries -= delivering;
        self.owed.open_deals += due.open_deals;
        let closing = self.owed.open_deals.min(available - set_aside - delivering);
        self.owed.open_deals -= closing;
        self.hours_for_leads = available - set_aside - delivering - closing;
        tally.weeks[week].hours_available = available;
        if in_horizon {
            tally.wages += self.staff.wages_of_all(week);
            tally.chat += self.chats.cost();
            tally.hours_available += available;
            tally.hours_wanted += due.open_deals + set_aside + due.deliveries;
        }
        self.hours_for_leads
    }

    /// Notes the hours that were used in a week: those that came back are used on top, those that perish are not.
    pub(super) fn note_hours(
        &self,
        plan: &Plan,
        week: usize,
        customers: f64,
        (carried, perished): (f64, f64),
        tally: &mut Tally,
    ) {
        let used = tally.weeks[week].hours_available + carried - perished;
        tally.weeks[week].hours_used = used;
        if week < plan.parts.horizon.weeks {
            tally.hours_perished += perished;
            return;
        }
        let all = self.hours_after_customers(week, customers);
        if all > 0.0 {
            // An hour costs what it costs: the next plan pays for those that it takes.
            tally.tail_wages += self.staff.wages_of_all(week) * (used / all).min(HUGE);
        }
    }

    /// The team's hours of a week when customers have taken theirs.
    fn hours_after_customers(&self, week: usize, customers: f64) -> f64 {
        (self.staff.hours_of_all(week) - self.hours_per_customer * customers).max(0.0)
    }

    /// One week of work at two desks.
    fn work_in_tandem(
        &mut self,
        mut tandem: Tandem,
        plan: &Plan,
        week: usize,
        (customers, due): (f64, HoursDue),
        tally: &mut Tally,
    ) -> Tandem {
        let in_horizon = week < plan.parts.horizon.weeks;
        let left = if in_horizon { 1.0 } else { self.in_tail };
        let mut hours = Hours::of(self.staff.hours_of(week), self.hours_per_customer * customers, left);
        let set_aside = self.prospect(plan, week, hours.for_leads(), tally);
        self.owed.deliveries += due.deliveries;
        self.owed.open_deals += due.open_deals;
        hours.pay(set_aside, &mut self.owed);
        self.hours_for_leads = hours.free.total();
        if in_horizon {
            tally.chat += self.chats.cost();
            let deals = due.deliveries + due.open_deals;
            tally.want(1, Effort { lead: set_aside, opportunity: deals });
        }
        let mut made = Made::default();
        let leads =
            Leads { queues: &mut self.queues, terms: &self.terms, ranked: &self.ranked, order: plan.parts.sales.order };
        let spent = tandem.work(leads, week, &hours, &mut made);
        spent.note((week, in_horizon), &hours, self.staff.wages_of(week), tally);
        if in_horizon {
            tally.worked += number(made.worked);
            tally.opportunities.add(number(made.opportunities));
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
            tally.sources[self.terms[class].source].qualified += leads as f64;
            self.terms[class].admitted += leads;
        }
    }
}

/// What a function makes of two numbers, asked once where they are the same.
fn of_either<T: Copy>([one, other]: [f64; 2], make: impl Fn(f64) -> T) -> [T; 2] {
    let of_one = make(one);
    [of_one, if other == one { of_one } else { make(other) }]
}
