//! Sobol indices: the share of an outcome's variance that an input brings alone, and all that it takes part in.
//!
//! ```text
//! first order  S = Σ (B − m)(A_B − A) / V          (Saltelli et al. 2010, table 2, b)
//! total        T = Σ (A − A_B)² / 2V               (Jansen 1999; table 2, f)
//! ```
//! A and B are an outcome of independent draws; A_B are the draws of A with one factor from B. A factor is an input, or
//! several that are drawn together, or luck: all that just happens.

use super::super::Estimate;
use super::batches::Ratio;
use crate::transcendental::powi;

/// The two indices of a factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// the share of the variance that it brings by itself: by so much the variance falls on average once it is known
    pub first: Estimate,
    /// the share in which it takes part, by itself or together with others: what remains once all others are known
    pub total: Estimate,
}

impl Indices {
    /// From the outcome of draws `a`, of independent draws `b`, and of `a` with the factor from `b`; none where the outcome
    /// never varies.
    #[must_use]
    pub fn of(a: &[f64], b: &[f64], mixed: &[f64]) -> Option<Self> {
        let rows: Vec<(usize, [f64; 3])> = (0..a.len())
            .map(|row| (row, [a[row], b[row], mixed[row]]))
            .filter(|(_, figures)| figures.iter().all(|figure| !figure.is_nan()))
            .collect();
        let count = rows.len() as f64;
        let mean = rows.iter().map(|(_, [a, b, _])| a + b).sum::<f64>() / (2.0 * count);
        let (mut first, mut total) = (Ratio::new(), Ratio::new());
        for &(row, [a, b, mixed]) in &rows {
            let variance = 0.5 * (powi(a - mean, 2) + powi(b - mean, 2));
            first.add(row, (b - mean) * (mixed - a), variance);
            total.add(row, 0.5 * powi(a - mixed, 2), variance);
        }
        let exists = first.value().is_finite() && total.value().is_finite();
        exists.then(|| Self { first: first.estimate(), total: total.estimate() })
    }
}
