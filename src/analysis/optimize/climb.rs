//! The search for the best mix: a stage that looks over whole curves and can leave a hill, then transfers between pairs.
//!
//! What a mix is worth is told by a [`Landscape`], so that landscapes in closed form serve as tests.

use std::collections::BTreeMap;

use super::knapsack::{Curve, knapsack};
use super::space::{Mix, Space};

/// Tells what mixes are worth.
pub(super) trait Landscape {
    /// Why it could not be told.
    type Error;

    /// The worth of each mix: the higher the better.
    fn worth(&mut self, mixes: &[Mix]) -> Result<Vec<f64>, Self::Error>;
}

/// How far the curves are looked at around the present mix, in shares of the total, round by round.
const WINDOWS: [f64; 4] = [1.0, 0.3, 0.12, 0.05];

/// Budgets of a curve that is looked at whole.
const LEVELS: usize = 8;

/// Budgets of a part of a curve.
const NEAR_LEVELS: usize = 5;

/// Shares of a budget that are tried where some of it may lie idle.
const TRIMS: [f64; 8] = [0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/// So many times the least of them is tried again.
const MOST_TRIMS: usize = 12;

/// What may be lost for it, as a share of the worth.
const IDLE: f64 = 2e-5;

/// A search over a space, which remembers what every mix is worth.
pub(super) struct Climb<'s, L: Landscape> {
    pub(super) space: &'s Space,
    landscape: L,
    known: BTreeMap<Vec<u64>, f64>,
    /// every mix that may be chosen and its worth, in the order in which they were met
    pub(super) met: Vec<(Mix, f64)>,
}

impl<'s, L: Landscape> Climb<'s, L> {
    /// Of a space, from nothing known.
    pub(super) fn new(space: &'s Space, landscape: L) -> Self {
        Self { space, landscape, known: BTreeMap::new(), met: Vec::new() }
    }

    /// How many mixes were looked at.
    pub(super) fn count(&self) -> usize {
        self.known.len()
    }

    /// The worth of mixes, each of which is looked at once.
    pub(super) fn worth(&mut self, mixes: &[Mix]) -> Result<Vec<f64>, L::Error> {
        let key = |mix: &Mix| -> Vec<u64> { mix.iter().map(|budget| budget.to_bits()).collect() };
        let mut new: Vec<Mix> = Vec::new();
        for mix in mixes {
            if !self.known.contains_key(&key(mix)) && !new.contains(mix) {
                new.push(mix.clone());
            }
        }
        if !new.is_empty() {
            let found = self.landscape.worth(&new)?;
            for (mix, worth) in new.into_iter().zip(found) {
                let worth = if worth.is_nan() { f64::NEG_INFINITY } else { worth };
                self.known.insert(key(&mix), worth);
                if self.space.holds(&mix) {
                    self.met.push((mix, worth));
                }
            }
        }
        Ok(mixes.iter().map(|mix| self.known.get(&key(mix)).copied().unwrap_or(f64::NEG_INFINITY)).collect())
    }

    pub(super) fn worth_of(&mut self, mix: &Mix) -> Result<f64, L::Error> {
        Ok(self.worth(std::slice::from_ref(mix))?[0])
    }

    /// The best mix from several starts: whole curves from each, then all that follows from the best of them.
    pub(super) fn search(&mut self, starts: &[Mix]) -> Result<Mix, L::Error> {
        let mut best: Option<(Mix, f64)> = None;
        for start in starts {
            let mix = self.by_curves(start.clone(), WINDOWS[0])?;
            let worth = self.worth_of(&mix)?;
            if best.as_ref().is_none_or(|(_, most)| worth > *most) {
                best = Some((mix, worth));
            }
        }
        let Some((mut mix, _)) = best else { return Ok(self.space.start()) };
        for window in &WINDOWS[1..] {
            mix = self.by_curves(mix, *window)?;
        }
        self.by_transfers(mix)
    }

    /// A short search: two rounds of curves, from the best of several starts.
    pub(super) fn shortly(&mut self, starts: &[Mix]) -> Result<Mix, L::Error> {
        let mut mix = self.best_of(starts.to_vec())?;
        for window in &WINDOWS[..2] {
            mix = self.by_curves(mix, *window)?;
        }
        Ok(mix)
    }

    /// A search from starts that are near the best: one round of whole curves, then transfers.
    pub(super) fn nearby(&mut self, starts: &[Mix]) -> Result<Mix, L::Error> {
        let mut mix = self.best_of(starts.to_vec())?;
        for window in [WINDOWS[0], WINDOWS[2]] {
            mix = self.by_curves(mix, window)?;
        }
        self.by_transfers(mix)
    }

