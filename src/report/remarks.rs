//! Sentences on parts that not every plan has, below the table of channels.

use crate::analysis::{Estimate, Gain, Marginal};
use crate::engine::{Chats, Forecast};
use crate::model::channels::Channel;
use crate::model::conditions::Promotion;
use crate::model::outcomes::SOURCE_FIGURES;
use crate::model::plan::Parts;
use crate::scenario::Scenario;
use crate::text::{Currency, count, percent, with_error};

use super::limits::change;
use super::words::shown_name;

/// What one more rep would bring, a sentence for each group that they could join.
pub(super) fn reps(scenario: &Scenario, marginal: &Marginal) -> Vec<String> {
    marginal.reps.iter().map(|(group, gain)| rep(scenario, group, gain)).collect()
}

fn rep(scenario: &Scenario, group: &str, gain: &Gain) -> String {
    let currency = Currency(&scenario.currency);
    let told = |shift: Estimate| currency.with(&change(shift));
    let mut text = format!("One more rep ({group}) would change revenue by {}", told(gain.revenue));
    if let Some(profit) = gain.profit_with_tail {
        let follows = if scenario.plan.parts.horizon.tail > 0 { " with what follows" } else { "" };
        text.push_str(&format!(" and profit{follows} by {}, pay taken off", told(profit)));
    }
    format!("{text}.")
}

/// Money that channels can't spend, a sentence for each of them.
pub(super) fn unspent(scenario: &Scenario, forecast: &Forecast) -> Vec<String> {
    let parts = &scenario.plan.parts;
    let Some(at) = SOURCE_FIGURES.iter().position(|figure| figure.key == "spend") else {
        return Vec::new();
    };
    let sources = scenario.plan.sources.iter().zip(&forecast.sources);
    let of_channels = sources.filter_map(|(source, (_, figures))| Some((source.channel?, figures[at].mean)));
    of_channels
        .filter_map(|(channel, spend)| not_spent(&parts.channels[channel], spend, parts, &scenario.currency))
        .collect()
}

/// That a channel spends less than its budget, and how much is missing for one more of what it buys whole.
pub(super) fn not_spent(channel: &Channel, spend: f64, parts: &Parts, currency: &str) -> Option<String> {
    let (budget, currency) = (channel.budget(), Currency(currency));
    let unspent = budget - spend;
    if unspent <= LEAST_UNSPENT * budget {
        return None;
    }
    let name = shown_name(channel);
    let told = |money: f64| currency.with(&with_error(money, Some(1.0)));
    let stays = match spend {
        0.0 => format!("{name}: none of its {} can be spent", told(budget)),
        _ => format!("{name}: {} of its {} stays unspent", told(unspent), told(budget)),
    };
    // The price of a piece is known, and the same in every week.
    let price = channel
        .kind
        .piece()
        .and_then(|piece| Some((piece.cost.certain()?, piece.noun)))
        .filter(|_| channel.cost_by_week.is_empty());
    Some(match price {
        Some((price, noun)) if parts.rules.is_empty() => {
            let short = (((unspent / price).floor() + 1.0) * price - unspent).max(0.0);
            let one = if spend > 0.0 { "one more" } else { "one" };
            format!("{stays}; it is {} short of {one} {noun}.", told(short))
        }
        _ => format!("{stays} on average."),
    })
}

/// A share of a budget that is too small to be told of.
pub(super) const LEAST_UNSPENT: f64 = 0.005;

/// What the team brings of its quota.
pub(super) fn quota(forecast: &Forecast) -> Option<String> {
    let attainment = forecast.outcome("attainment")?;
    (attainment.defined > 0.0).then(|| format!("The team brings {} of its quota on average.", percent(attainment.mean)))
}

/// How many chats there are, and how many go unanswered.
pub(super) fn chat(forecast: &Forecast) -> Option<String> {
    let Chats { asked, missed } = forecast.chats;
    let answer = if missed > 0.0 {
        format!("leaves {} of them unanswered", percent(missed / asked))
    } else {
        "answers them all".into()
    };
    (asked > 0.0).then(|| format!("The chat gets {} on average and {answer}.", count(asked, "question")))
}

