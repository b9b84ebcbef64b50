//! `{ mean = 3, sd = 1 }`: lognormal for amounts, beta for fractions, normal for any number.

use super::beta;
use super::form::{Form, Parts, Slot};
use super::refusal::Refusal;
use super::split_normal::SplitNormal;
use super::value_reader::ValueReader;
use super::{Distribution, Domain, Written};
use crate::transcendental::{ln, ln_1p, powi};

pub(super) const FORM: Form =
    Form { slots: &[Slot::Number("mean"), Slot::Number("sd")], example: "{ mean = 3, sd = 1 }", read };

fn read(draft: &ValueReader<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    let (mean, sd) = (parts.number("mean"), parts.number("sd"));
    if sd < 0.0 {
        return Err("a standard deviation is 0 or more".into());
    }
    draft.uncertain_at(mean)?;
    if sd == 0.0 {
        return Ok(Written::Certain(mean));
    }
    match draft.domain() {
        Domain::Amount if mean <= 0.0 => {
            return Err("the mean of an uncertain amount is more than 0: the amounts are lognormal".into());
        }
        Domain::Fraction if mean <= 0.0 || mean >= 1.0 => {
            return Err(
                "shares that vary have a mean strictly between 0% and 100%: with a mean at the very end, each \
                        of them is at that end"
                    .into(),
            );
        }
        _ => {}
    }
    let distribution: Box<dyn Distribution> = match draft.domain() {
        Domain::Amount => {
            let variance = ln_1p(powi(sd / mean, 2));
            let middle = ln(mean) - 0.5 * variance;
            Box::new(SplitNormal::even(Domain::Amount, middle, variance.sqrt()))
        }
        Domain::Number => Box::new(SplitNormal::even(Domain::Number, mean, sd)),
        Domain::Fraction => {
            let size = mean * (1.0 - mean) / (sd * sd) - 1.0;
            if size <= 0.0 {
                return Err(format!(
                    "shares between 0 and 1 can't spread so far: with a mean of {mean}, sd is less than {:.3}",
                    (mean * (1.0 - mean)).sqrt()
                )
                .into());
            }
            beta::of_shapes(mean * size, (1.0 - mean) * size)
        }
    };
    Ok(Written::Uncertain { distribution, from_quantiles: false })
}