    /// The mix without money that lies idle: each budget as low as it may be without costing more than next to nothing.
    pub(super) fn trimmed(&mut self, mut mix: Mix) -> Result<Mix, L::Error> {
        let base = self.worth_of(&mix)?;
        for at in 0..mix.len() {
            let slot = &self.space.slots[at];
            if !slot.is_free() || slot.piece.is_some() || mix[at] <= slot.low {
                continue;
            }
            // Of a total far beyond what a channel can spend, most lies idle: on from the least share that was tried.
            for _ in 0..MOST_TRIMS {
                let lower = TRIMS.map(|share| {
                    let mut other = mix.clone();
                    other[at] = (share * mix[at]).max(slot.low);
                    other
                });
                let worth = self.worth(&lower)?;
                let enough = worth.iter().position(|worth| *worth >= base - IDLE * base.abs());
                let Some(enough) = enough.filter(|&enough| lower[enough][at] < mix[at]) else { break };
                mix = lower[enough].clone();
                if enough != 1 {
                    break;
                }
            }
        }
        Ok(mix)
    }

    /// One round of curves around a mix: the best of what they promise, of half the way there, and of the mix itself.
    fn by_curves(&mut self, mix: Mix, window: f64) -> Result<Mix, L::Error> {
        let (slots, total) = (&self.space.slots, self.space.total);
        let levels: Vec<Vec<f64>> = slots
            .iter()
            .zip(&mix)
            .map(|(slot, &own)| {
                let mut levels = match slot.is_free() {
                    false => Vec::new(),
                    true if window >= 1.0 => slot.levels(slot.low, slot.high.min(total), LEVELS),
                    true => slot.levels(own - window * total, own + window * total, NEAR_LEVELS),
                };
                levels.push(own);
                levels.sort_by(f64::total_cmp);
                levels.dedup();
                levels
            })
            .collect();
        let with = |at: usize, budget: f64| {
            let mut other = mix.clone();
            other[at] = budget;
            other
        };
        let mut family = vec![mix.clone()];
        family.extend(
            levels
                .iter()
                .enumerate()
                .flat_map(|(at, levels)| levels.iter().map(move |&budget| (at, budget)))
                .map(|(at, budget)| with(at, budget)),
        );
        let worth = self.worth(&family)?;
        let base = worth[0];
        let mut rest = worth[1..].iter();
        let curves: Vec<Curve> = levels
            .iter()
            .map(|levels| Curve {
                points: levels.iter().zip(&mut rest).map(|(&budget, worth)| (budget, finite(worth - base))).collect(),
            })
            .collect();
        let promised = knapsack(self.space, &curves);
        let mut candidates = vec![mix.clone()];
        for share in [1.0, 0.6, 0.3] {
            let between: Mix = mix.iter().zip(&promised).map(|(own, other)| own + share * (other - own)).collect();
            let whole: Mix = slots.iter().zip(&between).map(|(slot, budget)| slot.at_most(*budget)).collect();
            candidates.push(self.topped_up(whole));
        }
        candidates.retain(|candidate| self.space.holds(candidate));
        self.best_of(candidates)
    }

    /// What rounding has left goes to the channels that take any amount, in proportion.
    fn topped_up(&self, mut mix: Mix) -> Mix {
        let left = self.space.left(&mix);
        let takes = |at: &usize| self.space.slots[*at].piece.is_none() && self.space.slots[*at].is_free();
        let all: Vec<usize> = (0..mix.len()).filter(takes).collect();
        let sum: f64 = all.iter().map(|&at| mix[at]).sum();
        // More than rounding was left on purpose.
        if sum > 0.0 && left <= 0.02 * self.space.total {
            for at in all {
                mix[at] = self.space.slots[at].at_most(mix[at] + left * mix[at] / sum);
            }
        }
        mix
    }

    /// Of several mixes the one that is worth most; of equals the first.
    pub(super) fn best_of(&mut self, mixes: Vec<Mix>) -> Result<Mix, L::Error> {
        let worth = self.worth(&mixes)?;
        let best = (0..mixes.len()).rev().max_by(|&a, &b| worth[a].total_cmp(&worth[b]));
        Ok(best.map(|at| mixes[at].clone()).unwrap_or_default())
    }
}

