//! The engine: a plan and a range of draws in, outcomes and their summaries out.
//!
//! It has two doors: [`run`] for a plan, and [`run_family`] for many that resemble each other. Everything that is asked of
//! plans (a forecast, a comparison, a sweep) goes through them.

mod budget;
mod correlation;
mod forecast;
mod gather;
mod histogram;
mod moments;
mod runner;
mod strata;
mod summary;

pub use budget::{Load, MEMORY, TooMuch};
pub use correlation::Correlation;
pub use forecast::{Forecast, TargetForecast, forecast, summarize_outcomes};
pub use gather::{Details, PooledFigure, ReplicateFigure};
pub use histogram::Histogram;
pub use moments::Moments;
pub use runner::{Ask, Draws, PartOf, Progress, Stopped, Streams, Unwatched, draws_of_family, run, run_family};
pub use strata::{BLOCK, InputSampler, REPLICATES, blocks};
pub use summary::{
    Chance, Errors, LEVELS, Stats, T31, Worst, quantile, standard_error, summarize, summarize_pooled,
    summarize_replicates,
};
