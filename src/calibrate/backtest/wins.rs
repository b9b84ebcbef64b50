//! Wins of the weeks ahead, of all records and of those that were open at the cut.

use std::collections::BTreeMap;

use crate::calibrate::chance::{Chance, share};
use crate::calibrate::closing::{ClosingFit, ClosingRecords, ClosingTerms, fit, rate_drift};
use crate::calibrate::pipeline::{ODDS_DRIFT, OpenDeal, chances, shifted};
use crate::calibrate::recording::{Recorded, Stock};
use crate::calibrate::volume::fit_volume;
use crate::random::{binomial, normal_share, poisson};
use crate::records::{Day, Deal, Deals, Outcome};
use crate::transcendental::ln;

use super::bars::Past;
use super::score::{Asked, Scored};
use super::{FORECAST_DRAWS, PastSpread, Target, Way, past_spread, steps};

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

/// A cut needs so many weeks of records before it, and so many wins.
const FEWEST_WEEKS: i32 = 26;
const FEWEST_WINS: usize = 20;

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

/// Scores the model and the bars at every cut. How far what came strayed from the forecasts of earlier cuts widens or
/// narrows those of later ones.
#[must_use]
pub fn backtest(asked: &Backtest<'_>) -> Vec<Scored> {
    let mut scored = Vec::new();
    for cut in cuts(asked) {
        AtCut::of(asked, cut).score(&mut scored);
    }
    scored
}

/// How wide forecasts of all wins should have been, by up to `most` of the latest cuts that share no weeks.
pub(in crate::calibrate) fn own_spread(asked: &Backtest<'_>, most: usize) -> PastSpread {
    let apart = Backtest { every: asked.horizon, ..*asked };
    let cuts = cuts(&apart);
    let mut scored = Vec::new();
    for &cut in &cuts[cuts.len().saturating_sub(most)..] {
        let own = AtCut::of(&apart, cut);
        let weeks = asked.horizon;
        if let Some(draws) = own.all_wins().and_then(|mut steps| steps.pop()) {
            let asked = Asked { cut, weeks, target: Target::Wins, way: Way::Model };
            scored.push(Scored::of(asked, own.came(Target::Wins, weeks), draws));
        }
    }
    past_spread(scored.iter(), Day(asked.last.0 + 1))
}

/// What was known at a cut.
struct AtCut<'a> {
    asked: &'a Backtest<'a>,
    cut: Day,
    known: Deals,
    /// records that the fit is of
    fitted: Deals,
    /// records from before closes were recorded
    stock: Option<Stock>,
    steps: Vec<usize>,
}

impl<'a> AtCut<'a> {
    fn of(asked: &'a Backtest<'a>, cut: Day) -> Self {
        let known = asked.deals.as_known_on(Day(cut.0 - 1));
        let Recorded { since: fitted, before: stock } = Recorded::of(&known);
        Self { asked, cut, known, fitted, stock, steps: steps(asked.horizon) }
    }

    fn score(&self, scored: &mut Vec<Scored>) {
        let won_on = |deal: &Deal| match deal.outcome {
            Outcome::Won(day) => Some((day, 1.0)),
            _ => None,
        };
        let weekly = weekly(&self.known, self.cut, won_on);
        let models = [(Target::Wins, self.all_wins()), (Target::OfOpen, Some(self.open_wins()))];
        for (target, draws) in models {
            for (&weeks, mut draws) in self.steps.iter().zip(draws.into_iter().flatten()) {
                let own = |own: &&Scored| own.way == Way::Model && own.target == target && own.weeks == weeks;
                past_spread(scored.iter().filter(own), self.cut).widen(&mut draws);
                let asked = Asked { cut: self.cut, weeks, target, way: Way::Model };
                scored.push(Scored::of(asked, self.came(target, weeks), draws));
            }
        }
        for &weeks in &self.steps {
            let past = Past { weekly: &weekly, weeks, counts: true };
            for (way, draws) in past.bars() {
                let asked = Asked { cut: self.cut, weeks, target: Target::Wins, way };
                scored.extend(draws.map(|draws| Scored::of(asked, self.came(Target::Wins, weeks), draws)));
            }
        }
    }

