//! What a little more would bring: beside each channel, in sentences, in `summary.json`, and as a chart.

use serde_json::{Value, json};

use crate::analysis::{ChannelReturn, Estimate, Gain, Marginal, STEP};
use crate::charts::{self, Drawing, PngError, Return, Returns};
use crate::engine::T31;
use crate::model::channels::Channel;
use crate::model::outcomes::{Outcome, OutcomeId};
use crate::model::what_if::Scarce;
use crate::scenario::Scenario;
use crate::text::{Currency, count, error_digits, futures, is_nothing, lower, with_error};

use super::charts::{Format, measure, write};
use super::json::figure;

/// The gain that plans are steered by: profit with what follows, or revenue where there is no margin.
fn steered(gain: &Gain) -> Estimate {
    gain.profit_with_tail.unwrap_or(gain.revenue)
}

/// And the outcome that it is of.
fn steered_outcome(scenario: &Scenario) -> Option<&'static Outcome> {
    let key = match scenario.plan.parts.finance.gross_margin {
        Some(_) => "profit_with_tail",
        None => "revenue",
    };
    OutcomeId::named(key).map(OutcomeId::outcome)
}

/// A gain with its margin: `1,240 ± 300`.
fn told(shift: Estimate) -> String {
    let margin = shift.error.map(|error| (T31 * error).max(1.0));
    let mean = with_error(shift.mean, margin);
    match shift.error {
        Some(error) if !is_nothing(error, shift.mean) => {
            format!("{mean} ± {}", error_digits((T31 * error).max(1.0)))
        }
        _ => mean,
    }
}

/// What the next 1,000 in a channel would bring, for the table of channels.
pub(super) fn next(marginal: &Marginal, channel: Option<usize>) -> String {
    let own = |own: &&ChannelReturn| Some(own.channel) == channel;
    let found = marginal.channels.iter().find(own);
    found.map_or_else(|| "–".into(), |own| told(steered(&own.next)))
}

/// What that column means.
pub(super) fn below_channels(scenario: &Scenario, marginal: &Marginal) -> String {
    let ones: Vec<&str> = marginal
        .channels
        .iter()
        .filter(|own| own.one_more)
        .map(|own| scenario.plan.parts.channels[own.channel].name.as_str())
        .collect();
    let ones = match &ones[..] {
        [] => String::new(),
        names => format!(" Of {} one more, scaled.", names.join(", ")),
    };
    let what = match scenario.plan.parts.finance.gross_margin {
        Some(_) => "profit with what follows, its cost taken off",
        None => "revenue",
    };
    format!(
        "Next 1,000: what it would bring in {what}; from the first {} {}.{ones}",
        with_error(marginal.draws as f64, Some(1.0)),
        futures(scenario.plan.parts.horizon.weeks),
    )
}

/// What one more rep would bring.
pub(super) fn rep(scenario: &Scenario, marginal: &Marginal) -> Option<String> {
    let (group, gain) = marginal.rep.as_ref()?;
    Some(format!("One more rep ({group}) would bring {}.", gains(scenario, gain)))
}

/// What a tenth more of each that may be short would bring.
pub(super) fn relief(scenario: &Scenario, marginal: &Marginal) -> String {
    let sells = !scenario.plan.parts.sales.reps.is_empty();
    let told: Vec<String> = marginal
        .relief
        .iter()
        .filter(|(what, _)| sells || *what != Scarce::Hours)
        .map(|(what, gain)| {
            let what = match what {
                Scarce::Hours => "hours",
                Scarce::Demand => "demand",
                Scarce::Budget => "budget",
                Scarce::CloseRate => "close rate",
            };
            format!("{what} {}", signed(gain.revenue))
        })
        .collect();
    format!(
        "10% more of each would change revenue by{}: {} (what more budget costs is not taken off).",
        match scenario.currency.as_str() {
            "" => String::new(),
            code => format!(" ({code})"),
        },
        told.join(", ")
    )
}

fn signed(shift: Estimate) -> String {
    let sign = if shift.mean > 0.0 { "+" } else { "" };
    format!("{sign}{}", told(shift))
}

fn gains(scenario: &Scenario, gain: &Gain) -> String {
    let currency = Currency(&scenario.currency);
    let mut text = format!("{} revenue", currency.with(&told(gain.revenue)));
    if let Some(profit) = gain.profit_with_tail {
        text.push_str(&format!(", and {} of profit with what follows", told(profit)));
    }
    text
}

