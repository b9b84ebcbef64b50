//! `{ mix = [0, "10 to 30"], weights = [0.3, 0.7] }`: one of several distributions, nobody knows which.

use super::form::{Form, Parts, Slot};
use super::refusal::Refusal;
use super::table::Patchwork;
use super::value_reader::ValueReader;
use super::values::Values;
use super::{Distribution, Shares, Written};

pub(super) const FORM: Form = Form {
    slots: &[Slot::Spellings("mix"), Slot::Weights],
    example: "{ mix = [0, \"10 to 30\"], weights = [0.3, 0.7] }",
    read,
};

fn read(_: &ValueReader<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    let spellings = parts.take_spellings();
    let weights = parts.weights(spellings.len())?;
    let mut certain = Vec::new();
    let mut distributions = Vec::new();
    let mut stated_by_quantiles = false;
    for (written, weight) in spellings.into_iter().zip(weights) {
        match written {
            Written::Row(_) => {
                return Err(
                    "a column of a file is drawn by its rows and can't be part of a mix: put the mixture into the file"
                        .into(),
                );
            }
            _ if weight == 0.0 => {}
            Written::Certain(value) => certain.push((value, weight)),
            Written::Uncertain { distribution, from_quantiles } => {
                distributions.push((distribution, weight));
                stated_by_quantiles |= from_quantiles;
            }
        }
    }
    let fixed: f64 = certain.iter().map(|(_, weight)| weight).sum();
    if distributions.is_empty() {
        return Ok(Values::written(certain.into_iter()));
    }
    if let ([_], true) = (distributions.as_slice(), certain.is_empty())
        && let Some((distribution, _)) = distributions.pop()
    {
        return Ok(Written::Uncertain { distribution, from_quantiles: stated_by_quantiles });
    }
    if fixed > 0.0 {
        let shares = certain.into_iter().map(|(value, weight)| (value, weight / fixed));
        distributions.push((Box::new(Values::new(shares)), fixed));
    }
    Ok(Written::Uncertain { distribution: Box::new(Mixture::new(distributions)), from_quantiles: stated_by_quantiles })
}

/// A mixture: `F(x) = Σ weight·F_part(x)`, and Q its inverse, with a jump where no part has draws.
#[derive(Debug)]
struct Mixture {
    parts: Blend,
    quantiles: Patchwork,
}

#[derive(Debug)]
struct Blend(Vec<(Box<dyn Distribution>, f64)>);

impl Mixture {
    fn new(parts: Vec<(Box<dyn Distribution>, f64)>) -> Self {
        let parts = Blend(parts);
        let quantiles = Patchwork::build(|u| parts.quantile(u));
        Self { parts, quantiles }
    }
}

impl Distribution for Mixture {
    fn quantile(&self, u: f64) -> f64 {
        self.quantiles.at(u).unwrap_or_else(|| self.parts.quantile(u))
    }

    fn shares(&self, x: f64) -> Shares {
        self.parts.shares(x)
    }
}

impl Blend {
    fn shares(&self, x: f64) -> Shares {
        let mut sum = Shares::default();
        for (distribution, weight) in &self.0 {
            let shares = distribution.shares(x);
            sum.below += weight * shares.below;
            sum.at += weight * shares.at;
            sum.above += weight * shares.above;
        }
        sum
    }

    /// The lowest number that a share `u` of the mixture lies at or below, to the last bit of an f64.
    fn quantile(&self, u: f64) -> f64 {
        let own = self.0.iter().map(|(distribution, _)| distribution.quantile(u));
        let (low, high) = own.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        if self.shares(low).reach(u) {
            return low;
        }
        // Halving the count of numbers between the ends, not their distance: 64 steps reach any of them, also zero.
        let (mut below, mut at) = (rank(low), rank(high));
        while at.saturating_sub(below) > 1 {
            let middle = i64::midpoint(below, at);
            if self.shares(number(middle)).reach(u) {
                at = middle;
            } else {
                below = middle;
            }
        }
        number(at)
    }
}

/// The place of a number among all that an f64 holds; −0 and 0 share theirs.
fn rank(x: f64) -> i64 {
    let bits = x.to_bits().cast_signed();
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

fn number(rank: i64) -> f64 {
    let bits = if rank < 0 { i64::MIN.wrapping_sub(rank) } else { rank };
    f64::from_bits(bits.cast_unsigned())
}
