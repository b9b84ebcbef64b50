//! Numbers as people write them: `120k`, `4%`, `"3% a month"`, and the ranges they must lie in.

mod date;
mod dates;
mod guess;
mod levels;

pub use date::{Date, DateError};
pub use dates::dates;
pub use guess::{guesses, in_doubt, invisible, visible};
pub use levels::Levels;

use crate::transcendental::{exp_m1, ln_1p, log10};

use std::fmt;

/// Weeks in a year: 365.2425 days.
pub const WEEKS_A_YEAR: f64 = 52.1775;

/// The largest size a figure may have; a thousand times any company's money, and far from where sums lose their cents.
pub const LARGEST: f64 = 1e15;

/// No ratio of two figures counts as larger, so that products of what is huge stay finite.
pub const HUGE: f64 = 1e30;

/// `x` covers (reaches) `y`, but for the rounding of sums: docs/model.md, "Reaching".
#[must_use]
#[inline(always)]
pub fn reaches(x: f64, y: f64) -> bool {
    x >= least_that_reaches(y)
}

/// The least that [`reaches`] `y`.
#[must_use]
#[inline(always)]
pub fn least_that_reaches(y: f64) -> f64 {
    y - 1e-9 * y.abs().max(1.0)
}

/// A count as a number. Counts are below 2⁶³, and of a signed one this takes a single instruction.
#[must_use]
#[inline]
pub fn number(count: u64) -> f64 {
    count as i64 as f64
}

/// How many whole units are in `x`; one that is reached but for the rounding of sums counts.
#[must_use]
pub fn whole_part(x: f64) -> f64 {
    // Of what a u32 holds, cutting off takes two instructions where rounding down may take a call.
    let whole = if (0.0..1e9).contains(&x) { f64::from(x as u32) } else { x.floor() };
    or_next(x, whole)
}

/// [`whole_part`], for numbers side by side.
#[must_use]
#[inline(always)]
pub(crate) fn whole_part_in_lane(x: f64) -> f64 {
    or_next(x, x.floor())
}

#[inline(always)]
fn or_next(x: f64, whole: f64) -> f64 {
    if reaches(x, whole + 1.0) { whole + 1.0 } else { whole }
}

/// A period that a rate may be written with; the engine works in weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// `a week`
    Week,
    /// `a month`, a twelfth of a year
    Month,
    /// `a quarter`, a fourth of a year
    Quarter,
    /// `a year` of 52.1775 weeks
    Year,
}

impl Period {
    /// The periods and the words that name them.
    pub const NAMED: [(&'static str, Self); 4] =
        [("week", Self::Week), ("month", Self::Month), ("quarter", Self::Quarter), ("year", Self::Year)];

    /// Periods a week: 1 for a week, 1/52.1775 for a year.
    #[must_use]
    pub fn per_week(self) -> f64 {
        match self {
            Self::Week => 1.0,
            Self::Month => 12.0 / WEEKS_A_YEAR,
            Self::Quarter => 4.0 / WEEKS_A_YEAR,
            Self::Year => 1.0 / WEEKS_A_YEAR,
        }
    }

    /// An amount a period as an amount a week: `x·w`.
    #[must_use]
    pub fn amount_a_week(self, x: f64) -> f64 {
        x * self.per_week()
    }

    /// A share lost (or won) in a period as the share a week: `1 − (1 − x)^w`.
    #[must_use]
    pub fn fraction_a_week(self, x: f64) -> f64 {
        match self {
            Self::Week => x,
            _ => -exp_m1(self.per_week() * ln_1p(-x)),
        }
    }

    /// The share a period that comes to the share `x` a week.
    #[must_use]
    pub fn fraction_from_a_week(self, x: f64) -> f64 {
        match self {
            Self::Week => x,
            _ if x >= 1.0 => x,
            _ => -exp_m1(ln_1p(-x) / self.per_week()),
        }
    }
}

/// The range a number must lie in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// the lowest value
    pub low: f64,
    /// the lowest value itself is not allowed
    pub low_open: bool,
    /// the highest value
    pub high: f64,
    /// the highest value itself is not allowed
    pub high_open: bool,
}

impl Range {
    /// From `low` to `high`, both ends allowed.
    #[must_use]
    pub const fn closed(low: f64, high: f64) -> Self {
        Self { low, low_open: false, high, high_open: false }
    }

    /// Does `x` lie inside? Never true of a NaN.
    #[must_use]
    pub fn holds(&self, x: f64) -> bool {
        let above = if self.low_open { x > self.low } else { x >= self.low };
        let below = if self.high_open { x < self.high } else { x <= self.high };
        above && below
    }

