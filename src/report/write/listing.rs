//! The list of files that every folder of results holds: what it names may be replaced or deleted, nothing else.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The name of the list in its folder.
pub(super) const LIST: &str = ".foremix";

const HEADER: &str = "# Written by foremix. The next run replaces these files, and no folder that holds others.";
const FOLDER: &str = "# folder: ";

/// The text of the list: of a folder called `folder` that holds `files`.
pub(super) fn text<'a>(folder: &OsStr, files: impl Iterator<Item = &'a str>) -> String {
    let folder = folder.to_string_lossy().replace(['\n', '\r'], "?");
    let mut text = format!("{HEADER}\n{FOLDER}{folder}\n");
    for file in files {
        text.push_str(file);
        text.push('\n');
    }
    text
}

/// What stands in a folder of results, as far as its list knows it.
pub(super) struct Contents {
    /// the folder
    path: PathBuf,
    /// the listed files that are there, the list itself last
    own: Vec<OsString>,
    /// something that is not listed
    pub(super) foreign: Option<OsString>,
}

impl Contents {
    /// Looks into the folder at `path`.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let list = fs::read_to_string(path.join(LIST)).unwrap_or_default();
        let listed: BTreeSet<&OsStr> = list.lines().filter(|line| !line.starts_with('#')).map(OsStr::new).collect();
        let mut contents = Self { path: path.to_owned(), own: Vec::new(), foreign: None };
        let mut has_list = false;
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name();
            let is_folder = entry.file_type()?.is_dir();
            if name == LIST && !is_folder {
                has_list = true;
            } else if listed.contains(name.as_os_str()) && !is_folder {
                contents.own.push(name);
            } else {
                contents.foreign.get_or_insert(name);
            }
        }
        if has_list {
            contents.own.push(LIST.into());
        }
        Ok(contents)
    }

    /// Deletes the listed files, then the folder. Says how many files were deleted before it failed.
    pub(super) fn delete(&self) -> Result<(), (usize, io::Error)> {
        for (deleted, name) in self.own.iter().enumerate() {
            match fs::remove_file(self.path.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err((deleted, error)),
                _ => {}
            }
        }
        match fs::remove_dir(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err((self.own.len(), error)),
            _ => Ok(()),
        }
    }
}

/// The name of the folder that the list in `path` was written for, if there is one.
pub(super) fn folder_name(path: &Path) -> Option<OsString> {
    let list = fs::read_to_string(path.join(LIST)).ok()?;
    let mut lines = list.lines();
    (lines.next() == Some(HEADER)).then_some(())?;
    lines.next()?.strip_prefix(FOLDER).map(OsString::from)
}
