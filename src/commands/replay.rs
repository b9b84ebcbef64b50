//! `foremix replay`: what does a bad quarter look like, week by week?

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::analysis::{Replay as Seen, Which};
use crate::engine::{Load, Progress, forecast};
use crate::report::{Format, Made, ReplayReport, page_files};
use crate::scenario::{AsRun, Loaded};

use super::again::Words;
use super::options::{OutputOptions, PlanOptions, charts, outcome_of};
use super::{Failure, Reply};

/// What a folder of a replay is called after its plan.
const REPLAYED: &str = "-replay";

/// Arguments of `foremix replay`.
#[derive(Args, Clone, Debug)]
pub struct Replay {
    /// The scenario file
    pub scenario: PathBuf,
    /// The simulated quarter nearest to this percentile of the outcome: p10, p50, p90, 2.5%
    #[arg(long, value_name = "LEVEL", default_value = "p10", value_parser = parse_level)]
    pub near: f64,
    /// The simulated quarter of this number, from 0
    #[arg(long, value_name = "N", conflicts_with = "near")]
    pub draw: Option<u64>,
    /// What quarters are ordered by [default: profit with what follows, or revenue where there is no margin]
    #[arg(long, value_name = "NAME")]
    pub outcome: Option<String>,
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

/// Reads `p10`, `P2.5`, `10%` or `0.1`.
fn parse_level(text: &str) -> Result<f64, String> {
    let wrong = || "expected a percentile from p0 to p100, such as p10".to_owned();
    let level = match text.strip_prefix(['p', 'P']) {
        Some(percent) => percent.parse::<f64>().map_err(|_| wrong())? / 100.0,
        None => crate::units::parse_number(text).map_err(|_| wrong())?,
    };
    (0.0..=1.0).contains(&level).then_some(level).ok_or_else(wrong)
}

impl Replay {
    /// Simulates the scenario, looks at one of its quarters, writes its folder, and replies with its story.
    ///
    /// # Errors
    ///
    /// Why it could not be done; nothing is written then.
    pub fn execute(&self, width: usize, progress: &dyn Progress) -> Result<Reply, Failure> {
        let formats = self.output.formats("replay", Format::TOLD)?;
        let started = Instant::now();
        let Loaded { scenario, draft } = self.plan.load(&self.scenario, self.variant.as_deref())?;
        let outcome = outcome_of(self.outcome.as_deref(), &scenario)?;
        let name = format!("{}{REPLAYED}", scenario.results_name);
        let place = self.output.place(&name)?;
        let (runs, seed) = (self.plan.runs_of(&scenario), self.plan.seed_of(&scenario));
        if let Some(draw) = self.draw.filter(|&draw| draw >= runs) {
            return Err(Failure::Usage(format!(
                "--draw {draw}: {runs} are simulated, from 0 to {}; ask for more --runs",
                runs - 1
            )));
        }
        Load::of_forecast(&scenario.plan).check(runs)?;
        progress.begin(runs, runs);
        let forecast = forecast(&scenario, runs, seed, progress)?;
        let which = self.draw.map_or(Which::Near(self.near), Which::Number);
        let Some(seen) = Seen::of(&scenario, &forecast, outcome, which) else {
            return Err(Failure::Usage(format!("--outcome: no simulated quarter has {}", outcome.outcome().key)));
        };
        let report = ReplayReport::of(&scenario, &forecast, &seen);
        let summary = report.summary(started.elapsed().as_secs_f64());
        let options = charts(&formats);
        let mut files = report.draw(&options)?;
        let run = AsRun { runs, seed, folder: &self.output.folder(&name), varied: &[] };
        let made =
            Made::of(self.command(runs, seed, seen.draw), options.day, run, [("scenario.toml", &draft, &scenario)]);
        files.extend(page_files(&formats, || report.page(&draft, &made))?);
        files.extend(made.texts());
        let text = || report.text(width);
        self.output.deliver(&place, files, &summary, text, progress)
    }

    /// The command that shows the same quarter again.
    fn command(&self, runs: u64, seed: u64, draw: u64) -> String {
        let mut words = Words::of("replay");
        words.word(&self.scenario.to_string_lossy());
        words.option("--draw", Some(&draw.to_string()));
        words.option("--outcome", self.outcome.as_deref());
        words.option("--variant", self.variant.as_deref());
        words.plan(&self.plan, runs, seed)
    }
}

#[cfg(test)]
mod tests {
    use super::parse_level;

    #[test]
    fn levels_are_read_as_people_write_them() {
        for (text, level) in [("p10", 0.1), ("P2.5", 0.025), ("10%", 0.1), ("0.9", 0.9), ("p100", 1.0)] {
            assert_eq!(parse_level(text), Ok(level), "{text}");
        }
        for text in ["", "p", "p101", "-1", "10", "ten"] {
            assert!(parse_level(text).is_err(), "{text}");
        }
    }
}
