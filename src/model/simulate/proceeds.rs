//! Revenue as rules see it: what has closed so far, and nothing of what is still to come.
//!
//! Implements section 9 of docs/model.md, `by = "romi"`.

use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::model::rules::Rule;

reusing_memory! {
    /// Revenue of channels in one draw. When a deal closes is settled the moment it is won; it counts from then on.
    #[derive(Debug, Default)]
    pub(super) struct Proceeds {
        /// by week of the horizon, by channel; no weeks where no rule looks at revenue
        due: Vec<Vec<f64>>,
        /// by channel, up to now
        so_far: Vec<f64>,
    }
}

impl Proceeds {
    pub(super) fn open(&mut self, plan: &Plan) {
        if !plan.parts.rules.iter().any(Rule::looks_at_revenue) {
            return;
        }
        let channels = plan.parts.channels.len();
        self.so_far.resize(channels, 0.0);
        self.so_far.fill(0.0);
        self.due.resize_with(plan.parts.horizon.weeks, || vec![0.0; channels]);
        self.due.iter_mut().for_each(|week| week.fill(0.0));
    }

    /// A source will have, or has, so much revenue in that week.
    pub(super) fn add(&mut self, week: usize, source: usize, revenue: f64) {
        let due = self.due.get_mut(week);
        if let Some(due) = due.and_then(|sources| sources.get_mut(source)) {
            *due += revenue;
        }
    }

    /// The end of a week: what was due in it has closed.
    pub(super) fn close(&mut self, week: usize) {
        if let Some(due) = self.due.get(week) {
            for (so_far, due) in self.so_far.iter_mut().zip(due) {
                *so_far += due;
            }
        }
    }

    /// By channel, up to the end of the last week.
    pub(super) fn so_far(&self) -> &[f64] {
        &self.so_far
    }
}
