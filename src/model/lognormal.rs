//! Lognormal values of known mean: what a deal or an order is worth, how long a deal takes, how a week strays.

use crate::random::{
    DrawStream, EXPONENTIAL_END, LANES, Lanes, exponential, exponentials, normal_share, standard_normal,
    standard_normals,
};
use crate::transcendental::{exp, exp_m1, ln, ln_1p};

/// Standard deviation of the logarithm of a lognormal of that coefficient of variation: `√ln(1 + cv²)`.
#[must_use]
pub fn log_sd(cv: f64) -> f64 {
    ln_1p(cv * cv).sqrt()
}

/// A lognormal of known mean and spread on the log scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lognormal {
    mean: f64,
    spread: f64,
    /// `v·e^(−s²/2 − SHIFT)`, so that a value is this times `e^(s·z + SHIFT)`
    scale: f64,
}

/// The middle of what the inline exponential takes.
const SHIFT: f64 = 0.5 * EXPONENTIAL_END;

impl Lognormal {
    /// Of that mean, and standard deviation of the logarithm.
    #[must_use]
    pub fn new(mean: f64, spread: f64) -> Self {
        Self { mean, spread, scale: mean * exp(-0.5 * spread * spread - SHIFT) }
    }

    /// Its mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Coefficient of variation.
    #[must_use]
    pub fn cv(&self) -> f64 {
        exp_m1(self.spread * self.spread).sqrt()
    }

    /// The value for a uniform; the mean itself where there is no spread.
    #[must_use]
    #[inline]
    pub fn at(&self, stream: DrawStream, week: u32, index: u32) -> f64 {
        if self.is_certain() { self.mean } else { self.of_normal(standard_normal(stream.uniform(week, index))) }
    }

    /// Is every value the mean?
    #[inline(always)]
    pub(super) fn is_certain(&self) -> bool {
        self.spread == 0.0 || self.mean == 0.0
    }

    /// The value so many standard deviations from the middle of the logarithm.
    #[inline]
    pub(super) fn of_normal(&self, z: f64) -> f64 {
        let x = self.spread * z + SHIFT;
        if (0.0..EXPONENTIAL_END).contains(&x) { self.scale * exponential(x) } else { self.scale * exp(x) }
    }

    /// The values for sixteen uniforms; not a number where [`at`](Self::at) is to be asked.
    #[inline(always)]
    pub(super) fn of_lanes(&self, uniforms: &Lanes) -> Lanes {
        if self.is_certain() { [self.mean; LANES] } else { self.of_normals(&standard_normals(uniforms)) }
    }

    /// [`of_normal`](Self::of_normal) of sixteen; not a number where that is to be asked.
    #[inline(always)]
    pub(super) fn of_normals(&self, normals: &Lanes) -> Lanes {
        // Plain loops: `map` of an array is not inlined.
        let mut lanes = *normals;
        for z in &mut lanes {
            *z = self.spread * *z + SHIFT;
        }
        lanes = exponentials(&lanes);
        for power in &mut lanes {
            *power *= self.scale;
        }
        lanes
    }

    /// The share that is `x` (> 0) or more.
    #[must_use]
    pub fn share_from(&self, x: f64) -> f64 {
        if self.spread == 0.0 || self.mean == 0.0 {
            return f64::from(self.mean >= x);
        }
        let deviations = ln(x / self.mean) / self.spread + 0.5 * self.spread;
        normal_share(-deviations)
    }

    /// Whole weeks: `floor(X + ½)`; ten thousand years at most.
    #[must_use]
    #[inline]
    pub fn weeks(&self, stream: DrawStream, week: u32, index: u32) -> usize {
        (self.at(stream, week, index) + 0.5).min(520_000.0) as usize
    }
}
