//! What is asked of a plan: a figure of an outcome over all draws (its mean, a percentile, the mean of the worst tenth, a
//! chance), and conditions on such figures. How they are written is in `spelling`.

mod spelling;

use crate::engine::{BATCHES, Chance, Draws, T31, Worst, order_statistics, quantile, standard_error, worst_tenth};
use crate::model::outcomes::OutcomeId;

pub use spelling::Scope;

use super::judgement::Estimate;

/// A figure of an outcome over all draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Objective {
    /// the outcome
    pub outcome: OutcomeId,
    /// which figure of it
    pub figure: Figure,
}

/// Which figure of an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// the mean; of a ratio, the ratio of the means
    Mean,
    /// a percentile, by its level in percent (1 to 99)
    Percentile(u8),
    /// the mean of the worst tenth of the draws
    Cvar10,
    /// the share of draws on this side of a bound
    Chance(Side),
    /// `(1 − weight)·mean + weight·P10`: the more weight, the more averse to risk
    MeanAndP10 {
        /// the weight of P10, from 0 to 1
        weight: f64,
    },
}

/// One side of a bound, the bound itself included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// which
    pub sense: Sense,
    /// the bound
    pub bound: f64,
}

/// At or above, at or below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// at or above
    AtLeast,
    /// at or below
    AtMost,
}

impl Side {
    /// Does a value lie there? One that does not exist lies nowhere.
    #[must_use]
    pub fn holds(self, value: f64) -> bool {
        match self.sense {
            Sense::AtLeast => value >= self.bound,
            Sense::AtMost => value <= self.bound,
        }
    }

    /// How far a value lies on this side of the bound; below 0 beyond it.
    #[must_use]
    pub fn slack(self, value: f64) -> f64 {
        match self.sense {
            Sense::AtLeast => value - self.bound,
            Sense::AtMost => self.bound - value,
        }
    }
}

/// What a figure has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// the figure
    pub objective: Objective,
    /// where it has to lie
    pub side: Side,
    /// whether an outcome was written without a figure: `revenue=800k`
    pub bare: bool,
}

/// A figure as it came out: over all draws and over each of the batches.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// over all draws; not a number where it does not exist
    pub value: f64,
    /// over each batch; none with too few draws
    batches: Option<Vec<f64>>,
}

/// A figure and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gauge {
    /// the figure; not a number where it does not exist
    pub value: f64,
    /// the low end
    pub low: f64,
    /// the high end
    pub high: f64,
}

/// With fewer draws no error is given.
const FEWEST_FOR_ERRORS: usize = 64;

/// With fewer draws the percentiles of a batch say little of how far those of all draws may stray.
const FEWEST_FOR_BATCHES: usize = 1_024;

impl Measured {
    /// With its standard error, by batch means.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        let error = self.batches.as_ref().map(|batches| standard_error(self.value, batches.iter().copied()));
        Estimate { mean: self.value, error: error.filter(|error| error.is_finite()) }
    }

    /// How much more it is than that of another plan in the same draws, with the standard error of that.
    #[must_use]
    pub fn less(&self, other: &Self) -> Estimate {
        let value = self.value - other.value;
        let apart = |(own, others): (&Vec<f64>, &Vec<f64>)| {
            standard_error(value, own.iter().zip(others).map(|(own, other)| own - other))
        };
        let error = self.batches.as_ref().zip(other.batches.as_ref()).map(apart);
        Estimate { mean: value, error: error.filter(|error| error.is_finite()) }
    }
}

impl Objective {
    /// The mean of an outcome.
    #[must_use]
    pub fn mean_of(outcome: OutcomeId) -> Self {
        Self { outcome, figure: Figure::Mean }
    }

    /// Is it a mean, so that what can be taken at its mean need not be drawn?
    #[must_use]
    pub fn is_mean(&self) -> bool {
        self.figure == Figure::Mean
    }

    /// Is more of it better? Of costs less is, but of a chance always more.
    #[must_use]
    pub fn higher_is_better(&self) -> bool {
        matches!(self.figure, Figure::Chance(_)) || !self.outcome.outcome().is_cost()
    }

    /// What came of it in these draws, which hold the column of its outcome.
    #[must_use]
    pub fn of(&self, draws: &Draws) -> Measured {
        let Some(column) = draws.column(self.outcome) else {
            return Measured { value: f64::NAN, batches: None };
        };
        let enough = column.len() >= FEWEST_FOR_ERRORS;
        if let (Figure::Mean, Some(sums)) = (self.figure, draws.ratio(self.outcome)) {
            let whole = sums.ratio_of_means();
            let batches = enough.then(|| sums.linear_parts(whole.ratio).to_vec());
            return Measured { value: whole.ratio, batches };
        }
        let first = draws.range.start as usize;
        let mut parts: Vec<Vec<f64>> = vec![Vec::new(); BATCHES];
        for (row, &value) in column.iter().enumerate() {
            parts[(first + row) % BATCHES].push(value);
        }
        Measured {
            value: self.of_values(column.to_vec()),
            batches: enough.then(|| parts.into_iter().map(|part| self.of_values(part)).collect()),
        }
    }

