//! `summary.json` of a sweep, from what it found.

use crate::analysis::{SweepFinding, Value};
use crate::model::outcomes::OutcomeId;

use super::super::json::{outcomes, scenario, targets};
use super::super::summary::{
    AxisSummary, BestPoint, PointSummary, SlopeSummary, SweepSummary, TodaySummary, VariedValue, figure,
};
use super::super::words;
use super::SweepReport;

impl SweepReport<'_> {
    /// The summary of a sweep that took `seconds`.
    #[must_use]
    pub fn summary(&self, seconds: f64) -> SweepSummary {
        let sweep = self.sweep;
        let axes = sweep.axes.iter().map(|axis| AxisSummary {
            path: axis.path.clone(),
            values: axis.values.iter().map(Into::into).collect(),
            today: axis.today.as_ref().map(Into::into),
        });
        SweepSummary {
            version: 1,
            scenario: scenario(self.scenario),
            runs: sweep.draws.runs,
            seed: sweep.draws.seed,
            seconds: figure(seconds),
            vary: axes.collect(),
            keep_total: self.total.is_some(),
            total: self.total.and_then(|total| figure(total.sum())),
            points: (0..sweep.points.len()).map(|at| self.point(at)).collect(),
            today: TodaySummary {
                point: sweep.today_at,
                outcomes: outcomes(&sweep.today.outcomes),
                targets: targets(&sweep.today.targets),
            },
            best: self.findings.iter().map(|finding| (finding.outcome.outcome().key, finding.into())).collect(),
            notes: self.scenario.notes.iter().map(words::note).collect(),
        }
    }

    fn point(&self, at: usize) -> PointSummary {
        let sweep = self.sweep;
        let point = &sweep.points[at];
        let values = sweep.axes.iter().zip(&point.places).map(|(axis, &place)| (&axis.values[place]).into());
        let marginal = sweep.outcomes.iter().filter_map(|&id| Some((id.outcome().key, self.slope_after(at, id)?)));
        PointSummary {
            values: values.collect(),
            settings: point.settings.clone(),
            outcomes: outcomes(&point.results.outcomes),
            targets: targets(&point.results.targets),
            marginal: marginal.collect(),
        }
    }

    fn slope_after(&self, at: usize, outcome: OutcomeId) -> Option<SlopeSummary> {
        let slope = self.sweep.slope_after(at, outcome)?;
        let margin = slope.margin().unwrap_or(f64::NAN);
        Some(SlopeSummary {
            mean: figure(slope.mean),
            se: slope.error.and_then(figure),
            low: figure(slope.mean - margin),
            high: figure(slope.mean + margin),
        })
    }
}

impl From<&SweepFinding> for BestPoint {
    fn from(finding: &SweepFinding) -> Self {
        let over_today = finding.over_today.as_ref();
        Self {
            point: finding.ranking.best(),
            leading: finding.ranking.leading,
            alike: finding.ranking.alike.clone(),
            over_today: over_today.map(|paired| (&paired.difference).into()),
            against_today: finding.against_today(),
            better_than_today: over_today.and_then(|paired| figure(paired.better.probability)),
            worse_than_today: over_today.and_then(|paired| figure(paired.worse.probability)),
        }
    }
}

impl From<&Value> for VariedValue {
    fn from(value: &Value) -> Self {
        value.number.map_or_else(|| Self::Text(value.text.clone()), Self::Number)
    }
}
