//! Turns of phrase that several charts share: sums with their currency, chances as counts, shares in percent.

use super::theme::clean;

/// A figure with its currency, where there is one.
pub(super) fn money(figure: &str, currency: &str) -> String {
    format!("{figure} {}", currency_code(currency)).trim_end().to_owned()
}

/// What an axis counts, with its currency: "Revenue, USD".
pub(super) fn in_currency(what: &str, currency: &str) -> String {
    let code = currency_code(currency);
    if code.is_empty() { what.to_owned() } else { format!("{what}, {code}") }
}

fn currency_code(currency: &str) -> String {
    clean(currency).chars().take(8).collect()
}

/// A chance from 0 to 1 as a count of a hundred futures, to be put behind "in".
pub(super) fn of_hundred(chance: f64) -> String {
    match chance {
        chance if chance <= 0.0 => "none".to_owned(),
        chance if chance >= 1.0 => "all".to_owned(),
        chance if chance < 0.005 => "fewer than 1 of 100".to_owned(),
        chance if chance > 0.995 => "more than 99 of 100".to_owned(),
        chance => format!("{:.0} of 100", 100.0 * chance),
    }
}

/// A chance as in [`of_hundred`], with the noun that it counts.
pub(super) fn of_hundred_such(chance: f64, noun: &str) -> String {
    match of_hundred(chance).as_str() {
        all @ ("none" | "all") => format!("{all} of the {noun}"),
        some => format!("{some} {noun}"),
    }
}

/// A share from 0 to 1 in percent.
pub(super) fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if percent != 0.0 && percent.abs() < 0.95 {
        format!("{percent:.1}%").replace('-', "−")
    } else {
        format!("{percent:.0}%").replace('-', "−")
    }
}

/// What one draw stands for: a quarter where the plan is 13 weeks long, else a future.
pub(super) fn futures(weeks: usize) -> &'static str {
    if weeks == 13 { "quarters" } else { "futures" }
}

/// "1 week", "2 weeks".
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_counts_of_a_hundred() {
        let cases = [
            (0.0, "none"),
            (0.001, "fewer than 1 of 100"),
            (0.424, "42 of 100"),
            (0.999, "more than 99 of 100"),
            (1.0, "all"),
        ];
        for (chance, words) in cases {
            assert_eq!(of_hundred(chance), words);
        }
    }

    #[test]
    fn chances_take_their_noun() {
        let cases = [(0.0, "none of the quarters"), (0.42, "42 of 100 quarters"), (1.0, "all of the quarters")];
        for (chance, words) in cases {
            assert_eq!(of_hundred_such(chance, "quarters"), words);
        }
    }

    #[test]
    fn shares_are_percent() {
        let cases = [(0.0, "0%"), (0.004, "0.4%"), (0.126, "13%"), (1.0, "100%"), (-0.2, "−20%")];
        for (share, words) in cases {
            assert_eq!(percent(share), words);
        }
    }

    #[test]
    fn a_currency_is_named_only_where_there_is_one() {
        assert_eq!([money("1.2M", "USD"), money("1.2M", " ")], ["1.2M USD", "1.2M"]);
        assert_eq!([in_currency("Revenue", "EUR"), in_currency("Revenue", "")], ["Revenue, EUR", "Revenue"]);
    }

    #[test]
    fn only_thirteen_weeks_are_a_quarter() {
        assert_eq!([1, 12, 13, 26].map(futures), ["futures", "futures", "quarters", "futures"]);
        assert_eq!([count(1, "week"), count(2, "week")], ["1 week", "2 weeks"]);
    }
}
