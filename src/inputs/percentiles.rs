//! `{ p5 = 2, p95 = 6 }`, `{ p10 = 2, p50 = 3, p90 = 6 }`: any two percentiles, or three of which one is the median.

use crate::random::normal_quantile;

use super::form::{Form, Parts, Slot};
use super::interval::shown;
use super::refusal::{Refusal, quoted};
use super::split_normal::SplitNormal;
use super::value_reader::ValueReader;
use super::{Written, interval};

/// The 90th percentile of the standard normal distribution.
const Z90: f64 = 1.281_551_565_544_600_4;

pub(super) const FORM: Form = Form { slots: &[Slot::Percentiles], example: "{ p10 = 2, p50 = 3, p90 = 6 }", read };

/// Through two percentiles the straight line `m + s·z` on the scale of the figure; through three a split normal,
/// `m + s₋·z` below the median and `m + s₊·z` above. Widening multiplies z.
fn read(draft: &ValueReader<'_>, parts: &mut Parts) -> Result<Written, Refusal> {
    parts.one_sign_each()?;
    let domain = draft.domain();
    let points = parts.percentiles();
    for &(_, value) in points {
        draft.inside_scale(value)?;
    }
    if let Some([(below, low), (above, high)]) = points.array_windows().find(|[(_, low), (_, high)]| low > high) {
        let [low, high] = [*low, *high].map(|value| shown(domain, value));
        let mut sorted: Vec<f64> = points.iter().map(|&(_, value)| value).collect();
        sorted.sort_by(f64::total_cmp);
        let one = |(&(percent, _), value): (&(u8, f64), f64)| format!("p{percent} = {}", quoted(&shown(domain, value)));
        let meant: Vec<String> = points.iter().zip(sorted).map(one).collect();
        return Err(Refusal::from(format!(
            "percentiles must rise, and here p{below} = {low} lies above p{above} = {high}"
        ))
        .instead([format!("{{ {} }}", meant.join(", "))]));
    }
    let (first, last) = match points {
        [first, .., last] => (*first, *last),
        _ => return Err(NUMBER.into()),
    };
    if first.1 == last.1 {
        return Ok(Written::Certain(first.1));
    }
    let z = |percent: u8| match percent {
        10 => -Z90,
        90 => Z90,
        _ => normal_quantile(f64::from(percent) / 100.0),
    };
    let distribution = match *points {
        // What `"2 to 6"` is short for.
        [(5, low), (95, high)] => interval::distribution(domain, low, high, draft.widen()),
        [(below, low), (above, high)] => {
            let [low, high] = [low, high].map(|value| domain.to_scale(value));
            let spread = (high - low) / (z(above) - z(below));
            let middle = low - spread * z(below);
            Box::new(SplitNormal::even(domain, middle, spread * draft.widen()))
        }
        [(below, low), (50, median), (above, high)] => {
            let [low, middle, high] = [low, median, high].map(|value| domain.to_scale(value));
            let spreads = [(middle - low) / -z(below), (high - middle) / z(above)];
            Box::new(SplitNormal::around(domain, median, spreads.map(|spread| spread * draft.widen())))
        }
        _ => return Err(NUMBER.into()),
    };
    Ok(Written::Uncertain { distribution, from_quantiles: true })
}

const NUMBER: &str = "write two percentiles, or three: p50, one below it and one above it";
