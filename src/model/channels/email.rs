//! A list of subscribers: each send costs a little, tires some, and loses a few.
//!
//! Implements section 3 of docs/model.md, `email`.

use crate::inputs::Quantity;
use crate::model::schema::{Key, TableReader};
use crate::transcendental::{exp, ln_1p};

use super::parameters::{BRAND_KEYS, PAID_KEYS, Parameters};
use super::step::{Flow, Offer, Step, Usage};

/// The keys of an `email` channel.
const KEYS: &[Key] = &[
    Key::amount("list_size").required().unit("subscribers").about("how many are on the list today").example("22_000"),
    Key::amount("list_growth")
        .a_week()
        .or(0.0)
        .unit("subscribers a week")
        .about("new subscribers")
        .example("\"330 a month\""),
    Key::amount("cost_per_thousand")
        .above(0.0)
        .required()
        .unit("money per 1,000 sends")
        .about("what 1,000 sends cost, tool and content together")
        .example("15"),
    Key::amount("max_sends_per_week")
        .pure()
        .or(2.0)
        .unit("sends per subscriber per week")
        .about("the most that a subscriber is sent")
        .example("2"),
    Key::fraction("click_rate")
        .required()
        .unit("clicks per send")
        .about("the share of sends that are clicked; not opened, which mail programs fake")
        .example("\"1.3% to 3%\""),
    Key::fraction("fatigue")
        .or(0.0)
        .unit("share of clicks lost for each further send a week")
        .about("how much less a second send in a week is clicked")
        .example("\"40%\""),
    Key::fraction("unsubscribe_rate")
        .or(0.0)
        .unit("subscribers lost per send")
        .about("the share that leaves the list at each send")
        .example("\"0.25%\""),
    Key::fraction("click_to_lead")
        .required()
        .unit("leads per click")
        .about("the share of clicks that become leads")
        .example("\"0.8% to 1.8%\""),
    Key::weekly("cost_by_week")
        .percent_from(10.0)
        .above(0.0)
        .unit("multiplier of the cost, week by week")
        .about("the pattern of prices over the weeks; missing weeks are 1")
        .example("[1, 1, 1.2]"),
];

/// An `email` channel as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Email {
    list_size: Quantity,
    list_growth: Quantity,
    cost_per_thousand: Quantity,
    max_sends_per_week: Quantity,
    click_rate: Quantity,
    fatigue: Quantity,
    unsubscribe_rate: Quantity,
    click_to_lead: Quantity,
}

impl Parameters for Email {
    const WORD: &'static str = "email";
    const USED: Option<&'static str> = Some("emails");
    const KEYS: &'static [&'static [Key]] = &[PAID_KEYS, BRAND_KEYS, KEYS];
    type Draw = EmailDraw;

    fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self {
            list_size: fields.quantity("list_size"),
            list_growth: fields.quantity("list_growth"),
            cost_per_thousand: fields.quantity("cost_per_thousand"),
            max_sends_per_week: fields.quantity("max_sends_per_week"),
            click_rate: fields.quantity("click_rate"),
            fatigue: fields.quantity("fatigue"),
            unsubscribe_rate: fields.quantity("unsubscribe_rate"),
            click_to_lead: fields.quantity("click_to_lead"),
        }
    }

    fn start(&self, drawn: &[f64], _past_spend: f64) -> EmailDraw {
        EmailDraw {
            list: self.list_size.of(drawn),
            growth: self.list_growth.of(drawn),
            cost_per_send: self.cost_per_thousand.of(drawn) / 1000.0,
            max_sends: self.max_sends_per_week.of(drawn),
            leads_per_send: self.click_rate.of(drawn) * self.click_to_lead.of(drawn),
            ln_fresh: ln_1p(-self.fatigue.of(drawn)),
            ln_stays: ln_1p(-self.unsubscribe_rate.of(drawn)),
            sends_each: 0.0,
            sends: 0.0,
            ceiling: 0.0,
        }
    }
}

/// An `email` channel in one draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EmailDraw {
    list: f64,
    growth: f64,
    cost_per_send: f64,
    max_sends: f64,
    leads_per_send: f64,
    /// ln(1 − fatigue); −∞ where a second send is never clicked
    ln_fresh: f64,
    /// ln(1 − unsubscribe rate)
    ln_stays: f64,
    sends_each: f64,
    /// sends of the weeks so far, and the most there could have been in weeks with money
    sends: f64,
    ceiling: f64,
}

impl Step for EmailDraw {
    /// ```text
    /// sends = min(B / cost, max sends · L),  f = sends / L
    /// leads = sends · click_rate · (1 − fatigue)^max(0, f − 1) · g · click_to_lead
    /// ```
    fn step(&mut self, offer: Offer) -> Flow {
        self.sends_each = 0.0;
        if offer.money <= 0.0 {
            return Flow::default();
        }
        let cost = self.cost_per_send * offer.price;
        let most = self.max_sends * self.list;
        let affordable = offer.money / cost;
        self.ceiling += most;
        let (sends, spend) = if affordable <= most { (affordable, offer.money) } else { (most, most * cost) };
        self.sends += sends;
        if sends <= 0.0 {
            return Flow::default();
        }
        self.sends_each = sends / self.list;
        let further = self.sends_each - 1.0;
        let interest = if further > 0.0 { exp(further * self.ln_fresh) } else { 1.0 };
        Flow { spend, leads: sends * self.leads_per_send * interest * offer.demand }
    }

    /// The end of the week: `L ← L(1 − unsubscribe_rate)^f + list_growth`.
    fn close(&mut self) {
        if self.sends_each > 0.0 {
            self.list *= exp(self.sends_each * self.ln_stays);
        }
        self.list += self.growth;
    }

    fn usage(&self) -> Option<Usage> {
        Some(Usage::Share { used: self.sends, ceiling: self.ceiling })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_growth_shrinks_with_every_send() {
        let certain = Quantity::Certain;
        let mut list = Email {
            list_size: certain(1_000.0),
            list_growth: certain(0.0),
            cost_per_thousand: certain(10.0),
            max_sends_per_week: certain(2.0),
            click_rate: certain(0.02),
            fatigue: certain(0.5),
            unsubscribe_rate: certain(0.01),
            click_to_lead: certain(0.1),
        }
        .start(&[], 0.0);
        // Money for far more than two sends each: f = 2, L_t = L_0 (1 − u)^(2t), the second send at half the interest.
        for week in 0..5 {
            let flow = list.step(Offer { money: 1_000.0, demand: 1.0, price: 1.0, in_horizon: true });
            let size = 1_000.0 * 0.99_f64.powi(2 * week);
            assert!((flow.spend - 2.0 * size / 100.0).abs() < 1e-9);
            assert!((flow.leads - 2.0 * size * 0.02 * 0.1 * 0.5).abs() < 1e-9);
            list.close();
        }
    }
}
