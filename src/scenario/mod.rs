//! A scenario: a plan with its name, its targets and how it is to be simulated, read from a file and checked.

mod load;
mod notes;
mod parts;
mod reference;
mod simulation;

use std::path::PathBuf;

pub use load::{LoadError, ROOT_KEYS, load};
pub use notes::Note;
pub use reference::{TableReference, tables};
pub use simulation::{KEYS as SIMULATION_KEYS, MOST_RUNS, Sampling, Simulation};

use crate::model::outcomes::OutcomeId;
use crate::model::plan::Plan;

/// A checked scenario.
#[derive(Debug)]
pub struct Scenario {
    /// its name; the file's where none was written
    pub name: String,
    /// what it is about
    pub description: String,
    /// the currency's ISO code; empty where none was written
    pub currency: String,
    /// the file
    pub path: PathBuf,
    /// a hash of every text that took part, in hexadecimal
    pub hash: String,
    /// how to simulate it
    pub simulation: Simulation,
    /// outcomes to reach, in the order of the file
    pub targets: Vec<(OutcomeId, f64)>,
    /// what the plan takes as certain or leaves out and a planner should know
    pub notes: Vec<Note>,
    /// the plan
    pub plan: Plan,
}
