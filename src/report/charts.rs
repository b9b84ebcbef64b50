//! From a forecast to its charts, in the formats that were asked for.

use rayon::prelude::*;

use crate::charts::{
    CHARTS, Channel, Channels, Cumulative, Desk, Distribution, Drawing, Footer, Funnel, Goal, Loss, Measure, Picture,
    PngError, Results, Short, Step, Target, Team, TeamWeek, Topic,
};
use crate::engine::{ChannelShares, Forecast, Percentiles, Stats};
use crate::model::outcomes::{Outcome, OutcomeId, SOURCE_FIGURES, ShortDesk, Unit, WEEKLY};
use crate::model::team::Role;
use crate::scenario::Scenario;
use crate::units::Date;

use super::format::Format;
use super::{words, words_changed};

/// What is to be drawn beside what was found.
#[derive(Clone, Copy, Debug)]
pub struct ChartOptions<'a> {
    /// the forms that are asked for: charts are written in those of them that are pictures
    pub formats: &'a [Format],
    /// the day of the forecast, for the footer; a chart's bytes follow from it
    pub day: Option<Date>,
}

impl ChartOptions<'_> {
    /// Whether any chart is to be written.
    #[must_use]
    pub fn has_charts(&self) -> bool {
        self.formats.iter().any(|format| format.is_picture())
    }
}

/// Draws every chart that has something to say: the name of each file and its bytes.
///
/// # Errors
///
/// When a picture could not be packed.
pub fn draw(
    scenario: &Scenario,
    forecast: &Forecast,
    options: &ChartOptions<'_>,
) -> Result<Vec<(String, Vec<u8>)>, PngError> {
    if !options.has_charts() {
        return Ok(Vec::new());
    }
    let origin = Origin { scenario, seed: forecast.seed, draws: forecast.draws.count() };
    let files: Result<Vec<Vec<_>>, PngError> = pictures(scenario, forecast)
        .into_par_iter()
        .map(|(_, picture)| write(&picture.name, picture.drawing, origin, options))
        .collect();
    Ok(files?.into_iter().flatten().collect())
}

/// Every chart of a forecast that has something to say, and what it is about.
pub(super) fn pictures(scenario: &Scenario, forecast: &Forecast) -> Vec<(Topic, Picture)> {
    let material = ChartInputs::of(scenario, forecast);
    let drawn = CHARTS.par_iter().flat_map(|chart| {
        let pictures = material.with(|results| (chart.draw)(results));
        pictures.into_par_iter().map(|picture| (chart.topic, picture))
    });
    drawn.collect()
}

/// How an outcome is spoken of in a chart.
pub(super) fn measure<'s>(scenario: &'s Scenario, outcome: &Outcome) -> Measure<'s> {
    Measure {
        title: outcome.title,
        unit: match outcome.unit {
            Unit::Money => &scenario.currency,
            Unit::Count | Unit::Ratio => "",
        },
        higher_is_better: !outcome.is_cost(),
        weeks: scenario.plan.parts.horizon.weeks,
    }
}

/// What charts were drawn from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin<'a> {
    /// the plan; of several, the first
    pub(super) scenario: &'a Scenario,
    pub(super) seed: u64,
    pub(super) draws: u64,
}

/// A drawing in every format, with its footer: names of files and their bytes.
pub(super) fn write(
    name: &str,
    drawing: Drawing,
    origin: Origin<'_>,
    options: &ChartOptions<'_>,
) -> Result<Vec<(String, Vec<u8>)>, PngError> {
    let day = options.day.map_or_else(String::new, Date::in_words);
    let Origin { scenario, seed, draws } = origin;
    let changed: Vec<String> = scenario.changed.iter().map(words_changed::one).collect();
    let drawing = drawing.with_footer(&Footer { plan: &scenario.title(), day: &day, seed, draws, changed: &changed });
    in_formats(name, &drawing, options)
}

/// A drawing in every format: names of files and their bytes.
pub(super) fn in_formats(
    name: &str,
    drawing: &Drawing,
    options: &ChartOptions<'_>,
) -> Result<Vec<(String, Vec<u8>)>, PngError> {
    let file = |format: &Format| match format {
        Format::Png => Some(drawing.png().map(|bytes| (format!("{name}.png"), bytes))),
        Format::Svg => Some(Ok((format!("{name}.svg"), drawing.svg().as_bytes().to_vec()))),
        _ => None,
    };
    options.formats.iter().filter_map(file).collect()
}

