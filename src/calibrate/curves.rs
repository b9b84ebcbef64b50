//! What spend brought, week by week: response curves from a weekly result and the spend of each channel.
//!
//! ```text
//! ln result_t = level, season, weeks of the year, noise (weekly.rs) + Σ_c β_c·s_c(t)
//! s_c(t) = x/(x + half_c),   x = Σ_l θ_c^l·spend_{c,t−l}/spend_scale_c,   l < max_lag; over Σ_l θ^l where the plan normalizes
//! β_c ≥ 0 half-normal of spread 0.5/channels;   logit θ_c ~ N(−0.4, 0.8);   ln half_c ~ N(ln mean x, 0.7)
//! lift test   Δ ~ N(R·(e^(β s(B₁)) − e^(β s(B₀))), se²)      R: the result of a week; B: money a week for as long as it takes
//! ```
//! The spread of β is that of published short-run elasticities (mean 0.12; Sethuraman, Tellis & Briesch, Journal of Marketing
//! Research 48, 2011): looser priors forecast worse. The spreads of level, season and noise are those that make the
//! records likeliest without spend. β is drawn from its truncated normal conditional (Gibbs), θ and half by Metropolis steps.

use crate::random::{normal_quantile, normal_share};
use crate::records::LiftTest;
use crate::transcendental::{exp, ln};

use super::DRAWS;
use super::chance::{Chance, share};
use super::weekly::Whitened;

/// A channel whose curve is asked for.
#[derive(Clone, Debug)]
pub struct CurveChannel {
    /// its name in the plan
    pub name: String,
    /// what people call it
    pub label: String,
    /// whether the plan asks for its curve; else its spend is only told apart from that of the others
    pub is_asked: bool,
    /// what spend is divided by
    pub spend_scale: f64,
    /// whether carry-over is learnt; else a week's money works in that week
    pub carries_over: bool,
    /// weeks that money works, its own included
    pub max_lag: usize,
    /// whether the weights of carry-over sum to 1
    pub normalized: bool,
    /// money of each week
    pub spend: Vec<f64>,
    /// what experiments have found
    pub lifts: Vec<LiftTest>,
}

/// Draws of one curve.
#[derive(Clone, Debug)]
pub(super) struct CurveDraws {
    /// what a week brings at a saturation of 1
    pub(super) scale: Vec<f64>,
    /// the share of carry-over that is left a week later
    pub(super) retention: Vec<f64>,
    /// the carried spend that brings half of that
    pub(super) half: Vec<f64>,
    /// what today's spend brings, as a share of the result
    pub(super) share_of_result: Vec<f64>,
}

/// The spread of all β together.
const EFFECT: f64 = 0.5;
const RETENTION: (f64, f64) = (-0.4, 0.8);
const HALF_SPREAD: f64 = 0.7;
/// Sweeps before draws are kept, and sweeps for each draw.
const BURN: usize = 600;
/// How far a step of θ and of half goes, on their own scales.
const STEP: f64 = 0.7;
/// The weeks that tell today's spend and result.
const YEAR: usize = 52;

/// A channel in the chain.
struct Link<'c> {
    channel: &'c CurveChannel,
    /// ln of the mean of carried spend, which the prior of half is about
    center: f64,
    effect: f64,
    retention: f64,
    log_half: f64,
    saturation: Vec<f64>,
    whitened: Vec<f64>,
}

