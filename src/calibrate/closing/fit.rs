//! The posterior: for each pair of spreads (τ_g, τ_m) of a grid the mode and a normal distribution about it, then draws of
//! heavier tails, weighted by what the model really says of them.

use crate::calibrate::chance::{Chance, from_logs, logit, share};
use crate::calibrate::linear::{Factor, Square};
use crate::calibrate::smoothing::smoothed;
use crate::random::normal_quantile;
use crate::transcendental::{exp, ln, ln_1p, powi};

use super::likelihood::{Places, derivatives, log_likelihood};
use super::records::ClosingRecords;

/// What a fit is asked for.
#[derive(Clone, Copy, Debug)]
pub struct ClosingTerms {
    /// what such records usually close at: .22 of opportunities, .1 of leads
    pub usual_rate: f64,
    /// whether the chance moves from cohort to cohort
    pub drifting: bool,
    /// how many draws
    pub draws: usize,
}

/// Draws of the posterior.
#[derive(Clone, Debug)]
pub struct ClosingFit {
    /// logit of the chance to be won of each channel in the last cohort, draw by draw
    pub eta: Vec<Vec<f64>>,
    /// mean of the log time to a win, in days
    pub won_mean: Vec<f64>,
    /// its standard deviation
    pub won_sd: Vec<f64>,
    /// mean of the log time to a loss
    pub lost_mean: Vec<f64>,
    /// its standard deviation
    pub lost_sd: Vec<f64>,
    /// the share that nobody ever closes; 0 where losses are not dated
    pub never: Vec<f64>,
    /// the spread of steps from cohort to cohort
    pub step: Vec<f64>,
    /// whether losses are dated
    pub losses_dated: bool,
    /// the shape of the tail of the importance weights
    pub tail_shape: f64,
    /// what the draws are worth
    pub effective: f64,
}

/// Spreads of the priors of τ: half-normal.
const CHANNEL_SPREAD: f64 = 0.5;
const COHORT_SPREAD: f64 = 0.3;

/// Weights with a heavier tail can't be relied on.
pub const LARGEST_TAIL: f64 = 0.7;

/// How far the mean chance of the coming weeks lies from that of the last cohort, as a standard deviation of its logit: the
/// random walk of steps of so much a cohort goes on.
///
/// ```text
/// τ·√(n/3 + ½)      n cohorts; half a cohort lies between the middle of the last one and today
/// ```
pub(in crate::calibrate) fn rate_drift(step: f64, weeks: usize) -> f64 {
    let cohorts = 7.0 * weeks as f64 / f64::from(super::records::COHORT);
    step * (cohorts / 3.0 + 0.5).sqrt()
}

/// A pair of spreads, and the normal distribution about its mode.
struct Grid {
    channel_spread: f64,
    cohort_spread: f64,
    mode: Vec<f64>,
    factor: Factor,
    log_evidence: f64,
}

/// How wide the draws are thrown.
#[derive(Clone, Copy)]
struct Throw {
    freedom: f64,
    scale: f64,
}

/// Fits the model.
#[must_use]
pub fn fit(records: &ClosingRecords, terms: ClosingTerms) -> ClosingFit {
    let places = Places::of(records, terms.drifting);
    let middles = [1.0 / 6.0, 0.5, 5.0 / 6.0].map(|p| normal_quantile(0.5 + 0.5 * p));
    let spreads = |there: bool, scale: f64| if there { middles.map(|z| scale * z).to_vec() } else { vec![scale] };
    let mut grid = Vec::new();
    let mut start = starting_point(records, &places, terms.usual_rate);
    for channel_spread in spreads(places.channels > 0, CHANNEL_SPREAD) {
        for cohort_spread in spreads(places.cohorts > 0, COHORT_SPREAD) {
            let prior = Prior { places, usual: logit(terms.usual_rate), channel_spread, cohort_spread };
            if let Some((mode, factor)) = mode(records, &prior, start.clone()) {
                let log = log_likelihood(records, &places, &mode) + prior.log_density(&mode);
                let log_evidence = log - 0.5 * factor.log_determinant();
                start.clone_from(&mode);
                grid.push(Grid { channel_spread, cohort_spread, mode, factor, log_evidence });
            }
        }
    }
    let narrow = Throw { freedom: 6.0, scale: 1.05 };
    let wide = Throw { freedom: 4.0, scale: 1.4 };
    let first = draw(records, &places, &grid, terms, narrow);
    if first.tail_shape <= LARGEST_TAIL {
        return first;
    }
    let second = draw(records, &places, &grid, terms, wide);
    if second.tail_shape < first.tail_shape { second } else { first }
}

