//! The best mix, for machines.

use serde_json::{Map, Value, json};

use crate::analysis::{Candidate, Checked, Estimate, Gauge};

use super::super::json::scenario;
use super::super::summary::{LimitsSummary, figure};
use super::super::words as notes;
use super::{OptimizeReport, words};

impl OptimizeReport<'_> {
    /// The summary of a search that took `seconds`.
    #[must_use]
    pub fn summary(&self, seconds: f64) -> impl serde::Serialize {
        let optimum = self.optimum;
        let channels: Map<String, Value> = self
            .slots(&optimum.best)
            .map(|(at, slot, today, best)| {
                let (low, high) = optimum.ranges[at];
                let [before, after] = optimum.margins[at];
                let own = json!({
                    "today": figure(today),
                    "best": figure(best),
                    "within_1_percent": [figure(low), figure(high)],
                    "piece": slot.piece.map(figure),
                    "locked": !slot.is_free(),
                    "next_1000": { "today": before.next.map(estimate), "best": after.next.map(estimate) },
                    "last_1000": { "today": before.last.map(estimate), "best": after.last.map(estimate) },
                });
                (slot.name.clone(), own)
            })
            .collect();
        let frontier: Vec<Value> = optimum
            .frontier
            .iter()
            .map(|point| {
                let [mean, p10] = point.mean_and_p10.map(gauge);
                json!({ "weight": figure(point.weight), "mean": mean, "p10": p10, "mix": self.mix(&point.mix) })
            })
            .collect();
        let totals: Vec<Value> = optimum
            .totals
            .iter()
            .map(|point| {
                json!({
                    "total": figure(point.total),
                    "objective": gauge(point.fresh.gauge),
                    "next_1000": point.next.map(estimate),
                    "left": figure(point.left()),
                    "mix": self.mix(&point.mix),
                })
            })
            .collect();
        json!({
            "version": 1,
            "scenario": scenario(self.scenario),
            "runs": optimum.draws.runs,
            "seed": optimum.draws.seed,
            "seconds": figure(seconds),
            "maximize": optimum.objective().written(),
            "subject_to": optimum.question.conditions.iter().map(crate::analysis::Condition::written).collect::<Vec<_>>(),
            "total": figure(optimum.space.total),
            "looked_at": optimum.looked_at,
            "better": optimum.is_better(),
            "gain": estimate(optimum.gain),
            "today": self.candidate(&optimum.start),
            "best": self.candidate(&optimum.best),
            "second": optimum.second.as_ref().map(|second| self.candidate(second)),
            "moved": { "best": figure(optimum.moved()), "second": optimum.moved_by_second().map(figure) },
            "channels": channels,
            "frontier": frontier,
            "totals": totals,
            "notes": self.scenario.notes.iter().map(notes::note).collect::<Vec<_>>(),
        })
    }

    fn mix(&self, mix: &[f64]) -> Value {
        let slots = self.optimum.space.slots.iter().zip(mix);
        Value::Object(slots.map(|(slot, budget)| (slot.name.clone(), json!(figure(*budget)))).collect())
    }

    fn candidate(&self, candidate: &Candidate) -> Value {
        let Checked { conditions, unspent, limits, .. } = &candidate.fresh;
        json!({
            "mix": self.mix(&candidate.mix),
            "settings": self.optimum.settings(candidate),
            "objective": gauge(candidate.fresh.gauge),
            "objective_in_search": figure(candidate.searched),
            "conditions": conditions.iter().copied().map(gauge).collect::<Vec<_>>(),
            "keeps": self.optimum.keeps(candidate),
            "given_to_none": figure(words::left(self, candidate)),
            "unspent": figure(*unspent),
            "limits": LimitsSummary::of(*limits),
        })
    }
}

fn gauge(gauge: Gauge) -> Value {
    json!({ "value": figure(gauge.value), "low": figure(gauge.low), "high": figure(gauge.high) })
}

fn estimate(own: Estimate) -> Value {
    let margin = own.margin().unwrap_or(f64::NAN);
    json!({
        "mean": figure(own.mean),
        "se": own.error.map(figure),
        "low": figure(own.mean - margin),
        "high": figure(own.mean + margin),
    })
}
