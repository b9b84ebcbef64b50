//! A single file, whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::lock::writing;
use super::private_folder::{PREFIX, sync_folder};

/// What the names of private files end with.
const SUFFIX: &str = ".part";

/// Bytes by which an earlier file of the same kind is known.
const START: u64 = 64;

/// A place where a single file may go.
#[derive(Debug)]
pub struct FilePlace {
    path: PathBuf,
    parent: PathBuf,
}

impl FilePlace {
    /// Looks at the place, so that work is not done for nothing. A file that is there may be replaced if `is_own` knows
    /// its first bytes. Nothing is left there.
    ///
    /// # Errors
    ///
    /// Why the file can't go there.
    pub fn at(path: &Path, is_own: impl Fn(&[u8]) -> bool) -> Result<Self, WriteError> {
        let failed = |error| WriteError::Io { path: path.to_owned(), error };
        match File::open(path) {
            Ok(file) => {
                let mut start = Vec::new();
                let is_file = file.metadata().map_err(failed)?.is_file();
                if is_file {
                    file.take(START).read_to_end(&mut start).map_err(failed)?;
                }
                if !is_file || !is_own(&start) {
                    return Err(WriteError::ForeignFile(path.to_owned()));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let _writing = writing();
        private_file(&parent).and_then(tempfile::NamedTempFile::close).map_err(failed)?;
        Ok(Self { path: path.to_owned(), parent })
    }

    /// Writes the file: to a private one beside it, which then takes its place.
    ///
    /// # Errors
    ///
    /// Why it could not be written; whatever stood there is as it was, and nothing is left beside it.
    pub fn write(&self, bytes: &[u8]) -> Result<(), WriteError> {
        let _writing = writing();
        let written = || -> io::Result<()> {
            let mut file = private_file(&self.parent)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(&self.path)?;
            sync_folder(&self.parent)
        };
        written().map_err(|error| WriteError::Io { path: self.path.clone(), error })
    }
}

/// A private file in a folder, with the permissions that any new file of this user gets.
pub(super) fn private_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The system takes the umask off.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_replaces_its_like_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("own");
        let is_own = |start: &[u8]| start.starts_with(b"own");
        FilePlace::at(&path, is_own).expect("a free place").write(b"own 1").expect("it is written");
        FilePlace::at(&path, is_own).expect("its like").write(b"own 2").expect("it is written");
        assert_eq!(fs::read(&path).expect("the file"), b"own 2");
        fs::write(folder.path().join("plan.toml"), "name = 1").expect("a file");
        for taken in ["plan.toml", "."] {
            let refused = FilePlace::at(&folder.path().join(taken), is_own);
            assert!(matches!(refused, Err(WriteError::ForeignFile(_))), "{taken}: {refused:?}");
        }
        assert!(FilePlace::at(&folder.path().join("none/own"), is_own).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 2);
    }
}
