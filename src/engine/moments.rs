//! Means and spreads of figures, gathered block by block and folded in the order of the blocks.

use serde::{Deserialize, Serialize};

/// Figures that are added up side by side.
const SIDE: usize = 8;

/// Sums of a figure within a block, around the block's first value so that no digits are lost.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Sums {
    count: f64,
    around: f64,
    first: f64,
    second: f64,
}

impl Sums {
    /// Adds one figure.
    #[inline]
    pub(super) fn add(&mut self, figure: f64) {
        if self.count == 0.0 {
            self.around = figure;
        }
        let apart = figure - self.around;
        self.count += 1.0;
        self.first += apart;
        self.second += apart * apart;
    }

    /// Adds many figures of one row.
    pub(super) fn add_all(&mut self, figures: &[f64]) {
        let Some(&around) = figures.first() else {
            return;
        };
        if self.count == 0.0 {
            self.around = around;
        }
        // Side by side, so that one addition need not wait for the last.
        let (mut first, mut second) = ([0.0; SIDE], [0.0; SIDE]);
        let mut add = |lane: usize, figure: f64| {
            let apart = figure - self.around;
            first[lane] += apart;
            second[lane] += apart * apart;
        };
        let (rows, rest) = figures.as_chunks::<SIDE>();
        for row in rows {
            for (lane, &figure) in row.iter().enumerate() {
                add(lane, figure);
            }
        }
        for (lane, &figure) in rest.iter().enumerate() {
            add(lane, figure);
        }
        self.count += figures.len() as f64;
        self.first += first.iter().sum::<f64>();
        self.second += second.iter().sum::<f64>();
    }

    /// The moments of the block.
    #[must_use]
    pub(super) fn moments(&self) -> Moments {
        if self.count == 0.0 {
            return Moments::default();
        }
        let mean = self.first / self.count;
        Moments { count: self.count, mean: self.around + mean, squares: (self.second - self.first * mean).max(0.0) }
    }
}

/// Count, mean, and squared distances from the mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// how many
    pub count: f64,
    /// their mean
    pub mean: f64,
    squares: f64,
}

impl Moments {
    /// Takes in the moments of further figures (Chan, Golub and LeVeque 1979).
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0.0 {
            return;
        }
        if self.count == 0.0 {
            *self = *other;
            return;
        }
        let count = self.count + other.count;
        let apart = other.mean - self.mean;
        self.mean += apart * other.count / count;
        self.squares += other.squares + apart * apart * self.count * other.count / count;
        self.count = count;
    }

    /// The mean; not a number where there is nothing.
    #[must_use]
    pub(super) fn mean_or_nan(&self) -> f64 {
        if self.count > 0.0 { self.mean } else { f64::NAN }
    }

    /// Standard deviation of a sample.
    #[must_use]
    pub fn sd(&self) -> f64 {
        if self.count > 1.0 { (self.squares / (self.count - 1.0)).sqrt() } else { 0.0 }
    }
}
