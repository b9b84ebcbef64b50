//! The weeks that are simulated: the horizon, then the tail that shows what it sets in motion.

use crate::inputs::Quantity;
use crate::reading::{Diagnostic, Node, Premise, Span, Value};
use crate::units::{Date, dates};

use super::schema::{Key, TableReader};

/// The longest horizon, and the longest tail.
const LONGEST: f64 = 260.0;

/// No plan has more weeks, the tail included.
pub(super) const MOST_WEEKS: usize = 2 * LONGEST as usize;

/// The share of the team's hours in the tail that the next plan's leads take, where a plan does not say.
const TAIL_LOAD: f64 = 0.8;

/// The keys of `[horizon]`.
pub const KEYS: &[Key] = &[
    Key::date("start")
        .about("the first day of week 1; where it is given, a date may stand wherever a week is named")
        .example("2027-01-04"),
    Key::whole("weeks", 1.0, LONGEST)
        .or(13.0)
        .unit("weeks")
        .about("how long the plan runs: 13 is a quarter")
        .example("13"),
    Key::whole("tail_weeks", 0.0, LONGEST)
        .or(26.0)
        .unit("weeks")
        .about("how long afterwards to watch what the plan has set in motion: deals still open, content that ranks")
        .example("26"),
    Key::fraction("tail_load")
        .or(TAIL_LOAD)
        .unit("share of the team's hours in the tail")
        .about("what the leads of the next plan take of the team afterwards, before anything that this plan leaves is worked")
        .example("\"70% to 90%\""),
];

/// The weeks of a plan, counted from 0 here and from 1 in files and output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Horizon {
    /// the first day of week 1
    pub start: Option<Date>,
    /// weeks of the horizon
    pub weeks: usize,
    /// weeks of the tail
    pub tail: usize,
    /// share of the team's hours in the tail that the next plan's leads take
    pub tail_load: Quantity,
}

impl Horizon {
    /// Reads `[horizon]`.
    pub fn read(fields: Option<TableReader<'_, '_>>) -> Self {
        let Some(mut fields) = fields else {
            return Self { start: None, weeks: 13, tail: 26, tail_load: Quantity::Certain(TAIL_LOAD) };
        };
        Self {
            start: fields.date_if("start"),
            weeks: usize::try_from(fields.whole("weeks")).unwrap_or(13),
            tail: usize::try_from(fields.whole("tail_weeks")).unwrap_or(26),
            tail_load: fields.quantity("tail_load"),
        }
    }

    /// The first day of a week, counted from 0; none in a plan without a date to start on.
    #[must_use]
    pub fn first_day(&self, week: usize) -> Option<Date> {
        self.start?.plus_days(i64::try_from(week).ok()?.checked_mul(7)?)
    }

    /// Horizon and tail together.
    #[must_use]
    pub fn all(&self) -> usize {
        self.weeks + self.tail
    }
}

/// A list of weekly figures in which missing weeks are 1.
#[must_use]
pub fn week_of(list: &[f64], week: usize) -> f64 {
    list.get(week).copied().unwrap_or(1.0)
}

/// Reads a list of weekly figures, at most one for each week of `horizon`.
pub fn read_weekly(fields: &mut TableReader<'_, '_>, name: &str, horizon: &Horizon) -> Option<Vec<f64>> {
    let list = fields.weekly_if(name)?;
    if let Some(node) = fields.node(name)
        && list.len() > horizon.all()
    {
        let label = format!("{} numbers, for {} weeks and a tail of {}", list.len(), horizon.weeks, horizon.tail);
        fields.add_fault(
            Diagnostic::at(&node.place, format!("`{name}` has more weeks than the plan"), label)
                .help("leave out the last ones, or set `weeks` in [horizon]")
                .given(Premise::WeeksKnown),
        );
    }
    Some(list)
}

/// Which weeks a date may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// those of the horizon and of the tail
    Planned,
    /// those, and all that lie before
    OrBefore,
}

/// A week by its number or by a date in it, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// the week of a date
    Week(i64),
    /// a date that is a fault, which is told
    Faulty,
    /// something else: a number, or what is neither
    NoDate,
}

/// The number of the week, from 1 on, that holds a date; 0 or less for what lies before `start`.
#[must_use]
pub fn week_holding(start: Date, date: Date) -> i64 {
    i64::from(date.days_since(start)).div_euclid(7) + 1
}

