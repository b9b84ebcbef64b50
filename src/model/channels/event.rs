//! Trade shows and webinars: as print, with leads in place of answers to copies.
//!
//! Implements section 3 of docs/model.md, `event`.

use crate::inputs::Quantity;
use crate::model::schema::{Key, TableReader};

use super::parameters::{BRAND_KEYS, PAID_KEYS, PAST_KEYS, Parameters, Piece};
use super::print::{self, PrintDraw};

/// The keys of an `event` channel.
const KEYS: &[Key] = &[
    Key::amount("cost_per_event")
        .above(0.0)
        .required()
        .unit("money per event")
        .about("what one event costs: stand, travel, time of the agency")
        .example("55_000"),
    Key::amount("leads_per_event")
        .required()
        .unit("leads per event")
        .about("the leads that one event brings, in the end")
        .example("\"120 to 290\""),
    print::HALF_LIFE,
    print::WEAROUT,
    print::COST_BY_WEEK,
];

/// An `event` channel as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    cost_per_event: Quantity,
    leads_per_event: Quantity,
    half_life: Quantity,
    wearout: Quantity,
}

impl Parameters for Event {
    const WORD: &'static str = "event";
    const KEYS: &'static [&'static [Key]] = &[PAID_KEYS, BRAND_KEYS, PAST_KEYS, KEYS];
    type Draw = PrintDraw;

    fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self {
            cost_per_event: fields.quantity("cost_per_event"),
            leads_per_event: fields.quantity("leads_per_event"),
            half_life: fields.quantity("half_life"),
            wearout: fields.quantity("wearout"),
        }
    }

    fn start(&self, drawn: &[f64], past_spend: f64) -> PrintDraw {
        PrintDraw::new(
            self.cost_per_event.of(drawn),
            self.leads_per_event.of(drawn),
            self.half_life.of(drawn),
            self.wearout.of(drawn),
            past_spend,
        )
    }

    fn piece(&self) -> Option<Piece> {
        Some(Piece { noun: "event", cost: self.cost_per_event, wears_out: !self.wearout.is_zero() })
    }

    fn carried_over(&self, drawn: &[f64]) -> f64 {
        print::later(self.half_life.of(drawn))
    }
}
