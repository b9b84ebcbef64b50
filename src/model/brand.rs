//! Brand: goodwill that spending builds and weeks wear off, and the demand that it lifts.
//!
//! Implements section 7 of docs/model.md, `[brand]`.

use crate::inputs::Quantity;
use crate::transcendental::exp2;

use super::schema::{Key, TableReader};

/// The keys of `[brand]`.
pub const KEYS: &[Key] = &[
    Key::amount("max_lift")
        .percent_from(5.0)
        .required()
        .unit("share of demand")
        .about("the most that a brand can lift demand: 0.3 is 30 %")
        .example("\"20% to 40%\""),
    Key::amount("half_spend")
        .above(0.0)
        .required()
        .unit("money of goodwill")
        .about("the goodwill at which half of that lift is reached")
        .example("400_000"),
    Key::amount("half_life")
        .time()
        .required()
        .unit("weeks")
        .about("the time in which half of the goodwill wears off; 26 to 52 is usual")
        .example("40"),
    Key::amount("goodwill")
        .or(0.0)
        .unit("money of goodwill")
        .about("what earlier spending has left today")
        .example("250_000"),
];

/// `[brand]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Brand {
    max_lift: Quantity,
    half_spend: Quantity,
    half_life: Quantity,
    goodwill: Quantity,
}

impl Brand {
    /// Reads `[brand]`.
    pub fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self {
            max_lift: fields.quantity("max_lift"),
            half_spend: fields.quantity("half_spend"),
            half_life: fields.quantity("half_life"),
            goodwill: fields.quantity("goodwill"),
        }
    }

    /// The goodwill that is left after weeks in which so much was spent on the brand.
    #[must_use]
    pub fn goodwill_after(&self, drawn: &[f64], spent: &[f64]) -> f64 {
        let mut goodwill = self.start(drawn);
        spent.iter().for_each(|spend| goodwill.close(*spend));
        goodwill.level
    }

    /// The brand in one draw.
    pub(super) fn start(&self, drawn: &[f64]) -> Goodwill {
        let half_life = self.half_life.of(drawn);
        Goodwill {
            max_lift: self.max_lift.of(drawn),
            half_spend: self.half_spend.of(drawn),
            kept: if half_life > 0.0 { exp2(-1.0 / half_life) } else { 0.0 },
            level: self.goodwill.of(drawn),
        }
    }
}

/// A brand in one draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Goodwill {
    max_lift: f64,
    half_spend: f64,
    kept: f64,
    level: f64,
}

impl Goodwill {
    /// What it makes of demand: `1 + max_lift·G/(G + half_spend)`.
    pub(super) fn lift(&self) -> f64 {
        1.0 + self.max_lift * self.level / (self.level + self.half_spend)
    }

    /// The end of a week: `G ← G·2^(−1/half_life) + spend on the brand`.
    pub(super) fn close(&mut self, spend: f64) {
        self.level = self.level * self.kept + spend;
    }
}
