//! The engine: a plan and a range of draws in, outcomes and their summaries out.
//!
//! It has two doors: [`run`] for a plan, and [`run_family`] for many that resemble each other. Everything that is asked of
//! plans (a forecast, a comparison, a sweep) goes through them.

mod budget;
mod chance;
mod correlation;
mod forecast;
mod gather;
mod histogram;
mod moments;
mod ranks;
mod ratio;
mod runner;
mod strata;
mod summary;

pub use budget::{Load, MEMORY, TooMuch};
pub use chance::Chance;
pub use correlation::Correlation;
pub use forecast::{ChannelShares, Forecast, TargetForecast, forecast, summarize_outcomes};
pub use gather::{BatchFigure, Details, PooledFigure, ShareFigures};
pub use histogram::Histogram;
pub use moments::Moments;
pub use ratio::{RatioOfMeans, RatioSums, Terms};
pub use runner::{Draws, PartOf, Progress, RunSpec, Stopped, Streams, Unwatched, draws_of_family, run, run_family};
pub use strata::{BATCHES, BLOCK, InputSampler, blocks};
pub use summary::{
    Errors, LEVELS, OverAll, PercentileError, Stats, T31, Worst, over_all, quantile, standard_error, summarize,
    summarize_outcome, summarize_pooled, summarize_replicates,
};
