//! One simulated future as a story: what came, what was drawn, week by week; and what the worst of all have in common.

mod story;

use comfy_table::Table;
use serde_json::{Map, Value, json};

use crate::analysis::Replay;
use crate::charts::{Across, Curve, Drawing, Level, Line, Picture, curve};
use crate::engine::{Forecast, Stats};
use crate::model::outcomes::{OutcomeId, Unit};
use crate::scenario::{RawPlan, Scenario};
use crate::text::{Currency, capital, count, in_currency, lower, one_future, percent, with_error, wrap};

use super::aligned::table;
use super::charts::{ChartOptions, Origin, write};
use super::key_figures::KeyFigure;
use super::made_files::{FileError, MadeFiles};
use super::page::{Block, Findings, Made, Page, Section};
use super::summary::figure;
use super::{json as summaries, words_changed};

/// More inputs than these are left to `summary.json`.
const MOST_INPUTS: usize = 8;

/// A replay, and what is said of it.
pub struct ReplayReport<'r> {
    scenario: &'r Scenario,
    forecast: &'r Forecast,
    replay: &'r Replay,
}

impl<'r> ReplayReport<'r> {
    /// The report of a draw of `forecast`, a forecast of `scenario`.
    #[must_use]
    pub fn of(scenario: &'r Scenario, forecast: &'r Forecast, replay: &'r Replay) -> Self {
        Self { scenario, forecast, replay }
    }