/// What waits for delivery.
pub(super) fn delivery(scenario: &Scenario, forecast: &Forecast) -> Option<String> {
    if !scenario.plan.parts.has_limited_delivery() {
        return None;
    }
    let later = forecast.outcome("closing_later")?.mean;
    (later > 0.0).then(|| {
        format!(
            "Delivery is limited. On average, deals worth {} are won but count only after the plan, held back by their own cycle or by delivery.",
            Currency(&scenario.currency).with(&with_error(later, None))
        )
    })
}

/// That those who sell also deliver, and what it takes of them.
pub(super) fn team_delivers(scenario: &Scenario) -> Option<String> {
    let parts = &scenario.plan.parts;
    let delivery = parts.delivery.as_ref().filter(|delivery| delivery.takes_hours())?;
    let hours = count(delivery.hours_per_deal.median(&parts.inputs), "hour");
    let weeks = match delivery.over_weeks {
        1 => "in the week after it closes".to_owned(),
        weeks => format!("over the {} after it closes", count(weeks as f64, "week")),
    };
    Some(format!(
        "The team delivers what it sells: a deal takes {hours} of it {weeks}, before any open deal or lead is worked. The hours above count both."
    ))
}

/// When promotions run, and whether what they borrow from the weeks after them is stated.
pub(super) fn promotions(scenario: &Scenario) -> Option<String> {
    let promotions = &scenario.plan.parts.conditions.promotions;
    let weeks: Vec<_> = promotions.iter().map(Promotion::weeks).collect();
    let dips = promotions.iter().filter(|own| own.dips()).count();
    run_and_dip(&weeks, dips)
}

/// Promotions in these weeks, of which so many are followed by a dip.
fn run_and_dip(weeks: &[(usize, usize)], dips: usize) -> Option<String> {
    let all = weeks.len();
    let weeks: Vec<String> = weeks
        .iter()
        .map(|&(first, last)| match last - first {
            0 => format!("week {first}"),
            _ => format!("weeks {first} to {last}"),
        })
        .collect();
    let (last, others) = weeks.split_last()?;
    let (run, them, they) = match others {
        [] => (format!("A promotion runs in {last}"), "it", "it"),
        _ => {
            let others = others.join(", ");
            let run = format!("{all} promotions run, in {others} and {last}");
            (run, "them", "they")
        }
    };
    let after = if dips == all {
        format!("All figures include the dip in demand after {them}.")
    } else if dips == 0 {
        format!("No dip after {them} is stated, as if {they} borrowed nothing from later weeks.")
    } else {
        format!("All figures include the dip in demand after {dips} of them; the others state none.")
    };
    Some(format!("{run}. {after}"))
}

/// That the plan moves its money by its own results.
pub(super) fn rules(scenario: &Scenario) -> Option<String> {
    match scenario.plan.parts.rules.len() {
        0 => None,
        1 => Some("1 rule moves or holds back money as the weeks go; all figures include it.".into()),
        rules => Some(format!("{rules} rules move or hold back money as the weeks go; all figures include them.")),
    }
}

#[cfg(test)]
mod tests {
    use super::run_and_dip;

    #[test]
    fn promotions_are_told_by_their_weeks_and_by_the_dips_that_they_state() {
        let told = |weeks: &[(usize, usize)], dips| run_and_dip(weeks, dips).unwrap_or_default();
        assert_eq!(told(&[], 0), "");
        assert_eq!(
            told(&[(9, 9)], 0),
            "A promotion runs in week 9. No dip after it is stated, as if it borrowed nothing from later weeks."
        );
        assert_eq!(
            told(&[(2, 3), (5, 5), (7, 8)], 2),
            "3 promotions run, in weeks 2 to 3, week 5 and weeks 7 to 8. All figures include the dip in demand after 2 of them; the others state none."
        );
        assert_eq!(
            told(&[(2, 3), (5, 5)], 2),
            "2 promotions run, in weeks 2 to 3 and week 5. All figures include the dip in demand after them."
        );
    }
}
