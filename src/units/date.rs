//! A day of the calendar: the start of a plan, the day of a forecast.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// A day of the Gregorian calendar, from the year -9999 to 9999, without a time or a time zone. It is written and read as
/// `2026-11-29`, by `serde` as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// A text is not a date; it says why.
#[derive(Clone, Debug, Error)]
#[error(transparent)]
pub struct DateError(jiff::Error);

impl Date {
    /// January 1, 1970.
    pub const UNIX_EPOCH: Self = Self(civil::Date::constant(1970, 1, 1));

    /// The last day that can be told: December 31, 9999.
    pub const MAX: Self = Self(civil::Date::MAX);

    /// A day by its year, its month from 1 to 12, and its day from 1; none where the calendar has no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The day here and now, by the system's clock and time zone.
    #[must_use]
    pub fn today() -> Self {
        Self(jiff::Zoned::now().date())
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Its month, from 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Its day in the month, from 1.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day so many days later, or earlier where `days` is negative; none outside the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let span = jiff::Span::new().try_days(days).ok()?;
        self.0.checked_add(span).ok().map(Self)
    }

    /// How many days after `other` it is; negative where it comes before.
    #[must_use]
    pub fn days_since(self, other: Self) -> i32 {
        (self.0 - other.0).get_days()
    }

    /// The last day of its month.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        Self(self.0.last_of_month())
    }

    /// As text tells it: `November 29, 2026`.
    #[must_use]
    pub fn in_words(self) -> String {
        self.0.strftime("%B %-d, %Y").to_string()
    }

    /// Its month, short, and its day: `Nov 29`.
    #[must_use]
    pub fn short(self) -> String {
        self.0.strftime("%b %-d").to_string()
    }
}

impl Display for Date {
    fn fmt(&self, text: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(text)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        text.parse().map(Self).map_err(DateError)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_the_ends_of_months_and_of_the_calendar() {
        let day = Date::new(2028, 2, 28).expect("a day");
        // 2028 is a leap year.
        assert_eq!((day.plus_days(2), day.last_of_month().day()), (Date::new(2028, 3, 1), 29));
        assert_eq!((day.plus_days(-59), day.days_since(Date::UNIX_EPOCH)), (Date::new(2027, 12, 31), 21_242));
        assert_eq!(Date::UNIX_EPOCH.days_since(day), -21_242);
        assert_eq!((Date::MAX.plus_days(1), day.plus_days(i64::MAX), Date::new(2027, 2, 29)), (None, None, None));
    }

    #[test]
    fn days_are_written_as_they_are_read() {
        let day: Date = "2026-03-02".parse().expect("a day");
        assert_eq!((day.year(), day.month(), day.day()), (2026, 3, 2));
        assert_eq!(
            (day.to_string(), day.in_words(), day.short()),
            ("2026-03-02".into(), "March 2, 2026".into(), "Mar 2".into())
        );
        assert!("2026-02-30".parse::<Date>().is_err() && "soon".parse::<Date>().is_err());
    }
}
