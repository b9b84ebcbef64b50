//! Who sells, and how many hours that makes each week.
//!
//! Implements section 5 of docs/model.md, reps and hours.

use crate::inputs::Quantity;
use crate::random::DrawStream;

use super::horizon::{Dates, Horizon, read_week, week_of};
use super::schema::{Key, TableReader};

/// The keys of `[sales.reps.NAME]`.
pub const KEYS: &[Key] = &[
    Key::whole("count", 0.0, 1e6)
        .required()
        .unit("reps")
        .about("how many of them")
        .example("6"),
    Key::week("start_week", -10_000.0, 10_000.0)
        .unit("week")
        .about("the first week in the job, 0 or less for before week 1; unset: long in the job, at full pace")
        .example("3"),
    Key::week("end_week", -10_000.0, 10_000.0)
        .unit("week")
        .about("the last week in the job; unset: they stay")
        .example("9"),
    Key::whole("ramp_weeks", 0.0, 1_000.0)
        .or(0.0)
        .unit("weeks")
        .about("how long a new rep takes to reach full pace: in week j of the job, counted from 0, the pace is (j + 1)/(ramp_weeks + 1)")
        .example("12"),
    Key::fraction("attrition")
        .a_week()
        .or(0.0)
        .unit("share of reps that leave a week")
        .about("the chance that a rep leaves, from week 1 and the first week in the job on; 20% to 34% a year is usual")
        .example("\"30% a year\""),
    Key::whole("backfill_weeks", 0.0, 1_000.0)
        .unit("weeks")
        .about("how long a seat stays empty until somebody new starts, and ramps up; unset: for ever")
        .example("12"),
    Key::amount("cost_per_week")
        .or(0.0)
        .unit("money a rep a week")
        .about("what a rep costs, without commission")
        .example("2_500"),
];

/// `[sales.reps.NAME]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Reps {
    /// the group's name
    pub name: String,
    /// how many
    pub count: u32,
    /// the first week in the job; none: long in the job
    pub start_week: Option<i64>,
    /// the last week in the job
    pub end_week: Option<i64>,
    /// weeks to full pace
    pub ramp_weeks: i64,
    /// chance a week that a rep leaves
    pub attrition: Quantity,
    /// weeks until a seat is filled again
    pub backfill_weeks: Option<i64>,
    /// money a rep a week
    pub cost_per_week: Quantity,
}

impl Reps {
    /// So many reps, long in the job, who stay and whose pay is not counted.
    #[must_use]
    pub fn new(name: impl Into<String>, count: u32) -> Self {
        Self {
            name: name.into(),
            count,
            start_week: None,
            end_week: None,
            ramp_weeks: 0,
            attrition: Quantity::Certain(0.0),
            backfill_weeks: None,
            cost_per_week: Quantity::Certain(0.0),
        }
    }

    /// Reads `[sales.reps.NAME]`.
    pub fn read(name: &str, fields: &mut TableReader<'_, '_>, horizon: &Horizon) -> Self {
        let reps = Self {
            name: name.to_owned(),
            count: u32::try_from(fields.whole("count")).unwrap_or(0),
            start_week: read_week(fields, "start_week", horizon, Dates::OrBefore),
            end_week: read_week(fields, "end_week", horizon, Dates::Planned),
            ramp_weeks: fields.whole("ramp_weeks"),
            attrition: fields.quantity("attrition"),
            backfill_weeks: fields.whole_if("backfill_weeks"),
            cost_per_week: fields.quantity("cost_per_week"),
        };
        if let (Some(start), Some(end)) = (reps.start_week, reps.end_week)
            && end < start
        {
            fields.fault(
                "end_week",
                "`end_week` comes before `start_week`",
                format!("these reps start in week {start}"),
            );
        }
        reps
    }

    /// Are they in the job in `week`, counted from 0?
    #[must_use]
    pub fn are_there(&self, week: usize) -> bool {
        let week = week as i64 + 1;
        self.start_week.is_none_or(|start| week >= start) && self.end_week.is_none_or(|end| week <= end)
    }

    /// The pace of one of them in `week`, 0 … 1; 0 when they aren't there.
    #[must_use]
    pub fn pace(&self, week: usize) -> f64 {
        if !self.are_there(week) {
            return 0.0;
        }
        let Some(start) = self.start_week else {
            return 1.0;
        };
        self.ramp(week as i64 + 1 - start)
    }

