//! Figures of a forecast as charts take them.

use crate::charts::Interval;
use crate::engine::{Chance, Stats};
use crate::model::outcomes::SOURCE_FIGURES;
use crate::units::Levels;

/// P10, P50 and P90.
pub(super) fn interval(stats: &Stats) -> Interval {
    Interval { low: stats.p10(), middle: stats.p50(), high: stats.p90() }
}

/// P10, mean and P90.
pub(super) fn around_mean(stats: &Stats) -> Interval {
    Interval { low: stats.p10(), middle: stats.mean, high: stats.p90() }
}

/// A chance in its 95 % interval.
pub(super) fn of_chance(chance: &Chance) -> Interval {
    Interval { low: chance.low, middle: chance.probability, high: chance.high }
}

/// A figure's place among those of a source.
pub(super) fn place(key: &str) -> usize {
    SOURCE_FIGURES.iter().position(|figure| figure.key == key).unwrap_or(0)
}

impl From<Levels> for Interval {
    fn from(Levels { p10, p50, p90 }: Levels) -> Self {
        Self { low: p10, middle: p50, high: p90 }
    }
}