    /// The wins that came in the first weeks after the cut.
    fn came(&self, target: Target, weeks: usize) -> f64 {
        let end = Day(self.cut.0 + 7 * weeks as i32);
        let counts = |deal: &&Deal| {
            matches!(deal.outcome, Outcome::Won(day) if day >= self.cut && day < end)
                && (target == Target::Wins || deal.created < self.cut)
        };
        self.asked.deals.list.iter().filter(counts).count() as f64
    }

    /// Which channel a record is of; the last stands for those of no source.
    fn channel_of(&self, deal: &Deal) -> usize {
        deal.source.unwrap_or(self.known.sources.len())
    }

    fn channels(&self) -> usize {
        self.known.sources.len() + 1
    }

    fn fit(&self, drifting: bool) -> ClosingFit {
        let records = ClosingRecords::of(&self.fitted, self.channels(), |deal| self.channel_of(deal));
        fit(&records, ClosingTerms { usual_rate: self.asked.usual_rate, drifting, draws: FORECAST_DRAWS })
    }

    /// Open records by channel and age, and how many they are.
    fn open(&self) -> Vec<(OpenDeal, f64)> {
        let mut cells = BTreeMap::new();
        for deal in self.fitted.list.iter().filter(|deal| deal.outcome == Outcome::Open) {
            // Ages by the week beyond a quarter: chances hardly move within one.
            let age = self.known.as_of.0 - deal.created.0;
            let age = if age > 91 { age / 7 * 7 + 3 } else { age };
            *cells.entry((self.channel_of(deal), age)).or_insert(0.0) += 1.0;
        }
        let deal = |((channel, age), count)| (OpenDeal { channel, age: f64::from(age) + 0.5, amount: None }, count);
        cells.into_iter().map(deal).collect()
    }

    /// Wins of all records, those to come included: draws for each step.
    fn all_wins(&self) -> Option<Vec<Vec<f64>>> {
        let fit = self.fit(true);
        let volume = fit_volume(&weekly(&self.known, self.cut, |deal| Some((deal.created, 1.0))))?;
        let open = self.open();
        let mix = self.recent_mix();
        let mut chance = Chance::of("backtest");
        let mut steps = vec![Vec::with_capacity(FORECAST_DRAWS); self.steps.len()];
        for draw in 0..FORECAST_DRAWS {
            let drift = rate_drift(fit.step[draw], self.asked.horizon) * chance.normal();
            let rate = |channel: usize| share(fit.eta[channel][draw] + drift) * (1.0 - fit.never[draw]);
            let mean_rate: f64 = mix.iter().enumerate().map(|(channel, share)| share * rate(channel)).sum();
            let leads = volume.ahead(self.asked.horizon, &mut chance);
            let of_stock = self.stock_rate(&mut chance);
            let luck = [chance.inner(), chance.inner()];
            let of_open = OpenWins::of(&fit, draw, &open, drift, &self.steps);
            for ((&weeks, draws), of_open) in self.steps.iter().zip(&mut steps).zip(of_open) {
                let days = 7.0 * weeks as f64;
                let expected: f64 = leads[..weeks]
                    .iter()
                    .enumerate()
                    .map(|(week, leads)| {
                        let left = days - 7.0 * week as f64 - 3.5;
                        leads * mean_rate * normal_share((ln(left) - fit.won_mean[draw]) / fit.won_sd[draw])
                    })
                    .sum();
                let expected = expected + of_stock * weeks as f64;
                draws.push(of_open.draw(luck[0]) + poisson(expected.min(1e7), luck[1]) as f64);
            }
        }
        Some(steps)
    }

    /// Where the records of the last eight weeks came from, as shares.
    fn recent_mix(&self) -> Vec<f64> {
        let mut mix = vec![0.0; self.channels()];
        let recent = self.known.list.iter().filter(|deal| deal.created.0 >= self.cut.0 - 56);
        recent.for_each(|deal| mix[self.channel_of(deal)] += 1.0);
        let total: f64 = mix.iter().sum();
        mix.iter_mut().for_each(|count| *count /= total.max(1.0));
        mix
    }

    /// Wins a week of records from before closes were recorded: a trickle, whose age and past nobody knows.
    fn stock_rate(&self, chance: &mut Chance) -> f64 {
        let Some(stock) = self.stock else { return 0.0 };
        let weeks = f64::from(self.cut.0 - stock.first_close.0) / 7.0;
        chance.gamma(0.5 + stock.wins as f64, weeks + 2.0)
    }

