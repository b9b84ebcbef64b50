//! Which mixes may be chosen: a budget for each channel that spends money, between its ends, in whole pieces where it buys
//! such, and no more than the total in all.

use crate::transcendental::{log10, powf, powi};

/// The budget of a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// the channel, as a place in the order of the file
    pub channel: usize,
    /// its name
    pub name: String,
    /// its budget in the plan
    pub today: f64,
    /// the least that it may get
    pub low: f64,
    /// the most
    pub high: f64,
    /// what one piece costs, where it buys whole ones (an insertion, an event): less buys nothing
    pub piece: Option<f64>,
}

/// A budget for each slot.
pub type Mix = Vec<f64>;

/// The mixes to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Space {
    /// the channels that spend money, in the order of the file
    pub slots: Vec<Slot>,
    /// the most that they may get together
    pub total: f64,
}

/// What rounding leaves of a sum of budgets.
const ROUNDING: f64 = 1e-9;

impl Slot {
    /// Can it be anything but what it is?
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.high > self.low
    }

    /// The nearest budget that it may get, at most `budget`: whole pieces, but never below its low end.
    #[must_use]
    pub fn at_most(&self, budget: f64) -> f64 {
        let budget = budget.min(self.high);
        let whole = match self.piece {
            Some(piece) => (budget / piece + ROUNDING).floor() * piece,
            None => budget,
        };
        whole.max(self.low)
    }

    /// What one step up costs from `budget` on: a piece, or `amount`.
    #[must_use]
    pub fn step_up(&self, budget: f64, amount: f64) -> Option<f64> {
        let wanted = match self.piece {
            Some(piece) => ((budget / piece + ROUNDING).floor() + (amount / piece).floor().max(1.0)) * piece,
            None => budget + amount,
        };
        let next = if self.piece.is_some() { wanted } else { wanted.min(self.high) };
        (next <= self.high * (1.0 + ROUNDING) && next > budget).then_some(next - budget)
    }

    /// What one step down frees from `budget` on: a piece, or `amount`.
    #[must_use]
    pub fn step_down(&self, budget: f64, amount: f64) -> Option<f64> {
        let wanted = match self.piece {
            Some(piece) => ((budget / piece - ROUNDING).ceil() - (amount / piece).floor().max(1.0)) * piece,
            None => budget - amount,
        };
        let next = if self.piece.is_some() { wanted } else { wanted.max(self.low) };
        (next >= self.low - ROUNDING && next >= 0.0 && next < budget).then_some(budget - next)
    }

    /// Budgets from `low` to `high` at which its curve is looked at: at most `count` of them, whole pieces where it buys such.
    #[must_use]
    pub fn levels(&self, low: f64, high: f64, count: usize) -> Vec<f64> {
        let (low, high) = (low.max(self.low), high.min(self.high));
        let mut levels: Vec<f64> = match self.piece {
            Some(piece) => {
                let (first, last) =
                    ((low / piece - ROUNDING).ceil() as usize, (high / piece + ROUNDING).floor() as usize);
                let stride = (last + 1).saturating_sub(first).div_ceil(count.max(1)).max(1);
                (first..=last).step_by(stride).map(|number| number as f64 * piece).collect()
            }
            // Closer to each other where there is less money: there a curve bends most.
            None => {
                let last = count.saturating_sub(1).max(1) as f64;
                (0..count).map(|at| low + (high - low) * powf(at as f64 / last, 1.5)).collect()
            }
        };
        levels.retain(|level| (self.low..=self.high * (1.0 + ROUNDING)).contains(level));
        levels
    }
}

impl Space {
    /// What a mix takes in all.
    #[must_use]
    pub fn sum(mix: &[f64]) -> f64 {
        mix.iter().sum()
    }

    /// May the mix be chosen?
    #[must_use]
    pub fn holds(&self, mix: &[f64]) -> bool {
        let inside = |(slot, &budget): (&Slot, &f64)| {
            budget >= slot.low - ROUNDING * self.total && budget <= slot.high + ROUNDING * self.total
        };
        Self::sum(mix) <= self.total * (1.0 + ROUNDING) && self.slots.iter().zip(mix).all(inside)
    }

