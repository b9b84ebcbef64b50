//! What several commands have in common: options that change a plan, and those that say where results go.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::engine::{Progress, Stopped};
use crate::model::outcomes::{OUTCOMES, OutcomeId};
use crate::report::{ChartOptions, Destination, Folder, Format, MadeFiles, Written};
use crate::scenario::{Files, Loaded, Loader, Scenario};
use crate::text::printable_json;

use super::today::today;
use super::{Failure, Reply};

/// Options that change a scenario or how it is simulated.
#[derive(Args, Clone, Debug)]
pub struct PlanOptions {
    /// How many quarters to simulate [default: from the file, else 10000]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = parse_runs)]
    pub runs: Option<u64>,
    /// The seed: the same seed gives the same figures [default: from the file, else 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Change a figure of the file: channels.ppc.budget=90k (may be repeated)
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// What may be read
    #[command(flatten)]
    pub reading: ReadingOptions,
    /// How many threads to use [default: all]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = parse_threads())]
    pub threads: Option<u16>,
}

/// Options that say what may be read.
#[derive(Args, Clone, Debug)]
pub struct ReadingOptions {
    /// Read no file outside this folder, whatever a scenario names: for scenarios of other people
    #[arg(long, value_name = "DIR")]
    pub confine: Option<PathBuf>,
}

impl ReadingOptions {
    /// Reads all files of the command, each once.
    ///
    /// # Errors
    ///
    /// That there is no such folder.
    pub fn loader(&self) -> Result<Loader, Failure> {
        let Some(folder) = &self.confine else { return Ok(Loader::default()) };
        let files = Files::within(folder)
            .map_err(|error| Failure::Usage(format!("--confine {}: {error}", folder.display())))?;
        Ok(Loader::of(files))
    }
}

/// Reads a number of threads.
pub(super) fn parse_threads() -> clap::builder::RangedI64ValueParser<u16> {
    clap::value_parser!(u16).range(1..=1024)
}

/// Reads `20000`, `20_000` or `20k`.
pub(super) fn parse_runs(text: &str) -> Result<u64, String> {
    let number = crate::units::parse_number(text)?;
    let most = crate::scenario::MOST_RUNS;
    if number.fract() != 0.0 || !(1.0..=most).contains(&number) {
        return Err(format!("expected a whole number from 1 to {}", crate::units::written(most)));
    }
    Ok(number as u64)
}

/// Where results go, and in which forms.
#[derive(Args, Clone, Debug)]
pub struct OutputOptions {
    /// Where the results go [default: a folder in output/, by the name of the scenario file, its variant and what was set]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What is written beside summary.json: png, svg, html, pdf; of run, compare and sweep also csv and xlsx, of run
    /// and compare parquet, of run pptx
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "png,svg,html")]
    pub formats: Vec<String>,
    /// Print the summary as JSON, and nothing else
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors
    #[arg(long)]
    pub quiet: bool,
}

impl PlanOptions {
    /// Reads all files of the command, each once.
    ///
    /// # Errors
    ///
    /// That the folder of --confine is none.
    pub fn loader(&self) -> Result<Loader, Failure> {
        self.reading.loader()
    }

    /// Reads the plan of one file, with a variant and settings laid over it.
    ///
    /// # Errors
    ///
    /// What is wrong with it, or that the folder of --confine is none.
    pub(super) fn load(&self, scenario: &Path, variant: Option<&str>) -> Result<Loaded, Failure> {
        Ok(self.loader()?.load(scenario, variant, &self.set)?)
    }

    /// How many draws: as asked for, else as the scenario says.
    pub fn runs_of(&self, scenario: &Scenario) -> u64 {
        self.runs.unwrap_or(scenario.simulation.runs)
    }

    /// The seed: as asked for, else as the scenario says.
    pub fn seed_of(&self, scenario: &Scenario) -> u64 {
        self.seed.unwrap_or(scenario.simulation.seed)
    }
}

/// A place for results, found before any work is done.
#[derive(Debug)]
pub struct Place {
    destination: Destination,
}

/// What is to be drawn today.
pub(super) fn charts(formats: &[Format]) -> ChartOptions<'_> {
    ChartOptions { formats, day: Some(today()) }
}

