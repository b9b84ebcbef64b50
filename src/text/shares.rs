//! Shares and chances, by one rule: whole where that tells them apart from nothing and from all, else as near as it takes.

use super::figures::with_error;

/// A share in percent: whole, with a decimal within one percent of nothing and of all; what is neither is never written as
/// `0%` or `100%`. Shares below 0 and above 1 (hours asked for, changes) are written alike.
pub(crate) fn percent(share: f64) -> String {
    let points = share * 100.0;
    let size = points.abs();
    let text = match size {
        _ if !share.is_finite() => return "–".into(),
        _ if points == 0.0 => "0%".into(),
        _ if points == 100.0 => "100%".into(),
        _ if size < 0.1 && points > 0.0 => "under 0.1%".into(),
        _ if points > 99.9 && points < 100.0 => "over 99.9%".into(),
        size if size < 1.0 || (points > 99.0 && points < 100.0) => format!("{size:.1}%"),
        size => format!("{size:.0}%"),
    };
    if points < 0.0 && text != "0.0%" { format!("−{text}") } else { text }
}

/// A chance from 0 to 1 as so many of a hundred, to be put behind "in": near the ends in percent, as far as it can be told.
pub(crate) fn of_hundred(chance: f64) -> String {
    match chance {
        chance if chance.is_nan() => "–".to_owned(),
        chance if chance <= 0.0 => "none".to_owned(),
        chance if chance >= 1.0 => "all".to_owned(),
        chance if (0.01..=0.99).contains(&chance) => format!("{:.0} of 100", 100.0 * chance),
        chance => percent(chance),
    }
}

/// A chance as in [`of_hundred`], with the noun that it counts: "42 of 100 quarters", "99.6% of the quarters".
pub(crate) fn of_hundred_such(chance: f64, noun: &str) -> String {
    match of_hundred(chance).as_str() {
        some if some.ends_with("of 100") => format!("{some} {noun}"),
        other => format!("{other} of the {noun}"),
    }
}

/// A percentile of a figure: a share in percent, of which small ones have a digit behind the point.
pub(crate) fn level(value: f64, is_share: bool) -> String {
    match is_share {
        true if value.abs() < 0.1 => format!("{:.1}%", 100.0 * value),
        true => percent(value),
        false => with_error(value, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_percents_but_near_the_ends() {
        for (share, text) in [
            (0.4231, "42%"),
            (0.004, "0.4%"),
            (0.996, "99.6%"),
            (0.9978, "99.8%"),
            (0.0002, "under 0.1%"),
            (0.99999, "over 99.9%"),
            (0.0, "0%"),
            (1.0, "100%"),
            (1.364, "136%"),
            (-0.2, "−20%"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(percent(share), text);
        }
    }

    #[test]
    fn chances_are_counts_of_a_hundred_and_only_nothing_is_none() {
        for (chance, words, such) in [
            (0.0, "none", "none of the quarters"),
            (0.001, "0.1%", "0.1% of the quarters"),
            (0.01, "1 of 100", "1 of 100 quarters"),
            (0.424, "42 of 100", "42 of 100 quarters"),
            (0.996, "99.6%", "99.6% of the quarters"),
            (1.0, "all", "all of the quarters"),
        ] {
            assert_eq!(of_hundred(chance), words);
            assert_eq!(of_hundred_such(chance, "quarters"), such);
        }
    }
}
