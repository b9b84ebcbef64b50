//! `{ low = 2, likely = 3, high = 6 }`: PERT, a beta distribution that gives the likeliest value four times the weight
//! of an end.

use super::Written;
use super::beta::Beta;
use super::form::{Form, Parts, Slot};
use super::refusal::Refusal;
use super::value_reader::ValueReader;

pub(super) const FORM: Form = Form {
    slots: &[Slot::Number("low"), Slot::Number("likely"), Slot::Number("high")],
    example: "{ low = 2, likely = 3, high = 6 }",
    read,
};

/// Beta on low … high of shapes `1 + 4(likely − low)/width` and `1 + 4(high − likely)/width`: its mean is
/// `(low + 4·likely + high)/6`, its variance `(mean − low)(high − mean)/7`.
fn read(draft: &ValueReader<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    let ends = ["low", "likely", "high"].map(|key| parts.number(key));
    let [low, likely, high] = ends;
    parts.one_sign_each()?;
    for end in ends {
        draft.uncertain_at(end)?;
    }
    if !(low <= likely && likely <= high) {
        return Err("the three numbers must rise: low ≤ likely ≤ high".into());
    }
    if low == high {
        return Ok(Written::Certain(low));
    }
    let width = high - low;
    let shapes = [likely - low, high - likely].map(|reach| 1.0 + 4.0 * reach / width);
    Ok(Written::Uncertain { distribution: Box::new(Beta::new(shapes[0], shapes[1], low, high)), from_quantiles: false })
}
