//! From weekly spend and clicks to what clicks cost and how many there are.
//!
//! ```text
//! with shares of impressions:  D = clicks/share,   c = spend/(−D ln(1 − share))      week by week, on the log scale
//! without:                     share ~ logit-normal(50 %, 1),   D = clicks/share,   c = (spend/clicks)·share/(−ln(1 − share))
//! ```
//! D are the clicks that could be had a week, c the price of the first of them: a plan's `clicks_available` and
//! `cost_per_click`. The more of the clicks one buys, the dearer they get.

use crate::records::{AdWeek, AdWeeks};
use crate::transcendental::{exp, ln, powi};

use super::DRAWS;
use super::chance::{Chance, share};
use super::learnt::{Drift, Learnt, Written};
use super::sources::{PlanChannel, channel_of};

/// What reports of ads are learnt from, and for.
#[derive(Clone, Copy, Debug)]
pub struct AdQuestion<'a> {
    /// the weeks of each report
    pub reports: &'a [AdWeeks],
    /// the channels of the plan
    pub channels: &'a [PlanChannel],
    /// the words that the map gives for channels
    pub said: &'a [(String, Vec<String>)],
}

/// So many of the last weeks tell today's level.
const WEEKS: usize = 13;
/// Fewer weeks with clicks tell nothing.
const FEWEST_WEEKS: usize = 4;
/// What is assumed of the next quarter, on the log scale.
const PRICE_DRIFT: f64 = 0.1;
const VOLUME_DRIFT: f64 = 0.35;

/// Learns the price and the number of clicks of every pay-per-click channel that states them, and what a reader must know.
#[must_use]
pub fn learn_from_ads(question: &AdQuestion<'_>) -> (Vec<Learnt>, Vec<String>) {
    let (mut learnt, mut warnings) = (Vec::new(), Vec::new());
    for (at, channel) in question.channels.iter().enumerate() {
        let weeks = weeks_of(question, at);
        if channel.kind != "ppc" || weeks.is_empty() {
            continue;
        }
        if channel.states_today {
            warnings.push(format!(
                "{} states `today`, which stands for price and clicks: put cost_per_click and clicks_available in its \
                 place, and they are learnt.",
                crate::text::capital(&channel.label)
            ));
            continue;
        }
        let last = &weeks[weeks.len().saturating_sub(WEEKS)..];
        let used: Vec<&AdWeek> = last.iter().filter(|week| week.clicks > 0.0 && week.spend > 0.0).collect();
        if used.len() < FEWEST_WEEKS {
            warnings
                .push(format!("{} has clicks in too few weeks to learn from.", crate::text::capital(&channel.label)));
            continue;
        }
        let mut chance = Chance::of(&format!("clicks of channel {at}"));
        let shared: Vec<(f64, f64)> = used.iter().filter_map(|week| by_share(week)).collect();
        let (draws, remark) = if 2 * shared.len() > used.len() && shared.len() >= FEWEST_WEEKS {
            (with_shares(&shared, &mut chance), String::new())
        } else {
            (without_shares(&used, &mut chance), "share of impressions unknown, 50% assumed: export it".to_owned())
        };
        let figure = |key: &str, label: &str, draws: Vec<f64>, drift: f64, written: Written| Learnt {
            path: format!("channels.{}.{key}", channel.name),
            label: format!("{label}, {}", channel.label),
            draws,
            from: format!("{} of spend and clicks", crate::text::count(used.len() as f64, "week")),
            method: "weekly price and clicks from spend, clicks and share of impressions, mean of the last weeks on the log scale",
            prior: "any level; where shares are unknown, 50%, 2 times of 3 between 27% and 73%",
            drift: Drift::Assumed(drift),
            remark: remark.clone(),
            written,
        };
        let (prices, clicks) = draws.into_iter().unzip();
        learnt.push(figure("cost_per_click", "price of the first clicks", prices, PRICE_DRIFT, Written::Money));
        learnt.push(figure("clicks_available", "clicks available a week", clicks, VOLUME_DRIFT, Written::Number));
    }
    (learnt, warnings)
}

