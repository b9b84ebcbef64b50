//! The team in one draw: its hours and its wages, week by week.
//!
//! Implements section 5 (the team) of docs/model.md.

use super::keys::StreamKeys;
use crate::model::outcomes::Tally;
use crate::model::plan::Plan;
use crate::model::reuse::reusing_memory;
use crate::model::team::{ByRole, Role};

reusing_memory! {
    /// The team in one draw.
    #[derive(Debug, Default)]
    pub(super) struct Staff {
        /// hours by role and week, before customers take theirs; below 0 where one desk has less than staff take
        hours: ByRole<Vec<f64>>,
        heads: Vec<f64>,
        wages: ByRole<Vec<f64>>,
    }
}

impl Staff {
    /// ```text
    /// H_t = max(0, Σ_rep pace · hours_per_week · selling_time · availability_t − staff hours)
    /// ```
    pub(super) fn open(&mut self, plan: &Plan, keys: &StreamKeys, draw: u64, drawn: &[f64], tally: &mut Tally) {
        let sales = &plan.parts.sales;
        tally.quota = sales.quota.map_or(f64::NAN, |quota| quota.of(drawn)) * sales.seats();
        let each = sales.hours_per_week.of(drawn) * sales.selling_time.of(drawn);
        let elsewhere: f64 =
            plan.calendars.iter().map(|calendar| plan.parts.channels[calendar.channel].staff_hours.of(drawn)).sum();
        let weeks = plan.parts.horizon.all();
        for &role in roles(plan) {
            let wages = self.wages.of_mut(role);
            wages.clear();
            wages.extend((0..weeks).map(|week| plan.roster.wages(&sales.reps, role, drawn, week)));
            let hours = self.hours.of_mut(role);
            hours.clear();
            hours.extend_from_slice(plan.roster.paces.of(role));
        }
        let groups = sales.reps.iter().zip(&plan.roster.stays).zip(&keys.leave);
        for ((reps, stays), stream) in groups.filter(|((reps, _), _)| reps.leave()) {
            self.heads.clear();
            self.heads.resize(weeks, 0.0);
            reps.play(stays, drawn, stream.at(draw), self.hours.of_mut(reps.does), &mut self.heads);
            let cost = reps.cost_per_week.of(drawn);
            for (wages, heads) in self.wages.of_mut(reps.does).iter_mut().zip(&self.heads) {
                *wages += heads * cost;
            }
        }
        for week in 0..weeks {
            let taken = if week < plan.parts.horizon.weeks { elsewhere } else { 0.0 };
            let present = sales.availability.of(drawn, week);
            for &role in roles(plan) {
                let hours = &mut self.hours.of_mut(role)[week];
                *hours = *hours * each * present;
            }
            if plan.two_desks {
                let mut team = self.hours_of(week);
                team.take(&STAFF, taken);
                ALL.iter().for_each(|&role| self.hours.of_mut(role)[week] = *team.of(role));
            } else {
                self.hours.all[week] -= taken;
            }
        }
    }

    /// Hours of a week by role, at two desks.
    pub(super) fn hours_of(&self, week: usize) -> ByRole<f64> {
        by_role(&self.hours, week)
    }

    /// Hours of a week, at one desk.
    pub(super) fn hours_of_all(&self, week: usize) -> f64 {
        self.hours.all[week]
    }

    /// Wages of a week, at one desk.
    pub(super) fn wages_of_all(&self, week: usize) -> f64 {
        self.wages.all[week]
    }

    /// Wages of a week by role, at two desks.
    pub(super) fn wages_of(&self, week: usize) -> ByRole<f64> {
        by_role(&self.wages, week)
    }
}

fn by_role(weeks: &ByRole<Vec<f64>>, week: usize) -> ByRole<f64> {
    let of = |role| weeks.of(role)[week];
    ByRole { leads: of(Role::Leads), opportunities: of(Role::Opportunities), all: of(Role::All) }
}

/// Every role.
const ALL: [Role; 3] = [Role::Leads, Role::Opportunities, Role::All];

/// From whom the hours of staff for channels are taken at two desks, first to last.
const STAFF: [Role; 3] = [Role::All, Role::Leads, Role::Opportunities];

/// The roles that a plan has.
fn roles(plan: &Plan) -> &'static [Role] {
    if plan.two_desks { &ALL } else { &[Role::All] }
}
