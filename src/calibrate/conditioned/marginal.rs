//! One figure by itself: the distribution of its normal score.

/// A distribution of normal scores: shares below rising scores, linear between them.
#[derive(Clone, Debug)]
pub struct Marginal {
    scores: Vec<f64>,
    /// the share below each score
    below: Vec<f64>,
}

impl Marginal {
    /// Of densities at evenly spaced scores, by the trapezoid rule.
    pub(super) fn of_densities(scores: Vec<f64>, densities: &[f64]) -> Self {
        let mut below = Vec::with_capacity(scores.len());
        let mut sum = 0.0;
        below.push(0.0);
        for pair in densities.windows(2) {
            sum += 0.5 * (pair[0] + pair[1]);
            below.push(sum);
        }
        below.iter_mut().for_each(|share| *share /= sum);
        Self { scores, below }
    }

    /// Of draws with weights.
    pub(super) fn of_draws(mut draws: Vec<(f64, f64)>) -> Self {
        draws.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = draws.iter().map(|(_, weight)| weight).sum();
        let mut sum = 0.0;
        let below = draws.iter().map(|(_, weight)| {
            sum += weight;
            (sum - 0.5 * weight) / total
        });
        let below = below.collect();
        Self { scores: draws.into_iter().map(|(z, _)| z).collect(), below }
    }

    /// The score that a share `p` lies below.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let above = self.below.partition_point(|share| *share < p).clamp(1, self.below.len() - 1);
        let [from, to] = [above - 1, above].map(|at| self.below[at]);
        let part = if to > from { ((p - from) / (to - from)).clamp(0.0, 1.0) } else { 0.5 };
        self.scores[above - 1] + part * (self.scores[above] - self.scores[above - 1])
    }

    /// The share below a score.
    #[cfg(test)]
    pub(super) fn share_below(&self, z: f64) -> f64 {
        let above = self.scores.partition_point(|own| *own < z).clamp(1, self.scores.len() - 1);
        let [from, to] = [above - 1, above].map(|at| self.scores[at]);
        self.below[above - 1] + (z - from) / (to - from) * (self.below[above] - self.below[above - 1])
    }
}
