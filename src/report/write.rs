//! The only place that writes files: a folder whole, or not at all.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A folder of results, ready to be written.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// the files: name and bytes
    pub files: Vec<(String, Vec<u8>)>,
}

/// The list of files that stands in every folder of results: what it names may be replaced, nothing else.
const LIST: &str = ".foremix";

/// Why a folder could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// the path is taken by something else
    #[error("{0} is a file, where the results want a folder: name another with --out")]
    NotAFolder(PathBuf),
    /// the path can't be that of a new folder
    #[error("the results can't take the place of {}: name a folder of their own with --out", .0.display())]
    NoPlace(PathBuf),
    /// the folder holds something that no run has written
    #[error("{folder} holds {foreign}, which no forecast wrote, and is left as it is: name another folder with --out", folder = .0.display(), foreign = .1.display())]
    Foreign(PathBuf, PathBuf),
    /// the system said no
    #[error("the results can't be written to {path}: {error}")]
    Io {
        /// where
        path: PathBuf,
        /// why
        error: io::Error,
    },
}

/// A place where a folder of results may go: nothing, or the results of an earlier run, stand there now.
#[derive(Debug)]
pub struct Destination {
    /// as it was named
    path: PathBuf,
    /// the folder that it will stand in
    parent: PathBuf,
    /// its name there
    name: OsString,
    /// whether an earlier one stands there
    taken: bool,
}

impl Destination {
    /// Looks at the place, so that work is not done for nothing. Nothing is written yet.
    ///
    /// # Errors
    ///
    /// Why results can't go there.
    pub fn at(path: &Path) -> Result<Self, WriteError> {
        let failed = |error: io::Error| WriteError::Io { path: path.to_owned(), error };
        let taken = match fs::metadata(path) {
            Ok(metadata) if !metadata.is_dir() => {
                return Err(WriteError::NotAFolder(path.to_owned()));
            }
            Ok(_) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(failed(error)),
        };
        // Where something stands, links and dots are followed to it: the folder itself is exchanged, a link stays.
        let real = if taken {
            let real = path.canonicalize().map_err(failed)?;
            let here = std::env::current_dir().and_then(|here| here.canonicalize());
            if here.is_ok_and(|here| here.starts_with(&real)) {
                return Err(WriteError::NoPlace(path.to_owned()));
            }
            real
        } else {
            path.to_owned()
        };
        let Some(name) = real.file_name() else {
            return Err(WriteError::NoPlace(path.to_owned()));
        };
        if taken {
            only_ours(&real, path)?;
        }
        let parent = match real.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        Ok(Self { path: path.to_owned(), parent, name: name.to_owned(), taken })
    }
}

impl Folder {
    /// Adds a file.
    pub fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>) {
        self.files.push((name.into(), bytes));
    }

    /// Writes the folder: all files go to a new folder beside it, which then takes its place. What stood there before
    /// is gone only when all is written.
    ///
    /// # Errors
    ///
    /// Why it could not be written; whatever stood there is as it was, and nothing is left beside it.
    pub fn write(&self, destination: &Destination) -> Result<(), WriteError> {
        let made = Parents::make(&destination.parent);
        let written = made.and_then(|made| self.write_in(destination).inspect_err(|_| made.take_back()));
        written.map_err(|error| WriteError::Io { path: destination.path.clone(), error })
    }

    fn write_in(&self, destination: &Destination) -> io::Result<()> {
        let target = destination.parent.join(&destination.name);
        let fresh = tempfile::Builder::new().prefix(".foremix-").suffix(".new").tempdir_in(&destination.parent)?;
        let mut list =
            String::from("# Written by foremix. The next run replaces these files, and no folder that holds others.\n");
        for (file, bytes) in &self.files {
            fs::write(fresh.path().join(file), bytes)?;
            list.push_str(file);
            list.push('\n');
        }
        fs::write(fresh.path().join(LIST), list)?;
        open_to_others(&fresh)?;
        if destination.taken {
            exchange(fresh.path(), &target)?;
            // What was exchanged out is the old folder; it goes with the temporary one.
            fresh.close()
        } else {
            fs::rename(fresh.path(), &target)?;
            // Its contents have moved: there is nothing left to remove.
            let _ = fresh.keep();
            Ok(())
        }
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
        fs::create_dir_all(path).inspect_err(|_| made.take_back())?;
        Ok(made)
    }

    /// Removes them again, from the innermost out, as far as they are empty.
    fn take_back(&self) {
        for path in &self.0 {
            let _ = fs::remove_dir(path);
        }
    }
}

/// Is the folder empty, or does it hold what an earlier run has listed and nothing else?
fn only_ours(real: &Path, path: &Path) -> Result<(), WriteError> {
    let failed = |error: io::Error| WriteError::Io { path: path.to_owned(), error };
    let list = fs::read_to_string(real.join(LIST)).unwrap_or_default();
    for entry in fs::read_dir(real).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let listed = name == LIST || list.lines().any(|own| name == own);
        if !listed || entry.path().is_dir() {
            return Err(WriteError::Foreign(path.to_owned(), name.into()));
        }
    }
    Ok(())
}

/// Temporary folders are private; results are as readable as any new folder.
fn open_to_others(folder: &TempDir) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
    }
    let _ = folder;
    Ok(())
}

/// Puts each folder in the other's place, in one step where the system can.
fn exchange(fresh: &Path, old: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, fresh, CWD, old, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            // Some file systems can't; the way around is below.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut aside = fresh.as_os_str().to_owned();
    aside.push(".old");
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(fresh, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, fresh)
}
