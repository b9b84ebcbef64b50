//! What becomes of the leads of one class in sixteen draws side by side: what [`ClassTerms`] says of each of them.
//!
//! Implements section 5 of docs/model.md.

use crate::model::simulate::class_terms::{Chatting, ClassTerms, Week};
use crate::model::simulate::queue::Age;
use crate::model::simulate::week::{Counted, WeekEnd};
use crate::model::simulate::wins::Wins;
use crate::random::{Binomials, DrawStream, LANES, Lanes, uniforms_by_draw};
use crate::units::number;

use super::queues::{Queues, is_none};

/// The chance that an online lead is won in a week without terms of its own, by how its chat goes.
#[derive(Clone, Debug, Default)]
struct ChattingOfDraws {
    silent: Binomials,
    answered: Binomials,
    missed: Binomials,
    /// multipliers of the close rate: answered, missed
    multipliers: [Lanes; 2],
}

/// Leads of a class that ask in a chat, and those of them that are answered, in sixteen draws.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asking {
    pub(super) asking: Lanes,
    pub(super) answered: Lanes,
}

impl Asking {
    /// Of a class whose leads may not.
    pub(super) const NOBODY: Self = Self { asking: [0.0; LANES], answered: [0.0; LANES] };
}

/// One class in sixteen draws.
#[derive(Clone, Debug, Default)]
pub(super) struct ClassOfDraws {
    online: bool,
    ordered: bool,
    wins: [DrawStream; LANES],
    stay: [DrawStream; LANES],
    /// chance of a win, by age
    win: [Binomials; 2],
    /// opportunity rates, by age
    rates: [Lanes; 2],
    /// not yet capped at 1
    close_rate: Lanes,
    /// of an online class whose leads may chat
    chatting: Option<ChattingOfDraws>,
    /// of the horizon, in weeks that have no terms of their own: worked and won, by age
    worked: [Lanes; 2],
    won: [Lanes; 2],
}

impl ClassOfDraws {
    /// Begins a draw.
    pub(super) fn open(&mut self, lane: usize, terms: &ClassTerms) {
        (self.online, self.ordered) = (terms.online, terms.ordered);
        (self.wins[lane], self.stay[lane]) = (terms.wins, terms.stay);
        self.close_rate[lane] = terms.close_rate;
        if let Some(Chatting { multipliers: (answer, miss), silent, answered, missed }) = &terms.chatting {
            let own = self.chatting.get_or_insert_default();
            own.silent.set(lane, silent);
            own.answered.set(lane, answered);
            own.missed.set(lane, missed);
            (own.multipliers[0][lane], own.multipliers[1][lane]) = (*answer, *miss);
        }
        for age in 0..2 {
            self.win[age].set(lane, &terms.win[age]);
            self.rates[age][lane] = terms.rates[age];
        }
    }

    /// What a draw has counted.
    pub(super) fn counted(&self, lane: usize) -> Counted {
        let of = |counts: &[Lanes; 2]| [counts[0][lane] as u64, counts[1][lane] as u64];
        Counted { worked: of(&self.worked), won: of(&self.won) }
    }

    /// As many as are won of what was worked, in each draw, where the week has no terms of its own.
    #[inline(always)]
    pub(super) fn win(&mut self, queues: &Queues, week: Week) -> Lanes {
        let mut wins = [0.0; LANES];
        for age in 0..2 {
            let worked = &queues.worked[age];
            if is_none(worked) {
                continue;
            }
            let uniforms = uniforms_by_draw(&self.wins, week.number, age as u32);
            let won = self.win[age].quantiles(worked, &uniforms);
            for lane in 0..LANES {
                wins[lane] += won[lane];
            }
            if week.in_horizon && !self.online {
                for lane in 0..LANES {
                    self.worked[age][lane] += worked[lane];
                    self.won[age][lane] += won[lane];
                }
            }
        }
        wins
    }

    /// As many as are won of online leads by how their chats go, where the week has no terms of its own.
    #[inline(always)]
    pub(super) fn win_by_chat(&self, queues: &Queues, asking: &Asking, week: Week) -> Option<Lanes> {
        let own = self.chatting.as_ref()?;
        let mut wins = [0.0; LANES];
        let leads = by_chat(queues, asking);
        for ((leads, chances), index) in leads.iter().zip([&own.silent, &own.answered, &own.missed]).zip([0, 2, 3]) {
            let won = chances.quantiles(leads, &uniforms_by_draw(&self.wins, week.number, index));
            for lane in 0..LANES {
                wins[lane] += won[lane];
            }
        }
        Some(wins)
    }

