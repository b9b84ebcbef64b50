//! Orders: who ordered on which day, and what it was worth.

use super::dates::Day;
use super::export::Export;
use super::fields::Field;
use super::identity::hash_of;
use super::read::Reading;

/// An order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// a hash of the customer's number, which is all that is kept of it
    pub customer: u64,
    /// the day it came
    pub day: Day,
    /// what it is worth
    pub amount: Option<f64>,
}

/// The orders of an export.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    /// the orders, by customer and day
    pub list: Vec<Order>,
    /// rows without a customer or a day, or dated after the last day
    pub left_out: usize,
}

impl Orders {
    /// Makes orders of an export; none is later than `last`.
    pub fn read(reading: &mut Reading, export: &mut Export, last: Day) -> Self {
        let days = reading.days(export, Field::Day);
        let amounts = reading.numbers(export, Field::Amount);
        let mut own = Self::default();
        for row in 0..export.rows() {
            let customer = export.text(Field::Id, row).map(|text| hash_of(&text));
            let Some((customer, day)) = customer.zip(days[row].filter(|day| *day <= last)) else {
                own.left_out += 1;
                continue;
            };
            let amount = amounts[row].map(|figure| figure.number).filter(|amount| *amount > 0.0);
            own.list.push(Order { customer, day, amount });
        }
        own.list.sort_by(|a, b| {
            let key = |order: &Order| (order.customer, order.day);
            key(a).cmp(&key(b)).then(a.amount.unwrap_or(0.0).total_cmp(&b.amount.unwrap_or(0.0)))
        });
        own
    }
}
