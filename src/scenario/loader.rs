//! Loads the scenarios of one command: every file is read once, whatever asks for it and however often.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::inputs::Sheets;
use crate::reading::{Diagnostic, Diagnostics, Files};

use super::Scenario;
use super::load_error::LoadError;
use super::raw_plan::RawPlan;

/// Loads scenarios; clones share what was read.
#[derive(Clone, Debug)]
pub struct Loader {
    files: Files,
    sheets: Sheets,
    opened: Arc<Mutex<BTreeMap<PathBuf, RawPlan>>>,
}

/// A checked scenario, and the plan as it was written.
#[derive(Debug)]
pub struct Loaded {
    /// the scenario
    pub scenario: Scenario,
    /// the plan as it was written
    pub draft: RawPlan,
}

impl Default for Loader {
    fn default() -> Self {
        Self::of(Files::default())
    }
}

impl Loader {
    /// Every file is read through this door.
    #[must_use]
    pub fn of(files: Files) -> Self {
        Self { sheets: Sheets::of(files.clone()), files, opened: Arc::default() }
    }

    /// The door that files are read through.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// A file with those that it builds on. What is wrong with their texts is found when the draft is read.
    ///
    /// # Errors
    ///
    /// Why the file gives no text.
    pub fn open(&self, path: &Path) -> Result<RawPlan, LoadError> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(draft) = opened.get(path) {
            return Ok(draft.clone());
        }
        let draft = RawPlan::through(&self.files, &self.sheets, path)?;
        opened.insert(path.to_owned(), draft.clone());
        Ok(draft)
    }

    /// A scenario or a variant of it, with `settings` (`PATH=VALUE`) laid over it.
    ///
    /// # Errors
    ///
    /// Every fault of the file, of all its variants and of the settings at once, or why the file can't be read.
    pub fn load<S: AsRef<str>>(&self, path: &Path, variant: Option<&str>, settings: &[S]) -> Result<Loaded, LoadError> {
        let file = self.open(path)?;
        let of_variants: Vec<Diagnostic> = file.faults_of_variants()?.to_vec();
        let wanted = match variant {
            Some(name) => file.vary(name)?,
            None => file,
        };
        let draft = wanted.set(settings);
        match draft.read() {
            Err(LoadError::Faulty { mut faults, sources }) => {
                of_variants.into_iter().for_each(|fault| faults.add(fault));
                Err(LoadError::faulty(faults, sources))
            }
            Ok(_) if !of_variants.is_empty() => {
                let mut faults = Diagnostics::default();
                of_variants.into_iter().for_each(|fault| faults.add(fault));
                Err(LoadError::faulty(faults, draft.sources))
            }
            Ok(scenario) => Ok(Loaded { scenario, draft }),
            Err(unreadable) => Err(unreadable),
        }
    }
}

/// Loads a scenario, with `settings` (`PATH=VALUE`) laid over it.
///
/// # Errors
///
/// As those of [`load_variant`].
pub fn load(path: &Path, settings: &[String]) -> Result<Scenario, LoadError> {
    load_variant(path, None, settings)
}

/// Loads a scenario or a variant of it, with `settings` (`PATH=VALUE`) laid over it.
///
/// # Errors
///
/// Every fault of the file, of all its variants and of the settings at once, or why the file can't be read.
pub fn load_variant(path: &Path, variant: Option<&str>, settings: &[String]) -> Result<Scenario, LoadError> {
    Loader::default().load(path, variant, settings).map(|loaded| loaded.scenario)
}

impl RawPlan {
    /// Reads a file and those that it builds on. What is wrong with their texts is found when the draft is read.
    ///
    /// # Errors
    ///
    /// Why the file gives no text.
    pub fn open(path: &Path) -> Result<Self, LoadError> {
        Loader::default().open(path)
    }
}
