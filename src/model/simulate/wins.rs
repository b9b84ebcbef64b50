//! What comes of leads that are worked: wins that are drawn, or their mean.
//!
//! Implements section 5 of docs/model.md, and the means that section 10 (what a little more would bring) takes.

use super::class_deals::Win;
use super::class_terms::{ClassTerms, Week};
use super::closing::Closing;
use super::conditions::WeekConditions;
use super::memory::Memory;
use super::queue::Queue;
use super::week::{Counted, WeekEnd};
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;

/// Wins of a class in a week.
pub(super) trait Wins: Sized {
    /// So many, which is a whole number where they are drawn.
    fn of(wins: f64) -> Self;

    /// Of leads that are worked, so many of which asked in a chat and were answered; and what is counted beside them.
    fn of_leads(
        terms: &ClassTerms,
        queue: &Queue,
        asking: (u64, u64),
        week: Week,
        end: &mut WeekEnd,
    ) -> (Self, Counted);

    /// Of opportunities that are worked at a desk of their own.
    fn of_opportunities(terms: &ClassTerms, worked: &Queue, week: Week) -> Self;

    /// Settles when they close, and for how much.
    fn settle(
        self,
        closing: &mut Closing,
        plan: &Plan,
        win: Win,
        terms: &WeekConditions,
        tally: &mut Tally,
        memory: &mut impl Memory,
    );
}

/// Wins that are drawn.
impl Wins for u64 {
    fn of(wins: f64) -> Self {
        wins as Self
    }

    #[inline(always)]
    fn of_leads(
        terms: &ClassTerms,
        queue: &Queue,
        asking: (u64, u64),
        week: Week,
        end: &mut WeekEnd,
    ) -> (Self, Counted) {
        match &terms.chatting {
            Some(chatting) => (terms.win_by_chat(chatting, queue, asking, week), Counted::default()),
            None => terms.win(queue, week, end),
        }
    }

    fn of_opportunities(terms: &ClassTerms, worked: &Queue, week: Week) -> Self {
        terms.win_opportunities(worked, week)
    }

    #[inline(always)]
    fn settle(
        self,
        closing: &mut Closing,
        plan: &Plan,
        win: Win,
        terms: &WeekConditions,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        if self > 0 {
            closing.settle(plan, win, self, terms, tally, memory);
        }
    }
}

/// Wins that the leads that are worked bring on average.
#[derive(Clone, Copy, Debug)]
pub(super) struct MeanWins(f64);

impl Wins for MeanWins {
    fn of(wins: f64) -> Self {
        Self(wins)
    }

    fn of_leads(
        terms: &ClassTerms,
        queue: &Queue,
        asking: (u64, u64),
        week: Week,
        _end: &mut WeekEnd,
    ) -> (Self, Counted) {
        let wins = match &terms.chatting {
            Some(chatting) => terms.mean_wins_by_chat(chatting, queue, asking, week),
            None => terms.mean_wins(queue, terms.rates, week),
        };
        let worked = if week.in_horizon && !terms.online { queue.worked } else { [0; 2] };
        (Self(wins), Counted { worked, ..Counted::default() })
    }

    fn of_opportunities(terms: &ClassTerms, worked: &Queue, week: Week) -> Self {
        Self(terms.mean_wins(worked, [1.0; 2], week))
    }

    fn settle(
        self,
        closing: &mut Closing,
        plan: &Plan,
        win: Win,
        terms: &WeekConditions,
        tally: &mut Tally,
        _memory: &mut impl Memory,
    ) {
        if self.0 > 0.0 {
            closing.settle_mean(plan, win, self.0, terms, tally);
        }
    }
}
