//! What we don't know against what just happens.
//!
//! ```text
//! Var(Y) = Var(E[Y | inputs]) + E[Var(Y | inputs)],     Var(E[Y | inputs]) = Cov(Y, Y′)
//! ```
//! Y and Y′ are an outcome of two draws that share their inputs and nothing else: each draw gets a twin from another
//! stream of luck. (Saltelli et al. 2008, *Global Sensitivity Analysis*, section 4.6: the closed index of all inputs.)

use super::super::Estimate;
use super::batches::Ratio;

/// How much of an outcome's variance comes from inputs; the rest is luck.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarianceSplit {
    /// the share that comes from inputs, `Cov(Y, Y′)/Var(Y)`: 0 to 1, but for its error
    pub inputs: Estimate,
}

impl VarianceSplit {
    /// From an outcome and that of the twins, draw by draw; none where it never varies.
    #[must_use]
    pub fn of(figures: &[f64], twins: &[f64]) -> Option<Self> {
        let both = || {
            let pairs = figures.iter().zip(twins).enumerate();
            pairs.filter(|(_, (figure, twin))| !figure.is_nan() && !twin.is_nan())
        };
        let (count, sum) = both().fold((0.0, 0.0), |(count, sum), (_, (y, twin))| (count + 2.0, sum + y + twin));
        let mean = sum / count;
        let mut share = Ratio::new();
        for (row, (figure, twin)) in both() {
            let (y, twin) = (figure - mean, twin - mean);
            share.add(row, y * twin, 0.5 * (y * y + twin * twin));
        }
        share.value().is_finite().then(|| Self { inputs: share.estimate() })
    }

    /// The share of inputs, as far as it can be one.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.inputs.mean.clamp(0.0, 1.0)
    }

    /// The part of its width that a range keeps on average once every input is known: `√(1 − share)`, that of the standard
    /// deviation.
    #[must_use]
    pub fn left_by_luck(&self) -> f64 {
        (1.0 - self.share()).sqrt()
    }
}
