//! What one draw counts.

use serde::{Deserialize, Serialize};

use super::opportunities::Opportunities;
use crate::model::finance::FinanceTerms;
use crate::model::reuse::reusing_memory;
use crate::model::team::ByRole;

/// Totals of one source: a channel, or one of the sources that are none. What its deals have closed is told at the end of a draw.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SourceTally {
    /// money spent in the horizon
    pub spend: f64,
    /// leads of the horizon
    pub leads: f64,
    /// those passed on to sales
    pub qualified: f64,
    /// deals closed in the horizon
    pub wins: f64,
    /// deals won in the end of what was worked in the horizon, or is open today
    pub wins_started: f64,
    /// their new revenue in the horizon
    pub revenue: f64,
    /// that revenue at list price
    pub list_revenue: f64,
    /// value of its deals won in the horizon that close after it, before returns
    pub closing_later: f64,
    /// new revenue closing in the tail
    pub tail_revenue: f64,
    /// that revenue at list price
    pub tail_list_revenue: f64,
}

impl SourceTally {
    /// The figures in the order of [`SOURCE_FIGURES`](super::SOURCE_FIGURES).
    #[must_use]
    pub fn figures(&self) -> [f64; 6] {
        [self.spend, self.leads, self.qualified, self.wins, self.wins_started, self.revenue]
    }
}

/// Totals of one week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WeekTally {
    /// money spent
    pub spend: f64,
    /// leads
    pub leads: f64,
    /// deals closed
    pub wins: f64,
    /// new and repeat revenue
    pub revenue: f64,
    /// leads waiting at the end
    pub backlog: f64,
    /// the team's hours used, those carried over included
    pub hours_used: f64,
    /// the team's hours
    pub hours_available: f64,
    /// deals closed that acquire no customer
    pub reorders: f64,
    /// the same by role, where leads and opportunities have desks of their own
    pub roles: ByRole<RoleWeek>,
    /// opportunities waiting at the end, where they have a desk of their own
    pub opportunities_waiting: f64,
}

/// Hours of a role in a week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RoleWeek {
    /// hours of the role
    pub available: f64,
    /// hours used, those carried over included
    pub used: f64,
}

/// Hours of work on one lead, and on what is to be expected of it as an opportunity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effort {
    /// hours for the lead
    pub lead: f64,
    /// hours for the opportunity
    pub opportunity: f64,
}

impl Effort {
    /// Hours in all.
    #[must_use]
    pub fn total(self) -> f64 {
        self.lead + self.opportunity
    }
}

/// Hours of two desks in the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RoleTally {
    /// by role
    pub available: ByRole<f64>,
    /// by role: hours that nobody used
    pub perished: ByRole<f64>,
    /// hours that leads and prospecting wanted
    pub wanted_by_leads: f64,
    /// hours that opportunities wanted, as far as to be expected, and deals
    pub wanted_by_opportunities: f64,
}

impl WeekTally {
    /// The figures in the order of [`WEEKLY`](super::WEEKLY).
    #[must_use]
    pub fn figures(&self) -> [f64; 14] {
        let ByRole { leads, opportunities, all } = self.roles;
        [
            self.spend,
            self.leads,
            self.wins,
            self.revenue,
            self.backlog,
            self.hours_used,
            self.hours_available,
            leads.used,
            leads.available,
            opportunities.used,
            opportunities.available,
            all.used,
            all.available,
            self.opportunities_waiting,
        ]
    }
}

