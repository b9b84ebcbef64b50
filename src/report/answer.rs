//! The answer, before any table: the chance of the target and what one can count on; what holds the plan back and what
//! lifting it would bring; where the next money does most. A sentence each.

use crate::analysis::{ChannelReturn, Estimate, Gain, Marginal, STEP};
use crate::engine::{Forecast, TargetForecast, quantile};
use crate::model::outcomes::{OutcomeId, ShortDesk, Unit};
use crate::model::what_if::Scarce;
use crate::scenario::Scenario;
use crate::text::{Currency, capital, count, futures, listed, lower, percent, with_error, with_margin};

use super::outcome_words::meets;
use super::words::{is_unpaid, shown_name};

/// What one can count on: this share of the futures reaches it.
const COUNTED_ON: f64 = 0.8;

/// With fewer draws nothing has a margin.
const FEWEST_TO_TELL: u64 = 64;

/// Channels that are named one by one where they can't be told apart.
const MOST_NAMED: usize = 3;

/// The sentences, in their order.
#[must_use]
pub(super) fn answer(scenario: &Scenario, forecast: &Forecast, marginal: &Marginal) -> Vec<String> {
    let draws = forecast.draws.count();
    if draws == 1 {
        return vec!["A single simulated future can't tell a chance: ask for more --runs.".into()];
    }
    let told = Told::of(scenario, forecast);
    let mut sentences = vec![outlook(scenario, forecast)];
    if draws < FEWEST_TO_TELL {
        sentences.push(format!(
            "{} are too few to tell what holds the plan back, or where more money would help: ask for more --runs.",
            count(draws as f64, &format!("simulated {}", told.future))
        ));
    } else {
        sentences.push(told.limit(marginal));
        sentences.extend(told.next(marginal));
    }
    sentences
}

/// The first of the sentences: the chance of the targets, what one can count on, how often the plan loses money.
#[must_use]
pub(super) fn outlook(scenario: &Scenario, forecast: &Forecast) -> String {
    Told::of(scenario, forecast).outlook(forecast)
}

/// What limits the plan and what a tenth more of it would bring, as short as they can be said.
#[must_use]
pub(super) fn limit_in_short(scenario: &Scenario, forecast: &Forecast, marginal: &Marginal) -> (String, String) {
    if forecast.draws.count() < FEWEST_TO_TELL {
        return ("–".into(), "Too few draws to tell: ask for more --runs".into());
    }
    let told = Told::of(scenario, forecast);
    match told.limits(marginal).as_slice() {
        [] => {
            ("Nothing found".into(), format!("No limit pays to lift, in {}, as far as can be told", told.steered_by()))
        }
        [(what, shift)] => {
            (capital(told.noun(*what)), format!("10% more{} would bring {}", everywhere(*what), told.gain(*shift)))
        }
        alike => {
            let names: Vec<String> = alike.iter().map(|(what, _)| told.noun(*what).to_owned()).collect();
            (capital(&listed(&names, "or")), "They can't be told apart".into())
        }
    }
}

/// How a plan is told of.
struct Told<'s> {
    scenario: &'s Scenario,
    currency: Currency<'s>,
    futures: &'static str,
    future: &'static str,
    /// where leads and opportunities have desks of their own, the one whose hours are shorter more often
    short_desk: Option<ShortDesk>,
}

impl<'s> Told<'s> {
    fn of(scenario: &'s Scenario, forecast: &Forecast) -> Self {
        let weeks = scenario.plan.parts.horizon.weeks;
        Self {
            scenario,
            currency: Currency(&scenario.currency),
            futures: futures(weeks),
            future: crate::text::one_future(weeks),
            short_desk: forecast.short_desk(),
        }
    }

    fn has_margin(&self) -> bool {
        self.scenario.plan.parts.finance.gross_margin.is_some()
    }

    fn has_tail(&self) -> bool {
        self.scenario.plan.parts.horizon.tail > 0
    }

