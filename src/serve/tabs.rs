//! The latest question of a tab counts: work on an older one stops.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use crate::engine::Progress;

/// Which question of which tab.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Turn {
    /// the tab, by a number that it gave itself; a tab that asks several things at a time has several
    tab: u64,
    /// its questions, counted
    number: u64,
}

/// The tabs that have asked, with the number of the latest question of each.
#[derive(Debug, Default)]
pub(super) struct Tabs(Mutex<VecDeque<(u64, Arc<AtomicU64>)>>);

/// Tabs that are remembered. One that was forgotten is met as a new one.
const MOST_TABS: usize = 64;

impl Tabs {
    /// Stops what the tab asked before, and watches over what it asks now.
    pub(super) fn begin(&self, turn: Turn) -> Watch {
        let mut tabs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = tabs.iter().position(|(tab, _)| *tab == turn.tab);
        let entry = at.and_then(|at| tabs.remove(at)).unwrap_or_else(|| (turn.tab, Arc::default()));
        let latest = Arc::clone(&entry.1);
        tabs.push_back(entry);
        if tabs.len() > MOST_TABS {
            tabs.pop_front();
        }
        latest.fetch_max(turn.number, Ordering::Relaxed);
        Watch { latest, number: turn.number }
    }
}

/// Watches over the work on one question.
#[derive(Debug)]
pub(super) struct Watch {
    latest: Arc<AtomicU64>,
    number: u64,
}

impl Progress for Watch {
    fn begin(&self, _asked: u64, _draws: u64) {}

    fn advance(&self, _draws: u64) {}

    fn is_stopped(&self) -> bool {
        self.latest.load(Ordering::Relaxed) > self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_question_stops_the_earlier_of_its_tab_alone() {
        let tabs = Tabs::default();
        let first = tabs.begin(Turn { tab: 1, number: 1 });
        let other = tabs.begin(Turn { tab: 2, number: 1 });
        assert!(!first.is_stopped());
        let second = tabs.begin(Turn { tab: 1, number: 2 });
        assert!(first.is_stopped() && !second.is_stopped() && !other.is_stopped());
        // One that comes late is stopped at once.
        assert!(tabs.begin(Turn { tab: 1, number: 1 }).is_stopped());
        (3..200).for_each(|tab| drop(tabs.begin(Turn { tab, number: 1 })));
        assert!(tabs.0.lock().expect("the tabs").len() <= MOST_TABS);
    }
}