/// What the charts borrow from.
struct ChartInputs<'f> {
    currency: &'f str,
    horizon: usize,
    outcomes: Vec<OutcomeOfNote<'f>>,
    path: Vec<[f64; 5]>,
    goal: Option<Goal>,
    days: Vec<String>,
    channels: Vec<(String, [f64; 3], [f64; 3])>,
    of_all: f64,
    without_revenue: f64,
    funnel: FunnelData,
    team: Vec<TeamWeek>,
    short: Short,
    desks: Vec<Desk>,
}

/// An outcome that gets a chart of its own.
struct OutcomeOfNote<'f> {
    key: &'static str,
    measure: Measure<'f>,
    draws: &'f [f64],
    percentiles: [f64; 3],
    targets: Vec<Target>,
}

impl<'f> ChartInputs<'f> {
    fn of(scenario: &'f Scenario, forecast: &'f Forecast) -> Self {
        let horizon = &scenario.plan.parts.horizon;
        Self {
            currency: &scenario.currency,
            horizon: horizon.weeks,
            outcomes: outcomes_of_note(scenario, forecast),
            path: path(forecast),
            goal: goal(forecast),
            days: horizon.start.map_or_else(Vec::new, |start| last_days(start, horizon.weeks + horizon.tail)),
            channels: forecast.shares.iter().map(|own| shares(scenario, own)).collect(),
            of_all: part_of_channels(scenario, forecast),
            without_revenue: forecast.shares.first().map_or(0.0, |shares| 1.0 - shares.revenue.defined),
            funnel: FunnelData::of(scenario, forecast),
            team: team(forecast),
            short: short(forecast, horizon.weeks),
            desks: desks(scenario, forecast),
        }
    }