/// Draws the curves of all channels together. `results` are above 0; none where the records are too short or a channel spent
/// nothing.
pub(super) fn curves(results: &[f64], channels: &[CurveChannel]) -> Option<Vec<CurveDraws>> {
    let whitened = Whitened::of(results)?;
    let spread = EFFECT / channels.len().max(1) as f64;
    let mut chain: Vec<Link<'_>> = channels.iter().map(|own| Link::of(own, &whitened)).collect::<Option<_>>()?;
    let last_year = &results[results.len().saturating_sub(YEAR)..];
    let result = last_year.iter().sum::<f64>() / last_year.len() as f64;
    let mut left = whitened.results.clone();
    let mut chance = Chance::of("response curves");
    let empty = || CurveDraws { scale: vec![], retention: vec![], half: vec![], share_of_result: vec![] };
    let mut draws: Vec<CurveDraws> = channels.iter().map(|_| empty()).collect();
    for sweep in 0..BURN + DRAWS {
        for (link, draws) in chain.iter_mut().zip(&mut draws) {
            link.draw_effect(&mut left, spread, result, &mut chance);
            link.draw_shape(&mut left, &whitened, result, &mut chance);
            if sweep >= BURN {
                link.keep(draws, result);
            }
        }
    }
    Some(draws)
}

impl<'c> Link<'c> {
    fn of(channel: &'c CurveChannel, whitened: &Whitened) -> Option<Self> {
        let retention = if channel.carries_over { RETENTION.0 } else { f64::NEG_INFINITY };
        let carried = carried(channel, share(retention));
        let mean = carried.iter().sum::<f64>() / carried.len().max(1) as f64;
        if !(mean > 0.0 && mean.is_finite()) || carried.len() < whitened.results.len() {
            return None;
        }
        let center = ln(mean);
        let saturation: Vec<f64> = carried.iter().map(|x| x / (x + mean)).collect();
        let own = whitened.of_series(&saturation);
        Some(Self { channel, center, effect: 0.0, retention, log_half: center, saturation, whitened: own })
    }

    /// The effect given all else: a normal distribution cut at 0; experiments accept or refuse it.
    fn draw_effect(&mut self, left: &mut [f64], spread: f64, result: f64, chance: &mut Chance) {
        let own: f64 = self.whitened.iter().map(|w| w * w).sum();
        let with: f64 = self.whitened.iter().zip(left.iter()).map(|(w, left)| w * (left + self.effect * w)).sum();
        let precision = own + 1.0 / (spread * spread);
        let (mean, sd) = (with / precision, 1.0 / precision.sqrt());
        // Above 0, by inversion in the upper tail, which is exact however far 0 lies.
        let above = normal_share(mean / sd);
        let drawn = mean - sd * normal_quantile((above * chance.inner()).clamp(1e-300, 1.0 - 1e-16));
        let drawn = drawn.max(0.0);
        let before = self.lift_fit(self.effect, self.retention, self.log_half, result);
        let after = self.lift_fit(drawn, self.retention, self.log_half, result);
        if ln(chance.inner()) < after - before {
            self.move_to(left, drawn);
        }
    }

    fn move_to(&mut self, left: &mut [f64], effect: f64) {
        let by = effect - self.effect;
        left.iter_mut().zip(&self.whitened).for_each(|(left, w)| *left -= by * w);
        self.effect = effect;
    }

    /// A Metropolis step of carry-over and half.
    fn draw_shape(&mut self, left: &mut [f64], whitened: &Whitened, result: f64, chance: &mut Chance) {
        let retention = self.retention + if self.channel.carries_over { STEP * chance.normal() } else { 0.0 };
        let log_half = self.log_half + STEP * chance.normal();
        let saturation = saturation(self.channel, share(retention), exp(log_half));
        let own = whitened.of_series(&saturation);
        let squares = |left: &[f64]| -0.5 * left.iter().map(|x| x * x).sum::<f64>();
        let then: Vec<f64> = left
            .iter()
            .zip(&self.whitened)
            .zip(&own)
            .map(|((left, before), after)| left + self.effect * (before - after))
            .collect();
        let gain = squares(&then) - squares(left) + self.shape_prior(retention, log_half)
            - self.shape_prior(self.retention, self.log_half)
            + self.lift_fit(self.effect, retention, log_half, result)
            - self.lift_fit(self.effect, self.retention, self.log_half, result);
        if ln(chance.inner()) < gain {
            left.copy_from_slice(&then);
            (self.retention, self.log_half, self.saturation, self.whitened) = (retention, log_half, saturation, own);
        }
    }

