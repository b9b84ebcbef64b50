//! A channel known by a fitted response curve: what a marketing-mix model found, used as it is.
//!
//! Implements section 3 of docs/model.md, `response`.

use crate::inputs::{Inputs, Quantity};
use crate::model::reuse::reusing_memory;
use crate::model::schema::{Key, TableReader};
use crate::units::HUGE;

use super::adstock::Adstock;
use super::parameters::{BRAND_KEYS, Of, PAID_KEYS, PAST_KEYS, Parameters};
use super::saturation::Saturation;
use super::step::{Flow, Offer, Step, Usage};

/// The keys of a `response` channel.
const KEYS: &[Key] = &[
    Key::word::<Of>("of")
        .or_word("leads")
        .about("what the curve was fitted to: leads; orders, which are won online; or the revenue of such orders")
        .example("\"orders\""),
    Key::amount("scale")
        .pure()
        .required()
        .unit("leads, orders or money a week")
        .about("what a week brings at a saturation of 1 (a fitted model's beta, in the units of its target)")
        .example("{ file = \"draws.csv\", column = \"beta\" }"),
    Key::amount("spend_scale")
        .pure()
        .above(0.0)
        .or(1.0)
        .unit("money")
        .about("spend is divided by this before anything else, as it was when the model was fitted")
        .example("12_500"),
    Key::table("adstock")
        .or_word("none")
        .about("how spend carries over to the weeks after")
        .example("{ kind = \"geometric\", retention = \"30% to 60%\" }"),
    Key::table("saturation")
        .required()
        .about("how further spend brings less and less")
        .example("{ kind = \"hill\", half = 0.8, slope = 1.4 }"),
];

/// A `response` channel as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    of: Of,
    scale: Quantity,
    spend_scale: Quantity,
    adstock: Adstock,
    saturation: Saturation,
}

impl Parameters for Response {
    const WORD: &'static str = "response";
    const KEYS: &'static [&'static [Key]] = &[PAID_KEYS, BRAND_KEYS, PAST_KEYS, KEYS];
    type Draw = ResponseDraw;

    fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self {
            of: fields.word("of"),
            scale: fields.quantity("scale"),
            spend_scale: fields.quantity("spend_scale"),
            adstock: Adstock::read(fields),
            saturation: Saturation::read(fields),
        }
    }

    fn carried_over(&self, drawn: &[f64]) -> f64 {
        self.adstock.retention(drawn)
    }

    fn start(&self, drawn: &[f64], past_spend: f64) -> ResponseDraw {
        self.start_within(drawn, past_spend, (Vec::new(), Vec::new()))
    }

    fn restart(&self, drawn: &[f64], past_spend: f64, draw: &mut ResponseDraw) {
        let room = (std::mem::take(&mut draw.weights), std::mem::take(&mut draw.spent));
        *draw = self.start_within(drawn, past_spend, room);
    }

    fn of(&self) -> Of {
        self.of
    }

    fn peaks_beyond_its_lags(&self, inputs: &Inputs) -> bool {
        self.adstock.peaks_beyond_its_lags(inputs)
    }

    fn goes_beyond_its_points(&self, money: &[f64], past_spend: f64, inputs: &Inputs) -> bool {
        let Some(end) = self.saturation.known_up_to() else { return false };
        let drawn: Vec<f64> = inputs.list().iter().map(|input| input.at(0.5)).collect();
        let mut draw = self.start(&drawn, past_spend);
        money.iter().any(|&money| {
            draw.take_in(money);
            draw.carried() > end * (1.0 + 1e-9)
        })
    }
}

impl Response {
    /// Begins a draw, whose lists of weights and of spend have room already.
    fn start_within(&self, drawn: &[f64], past_spend: f64, room: (Vec<f64>, Vec<f64>)) -> ResponseDraw {
        let (mut weights, mut spent) = room;
        self.adstock.weigh(drawn, &mut weights);
        let per_money = (1.0 / self.spend_scale.of(drawn)).min(HUGE);
        spent.clear();
        spent.resize(weights.len(), past_spend * per_money);
        ResponseDraw {
            scale: self.scale.of(drawn),
            per_money,
            weights,
            spent,
            newest: 0,
            saturation: self.saturation.at(drawn),
            given: 0.0,
            by_nine_tenths: 0.0,
        }
    }
}

reusing_memory! {
    /// A `response` channel in one draw.
    #[derive(Debug, PartialEq)]
    pub(super) struct ResponseDraw {
        scale: f64,
        per_money: f64,
        /// weight of a week's spend, by weeks since
        weights: Vec<f64>,
        /// scaled spend of the last weeks, in a ring; `newest` is the place of the latest
        spent: Vec<f64>,
        newest: usize,
        saturation: super::saturation::Curve,
        /// saturation of the weeks so far, summed, and what it would be at nine tenths of the spend
        given: f64,
        by_nine_tenths: f64,
    }
}

impl ResponseDraw {
    /// The money of a further week.
    fn take_in(&mut self, money: f64) {
        self.newest = (self.newest + 1) % self.weights.len();
        self.spent[self.newest] = money * self.per_money;
    }

    /// `x_t`: scaled spend of the last weeks, by their weights.
    fn carried(&self) -> f64 {
        let lags = self.weights.len();
        let weights = self.weights.iter().enumerate();
        weights.map(|(lag, weight)| weight * self.spent[(self.newest + lags - lag) % lags]).sum()
    }
}

impl Step for ResponseDraw {
    /// ```text
    /// x_t = Σ_l w_l·B_{t−l}/spend_scale,  λ = scale·saturation(x_t)·g
    /// ```
    fn step(&mut self, offer: Offer) -> Flow {
        self.take_in(offer.money);
        let carried = self.carried();
        let given = self.saturation.at(carried);
        if offer.in_horizon {
            self.given += given;
            self.by_nine_tenths += self.saturation.at(0.9 * carried);
        }
        Flow { spend: offer.money, leads: self.scale * given * offer.demand }
    }

    fn is_done(&self) -> bool {
        self.spent.iter().all(|&spent| spent == 0.0)
    }

    fn usage(&self) -> Option<Usage> {
        Some(Usage::Curve { given: self.given, by_nine_tenths: self.by_nine_tenths })
    }
}
