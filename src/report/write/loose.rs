//! Single files among those of others: a scenario to start from, a schema, pages of a manual. Each is there whole or not
//! at all; a log grows by whole lines.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::Parents;
use super::lock::writing;
use super::single::private_file;

/// Writes a file that does not exist yet.
///
/// # Errors
///
/// Of the kind [`io::ErrorKind::AlreadyExists`] where something has the name: it is left alone. Otherwise why the file
/// can't be written; nothing is left of it then.
pub fn write_new_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let _writing = writing();
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    staged(path, bytes)?.persist_noclobber(path)?;
    Ok(())
}

/// Writes a file, in the place of one that has its name.
///
/// # Errors
///
/// Why it can't be written; what stood there is as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let _writing = writing();
    match fs::metadata(path) {
        // A device or a pipe is written into; there is nothing that could take its place.
        Ok(metadata) if !metadata.is_file() => fs::OpenOptions::new().write(true).open(path)?.write_all(bytes),
        // A link stays, what it leads to is exchanged.
        Ok(metadata) => {
            let real = path.canonicalize()?;
            let file = staged(&real, bytes)?;
            file.as_file().set_permissions(metadata.permissions())?;
            file.persist(real)?;
            Ok(())
        }
        Err(_) => {
            staged(path, bytes)?.persist(path)?;
            Ok(())
        }
    }
}

/// Writes files into a folder, each in the place of one that has its name; the folder is made where it lacks, and what
/// else it holds is left alone.
///
/// # Errors
///
/// Why one of them can't be written; those before it are there.
pub fn write_into(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    let made = Parents::make(folder)?;
    let written = files.iter().try_for_each(|(name, bytes)| write_file(&folder.join(name), bytes));
    written.inspect_err(|_| made.take_back())
}

/// Adds a line to the end of a file, which is made where there is none. The line goes in one piece, so that two commands
/// at once don't mix theirs.
///
/// # Errors
///
/// Why it could not be written.
pub fn append_line(path: &Path, line: &str) -> io::Result<()> {
    let _writing = writing();
    let mut file = fs::OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(format!("{line}\n").as_bytes())?;
    file.sync_all()
}

/// A private file beside the place of `path`, filled and flushed to the disk.
fn staged(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = private_file(parent)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_takes_the_place_of_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.toml");
        write_new_file(&path, b"one").expect("a new file");
        let taken = write_new_file(&path, b"two").expect_err("it is there");
        assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).expect("the file"), b"one");
        assert!(write_new_file(&folder.path().join("none/plan.toml"), b"three").is_err());
        assert_eq!(names(folder.path()), ["plan.toml"]);
    }

    #[test]
    fn files_join_those_of_others_and_nothing_is_left_beside_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let pages = folder.path().join("share/man1");
        let files = |text: &str| [("a.1", text), ("b.1", text)].map(|(name, text)| (name.to_owned(), text.into()));
        write_into(&pages, &files("old")).expect("a new folder");
        fs::write(pages.join("theirs.1"), "theirs").expect("a file of others");
        write_into(&pages, &files("new")).expect("the same folder");
        assert_eq!(names(&pages), ["a.1", "b.1", "theirs.1"]);
        assert_eq!(fs::read_to_string(pages.join("b.1")).expect("a page"), "new");
        assert_eq!(fs::read_to_string(pages.join("theirs.1")).expect("theirs"), "theirs");
        assert!(write_into(&pages.join("a.1"), &files("never")).is_err());
        assert_eq!(fs::read_to_string(pages.join("a.1")).expect("a page"), "new");
    }

    #[test]
    fn a_log_grows_by_lines() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("forecasts.jsonl");
        for line in ["1", "2"] {
            append_line(&path, line).expect("a line");
        }
        assert_eq!(fs::read_to_string(&path).expect("the log"), "1\n2\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_permissions_are_those_of_any_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let [real, link, plain] = ["real", "link", "plain"].map(|name| folder.path().join(name));
        fs::write(&real, "old").expect("a file");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o604)).expect("its mode");
        std::os::unix::fs::symlink(&real, &link).expect("a link");
        write_file(&link, b"new").expect("through the link");
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&real).expect("the file"), "new");
        let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
        assert_eq!(mode(&real), 0o604);
        write_file(&plain, b"").expect("a new file");
        let usual = folder.path().join("usual");
        fs::write(&usual, "").expect("a file");
        assert_eq!(mode(&plain), mode(&usual));
        assert!(write_new_file(&link, b"").is_err());
    }
}
