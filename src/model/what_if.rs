//! Plans that differ from another in one thing: the money of a channel, one more rep, a little more of what may be short.
//!
//! They have the same sources, classes, weeks and inputs, so that they meet the same luck.

use super::plan::{Parts, Plan};
use super::team::Reps;

/// What a plan may have too little of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scarce {
    /// hours of the sales team, at no further cost
    Hours,
    /// room for deliveries, at no further cost
    Delivery,
    /// demand in every channel
    Demand,
    /// money in every channel
    Budget,
    /// the chance that an opportunity is won, and of a lead that buys online
    CloseRate,
}

impl Scarce {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Hours, Self::Delivery, Self::Demand, Self::Budget, Self::CloseRate];
}

impl Plan {
    /// With another budget for a channel, by its place in the file, spread over the weeks as before.
    #[must_use]
    pub fn with_budget(&self, channel: usize, budget: f64) -> Self {
        self.with(|parts| {
            let channel = &mut parts.channels[channel];
            channel.plan = channel.flighting.spread(budget);
        })
    }

    /// With other budgets for some channels, each by its place in the file, spread over the weeks as before.
    #[must_use]
    pub fn with_budgets(&self, budgets: impl Iterator<Item = (usize, f64)>) -> Self {
        self.with(|parts| {
            for (channel, budget) in budgets {
                let channel = &mut parts.channels[channel];
                channel.plan = channel.flighting.spread(budget);
            }
        })
    }

    /// With one rep more, and the name of the group that they join: where leads and opportunities have desks of their own,
    /// of each group; else of the one that stands for the team. None where nobody sells.
    #[must_use]
    pub fn with_one_more_rep(&self) -> Vec<(Self, &str)> {
        let one_more = |at: usize| {
            let plan = self.with(|parts| parts.sales.reps[at].count += 1);
            (plan, self.parts.sales.reps[at].name.as_str())
        };
        self.groups_to_join().into_iter().map(one_more).collect()
    }

    /// The groups that one more rep could join, see [`Plan::with_one_more_rep`].
    #[must_use]
    pub fn groups_to_join(&self) -> Vec<usize> {
        if self.two_desks {
            let reps = self.parts.sales.reps.iter().enumerate();
            return reps.filter(|(_, reps)| reps.count > 0).map(|(at, _)| at).collect();
        }
        self.main_group().into_iter().collect()
    }

    /// The largest group of those who are there in every week and long in the job, else of those who are there in every
    /// week, else the largest.
    fn main_group(&self) -> Option<usize> {
        let reps = self.parts.sales.reps.iter().enumerate();
        let weeks = self.parts.horizon.weeks;
        let leaves = |reps: &Reps| !(0..weeks).all(|week| reps.are_there(week));
        let (at, _) = reps
            .filter(|(_, reps)| reps.count > 0)
            .min_by_key(|(at, reps)| (leaves(reps), reps.start_week.is_some(), std::cmp::Reverse(reps.count), *at))?;
        Some(at)
    }

    /// Whether it can be short in this plan: only a limit of delivery that is stated can be.
    #[must_use]
    pub fn may_lack(&self, what: Scarce) -> bool {
        what != Scarce::Delivery || self.parts.has_limited_delivery()
    }

    /// With `factor` times as much of something.
    #[must_use]
    pub fn with_more(&self, what: Scarce, factor: f64) -> Self {
        match what {
            Scarce::Hours => self.with(|parts| {
                let hours = &mut parts.sales.hours_per_week;
                *hours = hours.times(factor);
            }),
            Scarce::Delivery => self.with(|parts| {
                if let Some(delivery) = &mut parts.delivery {
                    delivery.capacity = delivery.capacity.as_ref().map(|capacity| capacity.times(factor));
                }
            }),
            Scarce::Demand => {
                let mut plan = self.clone();
                for calendar in &mut plan.calendars {
                    calendar.season.iter_mut().for_each(|season| *season *= factor);
                }
                plan
            }
            Scarce::Budget => self.with(|parts| {
                for channel in &mut parts.channels {
                    channel.plan = channel.flighting.spread(channel.budget() * factor);
                }
            }),
            Scarce::CloseRate => {
                let mut plan = self.with(|parts| {
                    let usual = parts.sales.close_rate;
                    for group in &mut parts.deals.open {
                        group.close_rate = Some(group.close_rate.unwrap_or(usual).times(factor));
                        group.rate_factor *= factor;
                    }
                });
                for class in &mut plan.classes {
                    class.close_rate = class.close_rate.times(factor);
                }
                // Of visitors who order, as a response curve counts them, a tenth more order.
                for calendar in &mut plan.calendars {
                    if plan.parts.channels[calendar.channel].counts_orders() {
                        calendar.season.iter_mut().for_each(|season| *season *= factor);
                    }
                }
                plan
            }
        }
    }

    fn with(&self, change: impl FnOnce(&mut Parts)) -> Self {
        let mut parts = self.parts.clone();
        change(&mut parts);
        Self::new(parts)
    }
}
