//! `{ triangular = [2, 3, 6] }`: likeliest at one value, falling off in straight lines to both ends.

use super::form::{Form, Parts, Slot};
use super::refusal::Refusal;
use super::value_reader::ValueReader;
use super::{Distribution, Shares, Written};

pub(super) const FORM: Form =
    Form { slots: &[Slot::Numbers("triangular")], example: "{ triangular = [2, 3, 6] }", read };

fn read(draft: &ValueReader<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    let &[low, likely, high] = parts.numbers("triangular") else {
        return Err("`triangular` takes three numbers: the lowest, the likeliest and the highest value".into());
    };
    parts.one_sign_each()?;
    for end in [low, likely, high] {
        draft.uncertain_at(end)?;
    }
    if !(low <= likely && likely <= high) {
        return Err("the three numbers must rise: lowest ≤ likeliest ≤ highest".into());
    }
    if low == high {
        return Ok(Written::Certain(low));
    }
    Ok(Written::Uncertain { distribution: Box::new(Triangular { low, likely, high }), from_quantiles: false })
}

/// ```text
/// F(x) = (x − low)² / (width·(likely − low))          up to the likeliest value
/// 1 − F(x) = (high − x)² / (width·(high − likely))    from there on
/// ```
#[derive(Debug)]
struct Triangular {
    low: f64,
    likely: f64,
    high: f64,
}

impl Distribution for Triangular {
    fn quantile(&self, u: f64) -> f64 {
        let width = self.high - self.low;
        let rise = self.likely - self.low;
        if u * width < rise {
            self.low + (u * width * rise).sqrt()
        } else {
            self.high - ((1.0 - u) * width * (self.high - self.likely)).sqrt()
        }
    }

    fn shares(&self, x: f64) -> Shares {
        if x <= self.low {
            return Shares::ALL_ABOVE;
        }
        if x >= self.high {
            return Shares::ALL_BELOW;
        }
        let width = self.high - self.low;
        if x < self.likely {
            let below = (x - self.low) / width * ((x - self.low) / (self.likely - self.low));
            Shares::smooth(below, 1.0 - below)
        } else {
            let above = (self.high - x) / width * ((self.high - x) / (self.high - self.likely));
            Shares::smooth(1.0 - above, above)
        }
    }
}
