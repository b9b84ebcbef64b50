//! Delivery: deals wait for hands to deliver them. And what is booked already.
//!
//! Implements section 6 of docs/model.md, `[delivery]` and `[booked]`.

use crate::inputs::Quantity;
use crate::reading::Value;
use crate::units::{LARGEST, Range, whole_part};

use super::fields::Fields;
use super::keys::Key;

/// The keys of `[delivery]`.
pub const KEYS: &[Key] = &[Key::amount("per_week")
    .required()
    .unit("deals a week")
    .about("how many deals can be delivered; or a list with one for each week, of which the last holds on")
    .example("24")];

/// The keys of `[booked]`.
pub const BOOKED_KEYS: &[Key] = &[
    Key::amount("revenue")
        .or(0.0)
        .unit("money")
        .about("revenue that the targets cover and that is booked before week 1")
        .example("120_000"),
    Key::amount("wins").or(0.0).unit("deals").about("deals behind it").example("6"),
    Key::amount("marketing").or(0.0).unit("money").about("marketing cost behind it").example("30_000"),
];

/// `[delivery]` as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    /// the same every week
    Steady(Quantity),
    /// by week; the last holds on
    ByWeek(Vec<f64>),
}

impl Delivery {
    /// Reads `[delivery]`.
    pub fn read(fields: &mut Fields<'_, '_>) -> Self {
        match fields.node("per_week").map(|node| &node.value) {
            Some(Value::List(items)) if !items.is_empty() => {
                Self::ByWeek(fields.numbers("per_week", Range::closed(0.0, LARGEST), items))
            }
            _ => Self::Steady(fields.quantity("per_week")),
        }
    }

    /// Deals that can be delivered in a week, rounded down.
    #[must_use]
    pub fn of(&self, drawn: &[f64], week: usize) -> u64 {
        let room = match self {
            Self::Steady(room) => room.of(drawn),
            Self::ByWeek(list) => list.get(week).or_else(|| list.last()).copied().unwrap_or(0.0),
        };
        whole_part(room) as u64
    }
}

/// `[booked]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Booked {
    /// money
    pub revenue: Quantity,
    /// deals
    pub wins: Quantity,
    /// money
    pub marketing: Quantity,
}

impl Booked {
    /// Reads `[booked]`.
    pub fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self {
            revenue: fields.quantity("revenue"),
            wins: fields.quantity("wins"),
            marketing: fields.quantity("marketing"),
        }
    }

    /// Nothing is booked.
    #[must_use]
    pub fn nothing() -> Self {
        let zero = Quantity::Certain(0.0);
        Self { revenue: zero, wins: zero, marketing: zero }
    }
}
