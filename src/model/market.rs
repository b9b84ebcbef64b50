//! The demand that all channels share: growth, noise from week to week, the season.
//!
//! Implements section 2 of docs/model.md.

use crate::inputs::{Inputs, Quantity};
use crate::random::{DrawStream, standard_normal};
use crate::transcendental::exp;

use crate::units::HUGE;

use super::horizon::{Horizon, read_weekly};
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
    pub(super) fn start(&self, drawn: &[f64], stream: DrawStream) -> Demand {
        Demand {
            growth: 1.0 + self.growth_per_week.of(drawn),
            trend: 1.0,
            noise: Noise::new(self.volatility.of(drawn), self.persistence.of(drawn), stream),
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
/// x_0 ~ N(0, σ²),  x_t = φ·x_{t−1} + σ·√(1 − φ²)·ε_t,  factor exp(x_t − σ²/2)
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Noise {
    sd: f64,
    persistence: f64,
    /// σ·√(1 − φ²)
    innovation: f64,
    /// σ²/2
    half_variance: f64,
    stream: DrawStream,
    state: f64,
    /// weeks that the state has gone through
    weeks: usize,
}

impl Noise {
    /// Of standard deviation `sd` on the log scale.
    pub(super) fn new(sd: f64, persistence: f64, stream: DrawStream) -> Self {
        Self {
            sd,
            persistence,
            innovation: sd * (1.0 - persistence * persistence).sqrt(),
            half_variance: 0.5 * sd * sd,
            stream,
            state: 0.0,
            weeks: 0,
        }
    }

    /// The factor of a week; weeks may be left out, but not gone back to.
    pub(super) fn at(&mut self, week: usize) -> f64 {
        if self.sd == 0.0 {
            return 1.0;
        }
        // Without persistence the weeks in between leave no trace.
        if self.persistence == 0.0 && self.weeks > 0 {
            self.weeks = self.weeks.max(week);
        }
        while self.weeks <= week {
            let shock = standard_normal(self.stream.uniform(self.weeks as u32, 0));
            self.state =
                if self.weeks == 0 { self.sd * shock } else { self.persistence * self.state + self.innovation * shock };
            self.weeks += 1;
        }
        exp(self.state - self.half_variance)
    }
}
