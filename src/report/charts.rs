//! From a forecast to its charts, in the formats that were asked for.

use rayon::prelude::*;

use crate::charts::{
    CHARTS, Channel, Channels, Cumulative, Drawing, Funnel, Loss, PngError, Results, Revenue, Step,
    Target, Team, TeamWeek,
};
use crate::engine::{Forecast, Stats};
use crate::model::outcomes::{OutcomeId, SOURCE_FIGURES};
use crate::scenario::Scenario;

/// What a chart is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// pixels
    Png,
    /// shapes
    Svg,
}

/// Draws every chart: the name of each file and its bytes.
///
/// # Errors
///
/// When a picture could not be packed.
pub fn draw(
    scenario: &Scenario,
    forecast: &Forecast,
    formats: &[Format],
) -> Result<Vec<(String, Vec<u8>)>, PngError> {
    if formats.is_empty() {
        return Ok(Vec::new());
    }
    let material = Material::of(scenario, forecast);
    let files: Result<Vec<Vec<_>>, PngError> = CHARTS
        .par_iter()
        .map(|chart| {
            let drawing = material.with(|results| (chart.draw)(results));
            write(chart.name, &drawing, formats)
        })
        .collect();
    Ok(files?.into_iter().flatten().collect())
}

fn write(
    name: &str,
    drawing: &Drawing,
    formats: &[Format],
) -> Result<Vec<(String, Vec<u8>)>, PngError> {
    formats
        .iter()
        .map(|format| {
            Ok(match format {
                Format::Png => (format!("{name}.png"), drawing.png()?),
                Format::Svg => (format!("{name}.svg"), drawing.svg().as_bytes().to_vec()),
            })
        })
        .collect()
}

/// What the charts borrow from.
struct Material<'f> {
    currency: &'f str,
    weeks: usize,
    start: String,
    revenue: &'f [f64],
    percentiles: [f64; 3],
    targets: Vec<Target>,
    cumulative: Vec<[f64; 5]>,
    channels: Vec<(String, [f64; 3], [f64; 3])>,
    counts: [[f64; 3]; 5],
    losses: [(&'static str, f64); 5],
    team: Vec<TeamWeek>,
}

impl<'f> Material<'f> {
    fn of(scenario: &'f Scenario, forecast: &'f Forecast) -> Self {
        let horizon = &scenario.plan.parts.horizon;
        let revenue_id = OutcomeId::named("revenue");
        let revenue = revenue_id
            .and_then(|id| forecast.draws.column(id))
            .unwrap_or_default();
        let ends = |stats: &Stats| [stats.p10(), stats.mean, stats.p90()];
        let outcome = |key: &str| forecast.outcome(key).map_or([f64::NAN; 3], ends);
        let mean = |key: &str| outcome(key)[1];
        let counts = [
            "leads",
            "qualified",
            "worked",
            "opportunities",
            "wins_started",
        ]
        .map(outcome);
        Self {
            currency: &scenario.currency,
            weeks: horizon.weeks,
            start: horizon
                .start
                .map_or_else(String::new, |start| start.to_string()),
            revenue,
            percentiles: forecast.outcome("revenue").map_or([f64::NAN; 3], |stats| {
                [stats.p10(), stats.p50(), stats.p90()]
            }),
            targets: forecast
                .targets
                .iter()
                .filter(|target| Some(target.outcome) == revenue_id)
                .map(|target| Target {
                    value: target.target,
                    chance: target.chance.probability,
                })
                .collect(),
            cumulative: forecast
                .cumulative
                .iter()
                .map(|stats| {
                    let [p5, _, p25, p50, p75, _, p95] = stats.percentiles;
                    [p5, p25, p50, p75, p95]
                })
                .collect(),
            channels: shares(scenario, forecast),
            losses: [
                ("not qualified", mean("leads") - mean("qualified")),
                ("lost to waiting", mean("lost_to_waiting")),
                ("still waiting", mean("backlog_end")),
                ("no opportunity", mean("worked") - mean("opportunities")),
                ("not won", mean("opportunities") - mean("wins_started")),
            ],
            counts,
            team: team(forecast),
        }
    }

    fn with<T>(&self, use_it: impl FnOnce(&Results<'_>) -> T) -> T {
        let loss = |at: usize| Loss {
            name: self.losses[at].0,
            mean: self.losses[at].1,
        };
        let losses = [
            vec![loss(0)],
            vec![loss(1), loss(2)],
            vec![loss(3)],
            vec![loss(4)],
        ];
        let names = ["leads", "qualified", "worked", "opportunities", "wins"];
        let steps: Vec<Step<'_>> = names
            .into_iter()
            .zip(self.counts)
            .enumerate()
            .map(|(at, (name, count))| Step {
                name,
                count,
                losses: losses.get(at).map_or(&[], Vec::as_slice),
            })
            .collect();
        let rows: Vec<Channel<'_>> = self
            .channels
            .iter()
            .map(|(name, spend, revenue)| Channel {
                name,
                spend: *spend,
                revenue: *revenue,
            })
            .collect();
        use_it(&Results {
            revenue: Revenue {
                currency: self.currency,
                weeks: self.weeks,
                draws: self.revenue,
                percentiles: self.percentiles,
                targets: &self.targets,
            },
            cumulative: Cumulative {
                currency: self.currency,
                weeks: &self.cumulative,
                target: self.targets.first().map(|target| target.value),
                start: &self.start,
            },
            channels: Channels { rows: &rows },
            funnel: Funnel { steps: &steps },
            team: Team {
                weeks: &self.team,
                horizon: self.weeks,
            },
        })
    }
}

/// Each channel's share of the mean spend and of the mean revenue, with its interval.
fn shares(scenario: &Scenario, forecast: &Forecast) -> Vec<(String, [f64; 3], [f64; 3])> {
    let at = |key: &str| {
        SOURCE_FIGURES
            .iter()
            .position(|figure| figure.key == key)
            .unwrap_or(0)
    };
    let (spend_at, revenue_at) = (at("spend"), at("revenue"));
    let channels = forecast
        .sources
        .iter()
        .zip(&scenario.plan.sources)
        .filter(|(_, source)| source.channel.is_some());
    let total = |figure: usize| -> f64 {
        channels
            .clone()
            .map(|((_, figures), _)| figures[figure].mean)
            .sum()
    };
    let (spend, revenue) = (total(spend_at), total(revenue_at));
    channels
        .map(|((name, figures), _)| {
            let share = |figure: usize, total: f64| {
                let stats = &figures[figure];
                [stats.p10(), stats.mean, stats.p90()].map(|part| part / total)
            };
            (
                name.clone(),
                share(spend_at, spend),
                share(revenue_at, revenue),
            )
        })
        .collect()
}

fn team(forecast: &Forecast) -> Vec<TeamWeek> {
    let ends = |stats: &Stats| [stats.p10(), stats.p50(), stats.p90()];
    forecast
        .weekly("hours_used")
        .iter()
        .zip(forecast.weekly("hours_available"))
        .zip(forecast.weekly("backlog"))
        .map(|((used, available), backlog)| TeamWeek {
            hours_used: ends(used),
            hours_available: ends(available),
            waiting: ends(backlog),
        })
        .collect()
}
