//! The team read back: how much a rep can work in a week, and what share of the hours is asked for, by role.

use crate::model::channels::Route;
use crate::model::outcomes::Effort;
use crate::model::plan::Plan;
use crate::model::simulate::ChannelMiddle;
use crate::model::team::Role;
use crate::text::{count, percent, with_error};

use super::figures::{counted, rounded};

/// What is said of the team; nothing where no lead costs hours.
pub(super) fn told(plan: &Plan, middles: &[ChannelMiddle]) -> Vec<String> {
    let parts = &plan.parts;
    let of_team = middles.iter().filter(|own| parts.channels[own.channel].route == Route::Sales);
    let mut work = Work { weeks: parts.horizon.weeks as f64, ..Work::default() };
    for own in of_team {
        work.leads += own.qualified;
        work.opportunities += own.opportunities;
        work.hours.lead += own.hours.lead;
        work.hours.opportunity += own.hours.opportunity;
    }
    let seats = |role: Option<Role>| -> f64 {
        let asked = parts.sales.reps.iter().filter(|reps| role.is_none_or(|role| reps.does == role));
        asked.map(|reps| f64::from(reps.count)).sum()
    };
    let all = seats(None);
    if all == 0.0 || !parts.sales.leads_cost_hours() || work.leads == 0.0 {
        return Vec::new();
    }
    let there = plan.hours_at_the_middle();
    if !plan.two_desks {
        let who = Desk { role: "", for_what: " for leads", seats: all, hours: there.all };
        return vec![who.told("lead", work.leads, work.hours.total(), work.weeks)];
    }
    let (leads, closers, both) = (Role::Leads, Role::Opportunities, Role::All);
    let hours = |role: Role| *there.roles.of(role);
    let mut lines = Vec::new();
    if seats(Some(leads)) > 0.0 {
        let desk = Desk { role: " for leads", for_what: "", seats: seats(Some(leads)), hours: hours(leads) };
        lines.push(desk.told("lead", work.leads, work.hours.lead, work.weeks));
    }
    if seats(Some(closers)) > 0.0 && work.opportunities > 0.0 {
        let desk =
            Desk { role: " for opportunities", for_what: "", seats: seats(Some(closers)), hours: hours(closers) };
        lines.push(desk.told("opportunity", work.opportunities, work.hours.opportunity, work.weeks));
    }
    if seats(Some(both)) > 0.0 {
        let desk = Desk { role: " for both", for_what: "", seats: seats(Some(both)), hours: hours(both) };
        let asked = desk.share_of(work.hours.total(), there.all);
        lines.push(format!("{} a week; all reps together are asked for {asked}.", desk.have(work.weeks)));
    }
    lines
}

/// The flag of a team that is asked for far more hours than it has.
pub(super) fn far_short(ratio: f64, works_on: Option<Role>) -> String {
    let (who, what, key) = match works_on {
        Some(Role::Leads) => ("those who work leads are", "leads", "Is hours_per_lead"),
        Some(Role::Opportunities) => ("those who close are", "opportunities", "Is hours_per_opportunity"),
        Some(Role::All) | None => ("the team is", "leads", "Are hours_per_lead and hours_per_opportunity"),
    };
    if !ratio.is_finite() {
        return format!("{what} ask for hours, and nobody has any for them");
    }
    format!(
        "{who} asked for {} times the hours that there are: most {what} will wait, and be lost if they don't. {key} the work of one {}?",
        with_error(ratio, Some(0.1)),
        if what == "leads" { "lead" } else { "opportunity" },
    )
}

/// What comes to the team over the horizon.
#[derive(Default)]
struct Work {
    weeks: f64,
    leads: f64,
    opportunities: f64,
    hours: Effort,
}

/// Those of one role, and their hours over the horizon.
struct Desk {
    /// what they are called beside "reps", and what their hours are for where that is not in it
    role: &'static str,
    for_what: &'static str,
    seats: f64,
    hours: f64,
}

impl Desk {
    /// "Each of 2 reps has 13 hours a week for leads, enough for 13 leads; 20 come a week for all, and ask for 78% of
    /// their hours."
    fn told(&self, noun: &str, coming: f64, wanted: f64, weeks: f64) -> String {
        let for_whom = if self.seats == 1.0 { "one rep" } else { "all" };
        let enough = match wanted > 0.0 {
            true => format!(", enough for {}", counted(self.hours / weeks / self.seats / (wanted / coming), noun)),
            false => String::new(),
        };
        let coming = rounded(coming / weeks);
        let (come, ask) = if coming == "1" { ("comes", "asks") } else { ("come", "ask") };
        format!(
            "{} a week{}{enough}; {coming} {come} a week for {for_whom}, and {ask} for {}.",
            self.have(weeks),
            self.for_what,
            self.share_of(wanted, self.hours),
        )
    }

    /// "Each of 2 reps has 13 hours"
    fn have(&self, weeks: f64) -> String {
        let hours = counted(self.hours / weeks / self.seats, "hour");
        match self.seats {
            1.0 => format!("The one rep{} has {hours}", self.role),
            seats => format!("Each of {}{} has {hours}", count(seats, "rep"), self.role),
        }
    }

    fn share_of(&self, wanted: f64, there: f64) -> String {
        if there > 0.0 { format!("{} of their hours", percent(wanted / there)) } else { "hours that nobody has".into() }
    }
}