    /// What plans are steered by, in words.
    fn steered_by(&self) -> &'static str {
        match (self.has_margin(), self.has_tail()) {
            (true, true) => "profit (with what follows)",
            (true, false) => "profit",
            (false, _) => "revenue",
        }
    }

    /// A gain in what plans are steered by: "1,600 ± 200 USD of profit".
    fn gain(&self, shift: Estimate) -> String {
        format!("{} of {}", self.sum(shift), self.steered_by())
    }

    fn sum(&self, shift: Estimate) -> String {
        self.currency.with(&with_margin(shift.mean, margin(shift)))
    }

    fn figure(&self, unit: Unit, figure: &str) -> String {
        match unit {
            Unit::Money => self.currency.with(figure),
            Unit::Count | Unit::Ratio => figure.to_owned(),
        }
    }

    /// The chance of the targets, what one can count on, and how often the plan loses money.
    fn outlook(&self, forecast: &Forecast) -> String {
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

    /// What holds the plan back most; several where they can't be told apart, none where nothing pays to lift.
    fn limits(&self, marginal: &Marginal) -> Vec<(Scarce, Estimate)> {
        marginal
            .best_relief
            .iter()
            .map(|&at| (marginal.relief[at].0, marginal.paid(marginal.relief[at].0, &marginal.relief[at].1)))
            .filter(|(what, shift)| self.can_lack(*what) && pays(*shift))
            .collect()
    }

    /// What holds the plan back, and what a tenth more of it would bring.
    fn limit(&self, marginal: &Marginal) -> String {
        match self.limits(marginal).as_slice() {
            [] => {
                let limits: Vec<String> = marginal
                    .relief
                    .iter()
                    .filter(|(what, _)| *what != Scarce::CloseRate && self.can_lack(*what))
                    .map(|(what, _)| self.lifted(*what, marginal))
                    .collect();
                format!(
                    "No limit pays to lift: 10% more {} would not bring more {}, as far as can be told.",
                    listed(&limits, "or"),
                    self.steered_by()
                )
            }
            [(what, shift)] => format!(
                "What holds the plan back most is {}: 10% more{} would bring {}{}.",
                self.noun(*what),
                everywhere(*what),
                self.gain(*shift),
                self.at_what_cost(*what, marginal)
            ),
            alike => {
                let names: Vec<String> = alike.iter().map(|(what, _)| self.noun(*what).to_owned()).collect();
                let sums: Vec<String> = alike.iter().map(|(_, shift)| self.sum(*shift)).collect();
                format!(
                    "What holds the plan back most is {}, which can't be told apart: 10% more would bring {} of {}.",
                    listed(&names, "or"),
                    listed(&sums, "or"),
                    self.steered_by()
                )
            }
        }
    }

    /// What is short, in words.
    fn noun(&self, what: Scarce) -> &'static str {
        match what {
            Scarce::Hours if self.scenario.plan.parts.team_delivers() => {
                "the hours of the team, which sells and delivers"
            }
            Scarce::Hours => match self.short_desk {
                None => "the sales team's hours",
                Some(ShortDesk::Leads) => "the sales team's hours, above all those for leads",
                Some(ShortDesk::Opportunities) => "the sales team's hours, above all those for opportunities",
            },
            Scarce::Delivery => "room for deliveries",
            Scarce::Demand => "demand",
            Scarce::Budget => "budget",
            Scarce::CloseRate => "close rate",
        }
    }

    /// What more of it is, for a row of several.
    fn lifted(&self, what: Scarce, marginal: &Marginal) -> String {
        match what {
            Scarce::Hours if self.has_margin() && marginal.pay_of_hours > 0.0 => "hours (at today's pay)",
            Scarce::Hours => "hours",
            Scarce::Delivery => "deliveries",
            Scarce::Demand | Scarce::Budget | Scarce::CloseRate => self.noun(what),
        }
        .to_owned()
    }

    /// Can it be short in this plan?
    fn can_lack(&self, what: Scarce) -> bool {
        let parts = &self.scenario.plan.parts;
        match what {
            Scarce::Hours => !parts.sales.reps.is_empty(),
            Scarce::Delivery => parts.has_limited_delivery(),
            Scarce::Budget => parts.channels.iter().any(|channel| channel.budget() > 0.0),
            Scarce::Demand | Scarce::CloseRate => true,
        }
    }

    /// What is taken off of what a tenth more would bring, and for hours, what they bring once they are paid.
    fn at_what_cost(&self, what: Scarce, marginal: &Marginal) -> String {
        let parts = &self.scenario.plan.parts;
        match what {
            Scarce::Budget if self.has_margin() => ", its cost taken off".into(),
            Scarce::Budget => {
                let more: f64 = parts.channels.iter().map(|channel| 0.1 * channel.budget()).sum();
                format!(", for {} more", self.currency.with(&with_error(more, Some(1.0))))
            }
            Scarce::Delivery => ", before what it costs".into(),
            Scarce::Hours => {
                let mut reps: Vec<&(String, Gain)> = marginal.reps.iter().collect();
                reps.sort_by(|(_, a), (_, b)| b.steering().mean.total_cmp(&a.steering().mean));
                let rep: String = reps.into_iter().map(|(group, gain)| self.rep(group, gain)).collect();
                let pay = match self.has_margin() {
                    true if marginal.pay_of_hours > 0.0 => ", at today's pay",
                    true => ", unpaid",
                    false => ", before their pay",
                };
                format!("{pay}{rep}")
            }
            Scarce::Demand | Scarce::CloseRate => String::new(),
        }
    }

    fn rep(&self, group: &str, gain: &Gain) -> String {
        let (shift, parts) = (gain.steering(), &self.scenario.plan.parts);
        let unpaid = parts.sales.reps.iter().any(|reps| reps.name == group && is_unpaid(reps));
        let who = match () {
            () if !self.has_margin() => format!("one more rep ({group})"),
            () if unpaid => format!("one more rep ({group}), who costs nothing in this plan,"),
            () => format!("one more rep ({group}), paid,"),
        };
        match shift {
            shift if pays(shift) => format!("; {who} would bring {}", self.sum(shift)),
            shift if loses(shift) => {
                format!("; but {who} would cost {} more than they bring", self.sum(shift.scaled(-1.0)))
            }
            _ => format!("; whether {who} would pay can't be told"),
        }
    }

    /// Where the next money does most; nothing in a plan whose channels spend none.
    fn next(&self, marginal: &Marginal) -> Option<String> {
        if marginal.channels.is_empty() {
            return None;
        }
        let thousand = self.currency.with("1,000");
        let channels: Vec<&ChannelReturn> = marginal.best_next.iter().map(|&at| &marginal.channels[at]).collect();
        let Some(&best) = channels.first() else {
            return Some("No channel can spend more than it does.".into());
        };
        let names: Vec<String> = channels.iter().map(|own| self.name(own).to_owned()).collect();
        let shift = best.next.steering();
        let does = if self.has_margin() { "does" } else { "brings" };
        let takes = best.takes_only().map_or_else(String::new, |money| {
            format!(", which can take only {} more", self.currency.with(&with_error(money, Some(1.0))))
        });
        let with_room = || marginal.channels.iter().filter(|own| own.has_room());
        Some(if !pays(shift) {
            let verdict = match (self.has_margin(), with_room().all(|own| loses(own.next.steering()))) {
                (true, true) if with_room().count() < marginal.channels.len() => {
                    "loses money in every channel that can spend it".to_owned()
                }
                (true, true) => "loses money in every channel".to_owned(),
                (true, false) => {
                    format!("pays for itself in no channel, as far as can be told; {} comes nearest", names[0])
                }
                (false, _) => "brings no revenue in any channel, as far as can be told".to_owned(),
            };
            format!("The next {thousand} {verdict}.")
        } else if names.len() > 1 {
            let named = match names.len() {
                few if few <= MOST_NAMED => listed(&names, "or"),
                more => format!("{}, {} or {} others", names[0], names[1], more - 2),
            };
            format!(
                "The next {thousand} {does} most in {named}, which can't be told apart: in {}{takes}{} it brings {}{}.",
                names[0],
                if takes.is_empty() { "" } else { "," },
                self.gain(shift),
                self.cost_of_next(shift)
            )
        } else {
            format!(
                "The next {thousand} {does} most in {}{takes}: {}{}.",
                names[0],
                self.gain(shift),
                self.cost_of_next(shift)
            )
        })
    }

    /// Whether the next money's own cost is taken off.
    fn cost_of_next(&self, shift: Estimate) -> &'static str {
        match margin(shift) {
            _ if self.has_margin() => ", its cost taken off",
            Some(margin) if shift.mean + margin < STEP => ", less than it costs",
            _ => ", its cost not taken off",
        }
    }

    fn name(&self, own: &ChannelReturn) -> &'s str {
        shown_name(&self.scenario.plan.parts.channels[own.channel])
    }
}

fn everywhere(what: Scarce) -> &'static str {
    match what {
        Scarce::Demand | Scarce::Budget => " in every channel",
        Scarce::Hours | Scarce::Delivery | Scarce::CloseRate => "",
    }
}

/// The 95 % margin of a mean change, not below what people count in.
pub(super) fn margin(change: Estimate) -> Option<f64> {
    change.margin().map(|margin| if margin > 0.0 { margin.max(1.0) } else { 0.0 })
}

/// Does it bring more than nothing, beyond its margin?
fn pays(change: Estimate) -> bool {
    change.is_clear() && change.mean > 0.0
}

/// Does it bring less than nothing, beyond its margin?
fn loses(change: Estimate) -> bool {
    change.is_clear() && change.mean < 0.0
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
