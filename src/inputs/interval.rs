//! `"2.5 to 4.5"`: a 90 % interval, from P5 to P95.

use super::draft::Draft;
use super::split_normal::SplitNormal;
use super::{Domain, Law, Written};

/// The 95th percentile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;

/// On the domain's scale, `μ = (a + b)/2` and `σ = (b − a)/(2·1.64485)`, widened.
pub(super) fn law(domain: Domain, low: f64, high: f64, widen: f64) -> Box<dyn Law> {
    let (a, b) = (domain.to_scale(low), domain.to_scale(high));
    let spread = (b - a) / (2.0 * Z95) * widen;
    Box::new(SplitNormal::even(domain, 0.5 * (a + b), spread))
}

/// Reads the two ends; equal ends are a certain value.
pub(super) fn read(draft: &Draft<'_>, low: f64, high: f64) -> Result<Written, String> {
    draft.inside_scale(low)?;
    draft.inside_scale(high)?;
    if low > high {
        return Err("the low end is above the high end: write the lower number first".into());
    }
    if low == high {
        return Ok(Written::Certain(low));
    }
    Ok(Written::Uncertain { law: law(draft.domain(), low, high, draft.widen()), from_quantiles: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_the_5th_and_the_95th_percentile() {
        for (domain, low, high) in
            [(Domain::Amount, 2.5, 4.5), (Domain::Fraction, 0.02, 0.05), (Domain::Number, -3.0, 5.0)]
        {
            let law = law(domain, low, high, 1.0);
            assert!((law.quantile(0.05) - low).abs() < 1e-12 * low.abs().max(1.0));
            assert!((law.quantile(0.95) - high).abs() < 1e-12 * high.abs().max(1.0));
        }
    }

    #[test]
    fn widening_stretches_the_range_around_its_median() {
        let (plain, wide) = (law(Domain::Amount, 2.0, 8.0, 1.0), law(Domain::Amount, 2.0, 8.0, 2.0));
        assert!((plain.quantile(0.5) - wide.quantile(0.5)).abs() < 1e-12);
        let stretch = (wide.quantile(0.95) / 4.0).ln() / (plain.quantile(0.95) / 4.0).ln();
        assert!((stretch - 2.0).abs() < 1e-12);
    }
}
