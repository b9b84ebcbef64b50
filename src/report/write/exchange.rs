//! Puts a filled folder in its place, in one step where the system can; what stood there is looked at once more.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::destination::Destination;
use super::error::{WriteError, Written};
use super::listing::Contents;
#[cfg(not(windows))]
use super::listing::LIST;
use super::private_folder::sync_folder;
use super::staging::Staging;

/// Puts the folder where `destination` says, or beside it where that has become impossible.
///
/// # Errors
///
/// Why it can go nowhere; nothing has changed then.
pub(super) fn put_in_place(staged: Staging, destination: &Destination) -> Result<Written, WriteError> {
    let Staging { folder, lock } = staged;
    // A folder with an open file in it can't be renamed on Windows.
    #[cfg(windows)]
    drop(lock);
    let done = match place(folder.path(), destination) {
        Ok(trouble) => Ok(Written { path: destination.path.clone(), trouble }),
        Err(trouble) => match beside(folder.path(), destination) {
            Ok(path) => {
                let trouble = WriteError::Beside { at: path.clone(), why: Box::new(trouble) };
                Ok(Written { path, trouble: Some(trouble) })
            }
            Err(_) => Err(trouble),
        },
    };
    if done.is_ok() {
        // Its contents have moved, or it is another folder now: nothing of it is to be deleted.
        let _ = folder.keep();
        // The results are there; that a power cut could undo the last step is not worth an error.
        let _ = sync_folder(&destination.parent);
    }
    #[cfg(not(windows))]
    drop(lock);
    done
}

/// Puts the folder at `fresh` in its place. What may still be said beside a success is what is left of an earlier one.
fn place(fresh: &Path, destination: &Destination) -> Result<Option<WriteError>, WriteError> {
    let target = destination.target();
    let failed = |error| WriteError::Io { path: destination.path.clone(), error };
    match fs::symlink_metadata(&target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return rename_to_new(fresh, &target).map(|()| None).map_err(failed);
        }
        Err(error) => return Err(failed(error)),
        Ok(metadata) if !metadata.is_dir() => return Err(WriteError::NotAFolder(destination.path.clone())),
        Ok(_) => refuse_foreign(&Contents::of(&target).map_err(failed)?, destination)?,
    }
    exchange(fresh, &target).map_err(failed)?;
    // What was exchanged out is at `fresh` now. Something may have entered it in the last moment.
    let old = Contents::of(fresh).map_err(failed)?;
    let refused = refuse_foreign(&old, destination).and_then(|()| match old.delete() {
        Err((0, error)) => Err(WriteError::Fixed { folder: destination.path.clone(), error }),
        deleted => Ok(deleted),
    });
    let error = match refused {
        Ok(Ok(())) => return Ok(None),
        Ok(Err((_, error))) => error,
        Err(trouble) => match exchange(fresh, &target) {
            Ok(()) => return Err(trouble),
            Err(error) => error,
        },
    };
    let aside = visible(fresh, destination, "-old").unwrap_or_else(|_| fresh.to_owned());
    Ok(Some(WriteError::Aside { folder: destination.path.clone(), aside, error }))
}

fn refuse_foreign(contents: &Contents, destination: &Destination) -> Result<(), WriteError> {
    match &contents.foreign {
        Some(foreign) => Err(WriteError::Foreign(destination.path.clone(), foreign.into())),
        None => Ok(()),
    }
}

/// Gives the results at `fresh` the first free name beside the place asked for: `results-2`, `results-3`, …
fn beside(fresh: &Path, destination: &Destination) -> io::Result<PathBuf> {
    visible(fresh, destination, "")
}

/// Renames a private folder to `NAME` with `ending` and a number, and says where it is, in the words of the user.
fn visible(folder: &Path, destination: &Destination, ending: &str) -> io::Result<PathBuf> {
    const MOST: u32 = 1_000;
    for number in 2..MOST {
        let mut name: OsString = destination.name.clone();
        name.push(format!("{ending}-{number}"));
        match rename_to_new(folder, &destination.parent.join(&name)) {
            Ok(()) => return Ok(destination.path.with_file_name(name)),
            Err(error) if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty) => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Renames a folder to a name that nothing has.
fn rename_to_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Ok(()) => return Ok(()),
            // Some file systems can't; the way around is below.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            Err(error) => return Err(error.into()),
        }
    }
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Puts each folder in the other's place, in one step where the system can.
fn exchange(fresh: &Path, old: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, fresh, CWD, old, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            // Some file systems can't; the way around is below.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            Err(error) => return Err(error.into()),
        }
    }
    exchange_by_renames(fresh, old)
}

/// What stands in for an exchange where the system has none: three renames. Between them the old folder has a name that
/// the next run finds again (`leftovers`), so that nothing is lost even then.
fn exchange_by_renames(fresh: &Path, old: &Path) -> io::Result<()> {
    let aside = fresh.with_extension("old");
    // Held, so that a run beside this one does not take it for the leftover of a killed one.
    #[cfg(not(windows))]
    let _held = fs::File::open(old.join(LIST)).inspect(|list| drop(list.try_lock()));
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(fresh, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, fresh)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{exchange, exchange_by_renames};

    #[test]
    fn both_ways_of_exchange_swap_two_folders_and_leave_nothing_beside_them() {
        for way in [exchange, exchange_by_renames] {
            let folder = tempfile::tempdir().expect("a folder");
            let (fresh, old) = (folder.path().join(".foremix-a.new"), folder.path().join("results"));
            for (path, text) in [(&fresh, "fresh"), (&old, "old")] {
                fs::create_dir(path).expect("a folder in it");
                fs::write(path.join("text"), text).expect("a file");
            }
            way(&fresh, &old).expect("an exchange");
            assert_eq!(fs::read_to_string(old.join("text")).expect("the file"), "fresh");
            assert_eq!(fs::read_to_string(fresh.join("text")).expect("the file"), "old");
            assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
        }
    }

    #[test]
    fn renames_that_fail_half_way_put_the_old_folder_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let old = folder.path().join("results");
        fs::create_dir(&old).expect("a folder in it");
        assert!(exchange_by_renames(&folder.path().join(".foremix-gone.new"), &old).is_err());
        assert!(old.is_dir());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
