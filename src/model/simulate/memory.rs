//! What a draw of one plan may take over from that of another: the week loop asks before it works anything out.

use std::marker::PhantomData;
use std::ops::Range;

use super::queue::{Queue, Work};
use super::singles::Deal;
use super::values::Values;
use super::week::{Arrivals, Outcome, WeekEnd};
use super::wins::Wins;
use crate::model::channels::Usage;
use crate::model::outcomes::SourceTally;
use crate::model::plan::Plan;
use crate::random::Lanes;

/// Memoization between plans that share random numbers: what may be remembered of a draw. By default nothing is: every answer is worked out.
pub(super) trait Memory {
    /// How wins are told.
    type Wins: Wins;

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

    /// Adds the leads of channels that are left out to the queues; gives all of them.
    fn repeat_leads(&self, _plan: &Plan, _week: usize, _queues: &mut [Queue]) -> Arrivals {
        Arrivals::default()
    }

    /// The leads of a channel that come in a week.
    fn keep_leads(&mut self, _channel: usize, _week: usize, _came: Arrivals) {}

    /// All leads that come in a week, and the queues that they have joined.
    fn keep_all_leads(&mut self, _week: usize, _all: Arrivals, _queues: &[Queue]) {}

    /// Fills in, at the end of the horizon, what channels that are left out have spent and brought.
    fn sources(&mut self, _plan: &Plan, _sources: &mut [SourceTally]) {}

    /// How much of its ceiling a channel has used by the end of the horizon.
    fn usage(&mut self, _channel: usize, work_out: impl FnOnce() -> Option<Usage>) -> Option<Usage> {
        work_out()
    }

    /// A week's work at the desk, where of the same leads as many are worked as before.
    fn work(&mut self, _week: usize, _queues: &[Queue], _hours: f64) -> Option<Work> {
        None
    }

    /// A week's work at the desk.
    fn keep_work(&mut self, _week: usize, _work: Work) {}

    /// Was the work of this week what it was before?
    fn repeats_week(&self) -> bool {
        false
    }

    /// What comes of it, class by class.
    fn outcome(&self, _week: usize, _place: usize) -> Option<Outcome<Self::Wins>> {
        None
    }

    /// What comes of it beside that; and fills in the queues that it leaves.
    fn week_end(&self, _week: usize, _queues: &mut [Queue]) -> WeekEnd {
        WeekEnd::default()
    }

    /// How many leads of a class ask in a chat in a week: (week, class).
    fn asking(&mut self, _of: (usize, usize), _leads: u64, draw: impl FnOnce() -> u64) -> u64 {
        draw()
    }

    /// What comes of a class in a week of which as many leads are worked, and as many are not, and as many ask in a chat and
    /// are answered, as before.
    fn outcome_of(&self, _week: usize, _queue: &Queue, _class: (usize, (u64, u64))) -> Option<Outcome<Self::Wins>> {
        None
    }

    /// What comes of a class in a week, of which so many asked in a chat and were answered.
    fn keep_outcome(&mut self, _week: usize, _queue: &Queue, _outcome: Outcome<Self::Wins>, _asking: (u64, u64)) {}

    /// What comes of a week beside that, and the queues that it leaves.
    fn keep_week(&mut self, _week: usize, _end: WeekEnd, _queues: &[Queue]) {}

    /// When a deal closes, and for how much: of a class and a week, number k.
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
pub(super) struct Forgetful<W = u64>(PhantomData<W>);

impl<W> Forgetful<W> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<W: Wins> Memory for Forgetful<W> {
    type Wins = W;
}
