//! Private folders beside the results: their names, their permissions, and that the disk has them.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// What names of private folders begin with, and end with.
pub(super) const PREFIX: &str = ".foremix-";
pub(super) const SUFFIX: &str = ".new";

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