    /// The pace in week j of the job, counted from 0.
    fn ramp(&self, in_the_job: i64) -> f64 {
        ((in_the_job + 1) as f64 / (self.ramp_weeks + 1) as f64).min(1.0)
    }

    /// Do reps of this group leave by chance?
    #[must_use]
    pub fn leave(&self) -> bool {
        !self.attrition.is_zero() && self.count > 0
    }

    /// Plays each seat through the weeks of a draw: who leaves, leaves at the end of the week; the seat stays empty for
    /// `backfill_weeks` and is filled by one who ramps up. Adds paces, and heads.
    pub(super) fn play(&self, drawn: &[f64], stream: DrawStream, paces: &mut [f64], heads: &mut [f64]) {
        let chance = self.attrition.of(drawn);
        for seat in 0..self.count {
            // The first week of whoever holds the seat; none: somebody long in the job. And the week it is filled again.
            let mut start = self.start_week;
            let mut empty_until = None;
            for (week, (paces, heads)) in paces.iter_mut().zip(heads.iter_mut()).enumerate() {
                if !self.are_there(week) || empty_until.is_some_and(|until| week < until) {
                    continue;
                }
                let number = week as i64 + 1;
                if empty_until.take().is_some() {
                    start = Some(number);
                }
                *paces += start.map_or(1.0, |start| self.ramp(number - start));
                *heads += 1.0;
                if stream.uniform(week as u32, seat) < chance {
                    let weeks = self.backfill_weeks.and_then(|weeks| usize::try_from(weeks).ok());
                    empty_until = Some(weeks.map_or(usize::MAX, |weeks| week + 1 + weeks));
                }
            }
        }
    }
}

/// The reps whom luck leaves alone: full-pace reps and reps to pay, by week.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// full-pace reps, Σ pace, by week
    pub paces: Vec<f64>,
    /// reps in the job, by group and week
    heads: Vec<Vec<f64>>,
}

impl Roster {
    /// Of all groups, over all weeks.
    #[must_use]
    pub fn of(groups: &[Reps], horizon: &Horizon) -> Self {
        let weeks = 0..horizon.all();
        let paces = weeks
            .clone()
            .map(|week| {
                groups.iter().filter(|reps| !reps.leave()).map(|reps| f64::from(reps.count) * reps.pace(week)).sum()
            })
            .collect();
        let heads = groups
            .iter()
            .map(|reps| {
                weeks
                    .clone()
                    .map(|week| if reps.are_there(week) && !reps.leave() { f64::from(reps.count) } else { 0.0 })
                    .collect()
            })
            .collect();
        Self { paces, heads }
    }

    /// Wages of a week in one draw.
    #[must_use]
    pub fn wages(&self, groups: &[Reps], drawn: &[f64], week: usize) -> f64 {
        groups.iter().zip(&self.heads).map(|(reps, heads)| heads[week] * reps.cost_per_week.of(drawn)).sum()
    }
}

/// The share of the team that is present, by week.
#[derive(Clone, Debug, PartialEq)]
pub enum Availability {
    /// the same in every week
    Always(Quantity),
    /// by week; missing weeks are 1
    ByWeek(Vec<f64>),
}

impl Availability {
    /// The share in a week.
    #[must_use]
    pub fn of(&self, drawn: &[f64], week: usize) -> f64 {
        match self {
            Self::Always(share) => share.of(drawn),
            Self::ByWeek(list) => week_of(list, week),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reps(start_week: Option<i64>, end_week: Option<i64>, ramp_weeks: i64) -> Reps {
        Reps {
            name: "new".into(),
            count: 2,
            start_week,
            end_week,
            ramp_weeks,
            attrition: Quantity::Certain(0.0),
            backfill_weeks: None,
            cost_per_week: Quantity::Certain(10.0),
        }
    }

    #[test]
    fn a_new_rep_ramps_up_and_an_old_one_works_at_full_pace() {
        let new = reps(Some(2), Some(6), 3);
        let paces: Vec<f64> = (0..8).map(|week| new.pace(week)).collect();
        assert_eq!(paces, [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 0.0, 0.0]);
        assert_eq!(reps(None, None, 3).pace(0), 1.0);
        // In the job since two weeks before week 1: week 1 is week 2 of the job.
        assert_eq!(reps(Some(-1), None, 3).pace(0), 0.75);
    }
}
