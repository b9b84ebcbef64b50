//! A scenario: a plan with its name, its targets and how it is to be simulated, read from a file and checked.

mod as_run;
mod chain;
mod changes;
mod countable;
mod figures;
mod idle;
mod load;
mod load_error;
mod loader;
mod notes;
mod parts;
mod raw_plan;
mod reference;
mod results_name;
mod root_keys;
mod simulation;
mod strangers;
mod text;
mod trace;

use std::path::{Path, PathBuf};

pub use as_run::AsRun;
pub use changes::{Group, changes};
pub use figures::WrittenFigure;
pub use load_error::LoadError;
pub use loader::{Loaded, Loader, load, load_variant};
pub use notes::Note;
pub use raw_plan::RawPlan;
pub use reference::{TableReference, keys_at, tables};
pub use results_name::{ANALYZED, COMPARED, OPTIMIZED, SOUGHT, SWEPT, file_name_of};
pub use root_keys::ROOT_KEYS;
pub use simulation::{KEYS as SIMULATION_KEYS, MOST_RUNS, Sampling, Simulation};
pub use trace::{Change, spoken};

pub use crate::reading::{Files, STANDARD_INPUT};

use crate::model::outcomes::OutcomeId;
use crate::model::plan::Plan;
use crate::model::schema::StatedFigure;

/// A checked scenario.
#[derive(Debug)]
#[non_exhaustive]
pub struct Scenario {
    /// its name; the file's where none was written
    pub name: String,
    /// what it is about
    pub description: String,
    /// the currency's ISO code; empty where none was written
    pub currency: String,
    /// the file
    pub path: PathBuf,
    /// the variant of the file, where one was chosen
    pub variant: Option<String>,
    /// what the variant, settings and a swept value changed of the file, in its order
    pub changed: Vec<Change>,
    /// what a folder of its results is called: safe on any system, and of this plan only
    pub results_name: String,
    /// a hash of every text that took part, in hexadecimal
    pub hash: String,
    /// how to simulate it
    pub simulation: Simulation,
    /// outcomes to reach, in the order of the file
    pub targets: Vec<(OutcomeId, f64)>,
    /// what the plan takes as certain or leaves out and a planner should know
    pub notes: Vec<Note>,
    /// its figures as they were stated
    pub stated: Vec<StatedFigure>,
    /// the plan
    pub plan: Plan,
}

impl Scenario {
    /// The scenario that a text holds, called `name` in what is said of it. It can name no other file.
    ///
    /// ```
    /// use foremix::scenario::Scenario;
    ///
    /// let plan = "[channels.walk-ins]\nkind = \"baseline\"\nleads = 10\nroute = \"online\"\nclose_rate = 0.3\n\n[deals]\naverage_value = 900\n";
    /// let scenario = Scenario::parse("shop.toml", plan)?;
    /// assert_eq!(scenario.plan.parts.channels[0].name, "walk-ins");
    /// let faulty = Scenario::parse("shop.toml", "[deals]\naverage_valu = 900\n").expect_err("a key is misspelled");
    /// assert!(faulty.to_string().contains("shop.toml"));
    /// # Ok::<(), foremix::scenario::LoadError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every fault of the text at once.
    pub fn parse(name: &str, text: &str) -> Result<Self, LoadError> {
        let settings: [&str; 0] = [];
        let loaded = Loader::of(Files::in_memory([(name, text)])).load(Path::new(name), None, &settings)?;
        Ok(loaded.scenario)
    }

    /// What the plan is called in front of people: its name, and its variant.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.variant {
            Some(variant) => format!("{}: {variant}", self.name),
            None => self.name.clone(),
        }
    }

    /// The outcome that plans are judged by: profit with what follows, profit where nothing follows, and revenue where
    /// there is no margin.
    #[must_use]
    pub fn steering_outcome(&self) -> OutcomeId {
        let parts = &self.plan.parts;
        let key = match parts.finance.gross_margin {
            None => "revenue",
            Some(_) if parts.horizon.tail == 0 => "profit",
            Some(_) => "profit_with_tail",
        };
        OutcomeId::named(key).unwrap_or_default()
    }
}
