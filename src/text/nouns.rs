//! Nouns in the right number, words in a row, and the start of a sentence.

use super::figures::with_error;
use super::short::pieces;

/// A count with its noun: "1 week", "2 weeks", "3.4 leads", "1,240 leads".
pub(crate) fn count(number: f64, noun: &str) -> String {
    let text = if number >= 9.95 || number == number.round() {
        with_error(number.round(), Some(1.0))
    } else {
        format!("{number:.1}")
    };
    match text.as_str() {
        "1" => format!("{text} {noun}"),
        _ => format!("{text} {}", plural(noun)),
    }
}

/// A number of them in three digits: "1 lead", "16,000 leads".
pub(crate) fn pieces_of(number: f64, noun: &str) -> String {
    match pieces(number).as_str() {
        "1" => format!("1 {noun}"),
        number => format!("{number} {}", plural(noun)),
    }
}

/// More than one of it: "weeks", "opportunities", "days".
pub(crate) fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// What simulated futures are called: quarters where the plan is 13 weeks long.
pub(crate) fn futures(weeks: usize) -> &'static str {
    if weeks == 13 { "quarters" } else { "futures" }
}

/// And what one of them is called.
pub(crate) fn one_future(weeks: usize) -> &'static str {
    if weeks == 13 { "quarter" } else { "future" }
}

/// "500 simulated quarters", of plans of so many weeks.
pub(crate) fn simulated(draws: u64, weeks: usize) -> String {
    count(draws as f64, &format!("simulated {}", one_future(weeks)))
}

/// Words in a row: a, b and c. `last` is what stands before the last of them.
pub(crate) fn listed(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., end] => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// The words as the start of a sentence.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A title inside a sentence: small, unless it begins with an abbreviation (ROAS, CAC).
pub(crate) fn lower(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_follow_their_number() {
        let counts =
            [(0.0, "0 weeks"), (1.0, "1 week"), (2.0, "2 weeks"), (3.42, "3.4 weeks"), (1_240.3, "1,240 weeks")];
        for (number, words) in counts {
            assert_eq!(count(number, "week"), words);
        }
        assert_eq!(count(12.0, "opportunity"), "12 opportunities");
        assert_eq!(count(3.0, "day"), "3 days");
    }

    #[test]
    fn only_thirteen_weeks_are_a_quarter() {
        assert_eq!([1, 12, 13, 26].map(futures), ["futures", "futures", "quarters", "futures"]);
        assert_eq!([13, 26].map(one_future), ["quarter", "future"]);
    }

    #[test]
    fn words_stand_in_a_row() {
        let words = ["a", "b", "c"].map(str::to_owned);
        let rows: Vec<String> = (0..=3).map(|many| listed(&words[..many], "and")).collect();
        assert_eq!(rows, ["", "a", "a and b", "a, b and c"]);
    }

    #[test]
    fn abbreviations_stay_large_inside_a_sentence() {
        for (title, words) in [
            ("Profit with what follows", "profit with what follows"),
            ("Cost per lead (CPL)", "cost per lead (CPL)"),
            ("ROAS", "ROAS"),
            ("", ""),
        ] {
            assert_eq!(lower(title), words);
        }
        assert_eq!([capital("more PPC"), capital("")], ["More PPC", ""]);
    }
}
