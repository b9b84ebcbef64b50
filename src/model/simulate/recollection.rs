//! What the first plan of a family met in a draw: asked again under the same key and the same terms, chance gives the same
//! answer, so the others need not ask.

use std::ops::Range;

use super::kinship::Kinship;
use super::memory::Memory;
use super::queue::{Age, Queue};
use super::singles::Deal;
use super::values::Values;
use super::week::Arrivals;
use crate::model::channels::Usage;
use crate::model::outcomes::SourceTally;
use crate::model::plan::Plan;
use crate::random::Lanes;

/// What the first plan of a family met in a draw, for the others.
#[derive(Debug)]
pub(super) struct Recollection {
    /// the first plan is running: its answers are kept
    keeping: bool,
    /// what the plan that is running has in common with the first
    kinship: Kinship,
    channels: usize,
    classes: usize,
    /// classes of channels, which are the first
    channel_classes: usize,
    markets: Vec<f64>,
    /// by channel and week: money spent
    spends: Vec<f64>,
    /// by week and channel
    came: Vec<Arrivals>,
    /// by week
    all_came: Vec<Arrivals>,
    /// by week and class of a channel: leads that came
    fresh: Vec<u64>,
    sources: Vec<SourceTally>,
    /// by channel
    usages: Vec<Option<Usage>>,
    /// by week and class: the weeks in which deals close, and their values
    deals: Vec<Vec<Deal>>,
    /// by week and class: deals that close at once, and what all of them are worth together
    together: Vec<(u64, f64)>,
    /// by week and class: what the first deals are worth together, of one, of two …
    worths: Vec<Sums>,
    /// by week: and so of repeat orders
    orders: Vec<Sums>,
}

impl Recollection {
    /// For a plan and its kin, over so many weeks.
    pub(super) fn new(plan: &Plan, weeks: usize) -> Self {
        let (channels, classes) = (plan.calendars.len(), plan.classes.len());
        let channel_classes = plan.calendars.iter().map(|calendar| calendar.classes.len());
        let channel_classes = channel_classes.sum();
        Self {
            keeping: true,
            kinship: Kinship::default(),
            channels,
            classes,
            channel_classes,
            markets: vec![0.0; weeks],
            spends: vec![0.0; channels * weeks],
            came: vec![Arrivals::default(); weeks * channels],
            all_came: vec![Arrivals::default(); weeks],
            fresh: vec![0; weeks * channel_classes],
            sources: Vec::new(),
            usages: vec![None; channels],
            deals: vec![Vec::new(); weeks * classes],
            together: vec![(0, 0.0); weeks * classes],
            worths: vec![Sums::default(); weeks * classes],
            orders: vec![Sums::default(); weeks],
        }
    }

    /// The first plan begins a draw: what was before is forgotten.
    pub(super) fn begin(&mut self) {
        self.keeping = true;
        self.kinship.clone_from(&Kinship::default());
        self.came.fill(Arrivals::default());
        self.deals.iter_mut().for_each(Vec::clear);
        self.together.fill((0, 0.0));
        let sums = self.worths.iter_mut().chain(&mut self.orders);
        sums.for_each(|sums| sums.0.clear());
    }

    /// Another plan of the family begins the draw.
    pub(super) fn begin_kin(&mut self, kinship: &Kinship) {
        self.keeping = false;
        self.kinship.clone_from(kinship);
    }
}

impl Memory for Recollection {
    fn keeps(&self) -> bool {
        self.keeping
    }

    #[inline]
    fn market(&mut self, week: usize, work_out: impl FnOnce() -> f64) -> f64 {
        recall(&mut self.markets[week], self.kinship.market, self.keeping, work_out)
    }

    fn leave_out(&self, channels: &mut Vec<usize>) {
        if !self.keeping {
            channels.clone_from(&self.kinship.own_channels);
        }
    }

    fn repeat_spends(&self, weeks: Range<usize>, lane: usize, spends: &mut [Lanes]) {
        if !self.keeping {
            let by_channel = self.spends.chunks_exact(self.markets.len());
            for (spends, known) in spends.iter_mut().zip(by_channel) {
                spends[lane..lane + weeks.len()].copy_from_slice(&known[weeks.clone()]);
            }
        }
    }

    fn keep_spends(&mut self, weeks: Range<usize>, lane: usize, spends: &[Lanes]) {
        if self.keeping {
            let by_channel = self.spends.chunks_exact_mut(self.markets.len());
            for (spends, known) in spends.iter().zip(by_channel) {
                known[weeks.clone()].copy_from_slice(&spends[lane..lane + weeks.len()]);
            }
        }
    }

