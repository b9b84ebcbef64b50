//! `foremix merge`: parts of a run, simulated apart, become what one run gives.

use std::path::PathBuf;

use clap::{Args, FromArgMatches};

use crate::engine::Progress;
use crate::parts::{PartFaults, fitting};
use crate::reading::Files;
use crate::scenario::Loader;

use super::again::typed;
use super::compare::Compare;
use super::options::{OutputOptions, parse_threads};
use super::part::{DrawSource, OpenPart};
use super::run::Run;
use super::sweep::Sweep;
use super::{Failure, Reply};

/// Arguments of `foremix merge`.
#[derive(Args, Clone, Debug)]
pub struct Merge {
    /// The parts, in any order: files that run, compare or sweep wrote with --draws and --part
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
    /// How many threads to use [default: all]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = parse_threads())]
    pub threads: Option<u16>,
    /// Where the results go
    #[command(flatten)]
    pub output: OutputOptions,
}

impl Merge {
    /// Joins the parts, writes the folder that one run writes, and replies as it does.
    ///
    /// # Errors
    ///
    /// Why the parts make no whole, or why it could not be done; nothing is written then.
    pub fn execute(&self, width: usize, progress: &dyn Progress) -> Result<Reply, Failure> {
        let broken = |fault| Failure::Parts(PartFaults(vec![fault]));
        let parts = fitting(&Files::default(), &self.parts, typed).map_err(Failure::Parts)?;
        // There is at least one, and all are of one command.
        let (first, last) = (&parts[0], &parts[parts.len() - 1]);
        let (command, runs) = (first.whole.header.command.clone(), last.whole.header.draws.end);
        let loader = Loader::of(Files::unpacked(first.body().map_err(broken)?.files));
        let source = DrawSource::Parts(parts.into_iter().map(OpenPart::of).collect());
        match command.first().map(String::as_str) {
            Some("run") => {
                let mut run: Run = read(&command)?;
                (run.plan.runs, run.output) = (Some(runs), self.output.clone());
                run.answer(&loader, source, width, progress)
            }
            Some("compare") => {
                let mut compare: Compare = read(&command)?;
                (compare.plan.runs, compare.output) = (Some(runs), self.output.clone());
                compare.answer(&loader, source, width, progress)
            }
            Some("sweep") => {
                let mut sweep: Sweep = read(&command)?;
                (sweep.plan.runs, sweep.output) = (Some(runs), self.output.clone());
                sweep.answer(&loader, source, width, progress)
            }
            _ => Err(Failure::Usage(format!("there are no parts of `{}`", typed(&command)))),
        }
    }
}

/// Reads the command that parts carry, as it was typed.
fn read<C: Args + FromArgMatches>(command: &[String]) -> Result<C, Failure> {
    let name = command.first().cloned().unwrap_or_default();
    let wrong = |error: clap::Error| Failure::Usage(format!("the command of the parts can't be read: {error}"));
    let matches = C::augment_args(clap::Command::new(name)).try_get_matches_from(command).map_err(wrong)?;
    C::from_arg_matches(&matches).map_err(wrong)
}
