//! Quantile functions without a closed form, tabulated once at load.

use crate::random::{normal_quantile, normal_share};

/// Beyond the uniforms that can be drawn: `Φ(−8.3) < 2^−54`.
const EDGE: f64 = 8.3;
const TOLERANCE: f64 = 2e-10;
const FEWEST: usize = 128;
const MOST: usize = 16_384;

/// A smooth rising function of a standard normal quantile, by cubic pieces on even steps over all that can be drawn,
/// so that its tails are as exact as its middle.
#[derive(Debug)]
pub(super) struct Table {
    step: f64,
    /// value and slope times step at each node
    nodes: Vec<(f64, f64)>,
}

impl Table {
    /// Tabulates `exact(z, guess) -> (value, slope)`, halving the step until the middle of every piece is right to
    /// 2e-10. `guess` is the value at the step before, where there is one.
    pub(super) fn build(exact: impl Fn(f64, Option<f64>) -> (f64, f64)) -> Self {
        let mut pieces = FEWEST;
        let mut values = tabulate(pieces, &exact);
        loop {
            let finer = tabulate(2 * pieces, &exact);
            let table = Self::from_values(pieces, &values);
            let worst = (0..pieces)
                .map(|i| {
                    let (value, _) = finer[2 * i + 1];
                    (table.piece(i, 0.5) - value).abs()
                })
                .fold(0.0, f64::max);
            if worst < TOLERANCE || 2 * pieces >= MOST {
                return Self::from_values(2 * pieces, &finer);
            }
            pieces *= 2;
            values = finer;
        }
    }

    fn from_values(pieces: usize, values: &[(f64, f64)]) -> Self {
        let step = 2.0 * EDGE / pieces as f64;
        Self { step, nodes: values.iter().map(|&(value, slope)| (value, slope * step)).collect() }
    }

    /// The value at the `u`-quantile of the standard normal distribution.
    pub(super) fn at(&self, u: f64) -> f64 {
        let place = (normal_quantile(u) + EDGE) / self.step;
        let piece = (place.max(0.0) as usize).min(self.nodes.len() - 2);
        self.piece(piece, place - piece as f64)
    }

    /// Cubic Hermite interpolation at `t` in 0 … 1 of a piece.
    fn piece(&self, piece: usize, t: f64) -> f64 {
        let (y0, d0) = self.nodes[piece];
        let (y1, d1) = self.nodes[piece + 1];
        let rise = y1 - y0;
        let c2 = 3.0 * rise - 2.0 * d0 - d1;
        let c3 = d0 + d1 - 2.0 * rise;
        y0 + t * (d0 + t * (c2 + t * c3))
    }
}

fn tabulate(pieces: usize, exact: &impl Fn(f64, Option<f64>) -> (f64, f64)) -> Vec<(f64, f64)> {
    let step = 2.0 * EDGE / pieces as f64;
    // From the middle outwards: a guess from the neighbor is good, and the middle needs none.
    let mut values = vec![(0.0, 0.0); pieces + 1];
    let middle = pieces / 2;
    values[middle] = exact(-EDGE + middle as f64 * step, None);
    for i in middle + 1..=pieces {
        let (value, slope) = values[i - 1];
        values[i] = exact(-EDGE + i as f64 * step, Some(value + slope * step));
    }
    for i in (0..middle).rev() {
        let (value, slope) = values[i + 1];
        values[i] = exact(-EDGE + i as f64 * step, Some(value - slope * step));
    }
    values
}

const CELLS: usize = 256;
const DEGREE: usize = 5;

/// A quantile function that may jump or bend, by polynomials of the standard normal quantile on even steps; where they
/// miss it there is a gap, and it has to be solved anew.
#[derive(Debug)]
pub(super) struct Patchwork(Vec<Option<[f64; DEGREE + 1]>>);

impl Patchwork {
    /// Tabulates `quantile(u)`; a piece that strays by a share of 2e-10 at one of three places is left out.
    pub(super) fn build(quantile: impl Fn(f64) -> f64) -> Self {
        let step = 2.0 * EDGE / CELLS as f64;
        let at = |cell: usize, t: f64| {
            let z = -EDGE + (cell as f64 + t) * step;
            quantile(normal_share(z).min(1.0 - f64::EPSILON / 2.0))
        };
        let mut first = at(0, 0.0);
        let cells = (0..CELLS).map(|cell| {
            let mut values = [first; DEGREE + 1];
            for (node, value) in values.iter_mut().enumerate().skip(1) {
                *value = at(cell, node as f64 / DEGREE as f64);
            }
            first = values[DEGREE];
            if values[0] == values[DEGREE] {
                return Some(newton(values));
            }
            let piece = newton(values);
            let fits = |t: f64| {
                let exact = at(cell, t);
                (evaluate(&piece, t) - exact).abs() <= TOLERANCE * exact.abs()
            };
            [0.1, 0.5, 0.9].into_iter().all(fits).then_some(piece)
        });
        Self(cells.collect())
    }

    /// The quantile at `u`; none in a gap.
    pub(super) fn at(&self, u: f64) -> Option<f64> {
        let place = (normal_quantile(u) + EDGE) * (CELLS as f64 / (2.0 * EDGE));
        let cell = (place.max(0.0) as usize).min(CELLS - 1);
        let piece = self.0[cell].as_ref()?;
        Some(evaluate(piece, place - cell as f64))
    }
}

/// Newton's polynomial through values at even steps: forward differences over factorials. Equal values leave all but
/// the first at zero, so that many draws with one value have it to the last bit.
fn newton(mut values: [f64; DEGREE + 1]) -> [f64; DEGREE + 1] {
    for order in 1..=DEGREE {
        for node in (order..=DEGREE).rev() {
            values[node] = (values[node] - values[node - 1]) / order as f64;
        }
    }
    values
}

fn evaluate(piece: &[f64; DEGREE + 1], t: f64) -> f64 {
    let s = t * DEGREE as f64;
    let nested = |sum: f64, node: usize| sum * (s - node as f64) + piece[node];
    (0..DEGREE).rev().fold(piece[DEGREE], nested)
}
