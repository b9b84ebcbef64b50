//! `foremix explain`: what does this outcome or key mean?

use std::path::PathBuf;

use clap::Args;

use crate::engine::{Load, Unwatched, forecast};
use crate::model::outcomes::OutcomeId;
use crate::reading::{nearest, unknown};
use crate::report::{Explained, explain, explained_list, explained_names};
use crate::scenario::Loaded;

use super::options::PlanOptions;
use super::{Failure, Reply};

/// Arguments of `foremix explain`.
#[derive(Args, Clone, Debug)]
pub struct Explain {
    /// An outcome (cac) or a key (close_rate, channels.search.cost_per_click); without one, all are listed
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// A plan: also says what it has there; for an outcome it is simulated
    #[arg(value_name = "SCENARIO")]
    pub scenario: Option<PathBuf>,
    /// A variant of the plan: [variants.NAME] in the file
    #[arg(long, value_name = "VARIANT", requires = "scenario")]
    pub variant: Option<String>,
    /// What is changed in the plan
    #[command(flatten)]
    pub plan: PlanOptions,
}

impl Explain {
    /// Replies with what the name means.
    ///
    /// # Errors
    ///
    /// That there is no such name, or that the plan is wrong.
    pub fn execute(&self, width: usize) -> Result<Reply, Failure> {
        let Some(name) = &self.name else { return Ok(Reply::said(explained_list(width))) };
        if !is_known(name) {
            let last = name.rsplit('.').next().unwrap_or(name);
            let hint = match nearest(last, explained_names()) {
                Some(meant) => format!("did you mean {meant}?"),
                None => "`foremix explain` lists all".into(),
            };
            return Err(Failure::Usage(format!("{}; {hint}", unknown("outcome or key", name))));
        }
        let Some(path) = &self.scenario else {
            return Ok(Reply::said(explain(name, None, width).unwrap_or_default() + "\n"));
        };
        let loaded = self.plan.load(path, self.variant.as_deref())?;
        let Loaded { scenario, draft } = &loaded;
        let outcomes = match OutcomeId::named(name) {
            Some(_) => {
                let runs = self.plan.runs_of(scenario);
                Load::of_forecast(&scenario.plan).check(runs)?;
                forecast(scenario, runs, self.plan.seed_of(scenario), &Unwatched)?.outcomes
            }
            None => Vec::new(),
        };
        let plan = Explained { scenario, draft, outcomes: &outcomes };
        Ok(Reply::said(explain(name, Some(plan), width).unwrap_or_default() + "\n"))
    }
}

fn is_known(name: &str) -> bool {
    explain(name, None, 80).is_some()
}
