//! `foremix run`: what will this plan bring, and how sure is that?

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::analysis::Marginal;
use crate::engine::{Load, PartOf, Progress, forecast};
use crate::model::outcomes::OutcomeId;
use crate::report::{self, Shown};
use crate::scenario::{AsRun, Loaded, Scenario};

use super::options::{OutputOptions, PlanOptions, charts, outcome_named};
use super::{Failure, Reply};

/// Arguments of `foremix run`.
#[derive(Args, Clone, Debug)]
pub struct Run {
    /// The scenario file
    pub scenario: PathBuf,
    /// A variant of the plan: [variants.NAME] in the file
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// An outcome to show beside the usual ones (may be repeated): wins_started, roas, unspent …
    #[arg(long, value_name = "NAME")]
    pub outcome: Vec<String>,
    /// Read the plan back first: each channel as arithmetic, the team, the pipeline, and what is out of the ordinary
    #[arg(long)]
    pub explain: bool,
    /// What is changed in the file
    #[command(flatten)]
    pub plan: PlanOptions,
    /// Where the results go
    #[command(flatten)]
    pub output: OutputOptions,
}

impl Run {
    /// Simulates the scenario, writes its folder, and replies with the forecast.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing is written then.
    pub fn execute(&self, width: usize, progress: &dyn Progress) -> Result<Reply, Failure> {
        let formats = self.output.formats()?;
        let started = Instant::now();
        let loaded = self.plan.loader()?.load(&self.scenario, self.variant.as_deref(), &self.plan.set)?;
        let Loaded { scenario, draft } = loaded;
        let asked = self.outcomes(&scenario)?;
        let place = self.output.place(&scenario.results_name)?;
        let (runs, seed) = (self.plan.runs_of(&scenario), self.plan.seed_of(&scenario));
        let load = Load::of_columns(1, OutcomeId::all().count() as u64);
        load.with_details(&scenario.plan).check(runs)?;
        progress.begin(runs, runs + Marginal::draws_wanted(&scenario.plan, runs));
        let forecast = forecast(&scenario, runs, seed, &PartOf(progress))?;
        let marginal = Marginal::of(&scenario, runs, seed, &PartOf(progress))?;
        let seconds = started.elapsed().as_secs_f64();
        let summary = report::summary_with_returns(&scenario, &forecast, &marginal, seconds);
        let options = charts(&formats);
        let mut files = report::draw(&scenario, &forecast, &options)?;
        files.extend(report::draw_returns(&scenario, &marginal, seed, &options)?);
        let folder = self.output.folder(&scenario.results_name);
        let as_run = draft.as_run(&scenario, AsRun { runs, seed, folder: &folder, varied: &[] });
        files.push(("scenario.toml".into(), as_run.into_bytes()));
        let text = || {
            let told = report::forecast_text(&scenario, &forecast, &marginal, Shown { outcomes: &asked, width });
            match self.explain {
                true => {
                    format!("The plan at the middle of its ranges:\n{}\n\n{told}", report::read_back(&scenario, width))
                }
                false => told,
            }
        };
        self.output.deliver(&place, files, &summary, text, progress)
    }

    /// The outcomes that are asked for.
    fn outcomes(&self, scenario: &Scenario) -> Result<Vec<OutcomeId>, Failure> {
        self.outcome.iter().map(|name| outcome_named(name, scenario)).collect()
    }
}
