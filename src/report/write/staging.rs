//! A private folder beside the place asked for, filled and flushed before it is put there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;
use tempfile::TempDir;

use super::destination::Destination;
use super::listing::{self, LIST};

/// What names of private folders begin with, and end with.
pub(super) const PREFIX: &str = ".foremix-";
pub(super) const SUFFIX: &str = ".new";

/// A filled folder that has not taken its place yet. It is deleted when it is dropped.
pub(super) struct Staging {
    pub(super) folder: TempDir,
    /// its list, locked as long as the process lives: others sweep only what nobody holds
    pub(super) lock: File,
}

impl Staging {
    /// Makes the folder, lists what it will hold, writes that, and waits until the disk has it.
    pub(super) fn fill(files: &[(String, Vec<u8>)], destination: &Destination) -> io::Result<Self> {
        let folder = new_folder(&destination.parent)?;
        let path = folder.path();
        let mut list = File::create_new(path.join(LIST))?;
        // Where locks are unknown (some network file systems), age decides what is swept.
        let _ = list.try_lock();
        let text = listing::text(&destination.name, files.iter().map(|(name, _)| name.as_str()));
        list.write_all(text.as_bytes())?;
        list.sync_all()?;
        files.par_iter().try_for_each(|(name, bytes)| {
            let mut file = File::create_new(path.join(name))?;
            file.write_all(bytes)?;
            file.sync_all()
        })?;
        sync_folder(path)?;
        Ok(Self { folder, lock: list })
    }
}

/// A new private folder in `parent`, with the permissions that any new folder of this user gets.
pub(super) fn new_folder(parent: &Path) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The system takes the umask off.
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(parent)
}

/// Waits until the disk has the names in a folder; systems that can't do so for a folder are left alone.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        match fs::File::open(path).and_then(|folder| folder.sync_all()) {
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {}
            synced => return synced,
        }
    }
    Ok(())
}
