//! What `summary.json` of a run holds, as types: written from them, and read back into them by whoever embeds the library.
//!
//! A figure that does not exist is null. Keys that not every figure has are left out where it lacks them.

use serde::{Deserialize, Deserializer, Serialize};

use crate::engine::{Chance, Correlation, PercentileError, Percentiles, Stats, TargetForecast};

pub use super::named::Named;

/// A number; none for what does not exist, such as a cost of one win without a win.
pub type Figure = Option<f64>;

/// A number, if it is one.
pub(super) fn figure(number: f64) -> Figure {
    number.is_finite().then_some(number)
}

/// A key that may be missing, and where it is there, may be null.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Figure>, D::Error> {
    Figure::deserialize(deserializer).map(Some)
}

/// `summary.json` of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// the version of this format
    pub version: u32,
    /// what was run
    pub scenario: ScenarioSummary,
    /// draws
    pub runs: u64,
    /// the seed
    pub seed: u64,
    /// how long it took
    pub seconds: Figure,
    /// every outcome, by its key
    pub outcomes: Named<OutcomeSummary>,
    /// every target, by the key of its outcome
    pub targets: Named<TargetSummary>,
    /// every source of leads and deals, by its name
    pub channels: Named<ChannelSummary>,
    /// every weekly figure, by its key: week by week, horizon then tail
    pub weeks: Named<Vec<SpreadSummary>>,
    /// every uncertain input, by its path
    pub inputs: Named<SpreadSummary>,
    /// every correlation that was asked for
    pub correlations: Vec<CorrelationSummary>,
    /// what limits the plan
    pub limits: LimitsSummary,
    /// how precise it has become, where that was asked for
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<PrecisionSummary>,
    /// the figures that the plan rests on, where they were looked at
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rests_on: Option<RestsOnSummary>,
    /// what a reader should know
    pub notes: Vec<String>,
}

/// How precise a forecast has become.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PrecisionSummary {
    /// the margin that was asked for, as a share
    pub asked: Figure,
    /// the widest margin of all
    pub reached: Figure,
    /// the key of the outcome that has it
    pub outcome: Option<String>,
    /// and what of it: `mean`, `p10`, `p50`, `p90`, or the `chance` of its target
    pub statistic: Option<String>,
    /// why there are no more draws: `precise`, `most_runs` or `out_of_time`
    pub end: String,
    /// draws that a tenth of the margin would take
    pub runs_for_a_tenth: Figure,
}

/// The uncertain figures that move a plan most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RestsOnSummary {
    /// the key of the outcome that they move
    pub outcome: String,
    /// up to three, the largest swing first; only those that can be told from nothing
    pub inputs: Vec<SwingSummary>,
}

/// How far an outcome moves with an uncertain input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SwingSummary {
    /// the path of the input
    pub path: String,
    /// where the input is among its lowest fifth of draws
    pub low: SwingEnd,
    /// where it is among its highest fifth
    pub high: SwingEnd,
    /// the mean of the outcome where it is high, less that where it is low
    pub difference: EstimateSummary,
    /// whether that can be told from nothing
    pub clear: bool,
    /// paths of the inputs that are drawn together with it, whose effect is in it
    pub drawn_with: Vec<String>,
    /// Spearman's rank correlation of the input and the outcome, where it was asked for
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub rank_correlation: Option<Figure>,
}

/// One end of an input's range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SwingEnd {
    /// where the fifth ends: the input's P20 or P80
    pub bound: Figure,
    /// the mean of the outcome in it
    pub mean: Figure,
}

/// What a scenario is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScenarioSummary {
    /// its name
    pub name: String,
    /// the name of its file
    pub file: String,
    /// the hash of all that was read
    pub hash: String,
    /// weeks of the horizon
    pub weeks: usize,
    /// weeks after it
    pub tail_weeks: usize,
    /// the first day, as YYYY-MM-DD
    pub start: Option<String>,
    /// the currency
    pub currency: String,
    /// what differs from the file
    pub changed: Vec<ChangeSummary>,
    /// the variant, if it is one
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

/// A value that differs from the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChangeSummary {
    /// its path
    pub path: String,
    /// what it is now, as written
    pub value: String,
    /// what the file has
    pub was: Option<String>,
}

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

/// A source of leads and deals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChannelSummary {
    /// its figures, by their keys
    #[serde(flatten)]
    pub figures: Named<OutcomeSummary>,
    /// what more money would bring, for a channel that can spend some
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marginal: Option<MarginalSummary>,
}

/// What more money in a channel would bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MarginalSummary {
    /// the money that was added
    pub added: Figure,
    /// what of it was spent, on average
    pub absorbed: Figure,
    /// whether that is one more insertion or event
    pub one_more: bool,
    /// the money that `gain` is told for
    pub per: Figure,
    /// what that brings
    pub gain: GainSummary,
    /// other budgets
    pub curve: Vec<BudgetSummary>,
}

/// What another budget would change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BudgetSummary {
    /// the budget
    pub budget: Figure,
    /// what it changes
    pub gain: GainSummary,
}

/// What a change brings on average.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GainSummary {
    /// in revenue
    pub revenue: EstimateSummary,
    /// in profit with what follows; none without a gross margin
    pub profit_with_tail: Option<EstimateSummary>,
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

/// Shares of draws by what limits them, and what it would bring to lift a limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LimitsSummary {
    /// the team's hours
    pub hours: Figure,
    /// of them, those in which hours for leads are the shorter, where leads and opportunities have desks of their own
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_leads: Option<Figure>,
    /// and those in which hours for opportunities are
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_opportunities: Option<Figure>,
    /// delivery
    pub delivery: Figure,
    /// demand
    pub demand: Figure,
    /// the budget
    pub budget: Figure,
    /// a tenth more of each that the plan may lack
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relief: Option<ReliefSummary>,
    /// what was asked beside that
    #[serde(flatten)]
    pub more: Option<MoreSummary>,
}

/// What a tenth more of something would bring.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReliefSummary {
    /// of the team's hours
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<GainSummary>,
    /// of delivery
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<GainSummary>,
    /// of demand
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demand: Option<GainSummary>,
    /// of the budget
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<GainSummary>,
    /// of the close rate
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close_rate: Option<GainSummary>,
}

/// One more rep, and the draws behind what a little more would bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MoreSummary {
    /// one more rep; none where nobody is named. Of several groups, the one in which they bring most
    pub one_more_rep: Option<RepSummary>,
    /// one more rep of each group, where leads and opportunities have desks of their own
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub one_more_rep_of_each: Vec<RepSummary>,
    /// draws of the plan and of each that it was compared with
    pub relief_draws: u64,
    /// draws of the plan and of each with another budget of a channel's `curve`
    pub curve_draws: u64,
    /// what a tenth of the reps' time costs in the horizon
    pub pay_of_hours: Figure,
}

/// What one more rep would bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RepSummary {
    /// the group that they join
    pub group: String,
    /// what they bring
    pub gain: GainSummary,
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
