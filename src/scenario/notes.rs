//! What a plan takes as certain, or leaves out, and a planner should know.

use crate::inputs::LongTable;
use crate::model::channels::{Channel, Route};
use crate::model::open_deals::Pipeline;
use crate::model::plan::Plan;
use crate::model::rules::Rule;

use super::Simulation;

/// Something that a reader of the forecast should know about its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// no input is uncertain: only luck varies
    NothingUncertain,
    /// ranges stated by percentiles are taken at face value
    RangesAtFaceValue,
    /// weeks stray by nothing but chance: no market volatility, no variation of a channel
    NoVariation,
    /// every win has the same value
    ValuesDoNotStray,
    /// a channel buys several insertions or events, each of which brings as much as the first
    RepeatsWithoutWearout {
        /// the channel
        channel: String,
        /// about how many it buys
        pieces: u32,
    },
    /// leads want hours, and nobody is there in the horizon to give them
    EmptyTeam,
    /// a number without a percent sign was probably meant in percent
    LikelyPercent {
        /// its path in the file
        path: String,
        /// the number, as one writes it
        written: String,
        /// what that is in percent
        percent: String,
    },
    /// a key acts on nothing, after a variant or a setting
    WithoutEffect {
        /// the key or table
        what: String,
        /// without what
        why: &'static str,
    },
    /// a rule judges channels by their deals every so many weeks, which is before most of them close
    RuleBeforeDealsClose {
        /// the weeks of the rule
        every: usize,
        /// the mean cycle, in tenths of a week
        cycle_tenths: u32,
    },
    /// what is spent on a response channel works most in a week that no longer counts
    PeakBeyondLags {
        /// the channel
        channel: String,
    },
    /// a week's spend goes beyond the last point of a response curve by points
    BeyondPoints {
        /// the channel
        channel: String,
    },
    /// files of draws have one name and stand in different folders: their rows are drawn apart
    FilesOfOneName(Vec<String>),
    /// rows of a file of open deals are closed already, and left out
    ClosedDealsLeftOut {
        /// the file, as written
        file: String,
        /// how many
        deals: usize,
    },
    /// the rows of a file of draws are of different things
    RowsOfDifferentThings {
        /// the file, as written
        file: String,
        /// its column of names
        table: LongTable,
    },
    /// after the horizon the next plan takes so many percent of the team's hours
    TailLoad {
        /// the weeks of the horizon
        weeks: usize,
        /// of 100 hours
        percent: u8,
    },
    /// reps cost nothing
    RepsWithoutCost,
    /// profit has no value
    NoGrossMargin,
    /// hours are short in so many of 100 draws while leads wait for ever
    HoursBindAndLeadsNeverLeave(u8),
    /// draws are too many to keep: percentiles come from fine histograms
    Sketched {
        /// how many there are
        draws: u64,
        /// how many of them, the first ones, all other figures come from
        exact: u64,
    },
    /// some week would bring more than can be counted
    BeyondCount {
        /// in so many draws
        draws: u64,
    },
    /// many draws with one value keep two inputs from moving together as closely as asked
    CorrelationLowered {
        /// the names of the two
        between: [String; 2],
        /// the rank correlation asked for and that attained, in hundredths
        hundredths: [i8; 2],
    },
}

impl Note {
    /// The notes that a plan calls for before it is simulated.
    #[must_use]
    pub fn of(plan: &Plan, simulation: &Simulation) -> Vec<Self> {
        let parts = &plan.parts;
        let from_quantiles = parts.inputs.list().iter().any(|input| input.from_quantiles);
        let varies = parts.market.is_volatile() || parts.channels.iter().any(|channel| !channel.variation.is_zero());
        let horizon = 0..parts.horizon.weeks;
        let nobody =
            !parts.sales.reps.iter().any(|reps| reps.count > 0 && horizon.clone().any(|week| reps.are_there(week)));
        let unpaid = |reps: &crate::model::team::Reps| {
            reps.count > 0 && horizon.clone().any(|week| reps.are_there(week)) && reps.cost_per_week.is_zero()
        };
        let mut notes = Vec::new();
        let mut note = |holds: bool, note: Self| {
            if holds {
                notes.push(note);
            }
        };
        note(parts.inputs.list().is_empty(), Self::NothingUncertain);
        note(from_quantiles && !simulation.widen_is_stated, Self::RangesAtFaceValue);
        note(!varies && !parts.channels.is_empty(), Self::NoVariation);
        note(!parts.deals.values_stray(), Self::ValuesDoNotStray);
        let pieces = |channel: &Channel| channel.kind.piece().filter(|piece| !piece.wears_out);
        for (channel, piece) in parts.channels.iter().filter_map(|channel| Some((channel, pieces(channel)?))) {
            let pieces = (channel.budget() / piece.cost.median(&parts.inputs) + 1e-9).floor();
            let (channel, pieces_told) = (channel.label.clone(), pieces.min(1e6) as u32);
            note(pieces >= 2.0, Self::RepeatsWithoutWearout { channel, pieces: pieces_told });
        }
        note(nobody && parts.sales.leads_cost_hours(), Self::EmptyTeam);
        if let Some(hasty) = hasty_rule(plan) {
            note(true, hasty);
        }
        for channel in &parts.channels {
            let late = channel.kind.peaks_beyond_its_lags(&parts.inputs);
            note(late, Self::PeakBeyondLags { channel: channel.label.clone() });
            let beyond = channel.goes_beyond_its_points(&parts.inputs);
            note(beyond, Self::BeyondPoints { channel: channel.label.clone() });
        }
        for group in &parts.deals.open {
            if let Pipeline::Listed { file, closed, .. } = &group.deals {
                note(*closed > 0, Self::ClosedDealsLeftOut { file: file.clone(), deals: *closed });
            }
        }
        let has_tail = parts.horizon.tail > 0 && parts.sales.reps.iter().any(|reps| reps.count > 0);
        let percent = (100.0 * parts.horizon.tail_load.median(&parts.inputs)).round() as u8;
        note(has_tail && parts.sales.leads_cost_hours(), Self::TailLoad { weeks: parts.horizon.weeks, percent });
        note(parts.sales.reps.iter().any(unpaid), Self::RepsWithoutCost);
        note(parts.finance.gross_margin.is_none(), Self::NoGrossMargin);
        notes
    }
}

/// The rule that looks soonest at the deals of channels that the team sells for, if their mean cycle is longer.
fn hasty_rule(plan: &Plan) -> Option<Note> {
    let parts = &plan.parts;
    let cycle = parts.sales.cycle_weeks.median(&parts.inputs);
    let by_team = |channel: &usize| parts.channels[*channel].route == Route::Sales;
    let judged = parts.rules.iter().filter_map(Rule::judges_deals);
    let every = judged
        .filter(|(among, every)| among.iter().any(by_team) && cycle > *every as f64)
        .map(|(_, every)| every)
        .min()?;
    Some(Note::RuleBeforeDealsClose { every, cycle_tenths: (cycle * 10.0).round() as u32 })
}
