//! `summary.json` of a run.

use serde::{Deserialize, Serialize};

use crate::model::outcomes::Limits;

use super::{
    CorrelationSummary, EstimateSummary, Figure, Named, OutcomeSummary, ScenarioSummary, SpreadSummary, TargetSummary,
    figure, present,
};

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

impl LimitsSummary {
    /// What limits a plan, in shares of its draws.
    pub(in crate::report) fn of(shares: Limits<f64>) -> Self {
        let Limits { hours, delivery, demand, budget, .. } = shares.map(figure);
        Self { hours, hours_leads: None, hours_opportunities: None, delivery, demand, budget, relief: None, more: None }
    }
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
