//! Dates as exports write them. Whether `03/04/2026` begins with the day or the month is decided for a column from all of
//! its values, or it is not decided at all.

use crate::units::Date;

/// A day, as the number of days since 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day of a date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self(date.days_since(Date::UNIX_EPOCH))
    }

    /// The date of the day.
    #[must_use]
    pub fn date(self) -> Date {
        Date::UNIX_EPOCH.plus_days(i64::from(self.0)).unwrap_or(Date::MAX)
    }

    /// The number of its week, weeks beginning on Mondays.
    #[must_use]
    pub fn week(self) -> i32 {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).div_euclid(7)
    }

    /// The Monday of a week.
    #[must_use]
    pub fn monday(week: i32) -> Self {
        Self(7 * week - 3)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, text: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let date = self.date();
        let month = usize::try_from(date.month()).map_or(0, |month| month - 1);
        write!(text, "{} {} {}", date.day(), MONTHS[month.min(11)], date.year())
    }
}

/// Which comes first in `03/04/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// the day
    DayFirst,
    /// the month
    MonthFirst,
}

/// A date as far as its text alone says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum WrittenDate {
    /// whatever comes first
    Certain(Day),
    /// the day or the month comes first: both days
    Either { day_first: Day, month_first: Day },
    /// only one order gives a date
    Only(DateOrder, Day),
}

/// Reads a date, with or without a time after it.
pub(super) fn read_date(text: &str) -> Option<WrittenDate> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let first = *parts.first()?;
    let number = |part: &str| part.parse::<i32>().ok();
    // 20260901, and 20260901 with a time
    if first.len() == 8 && first.bytes().all(|b| b.is_ascii_digit()) {
        let n = number(first)?;
        return date(n / 10_000, n / 100 % 100, n % 100).map(WrittenDate::Certain);
    }
    // 2026-09-01T08:00:00: the time is tied to the day
    let (a, b) = (first, *parts.get(1)?);
    let c = parts.get(2)?.split(['T', 't']).next()?;
    if let Some(month) = month_of(a) {
        return date(year(number(c)?), month, number(ordinal(b))?).map(WrittenDate::Certain);
    }
    if let Some(month) = month_of(b) {
        let (day, of_year) = if a.len() == 4 { (c, a) } else { (a, c) };
        return date(year(number(of_year)?), month, number(ordinal(day))?).map(WrittenDate::Certain);
    }
    let (x, y, z) = (number(a)?, number(b)?, number(c)?);
    if a.len() == 4 {
        return date(x, y, z).map(WrittenDate::Certain);
    }
    let of_year = year(z);
    let day_first = date(of_year, y, x);
    // Points between day and month: nobody writes the month first there.
    if text.get(a.len()..a.len() + 1) == Some(".") {
        return day_first.map(WrittenDate::Certain);
    }
    match (day_first, date(of_year, x, y)) {
        (Some(day_first), Some(month_first)) if day_first == month_first => Some(WrittenDate::Certain(day_first)),
        (Some(day_first), Some(month_first)) => Some(WrittenDate::Either { day_first, month_first }),
        (Some(day), None) => Some(WrittenDate::Only(DateOrder::DayFirst, day)),
        (None, Some(day)) => Some(WrittenDate::Only(DateOrder::MonthFirst, day)),
        (None, None) => None,
    }
}

fn year(number: i32) -> i32 {
    if (0..100).contains(&number) { number + 2000 } else { number }
}

fn date(year: i32, month: i32, day: i32) -> Option<Day> {
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    (1970..=2200).contains(&date.year()).then(|| Day::of(date))
}

/// `1st`, `22nd` without what makes them ordinal.
fn ordinal(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_alphabetic())
}

/// The month of a name in English, German, French or Spanish, whole or short.
fn month_of(name: &str) -> Option<i32> {
    const STARTS: [&[&str]; 12] = [
        &["jan", "ene", "jän"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "mrz"],
        &["apr", "avr", "abr"],
        &["may", "mai"],
        &["jun", "juin"],
        &["jul", "juil"],
        &["aug", "aou", "aoû", "ago"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez", "déc", "dic"],
    ];
    let name = name.to_lowercase();
    if name.chars().count() < 3 || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let of = |starts: &&[&str]| starts.iter().any(|start| name.starts_with(start));
    STARTS.iter().position(of).map(|at| at as i32 + 1)
}

/// What all dates of a column say about their order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OrderEvidence {
    /// dates that only the day first makes dates
    pub(super) day_first: usize,
    /// dates that only the month first makes dates
    pub(super) month_first: usize,
    /// dates that are one in either order
    pub(super) either: usize,
}

