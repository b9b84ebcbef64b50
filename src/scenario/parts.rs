//! The tables of a file that hold figures, from their texts to the parts of a plan.

use crate::inputs::Inputs;
use crate::model::at_mean::AtMean;
use crate::model::brand::{self, Brand};
use crate::model::channels::Channel;
use crate::model::conditions::{Conditions, Promotion, Shock};
use crate::model::customers::{self, Customers};
use crate::model::deals::{self, Deals};
use crate::model::delivery::{self, Booked, Delivery};
use crate::model::finance::{self, Finance};
use crate::model::horizon::{self, Horizon};
use crate::model::market::{self, Market};
use crate::model::nurture::{self, Nurture};
use crate::model::online::{self, Chat};
use crate::model::open_deals::OpenDeals;
use crate::model::plan::{Parts, Plan};
use crate::model::rules::Rule;
use crate::model::sales::{self, Sales};
use crate::model::schema::TableReader;
use crate::model::segments::Segment;

use super::{SIMULATION_KEYS, Simulation};

/// The tables of a file that hold figures.
pub(super) struct Tables {
    pub(super) simulation: Simulation,
    horizon: Horizon,
    market: Market,
    conditions: Conditions,
    segments: Vec<Segment>,
    pub(super) channels: Vec<Channel>,
    pub(super) brand: Option<Brand>,
    nurture: Option<Nurture>,
    chat: Option<Chat>,
    delivery: Option<Delivery>,
    booked: Booked,
    pub(super) customers: Option<Customers>,
    rules: Vec<Rule>,
    pub(super) sales: Option<Sales>,
    pub(super) deals: Option<Deals>,
    pub(super) finance: Finance,
    /// whether [horizon] is without fault
    pub(super) weeks_known: bool,
}

impl Tables {
    pub(super) fn read(root: &mut TableReader<'_, '_>) -> Self {
        let simulation = Simulation::read(root.child("simulation", SIMULATION_KEYS));
        root.set_widen(simulation.widen);
        let faults_before = root.faults_so_far();
        let horizon = Horizon::read(root.child("horizon", horizon::KEYS));
        let weeks_known = root.faults_so_far() == faults_before;
        let market = Market::read(root.child("market", market::KEYS), &horizon);
        let segments = Segment::read_all(root);
        let mut channels = Vec::new();
        for (entry, table) in root.children("channels") {
            channels.extend(Channel::read(root, entry, table, &horizon, &segments));
        }
        let names: Vec<String> = channels.iter().map(|channel| channel.name.clone()).collect();
        let paid: Vec<(String, bool)> =
            channels.iter().map(|channel| (channel.name.clone(), channel.budget() > 0.0)).collect();
        let conditions = Conditions {
            shocks: Shock::read_all(root, &horizon, &names),
            promotions: Promotion::read_all(root, &horizon),
        };
        let chat = root.child("online", online::KEYS).and_then(|mut fields| {
            let chat = fields.child("chat", online::CHAT_KEYS);
            chat.map(|mut fields| Chat::read(&mut fields))
        });
        let sales = root.child("sales", sales::KEYS).map(|mut fields| Sales::read(&mut fields, &horizon));
        let deals = root.child("deals", deals::KEYS).map(|mut fields| Deals::read(&mut fields, &horizon));
        let finance = Finance::read(root.child("finance", finance::KEYS));
        Self {
            simulation,
            horizon,
            market,
            conditions,
            segments,
            channels,
            brand: root.child("brand", brand::KEYS).map(|mut fields| Brand::read(&mut fields)),
            nurture: root.child("nurture", nurture::KEYS).map(|mut fields| Nurture::read(&mut fields)),
            chat,
            delivery: root.child("delivery", delivery::KEYS).map(|mut fields| Delivery::read(&mut fields)),
            booked: root
                .child("booked", delivery::BOOKED_KEYS)
                .map_or_else(Booked::nothing, |mut fields| Booked::read(&mut fields)),
            customers: root
                .child("customers", customers::KEYS)
                .map(|mut fields| Customers::read(&mut fields, &horizon)),
            rules: Rule::read_all(root, &paid),
            sales,
            deals,
            finance,
            weeks_known,
        }
    }

    /// What costs the team hours, if anything does.
    pub(super) fn cost_of_hours(&self) -> Option<&'static str> {
        let sales = self.sales.as_ref()?;
        let open = self.deals.as_ref().map_or(&[][..], |deals| &deals.open);
        let all = [
            (sales.leads_cost_hours(), "leads cost"),
            (open.iter().any(OpenDeals::want_hours), "open deals cost"),
            (self.delivery.as_ref().is_some_and(Delivery::takes_hours), "deliveries cost"),
            (!sales.hours_per_customer.is_zero(), "customers cost"),
            (sales.prospecting.as_ref().is_some_and(|own| !own.share_of_time.is_zero()), "prospecting takes"),
            (self.channels.iter().any(|channel| !channel.staff_hours.is_zero()), "channels take"),
        ];
        all.into_iter().find(|(costs, _)| *costs).map(|(_, what)| what)
    }

    /// The plan that they make; none where the value of a win is not known. A plan that needs a team and has none is a
    /// fault of its own.
    pub(super) fn plan(self, inputs: Inputs) -> Option<Plan> {
        Some(Plan::new(Parts {
            horizon: self.horizon,
            market: self.market,
            conditions: self.conditions,
            segments: self.segments,
            channels: self.channels,
            brand: self.brand,
            nurture: self.nurture,
            chat: self.chat,
            delivery: self.delivery,
            booked: self.booked,
            customers: self.customers,
            rules: self.rules,
            sales: self.sales.unwrap_or_else(Sales::none),
            deals: self.deals?,
            finance: self.finance,
            at_mean: AtMean::Nothing,
            inputs,
        }))
    }
}
