//! Pay per click: search, social, video. Clicks get dearer the more of them one wants.
//!
//! Implements section 3 of docs/model.md, `ppc`.

use multiversion::multiversion;

use crate::inputs::Quantity;
use crate::model::schema::{Key, TableReader};
use crate::random::{LANES, Lanes, fill_gaps, saturation, saturations};
use crate::transcendental::ln_1p;
use crate::units::HUGE;

use super::parameters::{BRAND_KEYS, PAID_KEYS, Parameters};
use super::step::{Flow, Flows, Offer, Offers, Step, Usage, one_by_one};

/// The keys of a `ppc` channel.
const KEYS: &[Key] = &[
    Key::amount("cost_per_click")
        .above(0.0)
        .unit("money per click (CPC)")
        .about("the cost of the first clicks, before one competes for more; or give `today`")
        .example("\"2.5 to 4.5\""),
    Key::amount("clicks_available")
        .unit("clicks a week")
        .about("all the clicks that the keywords and audiences could bring at any price; or give `today`")
        .example("3_000"),
    Key::table("today")
        .about("what the ad account shows for an ordinary week, in place of `cost_per_click` and `clicks_available`")
        .example("{ spend = 5_000, clicks = 1_200, share = \"55%\" }"),
    Key::fraction("max_share")
        .below(1.0)
        .or(0.95)
        .unit("share of the available clicks")
        .about("the largest share of the available clicks that money can buy; at least the share of `today`")
        .example("\"90%\""),
    Key::fraction("visit_to_lead")
        .required()
        .unit("leads per click")
        .about("the share of clicks that leave their contact details")
        .example("\"3% to 5.3%\""),
    Key::amount("cost_factor")
        .percent_from(10.0)
        .above(0.0)
        .or(1.0)
        .unit("multiplier of the cost")
        .about("what may have changed in price since the costs were measured")
        .example("\"0.95 to 1.2\""),
    Key::weekly("cost_by_week")
        .percent_from(10.0)
        .above(0.0)
        .unit("multiplier of the cost, week by week")
        .about("the pattern of prices over the weeks; missing weeks are 1")
        .example("[1, 1, 1.2]"),
];

/// The keys of `today`.
pub const TODAY_KEYS: &[Key] = &[
    Key::amount("spend").above(0.0).required().unit("money a week").about("spend in an ordinary week").example("5_000"),
    Key::amount("clicks").above(0.0).required().unit("clicks a week").about("clicks in that week").example("1_200"),
    Key::fraction("share")
        .above(0.0)
        .below(1.0)
        .required()
        .unit("share of the available clicks")
        .about("the share of the available clicks that these were; the impression share will do")
        .example("\"55%\""),
];

/// A `ppc` channel as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Ppc {
    price: Price,
    max_share: Quantity,
    visit_to_lead: Quantity,
    cost_factor: Quantity,
}

#[derive(Clone, Debug, PartialEq)]
enum Price {
    Stated { cost_per_click: Quantity, clicks_available: Quantity },
    Today { spend: Quantity, clicks: Quantity, share: Quantity },
}

impl Ppc {
    /// Clicks at a cost, of so many that there are a week, each a lead with that probability; up to 95 % of the clicks
    /// can be bought.
    #[must_use]
    pub fn new(cost_per_click: Quantity, clicks_available: Quantity, visit_to_lead: Quantity) -> Self {
        Self {
            price: Price::Stated { cost_per_click, clicks_available },
            max_share: Quantity::Certain(0.95),
            visit_to_lead,
            cost_factor: Quantity::Certain(1.0),
        }
    }
}