fn draw(records: &ClosingRecords, places: &Places, grid: &[Grid], terms: ClosingTerms, throw: Throw) -> ClosingFit {
    let mut chance = Chance::of("closing");
    let thrown = 2 * terms.draws;
    let shares = from_logs(&grid.iter().map(|own| own.log_evidence).collect::<Vec<_>>());
    let total: f64 = shares.iter().sum();
    let mut thetas: Vec<(usize, Vec<f64>)> = Vec::with_capacity(thrown);
    let mut logs = Vec::with_capacity(thrown);
    let mut sum = 0.0;
    for (at, own) in grid.iter().enumerate() {
        // A tenth goes evenly over the grid: no pair of spreads is lost for its mode being low.
        let part = |share: f64| 0.9 * share / total + 0.1 / grid.len() as f64;
        let before = sum;
        sum += part(shares[at]);
        let count = (sum * thrown as f64).round() as usize - (before * thrown as f64).round() as usize;
        let prior = Prior {
            places: *places,
            usual: logit(terms.usual_rate),
            channel_spread: own.channel_spread,
            cohort_spread: own.cohort_spread,
        };
        for _ in 0..count {
            let mut log_density = 0.5 * own.factor.log_determinant() + ln(count as f64);
            let z: Vec<f64> = (0..places.count())
                .map(|i| {
                    // Effects have normal priors, so they need no heavy tails.
                    let freedom = if i < places.effects() { 30.0 } else { throw.freedom };
                    let t = chance.student(freedom);
                    log_density -= 0.5 * (freedom + 1.0) * ln_1p(t * t / freedom) + log_norm(freedom) + ln(throw.scale);
                    t * throw.scale
                })
                .collect();
            let mut theta = own.factor.solve_upper(&z);
            theta.iter_mut().zip(&own.mode).for_each(|(x, mode)| *x += mode);
            logs.push(log_likelihood(records, places, &theta) + prior.log_density(&theta) - log_density);
            thetas.push((at, theta));
        }
    }
    let smoothed = smoothed(&logs);
    let mut chosen = resampled(&smoothed.weights, terms.draws, chance.uniform());
    chance.shuffle(&mut chosen);
    let column = |of: &dyn Fn(usize, &[f64]) -> f64| -> Vec<f64> {
        chosen.iter().map(|&at| thetas.get(at).map_or(f64::NAN, |(own, theta)| of(*own, theta))).collect()
    };
    let last = records.cohorts - 1;
    let eta = (0..records.channels).map(|g| column(&|_, theta| places.local(theta, g, last).eta)).collect();
    let dated = records.losses_dated;
    ClosingFit {
        eta,
        won_mean: column(&|_, theta| places.local(theta, 0, last).won_mean),
        won_sd: column(&|_, theta| exp(places.local(theta, 0, last).won_log_sd)),
        lost_mean: column(&|_, theta| places.local(theta, 0, last).lost_mean),
        lost_sd: column(&|_, theta| exp(places.local(theta, 0, last).lost_log_sd)),
        never: column(&|_, theta| if dated { share(places.local(theta, 0, last).never) } else { 0.0 }),
        step: column(&|own, _| if places.cohorts > 0 { grid[own].cohort_spread } else { 0.0 }),
        losses_dated: dated,
        tail_shape: smoothed.tail_shape,
        effective: smoothed.effective,
    }
}

/// −ln of the constant of Student's t.
fn log_norm(freedom: f64) -> f64 {
    use statrs::function::gamma::ln_gamma;
    ln_gamma(0.5 * freedom) - ln_gamma(0.5 * (freedom + 1.0)) + 0.5 * ln(freedom * std::f64::consts::PI)
}

/// Places of `draws` draws in proportion to weights, by even steps: each comes up its expected number of times, up to one.
fn resampled(weights: &[f64], draws: usize, offset: f64) -> Vec<usize> {
    let total: f64 = weights.iter().sum();
    let mut chosen = Vec::with_capacity(draws);
    let (mut at, mut below) = (0, weights.first().copied().unwrap_or(0.0));
    for i in 0..draws {
        let target = (i as f64 + offset) / draws as f64 * total;
        while below <= target && at + 1 < weights.len() {
            at += 1;
            below += weights[at];
        }
        chosen.push(at);
    }
    chosen
}

/// The prior for one pair of spreads.
struct Prior {
    places: Places,
    usual: f64,
    channel_spread: f64,
    cohort_spread: f64,
}

impl Prior {
    /// Mean and standard deviation of a shared parameter.
    fn shared(&self, which: usize) -> (f64, f64) {
        let month = ln(30.0);
        [(month, 1.0), (0.0, 0.4), (month, 1.0), (0.0, 0.4), (-2.0, 1.0)][which]
    }