impl OrderEvidence {
    /// Takes a date in.
    pub(super) fn see(&mut self, date: WrittenDate) {
        match date {
            WrittenDate::Certain(_) => {}
            WrittenDate::Either { .. } => self.either += 1,
            WrittenDate::Only(DateOrder::DayFirst, _) => self.day_first += 1,
            WrittenDate::Only(DateOrder::MonthFirst, _) => self.month_first += 1,
        }
    }

    /// The order, where the dates leave one only.
    pub(super) fn order(&self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (0, 0) => None,
            (_, 0) => Some(DateOrder::DayFirst),
            (0, _) => Some(DateOrder::MonthFirst),
            // Both occur: the few are slips, if they are few.
            (day, month) if day >= 20 * month => Some(DateOrder::DayFirst),
            (day, month) if month >= 20 * day => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// Must the order be known?
    pub(super) fn matters(&self) -> bool {
        self.either + self.day_first + self.month_first > 0
    }
}

/// The day of a written date, once the order is known.
pub(super) fn settle(date: WrittenDate, order: Option<DateOrder>) -> Option<Day> {
    match (date, order) {
        (WrittenDate::Certain(day), _) => Some(day),
        (WrittenDate::Either { day_first, .. }, Some(DateOrder::DayFirst)) => Some(day_first),
        (WrittenDate::Either { month_first, .. }, Some(DateOrder::MonthFirst)) => Some(month_first),
        (WrittenDate::Only(own, day), Some(order)) if own == order => Some(day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::of(text.parse().expect("a date"))
    }

    #[test]
    fn days_are_counted_from_1970_and_weeks_begin_on_mondays() {
        assert_eq!((day("1970-01-01"), day("2026-11-28")), (Day(0), Day(20_785)));
        // 2026-11-30 is a Monday.
        let monday = day("2026-11-30");
        assert_eq!((Day::monday(monday.week()), monday.week() - day("2026-11-29").week()), (monday, 1));
        assert_eq!(
            (Day(20_785).to_string(), Day(20_785).date().to_string()),
            ("28 Nov 2026".into(), "2026-11-28".into())
        );
    }

    #[test]
    fn dates_of_every_export_are_read() {
        for text in [
            "2018-06-09",
            "2018-06-09T21:30:00Z",
            "2018-06-09 21:30",
            "2018/6/9",
            "20180609",
            "Jun 09, 2018 09:30 pm",
            "9 June 2018",
            "09-Jun-2018",
            "09.06.2018 21:30",
            "9. Juni 2018",
            "9 juin 2018",
        ] {
            assert_eq!(read_date(text), Some(WrittenDate::Certain(day("2018-06-09"))), "{text}");
        }
        let both = WrittenDate::Either { day_first: day("2026-04-03"), month_first: day("2026-03-04") };
        assert_eq!(read_date("03/04/2026"), Some(both));
        assert_eq!(read_date("13/04/26"), Some(WrittenDate::Only(DateOrder::DayFirst, day("2026-04-13"))));
        assert_eq!(read_date("04/13/2026 8:00"), Some(WrittenDate::Only(DateOrder::MonthFirst, day("2026-04-13"))));
        for text in ["", "soon", "2026", "31/31/2026", "2026-13-01", "12:30", "1/2"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn one_date_beyond_the_twelfth_decides_for_all_and_none_decides_nothing() {
        let order = |texts: &[&str]| {
            let mut evidence = OrderEvidence::default();
            texts.iter().for_each(|text| evidence.see(read_date(text).expect("a date")));
            (evidence.order(), evidence.matters())
        };
        assert_eq!(order(&["03/04/2026", "13/04/2026"]), (Some(DateOrder::DayFirst), true));
        assert_eq!(order(&["03/04/2026", "04/13/2026"]), (Some(DateOrder::MonthFirst), true));
        assert_eq!(order(&["03/04/2026", "05/06/2026"]), (None, true));
        assert_eq!(order(&["13/04/2026", "04/13/2026"]), (None, true));
        assert_eq!(order(&["2026-04-03", "03/03/2026"]), (None, false));
    }
}
