//! The demand that all channels share: growth, noise from week to week, the season.
//!
//! Implements section 2 of docs/model.md.

use crate::inputs::{Inputs, Quantity};
use multiversion::multiversion;

use crate::random::{DrawStream, LANES, Lanes, fill_gaps, standard_normal, standard_normals, uniforms_by_week};
use crate::units::HUGE;

use super::horizon::{Horizon, read_weekly};
use super::lognormal::{KeptSpread, Lognormal, Spread, power, powers};
use super::schema::{Key, TableReader};

/// The most leads of a channel, referrals, outbound leads or repeat orders of one week, on average over their own chance;
/// beyond it a plan is mistaken.
pub(crate) const MOST_A_WEEK: f64 = 1e12;

/// The keys of `[market]`.
pub const KEYS: &[Key] = &[
    Key::number("growth_per_week")
        .percent_from(1.0)
        .above(-1.0)
        .or(0.0)
        .unit("share a week")
        .about("how demand grows from week to week, compounded over the horizon")
        .example("\"0.2%\""),
    Key::amount("volatility")
        .percent_from(2.0)
        .at_most(10.0)
        .or(0.0)
        .unit("standard deviation of the log of weekly demand")
        .about("how far weekly demand strays from its trend, for all channels alike")
        .example("0.1"),
    Key::fraction("persistence")
        .or(0.0)
        .unit("correlation of one week with the next")
        .about("how much of a good or bad week carries over to the next")
        .example("0.6"),
    Key::weekly("seasonality")
        .percent_from(10.0)
        .unit("multiplier of demand, week by week")
        .about("the season, for every channel without its own; missing weeks are 1")
        .example("[1, 1, 0.9, 1.1]"),
];

/// `[market]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    growth_per_week: Quantity,
    volatility: Quantity,
    persistence: Quantity,
    /// weekly multipliers of demand
    pub seasonality: Vec<f64>,
}

impl Market {
    /// Demand that is the same in every week.
    #[must_use]
    pub fn steady() -> Self {
        let zero = Quantity::Certain(0.0);
        Self { growth_per_week: zero, volatility: zero, persistence: zero, seasonality: Vec::new() }
    }

    /// Reads `[market]`.
    pub fn read(fields: Option<TableReader<'_, '_>>, horizon: &Horizon) -> Self {
        let Some(mut fields) = fields else { return Self::steady() };
        Self {
            growth_per_week: fields.quantity("growth_per_week"),
            volatility: fields.quantity("volatility"),
            persistence: fields.quantity("persistence"),
            seasonality: read_weekly(&mut fields, "seasonality", horizon).unwrap_or_default(),
        }
    }

    /// Does demand stray at all from week to week?
    #[must_use]
    pub fn is_volatile(&self) -> bool {
        !self.volatility.is_zero()
    }

    /// How weekly demand strays where the inputs are `drawn`: the standard deviation of its logarithm, and how much of it
    /// carries over to the next week.
    #[must_use]
    pub fn noise(&self, drawn: &[f64]) -> (f64, f64) {
        (self.volatility.of(drawn), self.persistence.of(drawn))
    }

    /// The growth of demand a week, by the middle of what it may be.
    #[must_use]
    pub fn growth(&self, inputs: &Inputs) -> f64 {
        self.growth_per_week.median(inputs)
    }

    /// Demand in each week without noise, where the inputs are `drawn`.
    pub(super) fn trend(&self, drawn: &[f64], horizon: &Horizon) -> Vec<f64> {
        let growth = 1.0 + self.growth_per_week.of(drawn);
        let mut trend = 1.0;
        let weeks = 0..horizon.all();
        weeks
            .map(|week| {
                if week > 0 && week < horizon.weeks {
                    trend = (trend * growth).min(HUGE);
                }
                trend
            })
            .collect()
    }

    /// Demand in one draw.
    pub(super) fn start(&self, drawn: &[f64], kept: &mut KeptSpread, stream: DrawStream) -> Demand {
        Demand {
            growth: 1.0 + self.growth_per_week.of(drawn),
            trend: 1.0,
            noise: Noise::new(kept.of_sd(self.volatility.of(drawn)), self.persistence.of(drawn), stream),
        }
    }
}

/// The market in one draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Demand {
    growth: f64,
    trend: f64,
    noise: Noise,
}

impl Demand {
    /// `m_t`, asked for week by week.
    ///
    /// ```text
    /// m_t = (1 + growth)^min(t, H−1) · exp(x_t − σ²/2)
    /// ```
    pub(super) fn at(&mut self, week: usize, horizon: &Horizon) -> f64 {
        if week > 0 && week < horizon.weeks {
            self.trend = (self.trend * self.growth).min(HUGE);
        }
        self.trend * self.noise.at(week)
    }
}

/// Multiplicative noise of mean 1 that persists from week to week: a stationary AR(1) on the log scale.
///
/// ```text
/// z_0 ~ N(0, 1),  z_t = φ·z_{t−1} + √(1 − φ²)·ε_t,  factor exp(σ·z_t − σ²/2)
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Noise {
    factor: Lognormal,
    persistence: f64,
    stream: DrawStream,
    /// the last week's z so far
    last: f64,
    /// the first of the weeks at hand, and their factors; none at first
    first: Option<usize>,
    weeks: Lanes,
}

