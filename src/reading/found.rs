//! What a path leads to, or why nothing is read there.

use std::io;
use std::path::PathBuf;

/// Why the door stays shut.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// nothing has that path
    #[error("no such file")]
    Missing,
    /// the path is that of a folder
    #[error("this is a folder, not a file")]
    Folder,
    /// a device, a socket: nothing with an end
    #[error("this is a device, not a file")]
    Device,
    /// the path leads out of the folder that reading is held to
    #[error("the path leads out of {}, which --confine does not allow", .0.display())]
    Outside(PathBuf),
    /// more bytes than were asked for
    #[error("the file is too large")]
    TooLarge,
    /// nobody writes into the pipe
    #[error("nothing came through this pipe")]
    Silent,
    /// the system said no
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// what it is known by: two paths that lead to one file have the same
    pub identity: PathBuf,
    /// whether it can be read only once: a pipe, standard input
    pub is_stream: bool,
}
