//! The demand that all channels share: growth, noise from week to week, the season.
//!
//! Implements section 2 of docs/model.md.

use crate::inputs::Quantity;
use crate::random::{Luck, normal_quantile};

use super::fields::Fields;
use super::horizon::{Horizon, read_weekly};
use super::keys::Key;

/// The keys of `[market]`.
pub const KEYS: &[Key] = &[
    Key::number("growth_per_week")
        .above(-1.0)
        .or(0.0)
        .unit("share a week")
        .about("how demand grows from week to week, compounded over the horizon")
        .example("\"0.2%\""),
    Key::amount("volatility")
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
        .unit("multiplier of demand, week by week")
        .about("the season, for every channel without its own; missing weeks are 1")
        .example("[1, 1, 0.9, 1.1]"),
];

/// `[market]` as written.
#[derive(Debug)]
pub struct Market {
    growth_per_week: Quantity,
    volatility: Quantity,
    persistence: Quantity,
    /// weekly multipliers of demand
    pub seasonality: Vec<f64>,
}

impl Market {
    /// Reads `[market]`.
    pub fn read(fields: Option<Fields<'_, '_>>, horizon: &Horizon) -> Self {
        let Some(mut fields) = fields else {
            return Self {
                growth_per_week: Quantity::Certain(0.0),
                volatility: Quantity::Certain(0.0),
                persistence: Quantity::Certain(0.0),
                seasonality: Vec::new(),
            };
        };
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

    /// Fills `demand` with `m_t` for every week of a draw.
    ///
    /// ```text
    /// m_t = (1 + growth)^min(t, H−1) · exp(x_t − σ²/2)
    /// x_0 ~ N(0, σ²),  x_t = φ·x_{t−1} + σ·√(1 − φ²)·ε_t
    /// ```
    pub fn demand(&self, drawn: &[f64], luck: Luck, horizon: &Horizon, demand: &mut [f64]) {
        let growth = self.growth_per_week.of(drawn);
        let noise = Noise {
            sd: self.volatility.of(drawn),
            persistence: self.persistence.of(drawn),
        };
        let mut trend = 1.0;
        let mut state = 0.0;
        for (week, level) in demand.iter_mut().enumerate() {
            if week > 0 && week < horizon.weeks {
                trend *= 1.0 + growth;
            }
            *level = trend * noise.step(&mut state, luck, week);
        }
    }
}

/// Multiplicative noise of mean 1 that persists from week to week: a stationary AR(1) on the log scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noise {
    /// standard deviation on the log scale
    pub(super) sd: f64,
    /// correlation of one week with the next
    pub(super) persistence: f64,
}

impl Noise {
    /// The factor of a week, given the state of the week before.
    pub(super) fn step(&self, state: &mut f64, luck: Luck, week: usize) -> f64 {
        if self.sd == 0.0 {
            return 1.0;
        }
        let shock = self.sd * normal_quantile(luck.uniform(week as u32, 0));
        *state = if week == 0 {
            shock
        } else {
            self.persistence * *state + (1.0 - self.persistence * self.persistence).sqrt() * shock
        };
        (*state - 0.5 * self.sd * self.sd).exp()
    }
}
