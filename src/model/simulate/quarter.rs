//! One simulated quarter: the week loop, in the order of section 11 of docs/model.md.

use super::class_deals::Win;
use super::closing::Closing;
use super::conditions::WeekConditions;
use super::customers::{self, Base};
use super::deal_luck;
use super::desk::{self, Desk};
use super::desks::{DeskWins, Desks, WorkedWeek};
use super::marketing::{self, Marketing};
use super::memory::{Forgetful, Memory};
use super::queue::{Age, Queue};
use super::seed::Seed;
use super::totals::add_up;
use super::wins::{MeanWins, Wins};
use crate::model::at_mean::AtMean;
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;
use crate::model::rules::Observation;

/// The simulation of one plan, one replication (a quarter) after another; it keeps no trace of the draw before.
#[derive(Debug)]
pub struct Quarter<'p> {
    plan: &'p Plan,
    marketing_keys: marketing::StreamKeys,
    desk_keys: desk::StreamKeys,
    deal_keys: deal_luck::StreamKeys,
    customer_keys: customers::StreamKeys,
    weeks: usize,
    drawn: Vec<f64>,
    terms: WeekConditions,
    marketing: Marketing,
    desk: Desk,
    closing: Closing,
    customers: Option<Base>,
    tally: Tally,
}

impl<'p> Quarter<'p> {
    /// For a plan and a seed, over the horizon alone or with the tail.
    #[must_use]
    pub fn new(plan: &'p Plan, seed: Seed, with_tail: bool) -> Self {
        let horizon = &plan.parts.horizon;
        let weeks = if with_tail { horizon.all() } else { horizon.weeks };
        Self {
            plan,
            marketing_keys: marketing::StreamKeys::new(plan, seed),
            desk_keys: desk::StreamKeys::new(plan, seed),
            deal_keys: deal_luck::StreamKeys::new(plan, seed),
            customer_keys: customers::StreamKeys::new(seed),
            weeks,
            drawn: Vec::new(),
            terms: WeekConditions::default(),
            marketing: Marketing::default(),
            desk: Desk::default(),
            closing: Closing::default(),
            customers: None,
            tally: Tally::new(plan.sources.len(), weeks),
        }
    }

    /// The leads of each class at the team's desk, as the last stage left them.
    #[must_use]
    pub fn queues(&self) -> &[Queue] {
        self.desk.leads()
    }

    /// How many weeks a draw runs.
    #[must_use]
    pub fn weeks(&self) -> usize {
        self.weeks
    }

    /// Simulates draw `draw`, whose inputs are `drawn`.
    pub fn run(&mut self, draw: u64, drawn: &[f64]) -> &Tally {
        self.open(draw, drawn);
        match self.plan.parts.at_mean {
            AtMean::Nothing | AtMean::Values => self.play::<u64>(&mut Forgetful),
            AtMean::Deals => self.play::<MeanWins>(&mut Forgetful),
        }
    }

    /// Goes through the weeks of a draw that has begun.
    pub(super) fn play<W: Wins>(&mut self, memory: &mut impl Memory) -> &Tally {
        self.marketing.leave_out(memory);
        for week in 0..self.weeks {
            self.spend_money(week, memory);
            self.count_leads(week);
            self.work_leads::<W>(week, memory);
            self.close_week(week, memory);
        }
        self.end(memory)
    }

    /// All that comes before leads are worked, of a draw that has begun, where nothing that comes of them changes it: what
    /// it gives to the desk of its lane.
    pub(super) fn bring(&mut self, lane: usize, desks: &mut Desks, memory: &mut impl Memory) {
        let plan = self.plan;
        self.marketing.leave_out(memory);
        for week in 0..self.weeks {
            if self.marketing.is_due(week) {
                self.spend_money(week, memory);
                let (weeks, leads) = self.marketing.at_hand(plan);
                leads.for_each(|(class, leads)| desks.bring(lane, class, weeks.clone(), leads));
            }
            self.nurture(week);
            self.marketing.join_pool(week);
            let due = self.closing.hours_due(week);
            let hours = self.desk.share_hours(plan, week, 0.0, due, &mut self.tally);
            desks.begin_week((lane, week), hours, self.terms.close(week));
            for class in [plan.others.nurtured, plan.others.outbound].into_iter().flatten() {
                desks.admit((lane, week), class, self.desk.take_leads_of(class));
            }
            if plan.parts.chat.is_some() {
                self.marketing.arrive(plan, week, self.desk.queues());
                for class in self.desk.share_chats(plan, week, &mut self.tally) {
                    desks.ask((lane, week), class, self.desk.asking(class));
                }
                // A class that brings none in the weeks after these is not asked again.
                self.desk.queues().iter_mut().for_each(|queue| queue.leads[Age::Fresh as usize] = 0);
            }
        }
        desks.seat(lane, &self.desk);
    }

