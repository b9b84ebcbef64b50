//! `"18 of 80"` and `"412 in 13 weeks"`: what was counted, and how much that leaves open.

use crate::units::{Period, Sign, guesses, in_doubt, parse_number, read_number, written};

use super::beta;
use super::gamma::Gamma;
use super::nearly_normal::NearlyNormal;
use super::refusal::Refusal;
use super::value_reader::{ValueReader, doubt};
use super::{Distribution, Domain, Written};

/// Of larger counts nothing is open any more, and the functions behind them lose their digits.
const LARGEST: f64 = 1e8;

/// Reads a count; none where the text is not one. `period` is what stood behind it: `a month`.
pub(super) fn read(draft: &ValueReader<'_>, text: &str, period: Option<Period>) -> Option<Result<Written, Refusal>> {
    if let Some((part, all)) = text.split_once(" of ") {
        return Some(share(draft, part, all).map(|written| draft.by_the_period(written, period)));
    }
    if let (Some(events), Some(period)) = (text.strip_suffix(" in"), period) {
        return Some(rate(draft, events, 1.0 / period.per_week()));
    }
    let (events, time) = text.split_once(" in ")?;
    Some(weeks_of(time).and_then(|weeks| rate(draft, events, weeks)))
}

/// Is a figure spelled as a count?
#[must_use]
pub fn is_count(text: &str) -> bool {
    [" of ", " in "].iter().any(|sign| text.contains(sign))
}

/// A count that is written in another way, as it is written here: `18/80`, `412 per 13 weeks`.
pub(super) fn meant(text: &str) -> Option<String> {
    let parted = |sign: &&str| text.split_once(*sign).map(|(low, high)| (low.trim(), high.trim()));
    if let Some((part, all)) = [" out of ", " from ", "/"].iter().find_map(parted) {
        return Some(format!("\"{} of {}\"", whole(part)?, whole(all)?));
    }
    let (events, time) = [" per ", " over ", " within ", " during "].iter().find_map(parted)?;
    weeks_of(time).ok()?;
    Some(format!("\"{} in {time}\"", whole(events)?))
}

/// A share of which `part` of `all` were counted: beta with half a count more on either side (Jeffreys' prior).
///
/// ```text
/// p ~ Beta(part + ½, all − part + ½)
/// ```
fn share(draft: &ValueReader<'_>, part: &str, all: &str) -> Result<Written, Refusal> {
    if draft.domain() != Domain::Fraction {
        return Err("so many of so many is a share, and this figure is not one".into());
    }
    let corrected = || Some(format!("\"{} of {}\"", whole(part)?, whole(all)?));
    let counts = count(part).and_then(|part| Ok((part, count(all)?)));
    let (part, all) = counts.map_err(|refusal| refusal.instead(corrected()))?;
    if all == 0.0 {
        return Err("a share of nothing can't be counted: there is at least one".into());
    }
    if part > all {
        return Err(Refusal::from("more were counted than there were").instead([format!(
            "\"{} of {}\"",
            written(all),
            written(part)
        )]));
    }
    Ok(uncertain(beta::of_shapes(part + 0.5, all - part + 0.5)))
}

/// A rate a week at which so many events came in so many weeks: gamma with half an event more (Jeffreys' prior).
///
/// ```text
/// rate ~ Gamma(events + ½) / weeks
/// ```
fn rate(draft: &ValueReader<'_>, events: &str, weeks: f64) -> Result<Written, Refusal> {
    if draft.domain() == Domain::Fraction {
        return Err("a share needs what it is a share of: write \"18 of 80\"".into());
    }
    if draft.domain() != Domain::Amount || !draft.terms.rate {
        return Err("this figure is not a rate: a count in a time belongs to what comes week by week".into());
    }
    let shape = count(events)? + 0.5;
    Ok(match NearlyNormal::gamma(shape, 1.0 / weeks) {
        Some(narrow) => uncertain(Box::new(narrow)),
        None => uncertain(Box::new(Gamma::new(shape, 1.0 / weeks))),
    })
}

fn uncertain(distribution: Box<dyn Distribution>) -> Written {
    Written::Uncertain { distribution, from_quantiles: false }
}

/// A whole number of things.
fn count(text: &str) -> Result<f64, Refusal> {
    if in_doubt(text) {
        return Err(doubt(text).into());
    }
    let number = read_number(text).map_err(Refusal::from)?;
    if number.sign == Some(Sign::Percent) || number.value.fract() != 0.0 || number.value < 0.0 {
        return Err("what is counted is a whole number, 0 or more".into());
    }
    if number.value > LARGEST {
        return Err("of counts beyond 100 million nothing is open: write the figure itself".into());
    }
    Ok(number.value)
}

/// The whole number that a text was probably meant as.
fn whole(text: &str) -> Option<String> {
    let counts = |guess: &String| parse_number(guess).is_ok_and(|number| number >= 0.0 && number.fract() == 0.0);
    guesses(text).into_iter().find(counts)
}

/// The weeks of `13 weeks`, `a quarter`, `45 days`.
fn weeks_of(time: &str) -> Result<f64, Refusal> {
    const HELP: &str = "a time is days, weeks, months, quarters or years: \"412 in 13 weeks\"";
    let (number, unit) = time.trim().split_once(' ').ok_or_else(|| Refusal::from(HELP))?;
    let number = match number {
        "a" | "one" => 1.0,
        _ => parse_number(number).map_err(Refusal::from)?,
    };
    let unit = unit.trim();
    let unit = unit.strip_suffix('s').unwrap_or(unit);
    let weeks = match unit {
        "day" => 1.0 / 7.0,
        _ => Period::NAMED
            .iter()
            .find(|(name, _)| *name == unit)
            .map(|(_, period)| 1.0 / period.per_week())
            .ok_or_else(|| Refusal::from(HELP))?,
    };
    let weeks = number * weeks;
    if (1e-3..=1e6).contains(&weeks) {
        Ok(weeks)
    } else {
        Err("a time is more than 0 weeks and at most a million".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_written_in_other_ways_are_understood() {
        for (text, expected) in [
            ("18/80", Some("\"18 of 80\"")),
            ("18 out of 80", Some("\"18 of 80\"")),
            ("1,234 from 60,000", Some("\"1234 of 60_000\"")),
            ("412 per 13 weeks", Some("\"412 in 13 weeks\"")),
            ("412 over a quarter", Some("\"412 in a quarter\"")),
            ("a few of many", None),
            ("28.12.2026", None),
        ] {
            assert_eq!(meant(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn times_are_read_in_weeks() {
        for (text, weeks) in [("13 weeks", 13.0), ("14 days", 2.0), ("1 year", 52.1775), ("2 quarters", 26.08875)] {
            let found = weeks_of(text).expect(text);
            assert!((found - weeks).abs() < 1e-9, "{text}: {found}");
        }
        for text in ["weeks", "0 weeks", "13 apples", "13"] {
            assert!(weeks_of(text).is_err(), "{text}");
        }
    }
}
