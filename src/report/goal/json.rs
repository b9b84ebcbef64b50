//! What a goal takes, for machines.

use serde_json::{Value, json};

use crate::analysis::{Answer, Effort, Gauge, GoalPoint, Lifted, Obstacle, Tried};
use crate::model::outcomes::Limit;

use super::super::json::scenario;
use super::super::summary::{LimitsSummary, figure};
use super::super::words;
use super::GoalReport;

impl GoalReport<'_> {
    /// The summary of a search that took `seconds`.
    #[must_use]
    pub fn summary(&self, seconds: f64) -> impl serde::Serialize {
        let run = self.run;
        let lever = &run.goal.lever;
        let answer = match run.answer {
            Answer::From(_) => "from",
            Answer::UpTo(_) => "up_to",
            Answer::Everywhere => "everywhere",
            Answer::InDoubt { .. } => "in_doubt",
            Answer::Nowhere { .. } => "nowhere",
        };
        let found = run.crossing().map(|(crossing, tried)| {
            json!({
                "value": figure(tried.x),
                "low": crossing.low.map(figure),
                "high": crossing.high.map(figure),
                "lost_from": crossing.lost_from.map(figure),
                "figure": gauge(tried.gauge),
                "settings": lever.settings(tried.x),
            })
        });
        json!({
            "version": 1,
            "scenario": scenario(self.scenario),
            "runs": run.draws.runs,
            "seed": run.draws.seed,
            "seconds": figure(seconds),
            "reach": run.goal.condition.written(),
            "by": lever.path,
            "between": [figure(lever.range.low), figure(lever.range.high)],
            "answer": answer,
            "found": found,
            "best": run.best().map(point),
            "today": { "value": lever.today.map(figure), "figure": gauge(run.today) },
            "in_the_way": run.in_the_way.as_ref().map(obstacle),
            "points": run.tried.iter().map(point).collect::<Vec<_>>(),
            "notes": self.scenario.notes.iter().map(words::note).collect::<Vec<_>>(),
        })
    }
}

fn gauge(gauge: Gauge) -> Value {
    json!({ "value": figure(gauge.value), "low": figure(gauge.low), "high": figure(gauge.high) })
}

fn point(tried: &Tried<GoalPoint>) -> Value {
    json!({
        "value": figure(tried.x),
        "all_draws": tried.effort == Effort::Full,
        "figure": gauge(tried.gauge),
        "limits": LimitsSummary::of(tried.rest.limits),
        "unspent": figure(tried.rest.unspent),
    })
}

fn obstacle(obstacle: &Obstacle) -> Value {
    let limit = match obstacle.limit {
        Limit::Hours => "hours",
        Limit::Delivery => "delivery",
        Limit::Demand => "demand",
        Limit::Budget => "budget",
    };
    let relief = obstacle.relief.as_ref().map(|relief| {
        let what = match &relief.what {
            Lifted::Reps { more, group } => json!({ "reps": more, "group": group }),
            Lifted::Tenth(scarce) => json!({ "tenth_more": format!("{scarce:?}").to_lowercase() }),
        };
        json!({ "what": what, "value": relief.value.map(figure) })
    });
    json!({
        "limit": limit,
        "from": obstacle.from.map(figure),
        "full_from": obstacle.full_from.map(figure),
        "relief": relief,
    })
}
