//! Prospecting: a share of the team's time that brings leads of its own.
//!
//! Implements section 5 of docs/model.md, `[sales.prospecting]`.

use crate::inputs::Quantity;

use super::schema::{Key, TableReader};

/// The keys of `[sales.prospecting]`.
pub const KEYS: &[Key] = &[
    Key::fraction("share_of_time")
        .required()
        .unit("share of the team's hours")
        .about("what is set aside first, before any lead is worked")
        .example("\"15%\""),
    Key::amount("hours_per_lead")
        .time()
        .above(0.0)
        .required()
        .unit("hours per lead")
        .about("the hours that one outbound lead costs, with all the work on it")
        .example("6"),
    Key::fraction("opportunity_rate")
        .unit("opportunities per lead")
        .about("in place of that of [sales]; speed to lead plays no part")
        .example("\"35% to 56%\""),
    Key::fraction("close_rate")
        .unit("wins per opportunity (win rate)")
        .about("in place of that of [sales]")
        .example("\"15% to 25%\""),
];

/// `[sales.prospecting]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Prospecting {
    /// share of the team's hours
    pub share_of_time: Quantity,
    /// hours a lead
    pub hours_per_lead: Quantity,
    /// in place of that of the sales team
    pub opportunity_rate: Option<Quantity>,
    /// in place of that of the sales team
    pub close_rate: Option<Quantity>,
}

impl Prospecting {
    /// Reads `[sales.prospecting]`.
    pub fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self {
            share_of_time: fields.quantity("share_of_time"),
            hours_per_lead: fields.quantity("hours_per_lead"),
            opportunity_rate: fields.quantity_if("opportunity_rate"),
            close_rate: fields.quantity_if("close_rate"),
        }
    }
}
