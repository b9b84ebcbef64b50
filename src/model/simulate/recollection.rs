//! What the first plan of a family met in a draw: asked again under the same key and the same terms, chance gives the same
//! answer, so the others need not ask.

use std::ops::Range;

use super::kinship::Kinship;
use super::leads::Leads;
use super::memory::Memory;
use super::singles::Deal;
use super::values::Values;
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
    classes: usize,
    markets: Vec<f64>,
    /// by channel and week: money spent
    spends: Vec<f64>,
    /// by the first of some weeks: the leads that channels bring in them
    leads: Vec<Leads>,
    /// by source: money spent in the horizon
    spent: Vec<f64>,
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
        Self {
            keeping: true,
            kinship: Kinship::default(),
            classes,
            markets: vec![0.0; weeks],
            spends: vec![0.0; channels * weeks],
            leads: vec![Leads::default(); weeks],
            spent: Vec::new(),
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

    fn repeat_leads(&self, plan: &Plan, first: usize, leads: &mut Leads) {
        if !self.keeping {
            leads.take_over(plan, &self.leads[first], |at| !self.kinship.own_channels.contains(&at));
        }
    }

    fn keep_leads(&mut self, first: usize, leads: &Leads) {
        if self.keeping {
            self.leads[first].clone_from(leads);
        }
    }

    fn sources(&mut self, plan: &Plan, sources: &mut [SourceTally]) {
        if self.keeping {
            self.spent.clear();
            self.spent.extend(sources.iter().map(|source| source.spend));
            return;
        }
        for (at, calendar) in plan.calendars.iter().enumerate() {
            if !self.kinship.own_channels.contains(&at) {
                sources[calendar.channel].spend = self.spent[calendar.channel];
            }
        }
    }

    fn usage(&mut self, channel: usize, work_out: impl FnOnce() -> Option<Usage>) -> Option<Usage> {
        let same = !self.keeping && !self.kinship.own_channels.contains(&channel);
        recall(&mut self.usages[channel], same, self.keeping, work_out)
    }

    fn recalls_deals(&self) -> bool {
        self.kinship.deals
    }

    #[inline]
    fn deal(&self, (class, week, k): (usize, usize, usize)) -> Option<Deal> {
        self.deals[week * self.classes + class].get(k).copied()
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
