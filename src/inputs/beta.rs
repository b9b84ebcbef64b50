//! The beta distribution on an interval.

use statrs::function::beta::{beta_reg, ln_beta};

use super::nearly_normal::NearlyNormal;
use super::newton;
use super::table::Table;
use super::{Distribution, Shares};
use crate::transcendental::{exp, ln, ln_1p};

/// Beta with shapes `a`, `b`, stretched over `low … high`.
///
/// The table holds `ln(x / (1 − x))`, so its absolute error is the relative error of `x` and of `1 − x`.
#[derive(Debug)]
pub(super) struct Beta {
    shapes: [f64; 2],
    low: f64,
    high: f64,
    logit: Table,
}

impl Beta {
    pub(super) fn new(a: f64, b: f64, low: f64, high: f64) -> Self {
        let shape = Shape { a, b, ln_beta: ln_beta(a, b) };
        Self { shapes: [a, b], low, high, logit: Table::build(|z, guess| shape.logit_quantile(z, guess)) }
    }
}

/// Beta on 0 … 1 with shapes `a`, `b` of any size.
pub(super) fn of_shapes(a: f64, b: f64) -> Box<dyn Distribution> {
    match NearlyNormal::beta(a, b) {
        Some(narrow) => Box::new(narrow),
        None => Box::new(Beta::new(a, b, 0.0, 1.0)),
    }
}

impl Distribution for Beta {
    fn quantile(&self, u: f64) -> f64 {
        let y = self.logit.at(u);
        self.low + (self.high - self.low) / (1.0 + exp(-y))
    }

    fn shares(&self, x: f64) -> Shares {
        if x <= self.low {
            return Shares::ALL_ABOVE;
        }
        if x >= self.high {
            return Shares::ALL_BELOW;
        }
        let width = self.high - self.low;
        let [a, b] = self.shapes;
        let share = |a, b, x: f64| beta_reg(a, b, (x / width).clamp(0.0, 1.0));
        let (below, above) = (share(a, b, x - self.low), share(b, a, self.high - x));
        // Close to an end the distance to the other one is rounded, and the share on that side with it.
        if below < above { Shares::smooth(below, 1.0 - below) } else { Shares::smooth(1.0 - above, above) }
    }
}

/// Beyond this, `x` or `1 − x` is below 1e-17.
const FAR: f64 = 40.0;

/// Beyond this, `x` or `1 − x` is below 1e-5.
const NEAR: f64 = 12.0;

struct Shape {
    a: f64,
    b: f64,
    ln_beta: f64,
}

impl Shape {
    /// Solves `I_x(a, b) = Φ(z)` for `y = logit x`; returns `y` and `dy/dz`.
    fn logit_quantile(&self, z: f64, guess: Option<f64>) -> (f64, f64) {
        let guess = guess.filter(|guess| guess.is_finite());
        newton::quantile(z, guess.unwrap_or_else(|| ln(self.a / self.b)), |y| self.tail(y, z))
    }

    /// The logarithms of the mass below `y` (above it, for z ≥ 0) and of the density of `logit x` there.
    fn tail(&self, y: f64, z: f64) -> (f64, f64) {
        let bend = ln_1p(exp(-y.abs()));
        let (ln_x, ln_rest) = (y.min(0.0) - bend, (-y).min(0.0) - bend);
        let ln_density = self.a * ln_x + self.b * ln_rest - self.ln_beta;
        let (x, rest) = (1.0 / (1.0 + exp(-y)), 1.0 / (1.0 + exp(y)));
        // Near an end only the distance to that end has its digits, and next to it the share beyond is a power:
        // x^a/(a·B(a, b)).
        let beyond = if y < -FAR {
            Some((true, self.a * y - ln(self.a) - self.ln_beta))
        } else if y > FAR {
            Some((false, -self.b * y - ln(self.b) - self.ln_beta))
        } else if y < -NEAR {
            Some((true, ln(beta_reg(self.a, self.b, x))))
        } else if y > NEAR {
            Some((false, ln(beta_reg(self.b, self.a, rest))))
        } else {
            None
        };
        let ln_mass = match beyond {
            Some((below, ln_share)) if below == (z < 0.0) => ln_share,
            Some((_, ln_share)) => ln_1p(-exp(ln_share)),
            None if z < 0.0 => ln(beta_reg(self.a, self.b, x)),
            None => ln(beta_reg(self.b, self.a, rest)),
        };
        (ln_mass, ln_density)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_known_betas_are_met_in_the_middle_and_in_the_tails() {
        // beta(1, 1) is uniform; beta(a, 1) has Q(u) = u^(1/a); beta(1, b) has Q(u) = 1 − (1 − u)^(1/b).
        let grid: [f64; 9] = [1e-15, 1e-9, 1e-3, 0.1, 0.37, 0.5, 0.9, 0.999, 1.0 - 1e-12];
        let flat = Beta::new(1.0, 1.0, 0.0, 1.0);
        let rising = Beta::new(3.5, 1.0, 0.0, 1.0);
        let falling = Beta::new(1.0, 40.0, 0.0, 1.0);
        let lopsided = Beta::new(0.009, 1.0, 0.0, 1.0);
        for u in grid {
            // Q(u) = u^(1/0.009), where an f64 can hold it and its distance from 1.
            if (0.1..0.9999).contains(&u) {
                let power = lopsided.quantile(u).ln() * 0.009 / u.ln();
                assert!((power - 1.0).abs() < 1e-9, "u = {u}: {power}");
            }
            let expected = [u, f64::powf(u, 1.0 / 3.5), -((-u).ln_1p() / 40.0).exp_m1()];
            for (distribution, exact) in [&flat, &rising, &falling].into_iter().zip(expected) {
                let found = distribution.quantile(u);
                assert!((found / exact - 1.0).abs() < 1e-9, "u = {u}: {found} is not {exact}");
            }
        }
    }
}
