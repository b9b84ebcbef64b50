//! The week's work: hours of the team against leads that wait for it.
//!
//! Implements section 5 of docs/model.md, points 1 and 3, and its fine print.

use std::ops::Range;

use crate::units::{number, reaches, whole_part};

use super::keys::Choice;

/// The order in which leads are worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// this week's leads before those that wait
    NewestFirst,
    /// those that wait before this week's
    OldestFirst,
    /// class by class, by expected value an hour
    BestFirst,
}

impl Choice for Order {
    const WORDS: &'static [(&'static str, Self)] =
        &[("newest_first", Self::NewestFirst), ("oldest_first", Self::OldestFirst), ("best_first", Self::BestFirst)];
}

/// How long a lead has waited: it came this week, or in an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// came this week
    Fresh = 0,
    /// came earlier
    Waiting = 1,
}

/// Leads of one class at the team's desk, by [`Age`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Pile {
    /// leads
    pub leads: [u64; 2],
    /// worked this week
    pub worked: [u64; 2],
    /// hours a lead
    pub effort: [f64; 2],
    /// hours begun on the next lead
    pub begun: f64,
}

impl Pile {
    /// Leads not worked this week.
    #[must_use]
    pub fn left_over(&self) -> u64 {
        self.leads[0] + self.leads[1] - self.worked[0] - self.worked[1]
    }

    /// Hours of work in the leads of an age, less what is begun.
    fn remaining(&self, age: Age) -> f64 {
        number(self.leads[age as usize]) * self.effort[age as usize] - self.begun
    }

    /// Does the team spend hours on leads of that age this week?
    fn takes_part(&self, age: Age) -> bool {
        self.leads[age as usize] > 0 && self.effort[age as usize] > 0.0
    }
}

/// What a week's work comes to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Work {
    /// hours of the team
    pub hours: f64,
    /// hours that all leads want, less what is begun
    pub wanted: f64,
    /// the same, where no class gives back what was begun too much
    pub most: f64,
    /// hours that perish
    pub perished: f64,
}

impl Work {
    /// The work on the same leads in so many hours, where that is seen without doing it.
    #[must_use]
    pub fn within(self, hours: f64) -> Option<Self> {
        let covered = reaches(hours, self.most) && reaches(self.hours, self.most);
        if covered {
            let perished = (hours - self.wanted).max(0.0);
            return Some(Self { hours, perished, ..self });
        }
        (hours == self.hours).then_some(self)
    }
}

/// Works one week: fills in `worked` and `begun` of every pile. `ranked` names the piles by expected value an hour, best
/// first; it is read by [`Order::BestFirst`] alone.
pub fn work(piles: &mut [Pile], order: Order, ranked: &[usize], hours: f64) -> Work {
    let (mut wanted, mut most) = (0.0, 0.0);
    for pile in piles.iter_mut() {
        pile.worked = pile.leads;
        if pile.leads == [0, 0] || pile.effort[0] <= 0.0 {
            continue;
        }
        let [fresh, waiting] = pile.leads;
        let remaining = number(fresh) * pile.effort[0] + number(waiting) * pile.effort[1] - pile.begun;
        wanted += remaining;
        most += f64::max(remaining, 0.0);
    }
    // Hours that cover all there is cover each group, whatever the order.
    if reaches(hours, most) {
        piles.iter_mut().for_each(|pile| pile.begun = 0.0);
        return Work { hours, wanted, most, perished: (hours - wanted).max(0.0) };
    }
    for pile in piles.iter_mut().filter(|pile| pile.effort[0] > 0.0) {
        pile.worked = [0, 0];
    }
    // In the order of the piles, so that sums are the same whatever the ranks.
    let all = 0..piles.len();
    let mut left = Some(hours);
    match order {
        Order::NewestFirst => {
            work_group(piles, all.clone(), Age::Fresh, &mut left);
            work_group(piles, all, Age::Waiting, &mut left);
        }
        Order::OldestFirst => {
            work_group(piles, all.clone(), Age::Waiting, &mut left);
            work_group(piles, all, Age::Fresh, &mut left);
        }
        Order::BestFirst => {
            for &pile in ranked {
                work_group(piles, pile..pile + 1, Age::Fresh, &mut left);
                work_group(piles, pile..pile + 1, Age::Waiting, &mut left);
            }
        }
    }
    Work { hours, wanted, most, perished: left.unwrap_or(0.0) }
}

