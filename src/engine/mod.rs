//! The engine: a plan and a range of draws in, outcomes and their summaries out.
//!
//! Its doors: [`run`] for a plan, [`run_each`] for several, and [`run_family`] for those that resemble each other. Everything
//! that is asked of plans (a forecast, a comparison, a sweep) goes through them.

mod budget;
mod by_batch;
mod chance;
mod correlation;
mod counted;
mod draws;
mod families;
mod forecast;
mod gather;
mod growing;
mod histogram;
mod join;
mod mean;
mod moments;
mod part;
mod percentiles;
mod precision;
mod progress;
mod ranks;
mod ratio;
mod runner;
mod sheet;
mod sketch;
mod spec;
mod standard_error;
mod strata;
mod summary;
mod target;

pub use budget::{Load, MEMORY, TooMuch};
pub use chance::Chance;
pub use correlation::{Correlation, rank_correlation, ranks};
pub use draws::Draws;
pub use families::{draws_of_each, run_each};
pub use forecast::{ChannelShares, Forecast, forecast, input_columns, summarize_outcomes};
pub use gather::{BatchFigure, Chats, Details, PooledFigure, ShareFigures};
pub use growing::{KEPT, Keeping};
pub use histogram::{Histogram, LogHistogram};
pub use join::join;
pub use mean::{Mean, mean};
pub use moments::Moments;
pub use part::PartDraws;
pub use percentiles::{LEVELS, Percentiles};
pub use precision::{End, PRECISE_OUTCOMES, PreciseFigure, Precision, Reached, Statistic, forecast_to_precision};
pub use progress::{PartOf, Progress, Stopped, Unwatched};
pub use ratio::{RatioOfMeans, RatioSums, Terms};
pub use runner::{draws_of_family, run, run_family, run_renewed};
pub use sketch::BUCKET;
pub use spec::{Renewal, RunSpec, Streams};
pub use standard_error::{T31, standard_error};
pub use strata::{BATCHES, BLOCK, InputSampler, blocks};
pub use summary::{
    Errors, OverAll, PercentileError, Stats, Worst, order_statistics, over_all, quantile, summarize, summarize_outcome,
    summarize_pooled, summarize_replicates, worst_tenth,
};
pub use target::TargetForecast;
