//! The only place that writes files: a folder whole, or not at all; single files among those of others ([`loose`]).
//!
//! All files go to a private folder beside the place asked for ([`staging`]), are flushed to the disk, and take the
//! place in one step ([`exchange`]). Of what stood there before, only files that a forecast has listed are deleted.

mod destination;
mod exchange;
mod leftovers;
mod listing;
mod loose;
mod private_folder;
mod single;
mod staging;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use staging::Staging;

pub use destination::Destination;
pub use loose::{append_line, write_file, write_into, write_new_file};
pub use single::FilePlace;

/// A folder of results, ready to be written.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// the files: name and bytes
    pub files: Vec<(String, Vec<u8>)>,
}

/// Where results went.
#[derive(Debug)]
pub struct Written {
    /// the folder that holds them
    pub path: PathBuf,
    /// what is not as it was asked for: they are beside the place asked for, or earlier results could not be removed
    pub trouble: Option<WriteError>,
}

/// Why a folder could not be written, or not as it was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// the path is taken by something else
    #[error("{} is a file, and the results need a folder: name another with --out", .0.display())]
    NotAFolder(PathBuf),
    /// the path can't be that of a new folder
    #[error("the results can't take the place of {}: name a folder of their own with --out", .0.display())]
    NoPlace(PathBuf),
    /// the path is a link to nothing
    #[error("{} is a link that leads nowhere: remove it, or name another folder with --out", .0.display())]
    Dangling(PathBuf),
    /// the folder is where a file system is attached
    #[error("{} is a mount point, which can't be replaced: name a folder inside it with --out", .0.display())]
    MountPoint(PathBuf),
    /// the folder holds something that no run has written
    #[error("{folder} holds {foreign}, which no forecast wrote, and is left as it is: name another folder with --out", folder = .0.display(), foreign = .1.display())]
    Foreign(PathBuf, PathBuf),
    /// a single file would take the place of something else
    #[error("{} is there already and is something else: it is left as it is, name another file", .0.display())]
    ForeignFile(PathBuf),
    /// earlier results can't be removed
    #[error("the earlier results in {folder} can't be removed ({error}) and are left as they are: name another folder with --out", folder = .folder.display())]
    Fixed {
        /// where they are
        folder: PathBuf,
        /// why
        error: io::Error,
    },
    /// earlier results are only partly removed
    #[error("the results are in {folder}; what was there before could not be removed entirely ({error}) and is now in {aside}", folder = .folder.display(), aside = .aside.display())]
    Aside {
        /// where the new results are
        folder: PathBuf,
        /// where the rest of the earlier ones is
        aside: PathBuf,
        /// why
        error: io::Error,
    },
    /// the place can't be taken any more, and the results are beside it
    #[error("{why}; the results are in {}", .at.display())]
    Beside {
        /// where the results are
        at: PathBuf,
        /// why they are not where they were asked for
        why: Box<WriteError>,
    },
    /// the system said no
    #[error("the results can't be written to {path}: {error}", path = .path.display())]
    Io {
        /// where
        path: PathBuf,
        /// why
        error: io::Error,
    },
}

/// Held while a folder is being written: whoever ends the process waits for it, so that nothing is left half-done.
static WRITING: Mutex<()> = Mutex::new(());

/// Waits until no folder is being written, but not for ever: a disk that never answers must not keep a process alive.
/// While the guard is held, no writing begins.
#[must_use]
pub fn wait_for_writing() -> Option<MutexGuard<'static, ()>> {
    let begun = Instant::now();
    loop {
        match WRITING.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if begun.elapsed() > Duration::from_secs(5) => return None,
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn writing() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
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