    /// As many of online leads as are won on average by how their chats go, where close rates are multiplied by so much.
    #[inline(always)]
    pub(super) fn mean_wins_by_chat(&self, queues: &Queues, asking: &Asking, close: &Lanes) -> Option<Lanes> {
        let [answer, miss] = &self.chatting.as_ref()?.multipliers;
        let mut wins = [0.0; LANES];
        for (leads, multiplier) in by_chat(queues, asking).iter().zip([&[1.0; LANES], answer, miss]) {
            for lane in 0..LANES {
                let rate = self.close_rate[lane] * close[lane] * multiplier[lane];
                wins[lane] += leads[lane] * if rate < 1.0 { rate } else { 1.0 };
            }
        }
        Some(wins)
    }

    /// As many as are won on average, where close rates are multiplied by so much.
    #[inline(always)]
    pub(super) fn mean_wins(&mut self, queues: &Queues, week: Week, close: &Lanes) -> Lanes {
        let mut wins = [0.0; LANES];
        let [fresh, waiting] = &queues.worked;
        let close = if self.ordered { &[1.0; LANES] } else { close };
        for lane in 0..LANES {
            let rate = self.close_rate[lane] * close[lane];
            let rate = if rate < 1.0 { rate } else { 1.0 };
            wins[lane] = (fresh[lane] * self.rates[0][lane] + waiting[lane] * self.rates[1][lane]) * rate;
        }
        if week.in_horizon && !self.online {
            for age in 0..2 {
                for lane in 0..LANES {
                    self.worked[age][lane] += queues.worked[age][lane];
                }
            }
        }
        wins
    }

    /// Do the terms of a week act on the close rate?
    pub(super) fn closes_on_terms(&self) -> bool {
        !self.ordered
    }

    /// As many as are won in a week that has terms of its own in some draws, one after another.
    #[inline(never)]
    pub(super) fn win_one_by_one<'t>(
        &mut self,
        queues: &Queues,
        asking: &Asking,
        (week, close): (Week, &Lanes),
        terms: impl Iterator<Item = &'t ClassTerms>,
        ends: &mut [WeekEnd; LANES],
    ) -> Lanes {
        let mut wins = [0.0; LANES];
        for (lane, terms) in terms.enumerate() {
            let asking = (asking.asking[lane] as u64, asking.answered[lane] as u64);
            let week = Week { close: close[lane], ..week };
            let (won, counted) = u64::of_leads(terms, &queues.of(lane), asking, week, &mut ends[lane]);
            wins[lane] = number(won);
            for age in 0..2 {
                self.worked[age][lane] += number(counted.worked[age]);
                self.won[age][lane] += number(counted.won[age]);
            }
        }
        wins
    }

    /// Those that were not worked stay or leave; gives how many there are, and how many stay.
    #[inline(always)]
    pub(super) fn wait(&self, queues: &Queues, stay: Option<&Binomials>, week: Week) -> (Lanes, Lanes) {
        let Queues { leads: [fresh, waiting], worked: [of_fresh, of_waiting], .. } = queues;
        let mut left_over = [0.0; LANES];
        for lane in 0..LANES {
            left_over[lane] = (fresh[lane] - of_fresh[lane]) + (waiting[lane] - of_waiting[lane]);
        }
        match stay {
            Some(stay) if !is_none(&left_over) => {
                let uniforms = uniforms_by_draw(&self.stay, week.number, 0);
                (left_over, stay.quantiles(&left_over, &uniforms))
            }
            _ => (left_over, left_over),
        }
    }
}

/// Online leads that don't ask, that are answered, that are missed.
#[inline(always)]
fn by_chat(queues: &Queues, asking: &Asking) -> [Lanes; 3] {
    let (mut silent, mut missed) = ([0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        silent[lane] = queues.leads[Age::Fresh as usize][lane] - asking.asking[lane];
        missed[lane] = asking.asking[lane] - asking.answered[lane];
    }
    [silent, asking.answered, missed]
}
