//! The text of a scenario file, or why it is none.

use std::io;
use std::path::Path;

use crate::reading::{Files, Refusal};

/// A scenario larger than this is some other file.
const LARGEST_FILE: u64 = 1_000_000;

/// Why a file gives no text.
pub(super) enum Trouble {
    /// It is no scenario.
    Unfit {
        /// why not
        message: String,
        /// what to do
        help: &'static str,
        /// whether there is nothing of that name
        is_missing: bool,
    },
    /// It can't be read.
    Io(io::Error),
}

/// Reads the text of a scenario file.
pub(super) fn read_text(files: &Files, path: &Path) -> Result<String, Trouble> {
    let unfit = |message: &str, help| Trouble::Unfit { message: message.into(), help, is_missing: false };
    let bytes = files.bytes(path, LARGEST_FILE).map_err(|refusal| match refusal {
        Refusal::Missing => Trouble::Unfit {
            message: "no such file".into(),
            help: "check the path; `foremix init` writes a scenario to start from",
            is_missing: true,
        },
        Refusal::Folder => {
            unfit("this is a folder, not a scenario", "name the scenario file in it, which ends in .toml")
        }
        Refusal::Device => unfit("this is a device, not a scenario", "name a scenario file, which ends in .toml"),
        Refusal::Outside(_) => {
            unfit(&format!("it may not be read: {refusal}"), "put the file into that folder, or name a larger one")
        }
        Refusal::TooLarge => unfit(
            "this file is larger than 1 MB",
            "a scenario is a text of some hundred lines: is this the right file?",
        ),
        Refusal::Silent => unfit("nothing came through this pipe", "does the program that writes into it run?"),
        Refusal::Io(error) => Trouble::Io(error),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| {
        unfit(
            "this file is not a text in UTF-8",
            "a scenario is a plain text file in the TOML format: save it with the encoding UTF-8",
        )
    })?;
    // One may be a slip; lists of an operating system are parted by them.
    if text.matches('\0').count() > 3 {
        return Err(unfit("this file is not a text", "a scenario is a plain text file in the TOML format"));
    }
    // The line ends of old Macs, of the same length as those that TOML knows.
    let text = if text.contains('\n') { text } else { text.replace('\r', "\n") };
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(unfit("this file is empty", "`foremix init` writes a scenario to start from"));
    }
    Ok(text)
}
