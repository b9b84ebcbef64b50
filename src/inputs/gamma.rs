//! The gamma distribution: what a count of events leaves open about their rate.

use statrs::function::gamma::{gamma_lr, gamma_ur, ln_gamma};

use super::newton;
use super::table::Table;
use super::{Distribution, Shares};
use crate::transcendental::{exp, ln};

/// Below this, the mass next to 0 is a power of `x` to all its digits.
const NEXT_TO_ZERO: f64 = 1e-9;

/// Gamma of a shape and a scale; its mean is their product.
///
/// The table holds `ln(x / scale)`, so its absolute error is the relative error of `x`.
#[derive(Debug)]
pub(super) struct Gamma {
    shape: f64,
    scale: f64,
    log: Table,
}

impl Gamma {
    pub(super) fn new(shape: f64, scale: f64) -> Self {
        let ln_gamma = ln_gamma(shape);
        let tail = |y: f64, z: f64| {
            let x = exp(y);
            let ln_density = shape * y - x - ln_gamma;
            let ln_mass = if z < 0.0 { ln_below(shape, y, ln_density) } else { ln_above(shape, x, ln_density) };
            (ln_mass, ln_density)
        };
        let exact = |z: f64, guess: Option<f64>| {
            let start = guess.filter(|guess| guess.is_finite()).unwrap_or_else(|| ln(shape));
            newton::quantile(z, start, |y| tail(y, z))
        };
        Self { shape, scale, log: Table::build(exact) }
    }
}

/// `ln P(X < e^y)`; next to 0 it is `x^a/(a·Γ(a))`.
fn ln_below(shape: f64, y: f64, ln_density: f64) -> f64 {
    let x = exp(y);
    if x < NEXT_TO_ZERO { ln_density + x - ln(shape) } else { ln(gamma_lr(shape, x)) }
}

/// `ln P(X > x)`; where it underflows it is `x·density/(x + 1 − a)`, the first term of its continued fraction.
fn ln_above(shape: f64, x: f64, ln_density: f64) -> f64 {
    if x < NEXT_TO_ZERO {
        return 0.0;
    }
    let above = gamma_ur(shape, x);
    if above > 0.0 { ln(above) } else { ln_density - ln((x + 1.0 - shape).max(1.0)) }
}

impl Distribution for Gamma {
    fn quantile(&self, u: f64) -> f64 {
        self.scale * exp(self.log.at(u))
    }

    fn shares(&self, x: f64) -> Shares {
        if x <= 0.0 {
            return Shares::ALL_ABOVE;
        }
        if x == f64::INFINITY {
            return Shares::ALL_BELOW;
        }
        let x = x / self.scale;
        Shares::smooth(gamma_lr(self.shape, x), gamma_ur(self.shape, x))
    }
}

#[cfg(test)]
mod tests {
    use statrs::function::erf::erf;

    use super::*;
    use crate::random::normal_quantile;

    const GRID: [f64; 8] = [1e-9, 1e-3, 0.05, 0.37, 0.5, 0.9, 0.999, 1.0 - 1e-9];

    #[test]
    fn a_gamma_of_shape_one_half_is_half_a_squared_normal() {
        // Z²/2 is gamma(½): P(Z²/2 ≤ x) = 2Φ(√(2x)) − 1, so Q(u) = Φ⁻¹((1 + u)/2)²/2.
        let half = Gamma::new(0.5, 1.0);
        for u in GRID.into_iter().filter(|u| *u > 1e-6) {
            let expected = normal_quantile(0.5 * (1.0 + u)).powi(2) / 2.0;
            assert!((half.quantile(u) / expected - 1.0).abs() < 1e-8, "u = {u}: {}", half.quantile(u));
        }
    }

    #[test]
    fn a_count_and_a_half_has_the_share_below_that_its_sum_gives() {
        // P(k + ½, x) = erf(√x) − Σ_{j=1}^{k} x^(j − ½)·e^(−x)/Γ(j + ½)
        for k in [1_u32, 7, 412] {
            let gamma = Gamma::new(f64::from(k) + 0.5, 3.0);
            for u in GRID {
                let x = gamma.quantile(u) / 3.0;
                let term = |j: u32| ((f64::from(j) - 0.5) * x.ln() - x - ln_gamma(f64::from(j) + 0.5)).exp();
                let below = erf(x.sqrt()) - (1..=k).map(term).sum::<f64>();
                assert!((below - u).abs() < 1e-9, "{k}, u = {u}: {below}");
            }
        }
    }

    #[test]
    fn shares_undo_quantiles() {
        let gamma = Gamma::new(4.5, 0.2);
        for u in GRID {
            assert!((gamma.shares(gamma.quantile(u)).below - u).abs() < 1e-9);
        }
        assert_eq!(gamma.shares(-1.0), Shares::ALL_ABOVE);
    }
}
