//! Deals that are open today: so many of a kind, or one by one from a file.
//!
//! Implements section 6 of docs/model.md, `[deals.open.NAME]`.

use std::sync::Arc;

use crate::inputs::Quantity;
use crate::reading::{Diagnostic, Entry, Table};

use super::deal_file::{self, QuotedDeal};
use super::horizon::Horizon;
use super::schema::{Key, TableReader};

/// The keys of `[deals.open.NAME]`.
pub const KEYS: &[Key] = &[
    Key::amount("count")
        .at_most(1e7)
        .unit("deals")
        .about("how many are open; or give `file`")
        .example("35"),
    Key::text("file")
        .unit("path, as seen from the folder of this file")
        .about("a CSV file with a row a deal, in place of count and average_value: columns amount and, if there are such, close_rate, close_week or close_date, hours_left, name")
        .example("\"deals.csv\""),
    Key::amount("average_value").unit("money per win").about("in place of that of [deals]").example("20_000"),
    Key::amount("value_cv")
        .percent_from(5.0)
        .at_most(100.0)
        .or(0.0)
        .unit("coefficient of variation")
        .about("how far deals of a file end from the amounts that were quoted")
        .example("0.2"),
    Key::fraction("close_rate").unit("wins per deal").about("in place of that of [sales]").example("\"30% to 45%\""),
    Key::amount("weeks_to_close")
        .time()
        .unit("weeks")
        .about("the mean time until they close, won or not; deals of a file may have their own week or date")
        .example("4"),
    Key::amount("hours_left")
        .time()
        .or(0.0)
        .unit("hours per deal")
        .about("the work that is left, done before any lead is worked")
        .example("3"),
];

/// `[deals.open.NAME]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenDeals {
    /// the group's name
    pub name: String,
    /// its place among the groups of the file, the order in which they are delivered
    pub place: usize,
    /// which deals they are
    pub deals: Pipeline,
    /// in place of that of the sales team
    pub close_rate: Option<Quantity>,
    /// what the close rates of single deals are multiplied by: 1 in a plan as it is written
    pub rate_factor: f64,
    /// mean weeks to the close
    pub weeks_to_close: Quantity,
    /// hours of work left in a deal
    pub hours_left: Quantity,
}

/// The deals of a group.
#[derive(Clone, Debug, PartialEq)]
pub enum Pipeline {
    /// so many of one kind
    Counted {
        /// how many
        count: Quantity,
        /// in place of that of the deals
        average_value: Option<Quantity>,
    },
    /// one by one, in the order of the file
    Listed {
        /// the file, as written
        file: String,
        /// the deals
        deals: Arc<[QuotedDeal]>,
        /// coefficient of variation of their values around what was quoted
        value_cv: Quantity,
        /// rows of the file that are closed already, and left out
        closed: usize,
    },
}

impl OpenDeals {
    /// Reads `[deals.open.NAME]`.
    pub(super) fn read<'t>(
        parent: &mut TableReader<'_, 't>,
        entry: &'t Entry,
        table: &'t Table,
        place: usize,
        horizon: &Horizon,
    ) -> Self {
        let mut fields = parent.open_child("open", entry, table, vec![KEYS]);
        let deals = if fields.has("file") { listed(&mut fields, horizon) } else { counted(&mut fields) };
        let weeks = fields.quantity_if("weeks_to_close");
        let weeks_needed = match &deals {
            Pipeline::Counted { .. } => true,
            Pipeline::Listed { deals, .. } => deals.iter().any(|deal| deal.close_week.is_none()),
        };
        if weeks.is_none() && weeks_needed {
            let why = match &deals {
                Pipeline::Counted { .. } => "the mean time until they close, won or not, in weeks; for example 4",
                Pipeline::Listed { .. } => {
                    "how long those deals take on average that have neither a close_week nor a close_date, in weeks"
                }
            };
            let message = format!("[{}] needs `weeks_to_close`", fields.path());
            let fault = fields.lack("weeks_to_close", message).help(why);
            fields.add_lack("weeks_to_close", fault);
        }
        Self {
            name: entry.key.clone(),
            place,
            deals,
            close_rate: fields.quantity_if("close_rate"),
            rate_factor: 1.0,
            weeks_to_close: weeks.unwrap_or(Quantity::Certain(1.0)),
            hours_left: fields.quantity("hours_left"),
        }
    }

    /// How many deals there are in one draw.
    #[must_use]
    pub fn count(&self, drawn: &[f64]) -> u64 {
        match &self.deals {
            Pipeline::Counted { count, .. } => count.of(drawn).round() as u64,
            Pipeline::Listed { deals, .. } => deals.len() as u64,
        }
    }

    /// Does any of them want hours?
    #[must_use]
    pub fn want_hours(&self) -> bool {
        let own = match &self.deals {
            Pipeline::Counted { .. } => false,
            Pipeline::Listed { deals, .. } => deals.iter().any(|deal| deal.hours_left.is_some_and(|hours| hours > 0.0)),
        };
        own || !self.hours_left.is_zero()
    }
}

fn counted(fields: &mut TableReader<'_, '_>) -> Pipeline {
    if fields.has("value_cv") {
        let place = fields.place_of("value_cv");
        let why = "counted deals stray as all deals do: by value_cv in [deals]";
        let help = "where each deal has its amount, list them in a file, a row each: file = \"deals.csv\" in place of count and average_value";
        fields.add_fault(Diagnostic::at(&place, "`value_cv` is of deals from a file", why).help(help));
    }
    let count = fields.quantity_if("count");
    if count.is_none() {
        let message = format!("[{}] needs `count`, or `file`", fields.path());
        let fault = fields.lack("count", message);
        let help = "how many deals are open, for example count = 35; or a file with a row a deal, file = \"deals.csv\"";
        fields.add_lack("count", fault.help(help));
    }
    Pipeline::Counted {
        count: count.unwrap_or(Quantity::Certain(1.0)),
        average_value: fields.quantity_if("average_value"),
    }
}

fn listed(fields: &mut TableReader<'_, '_>, horizon: &Horizon) -> Pipeline {
    for key in ["count", "average_value"] {
        if fields.has(key) {
            fields.fault(key, format!("`{key}` and `file` say the same in two ways"), "leave out one of the two");
        }
    }
    let value_cv = fields.quantity("value_cv");
    let (file, (deals, closed)) = match fields.text_if("file") {
        Some(file) => {
            let read = deal_file::read(fields, &file, horizon);
            (file, read)
        }
        None => (String::new(), (Vec::new(), 0)),
    };
    Pipeline::Listed { file, deals: deals.into(), value_cv, closed }
}
