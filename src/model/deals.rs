//! What a win is worth, and when it closes.
//!
//! Implements section 6 of docs/model.md.

use crate::inputs::Quantity;
use crate::transcendental::{exp, ln, powf};
use crate::units::HUGE;

use super::horizon::Horizon;
use super::lognormal::{KeptSpread, Spread, log_sd};
use super::open_deals::OpenDeals;
use super::schema::{Key, TableReader};

/// The keys of `[deals]`.
pub const KEYS: &[Key] = &[
    Key::amount("average_value")
        .unit("money per win")
        .about("the mean value of a win; or give `median_value` and `value_p90`")
        .example("\"18k to 24k\""),
    Key::amount("value_cv")
        .percent_from(5.0)
        .at_most(MOST_CV)
        .or(0.0)
        .unit("coefficient of variation")
        .about("how far single values stray from that mean; 0.8 is usual for one product, 1.8 for projects")
        .example("0.8"),
    Key::amount("median_value")
        .above(0.0)
        .unit("money per win")
        .about("the value that half of the wins exceed, in place of `average_value`")
        .example("16_000"),
    Key::amount("value_p90")
        .above(0.0)
        .unit("money per win")
        .about("the value that one win in ten exceeds, in place of `value_cv`")
        .example("42_000"),
    Key::fraction("return_rate")
        .or(0.0)
        .unit("share of revenue")
        .about("what comes back: taken off revenue, repeat orders included, and off the cost of goods")
        .example("\"7% to 12%\""),
    Key::number("price_change")
        .percent_from(1.0)
        .above(-1.0)
        .or(0.0)
        .unit("share of the price")
        .about("how prices of new deals differ from those that the values were measured at")
        .example("\"5%\""),
    Key::number("price_elasticity")
        .pure()
        .at_least(-100.0)
        .at_most(100.0)
        .or(0.0)
        .about("how close rates answer: they scale by (1 + price_change)^price_elasticity; -1 to -3 is usual")
        .example("\"-2.5 to -0.8\""),
    Key::table("open").about("deals open today, [deals.open.NAME]"),
];

/// The largest coefficient of variation of values.
const MOST_CV: f64 = 100.0;

/// The 90th percentile of the standard normal distribution.
const Z90: f64 = 1.281_551_565_544_600_4;

/// `[deals]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Deals {
    worth: Worth,
    /// share of revenue that comes back
    pub return_rate: Quantity,
    price_change: Quantity,
    price_elasticity: Quantity,
    /// deals open today, by name
    pub open: Vec<OpenDeals>,
}

#[derive(Clone, Debug, PartialEq)]
enum Worth {
    Mean { value: Quantity, cv: Quantity },
    Median { value: Quantity, p90: Quantity },
}

impl Deals {
    /// Every win is worth the same, and nothing is open today.
    #[must_use]
    pub fn worth(value: Quantity) -> Self {
        let zero = Quantity::Certain(0.0);
        Self {
            worth: Worth::Mean { value, cv: zero },
            return_rate: zero,
            price_change: zero,
            price_elasticity: zero,
            open: Vec::new(),
        }
    }

    /// Are the deals of leads worth the same by both, whatever is open today?
    pub(super) fn are_worth_as(&self, other: &Self) -> bool {
        let of_leads = |deals: &Self| Self { open: Vec::new(), ..deals.clone() };
        of_leads(self) == of_leads(other)
    }

