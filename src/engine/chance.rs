//! Chances and their intervals.
//!
//! Implements "A probability …" of section 10 of docs/model.md.

use super::standard_error::{T31, Z95, standard_error};
use super::strata::BATCHES;

/// With fewer draws on either side the interval is Wilson's.
const FEWEST_ON_EITHER_SIDE: u64 = 100;

/// Draws, and those among them that something holds for, by batch.
#[derive(Clone, Debug, Default)]
pub(super) struct Hits {
    hits: [u64; BATCHES],
    draws: [u64; BATCHES],
}

impl Hits {
    /// Counts further draws, of which the first is number `first`.
    pub(super) fn add(&mut self, column: &[f64], first: u64, meets: impl Fn(f64) -> bool) {
        for (row, &value) in column.iter().enumerate() {
            let batch = (first as usize + row) % BATCHES;
            self.draws[batch] += 1;
            self.hits[batch] += u64::from(meets(value));
        }
    }
}

/// A proportion with its 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// the share of draws
    pub probability: f64,
    /// the low end of its 95 % interval
    pub low: f64,
    /// the high end
    pub high: f64,
}

impl Chance {
    /// The share of draws, of which the first is number `first`, that `meets` holds for. With fewer than 100 draws on
    /// either side the interval is Wilson's (1927), else from the batches.
    #[must_use]
    pub fn of(column: &[f64], first: u64, meets: impl Fn(f64) -> bool) -> Self {
        let mut hits = Hits::default();
        hits.add(column, first, meets);
        Self::of_hits(&hits)
    }

    /// The share of hits among the draws that were counted.
    pub(super) fn of_hits(Hits { hits, draws }: &Hits) -> Self {
        let (hit, total) = (hits.iter().sum::<u64>(), draws.iter().sum::<u64>());
        let probability = hit as f64 / total.max(1) as f64;
        if hit < FEWEST_ON_EITHER_SIDE || total - hit < FEWEST_ON_EITHER_SIDE {
            return Self::wilson(hit as f64, total as f64);
        }
        let parts = hits.iter().zip(draws).map(|(&hit, &draws)| hit as f64 / draws as f64);
        let reach = T31 * standard_error(probability, parts);
        Self { probability, low: (probability - reach).max(0.0), high: (probability + reach).min(1.0) }
    }

    fn wilson(hit: f64, total: f64) -> Self {
        if total == 0.0 {
            return Self { probability: f64::NAN, low: 0.0, high: 1.0 };
        }
        let probability = hit / total;
        let spread = Z95 * Z95 / total;
        let middle = (probability + 0.5 * spread) / (1.0 + spread);
        let reach = Z95 / (1.0 + spread) * (probability * (1.0 - probability) / total + spread / (4.0 * total)).sqrt();
        // Without a hit the interval starts at 0, and not where rounding would put it.
        Self {
            probability,
            low: (middle - reach).clamp(0.0, probability),
            high: (middle + reach).clamp(probability, 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_chance_has_wilsons_interval() {
        let column: Vec<f64> = (0..1_000).map(|i| f64::from(i % 100 == 0)).collect();
        let chance = Chance::of(&column, 0, |value| value > 0.5);
        // Wilson's interval of 10 in 1,000: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
        assert!((chance.low - 0.005_441).abs() < 1e-6, "{chance:?}");
        assert!((chance.high - 0.018_309).abs() < 1e-6, "{chance:?}");
    }

    #[test]
    fn a_chance_lies_in_its_interval_where_it_is_0_or_1() {
        for count in [1, 5, 64, 100, 1_000] {
            let column = vec![1.0; count];
            let (never, always) =
                (Chance::of(&column, 0, |value| value > 1.0), Chance::of(&column, 0, |value| value == 1.0));
            assert_eq!((never.low, never.probability), (0.0, 0.0));
            assert_eq!((always.high, always.probability), (1.0, 1.0));
            assert!(never.high > 0.0 && always.low < 1.0);
        }
    }
}
