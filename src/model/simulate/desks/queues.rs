//! The week's work of sixteen draws side by side: what [`work`](crate::model::simulate::queue::work) does in each of them.
//!
//! Implements section 5 of docs/model.md, points 1 and 3, and its fine print.

use crate::model::simulate::queue::{Age, Queue};
use crate::random::{LANES, Lanes};
use crate::units::{least_that_reaches, number, reaches, whole_part_in_lane};

/// Leads of one class in sixteen draws, as a [`Queue`] has them in one: counts as numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Queues {
    pub(super) leads: [Lanes; 2],
    pub(super) worked: [Lanes; 2],
    pub(super) effort: [Lanes; 2],
    pub(super) begun: Lanes,
}

/// What is left of a week's hours in each draw; not a number where a group took them all.
struct Left(Lanes);

impl Queues {
    /// The queue of one draw.
    pub(super) fn of(&self, lane: usize) -> Queue {
        Queue {
            leads: self.leads.map(|leads| leads[lane] as u64),
            worked: self.worked.map(|worked| worked[lane] as u64),
            effort: self.effort.map(|effort| effort[lane]),
            begun: self.begun[lane],
        }
    }

    /// What one draw made of it.
    pub(super) fn set(&mut self, lane: usize, queue: &Queue) {
        for age in 0..2 {
            self.leads[age][lane] = number(queue.leads[age]);
            self.worked[age][lane] = number(queue.worked[age]);
            self.effort[age][lane] = queue.effort[age];
        }
        self.begun[lane] = queue.begun;
    }

    /// Does no draw have leads of it?
    #[inline(always)]
    pub(super) fn are_empty(&self) -> bool {
        is_none(&self.leads[0]) && is_none(&self.leads[1])
    }
}

/// Covers all the work that there is, in every draw whose hours do; gives the hours that perish there, and those of the other
/// draws: not a number where the hours cover all.
#[inline(always)]
pub(super) fn cover(queues: &mut [Queues], hours: &Lanes) -> (Lanes, Option<Lanes>) {
    let (mut wanted, mut most) = ([0.0; LANES], [0.0; LANES]);
    for queue in queues.iter().filter(|queue| !queue.are_empty()) {
        for lane in 0..LANES {
            let [fresh, waiting] = [0, 1].map(|age| queue.leads[age][lane] * queue.effort[age][lane]);
            let remaining = if queue.effort[0][lane] > 0.0 { fresh + waiting - queue.begun[lane] } else { 0.0 };
            wanted[lane] += remaining;
            most[lane] += positive(remaining);
        }
    }
    let (mut perished, mut short) = ([0.0; LANES], [f64::NAN; LANES]);
    let mut any = false;
    for lane in 0..LANES {
        let covered = reaches(hours[lane], most[lane]);
        any |= !covered;
        short[lane] = if covered { f64::NAN } else { hours[lane] };
        perished[lane] = if covered { positive(hours[lane] - wanted[lane]) } else { 0.0 };
    }
    for queue in queues {
        // Factors in place of branches: what stays of the hours begun, and what is worked at once of the leads.
        let (mut stays, mut worked) = ([0.0; LANES], [0.0; LANES]);
        for lane in 0..LANES {
            let is_short = short[lane] >= 0.0;
            stays[lane] = if is_short { 1.0 } else { 0.0 };
            worked[lane] = if is_short & (queue.effort[0][lane] > 0.0) { 0.0 } else { 1.0 };
        }
        for lane in 0..LANES {
            queue.begun[lane] *= stays[lane];
            queue.worked[0][lane] = worked[lane] * queue.leads[0][lane];
            queue.worked[1][lane] = worked[lane] * queue.leads[1][lane];
        }
    }
    (perished, any.then_some(short))
}

/// Works the leads of one age and then those of the other, in draws whose hours don't cover all; gives the hours that
/// perish there.
#[inline(always)]
pub(super) fn work_by_age(queues: &mut [Queues], ages: [Age; 2], short: Lanes) -> Lanes {
    let mut left = Left(short);
    for age in ages {
        if left.is_nothing() {
            break;
        }
        left.work(queues, age as usize);
    }
    left.0.map(|hours| if hours >= 0.0 { hours } else { 0.0 })
}

