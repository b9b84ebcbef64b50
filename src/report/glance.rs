//! A forecast at a glance: what a page that is redrawn while figures move shows of it.
//!
//! Every text is made by the function that makes it for `foremix run`, so that the page can't say anything else. Numbers
//! beside them are for drawing alone.

use serde::Serialize;

use crate::analysis::Marginal;
use crate::charts::Drawing;
use crate::engine::{Forecast, quantile};
use crate::model::outcomes::{OutcomeId, Unit};
use crate::model::team::Role;
use crate::scenario::Scenario;

use super::answer::{self, answer};
use super::key_figures::{KeyFigure, aimed_at, chance, limit, range};
use super::rests_on::RestsOn;
use super::{limits, outcome_words, returns, words, words_changed};

/// A forecast at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct Glance {
    /// the plan's name
    title: String,
    /// how many draws, how long, which seed
    subject: String,
    /// what is not as the file has it
    changed: Option<String>,
    /// the answer, a sentence each; of a look at the first draws only its first sentence
    answer: Vec<String>,
    /// the answer in figures; of a look at the first draws without what limits the plan
    figures: Vec<KeyFigure>,
    /// the outcome that the plan is looked at by
    outcome: OutcomeCurve,
    /// the team, where somebody sells
    team: Option<TeamBars>,
    /// what follows from siblings of the plan; none of a look at the first draws
    beyond: Option<Beyond>,
    /// how many draws it is of
    runs: u64,
}

/// An outcome over all draws, for drawing.
#[derive(Clone, Debug, Serialize)]
struct OutcomeCurve {
    key: &'static str,
    title: &'static str,
    /// what it is called within a sentence
    noun: String,
    /// the currency, where it is money
    unit: String,
    higher_is_better: bool,
    /// quantiles at even steps from the lowest to the highest draw; empty where no draw has the outcome
    levels: Vec<f64>,
    /// what to reach, where there is a target
    target: Option<f64>,
    /// how likely that is
    chance: Option<f64>,
}

/// Steps between the quantiles of an outcome.
const STEPS: usize = 200;

/// Hours of the team by week, on average.
#[derive(Clone, Debug, Serialize)]
struct TeamBars {
    sentence: String,
    desks: Vec<DeskBars>,
}

#[derive(Clone, Debug, Serialize)]
struct DeskBars {
    name: &'static str,
    used: Vec<f64>,
    available: Vec<f64>,
}

/// What a little more would bring, and what matters most.
#[derive(Clone, Debug, Serialize)]
struct Beyond {
    /// the next money in each channel that can spend it
    next: Vec<NextMoney>,
    /// what these figures mean
    next_note: Option<String>,
    /// the table of limits: its header, its rows, and what stands below it
    limits: Vec<Vec<String>>,
    limits_header: Vec<String>,
    limits_note: String,
    /// the uncertain figures that matter most, the first most
    rates: Vec<String>,
    /// what they move, in a sentence
    rests_on: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct NextMoney {
    /// the channel's name in the file
    channel: String,
    /// what people call it
    label: String,
    /// the gain, with its margin, as `run` tells it
    told: String,
    /// the gain, for drawing
    mean: f64,
    /// its 95% margin
    margin: Option<f64>,
}

/// So many figures are offered for moving.
const MOST_RATES: usize = 6;

impl Glance {
    /// A look at the first draws: all that needs no sibling of the plan.
    #[must_use]
    pub fn first(scenario: &Scenario, forecast: &Forecast) -> Self {
        Self {
            title: scenario.title(),
            subject: words::subject(scenario, forecast),
            changed: words_changed::changes(&scenario.changed),
            answer: vec![answer::outlook(scenario, forecast)],
            figures: vec![chance(scenario, forecast), range(scenario, forecast)],
            outcome: OutcomeCurve::of(scenario, forecast),
            team: TeamBars::of(scenario, forecast),
            beyond: None,
            runs: forecast.draws.count(),
        }
    }

