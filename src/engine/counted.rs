//! Figures in order of size, each with how often it came: what quantiles and means of tails are read off.

/// Figures in rising order, and how many of them there are up to each.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    /// a figure, and how many there are up to it
    up_to: Vec<(f64, u64)>,
}

impl Counted {
    /// From figures in rising order and how often each came.
    pub(super) fn of(figures: impl Iterator<Item = (f64, u64)>) -> Self {
        let mut total = 0;
        let mut sum = |(figure, count): (f64, u64)| {
            total += count;
            (figure, total)
        };
        Self { up_to: figures.filter(|(_, count)| *count > 0).map(&mut sum).collect() }
    }

    /// How many figures.
    pub(super) fn total(&self) -> u64 {
        self.up_to.last().map_or(0, |(_, total)| *total)
    }

    /// The figure at a place in rising order, counted from 0; the last one beyond the end.
    pub(super) fn at(&self, place: u64) -> f64 {
        let own = self.up_to.partition_point(|(_, total)| *total <= place);
        self.up_to.get(own).or(self.up_to.last()).map_or(f64::NAN, |(figure, _)| *figure)
    }

    /// The quantile by linear interpolation between neighbors (type 7 of Hyndman and Fan 1996).
    pub(super) fn quantile(&self, level: f64) -> f64 {
        let Some(last) = self.total().checked_sub(1) else {
            return f64::NAN;
        };
        let place = level * last as f64;
        let (low, high) = (self.at(place as u64), self.at(place as u64 + 1));
        if place.fract() > 0.0 && high > low { low + place.fract() * (high - low) } else { low }
    }

    /// The mean of the lowest tenth; the figure on the boundary counts in part.
    pub(super) fn lowest_tenth(&self) -> f64 {
        tenth(self.total(), self.counts())
    }

    /// The mean of the highest tenth; the figure on the boundary counts in part.
    pub(super) fn highest_tenth(&self) -> f64 {
        tenth(self.total(), self.counts().rev())
    }

    /// Each figure with how often it came.
    fn counts(&self) -> impl DoubleEndedIterator<Item = (f64, u64)> {
        (0..self.up_to.len()).map(|at| {
            let before = at.checked_sub(1).map_or(0, |before| self.up_to[before].1);
            (self.up_to[at].0, self.up_to[at].1 - before)
        })
    }
}

/// The mean of the first tenth of so many figures.
fn tenth(total: u64, figures: impl Iterator<Item = (f64, u64)>) -> f64 {
    let mass = 0.1 * total as f64;
    let (mut sum, mut rest) = (0.0, mass);
    for (figure, count) in figures {
        let taken = rest.min(count as f64);
        sum += taken * figure;
        rest -= taken;
        if rest <= 0.0 {
            break;
        }
    }
    sum / mass
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Worst, quantile, worst_tenth};

    #[test]
    fn quantiles_and_tails_are_those_of_the_figures_one_by_one() {
        let counted = Counted::of([(-5.0, 3), (0.0, 0), (1.0, 2), (2.5, 17), (9.0, 3)].into_iter());
        let mut sorted = vec![-5.0; 3];
        sorted.extend([1.0; 2].iter().chain(&[2.5; 17]).chain(&[9.0; 3]));
        assert_eq!(counted.total(), 25);
        for level in [0.0, 0.05, 0.1, 0.125, 0.2, 0.5, 0.9, 0.95, 1.0] {
            assert!((counted.quantile(level) - quantile(&sorted, level)).abs() < 1e-12, "{level}");
        }
        assert!((counted.lowest_tenth() - worst_tenth(&sorted, Worst::Lowest)).abs() < 1e-12);
        assert!((counted.highest_tenth() - worst_tenth(&sorted, Worst::Highest)).abs() < 1e-12);
    }

    #[test]
    fn of_nothing_there_is_nothing() {
        let nothing = Counted::default();
        assert!(nothing.quantile(0.5).is_nan() && nothing.lowest_tenth().is_nan());
    }
}
