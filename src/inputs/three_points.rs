//! `{ p10 = 2, p50 = 3, p90 = 6 }`: a split normal through three percentiles.

use super::Written;
use super::draft::Draft;
use super::form::{Form, Parts, Slot};
use super::refusal::Refusal;
use super::split_normal::SplitNormal;

/// The 90th percentile of the standard normal distribution.
const Z90: f64 = 1.281_551_565_544_600_4;

pub(super) const FORM: Form = Form {
    slots: &[Slot::Number("p10"), Slot::Number("p50"), Slot::Number("p90")],
    example: "{ p10 = 2, p50 = 3, p90 = 6 }",
    read,
};

fn read(draft: &Draft<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    let ends = ["p10", "p50", "p90"].map(|key| parts.number(key));
    let [p10, p50, p90] = ends;
    parts.one_sign_each()?;
    for end in ends {
        draft.inside_scale(end)?;
    }
    if !(p10 <= p50 && p50 <= p90) {
        return Err("the three percentiles must rise: p10 ≤ p50 ≤ p90".into());
    }
    if p10 == p90 {
        return Ok(Written::Certain(p50));
    }
    let domain = draft.domain();
    let [low, middle, high] = ends.map(|end| domain.to_scale(end));
    let spreads = [middle - low, high - middle].map(|reach| reach / Z90 * draft.widen());
    Ok(Written::Uncertain { law: Box::new(SplitNormal::around(domain, p50, spreads)), from_quantiles: true })
}
