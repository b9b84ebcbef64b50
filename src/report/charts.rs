//! From a forecast to its charts, in the formats that were asked for.

use rayon::prelude::*;

use crate::charts::{
    Bands, CHARTS, Channel, Channels, Cumulative, Desk, DeskWeek, Distribution, Drawing, Footer, Funnel, Goal,
    Interval, Measure, Picture, Results, Short, Step, Target, Team, TeamWeek, Topic,
};
use crate::engine::{ChannelShares, Forecast, Percentiles, Stats};
use crate::model::outcomes::{Outcome, OutcomeId, ShortDesk, Unit, WEEKLY};
use crate::model::team::Role;
use crate::scenario::Scenario;
use crate::units::Date;

use super::chart_figures::{around_mean, interval, of_chance, place};
use super::format::Format;
use super::funnel::{FunnelData, FunnelStep};
use super::made_files::{FileError, MadeFiles};
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
pub fn draw(scenario: &Scenario, forecast: &Forecast, options: &ChartOptions<'_>) -> Result<MadeFiles, FileError> {
    let origin = Origin { scenario, seed: forecast.seed, draws: forecast.draws.count() };
    write(origin, options, || pictures(scenario, forecast).into_iter().map(|(_, picture)| picture))
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

/// Pictures in every format, with their footers: names of files and their bytes. They are drawn where any are asked for.
pub(super) fn write<P: IntoIterator<Item = Picture>>(
    Origin { scenario, seed, draws }: Origin<'_>,
    options: &ChartOptions<'_>,
    pictures: impl FnOnce() -> P,
) -> Result<MadeFiles, FileError> {
    if !options.has_charts() {
        return Ok(Vec::new());
    }
    let day = options.day.map_or_else(String::new, Date::in_words);
    let changed: Vec<String> = scenario.changed.iter().map(words_changed::one).collect();
    let footer = Footer { plan: &scenario.title(), day: &day, seed, draws, changed: &changed };
    let pictures: Vec<Picture> = pictures().into_iter().collect();
    let files: Result<Vec<Vec<_>>, FileError> = pictures
        .into_par_iter()
        .map(|Picture { name, drawing }| in_formats(&name, &drawing.with_footer(&footer), options))
        .collect();
    Ok(files?.into_iter().flatten().collect())
}

/// A drawing in every format: names of files and their bytes.
pub(super) fn in_formats(name: &str, drawing: &Drawing, options: &ChartOptions<'_>) -> Result<MadeFiles, FileError> {
    let file = |format: &Format| match format {
        Format::Png => Some(drawing.png().map(|bytes| (format!("{name}.png"), bytes)).map_err(Into::into)),
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
    path: Vec<Bands>,
    goal: Option<Goal>,
    days: Vec<String>,
    channels: Vec<ChannelShare>,
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
    percentiles: Interval,
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
            channels: forecast.shares.iter().map(|own| ChannelShare::of(scenario, own)).collect(),
            of_all: part_of_channels(scenario, forecast),
            without_revenue: forecast.shares.first().map_or(0.0, |shares| 1.0 - shares.revenue.defined),
            funnel: FunnelData::of(scenario, forecast),
            team: team(forecast),
            short: short(forecast, horizon.weeks),
            desks: desks(scenario, forecast),
        }
    }

    fn with<T>(&self, use_it: impl FnOnce(&Results<'_>) -> T) -> T {
        let steps: Vec<Step<'_>> = self.funnel.steps.iter().map(FunnelStep::drawn).collect();
        let rows: Vec<Channel<'_>> = self.channels.iter().map(ChannelShare::drawn).collect();
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
            percentiles: interval(stats),
            targets: own.map(|target| Target { value: target.target, chance: target.chance.probability }).collect(),
        })
    };
    noted.into_iter().filter_map(of_note).collect()
}

/// P5, P25, P50, P75 and P95 of revenue: what is booked, then up to the end of each week. The last week is told as the
/// outcome is: from its column.
fn path(forecast: &Forecast) -> Vec<Bands> {
    let levels = |stats: &Stats| {
        let Percentiles { p5, p25, p50, p75, p95, .. } = stats.percentiles;
        Bands { low: p5, lower: p25, middle: p50, upper: p75, high: p95 }
    };
    let mut path: Vec<Bands> = forecast.cumulative.iter().map(levels).collect();
    if let (Some(last), Some(revenue)) = (path.last_mut(), forecast.outcome("revenue")) {
        *last = levels(revenue);
    }
    path
}

fn goal(forecast: &Forecast) -> Option<Goal> {
    let revenue = OutcomeId::named("revenue");
    let target = forecast.targets.iter().find(|target| Some(target.outcome) == revenue)?;
    Some(Goal { value: target.target, chance: of_chance(&target.chance) })
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

/// What a channel is called, and its share of spend and of revenue over futures; none of spend where it costs nothing.
struct ChannelShare {
    name: String,
    spend: Interval,
    revenue: Interval,
}

impl ChannelShare {
    fn of(scenario: &Scenario, channel: &ChannelShares) -> Self {
        let named = scenario.plan.parts.channels.iter().find(|own| own.name == channel.name);
        Self {
            name: named.map_or(channel.name.as_str(), words::shown_name).to_owned(),
            spend: if channel.spend.mean > 0.0 { around_mean(&channel.spend) } else { Interval::UNKNOWN },
            revenue: around_mean(&channel.revenue),
        }
    }

    fn drawn(&self) -> Channel<'_> {
        Channel { name: &self.name, spend: self.spend, revenue: self.revenue }
    }
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
    let desk = |(_, works_on, used, available): (Role, &'static str, &str, &str)| {
        let weeks = forecast.weekly(used).iter().zip(forecast.weekly(available));
        let week = |(used, available): (&Stats, &Stats)| DeskWeek {
            hours_used: interval(used),
            hours_available: interval(available),
        };
        Desk { works_on, weeks: weeks.map(week).collect() }
    };
    roles.into_iter().filter(|(role, ..)| is_there(*role)).map(desk).collect()
}

fn team(forecast: &Forecast) -> Vec<TeamWeek> {
    forecast
        .weekly("hours_used")
        .iter()
        .zip(forecast.weekly("hours_available"))
        .zip(forecast.weekly("backlog"))
        .enumerate()
        .map(|(week, ((used, available), backlog))| TeamWeek {
            hours_used: interval(used),
            hours_available: interval(available),
            waiting: interval(backlog),
            opportunities_waiting: forecast
                .weekly("opportunities_waiting")
                .get(week)
                .map_or(Interval::certain(0.0), interval),
        })
        .collect()
}
