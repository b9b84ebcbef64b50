//! Where a plan stands once some of its weeks are over: what is booked, what is open, who waits, what spend has left behind.
//! By the middle of what the inputs may be now.

use std::collections::BTreeMap;

use crate::inputs::Quantity;
use crate::model::channels::Route;
use crate::model::open_deals::Pipeline;
use crate::model::plan::Plan;
use crate::model::simulate::CloseTimes;
use crate::records::{ActualWeek, Actuals};
use crate::units::WEEKS_A_YEAR;

use super::Update;
use super::expected::{Expected, is_of_the_team, waiting_at_the_start};

/// Deals that are open now.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenNow {
    /// the group's name
    pub name: String,
    /// how many are open, on average
    pub count: f64,
    /// the mean of the weeks until they close
    pub weeks_to_close: f64,
    /// the channel whose close rate and values are theirs; none: those of the team and of all deals
    pub channel: Option<usize>,
}

/// Where a plan stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeeksOver {
    /// the weeks that are over
    pub weeks: usize,
    /// money by channel
    pub spent: Vec<f64>,
    /// money a week that stands for it from now on, of channels that remember
    pub past_spend: Vec<Option<f64>>,
    /// goodwill of the brand
    pub goodwill: Option<f64>,
    /// customers
    pub customers: Option<f64>,
    /// revenue, wins and marketing of the weeks, with what was booked before
    pub booked: BookedNow,
    /// wages of the weeks
    pub wages: f64,
    /// groups of deals that were open at the start, as far as they still are; by name
    pub open: Vec<OpenNow>,
    /// deals that began in the weeks
    pub begun: Vec<OpenNow>,
    /// leads that wait, where the weeks tell how many were worked
    pub waiting: Option<f64>,
}

/// What is booked once weeks are over.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BookedNow {
    /// revenue
    pub revenue: f64,
    /// wins
    pub wins: f64,
    /// marketing
    pub marketing: f64,
}

impl WeeksOver {
    /// After the weeks of `actuals`, with what `update` says of the inputs.
    #[must_use]
    pub fn of(plan: &Plan, actuals: &Actuals, update: &Update) -> Self {
        let came = Expected::new(plan, actuals.weeks, &actuals.sources);
        let middle = plan.parts.inputs.list().iter().map(|input| {
            let now = update.moved.iter().find(|own| own.path == input.name);
            now.map_or_else(|| input.at(0.5), |own| own.now.p50)
        });
        let middle: Vec<f64> = middle.collect();
        let parts = &plan.parts;
        let booked = &parts.booked;
        let spent: Vec<f64> = came.spent.iter().map(|weeks| weeks.iter().sum()).collect();
        let wins = actuals.total(|week| week.wins);
        let untold = Untold::of(plan, &came, &middle);
        let on_brand = |week: usize| {
            parts.channels.iter().zip(&came.spent).map(|(own, spent)| own.brand_share.of(&middle) * spent[week]).sum()
        };
        let on_brand: Vec<f64> = (0..actuals.weeks).map(on_brand).collect();
        let told = (0..plan.sources.len()).filter(|source| makes_customers(plan, *source));
        let new_customers: f64 =
            untold.customers + told.flat_map(|at| actuals.sources[at].iter().filter_map(|week| week.wins)).sum::<f64>();
        Self {
            weeks: actuals.weeks,
            past_spend: parts
                .channels
                .iter()
                .zip(&came.spent)
                .map(|(own, spent)| own.remembers_spend().then(|| own.past_spend_after(&middle, spent)))
                .collect(),
            goodwill: parts.brand.as_ref().map(|brand| brand.goodwill_after(&middle, &on_brand)),
            customers: parts.customers.as_ref().map(|own| own.active_after(&middle, actuals.weeks, new_customers)),
            booked: BookedNow {
                revenue: booked.revenue.of(&middle) + actuals.total(|week| week.revenue) + untold.revenue,
                wins: booked.wins.of(&middle) + wins + untold.wins,
                marketing: booked.marketing.of(&middle) + spent.iter().sum::<f64>(),
            },
            wages: wages(plan, actuals.weeks, &middle),
            open: open(plan, actuals.weeks, &middle),
            begun: begun(plan, &came, &middle),
            waiting: waiting(plan, &came, &middle),
            spent,
        }
    }
}

/// What the weeks should have brought where nothing is told of it, at the rates and values of the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Untold {
    revenue: f64,
    wins: f64,
    /// those of them that become customers
    customers: f64,
}

