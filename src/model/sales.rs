//! The sales team as written: its rates, its work, its speed, its cycle.
//!
//! Implements section 5 of docs/model.md.

use crate::inputs::Quantity;
use crate::transcendental::exp2;
use crate::units::HUGE;

use super::horizon::{Horizon, read_weekly};
use super::prospecting::{self, Prospecting};
use super::schema::{Choice, Key, TableReader};
use super::speed::{ResponseCurve, WAITING_HOURS};
use super::team::{self, Availability, Reps, Role};

/// The order in which leads are worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// this week's leads before those that wait
    NewestFirst,
    /// those that wait before this week's
    OldestFirst,
    /// class by class, by expected value an hour
    BestFirst,
}

impl Choice for Order {
    const WORDS: &'static [(&'static str, Self)] =
        &[("newest_first", Self::NewestFirst), ("oldest_first", Self::OldestFirst), ("best_first", Self::BestFirst)];
}

/// The keys of `[sales]`.
pub const KEYS: &[Key] = &[
    Key::amount("hours_per_week")
        .time()
        .at_most(168.0)
        .or(40.0)
        .unit("hours per rep per week")
        .about("what a rep is paid for")
        .example("40"),
    Key::fraction("selling_time")
        .unit("share of those hours")
        .about("the share that goes into selling; 28% to 40% is usual. Needed when anything costs the team hours")
        .example("\"28% to 40%\""),
    Key::fraction("availability")
        .or(1.0)
        .unit("share of the team")
        .about("the share present: holidays, training; or a list with one for each week, missing weeks are 1")
        .example("[1, 1, 0.6, 1]"),
    Key::amount("hours_per_lead")
        .time()
        .or(0.0)
        .unit("hours per lead")
        .about("work on every lead, whatever comes of it")
        .example("0.5"),
    Key::amount("hours_per_opportunity")
        .time()
        .or(0.0)
        .unit("hours per opportunity")
        .about("further work on a lead that becomes an opportunity")
        .example("7"),
    Key::amount("hours_per_customer")
        .time()
        .a_week()
        .or(0.0)
        .unit("hours per customer per week")
        .about("what customers take of the team's time, before any lead is worked; needs [customers]")
        .example("0.02"),
    Key::fraction("opportunity_rate")
        .required()
        .unit("opportunities per worked lead")
        .about("the share of worked leads that become opportunities, measured at today's speed of response")
        .example("\"20% to 30%\""),
    Key::fraction("close_rate")
        .required()
        .unit("wins per opportunity (win rate)")
        .about("the share of opportunities that are won")
        .example("\"17% to 28%\""),
    Key::amount("cycle_weeks")
        .time()
        .required()
        .unit("weeks")
        .about("the mean time from working a lead to the close")
        .example("\"6 to 9\""),
    Key::amount("cycle_cv")
        .percent_from(5.0)
        .at_most(100.0)
        .or(0.5)
        .unit("coefficient of variation")
        .about("how far single sales cycles stray from that mean")
        .example("0.8"),
    Key::word::<Order>("queue")
        .or_word("newest_first")
        .about("which leads are worked first when hours are short")
        .example("\"best_first\""),
    Key::amount("lead_half_life")
        .time()
        .unit("weeks")
        .about("the time in which half of the waiting leads are lost; 0: nobody waits; unset: nobody leaves")
        .example("3"),
    Key::amount("opportunity_half_life")
        .time()
        .unit("weeks")
        .about("the time in which half of the opportunities that wait for somebody are lost; unset: none is. Needs reps who do leads or opportunities only")
        .example("6"),
    Key::amount("leads_waiting").or(0.0).unit("leads").about("leads that wait for the team today").example("40"),
    Key::amount("response_hours")
        .time()
        .or(24.0)
        .unit("hours")
        .about("the time to the first contact with a fresh lead, as planned")
        .example("4"),
    Key::amount("response_hours_today")
        .time()
        .or(24.0)
        .unit("hours")
        .about("the time to the first contact when the rates were measured")
        .example("24"),
    Key::shape("response_curve", "\"soft\", \"none\" or { hours = [..], factor = [..] }")
        .or_word("soft")
        .about("the share of leads that still become opportunities, by hours to the first contact")
        .example("{ hours = [1, 24, 168], factor = [1, 0.5, 0.2] }"),
    Key::amount("quota")
        .above(0.0)
        .unit("money per rep in the horizon")
        .about("the new revenue that each rep of week 1 is to bring")
        .example("120_000"),
    Key::table("prospecting").about("time set aside for leads of the team's own"),
    Key::table("reps").about("groups of reps, [sales.reps.NAME]"),
];

