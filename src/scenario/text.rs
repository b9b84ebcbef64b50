//! The text of a scenario file, or why it is none.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

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
    },
    /// It can't be read.
    Io(io::Error),
}

/// Reads the text of a scenario file.
pub(super) fn read_text(path: &Path) -> Result<String, Trouble> {
    let unfit = |message: &str, help| Trouble::Unfit { message: message.into(), help };
    let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            unfit("there is no such file", "check the path; `foremix init` writes a scenario to start from")
        }
        _ => Trouble::Io(error),
    })?;
    if metadata.is_dir() {
        return Err(unfit("this is a folder, no scenario", "name the scenario file in it, which ends in .toml"));
    }
    let too_large = || {
        unfit("this file is larger than 1 MB", "a scenario is a text of some hundred lines: is this the right file?")
    };
    if metadata.len() > LARGEST_FILE {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)).map_err(Trouble::Io)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large());
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        unfit(
            "this file is no text in UTF-8",
            "a scenario is a plain text file in the TOML format: save it with the encoding UTF-8",
        )
    })?;
    // The line ends of old Macs, of the same length as those that TOML knows.
    let text = if text.contains('\n') { text } else { text.replace('\r', "\n") };
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(unfit("this file is empty", "`foremix init` writes a scenario to start from"));
    }
    Ok(text)
}
