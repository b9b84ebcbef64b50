//! `foremix goal`: what would it take?

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::analysis::{
    Condition, Figure, Goal as Search, GoalError, Lever, Objective, Sample, Scope, Sense, Side, read_bounds,
};
use crate::engine::Progress;
use crate::report::{Format, GoalReport, Made, page_files};
use crate::scenario::{AsRun, Loaded, RawPlan, SOUGHT};

use super::again::Words;
use super::option_text::{read_option, with_option};
use super::options::{OutputOptions, PlanOptions, charts};
use super::{Failure, Reply};

/// How sure a goal is to be where nothing else is said: in 8 of 10 quarters.
const USUAL_CHANCE: f64 = 0.8;

/// Arguments of `foremix goal`.
#[derive(Args, Clone, Debug)]
pub struct Goal {
    /// The scenario file
    pub scenario: PathBuf,
    /// What to reach: revenue=800k (with --chance), "p10(profit)>=0", "mean(wins)>=12", "chance(cac<=300)>=70%"
    #[arg(long, value_name = "CONDITION")]
    pub reach: String,
    /// How sure it is to be reached, where the condition is of an outcome alone [default: 80%]
    #[arg(long, value_name = "SHARE")]
    pub chance: Option<String>,
    /// By what: a figure of the file (channels.ppc.budget, sales.reps.team.count, sales.close_rate), or total for all
    /// budgets in today's proportions
    #[arg(long, value_name = "PATH")]
    pub by: String,
    /// Where to look [default: up to five times today's value]
    #[arg(long, value_name = "LOW..HIGH", allow_hyphen_values = true)]
    pub between: Option<String>,
    /// A variant of the plan: [variants.NAME] in the file
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// What is changed in the file
    #[command(flatten)]
    pub plan: PlanOptions,
    /// Where the results go
    #[command(flatten)]
    pub output: OutputOptions,
}

impl Goal {
    /// Searches for the smallest value that reaches the goal, writes its folder, and replies with what was found.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing is written then.
    pub fn execute(&self, width: usize, progress: &dyn Progress) -> Result<Reply, Failure> {
        let formats = self.output.formats("goal", Format::TOLD)?;
        let started = Instant::now();
        let Loaded { scenario, draft } = self.plan.load(&self.scenario, self.variant.as_deref())?;
        let condition = self.condition(scenario.plan.parts.finance.gross_margin.is_some())?;
        let lever = self.lever(&draft)?;
        let draws = Sample { runs: self.plan.runs_of(&scenario), seed: self.plan.seed_of(&scenario) };
        let search = Search { condition, lever };
        search.load().check(draws.runs)?;
        let name = format!("{}{SOUGHT}", scenario.results_name);
        let place = self.output.place(&name)?;
        let lever = search.lever.clone();
        let run = search.run(&draft, &scenario, draws, progress).map_err(|error| match error {
            GoalError::Load { error, settings } => with_option(error, "--by", &lever.path, &settings),
            GoalError::Stopped(stopped) => stopped.into(),
        })?;
        let report = GoalReport::of(&scenario, &run);
        let summary = report.summary(started.elapsed().as_secs_f64());
        let options = charts(&formats);
        let mut files = report.draw(&options)?;
        let varied = [format!("{} to reach {}", self.by, condition.written())];
        let Sample { runs, seed } = draws;
        let run = AsRun { runs, seed, folder: &self.output.folder(&name), varied: &varied };
        let made = Made::of(self.command(runs, seed), options.day, run, [("scenario.toml", &draft, &scenario)]);
        files.extend(page_files(&formats, || report.page(&draft, &made))?);
        files.extend(made.texts());
        let mut reply = self.output.deliver(&place, files, &summary, || report.text(width), progress)?;
        if !report.is_reached() {
            reply.troubles.push(Failure::NoSolution(report.no_solution()));
        }
        Ok(reply)
    }

    /// The command that gives the same figures again.
    fn command(&self, runs: u64, seed: u64) -> String {
        let mut words = Words::of("goal");
        words.word(&self.scenario.to_string_lossy());
        words.option("--reach", Some(&self.reach));
        words.option("--chance", self.chance.as_deref());
        words.option("--by", Some(&self.by));
        words.option("--between", self.between.as_deref());
        words.option("--variant", self.variant.as_deref());
        words.plan(&self.plan, runs, seed)
    }

    /// What is to be reached. An outcome alone is to be reached with a chance.
    fn condition(&self, has_margin: bool) -> Result<Condition, Failure> {
        let condition =
            read_option("--reach", &self.reach, |source| Scope { source, has_margin }.condition(&self.reach))?;
        let chance = match &self.chance {
            Some(text) => Some(read_option("--chance", text, |source| Scope { source, has_margin }.chance(text))?),
            None => None,
        };
        match (condition.bare, chance) {
            (true, chance) => {
                let figure = Figure::Chance(condition.side);
                let objective = Objective { outcome: condition.objective.outcome, figure };
                let side = Side { sense: Sense::AtLeast, bound: chance.unwrap_or(USUAL_CHANCE) };
                Ok(Condition { objective, side, bare: false })
            }
            (false, Some(_)) => Err(Failure::Usage(format!(
                "--chance: {} says by itself how sure it is to be; leave --chance out, or write --reach OUTCOME=NUMBER",
                self.reach
            ))),
            (false, None) => Ok(condition),
        }
    }

    /// By what it is to be reached; that both ends of where to look make a plan is seen here.
    fn lever(&self, draft: &RawPlan) -> Result<Lever, Failure> {
        let between = match &self.between {
            Some(text) => Some(read_option("--between", text, |source| read_bounds(text, 0, source))?),
            None => None,
        };
        let path = self.by.trim();
        let lever = read_option("--by", path, |source| Lever::read(path, between, draft, source))?;
        for end in [lever.range.low, lever.range.high] {
            let settings = lever.settings(end);
            let read = draft.clone().set(&settings).read();
            read.map_err(|error| with_option(error, "--by", path, &settings))?;
        }
        Ok(lever)
    }
}
