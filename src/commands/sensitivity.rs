//! `foremix sensitivity`: what drives the result, and what should we find out first?

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::analysis::Contender;
use crate::analysis::sensitivity::{SensitivitySpec, sensitivity};
use crate::engine::Progress;
use crate::reading::nearest;
use crate::report::{Format, Made, SensitivityReport, page_files};
use crate::scenario::{ANALYZED, AsRun, Loader, RawPlan, file_name_of};

use super::again::Words;
use super::contenders::{check_alike, read, split};
use super::options::{OutputOptions, PlanOptions, charts, outcome_of};
use super::{Failure, Reply};

/// What `--against` takes for every variant of the file.
const ALL_VARIANTS: &str = "variants";

/// Arguments of `foremix sensitivity`.
#[derive(Args, Clone, Debug)]
pub struct Sensitivity {
    /// The scenario file
    pub scenario: PathBuf,
    /// A variant of the plan: [variants.NAME] in the file
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// What is finding out worth, before the choice between the plan and this one? A variant of the file, another file or
    /// FILE:VARIANT; "variants" for all of the file (may be repeated)
    #[arg(long, value_name = "PLAN")]
    pub against: Vec<String>,
    /// Sobol indices as well: the share of the variance of each figure, alone and with others. Takes a further run for each
    /// uncertain figure
    #[arg(long)]
    pub sobol: bool,
    /// The outcome [default: profit with what follows, or revenue where there is no margin]
    #[arg(long, value_name = "NAME")]
    pub outcome: Option<String>,
    /// What is changed in every plan
    #[command(flatten)]
    pub plan: PlanOptions,
    /// Where the results go
    #[command(flatten)]
    pub output: OutputOptions,
}

impl Sensitivity {
    /// Simulates the plan, and those that it may be chosen against, writes the folder, and replies with what drives it.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing is written then.
    pub fn execute(&self, width: usize, progress: &dyn Progress) -> Result<Reply, Failure> {
        let formats = self.output.formats("sensitivity", Format::TOLD)?;
        let started = Instant::now();
        let plans = self.plans()?;
        check_alike(&plans)?;
        let scenario = &plans[0].scenario;
        let outcome = outcome_of(self.outcome.as_deref(), scenario)?;
        let name = format!("{}{ANALYZED}", scenario.results_name);
        let place = self.output.place(&name)?;
        let (runs, seed) = (self.plan.runs_of(scenario), self.plan.seed_of(scenario));
        let spec = SensitivitySpec { outcome, runs, seed, indices: self.sobol };
        let found = sensitivity(&plans, spec, progress)?;
        let report = SensitivityReport::of(scenario, &found);
        let summary = report.summary(started.elapsed().as_secs_f64());
        let options = charts(&formats);
        let mut files = report.draw(&options)?;
        let file = |at, plan: &Contender| match at {
            0 => "scenario.toml".to_owned(),
            at => format!("scenario-{}-{}.toml", file_name_of(&plan.label.replace(' ', "-")), at + 1),
        };
        let texts = plans.iter().enumerate().map(|(at, plan)| (file(at, plan), &plan.draft, &plan.scenario));
        let run = AsRun { runs, seed, folder: &self.output.folder(&name), varied: &[] };
        let made = Made::of(self.command(runs, seed), options.day, run, texts);
        files.extend(page_files(&formats, || report.page(&plans[0].draft, &made))?);
        files.extend(made.texts());
        let text = || report.text(width);
        self.output.deliver(&place, files, &summary, text, progress)
    }

    /// The command that gives the same figures again.
    fn command(&self, runs: u64, seed: u64) -> String {
        let mut words = Words::of("sensitivity");
        words.word(&self.scenario.to_string_lossy());
        words.option("--variant", self.variant.as_deref());
        self.against.iter().for_each(|plan| words.option("--against", Some(plan)));
        if self.sobol {
            words.word("--sobol");
        }
        words.option("--outcome", self.outcome.as_deref());
        words.plan(&self.plan, runs, seed)
    }

    /// The plan, and those that it may be chosen against.
    fn plans(&self) -> Result<Vec<Contender>, Failure> {
        let loader = self.plan.loader()?;
        let mut named = vec![(self.scenario.clone(), self.variant.clone())];
        if !self.against.is_empty() {
            let draft = loader.open(&self.scenario)?;
            for word in &self.against {
                for plan in self.meant(word, &draft, &loader)? {
                    if named.contains(&plan) {
                        return Err(unfit(format!("\"{word}\" is listed twice, or is the plan itself")));
                    }
                    named.push(plan);
                }
            }
        }
        read(&loader, &named, &self.plan.set)
    }

    /// The plans that a word means: a variant of the file, all of them, or another file.
    fn meant(&self, word: &str, draft: &RawPlan, loader: &Loader) -> Result<Vec<(PathBuf, Option<String>)>, Failure> {
        let variants: Vec<&str> = draft.variants().collect();
        let of_file = |name: &str| (self.scenario.clone(), Some(name.to_owned()));
        if variants.contains(&word) {
            return Ok(vec![of_file(word)]);
        }
        let own = self.variant.as_deref();
        if word == ALL_VARIANTS {
            let others: Vec<_> = variants.iter().filter(|&&name| Some(name) != own).map(|name| of_file(name)).collect();
            return match others.is_empty() {
                true => Err(unfit(format!("{} has no other variants", self.scenario.display()))),
                false => Ok(others),
            };
        }
        let (path, variant) = split(word);
        if !word.ends_with(".toml") && variant.is_none() && !path.exists() {
            let hint = match (nearest(word, variants.iter().copied()), variants.as_slice()) {
                (Some(name), _) => format!("did you mean {name}?"),
                (None, []) => "the file has no variants; name another file".to_owned(),
                (None, names) => format!("known: {}, or name another file", names.join(", ")),
            };
            let file = self.scenario.display();
            return Err(unfit(format!("\"{word}\" is neither a variant of {file} nor a file; {hint}")));
        }
        loader.open(&path)?;
        Ok(vec![(path, variant)])
    }
}

fn unfit(why: String) -> Failure {
    Failure::Usage(format!("--against: {why}"))
}
