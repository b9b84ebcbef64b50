//! As many draws as a wanted precision takes, in blocks.

use std::time::Instant;

use crate::model::outcomes::{OutcomeId, Unit};
use crate::scenario::Scenario;
use crate::transcendental::powi;

use super::forecast::{Forecast, summarize_sketched};
use super::growing::{GrowingRun, Keeping};
use super::progress::{PartOf, Progress, Stopped};
use super::strata::BLOCK;
use super::summary::Stats;

/// The outcomes whose mean, P10, P50 and P90 are to be precise, as far as a plan has them.
pub const PRECISE_OUTCOMES: [&str; 5] = ["revenue", "profit", "profit_with_tail", "wins", "leads"];

/// Draws after which the precision is looked at for the first time.
const FIRST: u64 = 4 * BLOCK as u64;

/// By so much the draws grow at most before the precision is looked at again: the first margins are rough.
const MOST_GROWTH: u64 = 4;

/// Between two looks at the clock.
const BLOCKS_BY_THE_CLOCK: u64 = 8;

/// How precise a forecast is to be.
#[derive(Clone, Copy, Debug)]
pub struct Precision {
    /// half the length of every 95 % interval: of a chance in absolute terms, of other figures as a share of the outcome's
    /// mean or, where that is larger, of its standard deviation; above 0. Counts need not be closer than 1.
    pub share: f64,
    /// draws that are not to be exceeded
    pub most_runs: u64,
    /// when to stop in any case; what comes then depends on the machine
    pub until: Option<Instant>,
    /// what is kept of the draws
    pub keeping: Keeping,
}

/// How precise a forecast has become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// as was asked for
    pub asked: f64,
    /// of the figure that is least precise
    pub widest: f64,
    /// that figure; none where no figure has an error, as with too few draws
    pub figure: Option<PreciseFigure>,
    /// draws
    pub runs: u64,
    /// why there are no more
    pub end: End,
}

/// A figure that is to be precise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreciseFigure {
    /// the outcome
    pub outcome: OutcomeId,
    /// what of it
    pub statistic: Statistic,
}

/// What of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// its mean
    Mean,
    /// its P10
    P10,
    /// its P50
    P50,
    /// its P90
    P90,
    /// the chance of its target
    Chance,
}

/// Why a run has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// it is as precise as was asked for
    Precise,
    /// it has as many draws as it may
    MostRuns,
    /// its time is over
    OutOfTime,
}

impl Reached {
    /// The draws that a precision would take, going by what these have: margins fall with the root of their number.
    #[must_use]
    pub fn runs_for(&self, share: f64) -> f64 {
        self.runs as f64 * powi(self.widest / share, 2)
    }
}

/// Goes on until a forecast is as precise as asked for. It is that of asking for this number of draws, to the last bit.
///
/// # Errors
///
/// [`Stopped`] when `progress` said so.
pub fn forecast_to_precision(
    scenario: &Scenario,
    precision: Precision,
    seed: u64,
    progress: &dyn Progress,
) -> Result<(Forecast, Reached), Stopped> {
    let first = FIRST.min(precision.most_runs);
    let watch = &PartOf(progress);
    progress.begin(first, first);
    let spec = Forecast::spec(scenario, first, seed);
    let mut run = GrowingRun::begin(&scenario.plan, &spec, precision.keeping, &scenario.targets);
    run.extend(first, watch)?;
    let mut in_time = true;
    loop {
        let (widest, figure) = widest(scenario, &run);
        let runs = run.count();
        let end = match widest {
            widest if widest <= precision.share => End::Precise,
            _ if !in_time => End::OutOfTime,
            _ if runs >= precision.most_runs => End::MostRuns,
            widest => {
                let next = further(runs, widest / precision.share).min(precision.most_runs);
                progress.begin(next, next);
                in_time = go_on(&mut run, next, precision.until, watch)?;
                continue;
            }
        };
        let reached = Reached { asked: precision.share, widest, figure, runs, end };
        let (ask, draws) = run.finish();
        return Ok((Forecast::of(scenario, &ask, draws), reached));
    }
}

