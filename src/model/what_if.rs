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

    /// With one rep more in the largest group of those who are there in every week and long in the job, else of those who
    /// are there in every week, else in the largest group; and the name of that group. None where nobody sells.
    #[must_use]
    pub fn with_one_more_rep(&self) -> Option<(Self, &str)> {
        let reps = self.parts.sales.reps.iter().enumerate();
        let weeks = self.parts.horizon.weeks;
        let leaves = |reps: &Reps| !(0..weeks).all(|week| reps.are_there(week));
        let (at, group) = reps
            .filter(|(_, reps)| reps.count > 0)
            .min_by_key(|(at, reps)| (leaves(reps), reps.start_week.is_some(), std::cmp::Reverse(reps.count), *at))?;
        let plan = self.with(|parts| parts.sales.reps[at].count += 1);
        Some((plan, &group.name))
    }

    /// Whether it can be short in this plan: only a limit of delivery that is stated can be.
    #[must_use]
    pub fn may_lack(&self, what: Scarce) -> bool {
        what != Scarce::Delivery || self.parts.delivery.is_some()
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
                parts.delivery = parts.delivery.as_ref().map(|delivery| delivery.times(factor));
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
