//! The best division of money among channels whose curves are known at some budgets: dynamic programming over small units.

use super::space::{Mix, Space};

/// The money is divided into so many units.
const UNITS: usize = 200;

/// What each budget of a slot is worth, where the others stay as they are.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    /// budgets, rising, and what they are worth
    pub(super) points: Vec<(f64, f64)>,
}

impl Curve {
    /// What a budget is worth: on a straight line between the points, and flat beyond them.
    fn at(&self, budget: f64) -> f64 {
        let after = self.points.partition_point(|(own, _)| *own < budget);
        match (after.checked_sub(1).map(|at| self.points[at]), self.points.get(after)) {
            (Some((from, low)), Some(&(to, high))) if to > from => low + (high - low) * (budget - from) / (to - from),
            (None, Some(&(_, value))) | (Some((_, value)), _) => value,
            (None, None) => 0.0,
        }
    }

    /// The budgets that are looked at: its points where it buys pieces, and units between its ends.
    fn choices(&self, unit: f64, pieces: bool) -> Vec<f64> {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return Vec::new();
        };
        if pieces {
            return self.points.iter().map(|(budget, _)| *budget).collect();
        }
        let steps = ((last.0 - first.0) / unit).floor() as usize;
        let mut choices: Vec<f64> = (0..=steps).map(|step| first.0 + step as f64 * unit).collect();
        choices.extend(self.points.iter().map(|(budget, _)| *budget));
        choices
    }
}

/// The mix that is worth most where the worth of all budgets adds up. What a budget takes is rounded up to units, so that the
/// sum never is more than the total.
pub(super) fn knapsack(space: &Space, curves: &[Curve]) -> Mix {
    let unit = space.total / UNITS as f64;
    let units = |budget: f64| (budget / unit - 1e-6).ceil().max(0.0) as usize;
    // The best worth with so many units, and the choice of each slot on the way there.
    let mut best = vec![0.0; UNITS + 1];
    let mut choices: Vec<Vec<f64>> = Vec::with_capacity(curves.len());
    for (slot, curve) in space.slots.iter().zip(curves) {
        let offers: Vec<(usize, f64, f64)> = curve
            .choices(unit, slot.piece.is_some())
            .into_iter()
            .map(|budget| (units(budget), budget, curve.at(budget)))
            .collect();
        let mut next = vec![f64::NEG_INFINITY; UNITS + 1];
        let mut chosen = vec![slot.low; UNITS + 1];
        for money in 0..=UNITS {
            for &(takes, budget, worth) in offers.iter().filter(|(takes, ..)| *takes <= money) {
                let all = best[money - takes] + worth;
                if all > next[money] {
                    (next[money], chosen[money]) = (all, budget);
                }
            }
        }
        best = next;
        choices.push(chosen);
    }
    let mut money = UNITS;
    let mut mix = vec![0.0; curves.len()];
    for at in (0..curves.len()).rev() {
        mix[at] = choices[at][money];
        money -= units(mix[at]).min(money);
    }
    mix
}

#[cfg(test)]
mod tests {
    use super::super::space::tests::slot;
    use super::*;

    #[test]
    fn the_best_division_of_two_square_roots_is_found() {
        // 3·√x + √y with x + y = 100 is highest at x = 90.
        let space = Space { slots: vec![slot("x", 0.0, None), slot("y", 0.0, None)], total: 100.0 };
        let curve = |factor: f64| Curve {
            points: (0..=50).map(|at| 2.0 * f64::from(at)).map(|x| (x, factor * x.sqrt())).collect(),
        };
        let mix = knapsack(&space, &[curve(3.0), curve(1.0)]);
        assert!((mix[0] - 90.0).abs() <= 2.0 && Space::sum(&mix) <= 100.0, "{mix:?}");
    }

    #[test]
    fn whole_pieces_are_chosen_as_by_full_enumeration() {
        let slots = vec![slot("a", 0.0, Some(30.0)), slot("b", 0.0, Some(45.0)), slot("c", 0.0, None)];
        let space = Space { slots, total: 100.0 };
        let worth = |at: usize, budget: f64| match at {
            0 => [0.0, 10.0, 17.0, 21.0][(budget / 30.0).round() as usize],
            1 => [0.0, 16.0, 25.0][(budget / 45.0).round() as usize],
            _ => 0.2 * budget,
        };
        let levels = [vec![0.0, 30.0, 60.0, 90.0], vec![0.0, 45.0, 90.0], vec![0.0, 50.0, 100.0]];
        let curves: Vec<Curve> = levels
            .iter()
            .enumerate()
            .map(|(at, levels)| Curve { points: levels.iter().map(|&x| (x, worth(at, x))).collect() })
            .collect();
        let mix = knapsack(&space, &curves);
        let mut best = (f64::NEG_INFINITY, [0.0, 0.0]);
        for a in &levels[0] {
            for b in levels[1].iter().filter(|b| a + *b <= 100.0) {
                let value = worth(0, *a) + worth(1, *b) + worth(2, 100.0 - a - b);
                if value > best.0 {
                    best = (value, [*a, *b]);
                }
            }
        }
        assert_eq!(mix[..2], best.1);
    }
}