reusing_memory! {
    /// The counters of one replication: everything that one draw counts; figures are of the horizon unless they say otherwise.
    #[derive(Debug, Default)]
    pub struct Tally {
        /// money planned for channels
        pub planned: f64,
        /// money spent by channels
        pub spend: f64,
        /// fees of channels
        pub fees: f64,
        /// what channels take of the revenue of their deals
        pub revenue_shares: f64,
        /// cost of the loyalty program
        pub loyalty: f64,
        /// wages of reps
        pub wages: f64,
        /// cost of chat agents
        pub chat: f64,
        /// chats that online leads ask for
        pub chats: f64,
        /// of them, chats that nobody answers
        pub chats_missed: f64,
        /// booked before week 1: revenue, wins, marketing cost
        pub booked_revenue: f64,
        /// deals booked before week 1
        pub booked_wins: f64,
        /// marketing cost booked before week 1
        pub booked_marketing: f64,
        /// what the reps of week 1 are to bring, all together
        pub quota: f64,
        /// deals closed, those booked before week 1 left out
        pub new_revenue: f64,
        /// repeat orders
        pub repeat_revenue: f64,
        /// revenue at list price, on which goods cost
        pub list_revenue: f64,
        /// new revenue that marketing earned: of channels, nurtured leads and referrals
        pub earned_revenue: f64,
        /// that revenue at list price
        pub earned_list_revenue: f64,
        /// leads of channels
        pub channel_leads: f64,
        /// leads of channels, referrals and outbound
        pub leads: f64,
        /// leads passed on to sales
        pub qualified: f64,
        /// leads worked
        pub worked: f64,
        /// opportunities among them
        pub(in crate::model) opportunities: Opportunities,
        /// deals closed
        pub wins: f64,
        /// of them, deals that the money of these weeks won a customer by: all but those open today, and reorders
        pub customers_won: f64,
        /// deals won in the end
        pub wins_started: f64,
        /// value of those that close after the horizon
        pub closing_later: f64,
        /// leads lost to waiting
        pub lost_to_waiting: f64,
        /// leads waiting at the end of the horizon
        pub backlog_end: f64,
        /// opportunities that wait for somebody at the end of the horizon
        pub opportunities_waiting: f64,
        /// opportunities that left while they waited
        pub opportunities_lost: f64,
        /// the team's hours
        pub hours_available: f64,
        /// hours that nobody used
        pub hours_perished: f64,
        /// hours that leads and deals wanted
        pub hours_wanted: f64,
        /// the same of two desks
        pub roles: RoleTally,
        /// new revenue closing in the tail
        pub tail_revenue: f64,
        /// that revenue at list price
        pub tail_list_revenue: f64,
        /// what channels take of it
        pub tail_revenue_shares: f64,
        /// wages of the hours used in the tail
        pub tail_wages: f64,
        /// margin, commission and fixed costs of the draw
        pub terms: FinanceTerms,
        /// deals that wait for delivery at the end of the horizon
        pub undelivered: f64,
        /// some week would have brought more than can be counted
        pub beyond_count: bool,
        /// the plan's money on channels that could not take more
        pub saturated_plan: f64,
        /// by source
        pub sources: Vec<SourceTally>,
        /// by week, horizon then tail
        pub weeks: Vec<WeekTally>,
    }
}

/// What holds a draw back, in the order in which it is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// the team has too few hours
    Hours,
    /// deals wait for delivery when the horizon ends
    Delivery,
    /// the channels could not use more money
    Demand,
    /// there is not more money
    Budget,
}

/// Whose hours are short where leads and opportunities have desks of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortDesk {
    /// of those who work leads
    Leads,
    /// of those who work opportunities
    Opportunities,
}

/// A figure for each [`Limit`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits<T> {
    /// of draws that hours limit
    pub hours: T,
    /// of them, those in which hours for leads are shorter, where leads and opportunities have desks of their own
    pub hours_leads: T,
    /// and those in which hours for opportunities are
    pub hours_opportunities: T,
    /// of draws that delivery limits
    pub delivery: T,
    /// of draws that demand limits
    pub demand: T,
    /// of draws that the budget limits
    pub budget: T,
}

impl<T> Limits<T> {
    /// The figure of a limit.
    pub fn of_mut(&mut self, limit: Limit) -> &mut T {
        match limit {
            Limit::Hours => &mut self.hours,
            Limit::Delivery => &mut self.delivery,
            Limit::Demand => &mut self.demand,
            Limit::Budget => &mut self.budget,
        }
    }

    /// The same for figures made of these.
    #[must_use]
    pub fn map<U>(self, make: impl Fn(T) -> U) -> Limits<U> {
        Limits {
            hours: make(self.hours),
            hours_leads: make(self.hours_leads),
            hours_opportunities: make(self.hours_opportunities),
            delivery: make(self.delivery),
            demand: make(self.demand),
            budget: make(self.budget),
        }
    }
}

impl Limits<u64> {
    /// Counts a draw.
    pub fn count(&mut self, tally: &Tally, two_desks: bool) {
        let limit = tally.limit();
        *self.of_mut(limit) += 1;
        match tally.short_desk() {
            _ if !two_desks || limit != Limit::Hours => {}
            ShortDesk::Leads => self.hours_leads += 1,
            ShortDesk::Opportunities => self.hours_opportunities += 1,
        }
    }

    /// Takes in the counts of further draws.
    pub fn add(&mut self, others: Self) {
        self.hours += others.hours;
        self.hours_leads += others.hours_leads;
        self.hours_opportunities += others.hours_opportunities;
        self.delivery += others.delivery;
        self.demand += others.demand;
        self.budget += others.budget;
    }
}

impl Tally {
    /// Nothing counted yet, for so many sources and weeks.
    #[must_use]
    pub fn new(sources: usize, weeks: usize) -> Self {
        Self {
            sources: vec![SourceTally::default(); sources],
            weeks: vec![WeekTally::default(); weeks],
            ..Self::default()
        }
    }

    /// Forgets the draw before.
    pub fn clear(&mut self) {
        let mut sources = std::mem::take(&mut self.sources);
        let mut weeks = std::mem::take(&mut self.weeks);
        let mut opportunities = std::mem::take(&mut self.opportunities);
        sources.fill(SourceTally::default());
        weeks.fill(WeekTally::default());
        opportunities.clear();
        *self = Self { sources, weeks, opportunities, ..Self::default() };
    }

