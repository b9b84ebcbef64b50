//! Private folders of runs that were killed: deleted, or put back, when the next results are written beside them.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::time::Duration;

use super::listing::{Contents, LIST, folder_name};
use super::private_folder::{PREFIX, SUFFIX};

/// What nobody holds a lock on, where locks are known, needs no age. Without a lock to ask for, it must be as old as this.
const OLD: Duration = Duration::from_secs(24 * 3600);

/// Deletes what killed runs have left in `parent`, as far as it is theirs; whatever can't be is left alone.
pub(super) fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) || !is_abandoned(&entry.path()) {
            continue;
        }
        if name.ends_with(SUFFIX) {
            delete(&entry.path());
        } else if name.ends_with(".old") {
            put_back(&entry.path(), parent);
        }
    }
}

/// Does no process work on this folder any more?
fn is_abandoned(folder: &Path) -> bool {
    match File::open(folder.join(LIST)).map(|list| list.try_lock()) {
        Ok(Ok(())) => true,
        Ok(Err(TryLockError::WouldBlock)) => false,
        // No list yet, or a file system without locks.
        Ok(Err(TryLockError::Error(_))) | Err(_) => {
            let age = fs::metadata(folder).and_then(|folder| folder.modified()).map(|time| time.elapsed());
            age.is_ok_and(|age| age.is_ok_and(|age| age > OLD))
        }
    }
}

fn delete(folder: &Path) {
    if let Ok(contents) = Contents::of(folder)
        && contents.foreign.is_none()
    {
        let _ = contents.delete();
    }
}

/// Results that were moved aside for new ones by a run that was killed in that moment: back to their place if nothing
/// took it, else they are gone as they would have been.
fn put_back(folder: &Path, parent: &Path) {
    let Some(name) = folder_name(folder) else { return };
    let place = parent.join(name);
    if fs::symlink_metadata(&place).is_ok() {
        delete(folder);
    } else {
        let _ = fs::rename(folder, place);
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::Path;

    use super::sweep;
    use crate::report::write::listing::{LIST, text};

    fn folder_of(parent: &Path, name: &str, of: &str) {
        fs::create_dir(parent.join(name)).expect("a folder");
        fs::write(parent.join(name).join(LIST), text(of.as_ref(), ["summary.json"].into_iter())).expect("a list");
        fs::write(parent.join(name).join("summary.json"), of).expect("a file");
    }

    fn names(parent: &Path) -> Vec<String> {
        let entries = fs::read_dir(parent).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_killed_run_left_is_deleted_and_nothing_else() {
        let parent = tempfile::tempdir().expect("a folder");
        folder_of(parent.path(), ".foremix-killed.new", "results");
        folder_of(parent.path(), ".foremix-foreign.new", "results");
        fs::write(parent.path().join(".foremix-foreign.new/notes.txt"), "mine").expect("a file");
        folder_of(parent.path(), ".foremix-running.new", "results");
        let held = File::open(parent.path().join(".foremix-running.new").join(LIST)).expect("the list");
        held.lock().expect("a lock");
        fs::create_dir(parent.path().join(".foremix-begun.new")).expect("a folder");
        folder_of(parent.path(), "results", "results");
        sweep(parent.path());
        let left = [".foremix-begun.new", ".foremix-foreign.new", ".foremix-running.new", "results"];
        assert_eq!(names(parent.path()), left);
        assert_eq!(names(&parent.path().join(".foremix-foreign.new")), [LIST, "notes.txt", "summary.json"]);
    }

    #[test]
    fn results_moved_aside_come_back_where_nothing_took_their_place() {
        let parent = tempfile::tempdir().expect("a folder");
        folder_of(parent.path(), ".foremix-a.old", "lost");
        folder_of(parent.path(), ".foremix-b.old", "replaced");
        folder_of(parent.path(), "replaced", "replaced");
        sweep(parent.path());
        assert_eq!(names(parent.path()), ["lost", "replaced"]);
        assert_eq!(fs::read_to_string(parent.path().join("lost/summary.json")).expect("the file"), "lost");
    }
}
