//! A plan: everything that a draw needs, checked and prepared, so that nothing can fail from here on.

use crate::inputs::{Inputs, Quantity};
use crate::random::LANES;

use super::at_mean::AtMean;
use super::brand::Brand;
use super::channels::{Channel, RESERVED, Route};
use super::conditions::Conditions;
use super::customers::Customers;
use super::deals::Deals;
use super::delivery::{Booked, Delivery};
use super::finance::Finance;
use super::horizon::{Horizon, week_of};
use super::market::Market;
use super::nurture::Nurture;
use super::online::Chat;
use super::rules::Rule;
use super::sales::Sales;
use super::segments::Segment;
use super::team::Roster;

/// The parts of a plan as they were read.
#[derive(Clone, Debug)]
pub struct Parts {
    /// the weeks
    pub horizon: Horizon,
    /// demand that all channels share
    pub market: Market,
    /// promotions and risk events
    pub conditions: Conditions,
    /// kinds of buyers
    pub segments: Vec<Segment>,
    /// the channels, in the order of the file
    pub channels: Vec<Channel>,
    /// goodwill that lifts demand
    pub brand: Option<Brand>,
    /// newsletters to leads that are not ready
    pub nurture: Option<Nurture>,
    /// people who answer chats of online leads
    pub chat: Option<Chat>,
    /// the team
    pub sales: Sales,
    /// what a win is worth
    pub deals: Deals,
    /// how many deals can be delivered, and what that takes
    pub delivery: Option<Delivery>,
    /// what is booked before week 1
    pub booked: Booked,
    /// customers
    pub customers: Option<Customers>,
    /// how marketing reacts
    pub rules: Vec<Rule>,
    /// from revenue to profit
    pub finance: Finance,
    /// what its draws take at its mean
    pub at_mean: AtMean,
    /// the uncertain inputs
    pub inputs: Inputs,
}

/// Which parts two plans have alike. Whoever asks takes it apart whole, so that a part that is added is not forgotten there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Alike {
    pub(super) horizon: bool,
    pub(super) market: bool,
    pub(super) conditions: bool,
    pub(super) segments: bool,
    /// but for their money
    pub(super) channels: bool,
    pub(super) brand: bool,
    pub(super) nurture: bool,
    pub(super) chat: bool,
    /// but for who is in the team
    pub(super) sales: bool,
    pub(super) deals: bool,
    pub(super) delivery: bool,
    pub(super) booked: bool,
    pub(super) customers: bool,
    pub(super) rules: bool,
    pub(super) finance: bool,
}

impl Parts {
    /// A plan of channels, a team and what a win is worth, and of nothing else.
    #[must_use]
    pub fn new(horizon: Horizon, channels: Vec<Channel>, sales: Sales, deals: Deals) -> Self {
        Self {
            horizon,
            market: Market::steady(),
            conditions: Conditions::default(),
            segments: Vec::new(),
            channels,
            brand: None,
            nurture: None,
            chat: None,
            sales,
            deals,
            delivery: None,
            booked: Booked::nothing(),
            customers: None,
            rules: Vec::new(),
            finance: Finance::none(),
            at_mean: AtMean::default(),
            inputs: Inputs::default(),
        }
    }

    /// Which parts are alike. The inputs, and what is taken at its mean, are taken to be the same.
    pub(super) fn alike(&self, other: &Self) -> Alike {
        let Self {
            horizon,
            market,
            conditions,
            segments,
            channels,
            brand,
            nurture,
            chat,
            sales,
            deals,
            delivery,
            booked,
            customers,
            rules,
            finance,
            at_mean: _,
            inputs: _,
        } = self;
        let moneyless =
            |channels: &[Channel]| -> Vec<Channel> { channels.iter().cloned().map(Channel::without_money).collect() };
        Alike {
            horizon: *horizon == other.horizon,
            market: *market == other.market,
            conditions: *conditions == other.conditions,
            segments: *segments == other.segments,
            channels: moneyless(channels) == moneyless(&other.channels),
            brand: *brand == other.brand,
            nurture: *nurture == other.nurture,
            chat: *chat == other.chat,
            sales: sales.clone().without_team() == other.sales.clone().without_team(),
            deals: *deals == other.deals,
            delivery: *delivery == other.delivery,
            booked: *booked == other.booked,
            customers: *customers == other.customers,
            rules: *rules == other.rules,
            finance: *finance == other.finance,
        }
    }

    /// Is there a limit to the deals that can be delivered?
    #[must_use]
    pub fn has_limited_delivery(&self) -> bool {
        self.delivery.as_ref().is_some_and(|delivery| delivery.capacity.is_some())
    }

    /// Does anything in a week hang on the deals that have closed before: customers, deliveries, rules?
    #[must_use]
    pub(super) fn looks_at_closed_deals(&self) -> bool {
        self.customers.is_some() || self.delivery.is_some() || !self.rules.is_empty()
    }

