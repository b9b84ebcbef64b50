//! More than two figures: draws of what was taken for likely, weighted by what came.

use crate::calibrate::linear::{Factor, Square};
use crate::calibrate::smoothing::smoothed;
use crate::random::normal_quantile;
use crate::transcendental::{exp, ln};

use super::{Conditioned, FURTHEST, LogLikelihood, Marginal, Moments, Stated, TooThin, WIDE_SHARE, correlation};

/// Draws that are weighted.
const DRAWS: usize = 32_768;
/// Fewer draws of equal weight say too little.
const FEWEST: f64 = 400.0;
/// Above this the weights can't be relied on.
const LARGEST_SHAPE: f64 = 0.7;

pub(super) fn of_many(stated: &Stated, log_likelihood: &LogLikelihood<'_>) -> Result<Conditioned, TooThin> {
    let count = stated.count();
    let Weighted { draws, weights } = weighted(stated, log_likelihood)?;
    let marginal = |at: usize| Marginal::of_draws(draws.iter().zip(&weights).map(|(z, w)| (z[at], *w)).collect());
    let mut correlations = vec![vec![1.0; count]; count];
    for a in 0..count {
        for b in 0..a {
            let mut moments = Moments::default();
            draws.iter().zip(&weights).for_each(|(z, w)| moments.add(*w, z[a], z[b]));
            let r = correlation(moments);
            correlations[a][b] = r;
            correlations[b][a] = r;
        }
    }
    Ok(Conditioned { marginals: (0..count).map(marginal).collect(), correlations })
}

/// Systematic resampling in the order of the rows of a file: what a share of all draws was, it stays as nearly as can be.
pub(super) fn resampled(
    stated: &Stated,
    log_likelihood: &LogLikelihood<'_>,
    count: usize,
) -> Result<Vec<Vec<f64>>, TooThin> {
    let Weighted { draws, weights } = weighted(stated, log_likelihood)?;
    let by = stated.rows.unwrap_or(0);
    let mut order: Vec<usize> = (0..draws.len()).collect();
    order.sort_by(|&a, &b| draws[a][by].total_cmp(&draws[b][by]));
    let total: f64 = weights.iter().sum();
    let (mut up_to, mut at) = (weights[order[0]], 0);
    let pick = |place: usize| {
        let wanted = (place as f64 + 0.5) / count as f64 * total;
        while up_to < wanted && at + 1 < order.len() {
            at += 1;
            up_to += weights[order[at]];
        }
        draws[order[at]].clone()
    };
    Ok((0..count).map(pick).collect())
}

/// Draws with their weights.
struct Weighted {
    draws: Vec<Vec<f64>>,
    weights: Vec<f64>,
}

/// Draws of what was taken for likely, and where these don't suffice of a proposal that learns from them where to look.
fn weighted(stated: &Stated, log_likelihood: &LogLikelihood<'_>) -> Result<Weighted, TooThin> {
    let mut proposal = None;
    let mut thin = TooThin { effective: 0.0, tail_shape: f64::INFINITY };
    for _ in 0..=ROUNDS {
        let draws: Vec<Vec<f64>> = (0..DRAWS).map(|draw| scores_of(stated, proposal.as_ref(), draw)).collect();
        let log_weight =
            |z: &Vec<f64>| log_likelihood(z) - proposal.as_ref().map_or(0.0, |own| own.log_excess(stated, z));
        let logs: Vec<f64> = draws.iter().map(log_weight).collect();
        let smoothed = smoothed(&logs);
        thin = TooThin { effective: smoothed.effective, tail_shape: smoothed.tail_shape };
        if thin.tail_shape <= LARGEST_SHAPE && thin.effective >= FEWEST {
            return Ok(Weighted { draws, weights: smoothed.weights });
        }
        // Rows of a file are in no order that a proposal could follow.
        if stated.rows.is_some() {
            break;
        }
        proposal = Proposal::of(&draws, &smoothed.weights);
    }
    Err(thin)
}

/// Rounds in which the proposal learns.
const ROUNDS: usize = 6;

/// The share of draws that are of what was taken for likely, which bounds their weights.
const PRIOR_SHARE: f64 = 0.3;

