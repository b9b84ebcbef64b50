//! Units that people write behind a number, which the key has already: `"3-6 weeks"`, `"4h"`, `"12 leads a week"`.

use crate::transcendental::{log10, powi};
use crate::units::{WEEKS_A_YEAR, guesses, parse_number, plain};

/// Words for a length of time, the unit of keys that they are a part of, and how much of it one is.
const TIMES: [(&[&str], &str, f64); 6] = [
    (&["weeks", "week", "wks", "wk", "w"], "weeks", 1.0),
    (&["days", "day", "d"], "weeks", 1.0 / 7.0),
    (&["months", "month", "mos", "mo"], "weeks", WEEKS_A_YEAR / 12.0),
    (&["years", "year", "yrs", "yr", "y"], "weeks", WEEKS_A_YEAR),
    (&["hours", "hour", "hrs", "hr", "h"], "hours", 1.0),
    (&["minutes", "minute", "mins", "min"], "hours", 1.0 / 60.0),
];

/// What `text` was meant as, likeliest first, where it ends with the unit of its key or one that can be told in it; and
/// the unit as the key has it. Each can be read.
pub(crate) fn without_unit(text: &str, unit: &'static str) -> Option<(Vec<String>, &'static str)> {
    let text = text.trim();
    let start = text
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let (body, word) = (text[..start].trim(), text[start..].to_lowercase());
    if body.is_empty() || word.is_empty() {
        return None;
    }
    let own = unit.split(' ').next()?;
    let time = TIMES.iter().find(|(words, of, _)| *of == own && words.contains(&&*word));
    let is_own = word.len() > 2 && word.trim_end_matches('s') == own.trim_end_matches('s');
    let factor = match time {
        Some((_, _, factor)) => *factor,
        None if is_own => 1.0,
        None => return None,
    };
    let mut readings = guesses(body);
    if readings.is_empty() {
        readings.push(body.to_owned());
    }
    let scaled: Vec<String> = readings.iter().filter_map(|reading| times(reading, factor)).collect();
    (!scaled.is_empty()).then_some((scaled, own))
}

/// A number or a range, so many times as much.
fn times(text: &str, factor: f64) -> Option<String> {
    let ends: Vec<&str> = text.split(" to ").collect();
    let numbers: Option<Vec<f64>> = ends.iter().map(|end| parse_number(end).ok()).collect();
    let numbers = numbers?;
    if factor == 1.0 {
        return Some(text.to_owned());
    }
    let short = |number: f64| {
        let digits = powi(10.0, 2 - log10((number * factor).abs().max(1e-9)).floor() as i32);
        plain((number * factor * digits).round() / digits)
    };
    Some(numbers.into_iter().map(short).collect::<Vec<_>>().join(" to "))
}

#[cfg(test)]
mod tests {
    use super::without_unit;

    #[test]
    fn units_behind_numbers_are_taken_off() {
        for (text, unit, meant) in [
            ("3-6 weeks", "weeks", "3 to 6"),
            ("3 to 6 weeks", "weeks", "3 to 6"),
            ("4h", "hours per lead", "4"),
            ("90 min", "hours per lead", "1.5"),
            ("10 days", "weeks", "1.43"),
            ("2 months", "weeks", "8.7"),
            ("12 leads", "leads a week", "12"),
            ("13 Weeks", "weeks", "13"),
            ("1,200 visits", "visits a week", "1200"),
        ] {
            let (readings, own) = without_unit(text, unit).unwrap();
            assert_eq!((readings[0].as_str(), own), (meant, unit.split(' ').next().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_not_the_unit_of_the_key_stays() {
        for (text, unit) in
            [("4h", "weeks"), ("weeks", "weeks"), ("a few weeks", "weeks"), ("5 apples", "leads a week"), ("3k", "")]
        {
            assert_eq!(without_unit(text, unit), None, "{text}");
        }
    }
}
