//! The way of leads to wins, as the chart of the funnel takes it.

use crate::charts::{Interval, Loss, Step};
use crate::engine::Forecast;
use crate::scenario::Scenario;

use super::chart_figures::{around_mean, place};
use super::words;

/// A step of the way.
pub(super) struct FunnelStep {
    name: &'static str,
    /// how many get there
    count: Interval,
    /// what is lost before it
    losses: Vec<Loss<'static>>,
}

impl FunnelStep {
    fn of<const N: usize>(name: &'static str, count: Interval, losses: [(&'static str, f64); N]) -> Self {
        Self { name, count, losses: losses.map(|(name, mean)| Loss { name, mean }).into() }
    }

    pub(super) fn drawn(&self) -> Step<'_> {
        Step { name: self.name, count: self.count, losses: &self.losses }
    }
}

/// The way of leads to wins: with a team the way of its leads, without one that of all.
pub(super) struct FunnelData {
    pub(super) steps: Vec<FunnelStep>,
    pub(super) beside: String,
}

impl FunnelData {
    pub(super) fn of(scenario: &Scenario, forecast: &Forecast) -> Self {
        let plan = &scenario.plan;
        let online = |at: usize| plan.classes.iter().any(|class| class.source == at && class.online);
        let new = |at: usize| Some(at) != plan.pipeline;
        // The mean of a figure, of the sources that the team works and of those that buy online.
        let means = |key: &str| -> [f64; 2] {
            let figure = place(key);
            let mut sums = [0.0; 2];
            for (at, (_, figures)) in forecast.sources.iter().enumerate() {
                if new(at) {
                    sums[usize::from(online(at))] += figures[figure].mean;
                }
            }
            sums
        };
        let [leads, leads_online] = means("leads");
        let [qualified, _] = means("qualified");
        let [wins, wins_online] = means("wins_started");
        let total = |key: &str| forecast.outcome(key).map_or(Interval::UNKNOWN, around_mean);
        // Where the total counts others too, the mean alone is known.
        let either = |mean: f64, key: &str, whole: bool| {
            if whole { total(key) } else { Interval { middle: mean, ..Interval::UNKNOWN } }
        };
        let mean = |key: &str| total(key).middle;
        let (worked, opportunities) = (mean("worked"), mean("opportunities"));
        let no_pipeline = plan.pipeline.is_none();
        let sold_by_nobody = leads + worked + mean("backlog_end") == 0.0 && leads_online > 0.0;
        if sold_by_nobody {
            let not_bought = ("did not buy", leads_online - wins_online);
            return Self {
                steps: vec![
                    FunnelStep::of("leads", either(leads_online, "leads", true), []),
                    FunnelStep::of("wins", either(wins_online, "wins_started", no_pipeline), [not_bought]),
                ],
                beside: words::NO_TEAM_IN_THE_WAY.to_owned(),
            };
        }
        let only_team = leads_online == 0.0;
        let won = either(wins, "wins_started", only_team && no_pipeline);
        let (lost, waiting) = (mean("opportunities_lost"), mean("opportunities_waiting"));
        let last = match plan.two_desks {
            true => {
                let losses = [
                    ("not won", opportunities - wins - lost - waiting),
                    ("lost to waiting", lost),
                    ("still waiting", waiting),
                ];
                FunnelStep::of("wins, now or later", won, losses)
            }
            false => FunnelStep::of("wins, now or later", won, [("not won", opportunities - wins)]),
        };
        let left_over = [("lost to waiting", mean("lost_to_waiting")), ("still waiting", mean("backlog_end"))];
        Self {
            steps: vec![
                FunnelStep::of(words::leads_of_the_way(only_team), either(leads, "leads", only_team), []),
                FunnelStep::of(
                    "qualified",
                    either(qualified, "qualified", only_team),
                    [("not qualified", leads - qualified)],
                ),
                FunnelStep::of("worked", total("worked"), left_over),
                FunnelStep::of("opportunities", total("opportunities"), [("no opportunity", worked - opportunities)]),
                last,
            ],
            beside: words::beside_the_way(leads_online, wins_online, [!no_pipeline, plan.others.backlog.is_some()]),
        }
    }
}