    fn normals(&self) -> impl Iterator<Item = (usize, f64, f64)> {
        let alpha = std::iter::once((self.places.alpha(), self.usual, 1.5));
        alpha.chain((0..self.places.shared_count()).map(|which| {
            let (mean, sd) = self.shared(which);
            (self.places.shared(which), mean, sd)
        }))
    }

    /// ln of its density, up to what no parameter moves.
    fn log_density(&self, theta: &[f64]) -> f64 {
        let mut sum: f64 = self.normals().map(|(at, mean, sd)| -0.5 * powi((theta[at] - mean) / sd, 2)).sum();
        for channel in &theta[..self.places.channels] {
            sum -= 0.5 * powi(channel / self.channel_spread, 2) + ln(self.channel_spread);
        }
        let mut before = 0.0;
        for cohort in &theta[self.places.channels..self.places.effects()] {
            sum -= 0.5 * powi((cohort - before) / self.cohort_spread, 2) + ln(self.cohort_spread);
            before = *cohort;
        }
        sum
    }

    /// Adds its gradient and its precision.
    fn add_to(&self, theta: &[f64], gradient: &mut [f64], negative: &mut Square) {
        for (at, mean, sd) in self.normals() {
            gradient[at] -= (theta[at] - mean) / (sd * sd);
            negative.add(at, at, 1.0 / (sd * sd));
        }
        for channel in 0..self.places.channels {
            gradient[channel] -= theta[channel] / powi(self.channel_spread, 2);
            negative.add(channel, channel, powi(self.channel_spread, -2));
        }
        let precision = powi(self.cohort_spread, -2);
        let first = self.places.channels;
        for cohort in first..self.places.effects() {
            let before = if cohort > first { theta[cohort - 1] } else { 0.0 };
            let step = (theta[cohort] - before) * precision;
            gradient[cohort] -= step;
            negative.add(cohort, cohort, precision);
            if cohort > first {
                gradient[cohort - 1] += step;
                negative.add(cohort - 1, cohort - 1, precision);
                negative.add(cohort, cohort - 1, -precision);
                negative.add(cohort - 1, cohort, -precision);
            }
        }
    }
}

fn starting_point(records: &ClosingRecords, places: &Places, usual: f64) -> Vec<f64> {
    let mut theta = vec![0.0; places.count()];
    let closed: f64 = records.closed.iter().map(|own| own.won + own.lost_dated + own.lost_undated).sum();
    let won = records.wins as f64;
    theta[places.alpha()] =
        logit(((won + 2.0 * usual) / (closed.max(1.0) + 2.0)).clamp(0.01, 0.9)).min(logit(usual) + 1.0);
    let mean = |times: &super::records::LogTimes| (times.sum + ln(30.0)) / (times.count + 1.0);
    theta[places.shared(0)] = mean(&records.won_times);
    if places.losses_dated {
        theta[places.shared(2)] = mean(&records.lost_times);
        theta[places.shared(4)] = -2.0;
    }
    theta
}

/// Newton's method with a bound on its steps; the mode and the factor of the negative Hessian there.
fn mode(records: &ClosingRecords, prior: &Prior, mut theta: Vec<f64>) -> Option<(Vec<f64>, Factor)> {
    let places = &prior.places;
    let value = |theta: &[f64]| log_likelihood(records, places, theta) + prior.log_density(theta);
    let mut now = value(&theta);
    for _ in 0..100 {
        let (mut gradient, mut negative) = derivatives(records, places, &theta);
        prior.add_to(&theta, &mut gradient, &mut negative);
        // Where the surface bends upwards a ridge makes the step one uphill.
        let mut ridge = 0.0;
        let factor = loop {
            let mut bent = negative.clone();
            (0..bent.size).for_each(|i| bent.add(i, i, ridge));
            match bent.cholesky() {
                Some(factor) => break factor,
                None if ridge > 1e12 => return None,
                None => ridge = if ridge == 0.0 { 1e-3 } else { ridge * 10.0 },
            }
        };
        let step = factor.solve(&gradient);
        let longest = step.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        let mut length = if longest > 2.0 { 2.0 / longest } else { 1.0 };
        let gain: f64 = step.iter().zip(&gradient).map(|(x, y)| x * y).sum();
        loop {
            let next: Vec<f64> = theta.iter().zip(&step).map(|(x, s)| x + length * s).collect();
            let then = value(&next);
            if then.is_finite() && then >= now - 1e-12 * now.abs() {
                theta = next;
                now = then;
                break;
            }
            length *= 0.5;
            if length < 1e-10 {
                break;
            }
        }
        if gain.abs() < 1e-9 && ridge == 0.0 || length < 1e-10 {
            return Some((theta, factor));
        }
    }
    None
}
