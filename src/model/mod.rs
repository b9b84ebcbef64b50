//! The model, in three storeys: what can be written ([`schema`]); the mechanisms, one file each, with the parameters as
//! written and the section of docs/model.md that they implement; and a plan at work, quarter by quarter ([`simulate`]).

pub mod at_mean;
pub mod brand;
pub mod channels;
pub mod conditions;
pub mod correlations;
pub mod customers;
pub mod deal_file;
pub mod deals;
pub mod delivery;
pub mod finance;
pub mod horizon;
pub mod lognormal;
pub mod market;
pub mod nurture;
pub mod online;
pub mod open_deals;
pub mod outcomes;
pub mod plan;
pub mod prospecting;
mod reuse;
pub mod rules;
pub mod sales;
pub mod schema;
pub mod segments;
pub mod simulate;
pub mod speed;
pub mod team;
pub mod what_if;
