//! One value of a figure, as one would write it in a scenario, and how several are told apart.

use crate::units::{parse_number, plain};

/// The most values of one figure.
pub const MOST_VALUES: usize = 200;

/// What could have been written.
pub(super) const ALLOWED: &str =
    "write 20k..120k:11, 10%..30%:5, 20k..200k:8:log, or a list such as 1,2,3 or newest_first,best_first";

/// One value, as one would write it in a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// as written
    pub text: String,
    /// the number that it is; none for words, ranges and tables
    pub number: Option<f64>,
    /// whether that is written in percent
    pub in_percent: bool,
}

impl Value {
    /// Of what was written.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        Self { text: text.to_owned(), number: parse_number(text).ok(), in_percent: text.ends_with('%') }
    }

    /// Of a number that was worked out; in percent, `x` counts hundredths.
    pub(super) fn worked_out(x: f64, in_percent: bool) -> Self {
        let sign = if in_percent { "%" } else { "" };
        Self::of(&format!("{}{sign}", plain(x)))
    }

    /// Do the two mean the same?
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let words = |text: &str| -> Vec<Result<f64, String>> {
            let bare = text.trim_matches(['"', '\'']).split_whitespace();
            bare.map(|word| parse_number(word).map_err(|_| word.to_owned())).collect()
        };
        let same = |(one, other): (&Result<f64, String>, &Result<f64, String>)| match (one, other) {
            (Ok(a), Ok(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
            _ => one == other,
        };
        let (own, other) = (words(&self.text), words(&other.text));
        own.len() == other.len() && own.iter().zip(&other).all(same)
    }
}

/// The values of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// one by one, numbers from low to high
    pub list: Vec<Value>,
    /// whether they are spread evenly on a log scale
    pub logarithmic: bool,
}

/// That there are more values than anyone looks at.
pub(super) fn too_many(count: usize) -> String {
    format!("{count} values are too many: {MOST_VALUES} are the most")
}

/// The parts of a text between separators that stand in no brackets and no quotes.
pub(super) fn apart_by<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth = depth.saturating_sub(1),
            (None, _) if depth == 0 && at >= start && text[at..].starts_with(separator) => {
                parts.push(text[start..at].trim());
                start = at + separator.len();
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_may_be_written_in_several_ways() {
        for (one, other, same) in [
            ("75k", "75_000", true),
            ("7%", "0.07", true),
            ("\"7_000 to 10_000\"", "7k to 10k", true),
            ("even", "\"even\"", true),
            ("7k to 10k", "7k to 11k", false),
            ("2 to 5", "2", false),
        ] {
            assert_eq!(Value::of(one).is(&Value::of(other)), same, "{one}, {other}");
        }
    }
}