impl Parameters for Ppc {
    const WORD: &'static str = "ppc";
    const USED: Option<&'static str> = Some("clicks");
    const KEYS: &'static [&'static [Key]] = &[PAID_KEYS, BRAND_KEYS, KEYS];
    type Draw = PpcDraw;

    fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self {
            price: Price::read(fields),
            max_share: fields.quantity("max_share"),
            visit_to_lead: fields.quantity("visit_to_lead"),
            cost_factor: fields.quantity("cost_factor"),
        }
    }

    fn start(&self, drawn: &[f64], _past_spend: f64) -> PpcDraw {
        let max_share = self.max_share.of(drawn);
        let (cost, clicks_available, max_share) = match &self.price {
            Price::Stated { cost_per_click, clicks_available } => {
                (cost_per_click.of(drawn), clicks_available.of(drawn), max_share)
            }
            Price::Today { spend, clicks, share } => {
                // Of a share that is all but nothing, the clicks available are still a number.
                let share = share.of(drawn).max(1.0 / HUGE);
                let available = clicks.of(drawn) / share;
                // What is bought today can be bought.
                (spend.of(drawn) / (-available * ln_1p(-share)), available, max_share.max(share))
            }
        };
        PpcDraw {
            cost_per_click: (cost * self.cost_factor.of(drawn)).min(HUGE),
            clicks_available,
            max_share,
            dearest: -ln_1p(-max_share),
            visit_to_lead: self.visit_to_lead.of(drawn),
            clicks: 0.0,
            ceiling: 0.0,
        }
    }
}

impl Price {
    fn read(fields: &mut TableReader<'_, '_>) -> Self {
        let stated = ["cost_per_click", "clicks_available"];
        let given: Vec<&str> = stated.into_iter().filter(|key| fields.has(key)).collect();
        if let Some(mut today) = fields.child("today", TODAY_KEYS) {
            let price = Self::Today {
                spend: today.quantity("spend"),
                clicks: today.quantity("clicks"),
                share: today.quantity("share"),
            };
            for key in given {
                fields.fault(key, format!("`{key}` and `today` say the same thing twice"), "leave out one of the two");
            }
            return price;
        }
        for key in stated {
            if !fields.has(key) && !fields.is_misspelled("today") {
                let path = fields.path().to_owned();
                let fault = fields.lack(key, format!("[{path}] needs `{key}`, or `today`")).help(
                    "today = { spend = 5_000, clicks = 1_200, share = \"55%\" } says both as the ad account shows them",
                );
                fields.add_lack(key, fault);
            }
        }
        let one = Quantity::Certain(1.0);
        Self::Stated {
            cost_per_click: fields.quantity_if("cost_per_click").unwrap_or(one),
            clicks_available: fields.quantity_if("clicks_available").unwrap_or(one),
        }
    }
}

/// A `ppc` channel in one draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PpcDraw {
    cost_per_click: f64,
    clicks_available: f64,
    max_share: f64,
    /// spend that buys `max_share`, in units of `D·c`
    dearest: f64,
    visit_to_lead: f64,
    /// clicks of the weeks so far, and the most there could have been in weeks with money
    clicks: f64,
    ceiling: f64,
}

impl Step for PpcDraw {
    /// ```text
    /// D = clicks available · g,  c = cost per click · cost factor · price
    /// s = 1 − exp(−B / (D·c)),  n = D·s clicks for B
    /// s > max share:  n = D·max_share for −D·c·ln(1 − max_share)
    /// ```
    fn step(&mut self, offer: Offer) -> Flow {
        let bought = self.buy(offer, saturation(self.strength(offer)));
        self.clicks += bought.clicks;
        self.ceiling += bought.ceiling;
        Flow { spend: bought.spend, leads: bought.clicks * self.visit_to_lead }
    }

    /// A week leaves nothing to the next: there is none to close.
    fn run(&mut self, offers: &Offers) -> Flows {
        if offers.weeks < FEWEST {
            return one_by_one(self, offers);
        }
        let (flows, clicks, ceilings) = by_widest(self, offers);
        for lane in 0..offers.weeks {
            self.clicks += clicks[lane];
            self.ceiling += ceilings[lane];
        }
        flows
    }

    fn usage(&self) -> Option<Usage> {
        Some(Usage::Share { used: self.clicks, ceiling: self.ceiling })
    }
}

