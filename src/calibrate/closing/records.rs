//! Deals as the model counts them: sums that suffice for what is closed, and counts by channel, cohort and age for what is
//! open.

use std::collections::BTreeMap;

use crate::records::{Deal, Deals, Outcome};
use crate::transcendental::ln;

/// Days of a cohort.
pub(super) const COHORT: i32 = 28;

/// Of times on the log scale, all that a lognormal distribution needs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LogTimes {
    pub(super) count: f64,
    pub(super) sum: f64,
    pub(super) squares: f64,
}

impl LogTimes {
    fn add(&mut self, days: i32) {
        let log = ln(time_of(days));
        self.count += 1.0;
        self.sum += log;
        self.squares += log * log;
    }
}

/// Counts of one channel and cohort.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Closed {
    pub(super) won: f64,
    pub(super) lost_dated: f64,
    pub(super) lost_undated: f64,
}

/// Open deals of one channel, cohort and age.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenCell {
    pub(super) group: usize,
    pub(super) age: f64,
    pub(super) count: f64,
}

/// The records of a fit.
#[derive(Clone, Debug)]
pub struct ClosingRecords {
    /// how many channels
    pub channels: usize,
    /// how many cohorts
    pub cohorts: usize,
    /// by channel and cohort: `channel · cohorts + cohort`
    pub(super) closed: Vec<Closed>,
    pub(super) open: Vec<OpenCell>,
    pub(super) won_times: LogTimes,
    pub(super) lost_times: LogTimes,
    /// whether losses are dated
    pub losses_dated: bool,
    /// how many deals
    pub deals: usize,
    /// how many of them are won
    pub wins: usize,
    /// days from the first creation to the day of the export
    pub span: i32,
}

/// The time of a whole number of days: half a day more, since a day that has begun is not over on average.
fn time_of(days: i32) -> f64 {
    f64::from(days.max(0)) + 0.5
}

/// Exact ages are kept up to so many cells; beyond, ages are taken by the week.
const MOST_CELLS: usize = 4_000;

impl ClosingRecords {
    /// Counts deals; `channel_of` gives the channel of a source, the last of `channels` standing for all others.
    #[must_use]
    pub fn of(deals: &Deals, channels: usize, channel_of: impl Fn(&Deal) -> usize) -> Self {
        let as_of = deals.as_of.0;
        let first = deals.list.iter().map(|deal| deal.created.0).min().unwrap_or(as_of);
        let cohorts = usize::try_from((as_of - first) / COHORT + 1).unwrap_or(1);
        let lost = |deal: &&Deal| matches!(deal.outcome, Outcome::Lost(_));
        let dated = |deal: &&Deal| matches!(deal.outcome, Outcome::Lost(Some(_)));
        let (losses, dated) = (deals.list.iter().filter(lost).count(), deals.list.iter().filter(dated).count());
        let losses_dated = losses > 0 && dated as f64 >= 0.8 * losses as f64;
        let mut own = Self {
            channels,
            cohorts,
            closed: vec![Closed::default(); channels * cohorts],
            open: Vec::new(),
            won_times: LogTimes::default(),
            lost_times: LogTimes::default(),
            losses_dated,
            deals: deals.list.len(),
            wins: 0,
            span: as_of - first,
        };
        let mut open: BTreeMap<(usize, i32), f64> = BTreeMap::new();
        for deal in &deals.list {
            let age = as_of - deal.created.0;
            let cohort = cohorts - 1 - usize::try_from(age / COHORT).unwrap_or(0).min(cohorts - 1);
            let group = channel_of(deal).min(channels - 1) * cohorts + cohort;
            let closed = &mut own.closed[group];
            match deal.outcome {
                Outcome::Won(day) => {
                    closed.won += 1.0;
                    own.wins += 1;
                    own.won_times.add(day.0 - deal.created.0);
                }
                Outcome::Lost(Some(day)) if losses_dated => {
                    closed.lost_dated += 1.0;
                    own.lost_times.add(day.0 - deal.created.0);
                }
                Outcome::Lost(_) => closed.lost_undated += 1.0,
                Outcome::Open => *open.entry((group, age)).or_default() += 1.0,
            }
        }
        if open.len() > MOST_CELLS {
            let mut weekly: BTreeMap<(usize, i32), (f64, f64)> = BTreeMap::new();
            for ((group, age), count) in open {
                let cell = weekly.entry((group, age / 7)).or_default();
                cell.0 += count;
                cell.1 += count * time_of(age);
            }
            own.open = weekly
                .into_iter()
                .map(|((group, _), (count, ages))| OpenCell { group, age: ages / count, count })
                .collect();
        } else {
            let cell = |((group, age), count)| OpenCell { group, age: time_of(age), count };
            own.open = open.into_iter().map(cell).collect();
        }
        own
    }
}
