//! `{ p10 = 2, p50 = 3, p90 = 6 }`: a split normal through three percentiles.

use super::spelling::{Draft, Ends, Form, Written};
use super::split_normal::SplitNormal;

/// The 90th percentile of the standard normal distribution.
const Z90: f64 = 1.281_551_565_544_600_4;

pub(super) const FORM: Form = Form {
    keys: &["p10", "p50", "p90"],
    example: "{ p10 = 2, p50 = 3, p90 = 6 }",
    read,
};

fn read(draft: &Draft<'_>, ends: &Ends) -> Result<Written, String> {
    let (p10, p50, p90) = (ends.get("p10"), ends.get("p50"), ends.get("p90"));
    for end in [p10, p50, p90] {
        draft.inside_scale(end)?;
    }
    if !(p10 <= p50 && p50 <= p90) {
        return Err("the three percentiles must rise: p10 ≤ p50 ≤ p90".into());
    }
    if p10 == p90 {
        return Ok(Written::Certain(p50));
    }
    let domain = draft.domain();
    let middle = domain.to_scale(p50);
    Ok(Written::Uncertain {
        law: Box::new(SplitNormal {
            domain,
            middle,
            below: (middle - domain.to_scale(p10)) / Z90 * draft.widen(),
            above: (domain.to_scale(p90) - middle) / Z90 * draft.widen(),
        }),
        from_quantiles: true,
    })
}