    /// Reads `[deals]` with the open ones.
    pub fn read(fields: &mut TableReader<'_, '_>, horizon: &Horizon) -> Self {
        let worth = Worth::read(fields);
        let groups = fields.children("open");
        let mut open: Vec<OpenDeals> = groups
            .into_iter()
            .enumerate()
            .map(|(at, (entry, table))| OpenDeals::read(fields, entry, table, at, horizon))
            .collect();
        // Sums are taken by name, so that the order of the file changes no sum.
        open.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            worth,
            return_rate: fields.quantity("return_rate"),
            price_change: fields.quantity("price_change"),
            price_elasticity: fields.quantity("price_elasticity"),
            open,
        }
    }

    /// What is left of the list price, and the multiplier of close rates, that the change of prices makes in one draw.
    #[must_use]
    pub fn price(&self, drawn: &[f64]) -> (f64, f64) {
        let price = 1.0 + self.price_change.of(drawn);
        (price, powf(price, self.price_elasticity.of(drawn)).min(HUGE))
    }

    /// Mean value of a win in one draw.
    #[must_use]
    pub fn mean_value(&self, drawn: &[f64]) -> f64 {
        match &self.worth {
            Worth::Mean { value, .. } => value.of(drawn),
            Worth::Median { value, .. } => {
                let sd = self.log_sd(drawn);
                value.of(drawn) * exp(0.5 * sd * sd)
            }
        }
    }

    /// Standard deviation of the logarithm of values in one draw.
    #[must_use]
    pub fn log_sd(&self, drawn: &[f64]) -> f64 {
        match &self.worth {
            Worth::Mean { cv, .. } => log_sd(cv.of(drawn)),
            // A draw whose P90 does not exceed its median has no spread; none has more than `value_cv` may state.
            Worth::Median { value, p90 } => {
                ((ln(p90.of(drawn)) - ln(value.of(drawn))) / Z90).clamp(0.0, log_sd(MOST_CV))
            }
        }
    }

    /// How far values stray in one draw.
    pub(super) fn spread(&self, drawn: &[f64], kept: &mut KeptSpread) -> Spread {
        match &self.worth {
            Worth::Mean { cv, .. } => kept.of_cv(cv.of(drawn)),
            Worth::Median { .. } => kept.of_sd(self.log_sd(drawn)),
        }
    }

    /// Do single values stray at all?
    #[must_use]
    pub fn values_stray(&self) -> bool {
        match &self.worth {
            Worth::Mean { cv, .. } => !cv.is_zero(),
            Worth::Median { .. } => true,
        }
    }
}

impl Worth {
    fn read(fields: &mut TableReader<'_, '_>) -> Self {
        let by_mean = fields.has("average_value") || fields.has("value_cv");
        let by_median = ["median_value", "value_p90"].map(|key| fields.has(key));
        match (by_mean, by_median) {
            (_, [false, false]) => {
                if !fields.has("average_value") {
                    let fault = fields
                        .lack("average_value", "[deals] needs `average_value`, or `median_value` and `value_p90`")
                        .help("what a win is worth, in money; for example average_value = \"18k to 24k\"");
                    fields.add_lack("average_value", fault);
                }
                Self::Mean {
                    value: fields.quantity_if("average_value").unwrap_or(Quantity::Certain(1.0)),
                    cv: fields.quantity("value_cv"),
                }
            }
            (true, _) => {
                fields.fault(
                    if by_median[0] { "median_value" } else { "value_p90" },
                    "values are stated twice: by their mean and by their median",
                    "leave out `average_value` and `value_cv`, or this",
                );
                Self::median(fields)
            }
            (false, [true, true]) => Self::median(fields),
            (false, [median, _]) => {
                let (given, missing) =
                    if median { ("median_value", "value_p90") } else { ("value_p90", "median_value") };
                let fault = fields
                    .lack(missing, format!("`{given}` goes together with `{missing}`"))
                    .help(format!("add `{missing}`, or give `average_value` in place of both"));
                fields.add_lack(missing, fault);
                Self::median(fields)
            }
        }
    }

    fn median(fields: &mut TableReader<'_, '_>) -> Self {
        let one = Quantity::Certain(1.0);
        let value = fields.quantity_if("median_value").unwrap_or(one);
        let p90 = fields.quantity_if("value_p90").unwrap_or(one);
        if let (Some(median), Some(high)) = (value.certain(), p90.certain())
            && fields.has("median_value")
            && fields.has("value_p90")
            && high <= median
        {
            fields.fault(
                "value_p90",
                "`value_p90` must exceed `median_value`",
                "one win in ten exceeds this, half of them the median",
            );
        }
        let most = exp(log_sd(MOST_CV) * Z90);
        if let (Some(median), Some(high)) = (value.certain(), p90.certain())
            && ln(high) - ln(median) > ln(most)
        {
            fields.fault(
                "value_p90",
                format!("`value_p90` is more than {most:.0} times `median_value`"),
                "values would stray by more than a value_cv of 100: is one of the two in other units?",
            );
        }
        Self::Median { value, p90 }
    }
}
