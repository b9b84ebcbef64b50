//! What became of the rank correlations that were asked for.

use crate::inputs::Inputs;
use crate::scenario::Note;

use super::spec::RunSpec;
use super::strata::InputSampler;

/// A shortfall of less than this is not spoken of.
const WORTH_A_NOTE: f64 = 0.05;

/// A correlation of two inputs, as asked for and as drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// the names of the two
    pub between: [String; 2],
    /// Spearman's rank correlation as asked for
    pub rank: f64,
    /// Spearman's rank correlation of the draws; not a number where one of the two doesn't vary
    pub attained: f64,
    /// its standard error by chance alone
    error: f64,
}

impl Correlation {
    /// Every correlation of the inputs, over the draws that were asked for.
    #[must_use]
    pub fn attained(inputs: &Inputs, sampler: &InputSampler<'_>, ask: &RunSpec) -> Vec<Self> {
        // The ranks of each input that a pair names, taken once.
        let mut known: Vec<(&str, Vec<f64>)> = Vec::new();
        let copula = inputs.copula();
        for name in copula.pairs.iter().flat_map(|pair| &pair.between) {
            if known.iter().all(|(own, _)| own != name) {
                let column = inputs.find(name).map(|input| sampler.column(input.index(), ask.draws.clone()));
                known.push((name, ranks(&column.unwrap_or_default())));
            }
        }
        let find = |name: &str| {
            let found = known.iter().find(|(own, _)| *own == name);
            found.map_or(&[][..], |(_, ranks)| ranks)
        };
        let draws = (ask.draws.end - ask.draws.start) as f64;
        copula
            .pairs
            .iter()
            .map(|pair| Self {
                between: pair.between.clone(),
                rank: pair.rank,
                attained: pearson(find(&pair.between[0]), find(&pair.between[1])),
                error: 1.0 / draws.max(1.0).sqrt(),
            })
            .collect()
    }

    /// What a reader should know: that it is less than asked for, by more than chance does.
    #[must_use]
    pub(super) fn note(&self) -> Option<Note> {
        let shortfall = self.rank.abs() - self.attained.abs();
        (shortfall > WORTH_A_NOTE.max(4.0 * self.error)).then(|| Note::CorrelationLowered {
            between: self.between.clone(),
            hundredths: [self.rank, self.attained].map(|rank| (rank * 100.0).round() as i8),
        })
    }
}

/// Spearman's rank correlation of two columns; not a number where one of them doesn't vary.
#[must_use]
pub fn rank_correlation(x: &[f64], y: &[f64]) -> f64 {
    pearson(&ranks(x), &ranks(y))
}

/// The rank of each number, from 0; equal numbers share the mean of theirs.
#[must_use]
pub fn ranks(column: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_unstable_by(|&a, &b| column[a].total_cmp(&column[b]));
    let mut ranks = vec![0.0; column.len()];
    let mut first = 0;
    for equal in order.chunk_by(|&a, &b| column[a] == column[b]) {
        let middle = first as f64 + 0.5 * (equal.len() - 1) as f64;
        equal.iter().for_each(|&row| ranks[row] = middle);
        first += equal.len();
    }
    ranks
}

fn pearson(x: &[f64], y: &[f64]) -> f64 {
    let middle = |column: &[f64]| 0.5 * (column.len() as f64 - 1.0);
    let (mean_x, mean_y) = (middle(x), middle(y));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        let (x, y) = (x - mean_x, y - mean_y);
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    xy / (xx * yy).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_share_their_rank() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0, 7.0]), [1.5, 0.0, 1.5, 3.0]);
        let (x, y) = (ranks(&[1.0, 2.0, 2.0, 4.0]), ranks(&[9.0, 7.0, 7.0, 1.0]));
        assert!((pearson(&x, &y) + 1.0).abs() < 1e-15);
        assert!(pearson(&x, &[]).is_nan());
    }
}