    /// The text for a terminal that is so many columns wide.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let mut parts = vec![words_changed::header(self.scenario, &self.subject(), width)];
        let story: Vec<String> = self.story().iter().map(|sentence| wrap(sentence, width, "")).collect();
        parts.push(story.join("\n"));
        parts.push(format!("Week by week\n{}", self.weeks()));
        parts.push(format!("Inputs furthest from their middle\n{}", self.inputs()));
        parts.push(match self.replay.worst.is_empty() {
            true => wrap(&self.nothing_in_common(), width, ""),
            false => {
                format!("{}\n{}", wrap(&self.in_common(), width, ""), self.worst())
            }
        });
        parts.join("\n\n")
    }

    /// The charts: the name of each file and its bytes.
    ///
    /// # Errors
    ///
    /// When a picture could not be packed.
    pub fn draw(&self, options: &ChartOptions<'_>) -> Result<MadeFiles, FileError> {
        let draws = self.forecast.draws.count();
        let origin = Origin { scenario: self.scenario, seed: self.forecast.seed, draws };
        write(origin, options, || Picture::only("replay", Some(self.drawing())))
    }

    /// What is handed over.
    #[must_use]
    pub fn page(&self, plan: &RawPlan, made: &Made) -> Page {
        let mut weeks: Vec<Block> = vec![Block::chart(self.drawing())];
        weeks.extend(Block::table("Week by week", &self.weeks()));
        let mut inputs = Vec::new();
        inputs.extend(Block::table("Inputs furthest from their middle", &self.inputs()));
        let mut worst = vec![Block::text(match self.replay.worst.is_empty() {
            true => self.nothing_in_common(),
            false => self.in_common(),
        })];
        worst.extend(Block::table("The worst tenth", &self.worst()));
        let outcome = self.replay.outcome.outcome();
        let sections = vec![
            Section::of("weeks", "Week by week", weeks),
            Section::of("drawn", "What was drawn", inputs),
            Section::of("worst", "What the worst tenth have in common", worst),
        ];
        Page {
            title: format!("{}: one {}", self.scenario.title(), one_future(self.scenario.plan.parts.horizon.weeks)),
            figures: vec![KeyFigure {
                name: outcome.title.to_owned(),
                figure: self.told(self.replay.outcome, self.replay.value),
                beside: format!("{} of all simulated futures have less", percent(self.replay.below)),
            }],
            ..Page::of_plan(
                self.scenario,
                plan,
                made,
                Findings { subject: self.subject(), answer: self.story(), sections },
            )
        }
    }

    /// The summary of the draw.
    #[must_use]
    pub fn summary(&self, seconds: f64) -> impl serde::Serialize {
        let outcomes: Map<String, Value> = self
            .replay
            .outcomes
            .iter()
            .map(|(id, value)| (id.outcome().key.to_owned(), json!(figure(*value))))
            .collect();
        let weeks: Vec<Value> = self
            .replay
            .tally
            .weeks
            .iter()
            .map(|week| {
                let keys = crate::model::outcomes::WEEKLY.iter().map(|weekly| weekly.key.to_owned());
                Value::Object(keys.zip(week.figures().map(|own| json!(figure(own)))).collect())
            })
            .collect();
        let inputs: Map<String, Value> = self
            .replay
            .inputs
            .iter()
            .map(|input| {
                let value =
                    json!({ "value": figure(input.value), "median": figure(input.median), "below": input.below });
                (input.name.clone(), value)
            })
            .collect();
        let worst: Vec<Value> = self
            .replay
            .worst
            .iter()
            .map(|shift| {
                json!({ "input": shift.name, "worst": figure(shift.worst), "all": figure(shift.all), "deviations": figure(shift.deviations) })
            })
            .collect();
        json!({
            "version": 1,
            "scenario": summaries::scenario(self.scenario),
            "runs": self.forecast.draws.count(),
            "seed": self.forecast.seed,
            "seconds": figure(seconds),
            "draw": self.replay.draw,
            "outcome": self.replay.outcome.outcome().key,
            "below": self.replay.below,
            "outcomes": outcomes,
            "weeks": weeks,
            "inputs": inputs,
            "worst_tenth": worst,
        })
    }

    fn subject(&self) -> String {
        let future = one_future(self.scenario.plan.parts.horizon.weeks);
        format!(
            "Draw {}, of {}, seed {}",
            self.replay.draw,
            count(self.forecast.draws.count() as f64, &format!("simulated {future}")),
            self.forecast.seed
        )
    }

    /// A figure of an outcome with its unit.
    fn told(&self, id: OutcomeId, value: f64) -> String {
        let rounded = match id.outcome().unit {
            Unit::Count => with_error(value, Some(1.0)),
            Unit::Money | Unit::Ratio => with_error(value, None),
        };
        match id.outcome().unit {
            Unit::Money => Currency(&self.scenario.currency).with(&rounded),
            Unit::Count | Unit::Ratio => rounded,
        }
    }

    /// The mean of an outcome over all draws.
    fn usual(&self, key: &str) -> f64 {
        self.forecast.outcome(key).map_or(f64::NAN, Stats::headline)
    }

    /// An outcome of the draw.
    fn own(&self, key: &str) -> f64 {
        let found = self.replay.outcomes.iter().find(|(id, _)| id.outcome().key == key);
        found.map_or(f64::NAN, |(_, value)| *value)
    }

    /// A row a week of the plan, each figure beside what is usual.
    fn weeks(&self) -> Table {
        let currency = Currency(&self.scenario.currency);
        let (spend, revenue) = (currency.with("spend"), currency.with("revenue"));
        let mut table = table(&["week", &spend, "leads", "usual", "hours used", "waiting", "wins", &revenue, "usual"]);
        let mean = |key: &str, week: usize| self.forecast.weekly(key).get(week).map_or(f64::NAN, |stats| stats.mean);
        let whole = |figure: f64| with_error(figure, Some(1.0));
        let horizon = self.scenario.plan.parts.horizon.weeks;
        for (at, week) in self.replay.tally.weeks.iter().enumerate().take(horizon) {
            let hours = match week.hours_available > 0.0 {
                true => percent(week.hours_used / week.hours_available),
                false => "–".to_owned(),
            };
            table.add_row([
                (at + 1).to_string(),
                with_error(week.spend, None),
                whole(week.leads),
                whole(mean("leads", at)),
                hours,
                whole(week.backlog),
                whole(week.wins),
                with_error(week.revenue, None),
                with_error(mean("revenue", at), None),
            ]);
        }
        table
    }

    /// The inputs that are furthest from their middle.
    fn inputs(&self) -> Table {
        let mut table = table(&["input", "drawn", "middle", "draws with less"]);
        for input in self.furthest().into_iter().take(MOST_INPUTS) {
            table.add_row([
                input.name.clone(),
                with_error(input.value, None),
                with_error(input.median, None),
                percent(input.below),
            ]);
        }
        table
    }

    fn furthest(&self) -> Vec<&crate::analysis::DrawnInput> {
        let mut inputs: Vec<_> = self.replay.inputs.iter().collect();
        let far = |input: &crate::analysis::DrawnInput| (input.below - 0.5).abs();
        inputs.sort_by(|a, b| far(b).total_cmp(&far(a)));
        inputs
    }

    fn worst(&self) -> Table {
        let mut table = table(&["input", "in the worst tenth", "in all", "apart"]);
        for shift in self.replay.worst.iter().take(MOST_INPUTS) {
            let sign = if shift.deviations > 0.0 { "+" } else { "−" };
            table.add_row([
                shift.name.clone(),
                with_error(shift.worst, None),
                with_error(shift.all, None),
                format!("{sign}{:.1} sd", shift.deviations.abs()),
            ]);
        }
        table
    }

    fn in_common(&self) -> String {
        format!(
            "What the worst tenth by {} has in common: average inputs there and in all draws; \"apart\" in standard deviations over all draws, shown only where chance alone would not explain it:",
            lower(self.replay.outcome.outcome().title)
        )
    }

    fn nothing_in_common(&self) -> String {
        format!(
            "The tenth with the worst {} has no input in common that chance alone would not explain.",
            lower(self.replay.outcome.outcome().title)
        )
    }

    /// Revenue of the draw up to each week, beside the middle of all.
    fn drawing(&self) -> Drawing {
        let horizon = self.scenario.plan.parts.horizon.weeks;
        let mut sum = self.replay.tally.booked_revenue;
        let mut own = Vec::new();
        for (at, week) in self.replay.tally.weeks.iter().enumerate().take(horizon) {
            sum += week.revenue;
            own.push(((at + 1) as f64, sum));
        }
        let level = |level: fn(&Stats) -> f64| -> Vec<(f64, f64)> {
            let weeks = self.forecast.cumulative.iter().enumerate().skip(1);
            weeks.map(|(week, stats)| (week as f64, level(stats))).collect()
        };
        let (middle, low) = (level(Stats::p50), level(Stats::p10));
        let revenue = OutcomeId::named("revenue");
        let target = self.forecast.targets.iter().find(|target| Some(target.outcome) == revenue);
        let future = one_future(horizon);
        let title = format!(
            "{}: {} of {}, less in {} of all",
            capital(&format!("this {future}")),
            self.told(self.replay.outcome, self.replay.value),
            lower(self.replay.outcome.outcome().title),
            percent(self.replay.below)
        );
        curve::draw(&Curve {
            finding: &title,
            about: &format!(
                "Revenue by the end of each week, with what is booked, beside the median and P10 of all {}.",
                count(self.forecast.draws.count() as f64, "draw")
            ),
            across: Across::Weeks,
            up: &in_currency("Revenue by the end of the week", &self.scenario.currency),
            lines: &[
                Line { name: &format!("This {future}"), points: &own },
                Line { name: "Median", points: &middle },
                Line { name: "P10", points: &low },
            ],
            level: target.map(|target| Level { name: "Target", value: target.target }),
            marks: &[],
        })
    }
}
