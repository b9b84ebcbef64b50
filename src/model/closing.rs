//! From win to revenue: when a deal closes, and for how much.
//!
//! Implements section 6 of docs/model.md.

use crate::random::{Luck, Purpose, Series};

use super::deals::Lognormal;
use super::outcomes::Tally;
use super::plan::Plan;
use super::quarter::{Seed, at};
use super::sum::sum_of;

/// A source's wins of a week are valued one by one up to this many; the rest as one sum.
pub const ONE_BY_ONE: u64 = 1024;

/// What keys the chance of deals.
#[derive(Debug)]
pub(super) struct Keys {
    /// by class: value, delay, sum
    classes: Vec<[Series; 3]>,
    /// by group of open deals: value, delay, won
    open: Vec<[Series; 3]>,
}

impl Keys {
    pub(super) fn new(plan: &Plan, seed: Seed) -> Self {
        Self {
            classes: plan
                .classes
                .iter()
                .map(|class| {
                    [Purpose::Value, Purpose::Delay, Purpose::Sum]
                        .map(|purpose| seed.series(&plan.sources[class.source].key, purpose))
                })
                .collect(),
            open: plan
                .parts
                .deals
                .open
                .iter()
                .map(|group| {
                    let key = format!("pipeline.{}", group.name);
                    [Purpose::Value, Purpose::Delay, Purpose::Won]
                        .map(|purpose| seed.series(&key, purpose))
                })
                .collect(),
        }
    }
}

/// The terms of deals in one draw.
#[derive(Debug, Default)]
pub(super) struct Closing {
    classes: Vec<ClassDeals>,
    /// hours that open deals want: so many a week, up to a week
    due: Vec<(f64, usize)>,
}

#[derive(Clone, Copy, Debug)]
struct ClassDeals {
    value: Luck,
    delay: Luck,
    sum: Luck,
    worth: Lognormal,
    cycle: Lognormal,
    earned: bool,
}

/// Wins of a class in a week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Win {
    pub(super) class: usize,
    pub(super) source: usize,
    pub(super) week: usize,
}

/// A deal, or several that close in the same week.
#[derive(Clone, Copy, Debug)]
struct Deals {
    source: usize,
    earned: bool,
    started: usize,
    closes: usize,
    count: u64,
    value: f64,
}

impl Closing {
    pub(super) fn open(
        &mut self,
        plan: &Plan,
        keys: &Keys,
        draw: u64,
        drawn: &[f64],
        tally: &mut Tally,
    ) {
        let (sales, deals) = (&plan.parts.sales, &plan.parts.deals);
        let spread = deals.log_sd(drawn);
        let mean_value = deals.mean_value(drawn);
        let cycle_spread = super::deals::log_sd(sales.cycle_cv.of(drawn));
        let cycle = Lognormal::new(sales.cycle_weeks.of(drawn), cycle_spread);
        let at_once = Lognormal::new(0.0, 0.0);
        let usual = Lognormal::new(mean_value, spread);
        self.classes.clear();
        for (class, series) in plan.classes.iter().zip(&keys.classes) {
            let [value, delay, sum] = at(series, draw);
            self.classes.push(ClassDeals {
                value,
                delay,
                sum,
                worth: class
                    .average_value
                    .map_or(usual, |mean| Lognormal::new(mean.of(drawn), spread)),
                cycle: if class.online { at_once } else { cycle },
                earned: class.earned,
            });
        }
        self.due.clear();
        let Some(source) = plan.source("pipeline") else {
            return;
        };
        for (group, series) in deals.open.iter().zip(&keys.open) {
            let count = group.count.of(drawn).round() as u64;
            let weeks_to_close = group.weeks_to_close.of(drawn);
            let weeks = weeks_to_close.ceil().max(1.0);
            let hours = count as f64 * group.hours_left.of(drawn);
            self.due.push((hours / weeks, weeks as usize));
            let [value, delay, won] = at(series, draw);
            let worth = group
                .average_value
                .map_or(usual, |mean| Lognormal::new(mean.of(drawn), spread));
            let cycle = Lognormal::new(weeks_to_close, cycle_spread);
            let rate = group.close_rate.unwrap_or(sales.close_rate).of(drawn);
            for k in 0..count as u32 {
                if won.uniform(0, k) > rate {
                    continue;
                }
                let deal = Deals {
                    source,
                    earned: false,
                    started: 0,
                    closes: cycle.weeks(delay, 0, k),
                    count: 1,
                    value: worth.at(value, 0, k),
                };
                deal.book(plan, tally);
                if deal.closes < plan.parts.horizon.weeks {
                    tally.pipeline_wins += 1.0;
                }
            }
        }
    }

    /// Hours that open deals want in a week.
    pub(super) fn hours_due(&self, week: usize) -> f64 {
        self.due
            .iter()
            .filter(|&&(_, weeks)| week < weeks)
            .map(|&(hours, _)| hours)
            .sum()
    }

    /// Settles when `wins` of a class close, and for how much: number k of a class and week has a value and a delay of
    /// its own, whatever else is won.
    pub(super) fn settle(&self, plan: &Plan, win: Win, wins: u64, tally: &mut Tally) {
        let class = &self.classes[win.class];
        let week = win.week as u32;
        let deals = |closes, count, value| Deals {
            source: win.source,
            earned: class.earned,
            started: win.week,
            closes,
            count,
            value,
        };
        let all = tally.weeks.len();
        let horizon = plan.parts.horizon.weeks;
        for k in 0..wins.min(ONE_BY_ONE) as u32 {
            let closes = win.week + class.cycle.weeks(class.delay, week, k);
            // What is won and closes after all that is simulated concerns no figure.
            if win.week < horizon || closes < all {
                deals(closes, 1, class.worth.at(class.value, week, k)).book(plan, tally);
            }
        }
        if wins > ONE_BY_ONE {
            // By delay: how many of the rest close then; the sum of their values is drawn at once.
            let mut by_delay = std::collections::BTreeMap::<usize, u64>::new();
            for k in ONE_BY_ONE as u32..wins.min(u64::from(u32::MAX)) as u32 {
                *by_delay
                    .entry(class.cycle.weeks(class.delay, week, k))
                    .or_default() += 1;
            }
            for (delay, count) in by_delay {
                let uniform = class.sum.uniform(week, delay as u32);
                let value = sum_of(count, &class.worth, uniform);
                deals(win.week + delay, count, value).book(plan, tally);
            }
        }
    }
}

impl Deals {
    fn book(&self, plan: &Plan, tally: &mut Tally) {
        let horizon = plan.parts.horizon.weeks;
        let count = self.count as f64;
        if self.started < horizon {
            tally.wins_started += count;
            tally.sources[self.source].wins_started += count;
            if self.closes >= horizon {
                tally.closing_later += self.value;
            }
        }
        if let Some(week) = tally.weeks.get_mut(self.closes) {
            week.wins += count;
            week.revenue += self.value;
            if self.closes >= horizon {
                tally.tail_revenue += self.value;
                tally.tail_list_revenue += self.value;
            }
        }
        if self.closes < horizon {
            tally.wins += count;
            tally.new_revenue += self.value;
            tally.list_revenue += self.value;
            if self.earned {
                tally.earned_revenue += self.value;
                tally.earned_list_revenue += self.value;
            }
            let source = &mut tally.sources[self.source];
            source.wins += count;
            source.revenue += self.value;
        }
    }
}
