//! `foremix compare`: which plan is better, by how much, and how sure is that?

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::analysis::{Compared, Contender};
use crate::engine::Progress;
use crate::report::{self, ComparisonBook, Format, Made, Tables, page_files};
use crate::scenario::{AsRun, COMPARED, Loader, file_name_of};

use super::again::Words;
use super::contenders::{check_alike, read, split};
use super::options::{OutputOptions, PlanOptions, charts, outcome_named, outcome_of};
use super::part::{DrawSource, PartOptions, Whole};
use super::{Failure, Reply};

/// Arguments of `foremix compare`.
#[derive(Args, Clone, Debug)]
pub struct Compare {
    /// The plans, the first of which the others are held against: scenario files, or FILE:VARIANT. One file alone is
    /// compared with all its variants
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<String>,
    /// Of one file, only this variant (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub variant: Vec<String>,
    /// The outcome that the plans are judged by and the charts show [default: profit with what follows, or revenue
    /// where there is no margin]
    #[arg(long, value_name = "NAME")]
    pub outcome: Option<String>,
    /// Some of the draws alone
    #[command(flatten)]
    pub part: PartOptions,
    /// What is changed in every plan
    #[command(flatten)]
    pub plan: PlanOptions,
    /// Where the results go
    #[command(flatten)]
    pub output: OutputOptions,
}

impl Compare {
    /// Simulates every plan on the same luck, writes the folder, and replies with what differs.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing is written then.
    pub fn execute(&self, width: usize, progress: &dyn Progress) -> Result<Reply, Failure> {
        let loader = self.plan.loader()?;
        match self.part.are_given() {
            true => self.write_part(&loader, progress),
            false => self.answer(&loader, DrawSource::Simulation, width, progress),
        }
    }

    /// Simulates some draws of every plan, and writes them to a file.
    fn write_part(&self, loader: &Loader, progress: &dyn Progress) -> Result<Reply, Failure> {
        let plans = self.plans(loader)?;
        check_alike(&plans)?;
        let base = &plans[0].scenario;
        if let Some(name) = &self.outcome {
            outcome_named(name, base)?;
        }
        let seed = self.plan.seed_of(base);
        let mut command = self.words();
        command.plan_of_part(&self.plan, seed);
        let compared = Compared::of(&plans, self.part.draws().end, seed);
        let scenarios = plans.iter().map(|plan| &plan.scenario).collect();
        let simulations = compared.simulations();
        self.part.write(Whole { command, files: loader.files(), scenarios, seed, simulations }, progress)
    }

    /// Takes the draws from where they are, writes the folder, and replies with what differs.
    ///
    /// # Errors
    ///
    /// As those of [`execute`](Self::execute).
    pub(super) fn answer(
        &self,
        loader: &Loader,
        mut source: DrawSource,
        width: usize,
        progress: &dyn Progress,
    ) -> Result<Reply, Failure> {
        let formats = self.output.formats("compare", Format::WITH_DRAWS)?;
        let started = Instant::now();
        let plans = self.plans(loader)?;
        check_alike(&plans)?;
        let base = &plans[0].scenario;
        let outcome = outcome_of(self.outcome.as_deref(), base)?;
        let name = format!("{}{COMPARED}", base.results_name);
        let place = self.output.place(&name)?;
        let (runs, seed) = (self.plan.runs_of(base), self.plan.seed_of(base));
        let compared = Compared::of(&plans, runs, seed);
        compared.begin(progress)?;
        let comparison = compared.conclude(|plans, ask| source.draws(plans, ask, progress), progress)?;
        let seconds = started.elapsed().as_secs_f64();
        let summary = report::comparison_summary(&plans, &comparison, seconds);
        let options = charts(&formats);
        let mut files = report::draw_comparison(base, &comparison, outcome, &options)?;
        let mut taken: Vec<String> = Vec::new();
        let texts = plans.iter().enumerate().map(|(at, plan)| {
            let own = file_name_of(&plan.label.replace(' ', "-"));
            let file = match at {
                0 => "scenario.toml".to_owned(),
                // Labels may differ by blanks alone.
                _ if taken.contains(&own) => format!("scenario-{own}-{}.toml", at + 1),
                _ => format!("scenario-{own}.toml"),
            };
            taken.push(own);
            (file, &plan.draft, &plan.scenario)
        });
        let run = AsRun { runs, seed, folder: &self.output.folder(&name), varied: &[] };
        let made = Made::of(self.command(runs, seed), options.day, run, texts);
        files.extend(page_files(&formats, || report::comparison_page(&plans, &comparison, outcome, &made))?);
        if formats.iter().any(|format| format.is_table()) {
            files.extend(Tables::of_comparison(base, &comparison).files(&formats)?);
        }
        if formats.contains(&Format::Xlsx) {
            let book = ComparisonBook { plans: &plans, comparison: &comparison, outcome, made: &made };
            files.push(("comparison.xlsx".into(), book.workbook()?));
        }
        files.extend(made.texts());
        let text = || report::comparison_text(base, &comparison, outcome, width);
        self.output.deliver(&place, files, &summary, text, progress)
    }

    /// The command that gives the same figures again.
    fn command(&self, runs: u64, seed: u64) -> String {
        self.words().plan(&self.plan, runs, seed)
    }

    /// It without what is changed in the plans, and without how they are simulated.
    fn words(&self) -> Words {
        let mut words = Words::of("compare");
        self.scenarios.iter().for_each(|scenario| words.word(scenario));
        self.variant.iter().for_each(|variant| words.option("--variant", Some(variant)));
        words.option("--outcome", self.outcome.as_deref());
        words
    }

    /// The plans that are meant, each with a name of its own.
    fn plans(&self, loader: &Loader) -> Result<Vec<Contender>, Failure> {
        let mut named: Vec<(PathBuf, Option<String>)> = self.scenarios.iter().map(|name| split(name)).collect();
        if let [(path, Some(variant))] = &named[..] {
            named = vec![(path.clone(), None), (path.clone(), Some(variant.clone()))];
        } else if let [(path, None)] = &named[..] {
            let path = path.clone();
            let variants: Vec<String> = if self.variant.is_empty() {
                let draft = loader.open(&path)?;
                draft.variants().map(str::to_owned).collect()
            } else {
                self.variant.clone()
            };
            named.extend(variants.into_iter().map(|name| (path.clone(), Some(name))));
        } else if !self.variant.is_empty() {
            return Err(Failure::Usage(
                "--variant chooses among the variants of one file; of several files write FILE:VARIANT".into(),
            ));
        }
        if let [(path, _)] = &named[..] {
            return Err(Failure::Usage(format!(
                "{} is a single plan: name a second scenario, or write what is different into the file, below [variants.NAME]",
                path.display()
            )));
        }
        let twice = named.iter().enumerate().find(|(at, plan)| plan.1.is_some() && named[..*at].contains(plan));
        if let Some((_, (_, Some(variant)))) = twice {
            return Err(Failure::Usage(format!("the variant {variant} is listed twice")));
        }
        read(loader, &named, &self.plan.set)
    }
}