    /// All that comes of the leads, as they were worked at the desk of a lane.
    pub(super) fn book<W: Wins>(&mut self, lane: usize, desks: &Desks, memory: &mut impl Memory) -> &Tally {
        let plan = self.plan;
        for week in 0..self.weeks {
            self.note_week(week, desks.week(lane, week));
        }
        self.desk.take_over(desks.counted(lane), desks.counted_apart(lane), &mut self.tally);
        let mut won = desks.won(lane);
        if self.closing.is_watched() {
            for week in 0..self.weeks {
                let now = won.iter().take_while(|own| own.week == week).count();
                self.settle_wins::<W>(&won[..now], memory);
                won = &won[now..];
                self.closing.end_week(plan, &mut self.tally, memory);
                self.close_week(week, memory);
            }
        } else {
            self.settle_wins::<W>(won, memory);
            self.end_horizon(memory);
        }
        self.end(memory)
    }

    /// What a week came to at the desk, worked side by side with those of other draws.
    fn note_week(&mut self, week: usize, worked: WorkedWeek) {
        let (plan, tally) = (self.plan, &mut self.tally);
        self.desk.note_hours(plan, week, 0.0, (worked.carried, worked.perished), tally);
        tally.weeks[week].backlog = worked.backlog;
        if week < plan.parts.horizon.weeks {
            tally.lost_to_waiting += worked.lost;
        }
        if week + 1 == plan.parts.horizon.weeks {
            tally.backlog_end = worked.backlog;
        }
    }

    fn settle_wins<W: Wins>(&mut self, won: &[DeskWins], memory: &mut impl Memory) {
        let plan = self.plan;
        for &DeskWins { week, class, wins } in won {
            let win = Win { class, source: plan.classes[class].source, week };
            W::of(wins).settle(&mut self.closing, plan, win, &self.terms, &mut self.tally, memory);
        }
    }

    /// The desk of the draw.
    pub(super) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Begins a draw of another plan of the family.
    pub(super) fn begin(&mut self, plan: &'p Plan, draw: u64, drawn: &[f64]) {
        self.plan = plan;
        self.open(draw, drawn);
    }

    /// Begins a draw of another plan of the family, which begins as it does in a quarter of the first.
    pub(super) fn begin_like(&mut self, plan: &'p Plan, begun: &Self) {
        self.plan = plan;
        self.drawn.clone_from(&begun.drawn);
        self.terms.clone_from(&begun.terms);
        self.marketing.clone_from(&begun.marketing);
        self.desk.clone_from(&begun.desk);
        self.closing.clone_from(&begun.closing);
        self.customers.clone_from(&begun.customers);
        self.tally.clone_from(&begun.tally);
    }

    /// Begins a draw that has begun like another once more for a team of its own.
    pub(super) fn begin_team(&mut self, draw: u64) {
        let (plan, keys) = (self.plan, &self.desk_keys);
        self.desk.begin_team(plan, keys, draw, &self.drawn, &mut self.tally);
    }

    /// Begins a draw: what holds for all of it.
    pub fn open(&mut self, draw: u64, drawn: &[f64]) {
        let (plan, tally) = (self.plan, &mut self.tally);
        tally.clear();
        self.drawn.clear();
        self.drawn.extend_from_slice(drawn);
        self.terms.open(plan, drawn);
        self.marketing.open(plan, &self.marketing_keys, draw, drawn, tally);
        self.desk.open(plan, &self.desk_keys, draw, drawn, &self.terms, tally);
        self.closing.open(plan, &self.deal_keys, draw, drawn, tally);
        self.customers =
            plan.parts.customers.as_ref().map(|own| own.start(drawn, plan.parts.at_mean, &self.customer_keys, draw));
        tally.terms = plan.parts.finance.terms(drawn);
    }

