//! The chance of the targets, what one can count on, and how often the plan loses money.

use crate::engine::{Forecast, TargetForecast, quantile};
use crate::model::outcomes::{OutcomeId, Unit};
use crate::text::{capital, listed, lower, percent, with_error};

use super::super::outcome_words::meets;
use super::Told;

/// What one can count on: this share of the futures reaches it.
const COUNTED_ON: f64 = 0.8;

impl Told<'_> {
    /// The chance of the targets, what one can count on, and how often the plan loses money.
    pub(super) fn outlook(&self, forecast: &Forecast) -> String {
        let targets = &forecast.targets;
        let mut clauses = Vec::new();
        match targets.as_slice() {
            [] => {}
            [one] => clauses.push(self.chance(one)),
            [one, other] => clauses.push(format!("{} and {}", self.chance(one), lower(&self.chance(other)))),
            several => {
                let by_chance =
                    |a: &&TargetForecast, b: &&TargetForecast| a.chance.probability.total_cmp(&b.chance.probability);
                let hardest = several.iter().min_by(by_chance).unwrap_or(&several[0]);
                clauses.push(format!("{}, the hardest of {} targets", self.chance(hardest), several.len()));
            }
        }
        // Of a cost of one piece that is missing in too many draws there is nothing to count on.
        let counted_on = self
            .counted_on(forecast, self.lead(targets), targets.len() != 1)
            .or_else(|| self.lacking(forecast, self.lead(targets)))
            .or_else(|| self.counted_on(forecast, self.lead(&[]), true));
        clauses.extend(counted_on);
        if let Some(losses) = self.losses(forecast) {
            clauses.push(losses);
        }
        match clauses.as_slice() {
            [] => format!("No {} has a figure to count on.", self.future),
            [one] => format!("{}.", capital(one)),
            [first, rest @ ..] => format!("{}; {}.", capital(first), listed(rest, "and")),
        }
    }

    /// "Revenue reaches 85,000 USD in 50% of quarters (49% to 50%)".
    fn chance(&self, target: &TargetForecast) -> String {
        let outcome = target.outcome.outcome();
        let goal = self.figure(outcome.unit, &crate::text::as_written(target.target));
        let chance = &target.chance;
        let [probability, low, high] = [chance.probability, chance.low, chance.high].map(percent);
        let within = match low == probability && high == probability {
            true => String::new(),
            false => format!(" ({low} to {high})"),
        };
        let reaches = meets(outcome);
        format!("{} {reaches} {goal} in {probability} of {}{within}", outcome.title, self.futures)
    }

    /// The outcome that one counts on: a targeted profit, else the first target, else profit, else revenue.
    fn lead(&self, targets: &[TargetForecast]) -> Option<OutcomeId> {
        let of_profit = |id: &OutcomeId| ["profit", "profit_with_tail"].contains(&id.outcome().key);
        let mut aimed = targets.iter().map(|target| target.outcome);
        let usual = if self.has_margin() { "profit" } else { "revenue" };
        aimed.clone().find(of_profit).or_else(|| aimed.next()).or_else(|| OutcomeId::named(usual))
    }

    /// What 8 of 10 futures reach; nothing where more than 2 of 10 lack the figure.
    fn counted_on(&self, forecast: &Forecast, id: Option<OutcomeId>, named: bool) -> Option<String> {
        let id = id?;
        let outcome = id.outcome();
        let column = forecast.draws.column(id)?;
        let (floor, margin) = reached(column, COUNTED_ON, outcome.is_cost())?;
        let unit = |figure: f64| {
            let figure = match outcome.unit {
                // A whole number that as many futures reach.
                Unit::Count if outcome.is_cost() => with_error(figure.ceil(), Some(1.0)),
                Unit::Count => with_error(figure.floor(), Some(1.0)),
                Unit::Money | Unit::Ratio => with_error(figure, margin),
            };
            self.figure(outcome.unit, &figure)
        };
        let title = lower(outcome.title);
        let of = match (named, outcome.unit) {
            (false, _) => String::new(),
            (true, Unit::Count) => format!(" {title}"),
            (true, Unit::Money | Unit::Ratio) => format!(" of {title}"),
        };
        let is_profit = ["profit", "profit_with_tail"].contains(&outcome.key);
        let among = if named { format!("8 of 10 {}", self.futures) } else { "8 of 10".into() };
        if floor <= 0.0 && !is_profit && !outcome.is_cost() {
            let none = column.iter().filter(|&&value| value.is_nan() || value <= 0.0).count();
            let among = if named { format!(" of {}", self.futures) } else { String::new() };
            return Some(format!("{}{among} bring no {title}", percent(none as f64 / column.len() as f64)));
        }
        Some(match outcome.unit {
            _ if outcome.is_cost() => format!("{among} stay at or below {}{of}", unit(floor)),
            _ if is_profit && floor < 0.0 => format!("{among} lose at most {}", unit(-floor)),
            Unit::Money | Unit::Count => format!("{among} bring at least {}{of}", unit(floor)),
            Unit::Ratio => format!("{among} reach at least {}{of}", unit(floor)),
        })
    }

    /// How many futures have nothing to take a ratio of: "32% of quarters have no win".
    fn lacking(&self, forecast: &Forecast, id: Option<OutcomeId>) -> Option<String> {
        let id = id?;
        let (column, per) = (forecast.draws.column(id)?, id.outcome().per);
        let lacking = column.iter().filter(|value| value.is_nan()).count();
        let share = percent(lacking as f64 / column.len().max(1) as f64);
        (lacking > 0 && !per.is_empty()).then(|| format!("{share} of {} have no {per}", self.futures))
    }

    /// How often the plan loses money, with and without what follows; nothing without a margin.
    fn losses(&self, forecast: &Forecast) -> Option<String> {
        let lost = |key: &str| {
            let column = forecast.draws.column(OutcomeId::named(key)?)?;
            let losses = column.iter().filter(|&&profit| profit < 0.0).count();
            (!column.is_empty()).then(|| losses as f64 / column.len() as f64)
        };
        if !self.has_margin() {
            return None;
        }
        let of_plan = lost("profit")?;
        let share = |share: f64| if share == 0.0 { "none".to_owned() } else { percent(share) };
        let mut text = match of_plan {
            0.0 => "none loses money".to_owned(),
            own => format!("{} lose money", percent(own)),
        };
        if self.has_tail() && of_plan > 0.0 {
            text.push_str(&format!(" ({} once what follows is counted)", share(lost("profit_with_tail")?)));
        }
        Some(text)
    }

    fn figure(&self, unit: Unit, figure: &str) -> String {
        match unit {
            Unit::Money => self.currency.with(figure),
            Unit::Count | Unit::Ratio => figure.to_owned(),
        }
    }
}

