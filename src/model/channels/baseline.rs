//! What comes without spending: direct visits, walk-ins, the name on the van.
//!
//! Implements section 3 of docs/model.md, `baseline`.

use crate::inputs::Quantity;
use crate::model::schema::{Key, TableReader};

use super::{Flow, Offer, Step};

/// The keys of a `baseline` channel.
pub(super) const KEYS: &[Key] = &[Key::amount("leads")
    .a_week()
    .required()
    .unit("leads a week")
    .about("leads that come without any spending")
    .example("\"8 to 14\"")];

/// A `baseline` channel as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    leads: Quantity,
}

impl Parameters {
    /// Reads the keys of the kind.
    pub fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self { leads: fields.quantity("leads") }
    }

    /// The channel in one draw.
    #[must_use]
    pub fn start(&self, drawn: &[f64], _past_spend: f64) -> Running {
        Running { leads: self.leads.of(drawn) }
    }
}

/// A `baseline` channel in one draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    leads: f64,
}

impl Step for Running {
    /// `leads·g` in the horizon, none in the tail.
    fn step(&mut self, offer: Offer) -> Flow {
        Flow { spend: 0.0, leads: if offer.in_horizon { self.leads * offer.demand } else { 0.0 } }
    }
}