impl OutputOptions {
    /// The folder that results go to: as asked for, else `output/NAME`.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.out.clone().unwrap_or_else(|| Path::new("output").join(name))
    }

    /// A place for results in that folder.
    ///
    /// # Errors
    ///
    /// Why they can't go there.
    pub fn place(&self, name: &str) -> Result<Place, Failure> {
        Ok(Place { destination: Destination::at(&self.folder(name))? })
    }

    /// Writes charts and `summary` as a whole folder, and replies with the summary or with `text`.
    ///
    /// # Errors
    ///
    /// That it was stopped; nothing is written then. Where the folder can't be written, the reply says so.
    pub fn deliver(
        &self,
        place: &Place,
        charts: MadeFiles,
        summary: &impl serde::Serialize,
        text: impl FnOnce() -> String,
        progress: &dyn Progress,
    ) -> Result<Reply, Failure> {
        let json = format!("{}\n", printable_json(&serde_json::to_string_pretty(summary).unwrap_or_default()));
        let mut folder = Folder::default();
        for (name, bytes) in charts {
            folder.add(name, bytes);
        }
        folder.add("summary.json", json.clone().into_bytes());
        if progress.is_stopped() {
            return Err(Stopped.into());
        }
        // What was computed is said even where it could not be written.
        let (written, trouble) = match folder.write(&place.destination) {
            Ok(Written { path, trouble }) => (Some(path), trouble),
            Err(error) => (None, Some(error)),
        };
        let text = if self.json {
            json
        } else if self.quiet {
            String::new()
        } else {
            match &written {
                Some(path) => format!("{}\n\nWritten to {}\n", text(), path.display()),
                None => format!("{}\n", text()),
            }
        };
        Ok(Reply { text, written, troubles: trouble.map(Failure::from).into_iter().collect() })
    }

    /// The forms that are asked for, each once, of those that `foremix COMMAND` writes.
    ///
    /// # Errors
    ///
    /// That one of the words is none of them.
    pub fn formats(&self, command: &str, writes: &[Format]) -> Result<Vec<Format>, Failure> {
        formats_of(&self.formats, command, writes)
    }
}

/// The forms that words ask for, each once, of those that `foremix COMMAND` writes.
///
/// # Errors
///
/// That one of the words is none of them.
pub(super) fn formats_of(words: &[String], command: &str, writes: &[Format]) -> Result<Vec<Format>, Failure> {
    let names = || writes.iter().map(|format| format.word()).chain(["json"]);
    let mut formats = Vec::new();
    for word in words.iter().map(|word| word.trim()) {
        // The summary is always there.
        if word.is_empty() || word == "json" {
            continue;
        }
        let all = names().collect::<Vec<_>>().join(", ");
        let Some(format) = Format::named(word) else {
            return Err(Failure::unknown("format", word, names(), || format!("known: {all}")));
        };
        if !writes.contains(&format) {
            return Err(Failure::Usage(format!(
                "--formats: `foremix {command}` does not write {word}; it writes {all}"
            )));
        }
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    Ok(formats)
}

/// The outcome that `--outcome` names; where it names none, what plans are judged by.
///
/// # Errors
///
/// That there is none of that name, or that the plan lacks the margin that it is built on.
pub(super) fn outcome_of(name: Option<&str>, scenario: &Scenario) -> Result<OutcomeId, Failure> {
    name.map_or_else(|| Ok(scenario.steering_outcome()), |name| outcome_named(name, scenario))
}

/// The outcome that `--outcome` names.
///
/// # Errors
///
/// That there is none of that name, or that the plan lacks the margin that it is built on.
pub(super) fn outcome_named(name: &str, scenario: &Scenario) -> Result<OutcomeId, Failure> {
    let Some(id) = OutcomeId::named(name) else {
        let names = || OUTCOMES.iter().map(|outcome| outcome.key);
        let all = || format!("known: {}", names().collect::<Vec<_>>().join(", "));
        return Err(Failure::unknown("outcome", name, names(), all));
    };
    if id.outcome().needs_margin && scenario.plan.parts.finance.gross_margin.is_none() {
        return Err(Failure::Usage(format!(
            "--outcome: {name} needs gross_margin in [finance], and the plan has none"
        )));
    }
    Ok(id)
}
