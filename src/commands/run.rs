//! `foremix run`: what will this plan bring, and how sure is that?

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use crate::engine::{Progress, forecast};
use crate::reading::nearest;
use crate::report::{self, Destination, Folder, Format};
use crate::scenario::{Scenario, load_variant};

use super::{Failure, Reply};

/// Arguments of `foremix run`.
#[derive(Args, Clone, Debug)]
pub struct Run {
    /// The scenario file
    pub scenario: PathBuf,
    /// What is changed in the file
    #[command(flatten)]
    pub plan: PlanOptions,
    /// Where the results go [default: output/NAME, by the name of the scenario file and the variant]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What is written beside summary.json
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "png,svg"
    )]
    pub formats: Vec<String>,
    /// Print the summary as JSON, and nothing else
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors
    #[arg(long)]
    pub quiet: bool,
}

/// Options that change a scenario or how it is simulated.
#[derive(Args, Clone, Debug)]
pub struct PlanOptions {
    /// A variant of the plan: [variants.NAME] in the file
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// How many quarters to simulate [default: from the file, else 10000]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = parse_runs)]
    pub runs: Option<u64>,
    /// The seed: the same seed gives the same figures [default: from the file, else 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Change a figure of the file: channels.ppc.budget=90k (may be repeated)
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// How many threads to use [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// Reads `20000`, `20_000` or `20k`.
fn parse_runs(text: &str) -> Result<u64, String> {
    let number = crate::units::parse_number(text)?;
    let most = crate::scenario::MOST_RUNS;
    if number.fract() != 0.0 || !(1.0..=most).contains(&number) {
        return Err(format!(
            "a whole number from 1 to {} is wanted",
            crate::units::written(most)
        ));
    }
    Ok(number as u64)
}

impl Run {
    /// Simulates the scenario, writes its folder, and replies with the forecast.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing is written then.
    pub fn execute(&self, width: usize, progress: &dyn Progress) -> Result<Reply, Failure> {
        let formats = self.formats()?;
        let started = Instant::now();
        let variant = self.plan.variant.as_deref();
        let scenario = load_variant(&self.scenario, variant, &self.plan.set)?;
        let out = self
            .out
            .clone()
            .unwrap_or_else(|| default_folder(&scenario));
        let destination = Destination::at(&out)?;
        let runs = self.plan.runs.unwrap_or(scenario.simulation.runs);
        let seed = self.plan.seed.unwrap_or(scenario.simulation.seed);
        let forecast = forecast(&scenario, runs, seed, progress)?;
        let summary = report::summary(&scenario, &forecast, started.elapsed().as_secs_f64());
        let mut json = serde_json::to_vec_pretty(&summary).unwrap_or_default();
        json.push(b'\n');
        let mut folder = Folder::default();
        for (name, bytes) in report::draw(&scenario, &forecast, &formats)? {
            folder.add(name, bytes);
        }
        folder.add("summary.json", json.clone());
        if !progress.advance(0) {
            return Err(crate::engine::Stopped.into());
        }
        folder.write(&destination)?;
        let text = if self.json {
            String::from_utf8(json).unwrap_or_default()
        } else if self.quiet {
            String::new()
        } else {
            format!(
                "{}\n\nWritten to {}\n",
                report::forecast_text(&scenario, &forecast, width),
                out.display()
            )
        };
        Ok(Reply { text })
    }

    fn formats(&self) -> Result<Vec<Format>, Failure> {
        let mut formats = Vec::new();
        for word in self.formats.iter().map(|word| word.trim()) {
            match word {
                "png" => formats.push(Format::Png),
                "svg" => formats.push(Format::Svg),
                // The summary is always there.
                "json" | "" => {}
                other => {
                    let hint = match nearest(other, ["png", "svg", "json"]) {
                        Some(word) => format!("did you mean {word}?"),
                        None => "allowed: png, svg, json".into(),
                    };
                    return Err(Failure::Usage(format!(
                        "--formats: \"{other}\" is no format; {hint}"
                    )));
                }
            }
        }
        formats.dedup();
        Ok(formats)
    }
}

fn default_folder(scenario: &Scenario) -> PathBuf {
    let stem = scenario
        .path
        .file_stem()
        .unwrap_or(scenario.path.as_os_str());
    let mut name = stem.to_owned();
    if let Some(variant) = &scenario.variant {
        name.push("-");
        name.push(variant);
    }
    Path::new("output").join(name)
}
