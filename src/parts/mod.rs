//! Part files: some draws of a command, simulated apart from the others and merged with them later.
//!
//! A part stands by itself. It carries the command that it is part of, every file that was read for it, and a checksum, so
//! that it can be merged where the plan is not, and so that what does not belong together is told.

mod fault;
mod fit;
mod format;

use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::engine::PartDraws;
use crate::reading::Packed;

pub use fault::{PartFault, PartFaults};
pub use fit::fitting;
pub use format::{PartFile, begins_like_a_part, encode};

/// What a part is part of, and which draws it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// the version of foremix that made it
    pub version: String,
    /// the system that it was made on: last digits differ between systems
    pub target: String,
    /// the command that it is part of, word by word
    pub command: Vec<String>,
    /// the hash of every scenario of the command
    pub scenarios: Vec<String>,
    /// the seed
    pub seed: u64,
    /// the draws, the first of a run being number 0
    pub draws: Range<u64>,
}

/// What a part holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Body {
    /// every file that was read
    pub files: Vec<Packed>,
    /// the draws of every plan, in the order in which the command asks for them
    pub simulations: Vec<PartDraws>,
}

/// The version of this program, and the system that it was built for.
#[must_use]
pub fn this_build() -> (String, String) {
    let abi = match () {
        () if cfg!(target_env = "gnu") => "-gnu",
        () if cfg!(target_env = "musl") => "-musl",
        () if cfg!(target_env = "msvc") => "-msvc",
        () => "",
    };
    let target = format!("{}-{}{abi}", std::env::consts::ARCH, std::env::consts::OS);
    (env!("CARGO_PKG_VERSION").to_owned(), target)
}

impl Header {
    /// The draws as people count them, from 1.
    #[must_use]
    pub fn told(&self) -> String {
        told(&self.draws)
    }
}

/// Draws as people count them, from 1: `1..250000`, as `--draws` takes it.
#[must_use]
pub fn told(draws: &Range<u64>) -> String {
    format!("{}..{}", draws.start + 1, draws.end)
}

/// A part that was found whole, and where.
#[derive(Clone, Debug)]
pub struct Whole {
    /// its path
    pub path: PathBuf,
    /// what it is
    pub header: Header,
}