/// Reads a date where a week may be named; `what` says what it is for.
pub fn read_date(fields: &mut TableReader<'_, '_>, what: &str, node: &Node, horizon: &Horizon, dates: Dates) -> Named {
    let text = match &node.value {
        Value::Date(text) => text.as_str(),
        // Quotes around a date are no fault; another text is not taken for one.
        Value::Text(text) if text.parse::<Date>().is_ok() => text.as_str(),
        _ => return Named::NoDate,
    };
    match week_of_date(what, text, &node.place, horizon, dates) {
        Ok(week) => Named::Week(week),
        Err(fault) => {
            fields.add_fault(fault);
            Named::Faulty
        }
    }
}

/// The number of the week that holds a date as written at `place`.
///
/// # Errors
///
/// Why it names no week of the plan.
pub fn week_of_date(
    what: &str,
    text: &str,
    place: &Span,
    horizon: &Horizon,
    allowed: Dates,
) -> Result<i64, Diagnostic> {
    let Ok(date) = text.parse::<Date>() else {
        let fault = Diagnostic::at(
            place,
            format!("`{what}`: expected a calendar date"),
            "a date is year-month-day, for example 2027-01-04",
        );
        return Err(fault.write(place, dates(text)));
    };
    let Some(start) = horizon.start else {
        let fault = Diagnostic::at(
            place,
            format!("`{what}`: a date names a week only where the plan has a date to start on"),
            "which week is that?",
        );
        let help = "add start, the first day of week 1, to [horizon], or write the number of the week: 1 is the first";
        return Err(fault.help(help).given(Premise::WeeksKnown));
    };
    let week = week_holding(start, date);
    let too_early = week < 1 && allowed == Dates::Planned;
    if !too_early && week <= horizon.all() as i64 {
        return Ok(week);
    }
    let last = horizon.first_day(horizon.all()).and_then(|day| day.plus_days(-1));
    let last = last.map_or_else(String::new, |last| format!(" to {last}"));
    let side = if too_early { "before" } else { "after" };
    let tail = if horizon.tail > 0 { ", the tail included" } else { "" };
    let fault = Diagnostic::at(
        place,
        format!("`{what}`: this date lies {side} all weeks of the plan"),
        format!("the plan runs from {start}{last}{tail}"),
    );
    Err(fault.given(Premise::WeeksKnown))
}

/// Reads a whole number of a week, or a date in it; unset where it was not written.
pub fn read_week(fields: &mut TableReader<'_, '_>, name: &str, horizon: &Horizon, dates: Dates) -> Option<i64> {
    let node = fields.node(name)?;
    match read_date(fields, name, node, horizon, dates) {
        Named::Week(week) => Some(week),
        Named::Faulty => None,
        Named::NoDate => fields.whole_if(name),
    }
}

/// Reads `[first, last]`, in order: numbers of weeks from 1 to `last`, or dates.
///
/// # Errors
///
/// That it is not, and whether that is told already.
pub fn read_span(
    fields: &mut TableReader<'_, '_>,
    node: &Node,
    horizon: &Horizon,
    last: usize,
) -> Result<(usize, usize), Wrong> {
    let Value::List(ends) = &node.value else { return Err(Wrong::Form) };
    let mut weeks = Vec::new();
    for end in ends {
        weeks.push(match (read_date(fields, "weeks", end, horizon, Dates::Planned), &end.value) {
            (Named::Week(week), _) => usize::try_from(week).unwrap_or(0),
            (Named::Faulty, _) => return Err(Wrong::Told),
            (Named::NoDate, Value::Number(n)) if n.fract() == 0.0 && (1.0..=last as f64).contains(n) => *n as usize,
            (Named::NoDate, _) => return Err(Wrong::Form),
        });
    }
    match weeks[..] {
        [first, end] if first <= end && end <= last => Ok((first, end)),
        _ => Err(Wrong::Form),
    }
}

/// Why a span of weeks can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// a date is a fault of its own, which is told
    Told,
    /// it is not two weeks in order
    Form,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_in_the_week_that_begins_on_or_before_it() {
        let start: Date = "2027-01-04".parse().expect("a date");
        for (date, week) in
            [("2027-01-04", 1), ("2027-01-10", 1), ("2027-01-11", 2), ("2027-01-03", 0), ("2026-12-27", -1)]
        {
            assert_eq!(week_holding(start, date.parse().expect(date)), week, "{date}");
        }
        // Over a leap day: 2028-02-28 is a Monday, and the 29th the day after.
        let start: Date = "2028-02-28".parse().expect("a date");
        assert_eq!(week_holding(start, "2028-03-06".parse().expect("a date")), 2);
        let horizon = Horizon { start: Some(start), weeks: 13, tail: 0, tail_load: Quantity::Certain(TAIL_LOAD) };
        assert_eq!(horizon.first_day(1), "2028-03-06".parse().ok());
    }
}
