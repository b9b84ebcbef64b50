//! A plan at the middle of what is uncertain, as one works it out by hand: every uncertain figure at its median, no noise,
//! promotions, risks, brand or rules, and a team that gets round to every lead.

use crate::model::channels::{Offer, Route, Usage};
use crate::model::outcomes::Effort;
use crate::model::plan::{Class, Plan};
use crate::model::team::ByRole;
use crate::units::HUGE;

use super::Quarter;
use super::marketing::leads_per_unit;
use super::seed::Seed;

/// What a channel does over the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChannelMiddle {
    /// the channel, by its place in the file
    pub channel: usize,
    /// money spent
    pub spend: f64,
    /// leads
    pub leads: f64,
    /// leads passed on to sales
    pub qualified: f64,
    /// opportunities, or visitors who could buy
    pub opportunities: f64,
    /// wins in the end
    pub wins: f64,
    /// value of a win, in money
    pub value: f64,
    /// hours that the team needs for its leads, and for what becomes of them
    pub hours: Effort,
    /// how much it uses of what it could give
    pub usage: Option<Usage>,
    /// the share of its leads that half of its money would bring
    pub left_at_half: f64,
}

/// Hours of a team over the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TeamMiddle {
    /// of all together
    pub all: f64,
    /// by role, where leads and opportunities have desks of their own; else 0
    pub roles: ByRole<f64>,
}

impl Plan {
    /// Every uncertain figure at its median.
    #[must_use]
    pub fn middle(&self) -> Vec<f64> {
        self.parts.inputs.list().iter().map(|input| input.at(0.5)).collect()
    }

    /// Each channel at the middle, in the order of the file.
    #[must_use]
    pub fn channels_at_the_middle(&self) -> Vec<ChannelMiddle> {
        let drawn = self.middle();
        let horizon = &self.parts.horizon;
        let trend: Vec<f64> = self.parts.market.trend(&drawn, horizon);
        let mut found = Vec::new();
        for calendar in &self.calendars {
            let channel = &self.parts.channels[calendar.channel];
            // With a part of the money: spend, what comes of it, and how much is used of what could be.
            let with = |part: f64| {
                let mut running = channel.start(&drawn);
                let (mut spend, mut units) = (0.0, 0.0);
                for (week, trend) in trend.iter().enumerate().take(horizon.weeks) {
                    let demand = (trend * calendar.season[week]).min(HUGE);
                    let (money, price) = (part * calendar.money[week], calendar.price[week]);
                    let flow = running.step(Offer { money, demand, price, in_horizon: true });
                    running.close();
                    spend += flow.spend;
                    units += flow.leads;
                }
                (spend, units, running.usage())
            };
            let ((spend, units, usage), (_, halved, _)) = (with(1.0), with(0.5));
            let leads = units * leads_per_unit(self, calendar.channel, &drawn);
            let qualified = leads * channel.qualified.of(&drawn);
            let classes = &self.classes[calendar.classes.clone()];
            let speed = if channel.route == Route::Online { 1.0 } else { self.parts.sales.speed(&drawn)[0] };
            let opportunities =
                |class: &Class| qualified * class.share * (class.opportunity_rate.of(&drawn) * speed).min(1.0);
            let wins = |class: &Class| {
                opportunities(class) * (class.close_rate.of(&drawn) * class.multipliers.close.of(&drawn)).min(1.0)
            };
            let usual = self.parts.deals.mean_value(&drawn);
            let made: f64 = classes.iter().map(opportunities).sum();
            let sales = &self.parts.sales;
            let hours = match channel.route {
                Route::Online => Effort::default(),
                Route::Sales => Effort {
                    lead: qualified * sales.hours_per_lead.of(&drawn),
                    opportunity: made * sales.hours_per_opportunity.of(&drawn),
                },
            };
            found.push(ChannelMiddle {
                channel: calendar.channel,
                spend,
                leads,
                qualified,
                opportunities: made,
                wins: classes.iter().map(wins).sum(),
                value: channel.average_value.map_or(usual, |value| value.of(&drawn)),
                hours,
                usage,
                left_at_half: if units > 0.0 { halved / units } else { 0.0 },
            });
        }
        found.sort_by_key(|own| own.channel);
        found
    }

    /// The team's hours in the horizon at the middle, what is set aside for staff work and customers taken off.
    #[must_use]
    pub fn hours_at_the_middle(&self) -> TeamMiddle {
        let seed = Seed { seed: 0, stream: 0 };
        let mut quarter = Quarter::new(self, seed, false);
        let tally = quarter.run(0, &self.middle());
        TeamMiddle { all: tally.hours_available, roles: tally.roles.available }
    }
}
