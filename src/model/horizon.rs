//! The weeks that are simulated: the horizon, then the tail that shows what it sets in motion.

use crate::reading::{Diagnostic, Premise};

use super::schema::{Key, TableReader};

/// The longest horizon, and the longest tail.
const LONGEST: f64 = 260.0;

/// No plan has more weeks, the tail included.
pub(super) const MOST_WEEKS: usize = 2 * LONGEST as usize;

/// The keys of `[horizon]`.
pub const KEYS: &[Key] = &[
    Key::date("start").about("the first day of week 1, for labels").example("2027-01-04"),
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
];

/// The weeks of a plan, counted from 0 here and from 1 in files and output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Horizon {
    /// the first day of week 1
    pub start: Option<jiff::civil::Date>,
    /// weeks of the horizon
    pub weeks: usize,
    /// weeks of the tail
    pub tail: usize,
}

impl Horizon {
    /// Reads `[horizon]`.
    pub fn read(fields: Option<TableReader<'_, '_>>) -> Self {
        let Some(mut fields) = fields else {
            return Self { start: None, weeks: 13, tail: 26 };
        };
        Self {
            start: fields.date_if("start"),
            weeks: usize::try_from(fields.whole("weeks")).unwrap_or(13),
            tail: usize::try_from(fields.whole("tail_weeks")).unwrap_or(26),
        }
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
