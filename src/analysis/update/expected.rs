//! What a plan expects of the weeks that are over, where their spend, clicks and leads are known.

use crate::model::channels::Route;
use crate::model::plan::Plan;
use crate::records::ActualWeek;

/// What came, beside the plan.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    /// the weeks that are over
    pub(super) weeks: usize,
    /// of each source its weeks, empty where nothing is told of it
    pub(super) sources: &'a [Vec<ActualWeek>],
    /// money by channel and week: what was spent, where that is told, else what was planned
    pub(super) spent: Vec<Vec<f64>>,
}

/// Means of counts by week.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Means {
    /// leads of a channel
    Leads(usize),
    /// leads of a channel, given its clicks
    LeadsOfClicks(usize),
    /// clicks or visits of a channel
    Visits(usize),
    /// wins of sources that are told together
    Wins {
        /// sources whose leads are told
        sources: Vec<usize>,
        /// whether those of deals that were open at the start are among them
        open: bool,
        /// the source of leads that waited at the start, where theirs are among them
        backlog: Option<usize>,
    },
}

impl<'a> Expected<'a> {
    pub(super) fn new(plan: &Plan, weeks: usize, sources: &'a [Vec<ActualWeek>]) -> Self {
        let spent = plan.parts.channels.iter().zip(sources).map(|(channel, own)| {
            let told: Option<Vec<f64>> = own.iter().map(|week| week.spend).collect();
            let planned = || (0..weeks).map(|week| channel.plan.get(week).copied().unwrap_or(0.0)).collect();
            told.filter(|told| told.len() == weeks && channel.is_paid()).unwrap_or_else(planned)
        });
        Self { weeks, sources, spent: spent.collect() }
    }

    /// The means of each week.
    pub(super) fn means(&self, means: &Means, plan: &Plan, drawn: &[f64]) -> Vec<f64> {
        match means {
            Means::Leads(channel) => {
                plan.expected_weeks(*channel, drawn, &self.spent).iter().map(|week| week.leads).collect()
            }
            Means::Visits(channel) => {
                let weeks = plan.expected_weeks(*channel, drawn, &self.spent);
                weeks.iter().map(|week| week.visits.unwrap_or(0.0)).collect()
            }
            Means::LeadsOfClicks(channel) => {
                let weeks = plan.expected_weeks(*channel, drawn, &self.spent);
                // Each click brings the same number of leads in every week: where one has no clicks, another says it.
                let (leads, visits) = weeks.iter().fold((0.0, 0.0), |(leads, visits), week| {
                    (leads + week.leads, visits + week.visits.unwrap_or(0.0))
                });
                let a_visit = if visits > 0.0 { leads / visits } else { 0.0 };
                self.sources[*channel].iter().map(|week| week.clicks.unwrap_or(0.0) * a_visit).collect()
            }
            Means::Wins { sources, open, backlog } => {
                let mut wins = vec![0.0; self.weeks];
                for &source in sources {
                    let worked = self.worked(plan, source, drawn);
                    self.add_wins(plan, drawn, source, (&worked, false), &mut wins);
                }
                if let Some(source) = backlog {
                    let waiting = [plan.parts.sales.leads_waiting.of(drawn)];
                    self.add_wins(plan, drawn, *source, (&waiting, true), &mut wins);
                }
                if *open {
                    for deals in plan.expected_open_deals(drawn).into_iter().flatten() {
                        wins.iter_mut()
                            .enumerate()
                            .for_each(|(week, sum)| *sum += deals.wins * deals.times.in_week(week));
                    }
                }
                wins
            }
        }
    }

    /// The leads of a source that were worked, by week: as told, else those that were passed on.
    pub(super) fn worked(&self, plan: &Plan, source: usize, drawn: &[f64]) -> Vec<f64> {
        let channel = plan.sources[source].channel.map(|at| &plan.parts.channels[at]);
        let qualified = channel.map_or(1.0, |channel| channel.qualified.of(drawn));
        let orders = channel.is_some_and(|channel| channel.counts_orders());
        let of = |week: &ActualWeek| match week.worked {
            Some(worked) => worked,
            None if orders => week.leads.or(week.wins).unwrap_or(0.0),
            None => week.leads.unwrap_or(0.0) * qualified,
        };
        self.sources[source].iter().map(of).collect()
    }

    fn add_wins(&self, plan: &Plan, drawn: &[f64], source: usize, leads: (&[f64], bool), wins: &mut [f64]) {
        let (worked, waited) = leads;
        let rates = plan.expected_rates(source, drawn, self.weeks, waited);
        let times = plan.close_times(source, drawn);
        let shares: Vec<f64> = (0..self.weeks).map(|weeks| times.in_week(weeks)).collect();
        for (from, leads) in worked.iter().enumerate() {
            for (to, sum) in wins.iter_mut().enumerate().skip(from) {
                *sum += leads * rates.win[from] * shares[to - from];
            }
        }
    }
}

/// Is the source one whose leads the team works?
pub(super) fn is_of_the_team(plan: &Plan, source: usize) -> bool {
    plan.sources[source].channel.is_none_or(|channel| plan.parts.channels[channel].route == Route::Sales)
}

/// The source of leads that wait at the start.
pub(super) fn waiting_at_the_start(plan: &Plan) -> Option<usize> {
    plan.others.backlog.map(|class| plan.classes[class].source)
}
