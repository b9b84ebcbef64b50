//! How good a forecast was: the continuous ranked probability score, coverage, and the error of the middle.

use crate::calibrate::learnt::percentile;
use crate::records::Day;
use crate::units::Levels;

use super::{Target, Way};

/// A forecast at a cut, and what came.
#[derive(Clone, Debug)]
pub struct Scored {
    /// the day of the cut
    pub cut: Day,
    /// weeks ahead
    pub weeks: usize,
    /// what was forecast
    pub target: Target,
    /// how
    pub way: Way,
    /// what came
    pub actual: f64,
    /// P10, P50, P90
    pub levels: Levels,
    /// the continuous ranked probability score
    pub crps: f64,
    /// the share of draws below what came, ties by half
    pub rank: f64,
}

/// The scores of a way over all cuts.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// cuts
    pub cuts: usize,
    /// mean CRPS
    pub crps: f64,
    /// share of cuts with the actual within P10 to P90
    pub coverage: f64,
    /// mean absolute error of P50 as a share of the mean actual
    pub error: f64,
}

/// What is scored: a target, a way and weeks ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) cut: Day,
    pub(super) weeks: usize,
    pub(super) target: Target,
    pub(super) way: Way,
}

impl Scored {
    pub(super) fn of(asked: Asked, actual: f64, mut draws: Vec<f64>) -> Self {
        let Asked { cut, weeks, target, way } = asked;
        draws.sort_by(f64::total_cmp);
        let levels = Levels::of(|p| percentile(&draws, p));
        let below = draws.partition_point(|draw| *draw < actual);
        let at_most = draws.partition_point(|draw| *draw <= actual);
        let rank = (below + at_most) as f64 / (2.0 * draws.len() as f64);
        Self { cut, weeks, target, way, actual, levels, crps: crps(&draws, actual), rank }
    }

    /// Did what came lie within P10 to P90?
    #[must_use]
    pub fn holds(&self) -> bool {
        self.levels.p10 <= self.actual && self.actual <= self.levels.p90
    }
}

/// The continuous ranked probability score of sorted draws: `E|X − x| − ½ E|X − X'|` (Gneiting & Raftery 2007).
pub(crate) fn crps(sorted: &[f64], actual: f64) -> f64 {
    let n = sorted.len() as f64;
    let distance: f64 = sorted.iter().map(|x| (x - actual).abs()).sum::<f64>() / n;
    let between: f64 =
        sorted.iter().enumerate().map(|(i, x)| (2.0 * (i as f64 + 1.0) - n - 1.0) * x).sum::<f64>() * 2.0 / (n * n);
    distance - 0.5 * between
}

/// The scores of one way for one target so many weeks ahead; none where it made no forecast.
#[must_use]
pub fn score(scored: &[Scored], target: Target, way: Way, weeks: usize) -> Option<Score> {
    let is_asked = |own: &&Scored| own.target == target && own.way == way && own.weeks == weeks;
    let own: Vec<&Scored> = scored.iter().filter(is_asked).collect();
    let n = own.len() as f64;
    let mean = |of: &dyn Fn(&Scored) -> f64| own.iter().map(|one| of(one)).sum::<f64>() / n;
    (!own.is_empty()).then(|| Score {
        cuts: own.len(),
        crps: mean(&|one| one.crps),
        coverage: mean(&|one| f64::from(u8::from(one.holds()))),
        error: mean(&|one| (one.levels.p50 - one.actual).abs()) / mean(&|one| one.actual).max(1e-9),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a standard normal forecast and 0: √(2/π)·(√2 − 1)/√2 … = 0.2337 (Gneiting & Raftery 2007, equation 21: for
    /// N(0, 1) and x = 0 it is 2φ(0) − 1/√π).
    #[test]
    fn the_score_of_a_normal_forecast_is_the_closed_form() {
        let draws: Vec<f64> =
            (0..20_000).map(|i| crate::random::normal_quantile((f64::from(i) + 0.5) / 20_000.0)).collect();
        let expected = 2.0 / std::f64::consts::TAU.sqrt() - 1.0 / std::f64::consts::PI.sqrt();
        assert!((crps(&draws, 0.0) - expected).abs() < 1e-3);
        assert!((crps(&[3.0], 5.0) - 2.0).abs() < 1e-12);
    }
}
