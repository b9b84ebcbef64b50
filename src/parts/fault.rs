//! Why parts can't be merged.

use std::fmt;
use std::path::PathBuf;

use crate::reading::Refusal;

/// Why a file can't be merged.
#[derive(Debug, thiserror::Error)]
pub enum PartFault {
    /// it can't be read
    #[error("{} can't be read: {error}", path.display())]
    Unreadable {
        /// the file
        path: PathBuf,
        /// why
        error: Refusal,
    },
    /// it is something else
    #[error("{} is not a part: parts come from foremix run PLAN --draws FIRST..LAST --part FILE", path.display())]
    NotAPart {
        /// the file
        path: PathBuf,
    },
    /// its format is another than that of this version
    #[error("{} has the format of another version of foremix: merge parts with the version that made them", path.display())]
    OtherFormat {
        /// the file
        path: PathBuf,
    },
    /// bytes are missing, or are not those that were written
    #[error("{} is torn: its checksum does not match, so bytes are missing or were changed. Copy it again, or make it again", path.display())]
    Torn {
        /// the file
        path: PathBuf,
    },
    /// it does not go with this program, or with the first part
    #[error("{} {why}", path.display())]
    Other {
        /// the file
        path: PathBuf,
        /// what is not as it must be
        why: String,
    },
    /// draws that no part holds
    #[error("no part holds the draws {draws}; this makes them:\n  {command} --draws {draws} --part FILE")]
    Gap {
        /// which
        draws: String,
        /// the command, as one types it
        command: String,
    },
    /// draws that two parts hold
    #[error("{} and {} both hold the draws {draws}: leave one of them out", one.display(), other.display())]
    Overlap {
        /// a file
        one: PathBuf,
        /// the other
        other: PathBuf,
        /// which draws
        draws: String,
    },
}

/// Why files can't be merged: one reason or more.
#[derive(Debug)]
pub struct PartFaults(pub Vec<PartFault>);

impl fmt::Display for PartFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            let line = if at == 0 { "" } else { "\n" };
            write!(f, "{line}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for PartFaults {}
