//! The team's desk: leads that wait, hours that work them, wins that come of it.
//!
//! Implements section 5 of docs/model.md.

use crate::random::{Binomial, Luck, Purpose, Series, binomial};

use super::closing::{Closing, Win};
use super::outcomes::Tally;
use super::plan::Plan;
use super::quarter::{Seed, at};
use super::queue::{Age, Pile, work};

/// What keys the chance of lead classes at the desk: wins, opportunities, stay.
#[derive(Debug)]
pub(super) struct Keys(Vec<[Series; 3]>);

impl Keys {
    pub(super) fn new(plan: &Plan, seed: Seed) -> Self {
        let series = |source: usize| {
            [Purpose::Wins, Purpose::Opportunities, Purpose::Stay]
                .map(|purpose| seed.series(&plan.sources[source].key, purpose))
        };
        Self(
            plan.classes
                .iter()
                .map(|class| series(class.source))
                .collect(),
        )
    }
}

/// The desk in one draw.
#[derive(Debug, Default)]
pub(super) struct Desk {
    piles: Vec<Pile>,
    terms: Vec<ClassTerms>,
    /// classes by expected value an hour
    ranked: Vec<usize>,
    /// hours of the team, by week
    hours: Vec<f64>,
    wages: Vec<f64>,
    /// hours begun that came back
    carried: f64,
    /// hours that open deals still want
    owed: f64,
    stay: Stay,
}

#[derive(Clone, Copy, Debug, Default)]
enum Stay {
    #[default]
    All,
    Some(Binomial),
}

/// One class in one draw.
#[derive(Debug)]
struct ClassTerms {
    source: usize,
    online: bool,
    wins: Luck,
    opportunities: Luck,
    stay: Luck,
    /// opportunity rates, by age
    rates: [f64; 2],
    close_rate: f64,
    /// chance of a win, by age
    won: [Binomial; 2],
    /// worked in the horizon and not won, by age
    not_won: [u64; 2],
    /// expected value an hour of a fresh lead
    worth: f64,
}

