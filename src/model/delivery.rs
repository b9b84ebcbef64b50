//! Delivery: deals wait for room, and take hours of those who sold them. And what is booked already.
//!
//! Implements section 6 of docs/model.md, `[delivery]` and `[booked]`.

use crate::inputs::Quantity;
use crate::reading::Value;
use crate::units::{LARGEST, Range, whole_part};

use super::schema::{Key, TableReader};

/// The keys of `[delivery]`.
pub const KEYS: &[Key] = &[
    Key::amount("per_week")
        .unit("deals a week")
        .about("how many deals can be delivered; or a list with one for each week, of which the last holds on; unset: as many as close")
        .example("24"),
    Key::amount("hours_per_deal")
        .time()
        .or(0.0)
        .unit("hours a deal")
        .about("the hours of the sales team that delivering a deal takes, before any open deal or lead is worked: where those who sell also do the work")
        .example("\"25 to 40\""),
    Key::whole("over_weeks", 1.0, MOST_WEEKS_A_DEAL)
        .or(1.0)
        .unit("weeks")
        .about("the weeks over which these hours are spread, from the week after the deal closes")
        .example("6"),
];

/// No delivery takes longer.
const MOST_WEEKS_A_DEAL: f64 = 520.0;

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
pub struct Delivery {
    /// how many deals can be delivered; none: as many as close
    pub capacity: Option<Capacity>,
    /// hours of the team that a deal takes once it has closed
    pub hours_per_deal: Quantity,
    /// weeks over which they are spread
    pub over_weeks: usize,
}

/// How many deals can be delivered.
#[derive(Clone, Debug, PartialEq)]
pub enum Capacity {
    /// the same every week
    Steady(Quantity),
    /// by week; the last holds on
    ByWeek(Vec<f64>),
}

impl Delivery {
    /// Reads `[delivery]`.
    pub fn read(fields: &mut TableReader<'_, '_>) -> Self {
        Self {
            capacity: Capacity::read(fields),
            hours_per_deal: fields.quantity("hours_per_deal"),
            over_weeks: usize::try_from(fields.whole("over_weeks")).unwrap_or(1).max(1),
        }
    }

    /// Do those who sell deliver as well?
    #[must_use]
    pub fn takes_hours(&self) -> bool {
        !self.hours_per_deal.is_zero()
    }
}

impl Capacity {
    fn read(fields: &mut TableReader<'_, '_>) -> Option<Self> {
        match fields.node("per_week").map(|node| &node.value) {
            Some(Value::List(items)) if !items.is_empty() => {
                Some(Self::ByWeek(fields.counted_numbers("per_week", Range::closed(0.0, LARGEST), items)))
            }
            _ => fields.quantity_if("per_week").map(Self::Steady),
        }
    }

    /// With `factor` times as much room in every week.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        match self {
            Self::Steady(room) => Self::Steady(room.times(factor)),
            Self::ByWeek(list) => Self::ByWeek(list.iter().map(|room| room * factor).collect()),
        }
    }

    /// Deals that could be delivered in a week, parts of a deal included.
    #[must_use]
    fn of(&self, drawn: &[f64], week: usize) -> f64 {
        match self {
            Self::Steady(room) => room.of(drawn),
            Self::ByWeek(list) => list.get(week).or_else(|| list.last()).copied().unwrap_or(0.0),
        }
    }
}

/// Room for deliveries in one draw, asked for week by week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Room {
    /// the part of a deal that is left of the weeks before, 0 … 1
    part: f64,
}

impl Room {
    /// Whole deals that can be delivered in the week. Work on the next deal goes on in the next week; room for a whole
    /// one that nobody needs is lost.
    ///
    /// ```text
    /// room_t = floor(f + per_week_t),  f ← f + per_week_t − room_t
    /// ```
    pub(super) fn open(&mut self, capacity: &Capacity, drawn: &[f64], week: usize) -> u64 {
        let room = self.part + capacity.of(drawn, week);
        let whole = whole_part(room);
        self.part = (room - whole).max(0.0);
        whole as u64
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
    pub fn read(fields: &mut TableReader<'_, '_>) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_deal_add_up_over_the_weeks() {
        let rooms = |capacity: &Capacity, weeks: usize| -> Vec<u64> {
            let mut room = Room::default();
            (0..weeks).map(|week| room.open(capacity, &[], week)).collect()
        };
        // 0.4, 0.8, 1.2, 0.6, 1.0: two in five weeks, for ever.
        let steady = Capacity::Steady(Quantity::Certain(0.4));
        assert_eq!(rooms(&steady, 10), [0, 0, 1, 0, 1, 0, 0, 1, 0, 1]);
        // A tenth a week is one in ten weeks, though ten tenths are not quite 1 in doubles.
        assert_eq!(rooms(&Capacity::Steady(Quantity::Certain(0.1)), 20).iter().sum::<u64>(), 2);
        // 2.5, 0.5 + 0.7, 0.2 + 1.9, 0.1 + 1.9 (the last holds on), 0 + 1.9
        assert_eq!(rooms(&Capacity::ByWeek(vec![2.5, 0.7, 1.9]), 5), [2, 1, 2, 2, 1]);
    }
}
