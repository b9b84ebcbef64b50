//! Would it have been right? At past days, the forecast of wins from what was known then, against what came, beside
//! forecasts that take no model.

use crate::random::{binomial, poisson};
use crate::records::{Day, Deal, Deals, Outcome};
use crate::transcendental::{ln, powi};

use super::chance::{Chance, share};
use super::closing::{ClosingRecords, ClosingTerms, fit};
use super::learnt::percentile;
use super::pipeline::{ODDS_DRIFT, OpenDeal, chances, shifted};
use super::volume::fit_volume;
use super::weekly::totals_ahead;

/// What is asked of the past.
#[derive(Clone, Copy, Debug)]
pub struct Backtest<'a> {
    /// records: leads or deals with the day they came and what became of them
    pub deals: &'a Deals,
    /// the last day on which new records were still added
    pub last: Day,
    /// how many weeks ahead
    pub horizon: usize,
    /// weeks from one cut to the next
    pub every: usize,
    /// the first cut; else the first day with enough records
    pub from: Option<Day>,
    /// what such records usually close at
    pub usual_rate: f64,
}

/// What is forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// all wins of the weeks ahead
    Wins,
    /// wins of records that were open at the cut
    OfOpen,
    /// the total of a weekly result
    Result,
}

/// A way to forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// this model
    Model,
    /// as many as in the same time before
    LastWeeks,
    /// as many as in the same weeks of the year before
    LastYear,
    /// simple exponential smoothing of weekly wins
    Smoothing,
}

impl Way {
    /// What it is called.
    #[must_use]
    pub fn name(self, horizon: usize) -> String {
        match self {
            Self::Model => "this model".into(),
            Self::LastWeeks => format!("the last {horizon} weeks again"),
            Self::LastYear => "the same weeks last year".into(),
            Self::Smoothing => "exponential smoothing".into(),
        }
    }
}

/// A forecast at a cut, and what came.
#[derive(Clone, Debug)]
pub struct Scored {
    /// the day of the cut
    pub cut: Day,
    /// what was forecast
    pub target: Target,
    /// how
    pub way: Way,
    /// what came
    pub actual: f64,
    /// P10, P50, P90
    pub levels: [f64; 3],
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

/// A cut needs so many weeks of records before it, and so many wins.
const FEWEST_WEEKS: i32 = 26;
const FEWEST_WINS: usize = 20;

/// Draws of a forecast.
const FORECAST_DRAWS: usize = 1_000;

/// The cuts that records allow.
#[must_use]
pub fn cuts(asked: &Backtest<'_>) -> Vec<Day> {
    let Some(first) = asked.deals.list.iter().map(|deal| deal.created).min() else { return Vec::new() };
    let ahead = 7 * asked.horizon as i32;
    let enough = |cut: Day| {
        let known = asked.deals.list.iter().filter(|deal| matches!(deal.outcome, Outcome::Won(day) if day <= cut));
        cut.0 - first.0 >= 7 * FEWEST_WEEKS && known.count() >= FEWEST_WINS
    };
    // Mondays: the day before a cut is the last that is known.
    let start = asked.from.unwrap_or(Day::monday(first.week() + 1));
    let step = 7 * asked.every.max(1) as i32;
    (0..)
        .map(|i| Day(start.0 + step * i))
        .take_while(|cut| cut.0 + ahead <= asked.last.0 + 1)
        .filter(|cut| asked.from.is_some() || enough(Day(cut.0 - 1)))
        .collect()
}

/// A weekly result of which the past is asked.
#[derive(Clone, Copy, Debug)]
pub struct WeeklyBacktest<'a> {
    /// the number of each week, in order
    pub weeks: &'a [i32],
    /// the result of each
    pub results: &'a [f64],
    /// how many weeks ahead
    pub horizon: usize,
    /// weeks from one cut to the next
    pub every: usize,
}

/// A weekly result is forecast from this many weeks on: two of each season.
pub const FEWEST_RESULTS: usize = 104;

