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

/// Files that a run may have left in its folder.
const OUR_ENDINGS: [&str; 8] = [
    "json", "html", "png", "svg", "csv", "parquet", "xlsx", "txt",
];

/// Why a folder could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// the path is taken by something else
    #[error("{0} is a file, where the results want a folder: name another with --out")]
    NotAFolder(PathBuf),
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
    /// Why it could not be written; whatever stood there is as it was.
    pub fn write(&self, path: &Path) -> Result<(), WriteError> {
        let failed = |error: io::Error| WriteError::Io {
            path: path.to_owned(),
            error,
        };
        let name = path
            .file_name()
            .map_or_else(|| OsString::from("output"), ToOwned::to_owned);
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let stands = check(path)?;
        fs::create_dir_all(&parent).map_err(failed)?;
        let mut prefix = OsString::from(".");
        prefix.push(&name);
        let fresh = tempfile::Builder::new()
            .prefix(&prefix)
            .suffix(".new")
            .tempdir_in(&parent)
            .map_err(failed)?;
        for (file, bytes) in &self.files {
            fs::write(fresh.path().join(file), bytes).map_err(failed)?;
        }
        open_to_others(&fresh).map_err(failed)?;
        if stands {
            exchange(fresh.path(), path).map_err(failed)?;
            // What was exchanged out is the old folder; it goes with the temporary one.
            fresh.close().map_err(failed)
        } else {
            let fresh = fresh.keep();
            fs::rename(&fresh, path).map_err(|error| {
                let _ = fs::remove_dir_all(&fresh);
                failed(error)
            })
        }
    }
}

/// Is there a folder of an earlier run? Anything else in its place is an error.
fn check(path: &Path) -> Result<bool, WriteError> {
    let failed = |error: io::Error| WriteError::Io {
        path: path.to_owned(),
        error,
    };
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_dir() => return Err(WriteError::NotAFolder(path.to_owned())),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(failed(error)),
    }
    let mut ours = true;
    let mut summary = false;
    let mut foreign = PathBuf::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = PathBuf::from(entry.file_name());
        let ending = name
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or("");
        summary |= name == Path::new("summary.json");
        if entry.path().is_dir() || !OUR_ENDINGS.contains(&ending) {
            ours = false;
            foreign = name;
        } else if foreign.as_os_str().is_empty() {
            foreign = name;
        }
    }
    // An empty folder is free; one of an earlier run holds a summary and nothing of another kind.
    if foreign.as_os_str().is_empty() || (ours && summary) {
        Ok(true)
    } else {
        Err(WriteError::Foreign(path.to_owned(), foreign))
    }
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