/// Goes on to so many draws, or until the time is over. Was there enough of it?
fn go_on(run: &mut GrowingRun<'_>, to: u64, until: Option<Instant>, progress: &dyn Progress) -> Result<bool, Stopped> {
    let Some(until) = until else {
        run.extend(to, progress)?;
        return Ok(true);
    };
    while run.count() < to {
        if Instant::now() >= until {
            return Ok(false);
        }
        run.extend(to.min(run.count() + BLOCKS_BY_THE_CLOCK * BLOCK as u64), progress)?;
    }
    Ok(true)
}

/// The next look at the precision, where margins are so many times as wide as they may be: whole blocks, a little more than
/// the root of the number of draws says.
fn further(runs: u64, times: f64) -> u64 {
    let block = BLOCK as u64;
    let wanted = runs as f64 * (times * times).min(MOST_GROWTH as f64) * 1.02;
    ((wanted / block as f64).ceil() as u64 * block).max(runs + block)
}

/// The largest of all margins, and the figure that has it.
fn widest(scenario: &Scenario, run: &GrowingRun<'_>) -> (f64, Option<PreciseFigure>) {
    let mut widest = (0.0, None);
    let mut take = |margin: f64, outcome: OutcomeId, statistic: Statistic| {
        if margin > widest.0 || widest.1.is_none() {
            widest = (margin, Some(PreciseFigure { outcome, statistic }));
        }
    };
    for id in PRECISE_OUTCOMES.iter().filter_map(|key| OutcomeId::named(key)) {
        let stats = summarize_sketched(id, run.column(id), 0, run.sketch_of(id));
        if stats.defined == 0.0 || stats.errors.is_none() && stats.defined < 1.0 {
            continue;
        }
        for (statistic, margin) in margins(id, &stats) {
            take(margin, id, statistic);
        }
    }
    for (at, &(id, _)) in scenario.targets.iter().enumerate() {
        let chance = run.target(at).chance;
        take(0.5 * (chance.high - chance.low), id, Statistic::Chance);
    }
    widest
}

/// The margins of an outcome, in its own measure; endless where there are too few draws for one.
fn margins(id: OutcomeId, stats: &Stats) -> [(Statistic, f64); 4] {
    let size = stats.mean.abs().max(stats.sd);
    // Nobody counts in parts of a win.
    let least = if id.outcome().unit == Unit::Count { 1.0 } else { 0.0 };
    let of = |margin: Option<f64>| match margin {
        None => f64::INFINITY,
        Some(margin) if margin <= least || size == 0.0 => 0.0,
        Some(margin) => margin / size,
    };
    [
        (Statistic::Mean, of(stats.headline_margin())),
        (Statistic::P10, of(stats.margin(0.10))),
        (Statistic::P50, of(stats.margin(0.50))),
        (Statistic::P90, of(stats.margin(0.90))),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_look_is_at_whole_blocks_and_not_too_far_off() {
        assert_eq!(further(4_096, 1.0), 5_120);
        // 4,096·1.5²·1.02 = 9,400: ten blocks are 10,240.
        assert_eq!(further(4_096, 1.5), 10_240);
        assert_eq!(further(4_096, 90.0), 17_408);
        assert_eq!(further(4_096, f64::INFINITY), 17_408);
    }

    #[test]
    fn ten_times_the_precision_takes_a_hundred_times_the_draws() {
        let reached = Reached { asked: 0.01, widest: 0.02, figure: None, runs: 10_240, end: End::MostRuns };
        assert!((reached.runs_for(0.01) - 40_960.0).abs() < 1e-6);
        assert!((reached.runs_for(0.001) - 4_096_000.0).abs() < 1e-3);
    }
}