    /// Do those who sell also deliver?
    #[must_use]
    pub fn team_delivers(&self) -> bool {
        self.delivery.as_ref().is_some_and(Delivery::takes_hours)
    }
}

/// A plan that can be simulated.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Plan {
    /// its parts
    pub parts: Parts,
    /// the sources of leads and deals, in the order of reports: channels as in the file, then the others
    pub sources: Vec<Source>,
    /// the channels in the order in which sums are taken: by name, so that the order of the file changes no figure
    pub calendars: Vec<Calendar>,
    /// lead classes in that order, then those that are of no channel
    pub classes: Vec<Class>,
    /// the classes that are of no channel
    pub others: Others,
    /// the classes of each online channel whose leads may chat, in the order of the file
    pub online: Vec<std::ops::Range<usize>>,
    /// the source of deals that are open today
    pub pipeline: Option<usize>,
    /// reps by week
    pub roster: Roster,
    /// leads and opportunities have desks of their own
    pub two_desks: bool,
}

/// Lead classes that are of no channel, as places among [`Plan::classes`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// leads that customers bring
    pub referral: Option<usize>,
    /// leads of the team's own
    pub outbound: Option<usize>,
    /// leads that were not ready and turn
    pub nurtured: Option<usize>,
    /// leads that wait today
    pub backlog: Option<usize>,
}

/// A source of leads or deals.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// its name in results
    pub name: String,
    /// the channel it is, if it is one
    pub channel: Option<usize>,
    /// the name that keys its chance
    pub key: String,
    /// whether its revenue counts as earned by marketing
    pub earned: bool,
}

/// A channel's weeks: money, season and price, horizon then tail; then sixteen more without money, so that sixteen at a time
/// may be read from any week.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
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

/// What a segment makes of the close rate and of the value of a win.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Multipliers {
    /// of the close rate
    pub close: Quantity,
    /// of the value of a win
    pub value: Quantity,
}

impl Multipliers {
    /// Those of leads without a segment.
    pub const NONE: Self = Self { close: Quantity::Certain(1.0), value: Quantity::Certain(1.0) };
}

/// Leads that are alike: of one source, and of one segment where the channel has an audience.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Class {
    /// the source, as a place among [`Plan::sources`]
    pub source: usize,
    /// the name that keys its chance
    pub key: String,
    /// share of the channel's leads
    pub share: f64,
    /// the segment's multipliers of the close rate and of the value
    pub multipliers: Multipliers,
    /// worked lead → opportunity, at today's speed
    pub opportunity_rate: Quantity,
    /// opportunity → win
    pub close_rate: Quantity,
    /// mean value of a win, in place of that of the deals
    pub average_value: Option<Quantity>,
    /// won without the team, in the week in which they come
    pub online: bool,
    /// whether its opportunity rate depends on the speed of the answer
    pub cools: bool,
    /// orders of a response curve: the terms of a week act on their number
    pub ordered: bool,
}

impl Plan {
    /// The sources, by their places, in an order that is not that of the file: channels by name, then the others.
    pub(in crate::model) fn sources_in_order(&self) -> impl Iterator<Item = usize> {
        let channels = self.calendars.iter().map(|calendar| calendar.channel);
        channels.chain(self.calendars.len()..self.sources.len())
    }

    /// Do the two have the same sources, lead classes, groups of reps and of open deals, rules, weeks and inputs, so that the
    /// same names key their chance, and a draw gives both the same figures?
    #[must_use]
    pub(crate) fn is_kin_of(&self, other: &Self) -> bool {
        let classes = |plan: &Self| -> Vec<(String, usize)> {
            let classes = plan.classes.iter();
            classes.map(|class| (class.key.clone(), class.source)).collect()
        };
        let reps = |plan: &Self| -> Vec<String> {
            let reps = plan.parts.sales.reps.iter();
            reps.map(|reps| reps.name.clone()).collect()
        };
        let open = |plan: &Self| -> Vec<String> {
            let open = plan.parts.deals.open.iter();
            open.map(|group| group.name.clone()).collect()
        };
        self.sources == other.sources
            && self.others == other.others
            && self.pipeline == other.pipeline
            && self.two_desks == other.two_desks
            && self.parts.horizon == other.parts.horizon
            && classes(self) == classes(other)
            && reps(self) == reps(other)
            && open(self) == open(other)
            && self.parts.rules == other.parts.rules
            && self.parts.at_mean == other.parts.at_mean
            && self.parts.inputs.are_drawn_like(&other.parts.inputs)
    }

