//! Columns of tables as people and their programs write them: money with currency signs, chances in percent, dates in any
//! order. A column is read as a whole: what one cell leaves open, another one often settles.

use crate::units::{self, Date};

/// What cells hold; none where they are empty.
pub type Cells<T> = Vec<Result<Option<T>, String>>;

/// Amounts of money or counts: `12500`, `$12,500.00`, `12.500,00 €`, `12.5k`. A comma before three digits groups thousands,
/// unless another cell of the column has its decimals after a comma; a point before three digits is asked about, unless
/// another cell shows what points are for.
#[must_use]
pub fn amounts(cells: &[&str]) -> Cells<f64> {
    let read: Vec<Result<Option<Amount>, String>> = cells.iter().map(|cell| amount(cell)).collect();
    let shows = |sign: char| {
        read.iter().any(|cell| matches!(cell, Ok(Some(Amount::Read { decimals: Some(own), .. })) if *own == sign))
    };
    let (commas, points) = (shows(','), shows('.'));
    let settle = |cell: Result<Option<Amount>, String>| match cell? {
        None => Ok(None),
        Some(Amount::Read { number, .. }) => Ok(Some(number)),
        Some(Amount::Open { sign: ',', thousands, .. }) if points || !commas => Ok(Some(thousands)),
        Some(Amount::Open { sign: ',', decimals, .. }) if commas => Ok(Some(decimals)),
        Some(Amount::Open { thousands, .. }) if commas && !points => Ok(Some(thousands)),
        Some(Amount::Open { decimals, .. }) if points && !commas => Ok(Some(decimals)),
        Some(Amount::Open { thousands, decimals, .. }) => Err(format!(
            "is this {} or {}? Nothing else in the column says what its point is for",
            units::written(thousands),
            units::plain(decimals)
        )),
    };
    read.into_iter().map(settle).collect()
}

/// An amount, or one whose sign may be for thousands or for decimals.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Amount {
    Read {
        number: f64,
        /// what its decimals stand after, as far as it shows
        decimals: Option<char>,
    },
    Open {
        sign: char,
        thousands: f64,
        decimals: f64,
    },
}

