//! `foremix run`: what will this plan bring, and how sure is that?

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;

use crate::analysis::Marginal;
use crate::analysis::sensitivity::rests_on;
use crate::engine::{Forecast, KEPT, Keeping, Load, PartOf, Precision, Progress, forecast_to_precision};
use crate::model::outcomes::OutcomeId;
use crate::report::{self, ForecastReport, Format, Made, RestsOn, Shown, most_draws};
use crate::scenario::{AsRun, Loaded, Loader, Scenario};
use crate::text::as_written;

use super::again::Words;
use super::last_quarter::{self, How};
use super::options::{OutputOptions, PlanOptions, charts, outcome_named, parse_runs};
use super::part::{DrawSource, PartOptions, Whole};
use super::today::today;
use super::{Failure, Reply};

/// What `--precision` may take at most, unless `--max-runs` says otherwise.
const MOST_RUNS_FOR_PRECISION: u64 = 1_000_000;

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
    /// Simulate until the 95% margins of the main figures and of chances are this narrow: 1% (in place of --runs)
    #[arg(long, value_name = "SHARE", allow_negative_numbers = true, conflicts_with_all = ["runs", "draws"], value_parser = parse_share)]
    pub precision: Option<f64>,
    /// With --precision: no more quarters than this [default: 1M]
    #[arg(long, value_name = "N", allow_negative_numbers = true, requires = "precision", value_parser = parse_runs)]
    pub max_runs: Option<u64>,
    /// With --precision: no longer than this; how far that goes depends on the machine
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, requires = "precision", value_parser = parse_seconds)]
    pub max_seconds: Option<f64>,
    /// What came of the quarter before, held against this plan's rates: a table of channel, budget, leads, wins, revenue
    #[arg(long, value_name = "FILE", conflicts_with = "draws")]
    pub last_quarter: Option<PathBuf>,
    /// Some of the draws alone
    #[command(flatten)]
    pub part: PartOptions,
    /// Add the forecast to a log, a line of JSON: `foremix backtest --log FILE` holds it against what came
    #[arg(long, value_name = "FILE", conflicts_with = "draws")]
    pub log: Option<PathBuf>,
    /// With --formats xlsx: every draw as a row of the workbook, on a sheet of its own
    #[arg(long)]
    pub with_draws: bool,
    /// What is changed in the file
    #[command(flatten)]
    pub plan: PlanOptions,
    /// Where the results go
    #[command(flatten)]
    pub output: OutputOptions,
}

/// How many draws are wanted.
struct Wanted {
    keeping: Keeping,
    /// where the forecast goes on until it is so precise
    precision: Option<Precision>,
    most: u64,
}

impl Run {
    /// Simulates the scenario, writes its folder, and replies with the forecast.
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

    /// Simulates some draws of the scenario, and writes them to a file.
    fn write_part(&self, loader: &Loader, progress: &dyn Progress) -> Result<Reply, Failure> {
        let loaded = loader.load(&self.scenario, self.variant.as_deref(), &self.plan.set)?;
        let scenario = &loaded.scenario;
        self.outcomes(scenario)?;
        let seed = self.plan.seed_of(scenario);
        let mut command = self.words();
        if self.explain {
            command.word("--explain");
        }
        command.plan_of_part(&self.plan, seed);
        let simulations = vec![(&scenario.plan, Forecast::spec(scenario, self.part.draws().end, seed))];
        let whole = Whole { command, files: loader.files(), scenarios: vec![scenario], seed, simulations };
        self.part.write(whole, progress)
    }

