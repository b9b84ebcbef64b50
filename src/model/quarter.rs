//! One simulated quarter: the week loop, in the order of section 11 of docs/model.md.

use crate::random::{Luck, Purpose, Series};

use super::closing::{self, Closing};
use super::desk::{self, Desk};
use super::marketing::{self, Marketing};
use super::outcomes::Tally;
use super::plan::Plan;
use super::queue::Pile;

/// The seed and stream of luck: what just happens, apart from what we don't know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    /// the seed of the run
    pub seed: u64,
    /// the stream within it
    pub stream: u64,
}

impl Seed {
    /// The series of a source and a purpose.
    #[must_use]
    pub fn series(&self, source: &str, purpose: Purpose) -> Series {
        Series::new(self.seed, self.stream, source, purpose)
    }
}

/// A machine that simulates one quarter after another for one plan; it keeps no trace of the draw before.
#[derive(Debug)]
pub struct Quarter<'p> {
    plan: &'p Plan,
    marketing_keys: marketing::Keys,
    desk_keys: desk::Keys,
    closing_keys: closing::Keys,
    weeks: usize,
    marketing: Marketing,
    desk: Desk,
    closing: Closing,
    tally: Tally,
}

impl<'p> Quarter<'p> {
    /// For a plan and a seed, over the horizon alone or with the tail.
    #[must_use]
    pub fn new(plan: &'p Plan, seed: Seed, with_tail: bool) -> Self {
        let horizon = &plan.parts.horizon;
        let weeks = if with_tail {
            horizon.all()
        } else {
            horizon.weeks
        };
        Self {
            plan,
            marketing_keys: marketing::Keys::new(plan, seed),
            desk_keys: desk::Keys::new(plan, seed),
            closing_keys: closing::Keys::new(plan, seed),
            weeks,
            marketing: Marketing::default(),
            desk: Desk::default(),
            closing: Closing::default(),
            tally: Tally::new(plan.sources.len(), weeks),
        }
    }

    /// The leads of each class at the team's desk, as the last stage left them.
    #[must_use]
    pub fn piles(&self) -> &[Pile] {
        self.desk.leads()
    }

    /// How many weeks a draw runs.
    #[must_use]
    pub fn weeks(&self) -> usize {
        self.weeks
    }

    /// Simulates draw `draw`, whose inputs are `drawn`.
    pub fn run(&mut self, draw: u64, drawn: &[f64]) -> &Tally {
        self.open(draw, drawn);
        for week in 0..self.weeks {
            self.spend(week);
            self.count(week);
            self.work(week);
            self.close(week);
        }
        self.settle()
    }

    /// Begins a draw: what holds for all of it.
    pub fn open(&mut self, draw: u64, drawn: &[f64]) {
        let plan = self.plan;
        self.tally.clear();
        self.marketing
            .open(plan, &self.marketing_keys, draw, drawn, &mut self.tally);
        self.desk
            .open(plan, &self.desk_keys, draw, drawn, &mut self.tally);
        self.closing
            .open(plan, &self.closing_keys, draw, drawn, &mut self.tally);
        self.tally.terms = plan.parts.finance.terms(drawn);
    }

    /// Channels spend the week's money; each has a mean number of leads.
    pub fn spend(&mut self, week: usize) {
        self.marketing.spend(self.plan, week, &mut self.tally);
    }

    /// Leads come.
    pub fn count(&mut self, week: usize) {
        self.marketing
            .count(self.plan, week, self.desk.piles(), &mut self.tally);
    }

    /// The team works; leads are won, wait or leave.
    pub fn work(&mut self, week: usize) {
        let due = self.closing.hours_due(week);
        self.desk.work(self.plan, week, due, &mut self.tally);
        self.desk
            .settle_leads(self.plan, week, &self.closing, &mut self.tally);
    }

    /// The end of the week: stocks move on.
    pub fn close(&mut self, week: usize) {
        self.marketing.close();
        if week + 1 == self.plan.parts.horizon.weeks {
            self.marketing.measure_limits(self.plan, &mut self.tally);
        }
    }

    /// The end of the draw: its tally.
    pub fn settle(&mut self) -> &Tally {
        self.desk.settle(&mut self.tally);
        &self.tally
    }
}

/// The luck of one draw for a list of series.
pub(super) fn at<const N: usize>(series: &[Series; N], draw: u64) -> [Luck; N] {
    series.map(|series| series.at(draw))
}
