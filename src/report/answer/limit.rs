//! What holds the plan back, and what lifting it would bring.

use crate::analysis::{Estimate, Gain, Marginal};
use crate::engine::Forecast;
use crate::model::outcomes::ShortDesk;
use crate::model::what_if::Scarce;
use crate::scenario::Scenario;
use crate::text::{capital, listed, with_error};

use super::super::words::is_unpaid;
use super::{FEWEST_TO_TELL, Told, loses, pays};

impl Told<'_> {
    /// What holds the plan back most; several where they can't be told apart, none where nothing pays to lift.
    pub(super) fn limits(&self, marginal: &Marginal) -> Vec<(Scarce, Estimate)> {
        marginal
            .best_relief
            .iter()
            .map(|&at| (marginal.relief[at].0, marginal.paid(marginal.relief[at].0, &marginal.relief[at].1)))
            .filter(|(what, shift)| self.can_lack(*what) && pays(*shift))
            .collect()
    }

    /// What holds the plan back, and what a tenth more of it would bring.
    pub(super) fn limit(&self, marginal: &Marginal) -> String {
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
    pub(super) fn noun(&self, what: Scarce) -> &'static str {
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
}

/// What limits the plan and what a tenth more of it would bring, as short as they can be said.
pub(in crate::report) fn limit_in_short(
    scenario: &Scenario,
    forecast: &Forecast,
    marginal: &Marginal,
) -> (String, String) {
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

/// Where it is lifted, for what is everywhere alike.
fn everywhere(what: Scarce) -> &'static str {
    match what {
        Scarce::Demand | Scarce::Budget => " in every channel",
        Scarce::Hours | Scarce::Delivery | Scarce::CloseRate => "",
    }
}
