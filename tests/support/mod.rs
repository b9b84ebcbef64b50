//! What every shelf of tests needs: a scenario from a few lines of TOML.

use std::io::Write;

use foremix::scenario::{Scenario, load};

/// The scenario of that text.
pub(crate) fn scenario(text: &str) -> Scenario {
    let mut file = tempfile::NamedTempFile::new().expect("a file for the scenario");
    file.write_all(text.as_bytes())
        .expect("the scenario is written");
    load(file.path(), &[]).unwrap_or_else(|error| panic!("{error}\n{text}"))
}