    /// Wins of what is open: cohorts taken together, one factor on the odds of all.
    fn open_wins(&self) -> Vec<Vec<f64>> {
        let fit = self.fit(false);
        let open = self.open();
        let mut chance = Chance::of("backtest of open records");
        let mut steps = vec![Vec::with_capacity(FORECAST_DRAWS); self.steps.len()];
        for draw in 0..FORECAST_DRAWS {
            let drift = ODDS_DRIFT * chance.normal();
            let of_stock = self.stock_rate(&mut chance);
            let luck = [chance.inner(), chance.inner()];
            let own = OpenWins::of(&fit, draw, &open, drift, &self.steps);
            for ((&weeks, draws), own) in self.steps.iter().zip(&mut steps).zip(own) {
                draws.push(own.draw(luck[0]) + poisson(of_stock * weeks as f64, luck[1]) as f64);
            }
        }
        steps
    }
}

/// Wins of open records up to a step, in one draw: the mean and the variance of a sum of binomial numbers.
#[derive(Clone, Copy, Debug, Default)]
struct OpenWins {
    mean: f64,
    variance: f64,
}

impl OpenWins {
    fn of(fit: &ClosingFit, draw: usize, open: &[(OpenDeal, f64)], drift: f64, steps: &[usize]) -> Vec<Self> {
        let mut sums = vec![Self::default(); steps.len()];
        for (deal, count) in open {
            for (sum, &weeks) in sums.iter_mut().zip(steps) {
                let (ever, within) = chances(fit, draw, deal, 7.0 * weeks as f64);
                let moved = if ever > 0.0 { (shifted(ever, drift) * within / ever).clamp(0.0, 1.0) } else { 0.0 };
                sum.mean += count * moved;
                sum.variance += count * moved * (1.0 - moved);
            }
        }
        sums
    }

    /// A number of the binomial distribution of the same mean and variance, which a sum of binomial numbers is close to
    /// (Ehm, Statistics & Probability Letters 11, 1991).
    fn draw(self, luck: f64) -> f64 {
        if self.mean <= 0.0 {
            return 0.0;
        }
        let chance = (1.0 - self.variance / self.mean).clamp(1e-9, 1.0);
        let trials = (self.mean / chance).round().max(1.0);
        binomial(trials as u64, (self.mean / trials).min(1.0), luck) as f64
    }
}

/// Figures by week up to a cut, weeks ending with the day before it; what is cut off of the first week is left out. `told` is
/// the day and the figure of a record.
pub(super) fn weekly(deals: &Deals, cut: Day, told: impl Fn(&Deal) -> Option<(Day, f64)>) -> Vec<f64> {
    let first = deals.list.iter().map(|deal| deal.created).min().unwrap_or(cut);
    let weeks = usize::try_from((cut.0 - first.0) / 7).unwrap_or(0);
    let mut sums = vec![0.0; weeks];
    for (day, figure) in deals.list.iter().filter_map(told) {
        let back = usize::try_from((cut.0 - 1 - day.0).max(0) / 7).unwrap_or(0);
        if back < weeks {
            sums[weeks - 1 - back] += figure;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_counted_back_from_the_cut() {
        let deal = |day: i32| Deal { id: None, source: None, created: Day(day), outcome: Outcome::Open, amount: None };
        let deals = Deals { list: [3, 85, 92, 93, 99].map(deal).to_vec(), ..Deals::default() };
        let counts = weekly(&deals, Day(100), |deal| Some((deal.created, 1.0)));
        assert_eq!((counts.len(), counts[12], counts[11], counts[10]), (13, 2.0, 1.0, 1.0));
    }

    /// Ten records at ½ and ten that are certain: mean 15, variance 2.5, as a binomial number of 18 trials of 5/6.
    #[test]
    fn wins_of_open_records_have_the_mean_and_variance_of_their_sum() {
        let own = OpenWins { mean: 15.0, variance: 2.5 };
        let draws: Vec<f64> = (0..10_000).map(|i| own.draw((f64::from(i) + 0.5) / 10_000.0)).collect();
        let mean = draws.iter().sum::<f64>() / 10_000.0;
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 10_000.0;
        assert!((mean - 15.0).abs() < 1e-3 && (variance - 2.5).abs() < 1e-2, "{mean} {variance}");
        assert_eq!(OpenWins::default().draw(0.5), 0.0);
    }
}