    /// Takes the draws from where they are, writes the folder, and replies with the forecast.
    ///
    /// # Errors
    ///
    /// As those of [`execute`](Self::execute).
    pub(super) fn answer(
        &self,
        loader: &Loader,
        source: DrawSource,
        width: usize,
        progress: &dyn Progress,
    ) -> Result<Reply, Failure> {
        let formats = self.output.formats("run", Format::ALL)?;
        let started = Instant::now();
        let Loaded { scenario, draft } = loader.load(&self.scenario, self.variant.as_deref(), &self.plan.set)?;
        let asked = self.outcomes(&scenario)?;
        let place = self.output.place(&scenario.results_name)?;
        let seed = self.plan.seed_of(&scenario);
        let Wanted { keeping, precision, most } = self.wanted(&formats, &scenario, started)?;
        let again = if self.last_quarter.is_some() { most } else { 0 };
        let (forecast, reached) = match precision {
            Some(precision) => {
                let (forecast, reached) = forecast_to_precision(&scenario, precision, seed, progress)?;
                (forecast, Some(reached))
            }
            None => {
                progress.begin(most, most + again + Marginal::draws_wanted(&scenario.plan, most));
                let ask = Forecast::spec(&scenario, most, seed);
                (source.forecast(&scenario, &ask, keeping, progress)?, None)
            }
        };
        let runs = forecast.draws.count();
        let marginal = Marginal::of(&scenario, runs, seed, &PartOf(progress))?;
        let outcome = scenario.steering_outcome();
        let rests_on = RestsOn { outcome, swings: rests_on(&scenario, &forecast.draws, seed, outcome) };
        let how = How { runs, seed, width, progress: &PartOf(progress) };
        let before = self.last_quarter.as_deref().map(|path| last_quarter::told(path, &draft, &scenario, &how));
        let before = before.transpose()?.map_or_else(String::new, |told| format!("\n\n{told}"));
        let seconds = started.elapsed().as_secs_f64();
        let mut summary = report::summary_with_returns(&scenario, &forecast, &marginal, seconds);
        summary.rests_on = Some(rests_on.summary());
        summary.precision = reached.as_ref().map(Into::into);
        let options = charts(&formats);
        let run = AsRun { runs, seed, folder: &self.output.folder(&scenario.results_name), varied: &[] };
        let made = Made::of(self.command(runs, seed), options.day, run, [("scenario.toml", &draft, &scenario)]);
        let shown = Shown { outcomes: &asked, precision: reached, rests_on: &rests_on, width };
        let report = ForecastReport {
            scenario: &scenario,
            plan: &draft,
            forecast: &forecast,
            marginal: &marginal,
            shown,
            made: &made,
            with_draws: self.with_draws,
        };
        let mut files = report.files(&options)?;
        files.extend(made.texts());
        let text = || {
            let told = report::forecast_text(&scenario, &forecast, &marginal, shown);
            match self.explain {
                true => {
                    let read_back = report::read_back(&scenario, width);
                    format!("The plan at the middle of its ranges:\n{read_back}\n\n{told}{before}")
                }
                false => format!("{told}{before}"),
            }
        };
        let mut reply = self.output.deliver(&place, files, &summary, text, progress)?;
        if let Some(log) = &self.log {
            let said = report::said_forecast(&scenario, &forecast, today());
            let added = report::append_line(log, &said.line());
            reply.troubles.extend(added.err().map(|error| Failure::File { path: log.clone(), error }));
        }
        Ok(reply)
    }

    /// How many draws, and which of them are kept.
    fn wanted(&self, formats: &[Format], scenario: &Scenario, started: Instant) -> Result<Wanted, Failure> {
        let with_every_draw = self.with_draws || formats.iter().any(|format| format.is_table());
        let keeping = if with_every_draw { Keeping::All(KEPT) } else { Keeping::First(KEPT) };
        let precision = self.precision(started, keeping);
        let most = precision.map_or_else(|| self.plan.runs_of(scenario), |precision| precision.most_runs);
        self.check_draws(formats, scenario, most)?;
        let kept = if keeping == Keeping::All(KEPT) { most } else { most.min(KEPT) };
        Load::of_forecast(&scenario.plan).check(kept)?;
        Load { plans: 1, bytes: 0 }.check(most)?;
        Ok(Wanted { keeping, precision, most })
    }

    /// That draws, where they are asked for, have a workbook and fit it.
    fn check_draws(&self, formats: &[Format], scenario: &Scenario, runs: u64) -> Result<(), Failure> {
        let most = most_draws(scenario);
        if self.with_draws && !formats.contains(&Format::Xlsx) {
            return Err(Failure::Usage("--with-draws needs a workbook: add --formats xlsx".into()));
        }
        if self.with_draws && runs > most {
            return Err(Failure::Usage(format!(
                "--with-draws: a sheet holds {} draws of this plan, and {} are asked for; --formats csv holds any number",
                as_written(most as f64),
                as_written(runs as f64)
            )));
        }
        Ok(())
    }

    /// How precise it is to be, where that is asked for.
    fn precision(&self, started: Instant, keeping: Keeping) -> Option<Precision> {
        Some(Precision {
            share: self.precision?,
            most_runs: self.max_runs.unwrap_or(MOST_RUNS_FOR_PRECISION),
            until: self.max_seconds.map(|seconds| started + Duration::from_secs_f64(seconds)),
            keeping,
        })
    }

    /// The command that gives the same figures again.
    fn command(&self, runs: u64, seed: u64) -> String {
        self.words().plan(&self.plan, runs, seed)
    }

    /// It without what is changed in the plan, and without how it is simulated.
    fn words(&self) -> Words {
        let mut words = Words::of("run");
        words.word(&self.scenario.to_string_lossy());
        words.option("--variant", self.variant.as_deref());
        self.outcome.iter().for_each(|name| words.option("--outcome", Some(name)));
        words
    }

    /// The outcomes that are asked for.
    fn outcomes(&self, scenario: &Scenario) -> Result<Vec<OutcomeId>, Failure> {
        self.outcome.iter().map(|name| outcome_named(name, scenario)).collect()
    }
}

/// Reads `1%`, `0.5%` or `0.01`.
fn parse_share(text: &str) -> Result<f64, String> {
    let (digits, unit) = text.strip_suffix('%').map_or((text, 1.0), |digits| (digits, 0.01));
    let share = unit * crate::units::parse_number(digits)?;
    let in_range = (1e-5..=0.5).contains(&share);
    in_range.then_some(share).ok_or_else(|| "expected a share from 0.001% to 50%, for example 1%".to_owned())
}

/// Reads `60` or `1.5`.
fn parse_seconds(text: &str) -> Result<f64, String> {
    let seconds = crate::units::parse_number(text)?;
    let in_range = (0.0..=1e7).contains(&seconds);
    in_range.then_some(seconds).ok_or_else(|| "expected seconds, from 0 to 10M".to_owned())
}