    /// Rules react, channels spend the money of a week, and of those after it that nothing can change; leads are drawn.
    ///
    /// This step and those that follow are for plans whose deals are drawn: one at its mean is [run](Self::run) whole.
    pub fn spend(&mut self, week: usize) {
        debug_assert!(self.plan.parts.at_mean != AtMean::Deals, "a plan at its mean is run whole");
        self.spend_money(week, &mut Forgetful);
    }

    fn spend_money(&mut self, week: usize, memory: &mut impl Memory) {
        if !self.marketing.is_due(week) {
            return;
        }
        let plan = self.plan;
        if week < plan.parts.horizon.weeks && !plan.parts.rules.is_empty() {
            let sight = Observation {
                week,
                weeks: plan.parts.horizon.weeks,
                results: &self.tally.sources,
                closed: self.closing.booking.proceeds.so_far(),
                waiting: self.desk.waiting_work(),
                hours: self.desk.hours_for_leads(),
            };
            self.marketing.react(plan, &self.drawn, sight);
        }
        self.marketing.spend_ahead(plan, self.weeks, &self.terms, &mut self.tally, memory);
    }

    /// Leads come: those nurtured that turn qualified, those from channels, and those from customers.
    pub fn arrive(&mut self, week: usize) {
        self.count_leads(week);
    }

    fn count_leads(&mut self, week: usize) {
        let plan = self.plan;
        self.nurture(week);
        self.marketing.arrive(plan, week, self.desk.queues());
        self.marketing.join_pool(week);
        if week < plan.parts.horizon.weeks
            && let (Some(class), Some(customers)) = (plan.others.referral, &self.customers)
        {
            let leads = customers.refer(week);
            self.desk.admit(class, leads, true, &mut self.tally);
            self.tally.bring(plan.classes[class].source, week, leads);
        }
    }

    /// Leads that are nurtured turn qualified.
    fn nurture(&mut self, week: usize) {
        if let Some(class) = self.plan.others.nurtured {
            let turned = self.marketing.nurture(week);
            self.desk.admit(class, turned, week < self.plan.parts.horizon.weeks, &mut self.tally);
        }
    }

    /// The team works; leads are won, wait or leave.
    pub fn work(&mut self, week: usize) {
        self.work_leads::<u64>(week, &mut Forgetful);
    }

    fn work_leads<W: Wins>(&mut self, week: usize, memory: &mut impl Memory) {
        let (plan, tally) = (self.plan, &mut self.tally);
        let due = self.closing.hours_due(week);
        let customers = self.customers.as_ref().map_or(0.0, Base::count);
        self.desk.work(plan, week, customers, due, tally);
        self.desk.settle_leads::<W>(plan, week, &self.terms, &mut self.closing, tally, memory);
        self.closing.end_week(plan, tally, memory);
    }

    /// Customers order again, deals are delivered; then the end of the week: stocks move on.
    pub fn close(&mut self, week: usize) {
        self.close_week(week, &mut Forgetful);
    }

    fn close_week(&mut self, week: usize, memory: &mut impl Memory) {
        let (plan, tally) = (self.plan, &mut self.tally);
        let in_horizon = week < plan.parts.horizon.weeks;
        self.closing.booking.deliver(plan, &self.drawn, week, tally);
        self.closing.booking.proceeds.close(week);
        self.closing.hand_over(plan, week, tally);
        if let Some(customers) = &mut self.customers {
            let orders = self.closing.booking.after_returns(customers.order(week, memory));
            tally.weeks[week].revenue += orders;
            if in_horizon {
                tally.repeat_revenue += orders;
                tally.list_revenue += orders;
                tally.loyalty += customers.cost(week);
            }
            let ended = &tally.weeks[week];
            customers.close(week, ended.wins - ended.reorders);
        }
        if week + 1 == plan.parts.horizon.weeks {
            self.end_horizon(memory);
        }
    }

    fn end_horizon(&mut self, memory: &mut impl Memory) {
        self.marketing.measure_spend(self.plan, &mut self.tally, memory);
        self.closing.booking.count_waiting(self.plan, &mut self.tally);
    }

    /// The end of the draw: its tally.
    pub fn settle(&mut self) -> &Tally {
        self.end(&mut Forgetful)
    }

    fn end(&mut self, memory: &mut impl Memory) -> &Tally {
        self.closing.start_singles(self.plan, &mut self.tally, memory);
        self.desk.settle(self.plan, self.marketing.came(), &mut self.tally);
        add_up(self.plan, &self.closing.booking, &mut self.tally);
        &self.tally
    }
}
