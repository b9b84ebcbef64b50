//! Figures of a summary: over all draws, with their errors.

use serde::{Deserialize, Serialize};

use crate::engine::{Chance, Correlation, PercentileError, Percentiles, Stats, TargetForecast};

use super::{Figure, figure, present};

/// A figure over all draws.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpreadSummary {
    /// mean
    pub mean: Figure,
    /// standard deviation
    pub sd: Figure,
    /// percentiles
    #[serde(flatten)]
    pub percentiles: Percentiles<Figure>,
    /// share of draws that have the figure, from 0 to 1
    pub defined: Figure,
}

/// A figure over all draws, with how far it may be off.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OutcomeSummary {
    /// mean, spread, percentiles
    #[serde(flatten)]
    pub spread: SpreadSummary,
    /// mean of the worst tenth
    pub cvar10: Figure,
    /// standard errors; none with few draws
    pub se: Option<StandardErrors>,
    /// 95 % intervals of percentiles that have no standard error
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Intervals>,
    /// of a ratio: the ratio of the means
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub ratio_of_means: Option<Figure>,
    /// of the cost of one piece that some draws lack: percentiles over all draws
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_all: Option<Percentiles<Figure>>,
}

/// Standard errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StandardErrors {
    /// of the mean
    pub mean: Figure,
    /// of the percentile at 5 %
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub p5: Option<Figure>,
    /// of the percentile at 10 %
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub p10: Option<Figure>,
    /// of the median
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub p50: Option<Figure>,
    /// of the percentile at 90 %
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub p90: Option<Figure>,
    /// of the percentile at 95 %
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub p95: Option<Figure>,
    /// of the ratio of the means
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub ratio_of_means: Option<Figure>,
}

/// 95 % intervals of percentiles: the low end and the high end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Intervals {
    /// of the percentile at 5 %
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p5: Option<[Figure; 2]>,
    /// of the percentile at 10 %
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p10: Option<[Figure; 2]>,
    /// of the median
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p50: Option<[Figure; 2]>,
    /// of the percentile at 90 %
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p90: Option<[Figure; 2]>,
    /// of the percentile at 95 %
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p95: Option<[Figure; 2]>,
}

/// How likely a target is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TargetSummary {
    /// what to reach, or of a cost, what to stay within
    pub target: Figure,
    /// the chance that it is met, and its 95 % interval
    #[serde(flatten)]
    pub chance: ChanceSummary,
    /// share of draws that have the outcome
    pub defined: Figure,
    /// how far the outcome falls short on average
    pub mean_shortfall: Figure,
    /// and on average over the draws that miss
    pub mean_shortfall_given_miss: Figure,
}

/// A probability and its 95 % interval, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChanceSummary {
    /// the share of draws
    pub probability: Figure,
    /// the low end
    pub low: Figure,
    /// the high end
    pub high: Figure,
}

/// A mean and its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EstimateSummary {
    /// the mean
    pub mean: Figure,
    /// its standard error; none with few draws
    pub se: Figure,
}

/// A correlation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CorrelationSummary {
    /// the paths of the two inputs
    pub between: [String; 2],
    /// what was asked for
    pub rank: Figure,
    /// what the draws have
    pub attained: Figure,
}

impl From<&Stats> for SpreadSummary {
    fn from(stats: &Stats) -> Self {
        Self {
            mean: figure(stats.mean),
            sd: figure(stats.sd),
            percentiles: stats.percentiles.map(figure),
            defined: figure(stats.defined),
        }
    }
}

impl From<&Stats> for OutcomeSummary {
    /// A percentile has a standard error or, in its place, a 95 % interval.
    fn from(stats: &Stats) -> Self {
        let percentiles = stats.errors.map(|errors| errors.percentiles);
        let mut se = stats.errors.map(|errors| StandardErrors {
            mean: figure(errors.mean),
            p5: standard_error(errors.percentiles.p5),
            p10: standard_error(errors.percentiles.p10),
            p50: standard_error(errors.percentiles.p50),
            p90: standard_error(errors.percentiles.p90),
            p95: standard_error(errors.percentiles.p95),
            ratio_of_means: None,
        });
        if let Some(error) = stats.ratio_of_means.and_then(|ratio| ratio.error) {
            // Where too few draws have a value of their own, the ratio of all draws may still have an error.
            se.get_or_insert_default().ratio_of_means = Some(figure(error));
        }
        Self {
            spread: stats.into(),
            cvar10: figure(stats.cvar10),
            se,
            interval: percentiles.and_then(Intervals::of),
            ratio_of_means: stats.ratio_of_means.map(|ratio| figure(ratio.ratio)),
            over_all: stats.over_all.map(|all| all.percentiles.map(figure)),
        }
    }
}

fn standard_error(error: PercentileError) -> Option<Figure> {
    match error {
        PercentileError::Batches(error) => Some(figure(error)),
        PercentileError::Interval { .. } => None,
    }
}

impl Intervals {
    /// Of the percentiles that have one; none where none has.
    fn of(errors: Percentiles<PercentileError>) -> Option<Self> {
        let ends = |error| match error {
            PercentileError::Batches(_) => None,
            PercentileError::Interval { low, high } => Some([figure(low), figure(high)]),
        };
        let Percentiles { p5, p10, p25: _, p50, p75: _, p90, p95 } = errors.map(ends);
        let intervals = Self { p5, p10, p50, p90, p95 };
        (intervals != Self::default()).then_some(intervals)
    }
}

impl From<&TargetForecast> for TargetSummary {
    fn from(target: &TargetForecast) -> Self {
        Self {
            target: figure(target.target),
            chance: target.chance.into(),
            defined: figure(target.defined),
            mean_shortfall: figure(target.mean_shortfall),
            mean_shortfall_given_miss: figure(target.mean_shortfall_given_miss),
        }
    }
}

impl From<Chance> for ChanceSummary {
    fn from(chance: Chance) -> Self {
        Self { probability: figure(chance.probability), low: figure(chance.low), high: figure(chance.high) }
    }
}

impl From<&Correlation> for CorrelationSummary {
    fn from(correlation: &Correlation) -> Self {
        Self {
            between: correlation.between.clone(),
            rank: figure(correlation.rank),
            attained: figure(correlation.attained),
        }
    }
}
