//! The terms of a week: promotions, shocks and prices, for demand and for all new deals.
//!
//! Implements sections 2 (`[shocks.NAME]`), 6 (price) and 7 (`[promotions.NAME]`) of docs/model.md.

use crate::inputs::Quantity;
use crate::reading::{Value, nearest, unknown};

use super::horizon::{Horizon, Wrong, read_span};
use super::schema::{Key, TableReader};

/// The keys of `[shocks.NAME]`.
pub const SHOCK_KEYS: &[Key] = &[
    Key::fraction("chance")
        .required()
        .unit("probability")
        .about("how likely it is to happen")
        .example("\"10% to 25%\""),
    Key::shape("weeks", "[first, last], weeks or dates")
        .required()
        .about("the weeks that it would last")
        .example("[4, 10]"),
    Key::shape("channels", "a list of names")
        .about("the channels whose demand it would hit; all, where this is left out")
        .example("[\"search\", \"content\"]"),
    Key::amount("demand")
        .percent_from(10.0)
        .or(1.0)
        .unit("multiplier of demand")
        .about("what would be left of demand")
        .example("\"0.6 to 0.9\""),
    Key::amount("close")
        .percent_from(10.0)
        .or(1.0)
        .unit("multiplier of close rates")
        .about("what would be left of the close rates of all new deals")
        .example("0.8"),
];

/// The keys of `[promotions.NAME]`.
pub const PROMOTION_KEYS: &[Key] = &[
    Key::shape("weeks", "[first, last], weeks or dates").required().about("the weeks that it lasts").example("[6, 7]"),
    Key::fraction("discount")
        .or(0.0)
        .unit("share of the price")
        .about("what is taken off the price; 3 for 2 is a third")
        .example("\"20%\""),
    Key::amount("lead_multiplier")
        .percent_from(10.0)
        .or(1.0)
        .unit("multiplier of demand")
        .about("how it lifts demand")
        .example("\"1.15 to 1.6\""),
    Key::amount("close_multiplier")
        .percent_from(10.0)
        .or(1.0)
        .unit("multiplier of close rates")
        .about("how it lifts the close rates of all new deals")
        .example("1.2"),
    Key::fraction("dip")
        .or(0.0)
        .unit("share of demand")
        .about("what it borrows from the weeks right after")
        .example("\"20% to 40%\""),
    Key::whole("dip_weeks", 0.0, 520.0).or(0.0).unit("weeks").about("how long demand dips afterwards").example("3"),
];

/// `[shocks.NAME]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Shock {
    /// first and last week, counted from 0
    pub weeks: (usize, usize),
    /// places of the channels among those of the plan; none: all
    pub(super) channels: Option<Vec<usize>>,
    /// the uniform that decides whether it happens
    pub(super) stream: Quantity,
    pub(super) chance: Quantity,
    pub(super) demand: Quantity,
    pub(super) close: Quantity,
}

/// `[promotions.NAME]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Promotion {
    /// first and last week, counted from 0
    pub weeks: (usize, usize),
    pub(super) discount: Quantity,
    pub(super) lead_multiplier: Quantity,
    pub(super) close_multiplier: Quantity,
    /// what it borrows from the weeks right after, as a share of demand
    pub dip: Quantity,
    /// how many weeks these are
    pub dip_weeks: usize,
}

impl Shock {
    /// Reads every `[shocks.NAME]`; `channels` are the names of the plan's channels.
    pub fn read_all(root: &mut TableReader<'_, '_>, horizon: &Horizon, channels: &[String]) -> Vec<Self> {
        let mut shocks = Vec::new();
        for (entry, table) in root.children("shocks") {
            let mut fields = root.open_child("shocks", entry, table, vec![SHOCK_KEYS]);
            shocks.push(Self {
                weeks: read_weeks(&mut fields, horizon),
                channels: read_names(&mut fields, "channels", channels),
                stream: fields.luck(),
                chance: fields.quantity("chance"),
                demand: fields.quantity("demand"),
                close: fields.quantity("close"),
            });
        }
        shocks
    }
}

impl Promotion {
    /// Reads every `[promotions.NAME]`.
    pub fn read_all(root: &mut TableReader<'_, '_>, horizon: &Horizon) -> Vec<Self> {
        let mut promotions = Vec::new();
        for (entry, table) in root.children("promotions") {
            let mut fields = root.open_child("promotions", entry, table, vec![PROMOTION_KEYS]);
            promotions.push(Self {
                weeks: read_weeks(&mut fields, horizon),
                discount: fields.quantity("discount"),
                lead_multiplier: fields.quantity("lead_multiplier"),
                close_multiplier: fields.quantity("close_multiplier"),
                dip: fields.quantity("dip"),
                dip_weeks: usize::try_from(fields.whole("dip_weeks")).unwrap_or(0),
            });
        }
        promotions
    }

    /// The first and the last week, counted from 1.
    #[must_use]
    pub fn weeks(&self) -> (usize, usize) {
        (self.weeks.0 + 1, self.weeks.1 + 1)
    }

    /// Does it borrow demand from the weeks after it?
    #[must_use]
    pub fn dips(&self) -> bool {
        self.dip_weeks > 0 && !self.dip.is_zero()
    }
}

/// Reads `weeks = [first, last]`, counted from 1, as weeks counted from 0.
fn read_weeks(fields: &mut TableReader<'_, '_>, horizon: &Horizon) -> (usize, usize) {
    let last = horizon.all();
    let Some(node) = fields.written("weeks") else {
        return (0, 0);
    };
    match read_span(fields, node, horizon, last) {
        Ok((first, last)) => return (first - 1, last - 1),
        Err(Wrong::Told) => return (0, 0),
        Err(Wrong::Form) => {}
    }
    fields.fault(
        "weeks",
        "`weeks`: expected the first and the last week",
        format!("write [first, last], in order, from 1 to {last}, the tail included"),
    );
    (0, 0)
}

/// Reads a list of names among `known`, as their places; none where it was not written.
pub(super) fn read_names(fields: &mut TableReader<'_, '_>, name: &str, known: &[String]) -> Option<Vec<usize>> {
    let node = fields.written(name)?;
    let Value::List(items) = &node.value else {
        fields.fault(name, format!("`{name}`: expected a list of names"), format!("found {}", node.value.what()));
        return None;
    };
    let mut places = Vec::new();
    for item in items {
        let given = match &item.value {
            Value::Text(text) => text.as_str(),
            other => other.what(),
        };
        match known.iter().position(|own| own == given) {
            Some(place) => places.push(place),
            None => {
                let hint = match nearest(given, known.iter().map(String::as_str)) {
                    Some(name) => format!("did you mean \"{name}\"?"),
                    None => format!("there are: {}", known.join(", ")),
                };
                fields.fault_at(&item.place, format!("`{name}`: {}", unknown("channel", given)), hint);
            }
        }
    }
    Some(places)
}

/// What a plan's weeks are subject to, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conditions {
    /// risk events
    pub shocks: Vec<Shock>,
    /// promotions
    pub promotions: Vec<Promotion>,
}
