//! Who sells, and how many hours that makes each week.
//!
//! Implements section 5 of docs/model.md, reps and hours.

use multiversion::multiversion;

use crate::inputs::Quantity;
use crate::random::{DrawStream, LANES, uniforms_by_week};

use super::horizon::{Dates, Horizon, read_week, week_of};
use super::schema::{Choice, Key, TableReader};

/// The keys of `[sales.reps.NAME]`.
pub const KEYS: &[Key] = &[
    Key::whole("count", 0.0, 1e6)
        .required()
        .unit("reps")
        .about("how many of them")
        .example("6"),
    Key::word::<Role>("does")
        .or_word("all")
        .about("what they work on: \"leads\", until these are opportunities (SDRs); \"opportunities\", until these are won (account executives); or all")
        .example("\"leads\""),
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
        .unit("money per rep per week")
        .about("what a rep costs, without commission")
        .example("2_500"),
];

/// What a group of reps works on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// leads, until they are opportunities
    Leads,
    /// opportunities, until they are won
    Opportunities,
    /// both
    #[default]
    All,
}

impl Choice for Role {
    const WORDS: &'static [(&'static str, Self)] =
        &[("all", Self::All), ("leads", Self::Leads), ("opportunities", Self::Opportunities)];
}

/// A figure for each [`Role`].
#[derive(Copy, Debug, Default, PartialEq)]
pub struct ByRole<T> {
    /// of those who do leads
    pub leads: T,
    /// of those who do opportunities
    pub opportunities: T,
    /// of those who do both
    pub all: T,
}

impl<T: Clone> Clone for ByRole<T> {
    fn clone(&self) -> Self {
        Self { leads: self.leads.clone(), opportunities: self.opportunities.clone(), all: self.all.clone() }
    }

    // Vectors keep their memory.
    fn clone_from(&mut self, other: &Self) {
        self.leads.clone_from(&other.leads);
        self.opportunities.clone_from(&other.opportunities);
        self.all.clone_from(&other.all);
    }
}

impl<T> ByRole<T> {
    /// That of a role.
    pub fn of(&self, role: Role) -> &T {
        match role {
            Role::Leads => &self.leads,
            Role::Opportunities => &self.opportunities,
            Role::All => &self.all,
        }
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, role: Role) -> &mut T {
        match role {
            Role::Leads => &mut self.leads,
            Role::Opportunities => &mut self.opportunities,
            Role::All => &mut self.all,
        }
    }
}

impl<T: Copy> ByRole<T> {
    /// The same for figures made of these.
    #[must_use]
    pub fn map<U>(self, make: impl Fn(T) -> U) -> ByRole<U> {
        ByRole { leads: make(self.leads), opportunities: make(self.opportunities), all: make(self.all) }
    }

    /// The same for figures made of these and others.
    #[must_use]
    pub fn zip<U: Copy, V>(self, others: ByRole<U>, make: impl Fn(T, U) -> V) -> ByRole<V> {
        ByRole {
            leads: make(self.leads, others.leads),
            opportunities: make(self.opportunities, others.opportunities),
            all: make(self.all, others.all),
        }
    }
}

impl ByRole<f64> {
    /// Of all together.
    #[must_use]
    pub fn total(self) -> f64 {
        self.leads + self.opportunities + self.all
    }

    /// Takes so much from the roles, one after another, as far as they have it; gives what was taken.
    pub fn take(&mut self, roles: &[Role], amount: f64) -> f64 {
        let mut wanted = amount;
        for &role in roles {
            let own = self.of_mut(role);
            let taken = wanted.min(*own);
            *own -= taken;
            wanted -= taken;
        }
        amount - wanted
    }
}

/// `[sales.reps.NAME]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Reps {
    /// the group's name
    pub name: String,
    /// how many
    pub count: u32,
    /// what they work on
    pub does: Role,
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
            does: Role::All,
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
            does: fields.word("does"),
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
    pub(super) fn play(&self, stays: &Stays, drawn: &[f64], stream: DrawStream, paces: &mut [f64], heads: &mut [f64]) {
        let chance = self.attrition.of(drawn);
        for seat in 0..self.count {
            if somebody_leaves(stream, seat, chance, paces.len()) {
                self.play_seat(seat, (stream, chance), paces, heads);
                continue;
            }
            paces.iter_mut().zip(&stays.paces).for_each(|(paces, own)| *paces += own);
            heads.iter_mut().zip(&stays.heads).for_each(|(heads, own)| *heads += own);
        }
    }

    /// One seat, week by week.
    fn play_seat(&self, seat: u32, (stream, chance): (DrawStream, f64), paces: &mut [f64], heads: &mut [f64]) {
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

/// Does luck take whoever holds a seat in one of so many weeks, or those up to the next sixteen?
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+avx512f+avx512bw+avx512cd+avx512dq+avx512vl", "x86_64+avx2+bmi1+bmi2",))]
fn somebody_leaves(stream: DrawStream, seat: u32, chance: f64, weeks: usize) -> bool {
    leaves(stream, seat, chance, weeks)
}

#[inline(always)]
fn leaves(stream: DrawStream, seat: u32, chance: f64, weeks: usize) -> bool {
    let mut leaves = false;
    // Not `any` over `step_by`, which is a call of its own and compiled for the oldest instructions.
    let mut first = 0;
    while first < weeks && !leaves {
        for uniform in uniforms_by_week(stream, first as u32, seat) {
            leaves |= uniform < chance;
        }
        first += LANES;
    }
    leaves
}

/// What a rep of a group who stays adds, week by week.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stays {
    paces: Vec<f64>,
    heads: Vec<f64>,
}