/// What a share of the draws reaches (of a cost, stays at or below), with the longer arm of its order-statistic interval;
/// a draw without the figure does not.
fn reached(column: &[f64], share: f64, is_cost: bool) -> Option<(f64, Option<f64>)> {
    let (worst, level) = if is_cost { (f64::INFINITY, share) } else { (f64::NEG_INFINITY, 1.0 - share) };
    let mut sorted: Vec<f64> = column.iter().map(|&value| if value.is_nan() { worst } else { value }).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let floor = quantile(&sorted, level);
    if !floor.is_finite() {
        return None;
    }
    let draws = sorted.len() as f64;
    let reach = 1.96 * (level * (1.0 - level) / draws).sqrt();
    let [low, high] = [level - reach, level + reach].map(|level| quantile(&sorted, level.clamp(0.0, 1.0)));
    let margin = (floor - low).max(high - floor);
    Some((floor, Some(margin).filter(|margin| margin.is_finite() && *margin > 0.0)))
}

#[cfg(test)]
mod tests {
    use super::reached;

    #[test]
    fn eight_of_ten_reach_the_floor_and_stay_below_the_ceiling() {
        let column: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!(reached(&column, 0.8, false).map(|(floor, _)| floor.round()), Some(20.0));
        assert_eq!(reached(&column, 0.8, true).map(|(floor, _)| floor.round()), Some(80.0));
        // The interval of ranks: ± 1.96·√(0.16/101) = ± 0.078 of a hundred steps.
        let margin = reached(&column, 0.8, false).and_then(|(_, margin)| margin).expect("a margin");
        assert!((margin - 7.8).abs() < 0.01, "{margin}");
    }

    #[test]
    fn draws_without_the_figure_are_the_worst() {
        let mut column: Vec<f64> = (1..=10).map(f64::from).collect();
        column[9] = f64::NAN;
        assert_eq!(reached(&column, 0.8, true).map(|(ceiling, _)| ceiling.round()), Some(8.0));
        column[8] = f64::NAN;
        column[7] = f64::NAN;
        assert_eq!(reached(&column, 0.8, true), None);
        assert_eq!(reached(&column, 0.8, false), None);
    }
}
