//! Leads as channels bring them: by week, of the weeks at hand.
//!
//! Implements section 4 of docs/model.md.

use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::random::LANES;

/// Leads by week, of the weeks at hand.
pub(super) type Counts = [u64; LANES];

reusing_memory! {
    /// The leads that channels bring in the weeks at hand.
    #[derive(Debug, Default)]
    pub(super) struct Leads {
        /// the channels that may bring some
        pub(super) bringing: Vec<usize>,
        /// by channel: those that come unqualified
        pub(super) unqualified: Vec<Counts>,
        /// by class: those that come qualified
        pub(super) qualified: Vec<Counts>,
    }
}

impl Leads {
    /// Of so many channels and classes: none yet.
    pub(super) fn open(&mut self, channels: usize, classes: usize) {
        self.bringing.clear();
        // Of those that bring none, nothing is read.
        self.unqualified.resize(channels, [0; LANES]);
        self.qualified.resize(classes, [0; LANES]);
    }

    /// Takes over the leads of some channels.
    pub(super) fn take_over(&mut self, plan: &Plan, others: &Self, is_wanted: impl Fn(usize) -> bool) {
        for &at in others.bringing.iter().filter(|&&at| is_wanted(at)) {
            self.bringing.push(at);
            self.unqualified[at] = others.unqualified[at];
            for class in plan.calendars[at].classes.clone() {
                self.qualified[class] = others.qualified[class];
            }
        }
    }

    /// The classes of channels that may bring some, and the qualified leads of each.
    pub(super) fn qualified(&self, plan: &Plan) -> impl Iterator<Item = (usize, &Counts)> {
        let classes = self.bringing.iter().flat_map(|&at| plan.calendars[at].classes.clone());
        classes.map(|class| (class, &self.qualified[class]))
    }
}

/// Adds counts to counts, week by week.
pub(super) fn add(counts: &mut Counts, others: &Counts) {
    for (count, other) in counts.iter_mut().zip(others) {
        *count += other;
    }
}