    fn shape_prior(&self, retention: f64, log_half: f64) -> f64 {
        let z = |x: f64, mean: f64, sd: f64| (x - mean) / sd;
        let half = z(log_half, self.center, HALF_SPREAD);
        let kept = if self.channel.carries_over { z(retention, RETENTION.0, RETENTION.1) } else { 0.0 };
        -0.5 * (half * half + kept * kept)
    }

    /// ln of the likelihood of the experiments.
    fn lift_fit(&self, effect: f64, retention: f64, log_half: f64, result: f64) -> f64 {
        let kept = if self.channel.normalized { 1.0 } else { weights(self.channel, share(retention)).iter().sum() };
        let brings = |money: f64| {
            let x = kept * money / self.channel.spend_scale;
            result * exp(effect * x / (x + exp(log_half)))
        };
        let one = |test: &LiftTest| {
            let z = (test.lift - (brings(test.to) - brings(test.from))) / test.error;
            -0.5 * z * z
        };
        self.channel.lifts.iter().map(one).sum()
    }

    fn keep(&self, draws: &mut CurveDraws, result: f64) {
        let last = &self.saturation[self.saturation.len().saturating_sub(YEAR)..];
        let mean = (last.iter().sum::<f64>() / last.len() as f64).max(1e-9);
        // What the curve brings at today's saturation is the same in a sum as in a product.
        let share_of_result = 1.0 - exp(-self.effect * mean);
        draws.scale.push(result * share_of_result / mean);
        draws.retention.push(share(self.retention));
        draws.half.push(exp(self.log_half));
        draws.share_of_result.push(share_of_result);
    }
}

fn weights(channel: &CurveChannel, retention: f64) -> Vec<f64> {
    if !channel.carries_over {
        return vec![1.0];
    }
    let mut weight = 1.0;
    let mut all = Vec::with_capacity(channel.max_lag);
    for _ in 0..channel.max_lag.max(1) {
        all.push(weight);
        weight *= retention;
    }
    all
}

/// Carried spend of each week; what was spent before the first week is taken to be what was spent on average.
fn carried(channel: &CurveChannel, retention: f64) -> Vec<f64> {
    let weights = weights(channel, retention);
    let total: f64 = if channel.normalized { weights.iter().sum() } else { 1.0 };
    let before = channel.spend.iter().sum::<f64>() / channel.spend.len().max(1) as f64;
    let spent = |week: usize, lag: usize| week.checked_sub(lag).map_or(before, |at| channel.spend[at]);
    let at = |week: usize| weights.iter().enumerate().map(|(lag, weight)| weight * spent(week, lag)).sum::<f64>();
    (0..channel.spend.len()).map(|week| at(week) / (total * channel.spend_scale)).collect()
}

fn saturation(channel: &CurveChannel, retention: f64, half: f64) -> Vec<f64> {
    carried(channel, retention).into_iter().map(|x| x / (x + half)).collect()
}