/// What money buys in a week.
#[derive(Clone, Copy, Debug)]
struct Bought {
    spend: f64,
    clicks: f64,
    /// the most there could have been; only weeks with money count for whether the channel is full
    ceiling: f64,
}

impl PpcDraw {
    /// `B / (D·c)`, as far as it buys no more than `max_share`.
    #[inline(always)]
    fn strength(&self, offer: Offer) -> f64 {
        let whole = self.clicks_available * offer.demand * self.cost_per_click * offer.price;
        let within = whole > 0.0 && offer.money <= whole * self.dearest;
        if within { offer.money / whole } else { 0.0 }
    }

    /// What a week's money buys, where its strength gets such a share of the clicks.
    #[inline(always)]
    fn buy(&self, offer: Offer, share: f64) -> Bought {
        let available = self.clicks_available * offer.demand;
        let most = available * self.cost_per_click * offer.price * self.dearest;
        let within = offer.money <= most;
        let clicks = available * if within { share } else { self.max_share };
        let spend = if within { offer.money } else { most };
        let some = offer.money > 0.0 && available > 0.0;
        Bought {
            spend: if some { spend } else { 0.0 },
            clicks: if some { clicks } else { 0.0 },
            ceiling: if some { available * self.max_share } else { 0.0 },
        }
    }

    /// Flows, clicks, and the most there could have been, week by week.
    #[inline(always)]
    fn side_by_side(&self, offers: &Offers) -> (Flows, Lanes, Lanes) {
        let mut strengths = [0.0; LANES];
        for (lane, strength) in strengths.iter_mut().enumerate() {
            *strength = self.strength(offers.at(lane));
        }
        let mut shares = saturations(&strengths);
        fill_gaps(&mut shares, |lane| saturation(strengths[lane]));
        let (mut spends, mut leads, mut clicks, mut ceilings) =
            ([0.0; LANES], [0.0; LANES], [0.0; LANES], [0.0; LANES]);
        for lane in 0..LANES {
            let bought = self.buy(offers.at(lane), shares[lane]);
            spends[lane] = bought.spend;
            leads[lane] = bought.clicks * self.visit_to_lead;
            clicks[lane] = bought.clicks;
            ceilings[lane] = bought.ceiling;
        }
        (Flows { spends, leads }, clicks, ceilings)
    }
}

/// Of fewer weeks than this each is worked out by itself: lanes that stand idle cost as much as others.
const FEWEST: usize = 4;