impl Untold {
    /// Deals of channels of which no win is told; where the file tells none at all, also those that were open or whose leads
    /// waited at the start, which else are among the wins that are told; and repeat orders where nothing is told of them.
    fn of(plan: &Plan, came: &Expected<'_>, middle: &[f64]) -> Self {
        let mut own = Self::default();
        // Rows of repeat orders follow those of the plan's sources.
        let (deals, repeats) = came.sources.split_at(plan.sources.len());
        let tells_deals = deals.iter().any(|weeks| is_told(weeks));
        for (source, weeks) in deals.iter().enumerate() {
            if is_told(weeks) {
                own.add_half_told(plan, middle, source, weeks);
            } else if plan.sources[source].channel.is_some() || !tells_deals {
                own.add_closed(plan, came, middle, source);
            }
        }
        if !tells_deals {
            own.add_open(plan, came.weeks, middle);
        }
        let tells_repeats = repeats.iter().any(|weeks| !weeks.is_empty());
        if let Some(customers) = plan.parts.customers.as_ref().filter(|_| !tells_repeats) {
            let weeks = came.weeks as f64 / WEEKS_A_YEAR;
            own.revenue += customers.active_after(middle, 0, 0.0) * customers.orders_a_year(middle) * weeks;
        }
        own
    }

    /// Wins that are told without revenue, and revenue without wins.
    fn add_half_told(&mut self, plan: &Plan, middle: &[f64], source: usize, weeks: &[ActualWeek]) {
        for (week, told) in weeks.iter().enumerate() {
            let value = plan.expected_value(source, middle, week).0;
            match (told.wins, told.revenue) {
                (Some(wins), None) => self.revenue += wins * value,
                (None, Some(revenue)) if value > 0.0 => self.add_wins(plan, source, revenue / value),
                _ => {}
            }
        }
    }

    /// Deals of leads that were worked in these weeks, as far as they should have closed.
    fn add_closed(&mut self, plan: &Plan, came: &Expected<'_>, middle: &[f64], source: usize) {
        let waited = waiting_at_the_start(plan) == Some(source) && came.sources[source].is_empty();
        let rates = plan.expected_rates(source, middle, came.weeks, waited);
        let times = plan.close_times(source, middle);
        for (week, worked) in worked(plan, came, source, middle).into_iter().enumerate() {
            let won = worked * rates.win[week] * (1.0 - times.after(came.weeks - week));
            self.add_wins(plan, source, won);
            self.revenue += won * plan.expected_value(source, middle, week).0;
        }
    }

    /// Deals that were open at the start, as far as they should have closed; of a file those whose week is over.
    fn add_open(&mut self, plan: &Plan, weeks: usize, middle: &[f64]) {
        for (group, expected) in plan.parts.deals.open.iter().zip(plan.expected_open_deals(middle)) {
            let usual = plan.parts.deals.mean_value(middle);
            for (at, deals) in expected.iter().enumerate() {
                let value = match &group.deals {
                    Pipeline::Counted { average_value, .. } => average_value.map_or(usual, |own| own.of(middle)),
                    Pipeline::Listed { deals, .. } if deals[at].close_week.is_some_and(|week| week < weeks) => {
                        deals[at].amount
                    }
                    Pipeline::Listed { .. } => continue,
                };
                let won = deals.wins * (1.0 - deals.times.after(weeks));
                self.wins += won;
                self.customers += won;
                self.revenue += won * value;
            }
        }
    }

    fn add_wins(&mut self, plan: &Plan, source: usize, wins: f64) {
        self.wins += wins;
        if makes_customers(plan, source) {
            self.customers += wins;
        }
    }
}

/// Do these weeks tell what closed in them?
fn is_told(weeks: &[ActualWeek]) -> bool {
    weeks.iter().any(|week| week.wins.is_some() || week.revenue.is_some())
}

/// Is a win of the source a customer more?
fn makes_customers(plan: &Plan, source: usize) -> bool {
    plan.sources[source].channel.is_none_or(|at| plan.parts.channels[at].new_customers)
}

/// What the team costs in the weeks, seats that nobody left.
fn wages(plan: &Plan, weeks: usize, middle: &[f64]) -> f64 {
    let present = |reps: &crate::model::team::Reps, week: i64| {
        reps.start_week.is_none_or(|start| start <= week) && reps.end_week.is_none_or(|end| week <= end)
    };
    let of = |reps: &crate::model::team::Reps| {
        let there = (1..=weeks as i64).filter(|week| present(reps, *week)).count();
        there as f64 * f64::from(reps.count) * reps.cost_per_week.of(middle)
    };
    plan.parts.sales.reps.iter().map(of).sum()
}