    /// `x`, moved to the nearest end where it lies outside; just off an end that is itself not allowed, by a relative
    /// 1e-9, and off 0 by the smallest normal number. What lies inside is not moved.
    #[must_use]
    pub fn clamp(&self, x: f64) -> f64 {
        let off = |end: f64| (end.abs() * 1e-9).max(f64::MIN_POSITIVE);
        let low = if self.low_open { self.low + off(self.low) } else { self.low };
        let high = if self.high_open { self.high - off(self.high) } else { self.high };
        if self.holds(x) { x } else { x.max(low).min(high) }
    }

    /// Why `x` is refused: what was given, and what is allowed.
    #[must_use]
    pub fn refusal(&self, x: f64) -> String {
        if x.is_nan() {
            return "this is not a number".into();
        }
        if x.abs() > LARGEST {
            return "this number is too large for any plan: 15 digits are the most".into();
        }
        format!("{} is not allowed: it must be {self}", written(x))
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let low = written(self.low);
        let high = written(self.high);
        let bounded_below = self.low > -LARGEST;
        let bounded_above = self.high < LARGEST;
        match (bounded_below, bounded_above) {
            (false, false) => write!(f, "any number of up to 15 digits"),
            (true, false) if self.low_open => write!(f, "more than {low}"),
            (true, false) => write!(f, "{low} or more"),
            (false, true) => write!(f, "{high} or less"),
            (true, true) if self.low == self.high => write!(f, "{low}"),
            (true, true) => {
                write!(f, "{low} to {high}")?;
                match (self.low_open, self.high_open) {
                    (false, false) => Ok(()),
                    (true, false) => write!(f, ", but not {low} itself"),
                    (false, true) => write!(f, ", but not {high} itself"),
                    (true, true) => write!(f, ", but neither {low} nor {high} itself"),
                }
            }
        }
    }
}

/// A number without needless digits: at most ten significant ones, no exponent below 10^15.
#[must_use]
pub fn plain(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    if !(1e-6..1e16).contains(&x.abs()) {
        return format!("{x:e}");
    }
    let decimals = (9 - log10(x.abs()).floor() as i32).clamp(0, 15) as usize;
    let text = format!("{x:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
}

/// A number as one writes it in a scenario: thousands are grouped from 10_000 on.
#[must_use]
pub fn written(x: f64) -> String {
    let text = plain(x);
    let (sign, size) = text.strip_prefix('-').map_or(("", &*text), |size| ("-", size));
    let (whole, rest) = size.split_at(size.find('.').unwrap_or(size.len()));
    if whole.len() < 5 || !whole.bytes().all(|digit| digit.is_ascii_digit()) {
        return text;
    }
    let mut grouped = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

/// The sign behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `%`
    Percent,
    /// `k`
    Thousand,
    /// `M`
    Million,
}

impl Sign {
    /// As it is written.
    #[must_use]
    pub fn written(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::Thousand => "k",
            Self::Million => "M",
        }
    }
}

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spelled {
    /// what it is
    pub value: f64,
    /// the sign behind its digits
    pub sign: Option<Sign>,
    /// the digits by themselves: 8 of `8k`
    pub digits: f64,
}

/// Reads a number as people write it: `1_200`, `120k`, `1.2M`, `4%`, `-0.5`.
///
/// # Errors
///
/// What is wrong with it, in words that say what to write instead.
pub fn parse_number(text: &str) -> Result<f64, String> {
    read_number(text).map(|number| number.value)
}

/// Reads a number with the sign behind it.
///
/// # Errors
///
/// As [`parse_number`].
pub fn read_number(text: &str) -> Result<Spelled, String> {
    let text = text.trim();
    let (digits, sign) = match text.char_indices().next_back() {
        Some((at, '%')) => (&text[..at], Some(Sign::Percent)),
        Some((at, 'k' | 'K')) => (&text[..at], Some(Sign::Thousand)),
        Some((at, 'M')) => (&text[..at], Some(Sign::Million)),
        Some((_, 'm' | 'b' | 'B')) => return Err("millions are written M, thousands k".into()),
        Some(_) => (text, None),
        None => return Err("a number is missing".into()),
    };
    let digits = digits.trim_end();
    if digits.starts_with(['$', '€', '£', '¥']) || digits.ends_with(['$', '€', '£', '¥']) {
        return Err("write the amount without a currency sign: 5000, 5_000 or 5k".into());
    }
    if digits.contains(',') {
        return Err("write numbers without commas: 120000, 120_000 or 120k; 2.5 for decimals".into());
    }
    let well_formed = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | '.' | '+' | '-' | 'e' | 'E'))
        && digits.chars().any(|c| c.is_ascii_digit());
    if !well_formed {
        return Err(not_a_number(digits));
    }
    let number: f64 = digits.replace('_', "").parse().map_err(|_| not_a_number(digits))?;
    if !number.is_finite() {
        return Err("this number is too large".into());
    }
    // Dividing by a hundred is exact where multiplying by 0.01 is not: 7% is the number 0.07.
    let value = match sign {
        Some(Sign::Percent) => number / 100.0,
        Some(Sign::Thousand) => number * 1e3,
        Some(Sign::Million) => number * 1e6,
        None => number,
    };
    Ok(Spelled { value, sign, digits: number })
}

