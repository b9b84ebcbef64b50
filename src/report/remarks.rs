//! Sentences on parts that not every plan has, below the table of channels.

use crate::engine::Forecast;
use crate::model::conditions::Promotion;
use crate::scenario::Scenario;
use crate::text::{Currency, count, percent, with_error};

/// What the team brings of its quota.
#[must_use]
pub(super) fn quota(forecast: &Forecast) -> Option<String> {
    let attainment = forecast.outcome("attainment")?;
    (attainment.defined > 0.0)
        .then(|| format!("The team brings {} of its quota in the mean.", percent(attainment.mean)))
}

/// How many chats there are, and how many go unanswered.
#[must_use]
pub(super) fn chat(forecast: &Forecast) -> Option<String> {
    let [asked, missed] = forecast.chats;
    let answer = if missed > 0.0 {
        format!("leaves {} of them without an answer", percent(missed / asked))
    } else {
        "answers them all".into()
    };
    (asked > 0.0).then(|| format!("The chat has {} in the mean and {answer}.", count(asked, "question")))
}

/// What waits for delivery.
#[must_use]
pub(super) fn delivery(scenario: &Scenario, forecast: &Forecast) -> Option<String> {
    scenario.plan.parts.delivery.as_ref()?;
    let later = forecast.outcome("closing_later")?.mean;
    (later > 0.0).then(|| {
        format!(
            "Delivery is limited. Deals of {} in the mean are won but count only after the plan, whether their own cycle or delivery holds them.",
            Currency(&scenario.currency).with(&with_error(later, None))
        )
    })
}

/// When promotions run, and whether what they borrow from the weeks after them is stated.
#[must_use]
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
#[must_use]
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
