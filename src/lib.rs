//! Forecasts a channel mix before the quarter starts: channel budgets against a sales team's hours and close rates, in
//! many thousands of simulated quarters.
//!
//! ```
//! use std::path::Path;
//! use foremix::engine::{Unwatched, forecast};
//! use foremix::scenario::load;
//!
//! let scenario = load(Path::new("scenarios/b2b-saas.toml"), &["channels.search.budget=90k".into()])?;
//! let forecast = forecast(&scenario, 1_024, 1, &Unwatched)?;
//! let target = &forecast.targets[0];
//! assert!(target.chance.low <= target.chance.probability && target.chance.probability <= target.chance.high);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The floors, from top to ground: `cli` and `commands`; [`report`] and [`charts`], with one floor of words and figures
//! under both; [`analysis`]; [`engine`]; [`scenario`]; [`model`]; [`inputs`]; [`reading`]; [`random`] and [`units`]; at the
//! bottom `transcendental`, the functions that differ between platforms. A floor knows those below it, never those above.

#![cfg_attr(not(test), warn(clippy::disallowed_methods))]

pub mod analysis;
#[cfg(feature = "cli")]
pub mod calibrate;
#[cfg(feature = "charts")]
pub mod charts;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
#[allow(unreachable_pub, reason = "its items are public among the floors, and none is to embedders")]
mod commands;
pub mod engine;
pub mod inputs;
pub mod interview;
pub mod model;
#[cfg(feature = "cli")]
pub mod parts;
pub mod random;
pub mod reading;
#[cfg(feature = "cli")]
pub mod records;
pub mod report;
pub mod scenario;
#[cfg(feature = "cli")]
#[allow(unreachable_pub, reason = "its items are public among the floors, and none is to embedders")]
mod serve;
#[cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports, reason = "most sentences are of reports and charts"))]
mod text;
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "some are asked for by charts and calibrations alone"))]
mod transcendental;
pub mod units;

#[cfg(feature = "cli")]
pub use cli::main;
