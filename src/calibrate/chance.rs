//! The random numbers of a fit: one generator for each part, seeded by its name, so that no part moves another.

use crate::transcendental::{exp, ln, ln_1p};

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Gamma, StandardNormal, StudentT};
use xxhash_rust::xxh3::xxh3_64;

/// A generator.
#[derive(Debug)]
pub(super) struct Chance(Xoshiro256PlusPlus);

impl Chance {
    /// That of a part of the fit.
    pub(super) fn of(name: &str) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(xxh3_64(name.as_bytes())))
    }

    /// A standard normal number.
    pub(super) fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// A number of Student's t.
    pub(super) fn student(&mut self, freedom: f64) -> f64 {
        StudentT::new(freedom).map_or(0.0, |own| own.sample(&mut self.0))
    }

    /// A number of the gamma distribution of mean `shape / rate`.
    pub(super) fn gamma(&mut self, shape: f64, rate: f64) -> f64 {
        Gamma::new(shape, 1.0 / rate).map_or(0.0, |own| own.sample(&mut self.0))
    }

    /// A uniform number in [0, 1).
    pub(super) fn uniform(&mut self) -> f64 {
        self.0.random::<f64>()
    }

    /// A uniform number strictly inside (0, 1).
    pub(super) fn inner(&mut self) -> f64 {
        self.uniform().clamp(1e-12, 1.0 - 1e-12)
    }

    /// A place among weights, which need not sum to 1.
    pub(super) fn among(&mut self, weights: &[f64]) -> usize {
        let total: f64 = weights.iter().sum();
        let mut left = self.uniform() * total;
        for (at, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return at;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// Puts a list in random order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        use rand::seq::SliceRandom;
        list.shuffle(&mut self.0);
    }
}

/// Weights from their logarithms, the largest of them 1.
pub(super) fn from_logs(logs: &[f64]) -> Vec<f64> {
    let top = logs.iter().copied().filter(|log| log.is_finite()).fold(f64::NEG_INFINITY, f64::max);
    logs.iter().map(|log| if log.is_finite() { exp(log - top) } else { 0.0 }).collect()
}

/// ln(p / (1 − p)).
pub(super) fn logit(p: f64) -> f64 {
    ln(p / (1.0 - p))
}

/// 1 / (1 + e^−x).
pub(super) fn share(x: f64) -> f64 {
    if x >= 0.0 { 1.0 / (1.0 + exp(-x)) } else { exp(x) / (1.0 + exp(x)) }
}

/// ln of [`share`], without loss where it is near 0 or 1.
pub(super) fn log_share(x: f64) -> f64 {
    if x > 0.0 { -ln_1p(exp(-x)) } else { x - ln_1p(exp(x)) }
}
