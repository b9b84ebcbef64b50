//! Open deals: how many of them will be won, and when, deal by deal.
//!
//! ```text
//! ever won   p = (1−ζ)π(1−F(a)) / open(a)         of age a; open(a) as in the model of closing
//! within H   p · (F(a+H) − F(a)) / (1−F(a))
//! ```
//! Deals of like age make a group of the plan. A group has the mean chance of its deals, and the mean time for which the
//! plan's own lognormal delay closes by the end of the horizon the share that these deals do.

use crate::random::{normal_quantile, normal_share};
use crate::transcendental::{exp, ln};

use super::DRAWS;
use super::chance::{Chance, share};
use super::closing::ClosingFit;

/// An open deal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenDeal {
    /// its channel, as in the fit
    pub channel: usize,
    /// its age in days
    pub age: f64,
    /// what it is quoted at
    pub amount: Option<f64>,
}

/// Open deals of like age.
#[derive(Clone, Debug)]
pub struct OpenGroup {
    /// the ages of the youngest and the oldest, in days
    pub ages: (f64, f64),
    /// how many
    pub count: usize,
    /// the mean of what they are quoted at, where any is
    pub mean_amount: Option<f64>,
    /// the mean chance to be won, draw by draw
    pub close_rate: Vec<f64>,
    /// the mean weeks to the close, draw by draw
    pub weeks_to_close: Vec<f64>,
}

/// The spread of one factor on the odds of all open deals: next quarter is not like the last ones.
pub(super) const ODDS_DRIFT: f64 = 0.4;

/// Fewer deals make no group of their own.
const FEWEST: usize = 5;

/// Of a deal in a draw: the chance to be won at all, and that to be won within so many days.
pub(super) fn chances(fit: &ClosingFit, draw: usize, deal: &OpenDeal, days: f64) -> (f64, f64) {
    let left = |mean: f64, sd: f64, age: f64| normal_share((mean - ln(age)) / sd);
    let chance = share(fit.eta[deal.channel][draw]);
    let (mean, sd) = (fit.won_mean[draw], fit.won_sd[draw]);
    let now = left(mean, sd, deal.age);
    let then = left(mean, sd, deal.age + days);
    let open = if fit.losses_dated {
        let never = fit.never[draw];
        let lost_left = left(fit.lost_mean[draw], fit.lost_sd[draw], deal.age);
        (never / (1.0 - never)) + chance * now + (1.0 - chance) * lost_left
    } else {
        (1.0 - chance) + chance * now
    };
    let ever = (chance * now / open).clamp(0.0, 1.0);
    let within = if now > 0.0 { ever * (1.0 - then / now) } else { 0.0 };
    (ever, within)
}

/// Shifts the odds of a chance by a factor e^`by`.
pub(super) fn shifted(chance: f64, by: f64) -> f64 {
    let factor = exp(by);
    chance * factor / (1.0 - chance + chance * factor)
}

/// Groups open deals by age, three groups at most; `odds_drift` is the spread of one factor on the odds of all.
pub(super) fn groups(fit: &ClosingFit, deals: &[OpenDeal], weeks: usize, odds_drift: f64) -> Vec<OpenGroup> {
    let mut deals = deals.to_vec();
    deals.sort_by(|a, b| a.age.total_cmp(&b.age).then(a.channel.cmp(&b.channel)));
    let parts = (deals.len() / FEWEST).clamp(1, 3);
    let mut chance = Chance::of("pipeline");
    let drift: Vec<f64> = (0..DRAWS).map(|_| odds_drift * chance.normal()).collect();
    (0..parts)
        .map(|part| &deals[part * deals.len() / parts..(part + 1) * deals.len() / parts])
        .filter(|group| !group.is_empty())
        .map(|group| OpenGroup::of(fit, group, weeks, &drift))
        .collect()
}