/// Groups that were open at the start; those of a file are as the file lists them.
fn open(plan: &Plan, weeks: usize, middle: &[f64]) -> Vec<OpenNow> {
    let groups = plan.parts.deals.open.iter().zip(plan.expected_open_deals(middle));
    let counted = groups.filter(|(group, _)| matches!(group.deals, Pipeline::Counted { .. }));
    counted
        .filter_map(|(group, deals)| {
            let deals = deals.first()?;
            Some(OpenNow {
                name: group.name.clone(),
                count: deals.count * deals.times.after(weeks),
                weeks_to_close: deals.times.left_after(weeks),
                channel: None,
            })
        })
        .collect()
}

/// Opportunities of leads that were worked and have not closed: of all channels whose rate and values are the usual ones
/// together, of the others each.
fn begun(plan: &Plan, came: &Expected<'_>, middle: &[f64]) -> Vec<OpenNow> {
    let mut sums: BTreeMap<Option<usize>, (f64, f64)> = BTreeMap::new();
    for source in (0..plan.sources.len()).filter(|source| is_of_the_team(plan, *source)) {
        let own = |channel: &usize| {
            let channel = &plan.parts.channels[*channel];
            channel.close_rate.is_some() || channel.average_value.is_some()
        };
        let waited = waiting_at_the_start(plan) == Some(source) && came.sources[source].is_empty();
        let rates = plan.expected_rates(source, middle, came.weeks, waited);
        let times: CloseTimes = plan.close_times(source, middle);
        let sum = sums.entry(plan.sources[source].channel.filter(own)).or_default();
        for (week, worked) in worked(plan, came, source, middle).into_iter().enumerate() {
            let age = came.weeks - week;
            let count = worked * rates.opportunity * times.after(age);
            sum.0 += count;
            sum.1 += count * times.left_after(age);
        }
    }
    let of = |(channel, (count, weeks)): (Option<usize>, (f64, f64))| OpenNow {
        name: channel.map_or_else(|| "begun".into(), |at| format!("begun-{}", plan.parts.channels[at].name)),
        count,
        weeks_to_close: weeks / count,
        channel,
    };
    sums.into_iter().filter(|(_, (count, _))| *count >= 0.5).map(of).collect()
}

/// Leads of a source that were worked: as told; of a channel whose leads are not told as many as the plan makes expect, and of
/// those that waited at the start all.
fn worked(plan: &Plan, came: &Expected<'_>, source: usize, middle: &[f64]) -> Vec<f64> {
    match plan.sources[source].channel {
        _ if tells_leads(plan, source, &came.sources[source]) => came.worked(plan, source, middle),
        Some(channel) => {
            let qualified = plan.parts.channels[channel].qualified.of(middle);
            plan.expected_weeks(channel, middle, &came.spent).iter().map(|week| week.leads * qualified).collect()
        }
        None if waiting_at_the_start(plan) == Some(source) && came.weeks > 0 => {
            vec![plan.parts.sales.leads_waiting.of(middle)]
        }
        None => Vec::new(),
    }
}

/// Do these weeks of a source tell its leads? Those of orders do by their wins as well.
fn tells_leads(plan: &Plan, source: usize, weeks: &[ActualWeek]) -> bool {
    let orders = plan.sources[source].channel.is_some_and(|at| plan.parts.channels[at].counts_orders());
    weeks.iter().any(|week| week.leads.is_some() || week.worked.is_some() || orders && week.wins.is_some())
}

/// Leads of the team that were passed on and not worked, as far as they stay.
fn waiting(plan: &Plan, came: &Expected<'_>, middle: &[f64]) -> Option<f64> {
    let team: Vec<usize> = (0..plan.sources.len()).filter(|source| is_of_the_team(plan, *source)).collect();
    let weeks_of =
        |week: usize| team.iter().filter_map(move |source| Some((*source, came.sources[*source].get(week)?)));
    if !(0..came.weeks).flat_map(weeks_of).any(|(_, week)| week.worked.is_some()) {
        return None;
    }
    let stay = plan.parts.sales.stay(middle);
    let passed_on = |(source, week): (usize, &ActualWeek)| {
        let channel = plan.sources[source].channel.map(|at| &plan.parts.channels[at]);
        let is_at_desk = channel.is_none_or(|channel| channel.route == Route::Sales);
        let qualified = channel.map_or(Quantity::Certain(1.0), |channel| channel.qualified).of(middle);
        if is_at_desk { week.leads.unwrap_or(0.0) * qualified - week.worked.unwrap_or(0.0) } else { 0.0 }
    };
    let mut waiting = plan.parts.sales.leads_waiting.of(middle);
    for week in 0..came.weeks {
        waiting = (waiting + weeks_of(week).map(passed_on).sum::<f64>()).max(0.0) * stay;
    }
    Some(waiting)
}
