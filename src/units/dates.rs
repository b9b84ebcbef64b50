//! Dates as they are written elsewhere: `12/28/2026`, `28.12.2026`.

use super::Date;

/// The dates that a text may mean, as a scenario writes them: year-month-day. Two where month and day may be swapped.
#[must_use]
pub fn dates(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.trim().split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<i16>> = parts.iter().map(|part| part.parse().ok()).collect();
    let Some([a, b, c]) = numbers.as_deref().and_then(|numbers| <[i16; 3]>::try_from(numbers).ok()) else {
        return Vec::new();
    };
    let year = |year: i16| if (0..100).contains(&year) { year + 2000 } else { year };
    let orders = if a > 31 {
        [Some((a, b, c)), None]
    } else if text.contains('.') {
        [Some((year(c), b, a)), None]
    } else {
        [Some((year(c), a, b)), Some((year(c), b, a))]
    };
    let mut found: Vec<String> = Vec::new();
    for (year, month, day) in orders.into_iter().flatten() {
        let date = i8::try_from(month).and_then(|month| Ok((month, i8::try_from(day)?)));
        let date = date.ok().and_then(|(month, day)| Date::new(year, month, day));
        found.extend(date.map(|date| date.to_string()).filter(|date| !found.contains(date)));
    }
    if found.is_empty() {
        found.extend(orders.into_iter().flatten().find_map(last_day).map(|date| date.to_string()));
    }
    found
}

/// The last day of a month, for a day after it: February 28 for February 30.
fn last_day((year, month, day): (i16, i16, i16)) -> Option<Date> {
    let year = if (0..100).contains(&year) { year + 2000 } else { year };
    let month = Date::new(year, i8::try_from(month).ok()?, 1)?;
    let last = month.last_of_month();
    (i16::from(last.day())..=31).contains(&day).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::dates;

    #[test]
    fn dates_of_other_countries_are_understood() {
        for (text, meant) in [
            ("12/28/2026", vec!["2026-12-28"]),
            ("28.12.2026", vec!["2026-12-28"]),
            ("28/12/26", vec!["2026-12-28"]),
            ("04/05/2027", vec!["2027-04-05", "2027-05-04"]),
            ("2027/1/4", vec!["2027-01-04"]),
            ("30.2.2027", vec!["2027-02-28"]),
            ("2028-02-30", vec!["2028-02-29"]),
            ("2027-04-31", vec!["2027-04-30"]),
            ("2027-04-32", vec![]),
            ("2027-13-04", vec![]),
            ("next Monday", vec![]),
            ("09:30:00", vec![]),
        ] {
            assert_eq!(dates(text), meant, "{text}");
        }
    }
}
