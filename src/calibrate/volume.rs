//! How many leads a week come: a level that moves, weekly noise, and jumps.
//!
//! ```text
//! y_t = ln(leads_t + ½) = level_t + noise,   noise variance 1/λ_t + ln(1 + v²),   level_{t+1} = level_t + N(0, q²/13)
//! ```
//! q is the standard deviation of the level a quarter (half-normal .35), v the noise of the weekly mean (half-normal .2),
//! both on a grid. An innovation beyond three standard deviations is a break: the level starts anew. Ahead, the level
//! jumps in 1 % of weeks, by N(0, .7²).

use crate::random::poisson;
use crate::transcendental::{exp, ln, ln_1p};

use super::chance::{Chance, from_logs};

/// What is learnt of the volume.
#[derive(Clone, Debug)]
pub(super) struct VolumeFit {
    states: Vec<State>,
    weights: Vec<f64>,
    /// the last week that a break was seen in, as a place in the list of weeks
    pub(super) last_break: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    quarterly: f64,
    noise: f64,
    mean: f64,
    variance: f64,
}

/// Spreads of the priors.
const QUARTERLY: f64 = 0.35;
const NOISE: f64 = 0.2;
/// A jump ahead: its chance a week, and its spread.
const JUMP: (f64, f64) = (0.01, 0.7);
/// An innovation of more standard deviations is a break, which widens the level by this variance.
const BREAK: (f64, f64) = (3.0, 1.0);

/// Fits weekly counts; none with fewer than four weeks.
pub(super) fn fit_volume(counts: &[f64]) -> Option<VolumeFit> {
    if counts.len() < 4 {
        return None;
    }
    let mut states = Vec::new();
    let mut logs = Vec::new();
    let mut breaks = Vec::new();
    for i in 0..10 {
        for j in 0..8 {
            // Even steps of the half-normal's quantiles.
            let half_normal = |p: f64| crate::random::normal_quantile(0.5 + 0.5 * p);
            let quarterly = QUARTERLY * half_normal((f64::from(i) + 0.5) / 10.0);
            let noise = NOISE * half_normal((f64::from(j) + 0.5) / 8.0);
            let (state, log, last_break) = filter(counts, quarterly, noise);
            states.push(state);
            logs.push(log);
            breaks.push(last_break);
        }
    }
    let weights = from_logs(&logs);
    let best = weights.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(at, _)| at);
    Some(VolumeFit { states, weights, last_break: breaks[best] })
}

/// The Kalman filter for one pair of spreads; its last state and the log likelihood.
fn filter(counts: &[f64], quarterly: f64, noise: f64) -> (State, f64, Option<usize>) {
    let step = quarterly * quarterly / 13.0;
    let first = counts[..4].iter().sum::<f64>() / 4.0;
    let (mut mean, mut variance) = (ln(first + 0.5), 0.5);
    let mut log = 0.0;
    let mut last_break = None;
    for (at, count) in counts.iter().enumerate() {
        if at > 0 {
            variance += step;
        }
        let y = ln(count + 0.5);
        let of_noise = 1.0 / (exp(mean) + 0.5) + ln_1p(noise * noise);
        let innovation = y - mean;
        if innovation.abs() > BREAK.0 * (variance + of_noise).sqrt() {
            variance += BREAK.1;
            log += ln(JUMP.0);
            last_break = Some(at);
        }
        let spread = variance + of_noise;
        log -= 0.5 * (ln(spread) + innovation * innovation / spread);
        let gain = variance / spread;
        mean += gain * innovation;
        variance *= 1.0 - gain;
    }
    (State { quarterly, noise, mean, variance }, log, last_break)
}

impl VolumeFit {
    /// Leads in each of the coming weeks, in one draw.
    pub(super) fn ahead(&self, weeks: usize, chance: &mut Chance) -> Vec<f64> {
        let (noise, levels) = self.levels(weeks, chance);
        let sd = ln_1p(noise * noise).sqrt();
        let count = |level: f64| {
            let mean = exp(level + sd * chance.normal()).min(1e7);
            poisson(mean, chance.inner()) as f64
        };
        levels.into_iter().map(count).collect()
    }

    /// The mean number of leads a week over the coming weeks and the noise of a week's mean, in one draw.
    pub(super) fn mean_ahead(&self, weeks: usize, chance: &mut Chance) -> (f64, f64) {
        let (noise, levels) = self.levels(weeks, chance);
        // The noise is lognormal about the level's median; its mean is that times √(1 + v²).
        let mean = levels.iter().map(|level| exp(*level)).sum::<f64>() / levels.len().max(1) as f64;
        (mean * (1.0 + noise * noise).sqrt(), noise)
    }

    /// The noise of a draw, and its level of each coming week.
    fn levels(&self, weeks: usize, chance: &mut Chance) -> (f64, Vec<f64>) {
        let state = self.states[chance.among(&self.weights)];
        let step = state.quarterly / 13.0_f64.sqrt();
        let mut level = state.mean + state.variance.sqrt() * chance.normal();
        let levels = (0..weeks)
            .map(|_| {
                level += step * chance.normal();
                if chance.uniform() < JUMP.0 {
                    level += JUMP.1 * chance.normal();
                }
                level
            })
            .collect();
        (state.noise, levels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 40 weeks at 100, then 12 at 30: the level starts anew.
    #[test]
    fn a_break_is_seen_and_the_level_starts_anew() {
        let counts: Vec<f64> =
            (0..52).map(|week| if week < 40 { 100.0 } else { 30.0 } + f64::from(week % 5) - 2.0).collect();
        let fit = fit_volume(&counts).expect("a fit");
        assert_eq!(fit.last_break, Some(40));
        let mut chance = Chance::of("test");
        let mean: f64 = (0..2000).map(|_| fit.ahead(1, &mut chance)[0]).sum::<f64>() / 2000.0;
        // Poisson noise of 30 and a level known to some 5 %: a draw's sd is about 6, that of the mean 0.14; the level
        // itself may be off by two of its own errors.
        assert!((mean - 30.0).abs() < 3.5, "{mean}");
        assert!(fit_volume(&[1.0, 2.0, 3.0]).is_none());
    }
}