    /// What a mix leaves of the total.
    #[must_use]
    pub fn left(&self, mix: &[f64]) -> f64 {
        (self.total - Self::sum(mix)).max(0.0)
    }

    /// The plan's own mix, its budgets in proportion to the total and within their ends.
    #[must_use]
    pub fn start(&self) -> Mix {
        let today: f64 = self.slots.iter().map(|slot| slot.today).sum();
        if (today - self.total).abs() <= ROUNDING * self.total {
            let today: Mix = self.slots.iter().map(|slot| slot.today.clamp(slot.low, slot.high)).collect();
            if self.holds(&today) {
                return today;
            }
        }
        let weights: Vec<f64> = self.slots.iter().map(|slot| slot.today).collect();
        self.shared(&weights)
    }

    /// The total shared by weights, within the ends of each budget, then in whole pieces.
    #[must_use]
    pub fn shared(&self, weights: &[f64]) -> Mix {
        let mut mix: Mix = self.slots.iter().map(|slot| slot.low).collect();
        // Whoever is full leaves its part to the others.
        for _ in 0..=self.slots.len() {
            let left = self.left(&mix);
            let room: Vec<f64> = self.slots.iter().zip(&mix).map(|(slot, own)| slot.high - own).collect();
            let open: f64 = weights.iter().zip(&room).filter(|(_, room)| **room > 0.0).map(|(weight, _)| weight).sum();
            if left <= ROUNDING * self.total || open <= 0.0 {
                break;
            }
            for ((own, room), weight) in mix.iter_mut().zip(&room).zip(weights) {
                *own += (left * weight / open).min(*room);
            }
        }
        for (slot, own) in self.slots.iter().zip(&mut mix) {
            *own = slot.at_most(*own);
        }
        mix
    }

    /// The mix in round sums, as large as it was: budgets of whole pieces stay, and the largest other takes what rounding leaves.
    #[must_use]
    pub fn rounded(&self, mix: &[f64]) -> Mix {
        let unit = powi(10.0, log10(self.total / 1_000.0).floor() as i32);
        let may = |at: usize| self.slots[at].is_free() && self.slots[at].piece.is_none();
        // A small budget of a large total keeps two digits.
        let unit_of =
            |budget: f64| if budget > 0.0 { unit.min(powi(10.0, log10(budget).floor() as i32 - 1)) } else { unit };
        let round = |at: usize| match may(at) {
            true => (mix[at] / unit_of(mix[at])).round() * unit_of(mix[at]),
            false => mix[at],
        };
        let mut rounded: Mix = (0..mix.len()).map(round).collect();
        let all = Self::sum(mix).min(self.total);
        // What all had together is round as well, unless it was the whole total.
        let all = if self.total - all > unit { (all / unit).round() * unit } else { all };
        let largest = (0..mix.len()).filter(|&at| may(at)).max_by(|&a, &b| rounded[a].total_cmp(&rounded[b]));
        if let Some(largest) = largest {
            let over = Self::sum(&rounded) - all;
            rounded[largest] = ((rounded[largest] - over) * 1e6).round() / 1e6;
        }
        if self.holds(&rounded) { rounded } else { mix.to_vec() }
    }

    /// The same share for each.
    #[must_use]
    pub fn even(&self) -> Mix {
        self.shared(&vec![1.0; self.slots.len()])
    }

