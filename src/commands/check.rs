//! `foremix check`: is the file right, and does it make sense? All faults at once, the plan read back; no forecast.

use std::path::PathBuf;

use clap::Args;

use crate::report;
use crate::scenario::Loaded;
use crate::text::wrap;

use super::options::ReadingOptions;
use super::{Failure, Reply};

/// Arguments of `foremix check`.
#[derive(Args, Clone, Debug)]
pub struct Check {
    /// The scenario files
    #[arg(required = true)]
    pub scenarios: Vec<PathBuf>,
    /// Change a figure of the files: channels.ppc.budget=90k (may be repeated)
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// What may be read
    #[command(flatten)]
    pub reading: ReadingOptions,
}

impl Check {
    /// Checks every file. The reply names those that are right, reads their plans back with what a planner should know of
    /// them, in lines of `width` columns, and holds the faults of those that are not.
    ///
    /// # Errors
    ///
    /// That the folder of --confine is none.
    pub fn execute(&self, width: usize) -> Result<Reply, Failure> {
        let loader = self.reading.loader()?;
        let mut text = String::new();
        let mut troubles = Vec::new();
        for path in &self.scenarios {
            match loader.load(path, None, &self.set) {
                Ok(Loaded { scenario, .. }) => {
                    let inputs = scenario.plan.parts.inputs.list().len();
                    text.push_str(&format!(
                        "{}: right. {} and {}.\n",
                        path.display(),
                        counted(scenario.plan.parts.channels.len(), "channel"),
                        counted(inputs, "uncertain input"),
                    ));
                    text.push_str(&report::read_back(&scenario, width));
                    text.push('\n');
                    for note in &scenario.notes {
                        let note = format!("  Note: {}", report::note(note));
                        text.push_str(&format!("{}\n", wrap(&note, width, "    ")));
                    }
                }
                Err(failure) => troubles.push(Failure::from(failure)),
            }
        }
        Ok(Reply { text, troubles, ..Reply::default() })
    }
}

fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
