//! Forecasts that take no model: what a forecast must beat to be of use.

use crate::random::{normal_quantile, poisson};
use crate::transcendental::powi;

use super::{FORECAST_DRAWS, Way};

/// What a bar is told of the past.
#[derive(Clone, Copy, Debug)]
pub(super) struct Past<'a> {
    /// figures by week, the last week ending at the cut
    pub(super) weekly: &'a [f64],
    /// weeks ahead
    pub(super) weeks: usize,
    /// whether the figures are counts, which stray like a Poisson number at least
    pub(super) counts: bool,
}

impl Past<'_> {
    /// The draws of every way that knows the past alone; none where it is too short for the way.
    pub(super) fn bars(&self) -> [(Way, Option<Vec<f64>>); 3] {
        [(Way::LastWeeks, self.last_weeks()), (Way::LastYear, self.last_year()), (Way::Smoothing, self.smoothing())]
    }

    /// As many as in the same time before.
    pub(super) fn last_weeks(&self) -> Option<Vec<f64>> {
        let from = self.weekly.len().checked_sub(self.weeks)?;
        Some(self.about(self.weekly[from..].iter().sum()))
    }

    /// As many as in the same weeks of the year before.
    pub(super) fn last_year(&self) -> Option<Vec<f64>> {
        let from = self.weekly.len().checked_sub(52)?;
        Some(self.about(self.weekly.get(from..from + self.weeks)?.iter().sum()))
    }

    /// A Poisson number about a count; of other figures the figure itself.
    fn about(&self, sum: f64) -> Vec<f64> {
        if !self.counts {
            return vec![sum];
        }
        (0..FORECAST_DRAWS).map(|i| poisson(sum.max(0.5), even(i)) as f64).collect()
    }

    /// Simple exponential smoothing; its weight is that of the least squared error of one week ahead.
    pub(super) fn smoothing(&self) -> Option<Vec<f64>> {
        if self.weekly.len() < 8 {
            return None;
        }
        let run = |weight: f64| {
            let mut level = self.weekly[..4].iter().sum::<f64>() / 4.0;
            let mut squares = 0.0;
            for figure in self.weekly {
                squares += powi(figure - level, 2);
                level += weight * (figure - level);
            }
            (squares, level, weight)
        };
        let best = (1..100).map(|i| run(f64::from(i) / 100.0)).min_by(|a, b| a.0.total_cmp(&b.0))?;
        let (squares, level, weight) = best;
        let variance = squares / self.weekly.len() as f64;
        // The sum of h weeks: a shock of week j stays in the level of the h − j after it.
        let of_sum: f64 = (0..self.weeks).map(|left| powi(1.0 + weight * left as f64, 2)).sum::<f64>() * variance;
        let draw = |i| (self.weeks as f64 * level + of_sum.sqrt() * normal_quantile(even(i))).max(0.0);
        Some((0..FORECAST_DRAWS).map(draw).collect())
    }
}

/// The middle of the i-th of even steps of (0, 1).
fn even(i: usize) -> f64 {
    (i as f64 + 0.5) / FORECAST_DRAWS as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fifty-two weeks of 1, 2, … 52: the last two sum to 103, those a year ago to 3.
    #[test]
    fn bars_are_sums_of_the_weeks_that_they_name() {
        let weekly: Vec<f64> = (1..=52).map(f64::from).collect();
        let past = Past { weekly: &weekly, weeks: 2, counts: false };
        assert_eq!((past.last_weeks(), past.last_year()), (Some(vec![103.0]), Some(vec![3.0])));
        let counts = Past { counts: true, ..past }.last_weeks().expect("draws");
        let mean = counts.iter().sum::<f64>() / counts.len() as f64;
        // Quantiles at even steps: their mean is the Poisson mean up to the tails beyond the first and last step.
        assert!((mean - 103.0).abs() < 0.1, "{mean}");
        assert!(Past { weeks: 53, ..past }.last_weeks().is_none());
    }
}
