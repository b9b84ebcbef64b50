//! What a week at the desk comes to: wins, leads that wait, leads that leave.

use super::Desk;
use crate::model::at_mean::AtMean;
use crate::model::outcomes::{NotWon, Tally};
use crate::model::plan::Plan;
use crate::model::simulate::class_deals::Win;
use crate::model::simulate::class_terms::Week;
use crate::model::simulate::closing::Closing;
use crate::model::simulate::conditions::WeekConditions;
use crate::model::simulate::memory::Memory;
use crate::model::simulate::queue::{Age, Queue};
use crate::model::simulate::week::{Counted, WeekEnd};
use crate::model::simulate::wins::Wins;
use crate::units::number;

impl Desk {
    /// What was worked is won or not; who was not worked waits or leaves.
    pub(in crate::model::simulate) fn settle_leads<W: Wins>(
        &mut self,
        plan: &Plan,
        week: usize,
        terms: &WeekConditions,
        closing: &mut Closing,
        tally: &mut Tally,
        memory: &mut impl Memory,
    ) {
        let weeks = plan.parts.horizon.weeks;
        self.chats.share(plan, week, (&self.queues, &self.terms), tally);
        let end = if self.tandem.is_some() {
            self.settle_tandem::<W>(plan, week, terms, closing, tally, memory)
        } else {
            self.settle_week::<W>(plan, week, terms, closing, tally, memory)
        };
        self.carried = end.carried;
        tally.weeks[week].backlog = number(end.backlog);
        if week < weeks {
            tally.lost_to_waiting += number(end.lost);
            tally.worked += number(end.worked);
            tally.opportunities.add(number(end.opportunities));
        }
        if week + 1 == weeks {
            tally.backlog_end = number(end.backlog);
        }
    }

    fn settle_week<W: Wins>(
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
            let (wins, counted) = W::of_leads(own, queue, self.chats.of(class), this, &mut end);
            let waiting = own.wait(queue, &self.stay, this);
            if this.in_horizon {
                own.counted.add(counted);
            }
            wins.settle(closing, plan, Win { class, source: own.source, week }, terms, tally, memory);
            end.lost += queue.left_over() - waiting;
            queue.leads = [0, waiting];
            if waiting == 0 && queue.begun > 0.0 {
                end.carried += queue.begun;
                queue.begun = 0.0;
            }
            end.backlog += waiting;
        }
        end
    }

    /// What was worked at the second desk is won or not; what was not worked at either waits or leaves.
    fn settle_tandem<W: Wins>(
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
            let wins = match own.online {
                true => W::of_leads(own, queue, self.chats.of(class), this, &mut end).0,
                false => W::of_opportunities(own, &tandem.queues[class], this),
            };
            wins.settle(closing, plan, Win { class, source: own.source, week }, terms, tally, memory);
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

    /// Takes over what was counted at a desk side by side with others: by class, and in weeks that have terms of their own.
    pub(in crate::model::simulate) fn take_over(
        &mut self,
        counted: impl Iterator<Item = Counted>,
        apart: WeekEnd,
        tally: &mut Tally,
    ) {
        for (terms, counted) in self.terms.iter_mut().zip(counted) {
            terms.counted = counted;
        }
        tally.worked += number(apart.worked);
        tally.opportunities.add(number(apart.opportunities));
    }

    /// The hours that leads of the horizon want, by class as many as have come of channels and others; the leads that were
    /// worked in weeks whose terms are the same, and the opportunities among them.
    pub(in crate::model::simulate) fn settle(&self, plan: &Plan, came: &[u64], tally: &mut Tally) {
        for ((terms, queue), came) in self.terms.iter().zip(&self.queues).zip(came) {
            let came = came + terms.admitted;
            match &self.tandem {
                None => tally.hours_wanted += number(came) * queue.effort[Age::Fresh as usize],
                Some(tandem) if !terms.online => tally.want(came, tandem.wanted(terms, Age::Fresh)),
                Some(_) => {}
            }
            let counted = &terms.counted;
            for age in 0..2 {
                let (worked, won) = (counted.worked[age], counted.won[age]);
                tally.worked += number(worked);
                if plan.parts.at_mean == AtMean::Deals {
                    tally.opportunities.add(number(worked) * terms.rates[age]);
                    continue;
                }
                tally.opportunities.add(number(won));
                if worked > won {
                    tally.opportunities.add_not_won(NotWon {
                        leads: worked - won,
                        rate: terms.rates[age],
                        close_rate: terms.close_rate,
                        uniform: (terms.opportunities, age as u32),
                    });
                }
            }
        }
    }
}
