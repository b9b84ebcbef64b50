//! Last quarter as this plan's rates would have made it, beside what came.

use crate::engine::{Forecast, quantile};
use crate::model::outcomes::{OutcomeId, SOURCE_FIGURES};
use crate::transcendental::ln;

/// What came of a quarter, of one channel or of all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Came {
    /// the channel's name; empty for all together
    pub channel: String,
    /// money spent on it
    pub budget: Option<f64>,
    /// leads
    pub leads: Option<f64>,
    /// wins
    pub wins: Option<f64>,
    /// revenue
    pub revenue: Option<f64>,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// revenue of all
    Revenue,
    /// wins of all
    Wins,
    /// leads of all
    Leads,
    /// leads of a channel, by its name
    LeadsOf(String),
    /// wins for each lead
    WinsPerLead,
    /// revenue for each win
    RevenuePerWin,
}

/// What came beside what the plan's rates say.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// what
    pub what: Compared,
    /// what came
    pub came: f64,
    /// P10, P50 and P90 by the plan's rates
    pub low: f64,
    /// the middle
    pub middle: f64,
    /// the high end
    pub high: f64,
}

impl Beside {
    /// Does it lie outside of what 8 of 10 futures bring?
    #[must_use]
    pub fn is_outside(&self) -> bool {
        !(self.low..=self.high).contains(&self.came)
    }

    /// How far it lies from the middle, in standard deviations on the log scale; not a number where nothing came.
    ///
    /// ```text
    /// ln(came/P50) / (ln(P90/P10)/2.563)
    /// ```
    #[must_use]
    pub fn distance(&self) -> f64 {
        let spread = ln(self.high.max(1e-12) / self.low.max(1e-12)) / 2.563;
        ln(self.came.max(1e-12) / self.middle.max(1e-12)) / spread.max(0.02)
    }

    /// Is it a rate, rather than what rates make together?
    fn is_rate(&self) -> bool {
        matches!(self.what, Compared::LeadsOf(_) | Compared::WinsPerLead | Compared::RevenuePerWin)
    }
}

/// Compares what came with a forecast of that quarter; `all` is the sum of `channels`, or what was stated of it.
#[must_use]
pub fn beside(forecast: &Forecast, all: &Came, channels: &[Came]) -> Vec<Beside> {
    let column = |key: &str| OutcomeId::named(key).and_then(|id| forecast.draws.column(id));
    let mut found = Vec::new();
    let mut add = |what: Compared, came: Option<f64>, draws: Option<Vec<f64>>| {
        if let (Some(came), Some(mut draws)) = (came, draws) {
            draws.retain(|value| value.is_finite());
            draws.sort_by(f64::total_cmp);
            if !draws.is_empty() {
                let [low, middle, high] = [0.1, 0.5, 0.9].map(|level| quantile(&draws, level));
                found.push(Beside { what, came, low, middle, high });
            }
        }
    };
    let own = |key: &str| column(key).map(<[f64]>::to_vec);
    let ratio = |over: &str, under: &str| {
        let pairs = column(over)?.iter().zip(column(under)?);
        Some(pairs.map(|(over, under)| over / under).collect::<Vec<f64>>())
    };
    let over = |over: Option<f64>, under: Option<f64>| Some(over? / under.filter(|under| *under > 0.0)?);
    add(Compared::Revenue, all.revenue, own("revenue"));
    add(Compared::Wins, all.wins, own("wins"));
    add(Compared::Leads, all.leads, own("leads"));
    add(Compared::WinsPerLead, over(all.wins, all.leads), ratio("wins", "leads"));
    add(Compared::RevenuePerWin, over(all.revenue, all.wins), ratio("revenue", "wins"));
    let leads = SOURCE_FIGURES.iter().position(|figure| figure.key == "leads").unwrap_or_default();
    for came in channels {
        let source = forecast.sources.iter().find(|(name, _)| *name == came.channel);
        if let (Some((_, figures)), Some(leads_came)) = (source, came.leads) {
            let stats = &figures[leads];
            found.push(Beside {
                what: Compared::LeadsOf(came.channel.clone()),
                came: leads_came,
                low: stats.p10(),
                middle: stats.p50(),
                high: stats.p90(),
            });
        }
    }
    found
}

/// The rate that disagrees most with what came.
#[must_use]
pub fn most_at_odds(beside: &[Beside]) -> Option<&Beside> {
    let rates = beside.iter().filter(|own| own.is_rate());
    rates.max_by(|a, b| a.distance().abs().total_cmp(&b.distance().abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_furthest_from_its_middle_is_at_odds_most() {
        let beside = |what, came: f64, low: f64, middle: f64, high: f64| Beside { what, came, low, middle, high };
        let all = [
            beside(Compared::Revenue, 1.0, 50.0, 100.0, 200.0),
            beside(Compared::LeadsOf("search".into()), 150.0, 50.0, 100.0, 200.0),
            beside(Compared::WinsPerLead, 0.02, 0.05, 0.07, 0.09),
        ];
        assert_eq!(most_at_odds(&all).map(|own| &own.what), Some(&Compared::WinsPerLead));
        assert!(all[2].is_outside() && !all[1].is_outside());
        // ln(1.5)/(ln 4/2.563)
        assert!((all[1].distance() - 0.749_63).abs() < 1e-4, "{}", all[1].distance());
    }
}
