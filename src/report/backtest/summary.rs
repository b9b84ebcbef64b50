//! `summary.json` of a backtest, and of the forecasts of a log.

use crate::calibrate::backtest::{SaidScore, Scored, Target, score, steps};
use crate::report::summary::{
    BacktestSummary, CutSummary, SaidCutSummary, SaidSummary, ScoreSummary, ScoredSummary, figure,
};
use crate::units::Levels;

use super::said::name_of;
use super::{BacktestReport, SaidReport, WAYS};

const TARGETS: [Target; 3] = [Target::Wins, Target::OfOpen, Target::Result];

impl BacktestReport<'_> {
    /// The summary: scores and cuts of the horizon, and the scores of every shorter time ahead.
    #[must_use]
    pub fn summary(&self) -> BacktestSummary {
        let cuts = self.scored.iter().filter(|own| own.weeks == self.horizon).map(|own| CutSummary {
            cut: own.cut.date(),
            target: own.target,
            way: own.way,
            scored: own.into(),
        });
        BacktestSummary {
            horizon_weeks: self.horizon,
            scores: self.scores_of(&[self.horizon]),
            by_weeks_ahead: self.scores_of(&steps(self.horizon)),
            cuts: cuts.collect(),
        }
    }

    fn scores_of(&self, steps: &[usize]) -> Vec<ScoreSummary> {
        let mut scores = Vec::new();
        for target in TARGETS {
            for way in WAYS {
                scores.extend(steps.iter().filter_map(|&weeks| {
                    let own = score(self.scored, target, way, weeks)?;
                    let (crps, coverage, error) = (figure(own.crps), figure(own.coverage), figure(own.error));
                    Some(ScoreSummary { target, way, weeks, cuts: own.cuts, crps, coverage, error })
                }));
            }
        }
        scores
    }
}

impl SaidReport<'_> {
    /// The summary: every forecast of the log that is over.
    #[must_use]
    pub fn summary(&self) -> SaidSummary {
        let forecast = |own: &SaidScore| SaidCutSummary {
            made: own.made.date(),
            start: own.scored.cut.date(),
            weeks: own.scored.weeks,
            plan: own.plan.clone(),
            outcome: name_of(own.scored.target).to_owned(),
            scored: (&own.scored).into(),
        };
        SaidSummary { forecasts: self.scores.of_log.iter().map(forecast).collect(), not_over: self.scores.not_over }
    }
}

impl From<&Scored> for ScoredSummary {
    fn from(own: &Scored) -> Self {
        let Levels { p10, p50, p90 } = own.levels.map(figure);
        Self { actual: figure(own.actual), p10, p50, p90, crps: figure(own.crps), rank: figure(own.rank) }
    }
}
