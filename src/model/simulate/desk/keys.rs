//! What keys the chance at the desk.

use crate::model::plan::Plan;
use crate::model::simulate::seed::{Purpose, Seed};
use crate::random::StreamKey;

/// What keys the chance at the desk.
#[derive(Debug)]
pub(in crate::model::simulate) struct StreamKeys {
    /// by class: wins, opportunities, stay, chats
    pub(super) classes: Vec<[StreamKey; 4]>,
    /// by class, where opportunities have a desk of their own: whether those that wait stay
    pub(super) opportunities: Vec<StreamKey>,
    /// by group of reps: who leaves
    pub(super) leave: Vec<StreamKey>,
    pub(super) outbound: StreamKey,
}

impl StreamKeys {
    pub(in crate::model::simulate) fn new(plan: &Plan, seed: Seed) -> Self {
        let series = |key: &str| {
            [Purpose::Wins, Purpose::Opportunities, Purpose::Stay, Purpose::Chats]
                .map(|purpose| seed.series(key, purpose))
        };
        let leave = |name: &str| seed.series(&format!("sales.reps.{name}"), Purpose::Leave);
        Self {
            classes: plan.classes.iter().map(|class| series(&class.key)).collect(),
            opportunities: plan
                .classes
                .iter()
                .filter(|_| plan.two_desks)
                .map(|class| seed.series(&class.key, Purpose::StayAsOpportunity))
                .collect(),
            leave: plan.parts.sales.reps.iter().map(|reps| leave(&reps.name)).collect(),
            outbound: seed.series("outbound", Purpose::Outbound),
        }
    }
}
