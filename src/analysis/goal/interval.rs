//! How far the value that reaches a level may be off: where the ends of the figure's interval meet the level.

use super::found::{Crossing, Effort, Range, Tried};
use super::round::{rounded, roundest};
use super::search::{STEPS, Search};

impl<T: Clone, E> Search<'_, T, E> {
    /// Rounds the value that reaches the level to what people can type, and looks how far it may be off.
    pub(super) fn finish(&mut self, short: f64, reaching: f64) -> Result<Crossing, E> {
        let mut x = reaching;
        if !self.range.whole {
            for round in [roundest(short, reaching), rounded(reaching, self.sign)] {
                if round != reaching && (self.range.low..=self.range.high).contains(&round) {
                    let at = self.look(round, Effort::Full)?;
                    if self.slack(at) >= 0.0 {
                        x = round;
                        break;
                    }
                }
            }
        }
        let slope = self.slope(x)?;
        // Towards the end at which it is reached: where even the worse end of the interval reaches the level.
        let sure = self.meet(x, slope, |search, at| search.slacks(at).1)?;
        // And the other way: where even the better end falls short.
        let hopeless = self.meet(x, slope, |search, at| search.slacks(at).0)?;
        let (low, high) = if self.sign > 0.0 { (hopeless, sure) } else { (sure, hopeless) };
        let (low, high) = (low.map(|low| low.min(x)), high.map(|high| high.max(x)));
        let at = self.look(x, Effort::Full)?;
        let lost_from = match self.sign > 0.0 {
            true => self.tried[at + 1..]
                .iter()
                .position(|tried| self.side.slack(tried.gauge.value) < 0.0 && self.is_short(tried))
                .map(|further| self.tried[at + 1 + further].x),
            false => None,
        };
        Ok(Crossing { at, low, high, lost_from })
    }

    fn is_short(&self, tried: &Tried<T>) -> bool {
        self.side.slack(tried.gauge.low).max(self.side.slack(tried.gauge.high)) < 0.0
    }

    /// How much slack a step in the direction of reaching brings, around a crossing.
    fn slope(&mut self, x: f64) -> Result<f64, E> {
        // Over a step that is long enough to tell, on the side on which the level is not reached.
        let at = self.look(x, Effort::Full)?;
        let slack = self.slack(at);
        let least = (self.range.high - self.range.low) / (4 * STEPS) as f64;
        let slopes = self.tried.iter().enumerate().filter_map(|(other, tried)| {
            let far = (x - tried.x) * self.sign;
            let slope = (self.slack(other) - slack) / (tried.x - x);
            (far >= least && slope.is_finite() && slope * self.sign > 0.0).then_some((far, slope))
        });
        let nearest = slopes.min_by(|a, b| a.0.total_cmp(&b.0));
        Ok(nearest.map_or(f64::NAN, |(_, slope)| slope))
    }

    /// The value near `x` at which an end of the interval meets the level: by its slope, then between what was tried. None
    /// where that lies beyond the range.
    fn meet(&mut self, x: f64, slope: f64, end: impl Fn(&Self, usize) -> f64) -> Result<Option<f64>, E> {
        let at = self.look(x, Effort::Full)?;
        let mut here = (x, end(self, at));
        if !here.1.is_finite() {
            return Ok(None);
        }
        let (usual, mut slope) = (slope, slope);
        for _ in 0..3 {
            let step = -here.1 / slope;
            if !step.is_finite() || here.1 == 0.0 {
                break;
            }
            let Range { low, high, whole } = self.range;
            let wanted = here.0 + step;
            let next = if whole && step > 0.0 {
                wanted.ceil()
            } else if whole {
                wanted.floor()
            } else {
                wanted
            };
            let next = next.clamp(low, high);
            if next == here.0 {
                break;
            }
            let at = self.look(next, Effort::Full)?;
            let there = (next, end(self, at));
            if !there.1.is_finite() {
                break;
            }
            if here.1 * there.1 <= 0.0 {
                let share = here.1 / (here.1 - there.1);
                let meets = here.0 + share * (there.0 - here.0);
                // Of whole numbers the one beyond which it holds.
                return Ok(Some(if whole { if step > 0.0 { meets.ceil() } else { meets.floor() } } else { meets }));
            }
            slope = (there.1 - here.1) / (there.0 - here.0);
            here = there;
        }
        let close = (0.02 * (self.range.high - self.range.low)).abs();
        Ok(Some(here.0).filter(|_| here.1.abs() <= usual.abs() * close))
    }
}