fn amount(cell: &str) -> Result<Option<Amount>, String> {
    let seen = units::visible(cell);
    if seen.trim().is_empty() {
        return Ok(None);
    }
    let no_amount = || Err(String::from("this is not an amount"));
    if seen.contains('%') || seen.trim_start().starts_with(['(', '-', '−']) {
        return Err("an amount is 0 or more, without a percent sign".into());
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let (Some(first), Some(last)) = (seen.find(is_part), seen.rfind(|c: char| c.is_ascii_digit())) else {
        return no_amount();
    };
    let behind = seen[last + 1..].trim();
    let factor = match behind.chars().next() {
        Some('k' | 'K') if behind.len() == 1 => 1e3,
        Some('M') if behind.len() == 1 => 1e6,
        _ => 1.0,
    };
    let is_currency = |text: &str| text.chars().all(|c| !c.is_ascii_digit() && c != '-');
    let digits: String = seen[first..=last].chars().filter(|c| !matches!(c, ' ' | '\'' | '’' | '_')).collect();
    if !is_currency(&seen[..first]) || !digits.chars().all(is_part) {
        return no_amount();
    }
    let parse = |text: String| {
        text.parse::<f64>().map(|number| number * factor).map_err(|_| String::from("this is not an amount"))
    };
    let grouped = |text: &str, sign: char| {
        let mut groups = text.split(sign);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
    };
    let signs: Vec<char> = digits.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let read = match signs[..] {
        [] => Amount::Read { number: parse(digits)?, decimals: None },
        [sign] => {
            let (whole, part) = digits.split_once(sign).unwrap_or((&digits, ""));
            let decimals: f64 = parse(format!("{whole}.{part}"))?;
            if part.len() == 3 && grouped(&digits, sign) && !whole.starts_with('0') {
                Amount::Open { sign, thousands: parse(format!("{whole}{part}"))?, decimals }
            } else {
                Amount::Read { number: decimals, decimals: Some(sign) }
            }
        }
        [first, .., last] if first != last => {
            let at = digits.rfind(last).unwrap_or(0);
            if !grouped(&digits[..at], first) || digits[..at].contains(last) {
                return no_amount();
            }
            let number = parse(format!("{}.{}", digits[..at].replace(first, ""), &digits[at + 1..]))?;
            Amount::Read { number, decimals: Some(last) }
        }
        [first, ..] => {
            if !grouped(&digits, first) {
                return no_amount();
            }
            let other = if first == ',' { '.' } else { ',' };
            Amount::Read { number: parse(digits.replace(first, ""))?, decimals: Some(other) }
        }
    };
    Ok(Some(read))
}

/// Chances: `40%`, `0.4`, or `40` where the column is in percent, because its name says so or because a cell exceeds 1.
#[must_use]
pub fn shares(cells: &[&str], in_percent: bool) -> Cells<f64> {
    let read = |cell: &&str| {
        let text = units::visible(cell);
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let (body, signed) = text.strip_suffix('%').map_or((text, false), |body| (body.trim_end(), true));
        let number = body.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
        number.map(|number| Some((number, signed))).ok_or_else(|| String::from("this is not a chance"))
    };
    let read: Vec<Result<Option<(f64, bool)>, String>> = cells.iter().map(read).collect();
    let exceeds =
        |cell: &Result<Option<(f64, bool)>, String>| matches!(cell, Ok(Some((number, false))) if *number > 1.0);
    let in_percent = in_percent || read.iter().any(exceeds);
    let settle = |cell: Result<Option<(f64, bool)>, String>| match cell? {
        None => Ok(None),
        Some((number, signed)) => {
            let share = if signed || in_percent { number / 100.0 } else { number };
            if (0.0..=1.0).contains(&share) { Ok(Some(share)) } else { Err("a chance is 0% to 100%".into()) }
        }
    };
    read.into_iter().map(settle).collect()
}

/// Dates: `2027-02-15`, with or without a time; `2/15/2027`, `15.02.2027`. Where month and day could be swapped, the other
/// cells of the column settle which comes first.
#[must_use]
pub fn dates(cells: &[&str]) -> Cells<Date> {
    let read: Vec<Vec<Date>> = cells.iter().map(|cell| readings(cell)).collect();
    // Of dates that can be read in two ways the first reading has the month first.
    let open = || cells.iter().zip(&read).filter(|(cell, _)| cell.contains('/'));
    let month_first = open().filter(|(cell, _)| day_behind(cell)).count();
    let day_first = open().filter(|(cell, _)| day_before(cell)).count();
    let settle = |(cell, found): (&&str, Vec<Date>)| match found[..] {
        _ if cell.trim().is_empty() => Ok(None),
        [] => Err("this is not a date".into()),
        [date] => Ok(Some(date)),
        [first, second, ..] => match (month_first, day_first) {
            (1.., 0) => Ok(Some(first)),
            (0, 1..) => Ok(Some(second)),
            _ => Err(format!("is this {first} or {second}? Write the dates as year-month-day")),
        },
    };
    cells.iter().zip(read).map(settle).collect()
}

/// The dates that a cell may mean; a time of day is left out.
fn readings(cell: &str) -> Vec<Date> {
    let text = cell.trim();
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    match day.parse::<Date>() {
        Ok(date) => vec![date],
        Err(_) => units::dates(day).iter().filter_map(|date| date.parse().ok()).collect(),
    }
}

/// The first two numbers of a date with slashes.
fn first_two(cell: &str) -> Option<(i16, i16)> {
    let mut parts = cell.trim().split('/');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Is the second number certainly a day?
fn day_behind(cell: &str) -> bool {
    first_two(cell).is_some_and(|(first, second)| first <= 12 && second > 12)
}

/// Is the first number certainly a day?
fn day_before(cell: &str) -> bool {
    first_two(cell).is_some_and(|(first, second)| (13..=31).contains(&first) && second <= 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(cells: Cells<T>) -> Vec<Option<T>> {
        cells.into_iter().map(|cell| cell.unwrap_or(None)).collect()
    }

    #[test]
    fn money_is_read_as_programs_write_it() {
        for (cells, expected) in [
            (vec!["12500", "$12,500.00", "USD 1,000", "7.5k"], vec![12_500.0, 12_500.0, 1_000.0, 7_500.0]),
            (vec!["12.500,00 €", "1.000", "12,5", "3"], vec![12_500.0, 1_000.0, 12.5, 3.0]),
            (vec!["12 500", "12\u{a0}500 Kč", "1'000"], vec![12_500.0, 12_500.0, 1_000.0]),
            (vec!["1,234", "5,000"], vec![1_234.0, 5_000.0]),
            (vec!["1,234,567", "0"], vec![1_234_567.0, 0.0]),
            (vec!["24.000", "9.50"], vec![24.0, 9.5]),
        ] {
            let expected: Vec<Option<f64>> = expected.into_iter().map(Some).collect();
            assert_eq!(read(amounts(&cells)), expected, "{cells:?}");
        }
        for cell in ["24.000", "-5", "(500)", "40%", "n/a", "1,23,4", "1.2.3"] {
            assert!(amounts(&[cell])[0].is_err(), "{cell}");
        }
        assert_eq!(amounts(&["", "5"]), [Ok(None), Ok(Some(5.0))]);
    }

    #[test]
    fn chances_are_percent_where_the_column_is() {
        assert_eq!(read(shares(&["40%", "0.4", ""], false)), [Some(0.4), Some(0.4), None]);
        assert_eq!(read(shares(&["40", "100", "0"], false)), [Some(0.4), Some(1.0), Some(0.0)]);
        assert_eq!(read(shares(&["1", "0"], true)), [Some(0.01), Some(0.0)]);
        assert_eq!(read(shares(&["1", "0,5"], false)), [Some(1.0), Some(0.5)]);
        assert!(shares(&["140"], false)[0].is_err() && shares(&["high"], false)[0].is_err());
    }

    #[test]
    fn dates_settle_each_other() {
        let date = |text: &str| Some(text.parse::<Date>().expect(text));
        assert_eq!(read(dates(&["3/4/2027", "3/25/2027"])), [date("2027-03-04"), date("2027-03-25")]);
        assert_eq!(read(dates(&["3/4/2027", "25/3/2027"])), [date("2027-04-03"), date("2027-03-25")]);
        assert_eq!(read(dates(&["15.02.2027", "2027-02-15 10:30"])), [date("2027-02-15"), date("2027-02-15")]);
        assert_eq!(read(dates(&["2027-02-15T00:00:00Z"])), [date("2027-02-15")]);
        assert!(dates(&["3/4/2027"])[0].is_err() && dates(&["soon"])[0].is_err());
        assert_eq!(dates(&[" "]), [Ok(None)]);
    }
}
