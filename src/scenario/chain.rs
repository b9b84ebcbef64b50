//! The files that a scenario builds on, one after the other.

use std::path::{Path, PathBuf};

use crate::reading::{Diagnostic, Diagnostics, Files, Found, Node, STANDARD_INPUT, SourceId, Sources, Table, Value};

use super::root_keys::ROOT_KEYS;
use super::text::{Trouble, read_text};

/// The most files that build on each other.
const LONGEST: usize = 20;

const EXAMPLE: &str = "for example extends = \"base.toml\", a path as seen from the folder of this file";

/// The files so far, and the folder of the last one.
pub(super) struct Chain<'f> {
    files: &'f Files,
    folder: PathBuf,
    seen: Vec<PathBuf>,
}

impl<'f> Chain<'f> {
    /// Begins with the file of the scenario itself.
    pub(super) fn begin(files: &'f Files, path: &Path) -> Self {
        Self { files, folder: folder_of(files, path), seen: vec![identity(files, path)] }
    }

    /// The folder that paths in the last file are seen from.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The text of the file that `extends` names; none where there is none, which is a fault.
    pub(super) fn follow(&mut self, node: &Node, sources: &mut Sources, faults: &mut Diagnostics) -> Option<SourceId> {
        let Value::Text(name) = &node.value else {
            let label = format!("found {}", node.value.what());
            let fault = Diagnostic::at(&node.place, "`extends` is the path of a scenario file", label);
            faults.add(fault.help(EXAMPLE));
            return None;
        };
        let path = self.folder.join(name);
        let truth = identity(self.files, &path);
        if self.seen.contains(&truth) {
            let fault = Diagnostic::at(
                &node.place,
                "this scenario builds on itself",
                "leads back to a file that builds on this one",
            );
            faults.add(fault.help("a base may build on another, but not in a circle"));
            return None;
        }
        if self.seen.len() == LONGEST {
            let message = format!("more than {LONGEST} scenarios build on each other");
            let fault = Diagnostic::at(&node.place, message, "one too many");
            faults.add(fault.help("put what the last of them say into one file"));
            return None;
        }
        let shown = path.display();
        match read_text(self.files, &path) {
            Ok(text) => {
                self.folder = folder_of(self.files, &path);
                self.seen.push(truth);
                Some(sources.add_file(&path, &self.folder, text))
            }
            Err(Trouble::Unfit { message, help, is_missing }) => {
                let message = format!("this scenario can't build on {shown}: {message}");
                let fault = Diagnostic::at(&node.place, message, "not a base");
                faults.add(fault.help(if is_missing { EXAMPLE } else { help }));
                None
            }
            Err(Trouble::Io(error)) => {
                let message = format!("this scenario can't build on {shown}, which can't be read");
                faults.add(Diagnostic::at(&node.place, message, error.to_string()).help(EXAMPLE));
                None
            }
        }
    }

    /// Is what was read a scenario at all? Of a file that is none nothing is quoted: it may be anybody's.
    pub(super) fn is_scenario(&self, base: &Table, node: &Node, faults: &mut Diagnostics) -> bool {
        if base.iter().any(|entry| ROOT_KEYS.iter().any(|key| key.name == entry.key)) {
            return true;
        }
        let shown = match &node.value {
            Value::Text(name) => name.as_str(),
            _ => "this file",
        };
        let message = format!("this scenario can't build on {shown}: it is not a scenario");
        faults.add(Diagnostic::at(&node.place, message, "none of a scenario's keys is in it").help(EXAMPLE));
        false
    }
}

/// The folder that paths in a file are seen from: its own; for what comes through a pipe, the present one.
pub(super) fn folder_of(files: &Files, path: &Path) -> PathBuf {
    let is_stream =
        path.as_os_str() == STANDARD_INPUT || files.find(path).is_ok_and(|Found { is_stream, .. }| is_stream);
    if is_stream { PathBuf::new() } else { path.parent().unwrap_or(Path::new("")).to_owned() }
}

/// What a file is known by; its path, where there is no such file.
fn identity(files: &Files, path: &Path) -> PathBuf {
    files.find(path).map_or_else(|_| path.to_owned(), |found| found.identity)
}