impl Desk {
    pub(super) fn open(
        &mut self,
        plan: &Plan,
        keys: &Keys,
        draw: u64,
        drawn: &[f64],
        tally: &mut Tally,
    ) {
        let sales = &plan.parts.sales;
        let speed = sales.speed(drawn);
        let (for_lead, for_opportunity) = (
            sales.hours_per_lead.of(drawn),
            sales.hours_per_opportunity.of(drawn),
        );
        self.terms.clear();
        self.piles.clear();
        for (class, series) in plan.classes.iter().zip(&keys.0) {
            let [wins, opportunities, stay] = at(series, draw);
            let rate = class.opportunity_rate.of(drawn);
            let close_rate = class.close_rate.of(drawn);
            // A lead that buys online is one that costs the team nothing and is settled in the week it comes.
            let (rates, effort) = if class.online {
                ([1.0; 2], [0.0; 2])
            } else {
                let rates = speed.map(|factor| (rate * factor).min(1.0));
                (rates, rates.map(|rate| for_lead + rate * for_opportunity))
            };
            let value = class.average_value.map_or_else(
                || plan.parts.deals.mean_value(drawn),
                |value| value.of(drawn),
            );
            self.terms.push(ClassTerms {
                source: class.source,
                online: class.online,
                wins,
                opportunities,
                stay,
                rates,
                close_rate,
                won: rates.map(|rate| Binomial::new(rate * close_rate)),
                not_won: [0, 0],
                worth: if effort[0] > 0.0 {
                    rates[0] * close_rate * value / effort[0]
                } else {
                    f64::INFINITY
                },
            });
            self.piles.push(Pile {
                effort,
                ..Pile::default()
            });
        }
        self.rank();
        self.staff(plan, drawn);
        let stay = sales.stay(drawn);
        self.stay = if stay == 1.0 {
            Stay::All
        } else {
            Stay::Some(Binomial::new(stay))
        };
        self.carried = 0.0;
        self.owed = 0.0;
        if let Some(class) = plan.backlog_class() {
            let waiting = sales.leads_waiting.of(drawn).round() as u64;
            self.piles[class].leads[Age::Waiting as usize] = waiting;
            tally.hours_wanted += waiting as f64 * self.piles[class].effort[Age::Waiting as usize];
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
    fn staff(&mut self, plan: &Plan, drawn: &[f64]) {
        let sales = &plan.parts.sales;
        let each = sales.hours_per_week.of(drawn) * sales.selling_time.of(drawn);
        let elsewhere: f64 = plan
            .calendars
            .iter()
            .map(|calendar| plan.parts.channels[calendar.channel].staff_hours.of(drawn))
            .sum();
        self.hours.clear();
        self.wages.clear();
        for (week, pace) in plan.roster.paces.iter().enumerate() {
            let taken = if week < plan.parts.horizon.weeks {
                elsewhere
            } else {
                0.0
            };
            let hours = pace * each * sales.availability.of(drawn, week) - taken;
            self.hours.push(hours.max(0.0));
            self.wages.push(plan.roster.wages(&sales.reps, drawn, week));
        }
    }

    /// The leads of each class.
    pub(super) fn leads(&self) -> &[Pile] {
        &self.piles
    }

    /// The leads of each class, for those that come to join them.
    pub(super) fn piles(&mut self) -> &mut [Pile] {
        &mut self.piles
    }

    /// One week of work; `due` hours of open deals come before any lead.
    pub(super) fn work(&mut self, plan: &Plan, week: usize, due: f64, tally: &mut Tally) {
        let in_horizon = week < plan.parts.horizon.weeks;
        let available = self.hours[week];
        self.owed += due;
        let paid = self.owed.min(available);
        self.owed -= paid;
        let carried = std::mem::take(&mut self.carried);
        let for_leads = available - paid + carried;
        let order = plan.parts.sales.order;
        let perished = work(&mut self.piles, order, &self.ranked, for_leads);
        let used = available + carried - perished;
        let tallied = &mut tally.weeks[week];
        tallied.hours_available = available;
        tallied.hours_used = used;
        if in_horizon {
            tally.wages += self.wages[week];
            tally.hours_available += available;
            tally.hours_perished += perished;
            tally.hours_wanted += due;
            for pile in &self.piles {
                tally.hours_wanted += pile.leads[0] as f64 * pile.effort[0];
            }
        } else if available > 0.0 {
            tally.tail_wages += self.wages[week] * used / available;
        }
    }

    /// What was worked is won or not; who was not worked waits or leaves.
    pub(super) fn settle_leads(
        &mut self,
        plan: &Plan,
        week: usize,
        closing: &Closing,
        tally: &mut Tally,
    ) {
        let weeks = plan.parts.horizon.weeks;
        let mut backlog = 0;
        for class in 0..self.piles.len() {
            if self.piles[class].leads == [0, 0] {
                continue;
            }
            let wins = self.win(class, week, week < weeks, tally);
            if wins > 0 {
                let source = self.terms[class].source;
                let win = Win {
                    class,
                    source,
                    week,
                };
                closing.settle(plan, win, wins, tally);
            }
            let left = self.wait(class, week);
            if week < weeks {
                tally.lost_to_waiting += left as f64;
            }
            backlog += self.piles[class].leads[Age::Waiting as usize];
        }
        tally.weeks[week].backlog = backlog as f64;
        if week + 1 == weeks {
            tally.backlog_end = backlog as f64;
        }
    }

    /// `wins ~ Binomial(worked, o·c)` by age.
    fn win(&mut self, class: usize, week: usize, in_horizon: bool, tally: &mut Tally) -> u64 {
        let (worked, terms) = (self.piles[class].worked, &mut self.terms[class]);
        let mut wins = 0;
        for (age, worked) in worked
            .into_iter()
            .enumerate()
            .filter(|(_, worked)| *worked > 0)
        {
            let uniform = terms.wins.uniform(week as u32, age as u32);
            let won = terms.won[age].quantile(worked, uniform);
            if in_horizon && !terms.online {
                terms.not_won[age] += worked - won;
                tally.opportunities += won as f64;
                tally.worked += worked as f64;
            }
            wins += won;
        }
        wins
    }

    /// Each lead that was not worked stays or leaves; returns how many leave.
    fn wait(&mut self, class: usize, week: usize) -> u64 {
        let pile = &mut self.piles[class];
        let left_over = pile.left_over();
        let waiting = match &self.stay {
            Stay::Some(stay) if left_over > 0 => {
                let uniform = self.terms[class].stay.uniform(week as u32, 0);
                stay.quantile(left_over, uniform)
            }
            _ => left_over,
        };
        pile.leads = [0, waiting];
        if waiting == 0 && pile.begun > 0.0 {
            self.carried += pile.begun;
            pile.begun = 0.0;
        }
        left_over - waiting
    }

    /// Opportunities that were not won: `Binomial(worked − wins, o(1 − c)/(1 − o·c))`, drawn once for all weeks, whose
    /// terms are the same.
    pub(super) fn settle(&self, tally: &mut Tally) {
        for terms in &self.terms {
            for age in 0..2 {
                let trials = terms.not_won[age];
                if trials == 0 {
                    continue;
                }
                let (o, c) = (terms.rates[age], terms.close_rate);
                let among_lost = if o * c < 1.0 {
                    (o * (1.0 - c) / (1.0 - o * c)).min(1.0)
                } else {
                    1.0
                };
                let uniform = terms.opportunities.uniform(0, age as u32);
                tally.opportunities += binomial(trials, among_lost, uniform) as f64;
            }
        }
    }
}
