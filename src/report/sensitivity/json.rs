//! `summary.json` of what drives a plan.

use serde_json::{Value, json};

use crate::analysis::sensitivity::{Choice, Factor, Worth};

use super::super::json::scenario;
use super::super::rests_on::swing;
use super::super::summary::{EstimateSummary, OutcomeSummary, SwingSummary, figure};
use super::super::words;
use super::SensitivityReport;

impl SensitivityReport<'_> {
    /// The summary of what took `seconds` to find out.
    #[must_use]
    pub fn summary(&self, seconds: f64) -> impl serde::Serialize {
        let found = self.found;
        let ranking = self.ranking.as_ref();
        let path = |at: usize| found.swings[at].path.as_str();
        let indices: Vec<Value> = found
            .indices
            .iter()
            .map(|own| {
                let (kind, inputs) = match &own.factor {
                    Factor::Luck => ("luck", Vec::new()),
                    Factor::Inputs(paths) => ("inputs", paths.clone()),
                };
                json!({
                    "factor": kind,
                    "inputs": inputs,
                    "first_order": EstimateSummary::from(own.indices.first),
                    "total": EstimateSummary::from(own.indices.total),
                })
            })
            .collect();
        json!({
            "version": 1,
            "scenario": scenario(self.scenario),
            "runs": found.spec.runs,
            "seed": found.spec.seed,
            "seconds": figure(seconds),
            "outcome": self.outcome().key,
            "stats": OutcomeSummary::from(&found.stats),
            "inputs": found.swings.iter().zip(&found.ranks).map(|(own, &rank)| {
                SwingSummary { rank_correlation: Some(figure(rank)), ..swing(own, found.swings.len()) }
            }).collect::<Vec<_>>(),
            "moves_most": {
                "input": ranking.and_then(|ranking| ranking.best()).map(path),
                "alike": ranking.map(|ranking| ranking.alike.iter().map(|&at| path(at)).collect::<Vec<_>>()),
            },
            "variance": found.split.map(|split| json!({
                "inputs": EstimateSummary::from(split.inputs),
                "range_left_by_luck": figure(split.left_by_luck()),
            })),
            "sobol": if found.spec.indices { Value::Array(indices) } else { Value::Null },
            "choice": found.choice.as_ref().map(choice),
            "notes": self.scenario.notes.iter().map(words::note).collect::<Vec<_>>(),
        })
    }
}

fn choice(choice: &Choice) -> Value {
    let name = |at: usize| choice.plans[at].as_str();
    let worth = |worth: Worth| json!({ "worth": figure(worth.gain.mean), "se": worth.gain.error.map(figure), "found": worth.is_found });
    json!({
        "plans": choice.plans,
        "best": choice.ranking.best().map(name),
        "alike": choice.ranking.alike.iter().map(|&at| name(at)).collect::<Vec<_>>(),
        "all": worth(choice.all),
        "inputs": choice.inputs.iter().map(|input| {
            let mut value = worth(input.worth);
            value["path"] = Value::String(input.path.clone());
            value
        }).collect::<Vec<_>>(),
    })
}
