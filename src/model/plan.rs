//! A plan: everything that a draw needs, checked and prepared, so that nothing can fail from here on.

use crate::inputs::{Inputs, Quantity};

use super::channels::{Channel, RESERVED, Route};
use super::deals::Deals;
use super::finance::Finance;
use super::horizon::{Horizon, week_of};
use super::market::Market;
use super::sales::Sales;
use super::team::Roster;

/// The parts of a plan as they were read.
#[derive(Debug)]
pub struct Parts {
    /// the weeks
    pub horizon: Horizon,
    /// demand that all channels share
    pub market: Market,
    /// the channels, in the order of the file
    pub channels: Vec<Channel>,
    /// the team
    pub sales: Sales,
    /// what a win is worth
    pub deals: Deals,
    /// from revenue to profit
    pub finance: Finance,
    /// the uncertain inputs
    pub inputs: Inputs,
}

/// A plan that can be simulated.
#[derive(Debug)]
pub struct Plan {
    /// its parts
    pub parts: Parts,
    /// the sources of leads and deals, in the order of reports: channels as in the file, then the others
    pub sources: Vec<Source>,
    /// the channels in the order in which sums are taken: by name, so that the order of the file changes no figure
    pub calendars: Vec<Calendar>,
    /// lead classes in that order, then those that are of no channel
    pub classes: Vec<Class>,
    /// reps by week
    pub roster: Roster,
}

/// A source of leads or deals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// its name in results
    pub name: String,
    /// the channel it is, if it is one
    pub channel: Option<usize>,
    /// the name that keys its chance
    pub key: String,
}

/// A channel's weeks: money, season and price, horizon then tail.
#[derive(Debug)]
pub struct Calendar {
    /// the channel, as a place in the order of the file (and among sources)
    pub channel: usize,
    /// money planned
    pub money: Vec<f64>,
    /// demand multiplier of the season
    pub season: Vec<f64>,
    /// multiplier of the unit cost
    pub price: Vec<f64>,
    /// the channel's classes
    pub classes: std::ops::Range<usize>,
}

/// Leads that are alike: of one source.
#[derive(Debug)]
pub struct Class {
    /// the source, as a place among [`Plan::sources`]
    pub source: usize,
    /// worked lead → opportunity, at today's speed
    pub opportunity_rate: Quantity,
    /// opportunity → win
    pub close_rate: Quantity,
    /// mean value of a win, in place of that of the deals
    pub average_value: Option<Quantity>,
    /// won without the team, in the week in which they come
    pub online: bool,
    /// whether its revenue counts as earned by marketing
    pub earned: bool,
}

impl Plan {
    /// Prepares a plan.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let mut sources: Vec<Source> = parts
            .channels
            .iter()
            .enumerate()
            .map(|(index, channel)| Source {
                name: channel.name.clone(),
                channel: Some(index),
                key: format!("channels.{}", channel.name),
            })
            .collect();
        let mut by_name: Vec<usize> = (0..parts.channels.len()).collect();
        by_name.sort_by_key(|&index| &parts.channels[index].name);
        let mut classes = Vec::new();
        let mut calendars = Vec::new();
        for index in by_name {
            let channel = &parts.channels[index];
            let first = classes.len();
            let online = channel.route == Route::Online;
            let (usual_opportunity, usual_close) = if online {
                (Quantity::Certain(1.0), Quantity::Certain(1.0))
            } else {
                (parts.sales.opportunity_rate, parts.sales.close_rate)
            };
            classes.push(Class {
                source: index,
                opportunity_rate: channel.opportunity_rate.unwrap_or(usual_opportunity),
                close_rate: channel.close_rate.unwrap_or(usual_close),
                online,
                average_value: channel.average_value,
                earned: true,
            });
            calendars.push(Calendar::of(&parts, index, first..classes.len()));
        }
        let mut add_source = |name: &str| {
            debug_assert!(RESERVED.contains(&name), "a channel could have that name");
            sources.push(Source {
                name: name.into(),
                channel: None,
                key: name.into(),
            });
            sources.len() - 1
        };
        if !parts.sales.leads_waiting.is_zero() {
            classes.push(Class {
                source: add_source("backlog"),
                opportunity_rate: parts.sales.opportunity_rate,
                close_rate: parts.sales.close_rate,
                average_value: None,
                online: false,
                earned: false,
            });
        }
        if !parts.deals.open.is_empty() {
            add_source("pipeline");
        }
        let roster = Roster::of(&parts.sales.reps, &parts.horizon);
        Self {
            sources,
            calendars,
            classes,
            roster,
            parts,
        }
    }

    /// The place of a source among [`Plan::sources`].
    #[must_use]
    pub fn source(&self, name: &str) -> Option<usize> {
        self.sources.iter().position(|source| source.name == name)
    }

    /// The class of the leads that wait today.
    #[must_use]
    pub fn backlog_class(&self) -> Option<usize> {
        let backlog = self.source("backlog")?;
        self.classes
            .iter()
            .position(|class| class.source == backlog)
    }
}

impl Calendar {
    fn of(parts: &Parts, index: usize, classes: std::ops::Range<usize>) -> Self {
        let channel = &parts.channels[index];
        let weeks = 0..parts.horizon.all();
        let season = channel
            .seasonality
            .as_ref()
            .unwrap_or(&parts.market.seasonality);
        Self {
            channel: index,
            money: weeks
                .clone()
                .map(|week| channel.plan.get(week).copied().unwrap_or(0.0))
                .collect(),
            season: weeks.clone().map(|week| week_of(season, week)).collect(),
            price: weeks
                .map(|week| week_of(&channel.cost_by_week, week))
                .collect(),
            classes,
        }
    }
}
