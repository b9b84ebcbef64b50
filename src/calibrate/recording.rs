//! When closes began to be recorded: an export that was filtered by the day of the close holds deals from before, and none
//! of their early closes.

use crate::records::{Day, Deal, Deals, Outcome};

/// Deals of an export by when they were created.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    /// deals created since closes are recorded: all of their closes are there
    pub(super) since: Deals,
    /// deals from before, of which only late closes are there; none where nothing is missing
    pub(super) before: Option<Stock>,
}

/// Deals from before closes were recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stock {
    /// the first day on which a close was recorded
    pub(super) first_close: Day,
    /// how many deals
    pub(super) deals: usize,
    /// how many of them are open
    pub(super) open: usize,
    /// how many were won since
    pub(super) wins: usize,
    /// how many closes should have been recorded before that day
    pub(super) missing: f64,
}

/// So many missing closes are no accident: a chance below 1 in 1,000 that none was there.
const MISSING: f64 = 7.0;
/// Fewer closes say nothing of how long they take.
const FEWEST_CLOSES: usize = 3;

impl Recorded {
    /// Tells deals apart. A close is missing where, by the times that deals created since took, one should have come before
    /// the first that is recorded.
    pub(super) fn of(deals: &Deals) -> Self {
        let whole = || Self { since: deals.clone(), before: None };
        let closed_on = |outcome: Outcome| match outcome {
            Outcome::Won(day) | Outcome::Lost(Some(day)) => Some(day),
            Outcome::Lost(None) | Outcome::Open => None,
        };
        let Some(first_close) = deals.list.iter().filter_map(|deal| closed_on(deal.outcome)).min() else {
            return whole();
        };
        let (since, before): (Vec<Deal>, Vec<Deal>) =
            deals.list.iter().copied().partition(|deal| deal.created >= first_close);
        let times = since.iter().filter_map(|deal| Some(closed_on(deal.outcome)?.0 - deal.created.0));
        let mut times: Vec<i32> = times.collect();
        times.sort_unstable();
        if times.len() < FEWEST_CLOSES {
            return whole();
        }
        let closed_within = |days: i32| times.partition_point(|time| *time < days) as f64 / since.len() as f64;
        let missing = before.iter().map(|deal| closed_within(first_close.0 - deal.created.0)).sum();
        if missing < MISSING {
            return whole();
        }
        let stock = Stock {
            first_close,
            deals: before.len(),
            open: before.iter().filter(|deal| deal.outcome == Outcome::Open).count(),
            wins: before.iter().filter(|deal| matches!(deal.outcome, Outcome::Won(_))).count(),
            missing,
        };
        Self { since: Deals { list: since, ..deals.clone() }, before: Some(stock) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten deals a week, half of them closed after 10 days; an export of the closes since day 100 lacks those before.
    #[test]
    fn deals_from_before_closes_were_recorded_are_a_stock_of_their_own() {
        let deal = |created: i32, closes: bool| {
            let closed = Day(created + 10);
            let outcome = if closes && closed >= Day(100) { Outcome::Won(closed) } else { Outcome::Open };
            Deal { id: None, source: None, created: Day(created), outcome, amount: None }
        };
        let list = (0..200).flat_map(|day| [deal(day, true), deal(day, false)]).collect();
        let deals = Deals { list, as_of: Day(210), ..Deals::default() };
        let Recorded { since, before } = Recorded::of(&deals);
        let stock = before.expect("a stock");
        assert_eq!((stock.first_close, stock.deals, stock.wins, stock.open), (Day(100), 200, 10, 190));
        // Half of those that were 11 days or older on day 100 should have closed: of 180, 90.
        assert!((stock.missing - 90.0).abs() < 1e-9, "{stock:?}");
        assert!(since.list.iter().all(|deal| deal.created >= Day(100)));
    }

    /// The same records from their first day on lack nothing.
    #[test]
    fn records_that_begin_with_the_firm_are_whole() {
        let list = (0..200)
            .map(|day| Deal {
                id: None,
                source: None,
                created: Day(day),
                outcome: if day % 2 == 0 { Outcome::Won(Day(day + 10)) } else { Outcome::Open },
                amount: None,
            })
            .collect();
        let deals = Deals { list, as_of: Day(210), ..Deals::default() };
        assert!(Recorded::of(&deals).before.is_none());
    }
}
