//! The beta distribution on an interval.

use statrs::function::beta::{beta_reg, ln_beta};
use statrs::function::erf::erfc;

use super::table::Table;
use super::{Law, Shares};

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
        let shape = Shape {
            a,
            b,
            ln_beta: ln_beta(a, b),
        };
        Self {
            shapes: [a, b],
            low,
            high,
            logit: Table::build(|z, guess| shape.logit_quantile(z, guess)),
        }
    }
}

impl Law for Beta {
    fn quantile(&self, u: f64) -> f64 {
        let y = self.logit.at(u);
        self.low + (self.high - self.low) / (1.0 + (-y).exp())
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
        Shares::smooth(share(a, b, x - self.low), share(b, a, self.high - x))
    }
}

struct Shape {
    a: f64,
    b: f64,
    ln_beta: f64,
}

impl Shape {
    /// Solves `I_x(a, b) = Φ(z)` for `y = logit x` by Newton on the logarithm of the smaller tail, which is concave
    /// in `y`; returns `y` and `dy/dz`.
    fn logit_quantile(&self, z: f64, guess: Option<f64>) -> (f64, f64) {
        let mean = self.a / (self.a + self.b);
        let mut y = guess.unwrap_or_else(|| (mean / (1.0 - mean)).ln());
        let tail = 0.5 * erfc(z.abs() / std::f64::consts::SQRT_2);
        for _ in 0..60 {
            let (mass, density) = self.tail(y, z);
            let step = if z < 0.0 {
                (tail.ln() - mass.ln()) * mass / density
            } else {
                (mass.ln() - tail.ln()) * mass / density
            };
            // Far off, the logarithm of a tail is close to a straight line: a bounded step finds the way.
            let step = if step.is_finite() {
                step.clamp(-3.0, 3.0)
            } else {
                -z.signum()
            };
            y += step;
            if step.abs() < 1e-13 * y.abs().max(1.0) {
                break;
            }
        }
        let (_, density) = self.tail(y, z);
        let normal_density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
        (y, normal_density / density)
    }

    /// The mass below `y` (above it, for z ≥ 0) and the density of `logit x` there.
    fn tail(&self, y: f64, z: f64) -> (f64, f64) {
        let x = 1.0 / (1.0 + (-y).exp());
        let rest = 1.0 / (1.0 + y.exp());
        let ln_density = self.a * x.ln() + self.b * rest.ln() - self.ln_beta;
        let mass = if z < 0.0 {
            beta_reg(self.a, self.b, x)
        } else {
            beta_reg(self.b, self.a, rest)
        };
        (mass, ln_density.exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_known_betas_are_met_in_the_middle_and_in_the_tails() {
        // beta(1, 1) is uniform; beta(a, 1) has Q(u) = u^(1/a); beta(1, b) has Q(u) = 1 − (1 − u)^(1/b).
        let grid = [1e-15, 1e-9, 1e-3, 0.1, 0.37, 0.5, 0.9, 0.999, 1.0 - 1e-12];
        let flat = Beta::new(1.0, 1.0, 0.0, 1.0);
        let rising = Beta::new(3.5, 1.0, 0.0, 1.0);
        let falling = Beta::new(1.0, 40.0, 0.0, 1.0);
        for u in grid {
            let expected = [u, f64::powf(u, 1.0 / 3.5), -((-u).ln_1p() / 40.0).exp_m1()];
            for (law, exact) in [&flat, &rising, &falling].into_iter().zip(expected) {
                let found = law.quantile(u);
                assert!(
                    (found / exact - 1.0).abs() < 1e-9,
                    "u = {u}: {found} is not {exact}"
                );
            }
        }
    }
}
