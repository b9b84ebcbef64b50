//! Opportunities of a draw: those that are counted, and those among leads that were worked and not won, which are drawn when
//! somebody asks for them. Most who simulate a plan don't.
//!
//! Implements section 5 of docs/model.md, opportunities.

use crate::model::reuse::reusing_memory;
use crate::random::{DrawStream, binomial};

reusing_memory! {
    /// Opportunities of a draw.
    #[derive(Debug, Default)]
    pub(in crate::model) struct Opportunities {
        counted: f64,
        not_won: Vec<NotWon>,
    }
}

/// Leads of one class and age that were worked and not won.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct NotWon {
    pub(in crate::model) leads: u64,
    /// o, the chance that a lead that is worked is an opportunity
    pub(in crate::model) rate: f64,
    /// c, the chance that an opportunity is won; not yet capped at 1
    pub(in crate::model) close_rate: f64,
    pub(in crate::model) uniform: (DrawStream, u32),
}

impl Opportunities {
    /// Forgets the draw before.
    pub(super) fn clear(&mut self) {
        self.counted = 0.0;
        self.not_won.clear();
    }

    /// So many more are counted.
    pub(in crate::model) fn add(&mut self, count: f64) {
        self.counted += count;
    }

    /// Some of these were opportunities as well.
    pub(in crate::model) fn add_not_won(&mut self, leads: NotWon) {
        self.not_won.push(leads);
    }

    /// How many there are.
    pub(super) fn count(&self) -> f64 {
        self.not_won.iter().fold(self.counted, |count, leads| count + leads.opportunities() as f64)
    }
}

impl NotWon {
    /// `Binomial(worked − wins, o(1 − c)/(1 − o·c))`
    fn opportunities(&self) -> u64 {
        let (stream, number) = self.uniform;
        binomial(self.leads, among_lost(self.rate, self.close_rate), stream.uniform(0, number))
    }
}

/// The chance that a lead that was not won was an opportunity: `o(1 − c)/(1 − o·c)`, and 1 where all are won.
pub(in crate::model) fn among_lost(o: f64, close_rate: f64) -> f64 {
    let c = close_rate.min(1.0);
    if o * c < 1.0 { (o * (1.0 - c) / (1.0 - o * c)).min(1.0) } else { 1.0 }
}