/// `[sales]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Sales {
    /// hours a rep a week
    pub hours_per_week: Quantity,
    /// share of them for selling
    pub selling_time: Quantity,
    /// share of the team present
    pub availability: Availability,
    /// hours on every lead
    pub hours_per_lead: Quantity,
    /// further hours on an opportunity
    pub hours_per_opportunity: Quantity,
    /// hours a customer a week
    pub hours_per_customer: Quantity,
    /// new revenue that a rep of week 1 is to bring
    pub quota: Option<Quantity>,
    /// time for leads of the team's own
    pub prospecting: Option<Prospecting>,
    /// worked lead → opportunity
    pub opportunity_rate: Quantity,
    /// opportunity → win
    pub close_rate: Quantity,
    /// mean weeks from work to close
    pub cycle_weeks: Quantity,
    /// their coefficient of variation
    pub cycle_cv: Quantity,
    /// who is worked first
    pub order: Order,
    /// half-life of waiting leads in weeks
    pub lead_half_life: Option<Quantity>,
    /// half-life of waiting opportunities in weeks
    pub opportunity_half_life: Option<Quantity>,
    /// leads waiting today
    pub leads_waiting: Quantity,
    /// the groups of reps, by name
    pub reps: Vec<Reps>,
    /// the response curve
    pub response_curve: ResponseCurve,
    response_hours: Quantity,
    response_hours_today: Quantity,
    selling_time_given: bool,
}

impl Sales {
    /// Reads `[sales]` with its reps.
    pub fn read(fields: &mut TableReader<'_, '_>, horizon: &Horizon) -> Self {
        let availability = match fields.node("availability").map(|node| &node.value) {
            Some(crate::reading::Value::List(_)) => {
                Availability::ByWeek(read_weekly(fields, "availability", horizon).unwrap_or_default())
            }
            _ => Availability::Always(fields.quantity("availability")),
        };
        let groups = fields.children("reps");
        let mut reps: Vec<Reps> = groups
            .into_iter()
            .map(|(entry, table)| {
                let mut group = fields.open_child("reps", entry, table, vec![team::KEYS]);
                Reps::read(&entry.key, &mut group, horizon)
            })
            .collect();
        // Sums are taken by name, so that the order of the file changes no figure.
        reps.sort_by(|a, b| a.name.cmp(&b.name));
        let selling_time = fields.quantity_if("selling_time");
        Self {
            hours_per_week: fields.quantity("hours_per_week"),
            selling_time: selling_time.unwrap_or(Quantity::Certain(0.0)),
            selling_time_given: selling_time.is_some(),
            availability,
            hours_per_lead: fields.quantity("hours_per_lead"),
            hours_per_opportunity: fields.quantity("hours_per_opportunity"),
            hours_per_customer: fields.quantity("hours_per_customer"),
            quota: fields.quantity_if("quota"),
            prospecting: fields
                .child("prospecting", prospecting::KEYS)
                .map(|mut fields| Prospecting::read(&mut fields)),
            opportunity_rate: fields.quantity("opportunity_rate"),
            close_rate: fields.quantity("close_rate"),
            cycle_weeks: fields.quantity("cycle_weeks"),
            cycle_cv: fields.quantity("cycle_cv"),
            order: fields.word("queue"),
            lead_half_life: fields.quantity_if("lead_half_life"),
            opportunity_half_life: fields.quantity_if("opportunity_half_life"),
            leads_waiting: fields.quantity("leads_waiting"),
            response_curve: ResponseCurve::read(fields),
            response_hours: fields.quantity("response_hours"),
            response_hours_today: fields.quantity("response_hours_today"),
            reps,
        }
    }

