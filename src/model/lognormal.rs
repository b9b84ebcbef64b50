//! Lognormal values of known mean: what a deal or an order is worth, how long a deal takes, how a week strays.

use crate::random::{DrawStream, LANES, LIFT, Lanes, lifted, lifted_lanes, normal_share, standard_normal};
use crate::transcendental::{exp, exp_m1, ln, ln_1p};

/// Standard deviation of the logarithm of a lognormal of that coefficient of variation: `√ln(1 + cv²)`.
#[must_use]
pub fn log_sd(cv: f64) -> f64 {
    ln_1p(cv * cv).sqrt()
}

/// How far the values of a lognormal stray, and what follows from that alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    /// standard deviation of the logarithm
    sd: f64,
    /// coefficient of variation
    cv: f64,
    /// `e^(−s²/2 − LIFT)`; 1 where nothing strays
    factor: f64,
}

impl Spread {
    /// Nothing strays.
    pub(super) const NONE: Self = Self { sd: 0.0, cv: 0.0, factor: 1.0 };

    /// Of that standard deviation of the logarithm.
    pub(super) fn new(sd: f64) -> Self {
        if sd == 0.0 {
            return Self::NONE;
        }
        Self { sd, cv: exp_m1(sd * sd).sqrt(), factor: exp(-0.5 * sd * sd - LIFT) }
    }

    /// Standard deviation of the logarithm.
    #[inline]
    pub(super) fn sd(&self) -> f64 {
        self.sd
    }
}

/// The spread of the draw before: in most plans it is the same in all draws, and is worked out once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct KeptSpread {
    /// what it was worked out from, if that was a coefficient of variation
    cv: Option<f64>,
    spread: Spread,
}

impl Default for KeptSpread {
    fn default() -> Self {
        Self { cv: None, spread: Spread::NONE }
    }
}

impl KeptSpread {
    /// That of a coefficient of variation.
    #[inline]
    pub(super) fn of_cv(&mut self, cv: f64) -> Spread {
        if self.cv != Some(cv) {
            *self = Self { cv: Some(cv), spread: Spread::new(log_sd(cv)) };
        }
        self.spread
    }

    /// That of a standard deviation of the logarithm.
    #[inline]
    pub(super) fn of_sd(&mut self, sd: f64) -> Spread {
        if self.spread.sd != sd {
            *self = Self { cv: None, spread: Spread::new(sd) };
        }
        self.spread
    }
}

/// A lognormal of known mean and spread on the log scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lognormal {
    mean: f64,
    spread: Spread,
}

impl Lognormal {
    /// Of that mean, and standard deviation of the logarithm.
    #[must_use]
    pub fn new(mean: f64, sd: f64) -> Self {
        Self { mean, spread: Spread::new(sd) }
    }

    /// Of that mean and spread.
    pub(super) fn of(mean: f64, spread: Spread) -> Self {
        Self { mean, spread }
    }

    /// Of another mean, and that spread.
    pub(super) fn of_mean(&self, mean: f64) -> Self {
        Self { mean, ..*self }
    }

    /// Its mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Coefficient of variation.
    #[must_use]
    pub fn cv(&self) -> f64 {
        self.spread.cv
    }

    /// Is every value the mean?
    #[inline]
    pub(super) fn is_certain(&self) -> bool {
        self.spread.sd == 0.0 || self.mean == 0.0
    }

    /// The value for a uniform; the mean itself where there is no spread.
    #[must_use]
    #[inline]
    pub fn at(&self, stream: DrawStream, week: u32, index: u32) -> f64 {
        if self.is_certain() {
            return self.mean;
        }
        self.scale() * power(self.spread.sd, standard_normal(stream.uniform(week, index)))
    }

    /// `v·e^(−s²/2 − LIFT)`, so that a value is this times a power of [`powers`]; the mean itself where there is no spread.
    #[inline]
    pub(super) fn scale(&self) -> f64 {
        self.mean * self.spread.factor
    }

    /// Standard deviation of the logarithm.
    #[inline]
    pub(super) fn spread(&self) -> f64 {
        self.spread.sd
    }

    /// The share that is `x` (> 0) or more.
    #[must_use]
    pub fn share_from(&self, x: f64) -> f64 {
        if self.is_certain() {
            return f64::from(self.mean >= x);
        }
        let deviations = ln(x / self.mean) / self.spread.sd + 0.5 * self.spread.sd;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_that_is_kept_is_that_of_its_own_draw() {
        let mut kept = KeptSpread::default();
        for x in [0.0, 0.3, 0.3, 0.8, 0.0, 0.3] {
            assert_eq!(kept.of_cv(x), Spread::new(log_sd(x)), "cv {x}");
            assert_eq!(kept.of_sd(x), Spread::new(x), "sd {x}");
            assert_eq!(kept.of_cv(x), Spread::new(log_sd(x)), "cv {x} again");
        }
    }
}