/// Works one group with the hours left and leaves what is left then; none when the group took them all and still has
/// leads waiting, so that no later group gets any.
fn work_group(piles: &mut [Pile], members: Range<usize>, age: Age, left: &mut Option<f64>) {
    let Some(hours) = *left else { return };
    let mut wanted = 0.0;
    let mut short = 0.0;
    for pile in &piles[members.clone()] {
        if pile.takes_part(age) {
            let remaining = pile.remaining(age);
            wanted += remaining;
            short += remaining.max(0.0);
        }
    }
    let covered = reaches(hours, wanted);
    for pile in &mut piles[members] {
        if !pile.takes_part(age) {
            continue;
        }
        let at = age as usize;
        if covered {
            pile.worked[at] = pile.leads[at];
            pile.begun = 0.0;
            continue;
        }
        let effort = pile.effort[at];
        let spent = hours * pile.remaining(age).max(0.0) / short + pile.begun;
        let done = whole_part(spent / effort);
        pile.worked[at] = (done as u64).min(pile.leads[at]);
        pile.begun = (spent - number(pile.worked[at]) * effort).max(0.0);
    }
    *left = covered.then(|| (hours - wanted).max(0.0));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pile(fresh: u64, waiting: u64, effort: f64) -> Pile {
        Pile { leads: [fresh, waiting], effort: [effort; 2], ..Pile::default() }
    }

    #[test]
    fn hours_that_cover_all_work_it_all_and_the_rest_perishes() {
        let mut piles = [pile(3, 2, 1.0), pile(4, 0, 0.5)];
        let perished = work(&mut piles, Order::NewestFirst, &[0, 1], 10.0).perished;
        assert_eq!(piles.map(|pile| pile.worked), [[3, 2], [4, 0]]);
        assert!((perished - 3.0).abs() < 1e-12);
    }

    #[test]
    fn short_hours_are_shared_by_remaining_work_and_begun_hours_stay_with_their_class() {
        // 6 h of work in the first pile, 2 h in the second; 4 h to share: 3 and 1.
        let mut piles = [pile(3, 9, 2.0), pile(4, 0, 0.5)];
        let perished = work(&mut piles, Order::NewestFirst, &[0, 1], 4.0).perished;
        assert_eq!(piles.map(|pile| pile.worked), [[1, 0], [2, 0]]);
        assert!((piles[0].begun - 1.0).abs() < 1e-12 && piles[1].begun.abs() < 1e-12);
        assert_eq!(perished, 0.0);
        // The next week one hour finishes the lead that was begun.
        let mut next = [Pile { leads: [0, 2], ..piles[0] }];
        work(&mut next, Order::NewestFirst, &[0], 1.0);
        assert_eq!(next[0].worked, [0, 1]);
        assert_eq!(next[0].begun, 0.0);
    }

    #[test]
    fn the_order_decides_who_waits() {
        let mut newest = [pile(2, 2, 1.0)];
        work(&mut newest, Order::NewestFirst, &[0], 3.0);
        assert_eq!(newest[0].worked, [2, 1]);
        let mut oldest = [pile(2, 2, 1.0)];
        work(&mut oldest, Order::OldestFirst, &[0], 3.0);
        assert_eq!(oldest[0].worked, [1, 2]);
        let mut best = [pile(2, 0, 1.0), pile(1, 1, 1.0)];
        work(&mut best, Order::BestFirst, &[1, 0], 3.0);
        assert_eq!(best.map(|pile| pile.worked), [[1, 0], [1, 1]]);
    }

    #[test]
    fn leads_that_cost_no_hours_are_worked_at_once() {
        let mut piles = [pile(5, 5, 0.0), pile(1, 0, 1.0)];
        work(&mut piles, Order::NewestFirst, &[0, 1], 0.0);
        assert_eq!(piles.map(|pile| pile.worked), [[5, 5], [0, 0]]);
    }

    #[test]
    fn a_surplus_of_begun_hours_goes_back_where_the_group_is_covered_and_stays_where_it_is_not() {
        let mut covered = [Pile { begun: 3.0, ..pile(1, 0, 1.0) }, pile(2, 0, 1.0)];
        let perished = work(&mut covered, Order::NewestFirst, &[0, 1], 0.0).perished;
        assert_eq!(covered.map(|pile| pile.worked), [[1, 0], [2, 0]]);
        assert!(perished.abs() < 1e-12 && covered[0].begun == 0.0);
        let mut short = [Pile { begun: 3.0, ..pile(1, 0, 1.0) }, pile(9, 0, 1.0)];
        work(&mut short, Order::NewestFirst, &[0, 1], 2.0);
        assert_eq!(short.map(|pile| pile.worked), [[1, 0], [2, 0]]);
        assert!((short[0].begun - 2.0).abs() < 1e-12);
    }
}
