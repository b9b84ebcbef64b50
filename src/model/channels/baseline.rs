//! What comes without spending: direct visits, walk-ins, the name on the van.
//!
//! Implements section 3 of docs/model.md, `baseline`.

use crate::inputs::Quantity;
use crate::model::schema::{Key, TableReader};

use super::parameters::Parameters;
use super::step::{Flow, Offer, Step};

/// The keys of a `baseline` channel.
const KEYS: &[Key] = &[Key::amount("leads")
    .a_week()
    .required()
    .unit("leads a week")
    .about("leads that come without any spending")
    .example("\"8 to 14\"")];

/// A `baseline` channel as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    leads: Quantity,
}

impl Baseline {
    /// So many leads a week.
    #[must_use]
    pub fn new(leads: Quantity) -> Self {
        Self { leads }
    }
}

impl Parameters for Baseline {
    const WORD: &'static str = "baseline";
    const KEYS: &'static [&'static [Key]] = &[KEYS];
    type Draw = BaselineDraw;

    fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self { leads: fields.quantity("leads") }
    }

    fn start(&self, drawn: &[f64], _past_spend: f64) -> BaselineDraw {
        BaselineDraw { leads: self.leads.of(drawn) }
    }
}

/// A `baseline` channel in one draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BaselineDraw {
    leads: f64,
}

impl Step for BaselineDraw {
    /// `leads·g` in the horizon, none in the tail.
    fn step(&mut self, offer: Offer) -> Flow {
        Flow { spend: 0.0, leads: if offer.in_horizon { self.leads * offer.demand } else { 0.0 } }
    }
}
