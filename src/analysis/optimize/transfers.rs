//! Money moved between pairs of channels, and from and to what is left.

use super::climb::{Climb, Landscape, finite};
use super::space::Mix;

/// Transfers between pairs: the first and the last step, in shares of the total.
const STEPS: [f64; 2] = [0.06, 0.004];

/// Passes with steps of one size, at the most.
const MOST_PASSES: usize = 4;

impl<L: Landscape> Climb<'_, L> {
    /// Moves money between pairs of channels, and from and to what is left, in ever smaller steps.
    pub(super) fn by_transfers(&mut self, mut mix: Mix) -> Result<Mix, L::Error> {
        let mut step = STEPS[0] * self.space.total;
        while step >= STEPS[1] * self.space.total {
            for _ in 0..MOST_PASSES {
                let before = self.worth_of(&mix)?;
                let next = self.pass(&mix, step)?;
                if self.worth_of(&next)? <= before {
                    break;
                }
                mix = next;
            }
            step *= 0.4;
        }
        Ok(mix)
    }

    /// One pass: what each channel gains by a step more and loses by a step less, then the pairs that promise most.
    fn pass(&mut self, mix: &Mix, step: f64) -> Result<Mix, L::Error> {
        let slots = &self.space.slots;
        let ups: Vec<Option<f64>> = slots.iter().zip(mix).map(|(slot, own)| slot.step_up(*own, step)).collect();
        let downs: Vec<Option<f64>> = slots.iter().zip(mix).map(|(slot, own)| slot.step_down(*own, step)).collect();
        let moved = |at: usize, by: f64| {
            let mut other = mix.clone();
            other[at] = (other[at] + by).max(0.0);
            other
        };
        let mut family = vec![mix.clone()];
        family.extend(ups.iter().enumerate().filter_map(|(at, up)| up.map(|up| moved(at, up))));
        family.extend(downs.iter().enumerate().filter_map(|(at, down)| down.map(|down| moved(at, -down))));
        let worth = self.worth(&family)?;
        let base = worth[0];
        let mut rest = worth[1..].iter();
        let mut gain = |steps: &[Option<f64>]| -> Vec<Option<(f64, f64)>> {
            steps
                .iter()
                .map(|step| step.and_then(|step| rest.next().map(|worth| (step, finite(worth - base)))))
                .collect()
        };
        let (up, down) = (gain(&ups), gain(&downs));
        let left = self.space.left(mix);
        // Every transfer with what it promises: from one, or from what is left, to another, or to nobody.
        let mut offers: Vec<(f64, Mix)> = Vec::new();
        for (to, taken) in up.iter().enumerate() {
            let Some((amount, gained)) = taken else { continue };
            if *amount <= left * (1.0 + 1e-12) {
                offers.push((*gained, moved(to, *amount)));
            }
            for (from, given) in down.iter().enumerate().filter(|(from, _)| *from != to) {
                let Some((freed, lost)) = given else { continue };
                let mut other = moved(to, *amount);
                // Whoever gives gives what is taken, as far as its pieces allow.
                let wanted = (amount - left).max(0.0);
                let gives = match slots[from].piece {
                    Some(piece) => (wanted / piece - 1e-9).ceil() * piece,
                    None => wanted,
                };
                other[from] -= gives;
                if gives > 0.0 && self.space.holds(&other) {
                    offers.push((gained + lost * gives / freed, self.filled(other, from, to)));
                }
            }
        }
        for (from, given) in down.iter().enumerate() {
            if let Some((freed, lost)) = given {
                offers.push((*lost, moved(from, -freed)));
            }
        }
        offers.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut candidates = vec![mix.clone()];
        candidates.extend(offers.iter().take(5).map(|(_, mix)| mix.clone()));
        // And the best two at once, where they do not touch the same channels.
        if let [(_, first), rest @ ..] = offers.as_slice() {
            let touched = |own: &Mix, at: usize| own[at] != mix[at];
            let apart = |other: &&(f64, Mix)| (0..mix.len()).all(|at| !(touched(first, at) && touched(&other.1, at)));
            if let Some((_, second)) = rest.iter().find(apart) {
                let both: Mix = (0..mix.len()).map(|at| first[at] + second[at] - mix[at]).collect();
                candidates.push(both);
            }
        }
        candidates.retain(|candidate| self.space.holds(candidate));
        self.best_of(candidates)
    }

    /// What giving a whole piece has freed beyond what was taken goes to whoever takes any amount.
    fn filled(&self, mut mix: Mix, from: usize, to: usize) -> Mix {
        if self.space.slots[from].piece.is_some() && self.space.slots[to].piece.is_none() {
            mix[to] = self.space.slots[to].at_most(mix[to] + self.space.left(&mix));
        }
        mix
    }
}
