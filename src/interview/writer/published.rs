//! The rates that are published for each kind of channel, and what they promise for its money.

use crate::units::plain;

use super::super::answers::Money;
use super::super::business::Business;

/// Weeks of the quarter that is planned.
pub(super) const WEEKS: f64 = 13.0;

/// What a lead of an event costs (CEIR).
pub(super) const COST_OF_A_CONTACT: f64 = 214.0;

/// What a letter or flyer costs with its postage.
const COST_OF_A_PIECE: f64 = 0.6;

/// Of all leads, channels that cost money bring no more than this by their published rates; the rest comes as it came.
pub(super) const MOST_PAID: f64 = 0.8;

/// The median of a range: by the geometric mean of its ends, near enough for shares too.
pub(super) fn middle((low, high): (f64, f64)) -> f64 {
    (low * high).sqrt()
}

/// A range of shares as one writes it: `"6% to 11%"`.
pub(super) fn percents((low, high): (f64, f64)) -> String {
    let percent = |share: f64| {
        let percent = share * 100.0;
        let digits = if percent < 1.0 { 1000.0 } else { 10.0 };
        plain((percent * digits).round() / digits)
    };
    format!("\"{}% to {}%\"", percent(low), percent(high))
}

pub(super) fn pieces(budget: f64) -> f64 {
    (budget / COST_OF_A_PIECE).round().max(1.0)
}

/// The rate and the price of a channel: of clicks for `ppc`.
pub(super) fn rates(business: &Business, own: &Money) -> ((f64, f64), (f64, f64)) {
    let price = business.click_price;
    match own.avenue.kind {
        "ppc" if own.avenue.is_social => {
            let (low, high) = business.click_to_lead;
            ((0.6 * low, 0.6 * high), (0.9 * price.0, 1.1 * price.1))
        }
        "ppc" => (business.click_to_lead, price),
        "print" => (business.response, price),
        "email" if business.click_to_lead.0 > 0.5 => (business.click_to_lead, price),
        "email" => ((0.02, 0.06), price),
        _ => (business.visit_to_lead, price),
    }
}

/// The leads that published rates promise for a channel's money.
pub(super) fn published_leads(business: &Business, own: &Money) -> f64 {
    let (rate, price) = rates(business, own);
    let rate = middle(rate);
    match own.avenue.kind {
        "ppc" => own.budget / middle(price) * rate,
        "seo" => WEEKS * middle(business.visits) * rate,
        "email" if own.budget > 0.0 => WEEKS * business.list * 0.0194 * rate,
        "print" if own.budget > 0.0 => pieces(own.budget) * rate,
        "event" => (own.budget / COST_OF_A_CONTACT).max(1.0) * 0.95,
        _ => 0.0,
    }
}
