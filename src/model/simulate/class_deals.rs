//! The deals of one class of leads in one draw: what they are drawn by.

use super::booking::Deals;
use super::deal_luck::DealLuck;
use super::sum::Sums;
use crate::model::lognormal::Lognormal;

/// Wins of a class in a week.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Win {
    pub(super) class: usize,
    pub(super) source: usize,
    pub(super) week: usize,
}

impl Win {
    /// What a deal of these wins has in common with the others; of its list price so much is left.
    #[inline]
    pub(super) fn deal(self, price: f64) -> Deals {
        Deals {
            source: self.source,
            open: false,
            place: 0,
            number: 0,
            started: self.week,
            closes: self.week,
            count: 1,
            list: 0.0,
            price,
        }
    }
}

/// The deals of a class in one draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClassDeals {
    pub(super) stream: DealLuck,
    pub(super) worth: Lognormal,
    pub(super) sums: Sums,
    /// so many of a week have a value and a delay of their own
    pub(super) single: u64,
    /// whether its deals close in the week in which they are won
    pub(super) at_once: bool,
}
