//! Symmetric matrices of a few dozen rows: the Cholesky factor, and what is solved with it.

use crate::transcendental::ln;

/// A square matrix, row by row.
#[derive(Clone, Debug)]
pub(super) struct Square {
    pub(super) size: usize,
    cells: Vec<f64>,
}

impl Square {
    /// All zeros.
    pub(super) fn zeros(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    /// The cell in a row and a column.
    pub(super) fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    /// Adds to a cell.
    pub(super) fn add(&mut self, row: usize, column: usize, x: f64) {
        self.cells[row * self.size + column] += x;
    }

    /// L with `L·Lᵀ` = the matrix; none where it is not positive definite.
    pub(super) fn cholesky(&self) -> Option<Factor> {
        let n = self.size;
        let mut l = Self::zeros(n);
        for i in 0..n {
            for j in 0..=i {
                let (a, b) = (&l.cells[i * n..i * n + j], &l.cells[j * n..j * n + j]);
                let sum: f64 = self.at(i, j) - a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
                if i == j {
                    if sum <= 0.0 || !sum.is_finite() {
                        return None;
                    }
                    l.cells[i * n + i] = sum.sqrt();
                } else {
                    l.cells[i * n + j] = sum / l.at(j, j);
                }
            }
        }
        Some(Factor { lower: l })
    }
}

/// A Cholesky factor.
#[derive(Clone, Debug)]
pub(super) struct Factor {
    lower: Square,
}

impl Factor {
    /// ln det of the matrix.
    pub(super) fn log_determinant(&self) -> f64 {
        (0..self.lower.size).map(|i| 2.0 * ln(self.lower.at(i, i))).sum()
    }

    /// `L·z`: of standard normals z, normals whose covariance is the matrix.
    pub(super) fn product(&self, z: &[f64]) -> Vec<f64> {
        (0..self.lower.size).map(|i| (0..=i).map(|j| self.lower.at(i, j) * z[j]).sum()).collect()
    }

    /// x with `L·Lᵀ·x = b`.
    pub(super) fn solve(&self, b: &[f64]) -> Vec<f64> {
        self.solve_upper(&self.solve_lower(b))
    }

    /// x with `L·x = b`: of normals b whose covariance is the matrix, standard normals.
    pub(super) fn solve_lower(&self, b: &[f64]) -> Vec<f64> {
        let n = self.lower.size;
        let mut x = b.to_vec();
        for i in 0..n {
            let row = &self.lower.cells[i * n..i * n + i];
            let sum: f64 = row.iter().zip(&x).map(|(l, x)| l * x).sum();
            x[i] = (x[i] - sum) / self.lower.at(i, i);
        }
        x
    }

    /// x with `Lᵀ·x = z`: of standard normals z, normals whose covariance is the inverse of the matrix.
    pub(super) fn solve_upper(&self, z: &[f64]) -> Vec<f64> {
        let n = self.lower.size;
        let mut x = z.to_vec();
        for i in (0..n).rev() {
            x[i] /= self.lower.at(i, i);
            let own = x[i];
            let row = &self.lower.cells[i * n..i * n + i];
            x[..i].iter_mut().zip(row).for_each(|(x, l)| *x -= l * own);
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_system_is_solved() {
        // [4 2; 2 3] x = [2 5] has x = (−½, 2); the determinant is 8.
        let mut matrix = Square::zeros(2);
        for (i, j, x) in [(0, 0, 4.0), (0, 1, 2.0), (1, 0, 2.0), (1, 1, 3.0)] {
            matrix.add(i, j, x);
        }
        let factor = matrix.cholesky().expect("positive definite");
        let x = factor.solve(&[2.0, 5.0]);
        assert!((x[0] + 0.5).abs() < 1e-14 && (x[1] - 2.0).abs() < 1e-14, "{x:?}");
        assert!((factor.log_determinant() - 8.0_f64.ln()).abs() < 1e-14);
        matrix.add(1, 1, -3.0);
        assert!(matrix.cholesky().is_none());
    }
}
