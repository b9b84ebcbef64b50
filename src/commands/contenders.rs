//! Plans beside each other: how they are named on the command line, whether they can be compared.

use std::path::PathBuf;

use crate::analysis::{Contender, incomparable, label};
use crate::scenario::{Loaded, Loader};

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

/// Reads plans, each a file or a variant of it, with settings laid over every one; each gets a name of its own.
pub(super) fn read(
    loader: &Loader,
    named: &[(PathBuf, Option<String>)],
    settings: &[String],
) -> Result<Vec<Contender>, Failure> {
    let plan = |(path, variant): &(PathBuf, Option<String>)| {
        let Loaded { scenario, draft } = loader.load(path, variant.as_deref(), settings)?;
        Ok(Contender { label: String::new(), draft, scenario })
    };
    let mut plans = named.iter().map(plan).collect::<Result<Vec<Contender>, Failure>>()?;
    label(&mut plans);
    Ok(plans)
}
