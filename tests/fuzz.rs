//! What was once thrown at foremix by fuzzing, thrown again: bytes as scenarios, settings, spellings, tables and plans.
//!
//! `fuzz/README.md` says how to look for more.

#[path = "../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "a library for fuzz targets")]
mod fuzz;

use std::fs;
use std::path::Path;

/// Throws every file of `fuzz/corpus/TARGET`, and pieces of it, at a check.
fn throw(target: &str, check: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(&corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 5, "{target} has {} files", files.len());
    for file in files {
        let bytes = fs::read(&file).unwrap();
        check(&bytes);
        check(&bytes[..bytes.len() / 2]);
        check(&bytes[bytes.len() / 3..]);
    }
}

#[test]
fn scenarios() {
    throw("scenario", fuzz::checks::scenario);
}

#[test]
fn settings() {
    throw("setting", fuzz::checks::setting);
}

#[test]
fn spellings() {
    throw("spelling", fuzz::checks::spelling);
}

#[test]
fn tables() {
    throw("table", fuzz::checks::table);
}

#[test]
fn plans() {
    throw("plan", fuzz::checks::plan);
}