/// Scores totals of a weekly result at every cut from the third year on.
#[must_use]
pub fn backtest_weeks(asked: &WeeklyBacktest<'_>) -> Vec<Scored> {
    let cuts = (FEWEST_RESULTS..).step_by(asked.every.max(1));
    let cuts = cuts.take_while(|cut| cut + asked.horizon <= asked.results.len());
    cuts.flat_map(|cut| {
        let (known, ahead) = (&asked.results[..cut], &asked.results[cut..cut + asked.horizon]);
        let actual = ahead.iter().sum();
        let last: f64 = known[cut - asked.horizon..].iter().sum();
        let year_ago = (asked.horizon <= 52).then(|| known[cut - 52..cut - 52 + asked.horizon].iter().sum());
        let day = Day::monday(asked.weeks[cut]);
        [
            (Way::Model, totals_ahead(known, asked.horizon, FORECAST_DRAWS)),
            (Way::LastWeeks, Some(vec![last])),
            (Way::LastYear, year_ago.map(|sum: f64| vec![sum])),
            (Way::Smoothing, smoothing(known, asked.horizon)),
        ]
        .into_iter()
        .filter_map(|(way, draws)| Some(Scored::of(day, Target::Result, way, actual, draws?)))
        .collect::<Vec<_>>()
    })
    .collect()
}

/// Scores the model and the bars at every cut.
#[must_use]
pub fn backtest(asked: &Backtest<'_>) -> Vec<Scored> {
    cuts(asked).into_iter().flat_map(|cut| at_cut(asked, cut)).collect()
}

fn at_cut(asked: &Backtest<'_>, cut: Day) -> Vec<Scored> {
    let last_known = Day(cut.0 - 1);
    let known = asked.deals.as_known_on(last_known);
    let end = Day(cut.0 + 7 * asked.horizon as i32);
    let ahead = |deal: &&Deal| matches!(deal.outcome, Outcome::Won(day) if day >= cut && day < end);
    let came = asked.deals.list.iter().filter(ahead);
    let (mut all, mut of_open) = (0.0, 0.0);
    for deal in came {
        all += 1.0;
        of_open += f64::from(u8::from(deal.created < cut));
    }
    let mut scored = Vec::new();
    let mut add = |target, way, actual, draws: Option<Vec<f64>>| {
        if let Some(draws) = draws {
            scored.push(Scored::of(cut, target, way, actual, draws));
        }
    };
    let wins = weekly(&known, cut, |deal| match deal.outcome {
        Outcome::Won(day) => Some(day),
        _ => None,
    });
    add(Target::Wins, Way::Model, all, forecast(asked, &known, cut));
    add(Target::OfOpen, Way::Model, of_open, forecast_open(asked, &known));
    add(Target::Wins, Way::LastWeeks, all, last_weeks(&wins, asked.horizon));
    add(Target::Wins, Way::LastYear, all, last_year(&wins, asked.horizon));
    add(Target::Wins, Way::Smoothing, all, smoothing(&wins, asked.horizon));
    scored
}

/// Counts by week up to a cut, weeks ending with the day before it; what is cut off of the first week is left out.
fn weekly(deals: &Deals, cut: Day, day_of: impl Fn(&Deal) -> Option<Day>) -> Vec<f64> {
    let first = deals.list.iter().map(|deal| deal.created).min().unwrap_or(cut);
    let weeks = usize::try_from((cut.0 - first.0) / 7).unwrap_or(0);
    let mut counts = vec![0.0; weeks];
    for day in deals.list.iter().filter_map(day_of) {
        let back = usize::try_from((cut.0 - 1 - day.0).max(0) / 7).unwrap_or(0);
        if back < weeks {
            counts[weeks - 1 - back] += 1.0;
        }
    }
    counts
}

fn channels_of(deals: &Deals) -> (usize, impl Fn(&Deal) -> usize) {
    let others = deals.sources.len();
    (others + 1, move |deal: &Deal| deal.source.unwrap_or(others))
}

