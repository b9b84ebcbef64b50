//! `min` and `max`: a distribution cut at its ends, what is left drawn the more often.

use super::refusal::Refusal;
use super::value_reader::ValueReader;
use super::{Distribution, Shares, Written};

/// Of a distribution with less than this between its ends nothing is left to speak of.
const LEAST: f64 = 1e-12;

/// The draws of a distribution that lie in `min ..= max`.
///
/// ```text
/// Q'(u) = Q(B + u·mass),  B = P(X < min),  mass = P(min ≤ X ≤ max)
/// ```
#[derive(Debug)]
pub(super) struct Truncated {
    distribution: Box<dyn Distribution>,
    min: f64,
    max: f64,
    below: f64,
    above: f64,
    mass: f64,
}

impl Truncated {
    /// Cuts what was written; without ends it stays as it is.
    pub(super) fn between(
        draft: &ValueReader<'_>,
        written: Written,
        min: Option<f64>,
        max: Option<f64>,
    ) -> Result<Written, Refusal> {
        for end in [min, max].into_iter().flatten() {
            draft.inside_range(end)?;
        }
        if min.is_none() && max.is_none() {
            return Ok(written);
        }
        let min = min.unwrap_or(f64::NEG_INFINITY);
        let max = max.unwrap_or(f64::INFINITY);
        if min > max {
            return Err("`min` is above `max`".into());
        }
        let nothing = || String::from("nothing of this distribution lies between `min` and `max`: move them apart");
        match written {
            Written::Certain(value) if min <= value && value <= max => Ok(Written::Certain(value)),
            Written::Certain(_) => Err(nothing().into()),
            Written::Row(_) => Ok(written),
            Written::Uncertain { distribution, from_quantiles } => {
                let cut = Self::of(distribution, min, max).ok_or_else(nothing)?;
                Ok(if min == max {
                    Written::Certain(min)
                } else {
                    Written::Uncertain { distribution: Box::new(cut), from_quantiles }
                })
            }
        }
    }

    fn of(distribution: Box<dyn Distribution>, min: f64, max: f64) -> Option<Self> {
        let (low, high) = (distribution.shares(min), distribution.shares(max));
        let (below, above) = (low.below, high.above);
        // From the side that loses no digits.
        let mass = if below > 0.5 { low.at + low.above - above } else { high.below + high.at - below };
        (mass > LEAST).then_some(Self { distribution, min, max, below, above, mass })
    }
}

impl Distribution for Truncated {
    fn quantile(&self, u: f64) -> f64 {
        // Strictly inside 0 … 1, also where a sum rounds up.
        let share = (self.below + u * self.mass).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
        self.distribution.quantile(share).max(self.min).min(self.max)
    }

    fn shares(&self, x: f64) -> Shares {
        if x < self.min {
            return Shares::ALL_ABOVE;
        }
        if x > self.max {
            return Shares::ALL_BELOW;
        }
        let inner = self.distribution.shares(x);
        let scaled = |share: f64| (share / self.mass).clamp(0.0, 1.0);
        Shares {
            below: scaled(inner.below - self.below),
            at: scaled(inner.at),
            above: scaled(inner.above - self.above),
        }
    }
}
