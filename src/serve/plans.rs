//! From the state of a page to a checked plan.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::interview::{self, Answers, Business, QUESTIONS};
use crate::scenario::{Files, LoadError, Loaded, Loader, Scenario};

use super::faults::Trouble;
use super::state::{Answered, State};

/// Where plans come from.
#[derive(Debug)]
pub struct Source {
    /// the folder that is read and written; nothing outside it is
    pub folder: PathBuf,
    /// the scenario file; none where the page begins with questions
    pub path: Option<PathBuf>,
    /// draws, where the command line says how many
    pub runs: Option<u64>,
    /// the seed, where the command line says it
    pub seed: Option<u64>,
}

/// The plans of one server.
#[derive(Debug)]
pub(super) struct Plans {
    source: Source,
    files: Files,
    /// the file as it was read last
    current: Mutex<Option<Current>>,
}

#[derive(Clone, Debug)]
struct Current {
    path: PathBuf,
    loader: Loader,
    /// changes with every text that takes part
    version: String,
}

/// What an interview's plan is called in what is said of it.
const OF_ANSWERS: &str = "plan.toml";

/// How a plan is simulated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Luck {
    pub(super) runs: u64,
    pub(super) seed: u64,
}

impl Plans {
    /// Reads through a door that is held to the folder.
    ///
    /// # Errors
    ///
    /// That there is no such folder, or what is wrong with the file.
    pub(super) fn open(source: Source) -> Result<Self, LoadError> {
        let unreadable = |error| LoadError::Unreadable { path: source.folder.clone(), error };
        let files = Files::within(&source.folder).map_err(unreadable)?;
        let plans = Self { current: Mutex::default(), files, source };
        if let Some(path) = plans.source.path.clone() {
            let loader = Loader::of(plans.files.clone());
            loader.load(&path, None, &[] as &[&str])?;
            plans.turn_to(path);
        }
        Ok(plans)
    }

    /// The folder that is read and written.
    pub(super) fn folder(&self) -> &Path {
        &self.source.folder
    }

    /// The scenario file.
    pub(super) fn path(&self) -> Option<PathBuf> {
        self.lock().as_ref().map(|current| current.path.clone())
    }

    /// Takes another file for the scenario.
    pub(super) fn turn_to(&self, path: PathBuf) {
        *self.lock() = Some(Current { path, loader: Loader::default(), version: String::new() });
        self.look_again();
    }

    /// Reads the file again, and says what it is known by now; nothing where there is none.
    pub(super) fn look_again(&self) -> Option<String> {
        let path = self.path()?;
        let loader = Loader::of(self.files.clone());
        let version = match loader.load(&path, None, &[] as &[&str]) {
            Ok(loaded) => loaded.scenario.hash,
            Err(error) => format!("faulty: {error}"),
        };
        let mut current = self.lock();
        if !current.as_ref().is_some_and(|current| current.path == path && current.version == version) {
            *current = Some(Current { path, loader, version: version.clone() });
        }
        Some(version)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Current>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The plan of a page.
    ///
    /// # Errors
    ///
    /// What is wrong with it, or with what was moved.
    pub(super) fn load(&self, state: &State) -> Result<Loaded, Trouble> {
        let options = state.options();
        let (refused, sources) = state.refusals();
        if !refused.is_empty() {
            return Err(Trouble::listed(refused.iter(), &sources, &options));
        }
        let (loader, path) = match &state.answers {
            Some(answered) => {
                let text = text_of(answered)?;
                (Loader::of(Files::in_memory([(OF_ANSWERS, text)])), PathBuf::from(OF_ANSWERS))
            }
            None => {
                let current = self.lock().clone();
                let current =
                    current.ok_or_else(|| Trouble::Unfit("no plan yet: answer the questions first".into()))?;
                (current.loader, current.path)
            }
        };
        loader.load(&path, state.variant.as_deref(), &options).map_err(|error| Trouble::of(error, &options))
    }

    /// A file of the folder, read anew, with `settings` laid over it.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn load_file(
        &self,
        path: &Path,
        variant: Option<&str>,
        settings: &[String],
    ) -> Result<Loaded, LoadError> {
        Loader::of(self.files.clone()).load(path, variant, settings)
    }

    /// How a plan is simulated: as the command line says, else as the file does.
    pub(super) fn luck(&self, scenario: &Scenario) -> Luck {
        Luck {
            runs: self.source.runs.unwrap_or(scenario.simulation.runs),
            seed: self.source.seed.unwrap_or(scenario.simulation.seed),
        }
    }
}

/// The plan that answers make, as text.
///
/// # Errors
///
/// That an answer can't be taken.
pub(super) fn text_of(answered: &Answered) -> Result<String, Trouble> {
    let business = business_named(&answered.business)?;
    let mut answers = Answers::default();
    for (question, answer) in QUESTIONS.into_iter().zip(&answered.answers) {
        answers.take(question, business, answer).map_err(Trouble::Unfit)?;
    }
    Ok(interview::write(business, &answers))
}

/// The kind of business of that name.
///
/// # Errors
///
/// That there is none.
pub(super) fn business_named(name: &str) -> Result<&'static Business, Trouble> {
    Business::named(name).ok_or_else(|| Trouble::Unfit(format!("unknown kind of business \"{name}\"")))
}
