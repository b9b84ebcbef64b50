//! A cubic fit on normal scores: what is expected of a figure once an input is known.
//!
//! The regression estimate of a conditional mean (Strong, Oakley and Brennan 2014, "Estimating multiparameter partial
//! expected value of perfect information"), with polynomials of low order. The scores are those of the input's ranks, so
//! that no long tail pulls the fit; what can be learned from an input is the same on any scale that keeps its order.

use crate::engine::ranks;
use crate::random::normal_quantile;

/// Constant, linear, quadratic and cubic.
pub(super) const TERMS: usize = 4;

/// The terms at one score: the first Hermite polynomials.
pub(super) type Terms = [f64; TERMS];

/// The terms of each draw, from an input's column.
pub(super) fn terms(column: &[f64]) -> Vec<Terms> {
    let count = column.len() as f64;
    let score = |rank: f64| normal_quantile((rank + 0.5) / count);
    ranks(column).into_iter().map(score).map(|z| [1.0, z, z * z - 1.0, z * (z * z - 3.0)]).collect()
}

/// A figure from terms and coefficients.
pub(super) fn at(terms: &Terms, coefficients: &Terms) -> f64 {
    terms.iter().zip(coefficients).map(|(term, coefficient)| term * coefficient).sum()
}

/// The sums of products that a least-squares fit is made of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gram(pub(super) [Terms; TERMS]);

impl Gram {
    pub(super) fn add(&mut self, terms: &Terms) {
        for (row, a) in self.0.iter_mut().zip(terms) {
            row.iter_mut().zip(terms).for_each(|(sum, b)| *sum += a * b);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (row, more) in self.0.iter_mut().zip(&other.0) {
            row.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
    }

    /// `G·c`.
    pub(super) fn times(&self, coefficients: &Terms) -> Terms {
        std::array::from_fn(|row| at(&self.0[row], coefficients))
    }

    /// `c` with `G·c = right`. A term that the others hold already, as where an input has few values, gets 0.
    pub(super) fn solve(&self, right: &Terms) -> Terms {
        let mut rows = self.0;
        let mut right = *right;
        let mut kept = [true; TERMS];
        for pivot in 0..TERMS {
            kept[pivot] = rows[pivot][pivot] > 1e-9 * self.0[pivot][pivot].max(self.0[0][0]);
            if !kept[pivot] {
                continue;
            }
            let (own, own_right) = (rows[pivot], right[pivot]);
            for (row, right) in rows.iter_mut().zip(&mut right).skip(pivot + 1) {
                let factor = row[pivot] / own[pivot];
                row.iter_mut().zip(own).for_each(|(figure, own)| *figure -= factor * own);
                *right -= factor * own_right;
            }
        }
        let mut solved = [0.0; TERMS];
        for row in (0..TERMS).rev().filter(|&row| kept[row]) {
            let known: f64 = (row + 1..TERMS).map(|column| rows[row][column] * solved[column]).sum();
            solved[row] = (right[row] - known) / rows[row][row];
        }
        solved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cubic_in_the_scores_is_found_again() {
        let column: Vec<f64> = (0..500).map(|row| f64::from(row * 97 % 500)).collect();
        let all = terms(&column);
        let truth = [3.0, -1.0, 0.5, 0.25];
        let (mut gram, mut right) = (Gram::default(), [0.0; TERMS]);
        for terms in &all {
            gram.add(terms);
            let figure = at(terms, &truth);
            right.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term * figure);
        }
        let found = gram.solve(&right);
        assert!(found.iter().zip(truth).all(|(found, truth)| (found - truth).abs() < 1e-9), "{found:?}");
    }

    #[test]
    fn an_input_of_two_values_gets_two_terms_and_their_means() {
        let column: Vec<f64> = (0..100).map(|row| f64::from(row % 2)).collect();
        let all = terms(&column);
        let (mut gram, mut right) = (Gram::default(), [0.0; TERMS]);
        for (terms, value) in all.iter().zip(&column) {
            gram.add(terms);
            right.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term * (10.0 * value + 1.0));
        }
        let found = gram.solve(&right);
        assert!((at(&all[0], &found) - 1.0).abs() < 1e-9 && (at(&all[1], &found) - 11.0).abs() < 1e-9, "{found:?}");
    }
}
