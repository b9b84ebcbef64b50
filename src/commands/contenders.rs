//! Plans beside each other: how they are named on the command line, whether they can be compared.

use std::path::PathBuf;

use crate::analysis::{Contender, incomparable};

use super::Failure;

/// `FILE` or `FILE:VARIANT`; a file may itself have a colon in its name.
pub(super) fn split(name: &str) -> (PathBuf, Option<String>) {
    let path = PathBuf::from(name);
    match name.rsplit_once(':') {
        Some((file, variant)) if !path.exists() && file.ends_with(".toml") => (file.into(), Some(variant.to_owned())),
        _ => (path, None),
    }
}

/// Plans of different length or currency have no difference that means anything.
pub(super) fn check_alike(plans: &[Contender]) -> Result<(), Failure> {
    incomparable(plans).map_or(Ok(()), |why| Err(Failure::Usage(why)))
}
