//! Uncertain inputs, held against the closed forms of their distributions and against what a planner asked for.

mod advice;
mod correlations;
mod csv;
mod curve_points;
mod faults;
mod mixtures;
mod plans;
mod read_back;
mod rows;
mod spellings;
