//! Customers week by week: they order again, they bring others, they leave.
//!
//! Implements section 8 of docs/model.md.

use crate::model::at_mean::AtMean;
use crate::model::customers::Customers;
use crate::model::lognormal::{Lognormal, log_sd};
use crate::model::market::MOST_A_WEEK;
use crate::random::{DrawStream, StreamKey, binomial, poisson};
use crate::units::number;

use super::memory::Memory;
use super::seed::{Purpose, Seed, at};
use super::sum::Sums;
use super::values::Values;

impl Customers {
    /// The customers in one draw.
    pub(super) fn start(&self, drawn: &[f64], at_mean: AtMean, keys: &StreamKeys, draw: u64) -> Base {
        let [referrals, orders, values, sums, churn] = at(&keys.0, draw);
        let order = Lognormal::new(self.repeat_value.of(drawn), log_sd(self.repeat_cv.of(drawn)));
        let count = self.active.of(drawn).round();
        Base {
            count: if at_mean == AtMean::Deals { Count::Mean(count) } else { Count::Counted(count as u64) },
            repeat_rate: self.repeat_rate.of(drawn),
            orders_at_mean: at_mean != AtMean::Nothing,
            order,
            order_sums: Sums::new(&order),
            churn_rate: self.churn_rate.of(drawn),
            referral_rate: self.referral_rate.of(drawn),
            loyalty: self.loyalty.as_ref().map(|loyalty| {
                (
                    loyalty.start_week,
                    [
                        loyalty.cost_per_customer.of(drawn),
                        loyalty.repeat_multiplier.of(drawn),
                        loyalty.churn_multiplier.of(drawn),
                    ],
                )
            }),
            referrals,
            orders,
            values,
            sums,
            churn,
        }
    }
}

/// What keys the chance of customers: referrals, orders, their values, sums of values, churn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StreamKeys([StreamKey; 5]);

impl StreamKeys {
    pub(super) fn new(seed: Seed) -> Self {
        Self(
            [Purpose::Referrals, Purpose::Orders, Purpose::Value, Purpose::Sum, Purpose::Churn]
                .map(|purpose| seed.series("customers", purpose)),
        )
    }
}

/// How many customers there are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Count {
    Counted(u64),
    /// on average
    Mean(f64),
}

/// The customers in one draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Base {
    /// at the start of the week
    count: Count,
    repeat_rate: f64,
    /// nothing hangs on what they order
    orders_at_mean: bool,
    order: Lognormal,
    order_sums: Sums,
    churn_rate: f64,
    referral_rate: f64,
    /// first week; cost a customer, multipliers of repeat orders and of churn
    loyalty: Option<(usize, [f64; 3])>,
    referrals: DrawStream,
    orders: DrawStream,
    values: DrawStream,
    sums: DrawStream,
    churn: DrawStream,
}

impl Base {
    /// Customers at the start of the week.
    pub(super) fn count(&self) -> f64 {
        match self.count {
            Count::Counted(count) => number(count),
            Count::Mean(count) => count,
        }
    }

    fn loyalty(&self, week: usize) -> [f64; 3] {
        match self.loyalty {
            Some((start, terms)) if week >= start => terms,
            _ => [0.0, 1.0, 1.0],
        }
    }

    /// Cost of the loyalty program in a week.
    pub(super) fn cost(&self, week: usize) -> f64 {
        self.count() * self.loyalty(week)[0]
    }

    /// Leads that they bring in a week: `Poisson(C_t · referral_rate)`.
    pub(super) fn refer(&self, week: usize) -> u64 {
        let mean = (self.count() * self.referral_rate).min(MOST_A_WEEK);
        if mean > 0.0 { poisson(mean, self.referrals.uniform(week as u32, 0)) } else { 0 }
    }

    /// The value of their repeat orders in a week: `Poisson(C_t · repeat_rate)` of them.
    pub(super) fn order(&self, week: usize, memory: &mut impl Memory) -> f64 {
        let mean = (self.count() * self.repeat_rate * self.loyalty(week)[1]).min(MOST_A_WEEK);
        if mean <= 0.0 || self.order.mean() == 0.0 {
            return 0.0;
        }
        if self.orders_at_mean {
            return mean * self.order.mean();
        }
        let number = week as u32;
        let orders = poisson(mean, self.orders.uniform(number, 0));
        let single = orders.min(self.order_sums.one_by_one());
        let values = Values { worth: self.order, stream: self.values, week: number };
        let mut value = memory.first_orders(week, single as usize, &values);
        if orders > single {
            value += self.order_sums.of(orders - single, self.sums.uniform(number, 0));
        }
        value
    }

    /// The end of a week: some leave, those whose deals closed join.
    pub(super) fn close(&mut self, week: usize, joined: f64) {
        let rate = (self.churn_rate * self.loyalty(week)[2]).min(1.0);
        self.count = match self.count {
            Count::Counted(count) => {
                let leave =
                    if rate > 0.0 && count > 0 { binomial(count, rate, self.churn.uniform(week as u32, 0)) } else { 0 };
                Count::Counted((count - leave).saturating_add(joined as u64))
            }
            Count::Mean(count) => Count::Mean(count * (1.0 - rate) + joined),
        };
    }
}