    /// `mix` with another budget for one slot; the others make room in proportion to what they have above their low ends.
    /// None where they can't.
    #[must_use]
    pub fn making_room(&self, mix: &[f64], at: usize, budget: f64) -> Option<Mix> {
        let mut moved = mix.to_vec();
        moved[at] = budget;
        let over = Self::sum(&moved) - self.total;
        let others = || (0..mix.len()).filter(|&other| other != at);
        if over > 0.0 {
            // Pieces stay whole as long as the rest can give.
            for pieces in [false, true] {
                let over = Self::sum(&moved) - self.total;
                let gives: Vec<usize> = others().filter(|&other| pieces || self.slots[other].piece.is_none()).collect();
                let room: f64 = gives.iter().map(|&other| moved[other] - self.slots[other].low).sum();
                if over <= ROUNDING * self.total || room <= 0.0 {
                    continue;
                }
                let share = (over / room).min(1.0);
                for &other in &gives {
                    let slot = &self.slots[other];
                    moved[other] = slot.at_most(moved[other] - share * (moved[other] - slot.low));
                }
            }
        } else {
            // What is given up goes to the others in proportion to what they have.
            let spare = (Self::sum(mix) - Self::sum(&moved)).max(0.0);
            let takes: Vec<usize> =
                others().filter(|&other| self.slots[other].is_free() && self.slots[other].piece.is_none()).collect();
            let sum: f64 = takes.iter().map(|&other| moved[other]).sum();
            for &other in takes.iter().filter(|_| sum > 0.0) {
                moved[other] = self.slots[other].at_most(moved[other] + spare * moved[other] / sum);
            }
        }
        self.holds(&moved).then_some(moved)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn slot(name: &str, today: f64, piece: Option<f64>) -> Slot {
        Slot { channel: 0, name: name.into(), today, low: 0.0, high: 100.0, piece }
    }

    fn space() -> Space {
        Space { slots: vec![slot("a", 50.0, None), slot("b", 36.0, Some(12.0)), slot("c", 14.0, None)], total: 100.0 }
    }

    #[test]
    fn todays_mix_stays_and_is_scaled_to_another_total() {
        assert_eq!(space().start(), [50.0, 36.0, 14.0]);
        let half = Space { total: 50.0, ..space() };
        assert_eq!(half.start(), [25.0, 12.0, 7.0]);
        assert!(half.holds(&half.start()));
    }

    #[test]
    fn shares_keep_to_their_ends_and_to_whole_pieces() {
        let mut space = space();
        space.slots[0].high = 20.0;
        let even = space.even();
        assert_eq!(even[0], 20.0);
        assert!((even[1] - 36.0).abs() < 1e-9 && (even[2] - 40.0).abs() < 1e-9, "{even:?}");
    }

    #[test]
    fn steps_are_amounts_or_pieces() {
        let space = space();
        assert_eq!(space.slots[0].step_up(95.0, 10.0), Some(5.0));
        assert_eq!(space.slots[1].step_up(40.0, 10.0), Some(8.0));
        assert_eq!(space.slots[1].step_up(96.0, 10.0), None);
        assert_eq!(space.slots[1].step_down(40.0, 10.0), Some(4.0));
        assert_eq!(space.slots[1].step_down(36.0, 25.0), Some(24.0));
        assert_eq!(space.slots[0].step_down(0.0, 1.0), None);
        assert_eq!(space.slots[1].levels(0.0, 100.0, 8), [0.0, 24.0, 48.0, 72.0, 96.0]);
        assert_eq!(space.slots[0].levels(0.0, 100.0, 2), [0.0, 100.0]);
    }

    #[test]
    fn round_sums_keep_their_sum() {
        let space = Space { total: 1_234.0, slots: vec![slot("a", 0.0, None), slot("b", 0.0, None)] };
        let wide = |slot: &Slot| Slot { high: 1_234.0, ..slot.clone() };
        let space = Space { slots: space.slots.iter().map(wide).collect(), ..space };
        assert_eq!(space.rounded(&[1_000.4, 233.6]), [1_000.0, 234.0]);
        assert_eq!(space.rounded(&[700.3, 200.1]), [700.0, 200.0]);
    }

    #[test]
    fn the_others_make_room() {
        let space = space();
        let moved = space.making_room(&[50.0, 36.0, 14.0], 0, 60.0).expect("room");
        assert_eq!(moved, [60.0, 36.0, 4.0]);
        let moved = space.making_room(&[50.0, 36.0, 14.0], 0, 80.0).expect("room");
        assert!(space.holds(&moved) && moved[0] == 80.0 && moved[1] <= 20.0, "{moved:?}");
        let moved = space.making_room(&[50.0, 36.0, 14.0], 0, 40.0).expect("room");
        assert_eq!(moved, [40.0, 36.0, 24.0]);
    }
}