/// Puts the returns into a summary.
pub(super) fn insert(summary: &mut Value, scenario: &Scenario, marginal: &Marginal) {
    for own in &marginal.channels {
        let name = &scenario.plan.parts.channels[own.channel].name;
        summary["channels"][name.as_str()]["marginal"] = json!({
            "added": figure(own.added),
            "one_more": own.one_more,
            "per": figure(STEP),
            "gain": gain(&own.next),
            "curve": own.curve.iter().map(|(budget, change)| json!({
                "budget": figure(*budget),
                "gain": gain(change),
            })).collect::<Vec<_>>(),
        });
    }
    for (what, of_tenth) in &marginal.relief {
        let key = match what {
            Scarce::Hours => "hours",
            Scarce::Demand => "demand",
            Scarce::Budget => "budget",
            Scarce::CloseRate => "close_rate",
        };
        summary["limits"]["relief"][key] = gain(of_tenth);
    }
    let rep = marginal.rep.as_ref();
    summary["limits"]["one_more_rep"] = match rep {
        Some((group, of_rep)) => json!({ "group": group, "gain": gain(of_rep) }),
        None => Value::Null,
    };
    summary["limits"]["relief_draws"] = json!(marginal.draws);
}

fn gain(gain: &Gain) -> Value {
    let shift = |shift: Estimate| json!({ "mean": figure(shift.mean), "se": shift.error.map(figure) });
    json!({
        "revenue": shift(gain.revenue),
        "profit_with_tail": gain.profit_with_tail.map(shift),
    })
}

/// The chart of returns: the name of each file and its bytes.
///
/// # Errors
///
/// When a picture could not be packed.
pub fn draw_returns(
    scenario: &Scenario,
    marginal: &Marginal,
    formats: &[Format],
) -> Result<Vec<(String, Vec<u8>)>, PngError> {
    match steered_outcome(scenario) {
        Some(outcome) if !formats.is_empty() => write("returns", &drawing(scenario, marginal, outcome), formats),
        _ => Ok(Vec::new()),
    }
}

fn drawing(scenario: &Scenario, marginal: &Marginal, outcome: &Outcome) -> Drawing {
    let channels = &scenario.plan.parts.channels;
    let lines: Vec<Line<'_>> = marginal
        .channels
        .iter()
        .map(|own| Line::of(&channels[own.channel], own))
        .filter(|line| line.points.len() > 1)
        .collect();
    let rows: Vec<Return<'_>> =
        lines.iter().map(|line| Return { name: line.name, today: line.today, points: &line.points }).collect();
    let note = format!("First {}.", count(marginal.draws as f64, "draw"));
    charts::returns::draw(&Returns {
        finding: &finding(scenario, marginal, outcome),
        measure: measure(scenario, outcome),
        currency: &scenario.currency,
        rows: &rows,
        note: &note,
    })
}

/// How the plan follows one budget.
struct Line<'s> {
    name: &'s str,
    today: f64,
    points: Vec<(f64, f64)>,
}

impl<'s> Line<'s> {
    fn of(channel: &'s Channel, own: &ChannelReturn) -> Self {
        let today = channel.budget();
        let mut points = vec![(today, 0.0)];
        let changes = own.curve.iter();
        points.extend(changes.map(|(budget, gain)| (*budget, steered(gain).mean)));
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { name: &channel.name, today, points }
    }
}

/// Where the next 1,000 brings most.
fn finding(scenario: &Scenario, marginal: &Marginal, outcome: &Outcome) -> String {
    let best = marginal.channels.iter().max_by(|a, b| steered(&a.next).mean.total_cmp(&steered(&b.next).mean));
    let Some(best) = best else {
        return "No channel of this plan spends money".into();
    };
    let name = &scenario.plan.parts.channels[best.channel].name;
    let gain = steered(&best.next);
    let margin = gain.error.map_or(0.0, |error| T31 * error);
    let thousand = Currency(&scenario.currency).with("1,000");
    let brings = with_error(gain.mean, Some(margin.max(1.0)));
    let title = lower(outcome.title);
    if gain.mean > margin {
        format!("The next {thousand} brings most in {name}: {brings} of {title}")
    } else if outcome.needs_margin {
        format!("In no channel do the next {thousand} pay for themselves; {name} comes nearest")
    } else {
        format!("In no channel do the next {thousand} bring more than chance would")
    }
}
