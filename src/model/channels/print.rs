//! Insertions and mailings: money is saved up until one can run, and answers come in over weeks.
//!
//! Implements section 3 of docs/model.md, `print`.

use crate::inputs::Quantity;
use crate::model::schema::{Key, TableReader};
use crate::transcendental::{exp2, powf};
use crate::units::{HUGE, LARGEST, whole_part};

use super::parameters::{BRAND_KEYS, PAID_KEYS, PAST_KEYS, Parameters, Piece};
use super::step::{Flow, Offer, Step};

pub(super) const HALF_LIFE: Key = Key::amount("half_life")
    .time()
    .or(1.0)
    .unit("weeks")
    .about("the time in which half of the answers come; 0: all in the same week")
    .example("1.2");

pub(super) const WEAROUT: Key = Key::fraction("wearout")
    .or(0.0)
    .unit("share of answers lost with each further insertion")
    .about("how much less each further insertion of the horizon is answered")
    .example("\"5%\"");

pub(super) const COST_BY_WEEK: Key = Key::weekly("cost_by_week")
    .percent_from(10.0)
    .above(0.0)
    .unit("multiplier of the cost, week by week")
    .about("the pattern of prices over the weeks; missing weeks are 1")
    .example("[1, 1, 1.2]");

/// The keys of a `print` channel.
const KEYS: &[Key] = &[
    Key::amount("cost_per_insertion")
        .above(0.0)
        .required()
        .unit("money per insertion or mailing")
        .about("what one insertion or mailing costs, all in")
        .example("7_000"),
    Key::amount("circulation").required().unit("copies or pieces").about("how many it reaches").example("32_000"),
    Key::fraction("response_rate")
        .required()
        .unit("leads per copy")
        .about("the share of copies that are answered, in the end")
        .example("\"0.03% to 0.12%\""),
    HALF_LIFE,
    WEAROUT,
    COST_BY_WEEK,
];

/// A `print` channel as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Print {
    cost_per_insertion: Quantity,
    circulation: Quantity,
    response_rate: Quantity,
    half_life: Quantity,
    wearout: Quantity,
}

/// The share of the answers of a week that are left for later: `2^(−1/half_life)`.
pub(super) fn later(half_life: f64) -> f64 {
    if half_life > 0.0 { exp2(-1.0 / half_life) } else { 0.0 }
}

impl Parameters for Print {
    const WORD: &'static str = "print";
    const KEYS: &'static [&'static [Key]] = &[PAID_KEYS, BRAND_KEYS, PAST_KEYS, KEYS];
    type Draw = PrintDraw;

    fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self {
            cost_per_insertion: fields.quantity("cost_per_insertion"),
            circulation: fields.quantity("circulation"),
            response_rate: fields.quantity("response_rate"),
            half_life: fields.quantity("half_life"),
            wearout: fields.quantity("wearout"),
        }
    }

    fn start(&self, drawn: &[f64], past_spend: f64) -> PrintDraw {
        PrintDraw::new(
            self.cost_per_insertion.of(drawn),
            self.circulation.of(drawn) * self.response_rate.of(drawn),
            self.half_life.of(drawn),
            self.wearout.of(drawn),
            past_spend,
        )
    }

    fn carried_over(&self, drawn: &[f64]) -> f64 {
        later(self.half_life.of(drawn))
    }

    fn piece(&self) -> Option<Piece> {
        Some(Piece { noun: "insertion", cost: self.cost_per_insertion, wears_out: !self.wearout.is_zero() })
    }
}

/// Something that is bought whole, now and then, and answered over the weeks that follow, in one draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PrintDraw {
    cost: f64,
    /// leads that the next one brings, in the end
    answers: f64,
    /// share of answers that is left with each further one
    kept: f64,
    /// share of the pool that is still to come after a week
    later: f64,
    saved: f64,
    pool: f64,
}

impl PrintDraw {
    /// `cost` of one, `answers` to the first, `half_life` of the answers, `wearout` with each further one, and
    /// `past_spend` a week before week 1.
    #[must_use]
    pub(super) fn new(cost: f64, answers: f64, half_life: f64, wearout: f64, past_spend: f64) -> Self {
        let later = later(half_life);
        Self {
            cost,
            answers,
            kept: 1.0 - wearout,
            later,
            saved: 0.0,
            pool: if past_spend > 0.0 { later / (1.0 - later) * (past_spend / cost).min(HUGE) * answers } else { 0.0 },
        }
    }
}

