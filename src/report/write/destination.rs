//! A place where a folder of results may go, looked at before any work is done.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::listing::Contents;
use super::lock::writing;
use super::private_folder::new_folder;

/// A place where a folder of results may go: nothing, or the results of an earlier run, stand there now.
#[derive(Debug)]
pub struct Destination {
    /// as it was named
    pub(super) path: PathBuf,
    /// the folder that it will stand in
    pub(super) parent: PathBuf,
    /// its name there
    pub(super) name: OsString,
}

impl Destination {
    /// Looks at the place, so that work is not done for nothing. Nothing is left there.
    ///
    /// # Errors
    ///
    /// Why results can't go there.
    pub fn at(path: &Path) -> Result<Self, WriteError> {
        let failed = |error: io::Error| WriteError::Io { path: path.to_owned(), error };
        let taken = match fs::metadata(path) {
            Ok(metadata) if !metadata.is_dir() => return Err(WriteError::NotAFolder(path.to_owned())),
            Ok(_) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if path.is_symlink() {
                    return Err(WriteError::Dangling(path.to_owned()));
                }
                false
            }
            Err(error) => return Err(failed(error)),
        };
        // Where something stands, links and dots are followed to it: the folder itself is exchanged, a link stays.
        let real = if taken { path.canonicalize().map_err(failed)? } else { path.to_owned() };
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        if taken && here.is_ok_and(|here| here.starts_with(&real)) {
            return Err(WriteError::NoPlace(path.to_owned()));
        }
        let Some(name) = real.file_name() else {
            return Err(WriteError::NoPlace(path.to_owned()));
        };
        let parent = match real.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        if taken {
            replaceable(&real, path)?;
        }
        writable(&parent).map_err(failed)?;
        Ok(Self { path: path.to_owned(), parent, name: name.to_owned() })
    }

    /// The folder itself, links followed.
    pub(super) fn target(&self) -> PathBuf {
        self.parent.join(&self.name)
    }
}

/// Can the folder at `real`, named as `path`, be replaced: is it no mount point, does it hold only what an earlier run
/// has listed, and may this user delete that?
fn replaceable(real: &Path, path: &Path) -> Result<(), WriteError> {
    if is_mount_point(real) {
        return Err(WriteError::MountPoint(path.to_owned()));
    }
    let contents = Contents::of(real).map_err(|error| WriteError::Io { path: path.to_owned(), error })?;
    if let Some(foreign) = contents.foreign {
        return Err(WriteError::Foreign(path.to_owned(), foreign.into()));
    }
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        access(real, Access::WRITE_OK | Access::EXEC_OK)
            .map_err(|error| WriteError::Fixed { folder: path.to_owned(), error: error.into() })?;
    }
    Ok(())
}

/// Can folders be made in `parent`, or in the nearest folder above that is there?
fn writable(parent: &Path) -> io::Result<()> {
    let there = parent.ancestors().find(|above| above.as_os_str().is_empty() || above.exists());
    let there = there.filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _writing = writing();
    new_folder(there)?.close()
}

#[cfg(target_os = "linux")]
fn is_mount_point(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, folder, AtFlags::empty(), StatxFlags::empty())
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_mount_point(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    folder.parent().is_some_and(|parent| device(parent) != device(folder))
}

#[cfg(not(unix))]
fn is_mount_point(_folder: &Path) -> bool {
    false
}