    /// The whole forecast.
    #[must_use]
    pub fn whole(scenario: &Scenario, forecast: &Forecast, marginal: &Marginal, rests_on: &RestsOn) -> Self {
        let mut glance = Self::first(scenario, forecast);
        glance.answer = answer(scenario, forecast, marginal);
        glance.figures.push(limit(scenario, forecast, marginal));
        glance.beyond = Some(Beyond::of(scenario, forecast, marginal, rests_on));
        glance
    }
}

impl OutcomeCurve {
    fn of(scenario: &Scenario, forecast: &Forecast) -> Self {
        let id = aimed_at(forecast);
        let outcome = id.outcome();
        let target = forecast.targets.iter().find(|target| target.outcome == id);
        Self {
            key: outcome.key,
            title: outcome.title,
            noun: outcome_words::noun(outcome).to_string(),
            unit: if outcome.unit == Unit::Money { scenario.currency.clone() } else { String::new() },
            higher_is_better: !outcome.is_cost(),
            levels: levels(forecast, id),
            target: target.map(|target| target.target),
            chance: target.map(|target| target.chance.probability),
        }
    }
}

fn levels(forecast: &Forecast, id: OutcomeId) -> Vec<f64> {
    let column = forecast.draws.column(id).unwrap_or_default();
    let mut sorted: Vec<f64> = column.iter().copied().filter(|value| value.is_finite()).collect();
    if sorted.is_empty() {
        return Vec::new();
    }
    sorted.sort_unstable_by(f64::total_cmp);
    (0..=STEPS).map(|step| quantile(&sorted, step as f64 / STEPS as f64)).collect()
}

impl TeamBars {
    fn of(scenario: &Scenario, forecast: &Forecast) -> Option<Self> {
        let sentence = words::team(forecast)?;
        let plan = &scenario.plan;
        let roles = [
            (Role::Leads, "Those who do leads", "hours_used_leads", "hours_available_leads"),
            (Role::Opportunities, "Those who close", "hours_used_opportunities", "hours_available_opportunities"),
            (Role::All, "Those who do both", "hours_used_all", "hours_available_all"),
        ];
        let desks: Vec<DeskBars> = match plan.two_desks {
            true => roles
                .into_iter()
                .filter(|(role, ..)| plan.parts.sales.reps.iter().any(|reps| reps.does == *role))
                .map(|(_, name, used, available)| {
                    DeskBars::of(plan.parts.horizon.weeks, forecast, name, [used, available])
                })
                .collect(),
            false => {
                vec![DeskBars::of(plan.parts.horizon.weeks, forecast, "The team", ["hours_used", "hours_available"])]
            }
        };
        Some(Self { sentence, desks })
    }
}

impl DeskBars {
    fn of(weeks: usize, forecast: &Forecast, name: &'static str, [used, available]: [&str; 2]) -> Self {
        let means = |key: &str| forecast.weekly(key).iter().take(weeks).map(|stats| stats.mean).collect();
        Self { name, used: means(used), available: means(available) }
    }
}

impl Beyond {
    fn of(scenario: &Scenario, forecast: &Forecast, marginal: &Marginal, rests_on: &RestsOn) -> Self {
        let channels = &scenario.plan.parts.channels;
        let next = marginal.channels.iter().map(|own| {
            let channel = &channels[own.channel];
            let gain = own.next.steering();
            NextMoney {
                channel: channel.name.clone(),
                label: words::shown_name(channel).to_owned(),
                told: returns::next(marginal, Some(own.channel)),
                mean: gain.mean,
                margin: gain.margin(),
            }
        });
        let table = limits::limits(scenario, forecast, marginal);
        let cells = |row: &comfy_table::Row| row.cell_iter().map(comfy_table::Cell::content).collect::<Vec<String>>();
        let clear = rests_on.swings.iter().filter(|swing| swing.is_clear(rests_on.swings.len()));
        Self {
            next: next.collect(),
            next_note: returns::below_channels(scenario, marginal),
            limits_header: table.header().map(cells).unwrap_or_default(),
            limits: table.row_iter().map(cells).collect(),
            limits_note: limits::below(scenario, forecast, marginal),
            rates: clear.map(|swing| swing.path.clone()).take(MOST_RATES).collect(),
            rests_on: rests_on.sentence(scenario),
        }
    }
}

/// The answer to a question asked of a plan, as parts of a page.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerGlance {
    /// the answer, a paragraph each
    pub sentences: Vec<String>,
    /// its charts, as inline SVG
    pub charts: Vec<String>,
    /// the settings (`PATH=VALUE`) that make the plan what was found; none where nothing was
    pub settings: Vec<String>,
}

impl AnswerGlance {
    pub(super) fn of(sentences: Vec<String>, charts: &[Drawing], settings: Vec<String>) -> Self {
        Self { sentences, charts: charts.iter().map(Drawing::inline).collect(), settings }
    }
}