impl Noise {
    /// Of that spread.
    pub(super) fn new(spread: Spread, persistence: f64, stream: DrawStream) -> Self {
        let factor = Lognormal::of(1.0, spread);
        Self { factor, persistence, stream, last: 0.0, first: None, weeks: [1.0; LANES] }
    }

    /// The factor of a week; weeks may be left out, but not gone back to.
    pub(super) fn at(&mut self, week: usize) -> f64 {
        self.from(week)[0]
    }

    /// The factors of a week and of those after it, as far as they come in one go: up to a multiple of sixteen.
    pub(super) fn from(&mut self, week: usize) -> &[f64] {
        let wanted = week / LANES * LANES;
        if !self.factor.is_certain() {
            self.go_to(wanted);
        }
        &self.weeks[week - wanted..]
    }

    fn go_to(&mut self, wanted: usize) {
        while self.first != Some(wanted) {
            let next = match self.first {
                // Without persistence the weeks in between leave no trace.
                _ if self.persistence == 0.0 => wanted,
                Some(first) => first + LANES,
                None => 0,
            };
            play(self, next);
        }
    }

    /// Goes through sixteen weeks from `first`.
    #[inline(always)]
    fn play(&mut self, first: usize) {
        let mut lanes = standard_normals(&uniforms_by_week(self.stream, first as u32, 0));
        fill_gaps(&mut lanes, |lane| standard_normal(self.stream.uniform((first + lane) as u32, 0)));
        // Where nothing persists, no week waits for the one before.
        if self.persistence > 0.0 {
            let innovation = (1.0 - self.persistence * self.persistence).sqrt();
            for (week, z) in (first..).zip(&mut lanes) {
                if week > 0 {
                    *z = self.persistence * self.last + innovation * *z;
                }
                self.last = *z;
            }
        }
        let (spread, scale) = (self.factor.spread(), self.factor.scale());
        self.weeks = powers(spread, &lanes);
        fill_gaps(&mut self.weeks, |lane| power(spread, lanes[lane]));
        for power in &mut self.weeks {
            *power *= scale;
        }
        self.first = Some(first);
    }
}

/// [`Noise::play`] by the widest instructions that the processor has.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn play(noise: &mut Noise, first: usize) {
    noise.play(first);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::simulate::Purpose;
    use crate::random::StreamKey;

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn play_by_256_bits(noise: &mut Noise, first: usize) {
        noise.play(first);
    }

    /// Week by week, as the formula says, with the exact exponential.
    fn plain(sd: f64, persistence: f64, stream: DrawStream, weeks: usize) -> Vec<f64> {
        let mut x = 0.0;
        let innovation = sd * (1.0 - persistence * persistence).sqrt();
        (0..weeks as u32)
            .map(|week| {
                let shock = standard_normal(stream.uniform(week, 0));
                x = if week == 0 { sd * shock } else { persistence * x + innovation * shock };
                (x - 0.5 * sd * sd).exp()
            })
            .collect()
    }

    #[test]
    fn weeks_side_by_side_are_the_weeks_one_by_one() {
        for (sd, persistence) in [(0.1, 0.0), (0.3, 0.6), (10.0, 0.9), (0.2, 1.0), (0.0, 0.5)] {
            for draw in 0..200 {
                let stream = StreamKey::new(1, 0, "market", Purpose::Market).at(draw);
                let mut noise = Noise::new(Spread::new(sd), persistence, stream);
                for (week, wanted) in plain(sd, persistence, stream, 40).into_iter().enumerate() {
                    let found = noise.at(week);
                    assert!(
                        (found / wanted - 1.0).abs() < 1e-12,
                        "{found}, not {wanted}, in week {week} of draw {draw}"
                    );
                }
            }
        }
    }

    #[test]
    fn weeks_left_out_change_no_other() {
        for persistence in [0.0, 0.6] {
            let stream = StreamKey::new(1, 0, "market", Purpose::Market).at(7);
            let [mut all, mut some] = [(); 2].map(|()| Noise::new(Spread::new(0.2), persistence, stream));
            let every: Vec<f64> = (0..60).map(|week| all.at(week)).collect();
            for week in [3, 15, 40, 59] {
                assert_eq!(some.at(week), every[week]);
            }
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        for draw in 0..500 {
            let stream = StreamKey::new(1, 0, "market", Purpose::Market).at(draw);
            let start = Noise::new(Spread::new(0.4), 0.5, stream);
            let levels: [fn(&mut Noise, usize); 3] = [play, play_by_256_bits, |noise, first| noise.play(first)];
            let [widest, narrower, plain] = levels.map(|play| {
                let mut noise = start;
                play(&mut noise, 0);
                play(&mut noise, LANES);
                noise.weeks.map(f64::to_bits)
            });
            assert_eq!(widest, plain);
            assert_eq!(narrower, plain);
        }
    }
}
