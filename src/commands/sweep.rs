//! `foremix sweep`: what happens as this grows?

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::analysis::{Axis, Sample, Series, SeriesError, Total};
use crate::engine::Progress;
use crate::model::outcomes::OutcomeId;
use crate::report::{Format, Made, SweepReport, Tables, page_files};
use crate::scenario::{AsRun, Loaded, Loader, RawPlan, SWEPT, Scenario};

use super::again::Words;
use super::option_text::channel_named;
use super::options::{OutputOptions, PlanOptions, charts, outcome_named};
use super::part::{DrawSource, PartOptions, Whole};
use super::{Failure, Reply};

/// Arguments of `foremix sweep`.
#[derive(Args, Clone, Debug)]
pub struct Sweep {
    /// The scenario file
    pub scenario: PathBuf,
    /// What is varied: channels.ppc.budget=20k..120k:11 (11 steps), sales.reps.team.count=1..6,
    /// channels.ppc.budget=20k..200k:8:log, sales.queue=newest_first,best_first (twice for a map)
    #[arg(long, value_name = "PATH=VALUES", required = true, allow_hyphen_values = true)]
    pub vary: Vec<String>,
    /// Keep the sum of all budgets: the other channels shrink or grow in proportion
    #[arg(long)]
    pub keep_total: bool,
    /// With --keep-total: a channel that neither shrinks nor grows (may be repeated)
    #[arg(long, value_name = "CHANNEL", requires = "keep_total")]
    pub lock: Vec<String>,
    /// An outcome to look at (may be repeated) [default: profit with what follows where there is a margin, and revenue]
    #[arg(long, value_name = "NAME")]
    pub outcome: Vec<String>,
    /// A variant of the plan: [variants.NAME] in the file
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// Some of the draws alone
    #[command(flatten)]
    pub part: PartOptions,
    /// What is changed in the file
    #[command(flatten)]
    pub plan: PlanOptions,
    /// Where the results go
    #[command(flatten)]
    pub output: OutputOptions,
}

impl Sweep {
    /// Simulates the plan with every value, writes its folder, and replies with what that says.
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
        let Loaded { scenario, draft } = loader.load(&self.scenario, self.variant.as_deref(), &self.plan.set)?;
        let outcomes = self.outcomes(&scenario)?;
        let (series, _) = self.series(&draft, &scenario)?;
        let seed = self.plan.seed_of(&scenario);
        let mut command = self.words();
        command.plan_of_part(&self.plan, seed);
        let sample = Sample { runs: self.part.draws().end, seed };
        let simulations = series.simulations(&scenario, &outcomes, sample);
        let scenarios = vec![&scenario];
        self.part.write(Whole { command, files: loader.files(), scenarios, seed, simulations }, progress)
    }

    /// Takes the draws from where they are, writes the folder, and replies with what they say.
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
        let formats = self.output.formats("sweep", Format::WITH_TABLES)?;
        let started = Instant::now();
        let Loaded { scenario, draft } = loader.load(&self.scenario, self.variant.as_deref(), &self.plan.set)?;
        let outcomes = self.outcomes(&scenario)?;
        let (series, total) = self.series(&draft, &scenario)?;
        let sample = Sample { runs: self.plan.runs_of(&scenario), seed: self.plan.seed_of(&scenario) };
        series.load(outcomes.len()).check(sample.runs)?;
        let name = format!("{}{SWEPT}", scenario.results_name);
        let place = self.output.place(&name)?;
        series.begin(&scenario, &outcomes, sample, progress);
        let sweep = series.conclude(&scenario, &outcomes, sample, |plans, ask| source.draws(plans, ask, progress))?;
        let report = SweepReport::of(&scenario, &sweep, total.as_ref());
        let summary = report.summary(started.elapsed().as_secs_f64());
        let options = charts(&formats);
        let mut files = report.draw(&options)?;
        let Sample { runs, seed } = sample;
        let run = AsRun { runs, seed, folder: &self.output.folder(&name), varied: &self.vary };
        let made = Made::of(self.command(runs, seed), options.day, run, [("scenario.toml", &draft, &scenario)]);
        files.extend(page_files(&formats, || report.page(&draft, &made))?);
        files.extend(Tables::of_sweep(&scenario, &sweep).files(&formats)?);
        if formats.contains(&Format::Xlsx) {
            files.push(("sweep.xlsx".into(), report.workbook(&draft, &made)?));
        }
        files.extend(made.texts());
        let text = || report.text(width);
        self.output.deliver(&place, files, &summary, text, progress)
    }

    /// The command that gives the same figures again.
    fn command(&self, runs: u64, seed: u64) -> String {
        self.words().plan(&self.plan, runs, seed)
    }

    /// It without what is changed in the plan, and without how it is simulated.
    fn words(&self) -> Words {
        let mut words = Words::of("sweep");
        words.word(&self.scenario.to_string_lossy());
        self.vary.iter().for_each(|varied| words.option("--vary", Some(varied)));
        if self.keep_total {
            words.word("--keep-total");
        }
        self.lock.iter().for_each(|channel| words.option("--lock", Some(channel)));
        self.outcome.iter().for_each(|name| words.option("--outcome", Some(name)));
        words.option("--variant", self.variant.as_deref());
        words
    }

    /// The plans to simulate, all of them read.
    fn series(&self, draft: &RawPlan, scenario: &Scenario) -> Result<(Series, Option<Total>), Failure> {
        let unfit = |why: String| Failure::Usage(format!("--vary: {why}"));
        if self.vary.len() > 2 {
            return Err(unfit("one figure makes a curve, two make a map; more can't be shown".into()));
        }
        let axes: Result<Vec<Axis>, String> = self.vary.iter().map(|option| Axis::read(option, draft)).collect();
        let axes = axes.map_err(unfit)?;
        if let [first, second] = axes.as_slice()
            && first.path == second.path
        {
            return Err(unfit(format!("{} is listed twice", first.path)));
        }
        let total = match self.keep_total {
            true => {
                for name in &self.lock {
                    channel_named("--lock", name, scenario)?;
                }
                let total = Total::of(draft, &axes, &self.lock);
                Some(total.map_err(|why| Failure::Usage(format!("--keep-total: {why}")))?)
            }
            false => None,
        };
        let series = Series::read(draft, axes, total.as_ref()).map_err(|error| match error {
            SeriesError::Load(error) => Failure::from(error),
            SeriesError::Unfit(why) => unfit(why),
        })?;
        Ok((series, total))
    }

    /// The outcomes asked for; else what plans are judged by, and revenue.
    fn outcomes(&self, scenario: &Scenario) -> Result<Vec<OutcomeId>, Failure> {
        if self.outcome.is_empty() {
            let mut usual = vec![scenario.steering_outcome()];
            usual.extend(OutcomeId::named("revenue"));
            usual.dedup();
            return Ok(usual);
        }
        let mut outcomes = Vec::new();
        for name in &self.outcome {
            let id = outcome_named(name, scenario)?;
            if !outcomes.contains(&id) {
                outcomes.push(id);
            }
        }
        Ok(outcomes)
    }
}
