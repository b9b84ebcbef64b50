//! The day of a forecast, as the footers of its charts say.

use crate::units::Date;

/// The variable of reproducible builds: seconds since 1970 that stand for now. With it the same plan and seed give the same
/// bytes on any day.
const FIXED: &str = "SOURCE_DATE_EPOCH";

/// The day here and now, or in UTC that of `SOURCE_DATE_EPOCH`. Nothing but footers follows from it.
pub(super) fn today() -> Date {
    let fixed = std::env::var(FIXED).ok().and_then(|seconds| day_of(&seconds));
    fixed.unwrap_or_else(Date::today)
}

/// The day in UTC of so many seconds since 1970.
fn day_of(seconds: &str) -> Option<Date> {
    let seconds: u64 = seconds.trim().parse().ok()?;
    Date::UNIX_EPOCH.plus_days(i64::try_from(seconds / 86_400).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_since_1970_are_a_day() {
        let day = |seconds| day_of(seconds).map(|day| day.to_string());
        assert_eq!(day("0").as_deref(), Some("1970-01-01"));
        // 20,000 days of 86,400 seconds later, less one second.
        assert_eq!(day("1727999999").as_deref(), Some("2024-10-03"));
        assert_eq!(day("1728000000").as_deref(), Some("2024-10-04"));
        for wrong in ["", "soon", "-5", "99999999999999999999", "18446744073709551615"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