impl OpenGroup {
    fn of(fit: &ClosingFit, deals: &[OpenDeal], weeks: usize, drift: &[f64]) -> Self {
        let amounts: Vec<f64> = deals.iter().filter_map(|deal| deal.amount).collect();
        // Half a week less: the plan rounds the time to whole weeks.
        let horizon = weeks as f64 - 0.5;
        // Deals of one channel and age are alike.
        let mut alike: Vec<(OpenDeal, f64)> = Vec::new();
        for deal in deals {
            match alike.last_mut() {
                Some((last, count)) if last.channel == deal.channel && last.age == deal.age => *count += 1.0,
                _ => alike.push((*deal, 1.0)),
            }
        }
        let (mut close_rate, mut weeks_to_close) = (Vec::with_capacity(DRAWS), Vec::with_capacity(DRAWS));
        for (draw, by) in drift.iter().enumerate() {
            let (mut ever, mut within) = (0.0, 0.0);
            for (deal, count) in &alike {
                let (own_ever, own_within) = chances(fit, draw, deal, 7.0 * horizon);
                let moved = shifted(own_ever, *by);
                ever += count * moved;
                within += count * if own_ever > 0.0 { moved * own_within / own_ever } else { 0.0 };
            }
            close_rate.push(ever / deals.len() as f64);
            let z = normal_quantile((if ever > 0.0 { within / ever } else { 0.5 }).clamp(1e-4, 1.0 - 1e-4));
            let sd = fit.won_sd[draw];
            weeks_to_close.push(exp(ln(horizon) - z * sd + 0.5 * sd * sd).min(MOST_WEEKS));
        }
        Self {
            ages: (deals[0].age, deals[deals.len() - 1].age),
            count: deals.len(),
            mean_amount: (!amounts.is_empty()).then(|| amounts.iter().sum::<f64>() / amounts.len() as f64),
            close_rate,
            weeks_to_close,
        }
    }
}

/// A mean time beyond this is no time of a plan: ten years.
const MOST_WEEKS: f64 = 520.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn certain(eta: f64, never: f64, losses_dated: bool) -> ClosingFit {
        let all = |x: f64| vec![x; DRAWS];
        ClosingFit {
            eta: vec![all(eta)],
            won_mean: all(3.0),
            won_sd: all(0.8),
            lost_mean: all(2.5),
            lost_sd: all(0.9),
            never: all(never),
            step: all(0.0),
            losses_dated,
            tail_shape: 0.0,
            effective: DRAWS as f64,
        }
    }

    /// By hand, at the median of the cycle (e³ days): F = ½, so of π = ¼ open deals p = ⅛ / ⅞ = 1/7.
    #[test]
    fn an_open_deal_has_the_chance_that_is_left() {
        let fit = certain((0.25_f64 / 0.75).ln(), 0.0, false);
        let deal = OpenDeal { channel: 0, age: 3.0_f64.exp(), amount: None };
        let (ever, within) = chances(&fit, 0, &deal, 1e9);
        assert!((ever - 1.0 / 7.0).abs() < 1e-12 && (within - ever).abs() < 1e-9);
        let fresh = OpenDeal { age: 1e-9, ..deal };
        assert!((chances(&fit, 0, &fresh, 30.0).0 - 0.25).abs() < 1e-9);
        // All losers are still open at age 0, and nobody closes a tenth of all: p = 0.9 π.
        let dated = certain((0.25_f64 / 0.75).ln(), 0.1, true);
        assert!((chances(&dated, 0, &fresh, 30.0).0 - 0.225).abs() < 1e-9);
    }

    /// The plan's delay closes in the horizon what these deals do.
    #[test]
    fn a_group_closes_in_the_horizon_what_its_deals_do() {
        let fit = certain(-1.0, 0.0, false);
        let deals: Vec<OpenDeal> =
            [3.5, 20.5, 80.5].map(|age| OpenDeal { channel: 0, age, amount: Some(100.0 + age) }).to_vec();
        let group = OpenGroup::of(&fit, &deals, 13, &[0.0]);
        let (mut ever, mut within) = (0.0, 0.0);
        for deal in &deals {
            let own = chances(&fit, 0, deal, 12.5 * 7.0);
            ever += own.0;
            within += own.1;
        }
        assert!((group.close_rate[0] - ever / 3.0).abs() < 1e-12);
        let log_mean = group.weeks_to_close[0].ln() - 0.5 * 0.64;
        let closes = normal_share((12.5_f64.ln() - log_mean) / 0.8);
        assert!((closes - within / ever).abs() < 1e-9);
        assert_eq!((group.count, group.ages), (3, (3.5, 80.5)));
    }
}
