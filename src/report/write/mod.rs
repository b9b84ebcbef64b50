//! The only place that writes files: a folder whole, or not at all; single files among those of others ([`loose`]).
//!
//! All files go to a private folder beside the place asked for ([`staging`]), are flushed to the disk, and take the
//! place in one step ([`exchange`]). Of what stood there before, only files that a forecast has listed are deleted.

mod destination;
mod error;
mod exchange;
mod leftovers;
mod listing;
mod lock;
mod loose;
mod private_folder;
mod single;
mod staging;

use std::io;
use std::path::{Path, PathBuf};

use lock::writing;
use staging::Staging;

pub use destination::Destination;
pub use error::{WriteError, Written};
pub use lock::wait_for_writing;
pub use loose::{append_line, write_file, write_into, write_new_file};
pub use single::FilePlace;

/// A folder of results, ready to be written.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// the files: name and bytes
    pub files: Vec<(String, Vec<u8>)>,
}

impl Folder {
    /// Adds a file.
    pub fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>) {
        self.files.push((name.into(), bytes));
    }

    /// Writes the folder: all files go to a new folder beside it, which then takes its place. What stood there before
    /// is gone only when all is written. Where the place has been taken by something else since `destination` was
    /// looked at, the results go beside it, and [`Written::trouble`] says why.
    ///
    /// # Errors
    ///
    /// Why it could not be written; whatever stood there is as it was, and nothing is left beside it.
    pub fn write(&self, destination: &Destination) -> Result<Written, WriteError> {
        let _writing = writing();
        let failed = |error| WriteError::Io { path: destination.path.clone(), error };
        let made = Parents::make(&destination.parent).map_err(failed)?;
        leftovers::sweep(&destination.parent);
        let staged = Staging::fill(&self.files, destination).map_err(failed);
        staged.and_then(|staged| exchange::put_in_place(staged, destination)).inspect_err(|_| made.take_back())
    }
}

/// Folders that were made to hold another.
struct Parents(Vec<PathBuf>);

impl Parents {
    /// Makes `path` and what it lacks above it; the lot is taken back where that fails half-way.
    fn make(path: &Path) -> io::Result<Self> {
        let lacking: Vec<PathBuf> = path
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
            .map(Path::to_owned)
            .collect();
        let made = Self(lacking);
        std::fs::create_dir_all(path).inspect_err(|_| made.take_back())?;
        Ok(made)
    }

    /// Removes them again, from the innermost out, as far as they are empty.
    fn take_back(&self) {
        for path in &self.0 {
            let _ = std::fs::remove_dir(path);
        }
    }
}