    /// Are the two the same plan but for the money of their channels and the team? The inputs are taken to be the same.
    #[must_use]
    pub(super) fn begins_like(&self, other: &Self) -> bool {
        let Alike {
            horizon,
            market,
            conditions,
            segments,
            channels,
            brand,
            nurture,
            chat,
            sales,
            deals,
            delivery,
            booked,
            customers,
            rules,
            finance,
        } = self.parts.alike(&other.parts);
        let demand = horizon && market && conditions && segments && channels && brand && nurture && rules;
        let deals = sales && chat && deals && delivery && booked && customers && finance;
        demand && deals && self.classes == other.classes && self.two_desks == other.two_desks
    }

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
                earned: true,
            })
            .collect();
        let mut by_name: Vec<usize> = (0..parts.channels.len()).collect();
        by_name.sort_by_key(|&index| &parts.channels[index].name);
        let mut classes = Vec::new();
        let mut calendars = Vec::new();
        for index in by_name {
            let first = classes.len();
            add_classes(&parts, index, &sources[index].key, &mut classes);
            calendars.push(Calendar::of(&parts, index, first..classes.len()));
        }
        let mut online: Vec<_> = calendars
            .iter()
            .filter(|calendar| parts.channels[calendar.channel].may_chat())
            .map(|calendar| (calendar.channel, calendar.classes.clone()))
            .collect();
        online.sort_by_key(|(channel, _)| *channel);
        let mut add_source = |name: &str, earned| {
            debug_assert!(RESERVED.contains(&name), "a channel could have that name");
            sources.push(Source { name: name.into(), channel: None, key: name.into(), earned });
            sources.len() - 1
        };
        let others = Others::add(&parts, &mut add_source, &mut classes);
        let pipeline = (!parts.deals.open.is_empty()).then(|| add_source("pipeline", false));
        let roster = Roster::of(&parts.sales.reps, &parts.horizon);
        Self {
            sources,
            calendars,
            classes,
            others,
            online: online.into_iter().map(|(_, classes)| classes).collect(),
            pipeline,
            roster,
            two_desks: parts.sales.has_roles(),
            parts,
        }
    }
}

/// Adds the classes of a channel: one for each segment of its audience.
fn add_classes(parts: &Parts, index: usize, key: &str, classes: &mut Vec<Class>) {
    let one = Quantity::Certain(1.0);
    let channel = &parts.channels[index];
    let online = channel.route == Route::Online;
    let (usual_opportunity, usual_close) =
        if online { (one, one) } else { (parts.sales.opportunity_rate, parts.sales.close_rate) };
    let mut add = |key: String, share, multipliers| {
        classes.push(Class {
            source: index,
            key,
            share,
            multipliers,
            opportunity_rate: channel.opportunity_rate.unwrap_or(usual_opportunity),
            close_rate: channel.close_rate.unwrap_or(usual_close),
            average_value: channel.average_value,
            online,
            cools: !online,
            ordered: channel.counts_orders(),
        });
    };
    if channel.audience.is_empty() {
        add(key.to_owned(), 1.0, Multipliers::NONE);
    }
    for &(segment, share) in &channel.audience {
        let segment = &parts.segments[segment];
        add(
            format!("{key}/{}", segment.name),
            share,
            Multipliers { close: segment.close_multiplier, value: segment.value_multiplier },
        );
    }
}

impl Others {
    /// Adds the classes that a plan has beside its channels.
    fn add(parts: &Parts, add_source: &mut impl FnMut(&str, bool) -> usize, classes: &mut Vec<Class>) -> Self {
        let sales = &parts.sales;
        let mut add = |name: &str, rates: [Option<Quantity>; 2], cools, earned| {
            classes.push(Class {
                source: add_source(name, earned),
                key: name.to_owned(),
                share: 1.0,
                multipliers: Multipliers::NONE,
                opportunity_rate: rates[0].unwrap_or(sales.opportunity_rate),
                close_rate: rates[1].unwrap_or(sales.close_rate),
                average_value: None,
                online: false,
                cools,
                ordered: false,
            });
            classes.len() - 1
        };
        Self {
            referral: parts.customers.as_ref().filter(|customers| customers.refer()).map(|customers| {
                let rates = [customers.opportunity_rate, customers.close_rate];
                add("referral", rates, true, true)
            }),
            outbound: sales.prospecting.as_ref().map(|prospecting| {
                let rates = [prospecting.opportunity_rate, prospecting.close_rate];
                add("outbound", rates, false, false)
            }),
            nurtured: parts.nurture.as_ref().map(|_| add("nurtured", [None, None], true, true)),
            backlog: (!sales.leads_waiting.is_zero()).then(|| add("backlog", [None, None], true, false)),
        }
    }
}

impl Calendar {
    fn of(parts: &Parts, index: usize, classes: std::ops::Range<usize>) -> Self {
        let channel = &parts.channels[index];
        let weeks = 0..parts.horizon.all() + LANES;
        let season = channel.seasonality.as_ref().unwrap_or(&parts.market.seasonality);
        Self {
            channel: index,
            money: weeks.clone().map(|week| channel.plan.get(week).copied().unwrap_or(0.0)).collect(),
            season: weeks.clone().map(|week| week_of(season, week)).collect(),
            price: weeks.map(|week| week_of(&channel.cost_by_week, week)).collect(),
            classes,
        }
    }
}