fn as_open(deals: &Deals, channel_of: impl Fn(&Deal) -> usize) -> Vec<(OpenDeal, u64)> {
    let mut cells = std::collections::BTreeMap::new();
    for deal in deals.list.iter().filter(|deal| deal.outcome == Outcome::Open) {
        // Ages by the week beyond a quarter: chances hardly move within one.
        let age = deals.as_of.0 - deal.created.0;
        let age = if age > 91 { age / 7 * 7 + 3 } else { age };
        *cells.entry((channel_of(deal), age)).or_insert(0) += 1;
    }
    let deal = |((channel, age), count)| (OpenDeal { channel, age: f64::from(age) + 0.5, amount: None }, count);
    cells.into_iter().map(deal).collect()
}

/// Wins of all records, those to come included.
fn forecast(asked: &Backtest<'_>, known: &Deals, cut: Day) -> Option<Vec<f64>> {
    let (channels, channel_of) = channels_of(known);
    let records = ClosingRecords::of(known, channels, &channel_of);
    let terms = ClosingTerms { usual_rate: asked.usual_rate, drifting: true, draws: FORECAST_DRAWS };
    let fit = fit(&records, terms);
    let volume = fit_volume(&weekly(known, cut, |deal| Some(deal.created)))?;
    let open = as_open(known, &channel_of);
    // Where the last eight weeks' records came from.
    let mut mix = vec![0.0; channels];
    let recent = known.list.iter().filter(|deal| deal.created.0 >= cut.0 - 56);
    recent.for_each(|deal| mix[channel_of(deal)] += 1.0);
    let total: f64 = mix.iter().sum();
    let mut chance = Chance::of("backtest");
    let days = 7.0 * asked.horizon as f64;
    let draws = (0..FORECAST_DRAWS).map(|draw| {
        let drift = super::deals::RATE_DRIFT * chance.normal();
        let mut wins = 0.0;
        for (deal, count) in &open {
            let (ever, within) = chances(&fit, draw, deal, days);
            let moved = if ever > 0.0 { shifted(ever, drift) * within / ever } else { 0.0 };
            wins += binomial(*count, moved.clamp(0.0, 1.0), chance.inner()) as f64;
        }
        let rate = |channel: usize| share(fit.eta[channel][draw] + drift) * (1.0 - fit.never[draw]);
        let mean_rate: f64 = (0..channels).map(|channel| mix[channel] * rate(channel)).sum::<f64>() / total.max(1.0);
        let mut expected = 0.0;
        for (week, leads) in volume.ahead(asked.horizon, &mut chance).into_iter().enumerate() {
            let left = days - 7.0 * week as f64 - 3.5;
            let closed = crate::random::normal_share((ln(left) - fit.won_mean[draw]) / fit.won_sd[draw]);
            expected += leads * mean_rate * closed;
        }
        wins + poisson(expected.min(1e7), chance.inner()) as f64
    });
    Some(draws.collect())
}

/// Wins of what is open: cohorts taken together, one factor on the odds of all.
fn forecast_open(asked: &Backtest<'_>, known: &Deals) -> Option<Vec<f64>> {
    let (channels, channel_of) = channels_of(known);
    let records = ClosingRecords::of(known, channels, &channel_of);
    let terms = ClosingTerms { usual_rate: asked.usual_rate, drifting: false, draws: FORECAST_DRAWS };
    let fit = fit(&records, terms);
    let open = as_open(known, &channel_of);
    let mut chance = Chance::of("backtest of open records");
    let days = 7.0 * asked.horizon as f64;
    let draws = (0..FORECAST_DRAWS).map(|draw| {
        let drift = ODDS_DRIFT * chance.normal();
        let won = open.iter().map(|(deal, count)| {
            let (ever, within) = chances(&fit, draw, deal, days);
            let moved = if ever > 0.0 { shifted(ever, drift) * within / ever } else { 0.0 };
            binomial(*count, moved.clamp(0.0, 1.0), chance.inner()) as f64
        });
        won.sum()
    });
    Some(draws.collect())
}

/// A Poisson number about what came before.
fn about(mean: f64) -> Vec<f64> {
    let mean = mean.max(0.5);
    (0..FORECAST_DRAWS).map(|i| poisson(mean, (i as f64 + 0.5) / FORECAST_DRAWS as f64) as f64).collect()
}

fn last_weeks(wins: &[f64], horizon: usize) -> Option<Vec<f64>> {
    (wins.len() >= horizon).then(|| about(wins[wins.len() - horizon..].iter().sum()))
}

