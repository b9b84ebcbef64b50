//! `{ values = [1, 2, 5], weights = [0.5, 0.3, 0.2] }`: one of some values.

use super::form::{Form, Parts, Slot};
use super::refusal::Refusal;
use super::value_reader::ValueReader;
use super::{Distribution, Shares, Written};

pub(super) const FORM: Form = Form {
    slots: &[Slot::Numbers("values"), Slot::Weights],
    example: "{ values = [1, 2, 5], weights = [0.5, 0.3, 0.2] }",
    read,
};

fn read(draft: &ValueReader<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    let values = parts.numbers("values").to_vec();
    let weights = parts.weights(values.len())?;
    for &value in &values {
        draft.inside_range(value)?;
    }
    Ok(Values::written(values.into_iter().zip(weights)))
}

/// Some values, ascending, each with its share of all draws.
#[derive(Debug)]
pub(super) struct Values {
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    value: f64,
    /// share of draws at this value or below
    up_to: f64,
    /// share of draws at this value
    share: f64,
}

impl Values {
    /// Of values with their shares, which sum to 1; a single value is certain.
    pub(super) fn written(shares: impl Iterator<Item = (f64, f64)>) -> Written {
        let values = Self::new(shares);
        match values.steps.as_slice() {
            [only] => Written::Certain(only.value),
            _ => Written::Uncertain { distribution: Box::new(values), from_quantiles: false },
        }
    }

    /// Of values with their shares, at least one of them above 0.
    pub(super) fn new(shares: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut shares: Vec<(f64, f64)> = shares.filter(|&(_, share)| share > 0.0).collect();
        shares.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut steps: Vec<Step> = Vec::new();
        let mut up_to = 0.0;
        for (value, share) in shares {
            up_to += share;
            match steps.last_mut() {
                Some(last) if last.value == value => {
                    last.share += share;
                    last.up_to = up_to;
                }
                _ => steps.push(Step { value, up_to, share }),
            }
        }
        if let Some(last) = steps.last_mut() {
            last.up_to = 1.0;
        }
        Self { steps }
    }
}

impl Distribution for Values {
    fn quantile(&self, u: f64) -> f64 {
        let at = self.steps.partition_point(|step| step.up_to < u);
        self.steps[at.min(self.steps.len() - 1)].value
    }

    fn shares(&self, x: f64) -> Shares {
        let first = self.steps.partition_point(|step| step.value < x);
        let below = match first {
            0 => 0.0,
            _ => self.steps[first - 1].up_to,
        };
        let at = match self.steps.get(first) {
            Some(step) if step.value == x => step.share,
            _ => 0.0,
        };
        Shares { below, at, above: (1.0 - below - at).max(0.0) }
    }
}