/// The reps whom luck leaves alone: full-pace reps and reps to pay, by week.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// full-pace reps, Σ pace, by week
    pub paces: ByRole<Vec<f64>>,
    /// reps in the job, by group and week
    heads: Vec<Vec<f64>>,
    /// by group: one of them, as long as nobody leaves
    pub(super) stays: Vec<Stays>,
}

impl Roster {
    /// Of all groups, over all weeks.
    #[must_use]
    pub fn of(groups: &[Reps], horizon: &Horizon) -> Self {
        let weeks = 0..horizon.all();
        let paces = |role: Role| {
            let of_role = || groups.iter().filter(move |reps| reps.does == role && !reps.leave());
            let pace = |week| of_role().map(|reps| f64::from(reps.count) * reps.pace(week)).sum();
            weeks.clone().map(pace).collect()
        };
        let paces =
            ByRole { leads: paces(Role::Leads), opportunities: paces(Role::Opportunities), all: paces(Role::All) };
        let heads = groups
            .iter()
            .map(|reps| {
                weeks
                    .clone()
                    .map(|week| if reps.are_there(week) && !reps.leave() { f64::from(reps.count) } else { 0.0 })
                    .collect()
            })
            .collect();
        let stays = groups.iter().map(|reps| Stays {
            paces: weeks.clone().map(|week| reps.pace(week)).collect(),
            heads: weeks.clone().map(|week| f64::from(u8::from(reps.are_there(week)))).collect(),
        });
        Self { paces, heads, stays: stays.collect() }
    }

    /// Wages of a role in a week of one draw.
    #[must_use]
    pub fn wages(&self, groups: &[Reps], role: Role, drawn: &[f64], week: usize) -> f64 {
        let of_role = groups.iter().zip(&self.heads).filter(|(reps, _)| reps.does == role);
        of_role.map(|(reps, heads)| heads[week] * reps.cost_per_week.of(drawn)).sum()
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
    use crate::model::simulate::Purpose;
    use crate::random::StreamKey;

    fn reps(start_week: Option<i64>, end_week: Option<i64>, ramp_weeks: i64) -> Reps {
        Reps {
            name: "new".into(),
            count: 2,
            does: Role::All,
            start_week,
            end_week,
            ramp_weeks,
            attrition: Quantity::Certain(0.0),
            backfill_weeks: None,
            cost_per_week: Quantity::Certain(10.0),
        }
    }

    type Leaves = fn(DrawStream, u32, f64, usize) -> bool;

    #[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
    fn leaves_by_256_bits(stream: DrawStream, seat: u32, chance: f64, weeks: usize) -> bool {
        leaves(stream, seat, chance, weeks)
    }

    #[test]
    fn seats_that_nobody_leaves_are_played_as_if_week_by_week_on_every_instruction_set() {
        let horizon = Horizon { start: None, weeks: 13, tail: 9, tail_load: Quantity::Certain(0.0) };
        let (mut stayed, mut left) = (0, 0);
        for (start_week, end_week, ramp_weeks) in [(None, None, 0), (Some(-3), None, 9), (Some(5), Some(17), 4)] {
            let attrition = Quantity::Certain(0.03);
            let group = Reps { attrition, backfill_weeks: Some(3), ..reps(start_week, end_week, ramp_weeks) };
            let roster = Roster::of(std::slice::from_ref(&group), &horizon);
            for draw in 0..200 {
                let stream = StreamKey::new(1, 0, "sales.reps.new", Purpose::Leave).at(draw);
                let [mut found, mut plain] = [(); 2].map(|()| (vec![0.0; horizon.all()], vec![0.0; horizon.all()]));
                group.play(&roster.stays[0], &[], stream, &mut found.0, &mut found.1);
                for seat in 0..group.count {
                    group.play_seat(seat, (stream, 0.03), &mut plain.0, &mut plain.1);
                    let levels: [Leaves; 3] = [somebody_leaves, leaves_by_256_bits, leaves];
                    let [widest, narrower, oldest] = levels.map(|level| level(stream, seat, 0.03, horizon.all()));
                    assert_eq!((widest, narrower), (oldest, oldest));
                    if oldest { left += 1 } else { stayed += 1 }
                }
                assert_eq!(found, plain, "draw {draw}");
            }
        }
        assert!(stayed > 100 && left > 100, "{stayed} {left}");
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
