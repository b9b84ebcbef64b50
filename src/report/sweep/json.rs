//! `summary.json` of a sweep.

use serde_json::{Map, Value, json};

use crate::analysis;

use super::super::json::{outcomes, scenario, targets};
use super::super::summary::{OutcomeSummary, figure};
use super::super::words;
use super::SweepReport;

impl SweepReport<'_> {
    /// The summary of a sweep that took `seconds`.
    #[must_use]
    pub fn summary(&self, seconds: f64) -> Value {
        let sweep = self.sweep;
        let axes: Vec<Value> = sweep
            .axes
            .iter()
            .map(|axis| {
                json!({
                    "path": axis.path,
                    "values": axis.values.iter().map(value).collect::<Vec<_>>(),
                    "today": axis.today.as_ref().map(value),
                })
            })
            .collect();
        let best: Map<String, Value> = self
            .findings
            .iter()
            .map(|finding| {
                let over_today = finding.over_today.map(|paired| OutcomeSummary::from(&paired.difference));
                let best = json!({
                    "point": finding.ranking.best(),
                    "leading": finding.ranking.leading,
                    "alike": finding.ranking.alike,
                    "over_today": over_today,
                    "against_today": finding.against_today().key(),
                    "better_than_today": finding.over_today.map(|paired| figure(paired.better.probability)),
                    "worse_than_today": finding.over_today.map(|paired| figure(paired.worse.probability)),
                });
                (finding.outcome.outcome().key.to_owned(), best)
            })
            .collect();
        json!({
            "version": 1,
            "scenario": scenario(self.scenario),
            "runs": sweep.draws.runs,
            "seed": sweep.draws.seed,
            "seconds": figure(seconds),
            "vary": axes,
            "keep_total": self.total.is_some(),
            "total": self.total.map(|total| figure(total.sum())),
            "points": (0..sweep.points.len()).map(|at| self.point(at)).collect::<Vec<_>>(),
            "today": {
                "point": sweep.today_at,
                "outcomes": outcomes(&sweep.today.outcomes),
                "targets": targets(&sweep.today.targets),
            },
            "best": best,
            "notes": self.scenario.notes.iter().map(words::note).collect::<Vec<_>>(),
        })
    }

    fn point(&self, at: usize) -> Value {
        let sweep = self.sweep;
        let point = &sweep.points[at];
        let values: Vec<Value> =
            sweep.axes.iter().zip(&point.places).map(|(axis, &place)| value(&axis.values[place])).collect();
        let marginal: Map<String, Value> = sweep
            .outcomes
            .iter()
            .filter_map(|&id| {
                let slope = sweep.slope_after(at, id)?;
                let margin = slope.margin().unwrap_or(f64::NAN);
                let slope = json!({
                    "mean": figure(slope.mean),
                    "se": slope.error.map(figure),
                    "low": figure(slope.mean - margin),
                    "high": figure(slope.mean + margin),
                });
                Some((id.outcome().key.to_owned(), slope))
            })
            .collect();
        json!({
            "values": values,
            "settings": point.settings,
            "outcomes": outcomes(&point.results.outcomes),
            "targets": targets(&point.results.targets),
            "marginal": marginal,
        })
    }
}

/// A number where it is one, else as it was written.
fn value(value: &analysis::Value) -> Value {
    match value.number {
        Some(number) => json!(figure(number)),
        None => Value::String(value.text.clone()),
    }
}
