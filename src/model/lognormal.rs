//! Lognormal values of known mean: what a deal or an order is worth, how long a deal takes, how a week strays.

use crate::random::{DrawStream, LANES, LIFT, Lanes, lifted, lifted_lanes, normal_share, standard_normal};
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
    scale: f64,
}

impl Lognormal {
    /// Of that mean, and standard deviation of the logarithm.
    #[must_use]
    pub fn new(mean: f64, spread: f64) -> Self {
        let scale = if spread == 0.0 { mean } else { mean * exp(-0.5 * spread * spread - LIFT) };
        Self { mean, spread, scale }
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

    /// Is every value the mean?
    #[inline]
    pub(super) fn is_certain(&self) -> bool {
        self.spread == 0.0 || self.mean == 0.0
    }

    /// The value for a uniform; the mean itself where there is no spread.
    #[must_use]
    #[inline]
    pub fn at(&self, stream: DrawStream, week: u32, index: u32) -> f64 {
        if self.is_certain() {
            return self.mean;
        }
        self.scale * power(self.spread, standard_normal(stream.uniform(week, index)))
    }

    /// `v·e^(−s²/2 − LIFT)`, so that a value is this times a power of [`powers`]; the mean itself where there is no spread.
    #[inline]
    pub(super) fn scale(&self) -> f64 {
        self.scale
    }

    /// Standard deviation of the logarithm.
    #[inline]
    pub(super) fn spread(&self) -> f64 {
        self.spread
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

    /// The value for a uniform, in whole weeks.
    #[must_use]
    #[inline]
    pub fn weeks(&self, stream: DrawStream, week: u32, index: u32) -> usize {
        Self::whole_weeks(self.at(stream, week, index))
    }

    /// `floor(X + ½)`; ten thousand years at most.
    #[inline]
    pub(super) fn whole_weeks(weeks: f64) -> usize {
        // A cast to 64 bits takes more than one to 32.
        half_a_week_more(weeks) as u32 as usize
    }

    /// [`whole_weeks`](Self::whole_weeks), for numbers side by side.
    #[inline(always)]
    pub(super) fn whole_weeks_in_lane(weeks: f64) -> u64 {
        // As the last bits of a number whose fraction counts ones: not every instruction set converts side by side.
        const ONES: f64 = (1_u64 << 52) as f64;
        (half_a_week_more(weeks).floor() + ONES).to_bits() ^ ONES.to_bits()
    }
}

#[inline(always)]
fn half_a_week_more(weeks: f64) -> f64 {
    const MOST: f64 = 520_000.0;
    let weeks = weeks + 0.5;
    // Not f64::min, which looks out for NaN first.
    if weeks < MOST { weeks } else { MOST }
}

/// `e^(s·z + LIFT)`, and 1 where there is no spread.
#[inline]
pub(super) fn power(spread: f64, z: f64) -> f64 {
    if spread == 0.0 {
        return 1.0;
    }
    lifted(spread * z)
}

/// [`power`] of sixteen; not a number where that is to be asked.
#[inline(always)]
pub(super) fn powers(spread: f64, normals: &Lanes) -> Lanes {
    if spread == 0.0 {
        return [1.0; LANES];
    }
    // Plain loops: `map` of an array is not inlined.
    let mut lanes = *normals;
    for z in &mut lanes {
        *z *= spread;
    }
    lifted_lanes(&lanes)
}
