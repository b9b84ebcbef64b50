//! `{ quantiles = [1.9, 2.4, 2.7, 3.1, 4.0] }`: values at evenly spaced shares of all draws, from none to all.
//!
//! What a posterior looks like when no family fits it: `foremix update` writes what the weeks that are over say of a figure
//! this way, so that a draw keeps its rank.

use super::form::{Form, Parts, Slot};
use super::refusal::Refusal;
use super::value_reader::ValueReader;
use super::{Distribution, Shares, Written};

pub(super) const FORM: Form =
    Form { slots: &[Slot::Numbers("quantiles")], example: "{ quantiles = [1.9, 2.4, 2.7, 3.1, 4] }", read };

fn read(draft: &ValueReader<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    let values = parts.numbers("quantiles").to_vec();
    let [low, .., high] = values[..] else {
        return Err("`quantiles` takes two numbers or more, from the lowest value to the highest".into());
    };
    for &value in &values {
        draft.uncertain_at(value)?;
    }
    if !values.is_sorted() {
        return Err("quantiles rise: write the lower number first".into());
    }
    if low == high {
        return Ok(Written::Certain(low));
    }
    Ok(Written::Uncertain { distribution: Box::new(Quantiles { values }), from_quantiles: false })
}

/// `Q(k/n)` for k = 0 … n, linear between them; rising.
#[derive(Debug)]
struct Quantiles {
    values: Vec<f64>,
}

impl Quantiles {
    fn intervals(&self) -> f64 {
        (self.values.len() - 1) as f64
    }

    /// The share of all draws that a place among the values stands for, `x` lying between that value and the next.
    fn share(&self, at: usize, x: f64) -> f64 {
        let [low, high] = [self.values[at], self.values[at + 1]];
        (at as f64 + (x - low) / (high - low)) / self.intervals()
    }
}

impl Distribution for Quantiles {
    fn quantile(&self, u: f64) -> f64 {
        let place = u * self.intervals();
        let at = (place as usize).min(self.values.len() - 2);
        let [low, high] = [self.values[at], self.values[at + 1]];
        low + (place - at as f64) * (high - low)
    }

    fn shares(&self, x: f64) -> Shares {
        let last = self.values.len() - 1;
        if x < self.values[0] {
            return Shares::ALL_ABOVE;
        }
        if x > self.values[last] {
            return Shares::ALL_BELOW;
        }
        // Values that stand there twice or more are that of many draws.
        let first = self.values.partition_point(|own| *own < x);
        let after = self.values.partition_point(|own| *own <= x);
        if after == first {
            let below = self.share(first - 1, x);
            return Shares::smooth(below, 1.0 - below);
        }
        let below = first as f64 / self.intervals();
        let at = (after - 1 - first) as f64 / self.intervals();
        Shares { below, at, above: (1.0 - below - at).max(0.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_passed_and_linear_between() {
        let own = Quantiles { values: vec![1.0, 2.0, 2.0, 2.0, 4.0] };
        assert_eq!([0.125, 0.25, 0.5, 0.75, 0.875].map(|u| own.quantile(u)), [1.5, 2.0, 2.0, 2.0, 3.0]);
        let shares = |x: f64| {
            let Shares { below, at, above } = own.shares(x);
            [below, at, above]
        };
        assert_eq!(shares(1.5), [0.125, 0.0, 0.875]);
        assert_eq!(shares(2.0), [0.25, 0.5, 0.25]);
        assert_eq!(shares(3.0), [0.875, 0.0, 0.125]);
        assert_eq!([shares(0.0), shares(5.0)], [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]);
    }
}