/// Works class by class, as they rank in one draw, whose hours don't cover all; gives the hours that perish there.
pub(super) fn work_by_rank(queues: &mut [Queues], lane: usize, ranked: &[usize], mut hours: f64) -> f64 {
    for &class in ranked {
        let queue = &mut queues[class];
        for age in [Age::Fresh as usize, Age::Waiting as usize] {
            let (leads, effort, begun) = (queue.leads[age][lane], queue.effort[age][lane], queue.begun[lane]);
            if leads <= 0.0 || effort <= 0.0 {
                continue;
            }
            let remaining = leads * effort - begun;
            if !reaches(hours, remaining) {
                (queue.worked[age][lane], queue.begun[lane]) = spend(hours / remaining, (leads, effort, begun));
                return 0.0;
            }
            (queue.worked[age][lane], queue.begun[lane]) = (leads, 0.0);
            hours = positive(hours - remaining);
        }
    }
    hours
}

impl Left {
    /// Works the leads of one age, in draws that have hours left.
    #[inline(always)]
    fn work(&mut self, queues: &mut [Queues], age: usize) {
        let (mut wanted, mut most) = ([0.0; LANES], [0.0; LANES]);
        for queue in queues.iter().filter(|queue| !is_none(&queue.leads[age])) {
            for lane in 0..LANES {
                let (leads, effort) = (queue.leads[age][lane], queue.effort[age][lane]);
                let remaining = leads * effort - queue.begun[lane];
                let remaining = if (leads > 0.0) & (effort > 0.0) { remaining } else { 0.0 };
                wanted[lane] += remaining;
                most[lane] += positive(remaining);
            }
        }
        let hours = &mut self.0;
        let (mut enough, mut part) = ([0.0; LANES], [0.0; LANES]);
        for lane in 0..LANES {
            enough[lane] = least_that_reaches(wanted[lane]);
            part[lane] = hours[lane] / most[lane];
        }
        for queue in queues.iter_mut().filter(|queue| !is_none(&queue.leads[age])) {
            for lane in 0..LANES {
                let (leads, effort, begun) = (queue.leads[age][lane], queue.effort[age][lane], queue.begun[lane]);
                let (done, over) = spend(part[lane], (leads, effort, begun));
                let covered = hours[lane] >= enough[lane];
                let (worked, over) = if covered { (leads, 0.0) } else { (done, over) };
                let takes_part = (hours[lane] >= 0.0) & (leads > 0.0) & (effort > 0.0);
                queue.worked[age][lane] = if takes_part { worked } else { queue.worked[age][lane] };
                queue.begun[lane] = if takes_part { over } else { begun };
            }
        }
        for lane in 0..LANES {
            let left = positive(hours[lane] - wanted[lane]);
            hours[lane] = if hours[lane] >= enough[lane] { left } else { f64::NAN };
        }
    }

    /// Has no draw any hours left?
    #[inline(always)]
    fn is_nothing(&self) -> bool {
        let mut any = false;
        for hours in &self.0 {
            any |= *hours >= 0.0;
        }
        !any
    }
}

/// Does that part of the work on the leads of a class: gives how many are done, and the hours begun on the next.
#[inline(always)]
fn spend(part: f64, (leads, effort, begun): (f64, f64, f64)) -> (f64, f64) {
    let spent = part * positive(leads * effort - begun) + begun;
    let done = whole_part_in_lane(spent / effort);
    let done = if done < leads { done } else { leads };
    (done, positive(spent - done * effort))
}

/// Are all of them 0?
#[inline(always)]
pub(super) fn is_none(counts: &Lanes) -> bool {
    // Of numbers that are not below 0, only 0 has no bits: faster than sixteen comparisons.
    let mut bits = 0;
    for count in counts {
        bits |= count.to_bits();
    }
    bits == 0
}

/// x, or 0 where it is below: without a look at what is not a number.
#[inline(always)]
fn positive(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.0 }
}
