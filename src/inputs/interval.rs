//! `"2.5 to 4.5"`: a 90 % interval, from P5 to P95.

use crate::units::{plain, written};

use super::refusal::{Refusal, quoted};
use super::split_normal::SplitNormal;
use super::value_reader::ValueReader;
use super::{Distribution, Domain, Written};

/// The 95th percentile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;

/// On the domain's scale, `μ = (a + b)/2` and `σ = (b − a)/(2·1.64485)`, widened.
pub(super) fn distribution(domain: Domain, low: f64, high: f64, widen: f64) -> Box<dyn Distribution> {
    let (a, b) = (domain.to_scale(low), domain.to_scale(high));
    let spread = (b - a) / (2.0 * Z95) * widen;
    Box::new(SplitNormal::even(domain, 0.5 * (a + b), spread))
}

/// Reads the two ends; equal ends are a certain value.
pub(super) fn read(draft: &ValueReader<'_>, low: f64, high: f64) -> Result<Written, Refusal> {
    for end in [low, high] {
        draft.inside_scale(end).map_err(|refusal| match refusal.instead.as_slice() {
            [] => refusal.instead(inside(draft.domain(), low, high)),
            _ => refusal,
        })?;
    }
    if low > high {
        let domain = draft.domain();
        return Err(Refusal::from("the low end is above the high end: write the lower number first")
            .instead([format!("\"{} to {}\"", shown(domain, high), shown(domain, low))]));
    }
    if low == high {
        return Ok(Written::Certain(low));
    }
    Ok(Written::Uncertain {
        distribution: distribution(draft.domain(), low, high, draft.widen()),
        from_quantiles: true,
    })
}

/// What could be written in place of a range that begins at 0, or ends at 100%: one that stays off it, and a form that
/// takes it.
fn inside(domain: Domain, low: f64, high: f64) -> Vec<String> {
    let reach = high - low;
    let near_low = low == 0.0 && domain != Domain::Number;
    let near_high = high == 1.0 && domain == Domain::Fraction;
    if reach.is_nan() || reach <= 0.0 || !(near_low || near_high) {
        return Vec::new();
    }
    let inner_low = if near_low { low + reach / 40.0 } else { low };
    let inner_high = if near_high { high - reach / 40.0 } else { high };
    let likely = if near_high && !near_low { high - reach / 4.0 } else { low + reach / 4.0 };
    let [low, likely, high] = [low, likely, high].map(|end| quoted(&shown(domain, end)));
    let [inner_low, inner_high] = [inner_low, inner_high].map(|end| shown(domain, end));
    vec![format!("\"{inner_low} to {inner_high}\""), format!("{{ low = {low}, likely = {likely}, high = {high} }}")]
}

/// A figure as one writes it: shares in percent.
pub(super) fn shown(domain: Domain, x: f64) -> String {
    match domain {
        Domain::Fraction if x == 0.0 => "0".into(),
        Domain::Fraction => format!("{}%", plain(x * 100.0)),
        Domain::Amount | Domain::Number => written(x),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_the_5th_and_the_95th_percentile() {
        for (domain, low, high) in
            [(Domain::Amount, 2.5, 4.5), (Domain::Fraction, 0.02, 0.05), (Domain::Number, -3.0, 5.0)]
        {
            let distribution = distribution(domain, low, high, 1.0);
            assert!((distribution.quantile(0.05) - low).abs() < 1e-12 * low.abs().max(1.0));
            assert!((distribution.quantile(0.95) - high).abs() < 1e-12 * high.abs().max(1.0));
        }
    }

    #[test]
    fn widening_stretches_the_range_around_its_median() {
        let (plain, wide) = (distribution(Domain::Amount, 2.0, 8.0, 1.0), distribution(Domain::Amount, 2.0, 8.0, 2.0));
        assert!((plain.quantile(0.5) - wide.quantile(0.5)).abs() < 1e-12);
        let stretch = (wide.quantile(0.95) / 4.0).ln() / (plain.quantile(0.95) / 4.0).ln();
        assert!((stretch - 2.0).abs() < 1e-12);
    }
}