    fn with<T>(&self, use_it: impl FnOnce(&Results<'_>) -> T) -> T {
        let losses: Vec<Vec<Loss<'_>>> = self
            .funnel
            .steps
            .iter()
            .map(|(_, _, losses)| {
                let loss = |&(name, mean): &(&'static str, f64)| Loss { name, mean };
                losses.iter().map(loss).collect()
            })
            .collect();
        let steps: Vec<Step<'_>> = self
            .funnel
            .steps
            .iter()
            .zip(&losses)
            .map(|((name, count, _), losses)| Step { name, count: *count, losses })
            .collect();
        let rows: Vec<Channel<'_>> = self
            .channels
            .iter()
            .map(|(name, spend, revenue)| Channel { name, spend: *spend, revenue: *revenue })
            .collect();
        let distributions: Vec<Distribution<'_>> = self
            .outcomes
            .iter()
            .map(|outcome| Distribution {
                name: outcome.key,
                measure: outcome.measure,
                draws: outcome.draws,
                percentiles: outcome.percentiles,
                targets: &outcome.targets,
            })
            .collect();
        use_it(&Results {
            distributions: &distributions,
            cumulative: Cumulative { currency: self.currency, path: &self.path, goal: self.goal, days: &self.days },
            channels: Channels { rows: &rows, of_all: self.of_all, without_revenue: self.without_revenue },
            funnel: Funnel { steps: &steps, beside: &self.funnel.beside },
            team: Team {
                weeks: &self.team,
                horizon: self.horizon,
                short: self.short,
                desks: &self.desks,
                days: &self.days,
            },
        })
    }
}

/// Revenue, profit where there is a margin, and every other outcome that has a target.
fn outcomes_of_note<'f>(scenario: &'f Scenario, forecast: &'f Forecast) -> Vec<OutcomeOfNote<'f>> {
    let mut noted: Vec<OutcomeId> = OutcomeId::named("revenue").into_iter().collect();
    if scenario.plan.parts.finance.gross_margin.is_some() {
        noted.extend(OutcomeId::named("profit"));
    }
    for target in &forecast.targets {
        if !noted.contains(&target.outcome) {
            noted.push(target.outcome);
        }
    }
    let of_note = |id: OutcomeId| {
        let stats = forecast.outcomes.iter().find(|(own, _)| *own == id).map(|(_, stats)| stats)?;
        let own = forecast.targets.iter().filter(|target| target.outcome == id);
        Some(OutcomeOfNote {
            key: id.outcome().key,
            measure: measure(scenario, id.outcome()),
            draws: forecast.draws.column(id)?,
            percentiles: [stats.p10(), stats.p50(), stats.p90()],
            targets: own.map(|target| Target { value: target.target, chance: target.chance.probability }).collect(),
        })
    };
    noted.into_iter().filter_map(of_note).collect()
}

/// P5, P25, P50, P75 and P95 of revenue: what is booked, then up to the end of each week. The last week is told as the
/// outcome is: from its column.
fn path(forecast: &Forecast) -> Vec<[f64; 5]> {
    let levels = |stats: &Stats| {
        let Percentiles { p5, p25, p50, p75, p95, .. } = stats.percentiles;
        [p5, p25, p50, p75, p95]
    };
    let mut path: Vec<[f64; 5]> = forecast.cumulative.iter().map(levels).collect();
    if let (Some(last), Some(revenue)) = (path.last_mut(), forecast.outcome("revenue")) {
        *last = levels(revenue);
    }
    path
}

fn goal(forecast: &Forecast) -> Option<Goal> {
    let revenue = OutcomeId::named("revenue");
    let target = forecast.targets.iter().find(|target| Some(target.outcome) == revenue)?;
    let chance = target.chance;
    Some(Goal { value: target.target, chance: [chance.low, chance.probability, chance.high] })
}

/// The last day of each week.
fn last_days(start: Date, weeks: usize) -> Vec<String> {
    (1..=weeks as i64).map_while(|week| start.plus_days(7 * week - 1)).map(Date::short).collect()
}

/// How often the team has too few hours: in quarters as a whole, and in their weeks.
fn short(forecast: &Forecast, horizon: usize) -> Short {
    let backlog = WEEKLY.iter().position(|weekly| weekly.key == "backlog");
    let waits = backlog.zip(forecast.draws.details.as_ref()).map_or(0.0, |(at, details)| {
        let weeks = &details.weeks[at][..horizon];
        weeks.iter().map(|week| week.histogram.share_above_zero()).sum::<f64>() / horizon.max(1) as f64
    });
    let mostly_for = forecast.short_desk().map(|desk| match desk {
        ShortDesk::Leads => "leads",
        ShortDesk::Opportunities => "opportunities",
    });
    let mean = |key: &str| forecast.outcome(key).map_or(0.0, |stats| stats.mean);
    let (lost, worked) = (mean("lost_to_waiting"), mean("worked"));
    let lost_share = if lost > 0.0 { lost / (lost + worked) } else { 0.0 };
    Short { draws: forecast.limits.hours, weeks: waits, mostly_for, lost, lost_share }
}

/// A figure's place among those of a source.
fn place(key: &str) -> usize {
    SOURCE_FIGURES.iter().position(|figure| figure.key == key).unwrap_or(0)
}

/// A step: its name, how many get there, and what is lost before it.
type WayStep = (&'static str, [f64; 3], Vec<(&'static str, f64)>);

/// The way of leads to wins: with a team the way of its leads, without one that of all.
struct FunnelData {
    steps: Vec<WayStep>,
    beside: String,
}

impl FunnelData {
    fn of(scenario: &Scenario, forecast: &Forecast) -> Self {
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
        let total =
            |key: &str| forecast.outcome(key).map_or([f64::NAN; 3], |stats| [stats.p10(), stats.mean, stats.p90()]);
        // Where the total counts others too, the mean alone is known.
        let either = |mean: f64, key: &str, whole: bool| {
            if whole { total(key) } else { [f64::NAN, mean, f64::NAN] }
        };
        let mean = |key: &str| total(key)[1];
        let (worked, opportunities) = (mean("worked"), mean("opportunities"));
        let no_pipeline = plan.pipeline.is_none();
        let sold_by_nobody = leads + worked + mean("backlog_end") == 0.0 && leads_online > 0.0;
        if sold_by_nobody {
            return Self {
                steps: vec![
                    ("leads", either(leads_online, "leads", true), Vec::new()),
                    (
                        "wins",
                        either(wins_online, "wins_started", no_pipeline),
                        vec![("did not buy", leads_online - wins_online)],
                    ),
                ],
                beside: words::NO_TEAM_IN_THE_WAY.to_owned(),
            };
        }
        let only_team = leads_online == 0.0;
        Self {
            steps: vec![
                (words::leads_of_the_way(only_team), either(leads, "leads", only_team), Vec::new()),
                ("qualified", either(qualified, "qualified", only_team), vec![("not qualified", leads - qualified)]),
                (
                    "worked",
                    total("worked"),
                    vec![("lost to waiting", mean("lost_to_waiting")), ("still waiting", mean("backlog_end"))],
                ),
                ("opportunities", total("opportunities"), vec![("no opportunity", worked - opportunities)]),
                (
                    "wins, now or later",
                    either(wins, "wins_started", only_team && no_pipeline),
                    match plan.two_desks {
                        true => vec![
                            (
                                "not won",
                                opportunities - wins - mean("opportunities_lost") - mean("opportunities_waiting"),
                            ),
                            ("lost to waiting", mean("opportunities_lost")),
                            ("still waiting", mean("opportunities_waiting")),
                        ],
                        false => vec![("not won", opportunities - wins)],
                    },
                ),
            ],
            beside: words::beside_the_way(leads_online, wins_online, [!no_pipeline, plan.others.backlog.is_some()]),
        }
    }
}

/// The part of the mean revenue that the channels bring.
fn part_of_channels(scenario: &Scenario, forecast: &Forecast) -> f64 {
    let figure = place("revenue");
    let channels: f64 = forecast
        .sources
        .iter()
        .zip(&scenario.plan.sources)
        .filter(|(_, source)| source.channel.is_some())
        .map(|((_, figures), _)| figures[figure].mean)
        .sum();
    let all = forecast.outcome("revenue").map_or(f64::NAN, |stats| stats.mean);
    channels / all
}

/// What a channel is called and its share of spend and of revenue: P10, mean, P90, each over futures; none of spend where it costs
/// nothing.
fn shares(scenario: &Scenario, channel: &ChannelShares) -> (String, [f64; 3], [f64; 3]) {
    let named = scenario.plan.parts.channels.iter().find(|own| own.name == channel.name);
    let name = named.map_or(channel.name.as_str(), words::shown_name).to_owned();
    let ends = |stats: &Stats| [stats.p10(), stats.mean, stats.p90()];
    let spend = if channel.spend.mean > 0.0 { ends(&channel.spend) } else { [f64::NAN; 3] };
    (name, spend, ends(&channel.revenue))
}

/// Hours by role, of the roles that somebody has; none where all reps do leads and opportunities alike.
fn desks(scenario: &Scenario, forecast: &Forecast) -> Vec<Desk> {
    let roles = [
        (Role::Leads, "leads", "hours_used_leads", "hours_available_leads"),
        (Role::Opportunities, "opportunities", "hours_used_opportunities", "hours_available_opportunities"),
        (Role::All, "both", "hours_used_all", "hours_available_all"),
    ];
    let plan = &scenario.plan;
    let is_there = |role: Role| plan.two_desks && plan.parts.sales.reps.iter().any(|reps| reps.does == role);
    let ends = |stats: &Stats| [stats.p10(), stats.p50(), stats.p90()];
    let desk = |(_, works_on, used, available): (Role, &'static str, &str, &str)| {
        let weeks = forecast.weekly(used).iter().zip(forecast.weekly(available));
        Desk { works_on, weeks: weeks.map(|(used, available)| [ends(used), ends(available)]).collect() }
    };
    roles.into_iter().filter(|(role, ..)| is_there(*role)).map(desk).collect()
}

fn team(forecast: &Forecast) -> Vec<TeamWeek> {
    let ends = |stats: &Stats| [stats.p10(), stats.p50(), stats.p90()];
    forecast
        .weekly("hours_used")
        .iter()
        .zip(forecast.weekly("hours_available"))
        .zip(forecast.weekly("backlog"))
        .enumerate()
        .map(|(week, ((used, available), backlog))| TeamWeek {
            hours_used: ends(used),
            hours_available: ends(available),
            waiting: ends(backlog),
            opportunities_waiting: forecast.weekly("opportunities_waiting").get(week).map_or([0.0; 3], ends),
        })
        .collect()
}