/// That a text is not a number; one that looks like it holds something that can't be seen.
fn not_a_number(text: &str) -> String {
    match text.chars().find_map(invisible) {
        Some(name) => format!("there is an invisible character in it: {name}"),
        None => "this is not a number".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("120_000", 120_000.0),
            ("120k", 120_000.0),
            ("1.2M", 1_200_000.0),
            ("7%", 0.07),
            ("12 %", 0.12),
            ("-3", -3.0),
            ("1e3", 1000.0),
        ] {
            assert_eq!(parse_number(text), Ok(number), "{text}");
        }
        for text in ["", "abc", "1,200", "$5", "5m", "k", "1e999", "--3", "1.2.3"] {
            assert!(parse_number(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_share_lost_in_a_year_is_lost_in_as_many_weeks() {
        let weekly = Period::Year.fraction_a_week(0.34);
        assert!((1.0 - (1.0 - weekly).powf(WEEKS_A_YEAR) - 0.34).abs() < 1e-12);
        assert!((Period::Month.amount_a_week(100.0) - 1200.0 / WEEKS_A_YEAR).abs() < 1e-12);
        assert_eq!(Period::Year.fraction_a_week(1.0), 1.0);
        assert!((Period::Year.fraction_from_a_week(weekly) - 0.34).abs() < 1e-12);
    }

    #[test]
    fn ranges_say_themselves_in_words() {
        let above_zero = Range { low_open: true, ..Range::closed(0.0, LARGEST) };
        assert_eq!(above_zero.to_string(), "more than 0");
        assert_eq!(Range::closed(0.0, LARGEST).to_string(), "0 or more");
        assert_eq!(Range::closed(0.0, 1.0).to_string(), "0 to 1");
        assert!(!above_zero.holds(0.0) && !above_zero.holds(f64::NAN));
    }

    #[test]
    fn what_lies_inside_a_range_is_not_moved_and_the_rest_stays_just_off_open_ends() {
        let above_zero = Range { low_open: true, ..Range::closed(0.0, LARGEST) };
        for tiny in [5e-10, 1e-300, f64::MIN_POSITIVE, 5e-324] {
            assert_eq!(above_zero.clamp(tiny), tiny);
        }
        assert_eq!(above_zero.clamp(0.0), f64::MIN_POSITIVE);
        assert_eq!(above_zero.clamp(-3.0), f64::MIN_POSITIVE);
        let above = Range { low_open: true, ..Range::closed(200.0, 300.0) };
        assert_eq!(above.clamp(-3.0), 200.0 + 200.0 * 1e-9);
        let below = Range { high_open: true, ..Range::closed(0.0, 1.0) };
        assert_eq!(below.clamp(7.0), 1.0 - 1e-9);
        assert_eq!(below.clamp(1.0 - 1e-12), 1.0 - 1e-12);
        let growth = Range { low_open: true, ..Range::closed(-1.0, LARGEST) };
        assert_eq!(growth.clamp(-2.0), -1.0 + 1e-9);
    }

    #[test]
    fn numbers_are_written_as_they_may_be_read() {
        for number in [0.0, 0.07, -1.5, 9_999.0, 10_000.0, -120_000.5, 1e8] {
            assert_eq!(parse_number(&written(number)), Ok(number));
        }
        assert_eq!(written(1e8), "100_000_000");
        assert_eq!(written(-12_345.5), "-12_345.5");
    }

    #[test]
    fn plain_numbers_have_no_needless_digits() {
        assert_eq!(plain(0.07), "0.07");
        assert_eq!(plain(120_000.0), "120000");
        assert_eq!(plain(1.0 / 3.0), "0.3333333333");
    }
}
