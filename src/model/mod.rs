//! The model: one file a mechanism, each with its parameters as written, its step, and the section of docs/model.md
//! that it implements.

pub mod brand;
pub mod channels;
mod closing;
pub mod conditions;
pub mod correlations;
pub mod customers;
pub mod deals;
mod delays;
pub mod delivery;
mod desk;
mod family;
pub mod finance;
pub mod horizon;
pub mod keys;
mod kinship;
pub mod market;
mod marketing;
mod memory;
pub mod nurture;
pub mod online;
mod orders;
pub mod outcomes;
pub mod plan;
mod proceeds;
pub mod prospecting;
pub mod quarter;
pub mod queue;
mod recollection;
pub mod rules;
pub mod sales;
pub mod segments;
pub mod speed;
mod sum;
pub mod table_reader;
pub mod team;
pub mod what_if;

pub use family::Family;
pub use sum::Sums;
