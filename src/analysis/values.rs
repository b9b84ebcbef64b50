//! The values that a figure takes in turn: `20k..120k:11`, `20k..200k:8:log`, `newest_first,best_first`.

use super::steps::steps;
use super::value::{ALLOWED, MOST_VALUES, Value, Values, apart_by, too_many};

/// Reads the values of a figure; `whole` where it takes whole numbers only.
///
/// # Errors
///
/// What is wrong with them, and what could be written.
pub fn read_values(text: &str, whole: bool) -> Result<Values, String> {
    let pieces = apart(text);
    let grouped = |piece: &&str| piece.len() == 3 && piece.bytes().all(|b| b.is_ascii_digit());
    let led = |piece: &&str| piece.len() <= 3 && piece.bytes().all(|b| b.is_ascii_digit());
    if let [first, rest @ ..] = pieces.as_slice()
        && led(first)
        && rest.iter().any(|piece| grouped(piece) && piece.starts_with('0'))
    {
        return Err(format!(
            "numbers have no commas here, since commas part the values: 20000, 20_000 or 20k. {ALLOWED}"
        ));
    }
    let is_range = |piece: &&&str| apart_by(piece, "..").len() > 1;
    let Values { list: mut values, logarithmic } = match pieces.as_slice() {
        [range] if is_range(&range) => steps(range, whole)?,
        pieces if pieces.iter().any(|piece| is_range(&piece)) => {
            return Err(format!("a range must be the only value, and its numbers have no commas: {ALLOWED}"));
        }
        pieces => Values { list: pieces.iter().map(|piece| Value::of(piece)).collect(), logarithmic: false },
    };
    if values.iter().any(|value| value.text.is_empty()) {
        return Err(format!("a value is missing: {ALLOWED}"));
    }
    if values.len() < 2 {
        return Err(format!("one value alone shows no change: use --set for a single value. For several, {ALLOWED}"));
    }
    if values.len() > MOST_VALUES {
        return Err(too_many(values.len()));
    }
    if values.iter().all(|value| value.number.is_some()) {
        let number = |value: &Value| value.number.unwrap_or(f64::NAN);
        values.sort_by(|a, b| number(a).total_cmp(&number(b)));
    }
    for (at, value) in values.iter().enumerate() {
        if values[..at].iter().any(|other| other.is(value)) {
            return Err(format!("{} is listed twice", value.text));
        }
    }
    Ok(Values { list: values, logarithmic })
}

/// Splits at commas that stand in no brackets and no quotes.
fn apart(text: &str) -> Vec<&str> {
    apart_by(text, ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, whole: bool) -> Vec<String> {
        let values = read_values(text, whole).unwrap_or_else(|why| panic!("{text}: {why}"));
        values.list.into_iter().map(|value| value.text).collect()
    }

    #[test]
    fn ranges_have_even_steps_and_both_ends() {
        for (text, values) in [
            ("20k..120k:3", vec!["20000", "70000", "120000"]),
            ("20_000 .. 0.12M : 3", vec!["20000", "70000", "120000"]),
            ("10%..30%:5", vec!["10%", "15%", "20%", "25%", "30%"]),
            ("0..30%:3", vec!["0%", "15%", "30%"]),
            ("120k..20k:2", vec!["20000", "120000"]),
            ("-2..2:3", vec!["-2", "0", "2"]),
            ("0..24_690:3", vec!["0", "12345", "24690"]),
            ("20k..70k:4", vec!["20000", "36667", "53333", "70000"]),
            ("0..1:4", vec!["0", "0.33333", "0.66667", "1"]),
            ("1..100:3:log", vec!["1", "10", "100"]),
            ("20k..200k:4:log", vec!["20000", "43100", "92800", "200000"]),
            ("1..1e9:3:log", vec!["1", "31600", "1000000000"]),
            ("3..1M:3:log", vec!["3", "1732", "1000000"]),
            ("0.001..10:3:log", vec!["0.001", "0.1", "10"]),
        ] {
            assert_eq!(texts(text, false), values, "{text}");
        }
        assert_eq!(texts("20k..120k", false).len(), 11);
    }

    #[test]
    fn whole_numbers_take_whole_steps() {
        for (text, values) in [
            ("1..5", vec!["1", "2", "3", "4", "5"]),
            ("0..10:5", vec!["0", "3", "5", "8", "10"]),
            ("1..9:5:log", vec!["1", "2", "3", "5", "9"]),
        ] {
            assert_eq!(texts(text, true), values, "{text}");
        }
        assert_eq!(texts("1..100", true).len(), 11);
    }

    #[test]
    fn lists_hold_whatever_a_figure_may_be() {
        for (text, values) in [
            ("newest_first,best_first", vec!["newest_first", "best_first"]),
            ("5, 3,4k", vec!["3", "5", "4k"]),
            ("2 to 5, 3 to 6", vec!["2 to 5", "3 to 6"]),
            ("{ p10 = 2, p50 = 3, p90 = 6 }, [1, 2]", vec!["{ p10 = 2, p50 = 3, p90 = 6 }", "[1, 2]"]),
            ("\"a, b\",'c..d'", vec!["\"a, b\"", "'c..d'"]),
        ] {
            assert_eq!(texts(text, false), values, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, whole, why) in [
            ("", false, "a value is missing"),
            ("1,,2", false, "a value is missing"),
            ("5", false, "one value alone"),
            ("20,000..120,000:11", false, "no commas"),
            ("20k..", false, "a number is missing"),
            ("a..b:3", false, "\"a\": this is not a number"),
            ("1..2..3", false, "two ends"),
            ("1..9:1", false, "\"1\" is neither a number of values"),
            ("1..9:2.5", false, "\"2.5\" is neither a number of values"),
            ("1..9:lin", false, "\"lin\" is neither a number of values"),
            ("1..9:201", false, "201 values are too many"),
            ("1..9:1e12", false, "values are too many"),
            ("20..120k:11", false, "both ends alike: 20k..120k"),
            ("5..5:3", false, "are the same"),
            ("0..9:3:log", false, "start above 0"),
            ("1..3:5", true, "there are 3 whole numbers: write 1..3:3"),
            ("1.5..3:2", true, "ends between them"),
            ("3,3.0", false, "3.0 is listed twice"),
            ("even,even", false, "even is listed twice"),
        ] {
            let answer = read_values(text, whole).expect_err(text);
            assert!(answer.contains(why), "{text}: {answer}");
        }
    }
}
