//! Charts: each can be read whatever it is drawn from, and its title says the answer.

mod findings;
mod legible;
mod list;
mod one_plan;
mod past;
mod samples;
mod several_plans;
mod varied;
