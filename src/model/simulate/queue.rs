//! The week's work: hours of the team against leads that wait for it.
//!
//! Implements section 5 of docs/model.md, points 1 and 3, and its fine print.

use std::ops::Range;

use crate::model::sales::Order;
use crate::units::{number, reaches, whole_part};

/// How long a lead has waited: it came this week, or in an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// came this week
    Fresh = 0,
    /// came earlier
    Waiting = 1,
}

/// A queue: leads of one class at the team's desk, by [`Age`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Queue {
    /// leads
    pub leads: [u64; 2],
    /// worked this week
    pub worked: [u64; 2],
    /// hours a lead
    pub effort: [f64; 2],
    /// hours begun on the next lead
    pub begun: f64,
}

impl Queue {
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

/// Works one week: fills in `worked` and `begun` of every queue, and gives the hours that perish. `ranked` names the queues by expected value an hour, best
/// first; it is read by [`Order::BestFirst`] alone.
pub fn work(queues: &mut [Queue], order: Order, ranked: &[usize], hours: f64) -> f64 {
    let (mut wanted, mut most) = (0.0, 0.0);
    for queue in queues.iter_mut() {
        queue.worked = queue.leads;
        if queue.leads == [0, 0] || queue.effort[0] <= 0.0 {
            continue;
        }
        let [fresh, waiting] = queue.leads;
        let remaining = number(fresh) * queue.effort[0] + number(waiting) * queue.effort[1] - queue.begun;
        wanted += remaining;
        most += f64::max(remaining, 0.0);
    }
    // Hours that cover all there is cover each group, whatever the order.
    if reaches(hours, most) {
        queues.iter_mut().for_each(|queue| queue.begun = 0.0);
        return (hours - wanted).max(0.0);
    }
    for queue in queues.iter_mut().filter(|queue| queue.effort[0] > 0.0) {
        queue.worked = [0, 0];
    }
    // In the order of the queues, so that sums are the same whatever the ranks.
    let all = 0..queues.len();
    let mut left = Some(hours);
    match order {
        Order::NewestFirst => {
            work_group(queues, all.clone(), Age::Fresh, &mut left);
            work_group(queues, all, Age::Waiting, &mut left);
        }
        Order::OldestFirst => {
            work_group(queues, all.clone(), Age::Waiting, &mut left);
            work_group(queues, all, Age::Fresh, &mut left);
        }
        Order::BestFirst => {
            for &queue in ranked {
                work_group(queues, queue..queue + 1, Age::Fresh, &mut left);
                work_group(queues, queue..queue + 1, Age::Waiting, &mut left);
            }
        }
    }
    left.unwrap_or(0.0)
}

/// Works one group with the hours left and leaves what is left then; none when the group took them all and still has
/// leads waiting, so that no later group gets any.
fn work_group(queues: &mut [Queue], members: Range<usize>, age: Age, left: &mut Option<f64>) {
    let Some(hours) = *left else { return };
    let mut wanted = 0.0;
    let mut short = 0.0;
    for queue in &queues[members.clone()] {
        if queue.takes_part(age) {
            let remaining = queue.remaining(age);
            wanted += remaining;
            short += remaining.max(0.0);
        }
    }
    let covered = reaches(hours, wanted);
    // Of the work that is wanted, so much is done.
    let part = hours / short;
    for queue in &mut queues[members] {
        if !queue.takes_part(age) {
            continue;
        }
        let at = age as usize;
        if covered {
            queue.worked[at] = queue.leads[at];
            queue.begun = 0.0;
            continue;
        }
        let effort = queue.effort[at];
        let spent = part * queue.remaining(age).max(0.0) + queue.begun;
        let done = whole_part(spent / effort);
        queue.worked[at] = (done as u64).min(queue.leads[at]);
        queue.begun = (spent - number(queue.worked[at]) * effort).max(0.0);
    }
    *left = covered.then(|| (hours - wanted).max(0.0));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(fresh: u64, waiting: u64, effort: f64) -> Queue {
        Queue { leads: [fresh, waiting], effort: [effort; 2], ..Queue::default() }
    }

    #[test]
    fn hours_that_cover_all_work_it_all_and_the_rest_perishes() {
        let mut queues = [queue(3, 2, 1.0), queue(4, 0, 0.5)];
        let perished = work(&mut queues, Order::NewestFirst, &[0, 1], 10.0);
        assert_eq!(queues.map(|queue| queue.worked), [[3, 2], [4, 0]]);
        assert!((perished - 3.0).abs() < 1e-12);
    }

    #[test]
    fn short_hours_are_shared_by_remaining_work_and_begun_hours_stay_with_their_class() {
        // 6 h of work in the first queue, 2 h in the second; 4 h to share: 3 and 1.
        let mut queues = [queue(3, 9, 2.0), queue(4, 0, 0.5)];
        let perished = work(&mut queues, Order::NewestFirst, &[0, 1], 4.0);
        assert_eq!(queues.map(|queue| queue.worked), [[1, 0], [2, 0]]);
        assert!((queues[0].begun - 1.0).abs() < 1e-12 && queues[1].begun.abs() < 1e-12);
        assert_eq!(perished, 0.0);
        // The next week one hour finishes the lead that was begun.
        let mut next = [Queue { leads: [0, 2], ..queues[0] }];
        work(&mut next, Order::NewestFirst, &[0], 1.0);
        assert_eq!(next[0].worked, [0, 1]);
        assert_eq!(next[0].begun, 0.0);
    }

    #[test]
    fn the_order_decides_who_waits() {
        let mut newest = [queue(2, 2, 1.0)];
        work(&mut newest, Order::NewestFirst, &[0], 3.0);
        assert_eq!(newest[0].worked, [2, 1]);
        let mut oldest = [queue(2, 2, 1.0)];
        work(&mut oldest, Order::OldestFirst, &[0], 3.0);
        assert_eq!(oldest[0].worked, [1, 2]);
        let mut best = [queue(2, 0, 1.0), queue(1, 1, 1.0)];
        work(&mut best, Order::BestFirst, &[1, 0], 3.0);
        assert_eq!(best.map(|queue| queue.worked), [[1, 0], [1, 1]]);
    }

    #[test]
    fn leads_that_cost_no_hours_are_worked_at_once() {
        let mut queues = [queue(5, 5, 0.0), queue(1, 0, 1.0)];
        work(&mut queues, Order::NewestFirst, &[0, 1], 0.0);
        assert_eq!(queues.map(|queue| queue.worked), [[5, 5], [0, 0]]);
    }

    #[test]
    fn a_surplus_of_begun_hours_goes_back_where_the_group_is_covered_and_stays_where_it_is_not() {
        let mut covered = [Queue { begun: 3.0, ..queue(1, 0, 1.0) }, queue(2, 0, 1.0)];
        let perished = work(&mut covered, Order::NewestFirst, &[0, 1], 0.0);
        assert_eq!(covered.map(|queue| queue.worked), [[1, 0], [2, 0]]);
        assert!(perished.abs() < 1e-12 && covered[0].begun == 0.0);
        let mut short = [Queue { begun: 3.0, ..queue(1, 0, 1.0) }, queue(9, 0, 1.0)];
        work(&mut short, Order::NewestFirst, &[0, 1], 2.0);
        assert_eq!(short.map(|queue| queue.worked), [[1, 0], [2, 0]]);
        assert!((short[0].begun - 2.0).abs() < 1e-12);
    }
}
