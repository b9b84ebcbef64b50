//! One file a subcommand: its arguments and what it does. A command returns a reply and prints nothing.

mod again;
mod ask;
pub mod backtest;
mod budget_table;
pub mod calibrate;
pub mod check;
pub mod compare;
pub mod completions;
mod contenders;
pub mod explain;
pub mod goal;
pub mod init;
mod last_quarter;
pub mod man;
pub mod merge;
pub mod optimize;
mod option_text;
mod options;
mod part;
pub mod replay;
pub mod run;
pub mod schema;
pub mod sensitivity;
pub mod serve;
pub mod sweep;
mod today;
pub mod update;

pub use options::OutputOptions;

use std::path::PathBuf;

use crate::analysis::CompareError;
use crate::analysis::update::Unusable;
use crate::engine::{Stopped, TooMuch};
use crate::parts::PartFaults;
use crate::reading::{nearest, unknown};
use crate::records::RecordFaults;
use crate::report::{FileError, WriteError};
use crate::scenario::LoadError;

/// What a command answers.
#[derive(Debug, Default)]
pub struct Reply {
    /// for standard output
    pub text: String,
    /// the folder that was written
    pub written: Option<PathBuf>,
    /// what could not be done, or not as it was asked for, beside what is said in `text`
    pub troubles: Vec<Failure>,
}

impl Reply {
    /// An answer that is all text.
    pub fn said(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// Why a command could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// a scenario is wrong, or can't be read
    #[error(transparent)]
    Scenario(#[from] LoadError),
    /// exports are wrong
    #[error("{0}")]
    Records(RecordFaults),
    /// exports leave something open that was written as questions
    #[error("{asked}\n  The questions are in {path}, a line each. Answer them there, and give the file with --map {path}", path = .path.display())]
    Asked {
        /// what is asked, in lines
        asked: String,
        /// the map
        path: PathBuf,
    },
    /// the command line is wrong
    #[error("{0}")]
    Usage(String),
    /// files can't be written
    #[error(transparent)]
    Write(#[from] WriteError),
    /// parts make no whole
    #[error("{0}")]
    Parts(PartFaults),
    /// a file can't be made of results
    #[error(transparent)]
    Made(#[from] FileError),
    /// one file can't be written
    #[error("{path} can't be written: {error}", path = .path.display())]
    File {
        /// the file
        path: PathBuf,
        /// why
        error: std::io::Error,
    },
    /// one file would take the place of another
    #[error("{} exists already and was left as it is; name another file with --out", .0.display())]
    Taken(PathBuf),
    /// what was asked for could not be printed
    #[error("standard output can't be written: {0}")]
    Print(std::io::Error),
    /// results were written, but what was to be printed could not be
    #[error("standard output can't be written: {error}; the results are in {folder}", folder = .folder.display())]
    PrintBesides {
        /// why
        error: std::io::Error,
        /// the folder of results
        folder: PathBuf,
    },
    /// it is more than a command may take
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
    /// the system gives no threads to work with
    #[error("the work needs threads, and the system gives none ({0}): allow more, or ask for fewer with --threads")]
    Threads(String),
    /// the questions could not be asked
    #[error("the questions can't be asked: {0}; answers can also come through a pipe, one a line")]
    Asking(std::io::Error),
    /// what was looked for does not exist; the results say what comes nearest
    #[error("{0}")]
    NoSolution(String),
    /// the page can't be served
    #[error("{0}")]
    Serve(String),
    /// what came can't be laid over the plan
    #[error(transparent)]
    Unusable(#[from] Unusable),
    /// it was interrupted
    #[error("stopped; nothing was written")]
    Stopped(#[from] Stopped),
}

impl From<CompareError> for Failure {
    fn from(error: CompareError) -> Self {
        match error {
            CompareError::Stopped(stopped) => stopped.into(),
            CompareError::TooMuch(too_much) => too_much.into(),
        }
    }
}

impl Failure {
    /// That `name` is none of `names`: with the one that was probably meant, else with what `otherwise` says.
    fn unknown<'a>(
        noun: &str,
        name: &str,
        names: impl IntoIterator<Item = &'a str>,
        otherwise: impl FnOnce() -> String,
    ) -> Self {
        let hint = nearest(name, names).map_or_else(otherwise, |meant| format!("did you mean {meant}?"));
        Self::Usage(format!("{}; {hint}", unknown(noun, name)))
    }

    /// The exit code: 2 where the command line or a scenario is wrong, 1 where it could not be done.
    pub fn code(&self) -> u8 {
        match self {
            Self::Scenario(LoadError::Faulty { .. })
            | Self::Records(_)
            | Self::Asked { .. }
            | Self::Usage(_)
            | Self::Parts(_)
            | Self::TooMuch(_) => 2,
            _ => 1,
        }
    }
}
