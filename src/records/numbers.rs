//! Numbers as exports write them: `$12,400.00`, `1.234,56 €`, `< 10%`. Which mark parts the decimals is decided for a
//! column from all of its values.

/// What parts the decimals of a number from its whole part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// a point
    Point,
    /// a comma
    Comma,
}

/// A number as far as its text alone says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WrittenNumber {
    /// with a point for decimals
    point: Option<f64>,
    /// with a comma
    comma: Option<f64>,
    /// written with a percent sign: the number is already divided by 100
    pub(super) percent: bool,
    /// `< 10%`: the number is a bound from above
    pub(super) below: bool,
    /// the currency of a sign or code in the cell
    pub(super) currency: Option<[u8; 3]>,
}

/// Signs of money whose currency they leave no doubt about.
const SIGNS: [(char, &str); 5] = [('€', "EUR"), ('£', "GBP"), ('¥', "JPY"), ('₹', "INR"), ('$', "USD")];

/// Reads a number.
pub(super) fn read_written(text: &str) -> Option<WrittenNumber> {
    let mut text = text.trim().to_owned();
    let below = text.starts_with(['<', '≤']);
    text.retain(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\'' | '’' | '<' | '≤'));
    let percent = text.ends_with('%');
    text.retain(|c| c != '%');
    let mut currency = None;
    for (sign, code) in SIGNS {
        if text.contains(sign) {
            text.retain(|c| c != sign);
            currency = code.as_bytes().try_into().ok();
        }
    }
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    if letters.len() == 3 && letters.bytes().all(|b| b.is_ascii_uppercase()) {
        text = text.replacen(&letters, "", 1);
        currency = letters.as_bytes().try_into().ok();
    }
    let negative = text.starts_with(['-', '−']) || (text.starts_with('(') && text.ends_with(')'));
    let digits = text.trim_start_matches(['-', '−', '+', '(']).trim_end_matches(')');
    let by = |decimal: char, thousands: char| {
        let (whole, rest) = digits.split_once(decimal).map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let mut groups = whole.split(thousands);
        let first = groups.next().unwrap_or_default();
        let rest_is_grouped = groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
        let is_grouped = whole.contains(thousands);
        let digits_only = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let right = rest_is_grouped
            && digits_only(first)
            && (!is_grouped || ((1..=3).contains(&first.len()) && !first.starts_with('0')))
            && rest.is_none_or(digits_only)
            && !(first.is_empty() && rest.is_none_or(str::is_empty));
        if !right {
            return None;
        }
        let plain: String = whole.chars().filter(|c| *c != thousands).collect();
        let number: f64 = format!("0{plain}.{}0", rest.unwrap_or_default()).parse().ok()?;
        let scaled = if percent { number / 100.0 } else { number };
        Some(if negative { -scaled } else { scaled })
    };
    let (point, comma) = (by('.', ','), by(',', '.'));
    (point.is_some() || comma.is_some()).then_some(WrittenNumber { point, comma, percent, below, currency })
}

impl WrittenNumber {
    /// The number, once the mark is known; what is the same by both marks needs none.
    pub(super) fn settle(&self, mark: Option<DecimalMark>) -> Option<f64> {
        match mark {
            Some(DecimalMark::Point) => self.point,
            Some(DecimalMark::Comma) => self.comma,
            None if self.point == self.comma => self.point,
            None => None,
        }
    }
}

/// What all numbers of a column say about their marks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MarkEvidence {
    point: usize,
    comma: usize,
    either: usize,
}

impl MarkEvidence {
    /// Takes a number in.
    pub(super) fn see(&mut self, number: &WrittenNumber) {
        match (number.point, number.comma) {
            (Some(_), None) => self.point += 1,
            (None, Some(_)) => self.comma += 1,
            (Some(point), Some(comma)) if point != comma => self.either += 1,
            _ => {}
        }
    }

    /// Adds what another column of the same file says.
    pub(super) fn with(self, other: &Self) -> Self {
        Self { point: self.point + other.point, comma: self.comma + other.comma, either: self.either + other.either }
    }

    /// The mark, where the numbers leave one only.
    pub(super) fn mark(&self) -> Option<DecimalMark> {
        match (self.point, self.comma) {
            (0, 0) => None,
            (_, 0) => Some(DecimalMark::Point),
            (0, _) => Some(DecimalMark::Comma),
            (point, comma) if point >= 20 * comma => Some(DecimalMark::Point),
            (point, comma) if comma >= 20 * point => Some(DecimalMark::Comma),
            _ => None,
        }
    }

    /// Must the mark be known?
    pub(super) fn matters(&self) -> bool {
        self.either > 0 || (self.point > 0 && self.comma > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> (Option<f64>, Option<f64>) {
        let number = read_written(text).expect(text);
        (number.point, number.comma)
    }

    #[test]
    fn numbers_of_every_export_are_read() {
        assert_eq!(both("$12,400.00"), (Some(12_400.0), None));
        assert_eq!(both("1.234,56 €"), (None, Some(1_234.56)));
        assert_eq!(both("12 400,50"), (None, Some(12_400.5)));
        assert_eq!(both("1,234"), (Some(1_234.0), Some(1.234)));
        assert_eq!(both("24.000"), (Some(24.0), Some(24_000.0)));
        assert_eq!(both("-3"), (Some(-3.0), Some(-3.0)));
        assert_eq!(both("(1,234.5)"), (Some(-1_234.5), None));
        assert_eq!(both("EUR 99"), (Some(99.0), Some(99.0)));
        assert_eq!(both("1'234.50"), (Some(1_234.5), None));
        assert_eq!(both("0.5"), (Some(0.5), None));
        let share = read_written("< 10%").expect("a share");
        assert!(share.below && share.percent);
        assert_eq!(share.settle(None), Some(0.1));
        assert_eq!(read_written("5 USD").and_then(|number| number.currency), Some(*b"USD"));
        for text in ["", "--", "n/a", "1.2.3,4,5", "12a", "1,23,4.5"] {
            assert_eq!(read_written(text), None, "{text}");
        }
    }

    #[test]
    fn one_number_with_two_decimals_decides_for_all_and_none_decides_nothing() {
        let mark = |texts: &[&str]| {
            let mut evidence = MarkEvidence::default();
            texts.iter().for_each(|text| evidence.see(&read_written(text).expect("a number")));
            (evidence.mark(), evidence.matters())
        };
        assert_eq!(mark(&["1,234", "12.50"]), (Some(DecimalMark::Point), true));
        assert_eq!(mark(&["1,234", "12,50"]), (Some(DecimalMark::Comma), true));
        assert_eq!(mark(&["1,234", "5,678"]), (None, true));
        assert_eq!(mark(&["1234", "5678"]), (None, false));
    }
}
