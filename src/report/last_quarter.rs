//! What this plan's rates would have made of last quarter, beside what came.

use crate::analysis::last_quarter::{Beside, Compared, most_at_odds};
use crate::inputs::told_names;
use crate::scenario::Scenario;
use crate::text::{Currency, lower, percent, with_error, wrap};

use super::aligned::table;
use super::words::shown_name;

/// A table and two sentences; `unknown` are rows of the file that no channel of the plan has.
#[must_use]
pub fn last_quarter(scenario: &Scenario, beside: &[Beside], unknown: &[String], width: usize) -> String {
    let told = Told { scenario, currency: Currency(&scenario.currency) };
    let mut table = table(&["last quarter", "came", "this plan's rates say", ""]);
    for own in beside {
        let verdict = match own.is_outside() {
            true if own.came < own.low => "below",
            true => "above",
            false => "",
        };
        table.add_row([
            told.name(&own.what),
            told.figure(&own.what, own.came),
            format!("{} to {}", told.figure(&own.what, own.low), told.figure(&own.what, own.high)),
            verdict.to_owned(),
        ]);
    }
    let mut sentences = Vec::new();
    if let Some(revenue) = beside.iter().find(|own| own.what == Compared::Revenue) {
        sentences.push(format!(
            "You made {}; this plan's rates say {} to {} for what was spent.",
            told.money(revenue.came),
            told.figure(&revenue.what, revenue.low),
            told.money(revenue.high),
        ));
    }
    sentences.extend(most_at_odds(beside).map(|own| told.at_odds(own)));
    if !unknown.is_empty() {
        sentences.push(format!("Not in the plan, and left out: {}.", told_names(unknown.iter().map(String::as_str))));
    }
    sentences.push(
        "The ranges hold 8 of 10 futures. Deals that are open today stand for those that were open then.".to_owned(),
    );
    let sentences: Vec<String> = sentences.iter().map(|sentence| wrap(sentence, width, "")).collect();
    format!("{table}\n{}", sentences.join("\n"))
}

struct Told<'s> {
    scenario: &'s Scenario,
    currency: Currency<'s>,
}

impl Told<'_> {
    fn name(&self, what: &Compared) -> String {
        match what {
            Compared::Revenue => self.currency.with("Revenue"),
            Compared::Wins => "Wins".into(),
            Compared::Leads => "Leads".into(),
            Compared::WinsPerLead => "Wins per lead".into(),
            Compared::RevenuePerWin => self.currency.with("Revenue per win"),
            Compared::LeadsOf(channel) => {
                let known = self.scenario.plan.parts.channels.iter().find(|own| own.name == *channel);
                format!("Leads of {}", known.map_or(channel.as_str(), shown_name))
            }
        }
    }

    fn figure(&self, what: &Compared, figure: f64) -> String {
        match what {
            Compared::WinsPerLead => percent(figure),
            Compared::Wins | Compared::Leads | Compared::LeadsOf(_) => with_error(figure, Some(1.0)),
            Compared::Revenue | Compared::RevenuePerWin => with_error(figure, None),
        }
    }

    fn money(&self, amount: f64) -> String {
        self.currency.with(&with_error(amount, None))
    }

    fn at_odds(&self, own: &Beside) -> String {
        let name = match own.what {
            Compared::LeadsOf(_) => lower(&self.name(&own.what)),
            Compared::WinsPerLead => "wins per lead".into(),
            _ => "revenue per win".into(),
        };
        let (came, low, high) =
            (self.figure(&own.what, own.came), self.figure(&own.what, own.low), self.figure(&own.what, own.high));
        match own.is_outside() {
            true => format!("What disagrees most is {name}: {came} came, the plan's rates say {low} to {high}."),
            false => format!(
                "No rate disagrees: {name}, the furthest off, came to {came}, and the plan's rates say {low} to {high}."
            ),
        }
    }
}
