//! A backtest as JSON.

use serde_json::{Value, json};

use crate::calibrate::backtest::{Scored, Target, Way, score, steps};

use super::{BacktestReport, WAYS};

const TARGETS: [Target; 3] = [Target::Wins, Target::OfOpen, Target::Result];

fn name_of_way(way: Way) -> &'static str {
    match way {
        Way::Model => "model",
        Way::LastWeeks => "last_weeks",
        Way::LastYear => "last_year",
        Way::Smoothing => "smoothing",
    }
}

fn name_of_target(target: Target) -> &'static str {
    match target {
        Target::Wins => "wins",
        Target::OfOpen => "wins_of_open",
        Target::Result => "result",
    }
}

impl BacktestReport<'_> {
    /// Everything as JSON: scores and cuts of the horizon, and the scores of every shorter time ahead.
    #[must_use]
    pub fn json(&self) -> Value {
        let cut = |own: &Scored| {
            let [p10, p50, p90] = own.levels;
            json!({ "cut": own.cut.date().to_string(), "target": name_of_target(own.target), "way": name_of_way(own.way),
                "actual": own.actual, "p10": p10, "p50": p50, "p90": p90, "crps": own.crps, "rank": own.rank })
        };
        let cuts: Vec<Value> = self.scored.iter().filter(|own| own.weeks == self.horizon).map(cut).collect();
        json!({
            "horizon_weeks": self.horizon,
            "scores": self.scores_of(&[self.horizon]),
            "by_weeks_ahead": self.scores_of(&steps(self.horizon)),
            "cuts": cuts,
        })
    }

    fn scores_of(&self, steps: &[usize]) -> Vec<Value> {
        let mut scores = Vec::new();
        for target in TARGETS {
            for way in WAYS {
                for &weeks in steps {
                    if let Some(score) = score(self.scored, target, way, weeks) {
                        scores.push(json!({ "target": name_of_target(target), "way": name_of_way(way), "weeks": weeks,
                            "cuts": score.cuts, "crps": score.crps, "coverage": score.coverage, "error": score.error }));
                    }
                }
            }
        }
        scores
    }
}
