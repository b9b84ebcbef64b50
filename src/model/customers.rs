//! Customers: they order again, they bring others, they leave.
//!
//! Implements section 8 of docs/model.md.

use crate::inputs::Quantity;
use crate::random::{DrawStream, Purpose, StreamKey, binomial, poisson};

use super::deals::{Lognormal, log_sd};
use super::keys::Key;
use super::market::MOST_A_WEEK;
use super::memory::Memory;
use super::quarter::{Seed, at};
use super::sum::Sums;
use super::table_reader::TableReader;

/// The keys of `[customers]`.
pub const KEYS: &[Key] = &[
    Key::amount("active").at_most(1e9).or(0.0).unit("customers").about("how many there are today").example("1_400"),
    Key::amount("repeat_rate")
        .percent_from(2.0)
        .a_week()
        .or(0.0)
        .unit("orders a customer a week")
        .about("how often a customer orders again")
        .example("\"0.12 a month\""),
    Key::amount("repeat_value").or(0.0).unit("money an order").about("the mean value of a repeat order").example("640"),
    Key::amount("repeat_cv")
        .percent_from(5.0)
        .at_most(100.0)
        .or(0.0)
        .unit("coefficient of variation")
        .about("how far single orders stray from that mean")
        .example("1.1"),
    Key::fraction("churn_rate")
        .a_week()
        .or(0.0)
        .unit("share of customers lost a week")
        .about("how many stop being customers")
        .example("\"12% a year\""),
    Key::amount("referral_rate")
        .percent_from(2.0)
        .a_week()
        .or(0.0)
        .unit("leads a customer a week")
        .about("how many leads a customer brings, all of them qualified")
        .example("\"0.012 a month\""),
    Key::table("referrals").about("how those leads do, in place of the rates of [sales]"),
    Key::table("loyalty").about("a loyalty program"),
];

/// The keys of `[customers.referrals]`.
pub const REFERRAL_KEYS: &[Key] = &[
    Key::fraction("opportunity_rate")
        .unit("opportunities a worked lead")
        .about("in place of that of [sales]")
        .example("\"50% to 70%\""),
    Key::fraction("close_rate")
        .unit("wins an opportunity (win rate)")
        .about("in place of that of [sales]")
        .example("\"30% to 45%\""),
];

/// The keys of `[customers.loyalty]`.
pub const LOYALTY_KEYS: &[Key] = &[
    Key::amount("cost_per_customer")
        .a_week()
        .or(0.0)
        .unit("money a customer a week")
        .about("what the program costs")
        .example("0.12"),
    Key::amount("repeat_multiplier")
        .percent_from(10.0)
        .or(1.0)
        .unit("multiplier of repeat orders")
        .about("how much more often customers order")
        .example("\"1.0 to 1.09\""),
    Key::amount("churn_multiplier")
        .percent_from(10.0)
        .or(1.0)
        .unit("multiplier of churn")
        .about("how much less often they leave")
        .example("0.9"),
    Key::whole("start_week", 1.0, 520.0).or(1.0).unit("week").about("the first week of the program").example("5"),
];

/// `[customers]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Customers {
    active: Quantity,
    repeat_rate: Quantity,
    repeat_value: Quantity,
    repeat_cv: Quantity,
    churn_rate: Quantity,
    /// leads a customer a week
    pub referral_rate: Quantity,
    /// of referrals, in place of that of the sales team
    pub opportunity_rate: Option<Quantity>,
    /// of referrals, in place of that of the sales team
    pub close_rate: Option<Quantity>,
    loyalty: Option<Loyalty>,
}

#[derive(Clone, Debug, PartialEq)]
struct Loyalty {
    cost_per_customer: Quantity,
    repeat_multiplier: Quantity,
    churn_multiplier: Quantity,
    start_week: usize,
}

impl Customers {
    /// Reads `[customers]`.
    pub fn read(fields: &mut TableReader<'_, '_>) -> Self {
        let rates = fields
            .child("referrals", REFERRAL_KEYS)
            .map(|mut rates| (rates.quantity_if("opportunity_rate"), rates.quantity_if("close_rate")));
        let (opportunity_rate, close_rate) = rates.unwrap_or_default();
        let loyalty = fields.child("loyalty", LOYALTY_KEYS).map(|mut loyalty| Loyalty {
            cost_per_customer: loyalty.quantity("cost_per_customer"),
            repeat_multiplier: loyalty.quantity("repeat_multiplier"),
            churn_multiplier: loyalty.quantity("churn_multiplier"),
            start_week: usize::try_from(loyalty.whole("start_week")).unwrap_or(1) - 1,
        });
        Self {
            active: fields.quantity("active"),
            repeat_rate: fields.quantity("repeat_rate"),
            repeat_value: fields.quantity("repeat_value"),
            repeat_cv: fields.quantity("repeat_cv"),
            churn_rate: fields.quantity("churn_rate"),
            referral_rate: fields.quantity("referral_rate"),
            opportunity_rate,
            close_rate,
            loyalty,
        }
    }

    /// Do they bring leads?
    #[must_use]
    pub fn refer(&self) -> bool {
        !self.referral_rate.is_zero()
    }

    /// The customers in one draw.
    pub(super) fn start(&self, drawn: &[f64], keys: &StreamKeys, draw: u64) -> Base {
        let [referrals, orders, values, sums, churn] = at(&keys.0, draw);
        let order = Lognormal::new(self.repeat_value.of(drawn), log_sd(self.repeat_cv.of(drawn)));
        Base {
            count: self.active.of(drawn).round() as u64,
            repeat_rate: self.repeat_rate.of(drawn),
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

/// The customers in one draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Base {
    /// customers at the start of the week
    pub(super) count: u64,
    repeat_rate: f64,
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
    fn loyalty(&self, week: usize) -> [f64; 3] {
        match self.loyalty {
            Some((start, terms)) if week >= start => terms,
            _ => [0.0, 1.0, 1.0],
        }
    }

    /// Cost of the loyalty program in a week.
    pub(super) fn cost(&self, week: usize) -> f64 {
        self.count as f64 * self.loyalty(week)[0]
    }

    /// Leads that they bring in a week: `Poisson(C_t · referral_rate)`.
    pub(super) fn refer(&self, week: usize) -> u64 {
        let mean = (self.count as f64 * self.referral_rate).min(MOST_A_WEEK);
        if mean > 0.0 { poisson(mean, self.referrals.uniform(week as u32, 0)) } else { 0 }
    }

    /// The value of their repeat orders in a week: `Poisson(C_t · repeat_rate)` of them.
    pub(super) fn order(&self, week: usize, memory: &mut impl Memory) -> f64 {
        let mean = (self.count as f64 * self.repeat_rate * self.loyalty(week)[1]).min(MOST_A_WEEK);
        if mean <= 0.0 || self.order.mean() == 0.0 {
            return 0.0;
        }
        let number = week as u32;
        let orders = poisson(mean, self.orders.uniform(number, 0));
        let single = orders.min(self.order_sums.one_by_one());
        let mut value = memory.first_orders(week, single as usize, |k| self.order.at(self.values, number, k as u32));
        if orders > single {
            value += self.order_sums.of(orders - single, self.sums.uniform(number, 0));
        }
        value
    }

    /// The end of a week: some leave, those whose deals closed join.
    pub(super) fn close(&mut self, week: usize, joined: u64) {
        let rate = (self.churn_rate * self.loyalty(week)[2]).min(1.0);
        if rate > 0.0 && self.count > 0 {
            self.count -= binomial(self.count, rate, self.churn.uniform(week as u32, 0));
        }
        self.count = self.count.saturating_add(joined);
    }
}
