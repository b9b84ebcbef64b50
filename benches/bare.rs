//! The engine and nothing else, for `rivals/race.py` and for profilers: `cargo bench --bench bare -- PLAN DRAWS`.
//!
//! Simulates the draws on one thread with every outcome and all details, and prints the means that rivals are held against.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

use std::path::Path;
use std::process::ExitCode;

use foremix::engine::{RunSpec, Streams, Unwatched, run};
use foremix::model::outcomes::OutcomeId;
use foremix::scenario::load;

/// What rivals count, in the order of `FIGURES` in `rivals/plan.py`.
const FIGURES: [&str; 8] =
    ["leads", "qualified", "opportunities", "wins", "new_revenue", "closing_later", "utilization", "backlog_end"];

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with('-'));
    let (Some(plan), Some(draws)) = (words.next(), words.next().and_then(|word| word.parse().ok())) else {
        // `cargo test --benches` and `cargo bench` without a plan.
        return ExitCode::SUCCESS;
    };
    let scenario = match load(Path::new(&plan), &[]) {
        Ok(scenario) => scenario,
        Err(faults) => {
            eprintln!("{faults:?}");
            return ExitCode::FAILURE;
        }
    };
    let ask = RunSpec {
        draws: 0..draws,
        seed: 1,
        streams: Streams::default(),
        sampling: scenario.simulation.sampling,
        held: Vec::new(),
        outcomes: OutcomeId::all().collect(),
        details: true,
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be made");
    let simulated = pool.install(|| run(&scenario.plan, &ask, &Unwatched)).expect("nobody stops it");
    for name in FIGURES {
        let column = OutcomeId::named(name).and_then(|id| simulated.column(id)).unwrap_or_default();
        let mean = column.iter().sum::<f64>() / draws as f64;
        let squares: f64 = column.iter().map(|value| (value - mean).powi(2)).sum();
        println!("{name} {mean} {}", (squares / (draws as f64).powi(2)).sqrt());
    }
    ExitCode::SUCCESS
}