/// The weeks of a channel, its campaigns added up.
fn weeks_of(question: &AdQuestion<'_>, channel: usize) -> Vec<AdWeek> {
    let mut weeks: std::collections::BTreeMap<i32, AdWeek> = std::collections::BTreeMap::new();
    for report in question.reports {
        for (campaign, own) in &report.campaigns {
            if channel_of(campaign, question.channels, question.said) != Some(channel) {
                continue;
            }
            for week in own {
                match weeks.get_mut(&week.week) {
                    Some(sum) => {
                        sum.spend += week.spend;
                        sum.clicks += week.clicks;
                        sum.available = sum.available.zip(week.available).map(|(a, b)| a + b);
                    }
                    None => drop(weeks.insert(week.week, week.clone())),
                }
            }
        }
    }
    weeks.into_values().collect()
}

/// ln of the price of the first clicks, and ln of the clicks there are, of a week with a share.
fn by_share(week: &AdWeek) -> Option<(f64, f64)> {
    let available = week.available?;
    let share = week.clicks / available;
    (share > 0.0 && share < 0.99).then(|| (ln(week.spend / (-available * ln(1.0 - share))), ln(available)))
}

/// Draws of the mean of both logs, which stray together.
fn with_shares(weeks: &[(f64, f64)], chance: &mut Chance) -> Vec<(f64, f64)> {
    let n = weeks.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| weeks.iter().map(of).sum::<f64>() / n;
    let (price, clicks) = (mean(&|week| week.0), mean(&|week| week.1));
    let of_price = mean(&|week| powi(week.0 - price, 2)) * n / (n - 1.0);
    let of_clicks = mean(&|week| powi(week.1 - clicks, 2)) * n / (n - 1.0);
    let of_both = mean(&|week| (week.0 - price) * (week.1 - clicks)) * n / (n - 1.0);
    let slope = if of_price > 0.0 { of_both / of_price } else { 0.0 };
    let rest = (of_clicks - slope * of_both).max(0.0);
    let draw = |_| {
        // Few weeks: the mean is Student's t.
        let x = (of_price / n).sqrt() * chance.student(n - 1.0);
        let y = slope * x + (rest / n).sqrt() * chance.student(n - 1.0);
        let price = price + x + PRICE_DRIFT * chance.normal();
        (exp(price), exp(clicks + y + VOLUME_DRIFT * chance.normal()))
    };
    (0..DRAWS).map(draw).collect()
}

/// Draws where nothing says what share of the clicks was bought.
fn without_shares(weeks: &[&AdWeek], chance: &mut Chance) -> Vec<(f64, f64)> {
    let n = weeks.len() as f64;
    let clicks = weeks.iter().map(|week| week.clicks).sum::<f64>() / n;
    let paid = weeks.iter().map(|week| week.spend).sum::<f64>() / n / clicks;
    let draw = |_| {
        let bought = share(chance.normal()).clamp(0.01, 0.94);
        let price = paid * bought / -ln(1.0 - bought) * exp(PRICE_DRIFT * chance.normal());
        (price, clicks / bought * exp(VOLUME_DRIFT * chance.normal()))
    };
    (0..DRAWS).map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A week as the plan's own channel gives it: D = 1,000 clicks at 2.00, 55 % of them bought, cost 2·1000·(−ln .45).
    #[test]
    fn price_and_clicks_of_a_channel_are_found_again() {
        let spend = -2.0 * 1000.0 * 0.45_f64.ln();
        let week = AdWeek { week: 0, spend, clicks: 550.0, available: Some(1000.0) };
        let (price, clicks) = by_share(&week).expect("a share");
        assert!((price - 2.0_f64.ln()).abs() < 1e-12 && (clicks - 1000.0_f64.ln()).abs() < 1e-12);
        // Without the share s: ln D = ln 550 + ln(1 + e^−x), x normal; its mean is taken at even quantiles of x.
        let at = |i: u32| crate::random::normal_quantile((f64::from(i) + 0.5) / 1000.0);
        let expected = 550.0_f64.ln() + (0..1000).map(|i| (-at(i)).exp().ln_1p()).sum::<f64>() / 1000.0;
        let mut chance = Chance::of("test");
        let draws = without_shares(&[&week], &mut chance);
        let mean = draws.iter().map(|draw| draw.1.ln()).sum::<f64>() / DRAWS as f64;
        // ln D has a standard deviation of about .62: its mean over 4,096 draws is known to .0097. Shares are kept below
        // 94 %, which moves the mean by less than .0002.
        assert!((mean - expected).abs() < 4.0 * 0.0097 + 0.0002, "{mean} {expected}");
    }
}
