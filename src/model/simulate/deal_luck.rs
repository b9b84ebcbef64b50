//! What keys the chance of deals: what each is worth, how long it takes.

use crate::random::{DrawStream, StreamKey};

use super::seed::{Purpose, Seed};
use crate::model::plan::Plan;

/// What keys the chance of deals.
#[derive(Debug)]
pub(super) struct StreamKeys {
    /// by class
    pub(super) classes: Vec<DealKeys>,
    /// by group of open deals, with that of whether they are won
    pub(super) open: Vec<(DealKeys, StreamKey)>,
}

/// What keys the deals of a class, or of a group of open deals.
#[derive(Debug)]
pub(super) struct DealKeys {
    value: StreamKey,
    delay: StreamKey,
    sum: StreamKey,
    closings: StreamKey,
    place: StreamKey,
}

impl DealKeys {
    fn new(seed: Seed, source: &str) -> Self {
        let series = |purpose| seed.series(source, purpose);
        Self {
            value: series(Purpose::Value),
            delay: series(Purpose::Delay),
            sum: series(Purpose::Sum),
            closings: series(Purpose::Closings),
            place: series(Purpose::Delivery),
        }
    }

    pub(super) fn at(&self, draw: u64) -> DealLuck {
        DealLuck {
            value: self.value.at(draw),
            delay: self.delay.at(draw),
            sum: self.sum.at(draw),
            closings: self.closings.at(draw),
            place: self.place.at(draw),
        }
    }
}

/// The luck of those deals in one draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct DealLuck {
    /// by week and number: what each is worth
    pub(super) value: DrawStream,
    /// by week and number: how long each takes
    pub(super) delay: DrawStream,
    /// by week and delay: what those beyond the first are worth together
    pub(super) sum: DrawStream,
    /// by week and delay: how many of those beyond the first take so long
    pub(super) closings: DrawStream,
    /// by week and number: the place in the line for delivery
    pub(super) place: DrawStream,
}

impl StreamKeys {
    pub(super) fn new(plan: &Plan, seed: Seed) -> Self {
        Self {
            classes: plan.classes.iter().map(|class| DealKeys::new(seed, &class.key)).collect(),
            open: plan
                .parts
                .deals
                .open
                .iter()
                .map(|group| {
                    let key = format!("pipeline.{}", group.name);
                    (DealKeys::new(seed, &key), seed.series(&key, Purpose::Won))
                })
                .collect(),
        }
    }
}
