//! The draws behind the charts of one outcome, made ready: sorted, and with figures that are written alike.

use crate::text::{Scale, money};
use crate::transcendental::{log10, powi};

use super::levels::Interval;
use super::outcome::{Distribution, Target};
use super::ticks::drawable;

/// More targets than these would hide the distribution; the rest is left to the tables.
const MOST_TARGETS: usize = 3;

/// Draws that can be drawn.
#[derive(Clone, Debug)]
pub(super) struct Sample<'a> {
    /// The finite draws, lowest first; at least one.
    pub(super) sorted: Vec<f64>,
    /// P10, P50 and P90.
    pub(super) percentiles: Interval,
    /// The targets, each value once.
    pub(super) targets: Vec<Target>,
    /// The share of draws that have the figure, from 0 to 1.
    pub(super) defined: f64,
    unit: &'a str,
    scale: Scale,
    /// tells percentiles and targets apart that lie close together
    fine: Scale,
}

impl<'a> Sample<'a> {
    /// The sample of a result, unless no draw of it is a number.
    pub(super) fn of(outcome: &Distribution<'a>) -> Option<Self> {
        let sorted = sorted(outcome.draws);
        let (lowest, highest) = (*sorted.first()?, *sorted.last()?);
        let middle = sorted[sorted.len() / 2];
        let percentiles =
            outcome.percentiles.map(|value| if value.is_nan() { middle } else { value.clamp(lowest, highest) });
        let percentiles = percentiles.sorted();
        let mut targets: Vec<Target> = Vec::new();
        for target in outcome.targets {
            if let (Some(value), Some(chance)) = (drawable(target.value), drawable(target.chance))
                && targets.iter().all(|other| other.value != value)
                && targets.len() < MOST_TARGETS
            {
                targets.push(Target { value, chance });
            }
        }
        let told: Vec<f64> =
            percentiles.into_array().into_iter().chain(targets.iter().map(|target| target.value)).collect();
        let fine = Scale::of(&told);
        let scale = Scale::of(&percentiles.into_array());
        let scale = targets.first().map_or(scale.clone(), |target| scale.with_typed(target.value));
        let defined = sorted.len() as f64 / outcome.draws.len() as f64;
        Some(Self { sorted, percentiles, targets, defined, unit: outcome.measure.unit, scale, fine })
    }

    /// Whether all draws are equal.
    pub(super) fn is_certain(&self) -> bool {
        self.sorted[0] == self.sorted[self.sorted.len() - 1]
    }

    /// A figure as this chart writes it.
    pub(super) fn figure(&self, value: f64) -> String {
        self.scale.write(value)
    }

    /// A figure beside the others that are marked: with the decimals that tell them apart.
    pub(super) fn marked(&self, value: f64) -> String {
        self.fine.write(value)
    }

    /// A target beside the figures that are marked.
    pub(super) fn marked_target(&self, target: &Target) -> String {
        self.fine.write_typed(target.value)
    }

    /// A target as it was typed.
    pub(super) fn target(&self, target: &Target) -> String {
        self.scale.write_typed(target.value)
    }

    /// A figure with its unit.
    pub(super) fn money(&self, value: f64) -> String {
        money(&self.figure(value), self.unit)
    }

    /// A target with its unit.
    pub(super) fn target_money(&self, target: &Target) -> String {
        money(&self.target(target), self.unit)
    }

    /// A figure that one is to count on, rounded down by less than a fiftieth: two digits of it, three where it begins with
    /// 1 to 4.
    pub(super) fn sure(&self, value: f64) -> String {
        let power = log10(value.abs().max(1e-300));
        let step = powi(10.0, power.floor() as i32 - if power.rem_euclid(1.0) < 0.699 { 2 } else { 1 });
        // A hair more, so that 0.7 is not the 0.69 that it is in binary.
        let down = (value / step * (1.0 + 1e-12)).floor() * step;
        self.scale.write_typed(down)
    }

    /// The share of draws that reach a value.
    pub(super) fn at_least(&self, value: f64) -> f64 {
        let below = self.sorted.partition_point(|draw| *draw < value);
        1.0 - below as f64 / self.sorted.len() as f64
    }

    /// The values to show: all draws but far outliers, 0 where it is near, and the targets that are not far off.
    pub(super) fn range(&self) -> (f64, f64) {
        let targets: Vec<f64> = self.targets.iter().map(|target| target.value).collect();
        range(&self.sorted, &targets)
    }
}

/// The values to show of sorted draws: all of them but far outliers, 0 where it is near, and what else is not far off.
pub(super) fn range(sorted: &[f64], others: &[f64]) -> (f64, f64) {
    let last = sorted.len() - 1;
    let (lowest, highest) = (sorted[0], sorted[last]);
    let (low, high) = (sorted[last / 20], sorted[last - last / 20]);
    // As far again on both sides as 9 of 10 draws lie apart: a bell curve fits in whole, a long tail does not.
    let reach = high - low;
    let (mut low, mut high) =
        if reach > 0.0 { (lowest.max(low - reach), highest.min(high + reach)) } else { (lowest, highest) };
    let span = high - low;
    if low > 0.0 && low < 0.4 * high && span > 0.0 {
        low = 0.0;
    }
    let near = if span > 0.0 { 0.7 * span } else { 0.5 * high.abs() };
    let nearby = low - near..high + near;
    let shown = |value: &&f64| (lowest == 0.0 && highest == 0.0) || nearby.contains(*value);
    for value in others.iter().filter(shown) {
        low = low.min(*value);
        high = high.max(*value);
    }
    let rim = if high > low {
        0.04 * (high - low)
    } else if high == 0.0 {
        1.0
    } else {
        0.3 * high.abs()
    };
    if low >= 0.0 { ((low - rim).max(0.0), high + rim) } else { (low - rim, high + rim) }
}

/// The quantile of sorted draws: between two of them in proportion, as the tables have it.
pub(super) fn quantile(sorted: &[f64], level: f64) -> f64 {
    let place = level * (sorted.len() as f64 - 1.0);
    let neighbor = |place: f64| sorted.get(place as usize).copied().unwrap_or(f64::NAN);
    let (low, high) = (neighbor(place.floor()), neighbor(place.ceil()));
    low + place.fract() * (high - low)
}

/// The draws that can be drawn, lowest first.
pub(super) fn sorted(draws: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = draws.iter().copied().filter_map(drawable).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbors_in_proportion() {
        let draws = [0.0, 10.0, 40.0];
        assert_eq!([0.0, 0.25, 0.5, 0.9, 1.0].map(|level| quantile(&draws, level)), [0.0, 5.0, 10.0, 34.0, 40.0]);
        assert!(quantile(&[], 0.5).is_nan());
    }
}
