//! Where results went, or why they could not be written.

use std::io;
use std::path::PathBuf;

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