/// By the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn by_widest(draw: &PpcDraw, offers: &Offers) -> (Flows, Lanes, Lanes) {
    draw.side_by_side(offers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(cost_per_click: f64, clicks_available: f64) -> PpcDraw {
        let certain = Quantity::Certain;
        Ppc {
            price: Price::Stated {
                cost_per_click: certain(cost_per_click),
                clicks_available: certain(clicks_available),
            },
            max_share: certain(0.95),
            visit_to_lead: certain(0.5),
            cost_factor: certain(1.0),
        }
        .start(&[], 0.0)
    }

    fn week(money: f64) -> Offer {
        Offer { money, demand: 1.0, price: 1.0, in_horizon: true }
    }

    #[test]
    fn at_a_share_of_55_percent_twice_the_spend_brings_1_45_times_the_clicks() {
        let certain = Quantity::Certain;
        let start = || {
            Ppc {
                price: Price::Today { spend: certain(5_000.0), clicks: certain(1_200.0), share: certain(0.55) },
                max_share: certain(0.95),
                visit_to_lead: certain(1.0),
                cost_factor: certain(1.0),
            }
            .start(&[], 0.0)
        };
        let today = start().step(week(5_000.0));
        let twice = start().step(week(10_000.0));
        assert!((today.leads - 1_200.0).abs() < 1e-9);
        // 1 − 0.45² = 0.7975, over 0.55
        assert!((twice.leads / today.leads - 1.45).abs() < 1e-9);
        assert_eq!(twice.spend, 10_000.0);
    }

    #[test]
    fn a_share_of_today_above_the_largest_is_bought_as_today() {
        let certain = Quantity::Certain;
        let start = |largest| {
            Ppc {
                price: Price::Today { spend: certain(800.0), clicks: certain(390.0), share: certain(0.975) },
                max_share: certain(largest),
                visit_to_lead: certain(1.0),
                cost_factor: certain(1.0),
            }
            .start(&[], 0.0)
        };
        let flow = start(0.95).step(week(800.0));
        assert!((flow.leads - 390.0).abs() < 1e-9 && (flow.spend - 800.0).abs() < 1e-9);
        // More money buys no more than that; with a larger `max_share` it does: of 400 clicks, 396.
        assert!((start(0.95).step(week(5_000.0)).leads - 390.0).abs() < 1e-9);
        assert!((start(0.99).step(week(5_000.0)).leads - 396.0).abs() < 1e-9);
    }

    #[test]
    fn only_weeks_with_money_count_for_a_full_channel() {
        // 900 of 1,000 clicks a week are more than 80 % of the 950 that can be bought, whatever the weeks in between.
        let mut flights = channel(1.0, 1_000.0);
        for money in [1_000.0 * 10_f64.ln(), 0.0, 0.0, 0.0] {
            flights.step(week(money));
        }
        assert!(flights.usage().is_some_and(Usage::is_full));
        let mut half = channel(1.0, 1_000.0);
        half.step(week(1_000.0 * 2_f64.ln()));
        assert!(!half.usage().is_some_and(Usage::is_full));
    }

    #[test]
    fn beyond_the_largest_share_money_stays_unspent() {
        let flow = channel(2.0, 100.0).step(week(1e6));
        assert!((flow.leads - 47.5).abs() < 1e-12);
        assert!((flow.spend - 200.0 * -(0.05_f64.ln())).abs() < 1e-9);
    }

    #[test]
    fn no_clicks_cost_nothing() {
        assert_eq!(channel(2.0, 0.0).step(week(500.0)), Flow::default());
        assert_eq!(channel(2.0, 100.0).step(week(0.0)), Flow::default());
    }

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn by_256_bits(draw: &PpcDraw, offers: &Offers) -> (Flows, Lanes, Lanes) {
        draw.side_by_side(offers)
    }

    #[test]
    fn weeks_side_by_side_have_the_bits_of_weeks_alone_on_every_instruction_set() {
        for (cost, available, max_share) in [(2.0, 1_000.0, 0.95), (1e-9, 40.0, 1.0 - 1e-15), (3.0, 0.0, 0.5)] {
            let mut draw = channel(cost, available);
            (draw.max_share, draw.dearest) = (max_share, -ln_1p(-max_share));
            let mut offers =
                Offers { weeks: 13, money: [0.0; LANES], demand: [0.0; LANES], price: [1.0; LANES], in_horizon: true };
            for week in 0..13 {
                // From nothing to more than money can buy.
                offers.money[week] = cost * available * [0.0, 1e-9, 0.3, 2.9, 9.0, 1e9][week % 6];
                offers.demand[week] = [1.0, 0.7, 0.0, 1.8][week % 4];
                offers.price[week] = 0.5 + week as f64 * 0.1;
            }
            let alone: Vec<Flow> = (0..13).map(|lane| draw.clone().step(offers.at(lane))).collect();
            let levels = [by_widest, by_256_bits, PpcDraw::side_by_side];
            for (flows, ..) in levels.map(|level| level(&draw, &offers)) {
                for (lane, alone) in alone.iter().enumerate() {
                    assert_eq!(flows.spends[lane].to_bits(), alone.spend.to_bits(), "spend of week {lane}");
                    assert_eq!(flows.leads[lane].to_bits(), alone.leads.to_bits(), "leads of week {lane}");
                }
            }
            let [mut together, mut apart] = [(); 2].map(|()| draw.clone());
            together.run(&offers);
            for lane in 0..13 {
                apart.step(offers.at(lane));
            }
            assert_eq!(together, apart);
        }
    }
}
