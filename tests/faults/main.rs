//! Faulty scenario files, each with the message that it must give, beside it as NAME.snap.
//!
//! A new one: put NAME.toml here, run the tests with INSTA_UPDATE=always, and read NAME.snap as a planner would.

mod collection;
mod mutations;
mod odd_files;
mod pairs;
mod remedies;
mod settings;

use std::path::{Path, PathBuf};

use foremix::reading::{Diagnostics, Sources};
use foremix::scenario::{LoadError, load};

const FOLDER: &str = "tests/faults";

/// The files of a folder that end in .toml, in the order of their names.
fn scenarios(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

/// The faults of a file, with settings laid over it; none where it is right.
fn faults(path: &Path, settings: &[&str]) -> Option<(Diagnostics, Sources)> {
    let settings: Vec<String> = settings.iter().map(|&setting| setting.into()).collect();
    match load(path, &settings) {
        Ok(_) => None,
        Err(LoadError::Faulty { faults, sources }) => Some((faults, sources)),
        Err(other) => panic!("{}: {other}", path.display()),
    }
}
