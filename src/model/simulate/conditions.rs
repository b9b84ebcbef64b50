//! The conditions of a week in one draw: what promotions, shocks and prices make of demand and of new deals.
//!
//! Implements sections 2 (`[shocks.NAME]`), 6 (price) and 7 (`[promotions.NAME]`) of docs/model.md.

use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;

/// The terms of a week in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
struct WeekTerms {
    /// multiplier of every channel's demand
    demand: f64,
    /// multiplier of the close rates of new deals
    close: f64,
    /// what is left of the list price
    price: f64,
}

impl WeekTerms {
    /// A week like any other.
    const PLAIN: Self = Self { demand: 1.0, close: 1.0, price: 1.0 };
}

reusing_memory! {
    /// The terms of all weeks in one draw.
    #[derive(Debug, Default)]
    pub(super) struct WeekConditions {
        /// by week; no weeks at all where a plan has neither shocks nor promotions
        weeks: Vec<WeekTerms>,
        /// shocks of some channels that happen: which, and what is left of demand
        partial: Vec<(usize, f64)>,
        /// what is left of the list price by the change of prices
        price: f64,
        /// and the multiplier of close rates that it makes
        pub(super) price_close: f64,
    }
}

impl WeekConditions {
    pub(super) fn open(&mut self, plan: &Plan, drawn: &[f64]) {
        (self.price, self.price_close) = plan.parts.deals.price(drawn);
        let conditions = &plan.parts.conditions;
        self.weeks.clear();
        self.partial.clear();
        if conditions.shocks.is_empty() && conditions.promotions.is_empty() {
            return;
        }
        self.weeks.resize(plan.parts.horizon.all(), WeekTerms::PLAIN);
        for (at, shock) in conditions.shocks.iter().enumerate() {
            if shock.stream.of(drawn) >= shock.chance.of(drawn) {
                continue;
            }
            let (demand, close) = (shock.demand.of(drawn), shock.close.of(drawn));
            for terms in self.span(shock.weeks) {
                terms.close *= close;
                if shock.channels.is_none() {
                    terms.demand *= demand;
                }
            }
            if shock.channels.is_some() {
                self.partial.push((at, demand));
            }
        }
        for promotion in &conditions.promotions {
            let left = 1.0 - promotion.discount.of(drawn);
            let lift = promotion.lead_multiplier.of(drawn);
            let close = promotion.close_multiplier.of(drawn);
            for terms in self.span(promotion.weeks) {
                terms.demand *= lift;
                terms.close *= close;
                terms.price *= left;
            }
            let dip = 1.0 - promotion.dip.of(drawn);
            let after = promotion.weeks.1 + 1;
            if promotion.dip_weeks > 0 {
                for terms in self.span((after, after + promotion.dip_weeks - 1)) {
                    terms.demand *= dip;
                }
            }
        }
    }

    /// The weeks from first to last, as far as they are planned.
    fn span(&mut self, (first, last): (usize, usize)) -> impl Iterator<Item = &mut WeekTerms> {
        self.weeks.iter_mut().take(last.saturating_add(1)).skip(first)
    }

    fn week(&self, week: usize) -> WeekTerms {
        self.weeks.get(week).copied().unwrap_or(WeekTerms::PLAIN)
    }

    /// Are all weeks alike?
    pub(super) fn are_plain(&self) -> bool {
        self.weeks.is_empty()
    }

    /// The multiplier of close rates in a week, price apart.
    pub(super) fn close(&self, week: usize) -> f64 {
        self.week(week).close
    }

    /// What is left of the list price for deals of a week.
    pub(super) fn price(&self, week: usize) -> f64 {
        self.week(week).price * self.price
    }

    /// What is left of the list price in a week without promotions.
    pub(super) fn usual_price(&self) -> f64 {
        self.price
    }

    /// The multiplier of a channel's demand in a week.
    pub(super) fn demand(&self, plan: &Plan, week: usize, channel: usize) -> f64 {
        let mut demand = self.week(week).demand;
        for &(shock, left) in &self.partial {
            let shock = &plan.parts.conditions.shocks[shock];
            let (first, last) = shock.weeks;
            let hit = shock.channels.as_ref().is_some_and(|channels| channels.contains(&channel));
            if hit && (first..=last).contains(&week) {
                demand *= left;
            }
        }
        demand
    }
}
