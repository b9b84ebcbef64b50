//! `{ uniform = [2, 4] }`: every value between two ends equally likely.

use super::form::{Form, Parts, Slot};
use super::refusal::Refusal;
use super::value_reader::ValueReader;
use super::{Distribution, Shares, Written};

pub(super) const FORM: Form = Form { slots: &[Slot::Numbers("uniform")], example: "{ uniform = [2, 4] }", read };

fn read(draft: &ValueReader<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    let &[low, high] = parts.numbers("uniform") else {
        return Err("`uniform` takes two numbers, the lowest and the highest value".into());
    };
    parts.one_sign_each()?;
    draft.uncertain_at(low)?;
    draft.uncertain_at(high)?;
    if low > high {
        return Err("the low end is above the high end: write the lower number first".into());
    }
    if low == high {
        return Ok(Written::Certain(low));
    }
    Ok(Written::Uncertain { distribution: Box::new(Uniform { low, high }), from_quantiles: false })
}

/// `Q(u) = low + u·(high − low)`.
#[derive(Debug)]
pub(super) struct Uniform {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Distribution for Uniform {
    fn quantile(&self, u: f64) -> f64 {
        self.low + u * (self.high - self.low)
    }

    fn shares(&self, x: f64) -> Shares {
        let share = |part: f64| (part / (self.high - self.low)).clamp(0.0, 1.0);
        Shares::smooth(share(x - self.low), share(self.high - x))
    }
}
