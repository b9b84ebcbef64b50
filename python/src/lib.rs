//! The compiled half of the Python package `foremix`: draws as tables of pyarrow, summaries as JSON.
//!
//! Columns of draws are handed over as they are: Python reads the memory that the engine wrote.

mod answers;
mod tables;
mod watch;

use std::path::PathBuf;

use foremix::scenario::Scenario;
use pyo3::prelude::*;

use answers::Varied;

/// What to simulate, as Python gives it.
#[derive(Clone, Debug, FromPyObject)]
struct Request {
    /// `PATH=VALUE`, as `--set` takes them
    sets: Vec<String>,
    /// draws; those of the file where it is none
    runs: Option<u64>,
    /// the seed; that of the file where it is none
    seed: Option<u64>,
}

impl Request {
    fn runs_of(&self, scenario: &Scenario) -> u64 {
        self.runs.unwrap_or(scenario.simulation.runs)
    }

    fn seed_of(&self, scenario: &Scenario) -> u64 {
        self.seed.unwrap_or(scenario.simulation.seed)
    }
}

/// A table of draws, and the summary as JSON.
#[pyfunction]
fn run<'py>(
    py: Python<'py>,
    path: PathBuf,
    variant: Option<String>,
    request: Request,
) -> PyResult<(Bound<'py, PyAny>, String)> {
    let (draws, summary) = watch::watched(py, |progress| answers::run(&path, variant.as_deref(), &request, progress))?;
    Ok((tables::to_python(py, draws)?, summary))
}

/// Tables of draws by label.
type Labeled<'py> = Vec<(String, Bound<'py, PyAny>)>;

/// A table of draws for each plan (a path, and a variant), and the summary as JSON.
#[pyfunction]
fn compare(py: Python<'_>, plans: Vec<(PathBuf, Option<String>)>, request: Request) -> PyResult<(Labeled<'_>, String)> {
    let (plans, summary) = watch::watched(py, |progress| answers::compare(&plans, &request, progress))?;
    let tables = plans.into_iter().map(|(label, draws)| Ok((label, tables::to_python(py, draws)?)));
    Ok((tables.collect::<PyResult<_>>()?, summary))
}

/// The summary of a sweep as JSON; each of `vary` is `PATH=VALUES`.
#[pyfunction]
fn sweep(
    py: Python<'_>,
    path: PathBuf,
    variant: Option<String>,
    vary: Vec<String>,
    outcomes: Vec<String>,
    request: Request,
) -> PyResult<String> {
    let varied = Varied { vary, outcomes };
    watch::watched(py, |progress| answers::sweep(&path, variant.as_deref(), &varied, &request, progress))
}

/// The module `foremix._foremix`.
#[pymodule]
fn _foremix(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add_function(wrap_pyfunction!(compare, module)?)?;
    module.add_function(wrap_pyfunction!(sweep, module)?)
}
