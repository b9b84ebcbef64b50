//! The answer, before any table: the chance of the target and what one can count on; what holds the plan back and what
//! lifting it would bring; where the next money does most. A sentence each.

mod limit;
mod next;
mod outlook;

use crate::analysis::{Estimate, Marginal};
use crate::engine::Forecast;
use crate::model::outcomes::ShortDesk;
use crate::scenario::Scenario;
use crate::text::{Currency, count, futures, with_margin};

pub(super) use limit::limit_in_short;

/// With fewer draws nothing has a margin.
const FEWEST_TO_TELL: u64 = 64;

/// The sentences, in their order.
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
pub(super) fn outlook(scenario: &Scenario, forecast: &Forecast) -> String {
    Told::of(scenario, forecast).outlook(forecast)
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
pub(super) fn loses(change: Estimate) -> bool {
    change.is_clear() && change.mean < 0.0
}