    /// The figure alone, without what an error takes.
    #[must_use]
    pub fn value(&self, draws: &Draws) -> f64 {
        match (self.figure, draws.ratio(self.outcome)) {
            (Figure::Mean, Some(sums)) => sums.ratio_of_means().ratio,
            _ => draws.column(self.outcome).map_or(f64::NAN, |column| self.of_values(column.to_vec())),
        }
    }

    /// What came of it in these draws with its 95 % interval: of a chance as that of a target; of a percentile of few draws,
    /// or of counts, between two draws in order of size; else by batch means. With too few draws for any, everything.
    #[must_use]
    pub fn gauge(&self, draws: &Draws) -> Gauge {
        let column = draws.column(self.outcome).unwrap_or_default();
        let by_rank = column.len() < FEWEST_FOR_BATCHES || self.outcome.outcome().lattice;
        match self.figure {
            Figure::Chance(side) => {
                let Chance { probability, low, high } =
                    Chance::of(column, draws.range.start, |value| side.holds(value));
                Gauge { value: probability, low, high }
            }
            Figure::Percentile(level) if by_rank && column.len() >= FEWEST_FOR_ERRORS => {
                let mut sorted = self.ranked(column.to_vec());
                sorted.sort_unstable_by(f64::total_cmp);
                let (low, high) = order_statistics(&sorted, f64::from(level) / 100.0);
                Gauge { value: self.value(draws), low, high }
            }
            _ => {
                let Estimate { mean: value, error } = self.of(draws).estimate();
                let reach = error.map_or(f64::INFINITY, |error| T31 * error);
                Gauge { value, low: value - reach, high: value + reach }
            }
        }
    }

    /// Single draws, those without a value as worse than any other.
    fn ranked(&self, mut values: Vec<f64>) -> Vec<f64> {
        let worst = if self.outcome.outcome().is_cost() { f64::INFINITY } else { f64::NEG_INFINITY };
        values.iter_mut().filter(|value| value.is_nan()).for_each(|value| *value = worst);
        values
    }

    /// Of single draws. Those without a value miss every bound, and count as worse than any other where draws are ranked.
    fn of_values(&self, values: Vec<f64>) -> f64 {
        let is_cost = self.outcome.outcome().is_cost();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        match self.figure {
            Figure::Mean => return mean(&values),
            Figure::Chance(side) => {
                return values.iter().filter(|&&value| side.holds(value)).count() as f64 / values.len().max(1) as f64;
            }
            _ => {}
        }
        let mean = mean(&values);
        let mut values = self.ranked(values);
        values.sort_unstable_by(f64::total_cmp);
        let ranked = match self.figure {
            Figure::Percentile(level) => quantile(&values, f64::from(level) / 100.0),
            Figure::Cvar10 => worst_tenth(&values, if is_cost { Worst::Highest } else { Worst::Lowest }),
            Figure::MeanAndP10 { weight } => (1.0 - weight) * mean + weight * quantile(&values, 0.1),
            Figure::Mean | Figure::Chance(_) => mean,
        };
        if ranked.is_finite() { ranked } else { f64::NAN }
    }

    /// As it is written.
    #[must_use]
    pub fn written(&self) -> String {
        let key = self.outcome.outcome().key;
        match self.figure {
            Figure::Mean => key.to_owned(),
            Figure::Percentile(level) => format!("p{level}({key})"),
            Figure::Cvar10 => format!("cvar10({key})"),
            Figure::Chance(side) => format!("chance({key}{})", side.written()),
            Figure::MeanAndP10 { weight } => format!("{}*mean({key})+{weight}*p10({key})", 1.0 - weight),
        }
    }
}

impl Side {
    /// As it is written: `>=900000`.
    #[must_use]
    pub fn written(self) -> String {
        let sign = match self.sense {
            Sense::AtLeast => ">=",
            Sense::AtMost => "<=",
        };
        format!("{sign}{}", crate::units::plain(self.bound))
    }
}

impl Condition {
    /// As it is written.
    #[must_use]
    pub fn written(&self) -> String {
        format!("{}{}", self.objective.written(), self.side.written())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_draws() {
        let revenue = OutcomeId::named("revenue").expect("an outcome");
        let of = |figure: Figure| Objective { outcome: revenue, figure }.of_values((0..=100).map(f64::from).collect());
        assert_eq!(of(Figure::Mean), 50.0);
        assert_eq!(of(Figure::Percentile(10)), 10.0);
        assert_eq!(of(Figure::Chance(Side { sense: Sense::AtLeast, bound: 81.0 })), 20.0 / 101.0);
        // The worst tenth of 101: 0 to 9 and a tenth of 10.
        assert!((of(Figure::Cvar10) - (45.0 + 1.0) / 10.1).abs() < 1e-12);
        assert_eq!(of(Figure::MeanAndP10 { weight: 0.25 }), 40.0);
        // A draw without a value misses, and is worse than any other.
        let lacking = |figure: Figure| Objective { outcome: revenue, figure }.of_values(vec![f64::NAN, 1.0, 2.0]);
        assert!(lacking(Figure::Percentile(10)).is_nan());
        assert_eq!(lacking(Figure::Percentile(99)), 1.98);
    }
}