impl Step for PrintDraw {
    /// ```text
    /// A ← A + B,  k = floor(A / cost) run now,  spend = k·cost,  R ← R + answers
    /// leads = R(1 − r)·g,  R ← r·R,  r = 2^(−1/half_life)
    /// ```
    /// In every week of the horizon, with planned money or without: what is saved buys when the price falls.
    fn step(&mut self, offer: Offer) -> Flow {
        let mut spend = 0.0;
        if offer.in_horizon {
            self.saved += offer.money;
            let cost = self.cost * offer.price;
            let affordable = whole_part((self.saved / cost).min(LARGEST));
            if affordable >= 1.0 {
                self.run(affordable);
                spend = affordable * cost;
                self.saved = (self.saved - spend).max(0.0);
            }
        }
        let leads = self.pool * (1.0 - self.later) * offer.demand;
        self.pool *= self.later;
        Flow { spend, leads }
    }

    fn is_done(&self) -> bool {
        self.pool == 0.0
    }
}

impl PrintDraw {
    /// Adds the answers to `count` of them, each `kept` of the one before.
    fn run(&mut self, count: f64) {
        if self.kept == 1.0 {
            self.pool += count * self.answers;
            return;
        }
        let kept = powf(self.kept, count);
        self.pool += self.answers * (1.0 - kept) / (1.0 - self.kept);
        self.answers *= kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(money: f64) -> Offer {
        Offer { money, demand: 1.0, price: 1.0, in_horizon: true }
    }

    #[test]
    fn nothing_is_answered_before_the_money_for_one_is_saved() {
        let mut print = PrintDraw::new(100.0, 50.0, 1.0, 0.0, 0.0);
        assert_eq!(print.step(week(60.0)), Flow::default());
        let flow = print.step(week(60.0));
        assert_eq!(flow.spend, 100.0);
        assert!((flow.leads - 25.0).abs() < 1e-12);
        assert!((print.step(week(0.0)).leads - 12.5).abs() < 1e-12);
    }

    #[test]
    fn ten_parts_of_a_cost_pay_for_one() {
        let mut print = PrintDraw::new(0.7, 1.0, 1.0, 0.0, 0.0);
        let spend: f64 = (0..10).map(|_| print.step(week(0.07)).spend).sum();
        assert_eq!(spend, 0.7);
    }

    #[test]
    fn what_is_saved_buys_in_a_week_without_money_when_the_price_falls() {
        let spend = |plan: &[(f64, f64)]| -> Vec<f64> {
            let mut print = PrintDraw::new(400.0, 10.0, 1.0, 0.0, 0.0);
            plan.iter().map(|&(money, price)| print.step(Offer { price, ..week(money) }).spend).collect()
        };
        // 900 in weeks 1 and 3, at costs of 1,000, 300, 1,000, 200: three for 900; then four for 800, and 100 are left.
        assert_eq!(spend(&[(900.0, 2.5), (0.0, 0.75), (900.0, 2.5), (0.0, 0.5)]), [0.0, 900.0, 0.0, 800.0]);
        // 100 of 700 are left in week 1, then 600 for two at 300, and nothing ever after.
        assert_eq!(spend(&[(700.0, 1.5), (0.0, 1.0), (0.0, 0.25), (0.0, 0.25)]), [600.0, 0.0, 100.0, 0.0]);
        // After the horizon nothing is bought, at any price.
        let mut print = PrintDraw::new(400.0, 10.0, 1.0, 0.0, 0.0);
        print.step(Offer { price: 2.0, ..week(700.0) });
        assert_eq!(print.step(Offer { price: 0.1, in_horizon: false, ..week(0.0) }).spend, 0.0);
    }

    #[test]
    fn each_further_one_is_answered_less() {
        let mut print = PrintDraw::new(10.0, 8.0, 0.0, 0.5, 0.0);
        // 8 + 4 + 2 at once, then 1.
        assert!((print.step(week(30.0)).leads - 14.0).abs() < 1e-12);
        assert!((print.step(week(10.0)).leads - 1.0).abs() < 1e-12);
    }
}
