//! Files of the disk: where paths lead, what stands there, and pipes read to their ends.

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use super::found::{Found, Refusal};

/// A pipe into which nobody writes is given up after this time.
const PATIENCE: Duration = Duration::from_secs(5);

/// A file of the disk; only inside a folder, where there is one to keep to.
pub(super) fn find(path: &Path, within: Option<&Path>) -> Result<Found, Refusal> {
    if let Some(folder) = within
        && !leads_to(path)?.starts_with(folder)
    {
        // Said of all paths out of the folder alike, whether there is a file or not.
        return Err(Refusal::Outside(folder.to_owned()));
    }
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Refusal::Missing,
        _ => Refusal::Io(error),
    })?;
    if metadata.is_dir() {
        return Err(Refusal::Folder);
    }
    if metadata.is_file() {
        // A file without a name any more has its path alone.
        let identity = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        return Ok(Found { identity, is_stream: false });
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::{FileTypeExt, MetadataExt};
        if metadata.file_type().is_fifo() {
            let identity = PathBuf::from(format!("pipe {}:{}", metadata.dev(), metadata.ino()));
            return Ok(Found { identity, is_stream: true });
        }
    }
    Err(Refusal::Device)
}

/// Where a path leads, links followed as far as anything is there.
///
/// # Errors
///
/// That there is no present folder.
pub fn leads_to(path: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(path)?;
    let mut rest = Vec::new();
    let mut there = whole.as_path();
    loop {
        if let Ok(real) = there.canonicalize() {
            return Ok(tidy(&rest.into_iter().rev().fold(real, |path: PathBuf, part| path.join(part))));
        }
        match (there.parent(), there.components().next_back()) {
            (Some(parent), Some(part)) => {
                rest.push(part);
                there = parent;
            }
            _ => return Ok(tidy(&whole)),
        }
    }
}

/// The path without `.`, and without `..` as far as there is something before it.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}

/// Reads a pipe to its end. It is opened without waiting for a writer, since there may never be one.
#[cfg(unix)]
pub(super) fn drain(path: &Path, most: u64) -> Result<Vec<u8>, Refusal> {
    use std::os::unix::fs::OpenOptionsExt;
    const PAUSE: Duration = Duration::from_millis(5);
    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let mut pipe = fs::OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    let (mut bytes, mut part, mut waited) = (Vec::new(), vec![0; 1 << 16], Duration::ZERO);
    loop {
        match pipe.read(&mut part) {
            Ok(0) if !bytes.is_empty() => return Ok(bytes),
            Ok(0) if waited >= PATIENCE => return Err(Refusal::Silent),
            Ok(0) => {
                waited += PAUSE;
                std::thread::sleep(PAUSE);
            }
            Ok(count) => {
                bytes.extend_from_slice(&part[..count]);
                if bytes.len() as u64 > most {
                    return Err(Refusal::TooLarge);
                }
            }
            // Somebody is about to write.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => std::thread::sleep(PAUSE),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(not(unix))]
pub(super) fn drain(_: &Path, _: u64) -> Result<Vec<u8>, Refusal> {
    Err(Refusal::Device)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_their_detours() {
        for (path, same) in [("./a", "a"), ("b/../a", "a"), ("../a", "../a"), ("/x/../../a", "/../a"), ("a/./b", "a/b")]
        {
            assert_eq!(tidy(Path::new(path)), Path::new(same), "{path}");
        }
    }
}