/// The correlation of a channel's spend with the season: spend that follows season can't be told from it.
pub(super) fn follows_season(results: &[f64], spend: &[f64]) -> f64 {
    // The same week of the year, in the years before and after.
    let yearly = |series: &[f64], at: usize| {
        let same = (at % YEAR..series.len()).step_by(YEAR);
        let (sum, count) = same.fold((0.0, 0.0), |(sum, count), week| (sum + series[week], count + 1.0));
        sum / count
    };
    let weeks = results.len().min(spend.len());
    let pairs: Vec<(f64, f64)> = (0..YEAR.min(weeks)).map(|at| (yearly(results, at), yearly(spend, at))).collect();
    let n = pairs.len() as f64;
    let (x, y) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
    let both = sum(&|p| (p.0 - x) * (p.1 - y));
    let spreads = (sum(&|p| (p.0 - x) * (p.0 - x)) * sum(&|p| (p.1 - y) * (p.1 - y))).sqrt();
    if spreads > 0.0 { both / spreads } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::percentile;
    use super::*;

    /// Weeks whose spend is switched between a low and a high level in no rhythm, so that no season explains it.
    fn switched(weeks: usize) -> Vec<f64> {
        (0..weeks).map(|week| if (week * 7919 + week * week) % 5 < 2 { 3_000.0 } else { 500.0 }).collect()
    }

    fn channel(spend: Vec<f64>) -> CurveChannel {
        CurveChannel {
            name: "tv".into(),
            label: "TV".into(),
            is_asked: true,
            spend_scale: 1_000.0,
            carries_over: false,
            max_lag: 1,
            normalized: true,
            spend,
            lifts: Vec::new(),
        }
    }

    fn results(spend: &[f64], effect: f64) -> Vec<f64> {
        let noise = |week: usize| 0.03 * normal_quantile(((week * 104_729) % 997) as f64 / 997.0 + 0.0005);
        let one = |(week, money): (usize, &f64)| {
            let x = money / 1_000.0;
            10_000.0 * (effect * x / (x + 1.5) + noise(week)).exp()
        };
        spend.iter().enumerate().map(one).collect()
    }

    /// The truth lies within the curve's P5 to P95, and what no spend brought is told as little.
    #[test]
    fn a_curve_is_found_again_and_none_is_negative() {
        let spend = switched(156);
        let found = curves(&results(&spend, 0.4), &[channel(spend.clone())]).expect("a curve").remove(0);
        // Between 500 and 3,000: .4·(3/4.5 − .5/2) = .167 on the log scale; 62 of 156 weeks are high, so the error of that is
        // about .03·√(1/62 + 1/94) = .005, and of what is drawn the prior moves less than that.
        let steps: Vec<f64> = found
            .scale
            .iter()
            .zip(&found.half)
            .map(|(scale, half)| scale * (3.0 / (3.0 + half) - 0.5 / (0.5 + half)))
            .collect();
        let truth = 10_000.0 * 0.167;
        let middle = percentile(&steps, 0.5);
        assert!((middle / truth - 1.0).abs() < 0.25, "{middle} {truth}");
        assert!(found.scale.iter().all(|scale| *scale >= 0.0));
        let nothing = curves(&results(&spend, 0.0), &[channel(spend.clone())]).expect("a curve").remove(0);
        assert!(percentile(&nothing.share_of_result, 0.5) < 0.02, "{}", percentile(&nothing.share_of_result, 0.5));
    }

    /// Spend that never moves tells nothing: the prior stays, until an experiment speaks.
    #[test]
    fn an_experiment_tells_what_steady_spend_does_not() {
        let spend = vec![1_000.0; 130];
        let flat = results(&spend, 0.2);
        let width = |draws: &[f64]| percentile(draws, 0.9) - percentile(draws, 0.1);
        let alone = curves(&flat, &[channel(spend.clone())]).expect("a curve").remove(0);
        let test = LiftTest { from: 0.0, to: 1_000.0, lift: 900.0, error: 150.0 };
        let tested = CurveChannel { lifts: vec![test], ..channel(spend) };
        let tested = curves(&flat, &[tested]).expect("a curve").remove(0);
        assert!(width(&tested.share_of_result) < 0.6 * width(&alone.share_of_result));
        // At today's spend: 900 of about 10,800.
        assert!((percentile(&tested.share_of_result, 0.5) - 0.08).abs() < 0.02);
    }

    #[test]
    fn carried_spend_is_that_of_the_plan() {
        let own = CurveChannel { carries_over: true, max_lag: 2, normalized: false, ..channel(vec![1_000.0, 3_000.0]) };
        // Before the first week 2,000 on average: (1 + ½·2, 3 + ½·1).
        assert_eq!(carried(&own, 0.5), [2.0, 3.5]);
        let normalized = CurveChannel { normalized: true, ..own };
        assert_eq!(carried(&normalized, 0.5), [2.0 / 1.5, 3.5 / 1.5]);
    }
}
