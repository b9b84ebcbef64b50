//! A plan at the middle of what is uncertain, as one works it out by hand: every uncertain figure at its median, no noise,
//! promotions, risks, brand or rules, and a team that gets round to every lead.

use crate::model::channels::{Offer, Route, Usage};
use crate::model::plan::{Class, Plan};
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
    /// hours that the team needs for its leads
    pub hours: f64,
    /// how much it uses of what it could give
    pub usage: Option<Usage>,
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
            let mut running = channel.start(&drawn);
            let (mut spend, mut leads) = (0.0, 0.0);
            for (week, trend) in trend.iter().enumerate().take(horizon.weeks) {
                let demand = (trend * calendar.season[week]).min(HUGE);
                let (money, price) = (calendar.money[week], calendar.price[week]);
                let flow = running.step(Offer { money, demand, price, in_horizon: true });
                running.close();
                spend += flow.spend;
                leads += flow.leads;
            }
            leads *= leads_per_unit(self, calendar.channel, &drawn);
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
                Route::Online => 0.0,
                Route::Sales => {
                    qualified * sales.hours_per_lead.of(&drawn) + made * sales.hours_per_opportunity.of(&drawn)
                }
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
                usage: running.usage(),
            });
        }
        found.sort_by_key(|own| own.channel);
        found
    }

    /// The team's hours in the horizon at the middle, what is set aside for staff work and customers taken off.
    #[must_use]
    pub fn hours_at_the_middle(&self) -> f64 {
        let seed = Seed { seed: 0, stream: 0 };
        Quarter::new(self, seed, false).run(0, &self.middle()).hours_available
    }
}