    /// The same without those who sell: what comes of their hours.
    #[must_use]
    pub(super) fn without_team(self) -> Self {
        Self {
            reps: Vec::new(),
            hours_per_week: Quantity::Certain(0.0),
            selling_time: Quantity::Certain(0.0),
            availability: Availability::Always(Quantity::Certain(0.0)),
            ..self
        }
    }

    /// No team: for a plan in which everything is bought online.
    #[must_use]
    pub fn none() -> Self {
        let zero = Quantity::Certain(0.0);
        Self {
            hours_per_week: zero,
            selling_time: zero,
            availability: Availability::Always(Quantity::Certain(1.0)),
            hours_per_lead: zero,
            hours_per_opportunity: zero,
            hours_per_customer: zero,
            quota: None,
            prospecting: None,
            opportunity_rate: zero,
            close_rate: zero,
            cycle_weeks: zero,
            cycle_cv: zero,
            order: Order::NewestFirst,
            lead_half_life: None,
            opportunity_half_life: None,
            leads_waiting: zero,
            reps: Vec::new(),
            response_curve: ResponseCurve::none(),
            response_hours: Quantity::Certain(24.0),
            response_hours_today: Quantity::Certain(24.0),
            selling_time_given: false,
        }
    }

    /// Does work of the team cost hours?
    #[must_use]
    pub fn leads_cost_hours(&self) -> bool {
        !self.hours_per_lead.is_zero() || !self.hours_per_opportunity.is_zero()
    }

    /// Seats of reps in the job in week 1 who win deals.
    #[must_use]
    pub fn seats(&self) -> f64 {
        let early = |reps: &&Reps| reps.start_week.is_none_or(|start| start <= 1) && reps.does != Role::Leads;
        let groups = self.reps.iter().filter(early);
        groups.map(|reps| f64::from(reps.count)).sum()
    }

    /// Do some do leads, or opportunities, and nothing else?
    #[must_use]
    pub fn has_roles(&self) -> bool {
        self.reps.iter().any(|reps| reps.does != Role::All)
    }

    /// Is the share of time for selling known?
    #[must_use]
    pub fn selling_time_given(&self) -> bool {
        self.selling_time_given
    }

    /// Opportunity rates of a draw, fresh and waiting, as multiples of the rate measured at today's speed.
    ///
    /// ```text
    /// fresh: curve(response_hours) / curve(response_hours_today)
    /// waiting: curve(max(168, response_hours)) / curve(response_hours_today)
    /// ```
    #[must_use]
    pub fn speed(&self, drawn: &[f64]) -> [f64; 2] {
        let planned = self.response_hours.of(drawn);
        let today = self.response_curve.at(self.response_hours_today.of(drawn));
        let speed = |hours| (self.response_curve.at(hours) / today).min(HUGE);
        [speed(planned), speed(planned.max(WAITING_HOURS))]
    }

    /// The chance that a waiting lead is still there a week later: `2^(−1/half-life)`.
    #[must_use]
    pub fn stay(&self, drawn: &[f64]) -> f64 {
        stays(self.lead_half_life, drawn)
    }

    /// The same for an opportunity.
    #[must_use]
    pub fn opportunity_stays(&self, drawn: &[f64]) -> f64 {
        stays(self.opportunity_half_life, drawn)
    }
}

fn stays(half_life: Option<Quantity>, drawn: &[f64]) -> f64 {
    match half_life.map(|weeks| weeks.of(drawn)) {
        None => 1.0,
        Some(weeks) if weeks > 0.0 => exp2(-1.0 / weeks),
        Some(_) => 0.0,
    }
}