/// What is worth nothing at all is worth very little: sums stay numbers.
pub(super) fn finite(worth: f64) -> f64 {
    if worth.is_nan() { -1e300 } else { worth.clamp(-1e300, 1e300) }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::super::space::Slot;
    use super::super::space::tests::slot;
    use super::*;

    struct Formula<F>(F);

    impl<F: Fn(&[f64]) -> f64> Landscape for Formula<F> {
        type Error = Infallible;

        fn worth(&mut self, mixes: &[Mix]) -> Result<Vec<f64>, Infallible> {
            Ok(mixes.iter().map(|mix| (self.0)(mix)).collect())
        }
    }

    /// The worth of the best mix that is found, and how many were looked at.
    fn best(space: &Space, worth: impl Fn(&[f64]) -> f64) -> (Mix, f64, usize) {
        let mut climb = Climb::new(space, Formula(worth));
        let starts = [space.start(), space.even(), space.slots.iter().map(|slot| slot.low).collect()];
        let Ok(mix) = climb.search(&starts);
        assert!(space.holds(&mix), "{mix:?}");
        let Ok(worth) = climb.worth_of(&mix);
        (mix, worth, climb.count())
    }

    fn space(todays: &[f64]) -> Space {
        let slots: Vec<Slot> = todays.iter().map(|&today| slot("", today, None)).collect();
        Space { slots, total: 100.0 }
    }

    #[test]
    fn power_curves_are_divided_by_their_closed_form() {
        // Σ a·x^(1/2) is highest at shares a²/Σa².
        let weights = [4.0, 3.0, 2.0, 1.0, 0.5];
        let worth = |mix: &[f64]| mix.iter().zip(weights).map(|(x, a)| a * x.sqrt()).sum::<f64>();
        let squares: f64 = weights.iter().map(|a| a * a).sum();
        let top = (100.0 * squares).sqrt();
        for start in [[20.0; 5], [0.0, 0.0, 0.0, 0.0, 100.0], [90.0, 2.5, 2.5, 2.5, 2.5]] {
            let (mix, found, count) = best(&space(&start), worth);
            assert!(found >= 0.999 * top, "{mix:?}: {found} of {top}");
            assert!(count <= 260, "{count}");
        }
    }

    #[test]
    fn a_hill_is_left_for_a_higher_one() {
        // The first alone is worth 10 at 40 and no more; the second nothing below 60, and 30 from there on.
        let worth =
            |mix: &[f64]| 10.0 * (mix[0] / 40.0).min(1.0) + if mix[1] >= 60.0 { 30.0 } else { 0.0 } - 0.01 * mix[1];
        let (mix, found, _) = best(&space(&[90.0, 10.0]), worth);
        // 60 for the second, 40 for the first: 10 + 30 − 0.6.
        assert!(found > 39.2, "{mix:?}: {found}");
    }

    #[test]
    fn what_only_goes_together_is_found_by_transfers() {
        // Worth √(x·y) + z/10: curves of one channel alone promise nothing while the other has none.
        let (mix, found, _) = best(&space(&[5.0, 5.0, 90.0]), |mix| (mix[0] * mix[1]).sqrt() + mix[2] / 10.0);
        assert!(found > 49.5, "{mix:?}: {found}");
    }

    #[test]
    fn money_that_earns_nothing_is_left() {
        let (mix, found, _) = best(&space(&[50.0, 50.0]), |mix| 20.0 * mix[0].sqrt() - 2.0 * mix[0] - mix[1]);
        // 10/√x = 2 at x = 25: 100 − 50.
        assert!(found > 49.8 && mix[1] < 1.0, "{mix:?}: {found}");
    }

    #[test]
    fn money_that_lies_idle_is_taken_back() {
        let space = space(&[60.0, 40.0]);
        let mut climb = Climb::new(&space, Formula(|mix: &[f64]| mix[0].min(24.0) + mix[1].sqrt()));
        let Ok(mix) = climb.trimmed(vec![60.0, 40.0]);
        assert_eq!(mix, [24.0, 40.0]);
    }

    #[test]
    fn whole_pieces_come_out_as_by_full_enumeration() {
        let slots = vec![slot("events", 0.0, Some(27.0)), slot("print", 0.0, Some(11.0)), slot("search", 100.0, None)];
        let space = Space { slots, total: 100.0 };
        let worth = |mix: &[f64]| {
            let (events, print) = ((mix[0] / 27.0 + 1e-9).floor(), (mix[1] / 11.0 + 1e-9).floor());
            30.0 * (1.0 - 0.6_f64.powf(events))
                + 18.0 * (1.0 - 0.7_f64.powf(print))
                + 25.0 * (1.0 - (-mix[2] / 30.0).exp())
        };
        let mut top: f64 = 0.0;
        for events in 0..=3 {
            for print in 0..=9 {
                let spent = 27.0 * f64::from(events) + 11.0 * f64::from(print);
                if spent <= 100.0 {
                    top = top.max(worth(&[27.0 * f64::from(events), 11.0 * f64::from(print), 100.0 - spent]));
                }
            }
        }
        let (mix, found, _) = best(&space, worth);
        assert!(found >= top - 0.01, "{mix:?}: {found} of {top}");
    }
}