/// Scores are proposed somewhat wider than the weighted draws are.
const WIDER: f64 = 1.3;

/// A normal distribution of scores that most draws are proposed by.
struct Proposal {
    mean: Vec<f64>,
    factor: Factor,
}

impl Proposal {
    /// With the mean and the covariance of weighted draws; none where they do not vary.
    fn of(draws: &[Vec<f64>], weights: &[f64]) -> Option<Self> {
        let count = draws.first()?.len();
        let total: f64 = weights.iter().sum();
        let mean: Vec<f64> =
            (0..count).map(|at| draws.iter().zip(weights).map(|(z, w)| w * z[at]).sum::<f64>() / total).collect();
        let mut covariance = Square::zeros(count);
        for a in 0..count {
            for b in 0..count {
                let products = draws.iter().zip(weights).map(|(z, w)| w * (z[a] - mean[a]) * (z[b] - mean[b]));
                covariance.add(a, b, WIDER * WIDER * products.sum::<f64>() / total);
            }
            covariance.add(a, a, 1e-6);
        }
        Some(Self { mean, factor: covariance.cholesky()? })
    }

    /// How much denser draws are than what was taken for likely, as a logarithm.
    fn log_excess(&self, stated: &Stated, z: &[f64]) -> f64 {
        let away: Vec<f64> = z.iter().zip(&self.mean).map(|(z, mean)| z - mean).collect();
        let squares: f64 = self.factor.solve_lower(&away).iter().map(|e| e * e).sum();
        let own = -0.5 * (squares + self.factor.log_determinant());
        let prior = stated.log_prior(z) - 0.5 * stated.factor.log_determinant();
        ln(PRIOR_SHARE + (1.0 - PRIOR_SHARE) * exp((own - prior).min(700.0)))
    }
}

/// The scores of a draw, by a proposal where there is one.
fn scores_of(stated: &Stated, proposal: Option<&Proposal>, draw: usize) -> Vec<f64> {
    let Some(proposal) = proposal else { return scores(stated, draw, Width::Mixed) };
    let uniforms = uniforms(stated.count() + 1, draw);
    if uniforms[0] < PRIOR_SHARE {
        return stretched(stated, uniforms[0] / PRIOR_SHARE, &uniforms[1..], Width::Mixed);
    }
    let independent: Vec<f64> = uniforms[1..].iter().map(|u| normal_quantile(*u)).collect();
    let moved = proposal.factor.product(&independent);
    moved.iter().zip(&proposal.mean).map(|(z, mean)| (z + mean).clamp(-FURTHEST, FURTHEST)).collect()
}

/// How wide draws are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// as stated
    Stated,
    /// one in ten of them is three times as wide
    Mixed,
}

/// The scores of a draw of what was stated.
pub(super) fn scores(stated: &Stated, draw: usize, width: Width) -> Vec<f64> {
    let uniforms = uniforms(stated.count() + 1, draw);
    stretched(stated, uniforms[0], &uniforms[1..], width)
}

fn stretched(stated: &Stated, which: f64, uniforms: &[f64], width: Width) -> Vec<f64> {
    let is_wide = width == Width::Mixed && which < WIDE_SHARE;
    let width_of = |at: usize| if is_wide { stated.wide[at] } else { 1.0 };
    let independent: Vec<f64> = uniforms.iter().enumerate().map(|(at, u)| width_of(at) * normal_quantile(*u)).collect();
    stated.scores(&independent).into_iter().map(|z| z.clamp(-FURTHEST, FURTHEST)).collect()
}

/// A point of a low-discrepancy sequence (Roberts 2018).
fn uniforms(dimensions: usize, draw: usize) -> Vec<f64> {
    let base = base(dimensions);
    let mut step = 1.0;
    let next = |_| {
        step /= base;
        (0.5 + step * (draw + 1) as f64).fract().clamp(1e-12, 1.0 - 1e-12)
    };
    (0..dimensions).map(next).collect()
}

/// The root of `x^(d+1) = x + 1`.
fn base(dimensions: usize) -> f64 {
    let mut x = 2.0_f64;
    for _ in 0..60 {
        x = crate::transcendental::powf(1.0 + x, 1.0 / (dimensions as f64 + 1.0));
    }
    x
}