fn last_year(wins: &[f64], horizon: usize) -> Option<Vec<f64>> {
    let from = wins.len().checked_sub(52)?;
    Some(about(wins.get(from..from + horizon)?.iter().sum()))
}

/// Simple exponential smoothing; its weight is that of the least squared error of one week ahead.
fn smoothing(weekly: &[f64], horizon: usize) -> Option<Vec<f64>> {
    if weekly.len() < 8 {
        return None;
    }
    let run = |weight: f64| {
        let mut level = weekly[..4].iter().sum::<f64>() / 4.0;
        let mut squares = 0.0;
        for count in weekly {
            squares += powi(count - level, 2);
            level += weight * (count - level);
        }
        (squares, level, weight)
    };
    let best = (1..100).map(|i| run(f64::from(i) / 100.0)).min_by(|a, b| a.0.total_cmp(&b.0))?;
    let (squares, level, weight) = best;
    let variance = squares / weekly.len() as f64;
    // The sum of h weeks: a shock of week j stays in the level of the h − j after it.
    let of_sum: f64 = (0..horizon).map(|left| powi(1.0 + weight * left as f64, 2)).sum::<f64>() * variance;
    let at = |i: usize| crate::random::normal_quantile((i as f64 + 0.5) / FORECAST_DRAWS as f64);
    Some((0..FORECAST_DRAWS).map(|i| (horizon as f64 * level + of_sum.sqrt() * at(i)).max(0.0)).collect())
}

impl Scored {
    fn of(cut: Day, target: Target, way: Way, actual: f64, mut draws: Vec<f64>) -> Self {
        draws.sort_by(f64::total_cmp);
        let levels = [0.1, 0.5, 0.9].map(|p| percentile(&draws, p));
        let below = draws.partition_point(|draw| *draw < actual);
        let at_most = draws.partition_point(|draw| *draw <= actual);
        let rank = (below + at_most) as f64 / (2.0 * draws.len() as f64);
        Self { cut, target, way, actual, levels, crps: crps(&draws, actual), rank }
    }

    /// Did what came lie within P10 to P90?
    #[must_use]
    pub fn holds(&self) -> bool {
        self.levels[0] <= self.actual && self.actual <= self.levels[2]
    }
}

/// The continuous ranked probability score of sorted draws: `E|X − x| − ½ E|X − X'|`.
fn crps(sorted: &[f64], actual: f64) -> f64 {
    let n = sorted.len() as f64;
    let distance: f64 = sorted.iter().map(|x| (x - actual).abs()).sum::<f64>() / n;
    let between: f64 =
        sorted.iter().enumerate().map(|(i, x)| (2.0 * (i as f64 + 1.0) - n - 1.0) * x).sum::<f64>() * 2.0 / (n * n);
    distance - 0.5 * between
}

/// The scores of one way for one target; none where it made no forecast.
#[must_use]
pub fn score(scored: &[Scored], target: Target, way: Way) -> Option<Score> {
    let own: Vec<&Scored> = scored.iter().filter(|own| own.target == target && own.way == way).collect();
    let n = own.len() as f64;
    let mean = |of: &dyn Fn(&Scored) -> f64| own.iter().map(|one| of(one)).sum::<f64>() / n;
    (!own.is_empty()).then(|| Score {
        cuts: own.len(),
        crps: mean(&|one| one.crps),
        coverage: mean(&|one| f64::from(u8::from(one.holds()))),
        error: mean(&|one| (one.levels[1] - one.actual).abs()) / mean(&|one| one.actual).max(1e-9),
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

    #[test]
    fn weeks_are_counted_back_from_the_cut() {
        let deal = |day: i32| Deal { id: None, source: None, created: Day(day), outcome: Outcome::Open, amount: None };
        let deals = Deals { list: [3, 85, 92, 93, 99].map(deal).to_vec(), ..Deals::default() };
        let counts = weekly(&deals, Day(100), |deal| Some(deal.created));
        assert_eq!((counts.len(), counts[12], counts[11], counts[10]), (13, 2.0, 1.0, 1.0));
    }
}