    /// So many leads come to two desks, each of which wants so much of them.
    pub(in crate::model) fn want(&mut self, count: u64, each: Effort) {
        let (leads, opportunities) = (count as f64 * each.lead, count as f64 * each.opportunity);
        self.roles.wanted_by_leads += leads;
        self.roles.wanted_by_opportunities += opportunities;
        self.hours_wanted += leads + opportunities;
    }

    /// Leads come in a week of the horizon from a source that is no channel.
    pub fn bring(&mut self, source: usize, week: usize, leads: u64) {
        self.weeks[week].leads += leads as f64;
        self.sources[source].leads += leads as f64;
    }

    /// Opportunities among the leads that were worked.
    #[must_use]
    pub fn opportunities(&self) -> f64 {
        self.opportunities.count()
    }

    /// New and repeat revenue, what was booked included.
    #[must_use]
    pub fn revenue(&self) -> f64 {
        self.new_revenue + self.repeat_revenue + self.booked_revenue
    }

    /// Revenue less the cost of goods.
    #[must_use]
    pub fn gross_profit(&self) -> f64 {
        self.revenue() - (1.0 - self.terms.gross_margin) * (self.list_revenue + self.booked_revenue)
    }

    /// Gross profit of the revenue that marketing earned.
    #[must_use]
    pub fn earned_profit(&self) -> f64 {
        self.earned_revenue - (1.0 - self.terms.gross_margin) * self.earned_list_revenue
    }

    /// Spend, fees, shares of revenue and loyalty, what was booked included.
    #[must_use]
    pub fn marketing(&self) -> f64 {
        self.own_marketing() + self.booked_marketing
    }

    /// Spend, fees, shares of revenue and loyalty of these weeks: what ratios are built on.
    #[must_use]
    pub fn own_marketing(&self) -> f64 {
        self.spend + self.fees + self.revenue_shares + self.loyalty
    }

    /// Wages, agents and commission, what was booked included.
    #[must_use]
    pub fn sales_cost(&self) -> f64 {
        self.own_sales_cost() + self.terms.commission * self.booked_revenue
    }

    /// Wages, agents and commission of these weeks: what ratios are built on.
    #[must_use]
    pub fn own_sales_cost(&self) -> f64 {
        self.wages + self.chat + self.terms.commission * self.new_revenue
    }

    /// Gross profit less all costs.
    #[must_use]
    pub fn profit(&self) -> f64 {
        self.gross_profit() - self.marketing() - self.sales_cost() - self.terms.fixed_costs
    }

    /// Gross profit of the tail less commission, shares of revenue and the wages of the hours used there.
    #[must_use]
    pub fn tail_profit(&self) -> f64 {
        self.tail_revenue
            - (1.0 - self.terms.gross_margin) * self.tail_list_revenue
            - self.terms.commission * self.tail_revenue
            - self.tail_revenue_shares
            - self.tail_wages
    }

    /// What holds this draw back: hours, else delivery, else demand, else budget. Without paid channels there is no
    /// budget that could be too small.
    #[must_use]
    pub fn limit(&self) -> Limit {
        let short = |wanted: f64, there: f64| if there > 0.0 { wanted > there } else { wanted > 0.0 };
        let hours_bind = short(self.hours_wanted, self.hours_available);
        if hours_bind || self.desk_ratios().into_iter().any(|ratio| ratio > 1.0) {
            Limit::Hours
        } else if self.undelivered > 0.0 {
            Limit::Delivery
        } else if self.planned <= 0.0 || self.saturated_plan > 0.5 * self.planned {
            Limit::Demand
        } else {
            Limit::Budget
        }
    }

    /// Hours wanted over hours there, of two desks: for leads and for opportunities. Those who do both count at either.
    fn desk_ratios(&self) -> [f64; 2] {
        let RoleTally { available, wanted_by_leads, wanted_by_opportunities, .. } = self.roles;
        [
            asked(wanted_by_leads, available.leads + available.all),
            asked(wanted_by_opportunities, available.opportunities + available.all),
        ]
    }

    /// Of two desks, the one whose hours are shorter.
    #[must_use]
    pub fn short_desk(&self) -> ShortDesk {
        let [leads, opportunities] = self.desk_ratios();
        if opportunities > leads { ShortDesk::Opportunities } else { ShortDesk::Leads }
    }
}

/// Hours wanted over hours there: without end where there are none, 0 where none are wanted.
fn asked(wanted: f64, there: f64) -> f64 {
    match (wanted > 0.0, there > 0.0) {
        (false, _) => 0.0,
        (true, true) => wanted / there,
        (true, false) => f64::INFINITY,
    }
}
