//! What becomes of the leads of one class in one draw: how many are won, how many stay.
//!
//! Implements section 5 of docs/model.md.

use crate::random::{Binomial, DrawStream, binomial};

use super::queue::{Age, Queue};
use super::week::{Counted, WeekEnd};
use crate::model::outcomes::among_lost;
use crate::units::number;

/// How many of the leads that are not worked stay for another week.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Stay {
    #[default]
    All,
    Some(Binomial),
}

/// The chance that an online lead is won in a week without terms of its own, by how its chat goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chatting {
    /// of the close rate: answered, missed
    pub(super) multipliers: (f64, f64),
    /// does not ask
    pub(super) silent: Binomial,
    pub(super) answered: Binomial,
    pub(super) missed: Binomial,
}

/// One class in one draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClassTerms {
    pub(super) source: usize,
    pub(super) online: bool,
    /// whether a lead of it takes the team's hours
    pub(super) at_desk: bool,
    /// the terms of a week act on the number of leads instead
    pub(super) ordered: bool,
    pub(super) wins: DrawStream,
    pub(super) opportunities: DrawStream,
    pub(super) stay: DrawStream,
    pub(super) chats: DrawStream,
    /// opportunity rates, by age
    pub(super) rates: [f64; 2],
    /// with segment and price, not yet capped at 1
    pub(super) close_rate: f64,
    /// chance of a win, by age
    pub(super) win: [Binomial; 2],
    /// of an online lead that may chat, the same by how its chat goes
    pub(super) chatting: Option<Chatting>,
    pub(super) counted: Counted,
    /// leads of the horizon that are of no channel
    pub(super) admitted: u64,
    /// expected value an hour of a fresh lead
    pub(super) worth: f64,
    /// expected value of an opportunity
    pub(super) worth_won: f64,
}

/// A week, for what is settled in it.
#[derive(Clone, Copy)]
pub(super) struct Week {
    pub(super) number: u32,
    pub(super) in_horizon: bool,
    /// multiplier of close rates
    pub(super) close: f64,
}

impl ClassTerms {
    /// `wins ~ Binomial(worked, o·c)` by age; in a week with terms of its own, its opportunities at once. Gives the wins,
    /// and what was counted.
    #[inline(always)]
    pub(super) fn win(&self, queue: &Queue, week: Week, end: &mut WeekEnd) -> (u64, Counted) {
        let usual = week.close == 1.0 || self.ordered;
        let counts = week.in_horizon && !self.online;
        let mut wins = 0;
        let mut counted = Counted::default();
        for age in [Age::Fresh, Age::Waiting] {
            let at = age as usize;
            let worked = queue.worked[at];
            if worked == 0 {
                continue;
            }
            let uniform = self.wins.uniform(week.number, at as u32);
            if usual {
                let won = self.win[at].quantile(worked, uniform);
                wins += won;
                if counts {
                    counted.worked[at] = worked;
                    counted.won[at] = won;
                }
                continue;
            }
            let close_rate = self.close_rate * week.close;
            let won = binomial(worked, self.rates[at] * close_rate.min(1.0), uniform);
            wins += won;
            if counts {
                let uniform = self.opportunities.uniform(week.number + 1, at as u32);
                let chance = among_lost(self.rates[at], close_rate);
                end.worked += worked;
                end.opportunities += won + binomial(worked - won, chance, uniform);
            }
        }
        (wins, counted)
    }

    /// `wins ~ Binomial(opportunities worked, c)` by age, on the terms of the week.
    pub(super) fn win_opportunities(&self, worked: &Queue, week: Week) -> u64 {
        let chance = self.close_rate_of(week).min(1.0);
        let won = |at: usize| match worked.worked[at] {
            0 => 0,
            worked => binomial(worked, chance, self.wins.uniform(week.number, at as u32)),
        };
        won(0) + won(1)
    }

    /// Wins of an online class whose leads may chat: those who don't ask, those answered, those missed.
    pub(super) fn win_by_chat(
        &self,
        chatting: &Chatting,
        queue: &Queue,
        (asking, answered): (u64, u64),
        week: Week,
    ) -> u64 {
        let leads = queue.leads[Age::Fresh as usize];
        let won = |leads: u64, (usual, multiplier): (&Binomial, f64), index: u32| {
            let uniform = self.wins.uniform(week.number, index);
            match week.close {
                1.0 => usual.quantile(leads, uniform),
                close => binomial(leads, (self.close_rate * close * multiplier).min(1.0), uniform),
            }
        };
        let (answer, miss) = chatting.multipliers;
        won(leads - asking, (&chatting.silent, 1.0), 0)
            + won(answered, (&chatting.answered, answer), 2)
            + won(asking - answered, (&chatting.missed, miss), 3)
    }

    /// Mean wins of what is worked, whose chance to become an opportunity is as given, by age.
    ///
    /// ```text
    /// Σ_age worked·o·min(1, c)
    /// ```
    pub(super) fn mean_wins(&self, queue: &Queue, rates: [f64; 2], week: Week) -> f64 {
        let [fresh, waiting] = queue.worked.map(number);
        (fresh * rates[0] + waiting * rates[1]) * self.close_rate_of(week).min(1.0)
    }

    /// Mean wins of an online class whose leads may chat.
    pub(super) fn mean_wins_by_chat(
        &self,
        chatting: &Chatting,
        queue: &Queue,
        (asking, answered): (u64, u64),
        week: Week,
    ) -> f64 {
        let leads = queue.leads[Age::Fresh as usize];
        let (answer, miss) = chatting.multipliers;
        let won = |leads: u64, multiplier: f64| number(leads) * (self.close_rate_of(week) * multiplier).min(1.0);
        won(leads - asking, 1.0) + won(answered, answer) + won(asking - answered, miss)
    }

    /// The close rate on the terms of a week, not yet capped at 1.
    fn close_rate_of(&self, week: Week) -> f64 {
        self.close_rate * if self.ordered { 1.0 } else { week.close }
    }

    /// Each lead that was not worked stays or leaves; returns how many stay.
    pub(super) fn wait(&self, queue: &Queue, stay: &Stay, week: Week) -> u64 {
        match (queue.left_over(), stay) {
            (left_over @ 1.., Stay::Some(stay)) => stay.quantile(left_over, self.stay.uniform(week.number, 0)),
            (left_over, _) => left_over,
        }
    }
}