    #[inline]
    fn repeat_leads(&self, plan: &Plan, week: usize, queues: &mut [Queue]) -> Arrivals {
        if self.keeping {
            return Arrivals::default();
        }
        let fresh = &self.fresh[week * self.channel_classes..][..self.channel_classes];
        for (queue, fresh) in queues.iter_mut().zip(fresh) {
            queue.leads[Age::Fresh as usize] = *fresh;
        }
        let mut all = self.all_came[week];
        for &at in &self.kinship.own_channels {
            all.leave_out(self.came[week * self.channels + at]);
            for class in plan.calendars[at].classes.clone() {
                queues[class].leads[Age::Fresh as usize] = 0;
            }
        }
        all
    }

    fn keep_leads(&mut self, channel: usize, week: usize, came: Arrivals) {
        if self.keeping {
            self.came[week * self.channels + channel] = came;
        }
    }

    fn keep_all_leads(&mut self, week: usize, all: Arrivals, queues: &[Queue]) {
        if self.keeping {
            self.all_came[week] = all;
            let fresh = &mut self.fresh[week * self.channel_classes..][..self.channel_classes];
            for (fresh, queue) in fresh.iter_mut().zip(queues) {
                *fresh = queue.leads[Age::Fresh as usize];
            }
        }
    }

    fn sources(&mut self, plan: &Plan, sources: &mut [SourceTally]) {
        if self.keeping {
            self.sources.clear();
            self.sources.extend_from_slice(sources);
            return;
        }
        for (at, calendar) in plan.calendars.iter().enumerate() {
            if !self.kinship.own_channels.contains(&at) {
                let (own, known) = (&mut sources[calendar.channel], &self.sources[calendar.channel]);
                (own.spend, own.leads, own.qualified) = (known.spend, known.leads, known.qualified);
            }
        }
    }

    fn usage(&mut self, channel: usize, work_out: impl FnOnce() -> Option<Usage>) -> Option<Usage> {
        let same = !self.keeping && !self.kinship.own_channels.contains(&channel);
        recall(&mut self.usages[channel], same, self.keeping, work_out)
    }

    #[inline]
    fn deal(&self, (class, week, k): (usize, usize, usize)) -> Option<Deal> {
        let known = &self.deals[week * self.classes + class];
        known.get(k).copied().filter(|_| self.kinship.deals)
    }

    fn keep_deal(&mut self, (class, week): (usize, usize), deal: Deal) {
        if self.keeping {
            self.deals[week * self.classes + class].push(deal);
        }
    }

    #[inline]
    fn deals_together(&self, (class, week): (usize, usize), count: u64) -> Option<f64> {
        let (known, value) = self.together[week * self.classes + class];
        (self.kinship.deals && known == count).then_some(value)
    }

    fn keep_deals_together(&mut self, (class, week): (usize, usize), count: u64, value: f64) {
        if self.keeping {
            self.together[week * self.classes + class] = (count, value);
        }
    }

    fn first_deals(&mut self, (class, week): (usize, usize), count: usize, values: &Values) -> f64 {
        let same = self.keeping || self.kinship.deals;
        self.worths[week * self.classes + class].of_first(count, same, values)
    }

    fn first_orders(&mut self, week: usize, count: usize, values: &Values) -> f64 {
        let same = self.keeping || self.kinship.orders;
        self.orders[week].of_first(count, same, values)
    }
}

/// Sums of values that are numbered from 0: of the first, of the first two …
#[derive(Clone, Debug, Default)]
struct Sums(Vec<f64>);

impl Sums {
    /// The sum of the first `count`. Where all that ask have the same values, who needs further ones adds them for the
    /// next.
    fn of_first(&mut self, count: usize, same: bool, values: &Values) -> f64 {
        if !same || values.are_alike() {
            return values.of_first(count);
        }
        if self.0.len() < count {
            values.go_on(&mut self.0, count);
        }
        count.checked_sub(1).map_or(0.0, |last| self.0[last])
    }
}

/// What stands there where it is the same; else what is worked out, kept there where it is to be.
#[inline]
fn recall<T: Copy>(place: &mut T, same: bool, keeping: bool, work_out: impl FnOnce() -> T) -> T {
    if same {
        return *place;
    }
    let answer = work_out();
    if keeping {
        *place = answer;
    }
    answer
}
