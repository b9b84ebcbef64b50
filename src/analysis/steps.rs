//! Ranges in steps, even or on a log scale: `20k..120k:11`, `20k..200k:8:log`.

use crate::transcendental::{log10, powf, powi};
use crate::units::{parse_number, plain};

use super::value::{ALLOWED, MOST_VALUES, Value, Values, apart_by, too_many};

/// How many values a range has where nothing is said of it.
const USUAL: usize = 11;

/// Reads `LOW..HIGH`, `LOW..HIGH:COUNT` or `LOW..HIGH:COUNT:log`.
pub(super) fn steps(text: &str, whole: bool) -> Result<Values, String> {
    let range = Range::read(text)?;
    let Range { low, high, log, .. } = range;
    let Ends { first, last, in_percent } = range.ends()?;
    if log && first <= 0.0 {
        return Err("steps on a log scale start above 0".into());
    }
    if whole && (first.fract() != 0.0 || last.fract() != 0.0) {
        return Err(format!("only whole numbers make sense here, and {low}..{high} ends between them"));
    }
    let there_are = last - first + 1.0;
    let count = range.count.unwrap_or(if whole { USUAL.min(there_are as usize) } else { USUAL });
    if count > MOST_VALUES {
        return Err(too_many(count));
    }
    if whole && count as f64 > there_are {
        return Err(format!(
            "from {low} to {high} there are {} whole numbers: write {low}..{high}:{0}, or fewer",
            plain(there_are)
        ));
    }
    let scale = if in_percent { 100.0 } else { 1.0 };
    let spaced = |at: usize| {
        let share = at as f64 / (count - 1) as f64;
        if log { first * powf(last / first, share) } else { first + (last - first) * share }
    };
    let value = |at: usize| match at {
        // The ends are as they were written; steps that don't come out even have few digits.
        0 => first,
        at if at + 1 == count => last,
        at if whole => spaced(at).round(),
        at if log => rounded_by_value(spaced(at)),
        at => rounded_by_step(spaced(at), spaced(at + 1) - spaced(at)),
    };
    let mut values: Vec<Value> = (0..count).map(|at| Value::worked_out(value(at) * scale, in_percent)).collect();
    if whole {
        // On a log scale the first steps may round to the same number.
        values.dedup_by(|a, b| a.is(b));
    }
    Ok(Values { list: values, logarithmic: log })
}

/// A range as written.
struct Range<'t> {
    low: &'t str,
    high: &'t str,
    count: Option<usize>,
    log: bool,
}

/// The ends of a range, the lower first.
struct Ends {
    first: f64,
    last: f64,
    in_percent: bool,
}

impl<'t> Range<'t> {
    fn read(text: &'t str) -> Result<Self, String> {
        let mut parts = text.split(':').map(str::trim);
        let ends = apart_by(parts.next().unwrap_or_default(), "..");
        let [low, high] = ends.as_slice() else {
            return Err(format!("a range has two ends: {ALLOWED}"));
        };
        let mut range = Self { low, high, count: None, log: false };
        for part in parts {
            match (part, parse_number(part)) {
                ("log", _) if !range.log => range.log = true,
                (_, Ok(number)) if range.count.is_none() && number.fract() == 0.0 && number >= 2.0 => {
                    range.count = Some(number as usize);
                }
                _ => {
                    return Err(format!(
                        "\"{part}\" is neither a number of values (2 to {MOST_VALUES}) nor log: {ALLOWED}"
                    ));
                }
            }
        }
        Ok(range)
    }

    fn ends(&self) -> Result<Ends, String> {
        let Self { low, high, .. } = self;
        let read = |end: &str| parse_number(end).map_err(|why| format!("\"{end}\": {why}; {ALLOWED}"));
        let (low_end, high_end) = (read(low)?, read(high)?);
        let suffix = |end: &str| end.chars().next_back().filter(|c| !c.is_ascii_digit());
        if let (None, Some(sign)) = (suffix(low), suffix(high)) {
            // 20..120k is hardly meant as 20 to 120,000; 5000..120k may be.
            let meant = format!("{low}{sign}");
            let may_be = parse_number(&meant).is_ok_and(|meant| meant <= high_end);
            if low_end != 0.0 && (may_be || sign == '%') {
                return Err(format!("write both ends alike: {meant}..{high}, if that is meant"));
            }
        }
        let (first, last) = (low_end.min(high_end), low_end.max(high_end));
        if first == last {
            return Err(format!("both ends of {low}..{high} are the same"));
        }
        Ok(Ends { first, last, in_percent: suffix(low).or(suffix(high)) == Some('%') })
    }
}

/// To five digits of the step that follows.
fn rounded_by_step(x: f64, step: f64) -> f64 {
    to_unit(x, log10(step).floor() as i32 - 4)
}

/// To three digits, and below 10,000 to the whole number at least: on a log scale, nobody counts the steps.
fn rounded_by_value(x: f64) -> f64 {
    let exponent = log10(x).floor() as i32 - 2;
    to_unit(x, if x < 1e4 { exponent.min(0) } else { exponent })
}

fn to_unit(x: f64, exponent: i32) -> f64 {
    let unit = powi(10.0, exponent);
    (x / unit).round() * unit
}
