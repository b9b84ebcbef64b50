//! Who sells, and how many hours that makes each week.
//!
//! Implements section 5 of docs/model.md, reps and hours.

use crate::inputs::Quantity;

use super::fields::Fields;
use super::horizon::{Horizon, week_of};
use super::keys::Key;

/// The keys of `[sales.reps.NAME]`.
pub const KEYS: &[Key] = &[
    Key::whole("count", 0.0, 1e6)
        .required()
        .unit("reps")
        .about("how many of them")
        .example("6"),
    Key::whole("start_week", -10_000.0, 10_000.0)
        .unit("week")
        .about("the first week in the job, 0 or less for before week 1; unset: long in the job, at full pace")
        .example("3"),
    Key::whole("end_week", -10_000.0, 10_000.0)
        .unit("week")
        .about("the last week in the job; unset: they stay")
        .example("9"),
    Key::whole("ramp_weeks", 0.0, 1_000.0)
        .or(0.0)
        .unit("weeks")
        .about("how long a new rep takes to reach full pace: in week j of the job, counted from 0, the pace is (j + 1)/(ramp_weeks + 1)")
        .example("12"),
    Key::amount("cost_per_week")
        .or(0.0)
        .unit("money a rep a week")
        .about("what a rep costs, without commission")
        .example("2_500"),
];

/// `[sales.reps.NAME]` as written.
#[derive(Debug)]
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
    /// money a rep a week
    pub cost_per_week: Quantity,
}

impl Reps {
    /// Reads `[sales.reps.NAME]`.
    pub fn read(name: &str, fields: &mut Fields<'_, '_>) -> Self {
        let reps = Self {
            name: name.to_owned(),
            count: u32::try_from(fields.whole("count")).unwrap_or(0),
            start_week: fields.whole_if("start_week"),
            end_week: fields.whole_if("end_week"),
            ramp_weeks: fields.whole("ramp_weeks"),
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
        self.start_week.is_none_or(|start| week >= start)
            && self.end_week.is_none_or(|end| week <= end)
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
        let in_the_job = week as i64 + 1 - start;
        ((in_the_job + 1) as f64 / (self.ramp_weeks + 1) as f64).min(1.0)
    }
}

/// The team's hours before luck has a say: full-pace reps and reps to pay, by week.
#[derive(Debug)]
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
                groups
                    .iter()
                    .map(|reps| f64::from(reps.count) * reps.pace(week))
                    .sum()
            })
            .collect();
        let heads = groups
            .iter()
            .map(|reps| {
                weeks
                    .clone()
                    .map(|week| {
                        if reps.are_there(week) {
                            f64::from(reps.count)
                        } else {
                            0.0
                        }
                    })
                    .collect()
            })
            .collect();
        Self { paces, heads }
    }

    /// Wages of a week in one draw.
    #[must_use]
    pub fn wages(&self, groups: &[Reps], drawn: &[f64], week: usize) -> f64 {
        groups
            .iter()
            .zip(&self.heads)
            .map(|(reps, heads)| heads[week] * reps.cost_per_week.of(drawn))
            .sum()
    }
}

/// The share of the team that is present, by week.
#[derive(Debug)]
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
