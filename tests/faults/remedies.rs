//! Whoever does what a message proposes is not told off for it.

use std::fs;
use std::path::{Path, PathBuf};

use foremix::reading::{Diagnostic, Remedy, Sources};

use crate::{FOLDER, faults, scenarios};

/// A copy of the collection that may be changed.
fn copy_of(folder: &Path, into: &Path) {
    fs::create_dir_all(into).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let copy = into.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_of(&path, &copy);
        } else {
            fs::copy(&path, &copy).unwrap();
        }
    }
}

/// The text with the remedy in its place.
fn mended(text: &str, remedy: &Remedy) -> String {
    let span = remedy.place.span.clone();
    format!("{}{}{}", &text[..span.start], remedy.text, &text[span.end..])
}

/// The fault that is found where the remedy was applied.
fn fault_of_remedy(path: &Path, file: &str, remedy: &Remedy) -> Option<(Diagnostic, Sources)> {
    let (found, sources) = faults(path, &[])?;
    let start = remedy.place.span.start;
    let end = start + remedy.text.len();
    let there = |fault: &&Diagnostic| {
        let span = &fault.place.span;
        !fault.of_file && sources.name(fault.place.source) == file && span.start < end && span.end > start
    };
    let fault = found.iter().find(there).cloned()?;
    Some((fault, sources))
}

#[test]
fn what_a_message_proposes_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    copy_of(Path::new(FOLDER), folder.path());
    let mut tried = 0;
    for path in scenarios(folder.path().to_str().unwrap()) {
        let Some((found, sources)) = faults(&path, &[]) else { continue };
        for remedy in found.iter().flat_map(|fault| &fault.remedies) {
            let file = sources.name(remedy.place.source).to_owned();
            let text = sources.text(remedy.place.source);
            fs::write(&file, mended(text, remedy)).unwrap();
            let refused = fault_of_remedy(&path, &file, remedy);
            // A path may be spelled right and lead nowhere, and the key that was meant may be there already.
            let elsewhere =
                |fault: &Diagnostic| ["was not found", "written twice"].iter().any(|why| fault.message.contains(why));
            if let Some((fault, _)) = refused.filter(|(fault, _)| !elsewhere(fault)) {
                panic!("{}: `{}` is refused: {fault:?}", PathBuf::from(&file).display(), remedy.text);
            }
            fs::write(&file, text).unwrap();
            tried += 1;
        }
    }
    assert!(tried >= 60, "{tried} remedies");
}

#[test]
fn a_help_that_says_what_to_write_says_it_so_that_it_can_be_tried() {
    for path in scenarios(FOLDER) {
        let Some((found, _)) = faults(&path, &[]) else { continue };
        for fault in found.iter() {
            let help = fault.help.as_deref().unwrap_or_default();
            if help.starts_with("did you mean") {
                assert!(!fault.remedies.is_empty(), "{}: {help}", path.display());
            }
        }
    }
}
