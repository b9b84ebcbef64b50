//! Margin, commission and fixed costs: from revenue to profit.
//!
//! Implements section 10 of docs/model.md, `[finance]`.

use crate::inputs::Quantity;

use super::schema::{Key, TableReader};

/// The keys of `[finance]`.
pub const KEYS: &[Key] = &[
    Key::fraction("gross_margin")
        .unit("share of revenue at list price")
        .about("what is left of revenue after the cost of goods or of service; profit and ROMI need it")
        .example("\"78%\""),
    Key::fraction("commission")
        .or(0.0)
        .unit("share of new revenue")
        .about("what the team earns on what it sells")
        .example("\"10%\""),
    Key::amount("fixed_costs")
        .or(0.0)
        .unit("money in the horizon")
        .about("all other costs of the horizon")
        .example("120_000"),
];

/// `[finance]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Finance {
    /// gross margin at list price; none: profit has no value
    pub gross_margin: Option<Quantity>,
    /// share of new revenue
    pub commission: Quantity,
    /// money in the horizon
    pub fixed_costs: Quantity,
}

impl Finance {
    /// No costs, and no margin: profit has no value.
    #[must_use]
    pub fn none() -> Self {
        Self { gross_margin: None, commission: Quantity::Certain(0.0), fixed_costs: Quantity::Certain(0.0) }
    }

    /// Reads `[finance]`.
    pub fn read(fields: Option<TableReader<'_, '_>>) -> Self {
        let Some(mut fields) = fields else { return Self::none() };
        Self {
            gross_margin: fields.quantity_if("gross_margin"),
            commission: fields.quantity("commission"),
            fixed_costs: fields.quantity("fixed_costs"),
        }
    }

    /// The terms of one draw.
    #[must_use]
    pub fn terms(&self, drawn: &[f64]) -> FinanceTerms {
        FinanceTerms {
            gross_margin: self.gross_margin.map_or(f64::NAN, |margin| margin.of(drawn)),
            commission: self.commission.of(drawn),
            fixed_costs: self.fixed_costs.of(drawn),
        }
    }
}

/// The terms of one draw; a margin that was not given is not a number, and so is all that is built on it.
#[derive(Clone, Copy, Debug, Default)]
pub struct FinanceTerms {
    /// gross margin at list price
    pub gross_margin: f64,
    /// share of new revenue
    pub commission: f64,
    /// money in the horizon
    pub fixed_costs: f64,
}
