//! What two plans of a family have in common, as far as it spares work.

use crate::model::plan::{Alike, Plan};
use crate::model::reuse::reusing_memory;

reusing_memory! {
    /// What a plan has in common with the first of its family, whose sources, classes and weeks are the same.
    #[derive(Debug, Default)]
    pub(super) struct Kinship {
        /// draws begin alike, but perhaps for the team
        pub(super) beginning: bool,
        /// the team is the same
        pub(super) team: bool,
        /// demand is the same
        pub(super) market: bool,
        /// channels that do something of their own, by their place among [`Plan::calendars`]
        pub(super) own_channels: Vec<usize>,
        /// the same wins are worth the same, and close in the same weeks
        pub(super) deals: bool,
        /// whether order k of customers in a week is worth the same
        pub(super) orders: bool,
    }
}

impl Kinship {
    /// Of a plan to the first.
    pub(super) fn of(plan: &Plan, first: &Plan) -> Self {
        let (own, other) = (&plan.parts, &first.parts);
        // Rules change the money by what comes of it, a brand changes demand by the money.
        let unruled = [own, other].map(|parts| parts.rules.is_empty() && parts.brand.is_none());
        let Alike {
            horizon,
            market,
            conditions,
            deals,
            customers,
            // The desk works in every plan.
            chat: _,
            sales: _,
            // In the classes.
            segments: _,
            // One by one, with their money.
            channels: _,
            // In `unruled`.
            brand: _,
            rules: _,
            // Pools of their own, stepped in every plan.
            nurture: _,
            // After all that is taken over.
            delivery: _,
            booked: _,
            finance: _,
        } = own.alike(other);
        let market = unruled == [true; 2] && horizon && market;
        let terms = conditions && deals;
        let channel = |at: usize| {
            let (own, other) = (&plan.calendars[at], &first.calendars[at]);
            let channels = &plan.parts.channels[own.channel];
            // Segments decide how a curve's orders are split.
            let split = || plan.classes[own.classes.clone()] == first.classes[other.classes.clone()];
            own == other && *channels == first.parts.channels[other.channel] && (!channels.counts_orders() || split())
        };
        Self {
            beginning: unruled == [true; 2] && plan.begins_like(first),
            team: own.sales == other.sales && plan.roster == first.roster,
            market,
            own_channels: (0..plan.calendars.len()).filter(|&at| !(market && terms && channel(at))).collect(),
            orders: horizon && customers,
            deals: horizon
                && own.deals.are_worth_as(&other.deals)
                && own.sales.cycle_weeks == other.sales.cycle_weeks
                && own.sales.cycle_cv == other.sales.cycle_cv
                && plan.classes.iter().zip(&first.classes).all(|(own, other)| {
                    let split = own.share == other.share && own.multipliers == other.multipliers;
                    own.multipliers.value == other.multipliers.value
                        && (!own.ordered || split)
                        && own.average_value == other.average_value
                        && own.online == other.online
                }),
        }
    }
}
