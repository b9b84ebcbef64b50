//! Customers: they order again, they bring others, they leave.
//!
//! Implements section 8 of docs/model.md.

use crate::inputs::Quantity;
use crate::transcendental::powi;
use crate::units::WEEKS_A_YEAR;

use super::horizon::{Dates, Horizon, read_week};
use super::schema::{Key, TableReader};

/// The keys of `[customers]`.
pub const KEYS: &[Key] = &[
    Key::amount("active").at_most(1e9).or(0.0).unit("customers").about("how many there are today").example("1_400"),
    Key::amount("repeat_rate")
        .percent_from(2.0)
        .a_week()
        .or(0.0)
        .unit("orders per customer per week")
        .about("how often a customer orders again")
        .example("\"0.12 a month\""),
    Key::amount("repeat_value")
        .or(0.0)
        .unit("money per order")
        .about("the mean value of a repeat order")
        .example("640"),
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
        .unit("leads per customer per week")
        .about("how many leads a customer brings, all of them qualified")
        .example("\"0.012 a month\""),
    Key::table("referrals").about("how those leads do, in place of the rates of [sales]"),
    Key::table("loyalty").about("a loyalty program"),
];

/// The keys of `[customers.referrals]`.
pub const REFERRAL_KEYS: &[Key] = &[
    Key::fraction("opportunity_rate")
        .unit("opportunities per worked lead")
        .about("in place of that of [sales]")
        .example("\"50% to 70%\""),
    Key::fraction("close_rate")
        .unit("wins per opportunity (win rate)")
        .about("in place of that of [sales]")
        .example("\"30% to 45%\""),
];

/// The keys of `[customers.loyalty]`.
pub const LOYALTY_KEYS: &[Key] = &[
    Key::amount("cost_per_customer")
        .a_week()
        .or(0.0)
        .unit("money per customer per week")
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
    Key::week("start_week", 1.0, 520.0).or(1.0).unit("week").about("the first week of the program").example("5"),
];

/// `[customers]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Customers {
    pub(super) active: Quantity,
    pub(super) repeat_rate: Quantity,
    pub(super) repeat_value: Quantity,
    pub(super) repeat_cv: Quantity,
    pub(super) churn_rate: Quantity,
    /// leads a customer a week
    pub referral_rate: Quantity,
    /// of referrals, in place of that of the sales team
    pub opportunity_rate: Option<Quantity>,
    /// of referrals, in place of that of the sales team
    pub close_rate: Option<Quantity>,
    pub(super) loyalty: Option<Loyalty>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Loyalty {
    pub(super) cost_per_customer: Quantity,
    pub(super) repeat_multiplier: Quantity,
    pub(super) churn_multiplier: Quantity,
    pub(super) start_week: usize,
}

impl Customers {
    /// Reads `[customers]`.
    pub fn read(fields: &mut TableReader<'_, '_>, horizon: &Horizon) -> Self {
        let rates = fields
            .child("referrals", REFERRAL_KEYS)
            .map(|mut rates| (rates.quantity_if("opportunity_rate"), rates.quantity_if("close_rate")));
        let (opportunity_rate, close_rate) = rates.unwrap_or_default();
        let loyalty = fields.child("loyalty", LOYALTY_KEYS).map(|mut loyalty| Loyalty {
            cost_per_customer: loyalty.quantity("cost_per_customer"),
            repeat_multiplier: loyalty.quantity("repeat_multiplier"),
            churn_multiplier: loyalty.quantity("churn_multiplier"),
            start_week: read_week(&mut loyalty, "start_week", horizon, Dates::Planned)
                .and_then(|week| usize::try_from(week - 1).ok())
                .unwrap_or(0),
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

    /// How many customers there are after some weeks, on average, where so many deals closed in them.
    #[must_use]
    pub fn active_after(&self, drawn: &[f64], weeks: usize, closed: f64) -> f64 {
        self.active.of(drawn) * powi(1.0 - self.churn_rate.of(drawn), weeks as i32) + closed
    }

    /// What a customer orders for in a year, in money.
    #[must_use]
    pub fn orders_a_year(&self, drawn: &[f64]) -> f64 {
        self.repeat_rate.of(drawn) * WEEKS_A_YEAR * self.repeat_value.of(drawn)
    }

    /// Does a customer order about once a month, or more often?
    #[must_use]
    pub fn orders_often(&self, drawn: &[f64]) -> bool {
        self.repeat_rate.of(drawn) * WEEKS_A_YEAR > 10.0
    }

    /// Do they bring leads?
    #[must_use]
    pub fn refer(&self) -> bool {
        !self.referral_rate.is_zero()
    }
}
