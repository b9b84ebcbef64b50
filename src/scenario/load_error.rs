//! Why a scenario could not be loaded.

use std::io;
use std::path::PathBuf;

use crate::reading::{Diagnostics, Sources};

/// Why a scenario could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// the file is no scenario, or a faulty one
    #[error("{}", .faults.render(.sources, false))]
    Faulty {
        /// what is wrong
        faults: Diagnostics,
        /// the texts that the faults point into
        sources: Sources,
    },
    /// the file could not be read
    #[error("{path} can't be read: {error}")]
    Unreadable {
        /// the file
        path: PathBuf,
        /// why
        error: io::Error,
    },
}

impl LoadError {
    /// Faults in the order of their places.
    pub(super) fn faulty(faults: Diagnostics, sources: Sources) -> Self {
        Self::Faulty { faults: faults.sorted(), sources }
    }
}
