//! What a draw of one plan may take over from that of another: the week loop asks before it works anything out.

use std::ops::Range;

use super::leads::Leads;
use super::singles::Deal;
use super::values::Values;
use crate::model::channels::Usage;
use crate::model::outcomes::SourceTally;
use crate::model::plan::Plan;
use crate::random::Lanes;

/// Memoization between plans that share random numbers: what may be remembered of a draw. By default nothing is: every answer is worked out.
pub(super) trait Memory {
    /// Is all that happens kept for others?
    fn keeps(&self) -> bool {
        false
    }

    /// Demand in a week, common to all channels.
    fn market(&mut self, _week: usize, work_out: impl FnOnce() -> f64) -> f64 {
        work_out()
    }

    /// Leaves the channels out that do what they did before.
    fn leave_out(&self, _channels: &mut Vec<usize>) {}

    /// Fills in, by channel and from a lane on, what channels that are left out spend in weeks of the horizon.
    fn repeat_spends(&self, _weeks: Range<usize>, _lane: usize, _spends: &mut [Lanes]) {}

    /// What all channels spend in weeks of the horizon, by channel and from a lane on.
    fn keep_spends(&mut self, _weeks: Range<usize>, _lane: usize, _spends: &[Lanes]) {}

    /// Adds the leads that channels which are left out bring in some weeks, from the first of them on.
    fn repeat_leads(&self, _plan: &Plan, _first: usize, _leads: &mut Leads) {}

    /// The leads that all channels bring in some weeks.
    fn keep_leads(&mut self, _first: usize, _leads: &Leads) {}

    /// Fills in, at the end of the horizon, what channels that are left out have spent.
    fn sources(&mut self, _plan: &Plan, _sources: &mut [SourceTally]) {}

    /// How much of its ceiling a channel has used by the end of the horizon.
    fn usage(&mut self, _channel: usize, work_out: impl FnOnce() -> Option<Usage>) -> Option<Usage> {
        work_out()
    }

    /// Is it remembered what deals come to?
    fn recalls_deals(&self) -> bool {
        false
    }

    /// When a deal closes, and for how much: of a class and a week, number k. Asked only where deals are recalled.
    fn deal(&self, _of: (usize, usize, usize)) -> Option<Deal> {
        None
    }

    /// When the next deal of a class and a week closes, and for how much.
    fn keep_deal(&mut self, _of: (usize, usize), _deal: Deal) {}

    /// What so many deals of a class and a week are worth together, where all of them close at once and are as many as before.
    fn deals_together(&self, _of: (usize, usize), _count: u64) -> Option<f64> {
        None
    }

    /// What they are worth together.
    fn keep_deals_together(&mut self, _of: (usize, usize), _count: u64, _value: f64) {}

    /// What the first deals of a class and a week are worth together, where all of them close at once.
    fn first_deals(&mut self, _of: (usize, usize), count: usize, values: &Values) -> f64 {
        values.of_first(count)
    }

    /// What the first repeat orders of a week are worth together.
    fn first_orders(&mut self, _week: usize, count: usize, values: &Values) -> f64 {
        values.of_first(count)
    }
}

/// Remembers nothing: for plans that run alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Forgetful;

impl Memory for Forgetful {}
