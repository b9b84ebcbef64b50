//! From six answers to a scenario: what a planner knows is taken, what nobody knows is assumed from what was published, and
//! marked as such.
//!
//! The questions and the writer know no terminal: whoever asks (a command, a page) goes through [`QUESTIONS`], reads each
//! answer with [`Answers::take`], and gets a commented scenario from [`write()`].

mod answers;
mod avenue;
mod business;
mod writer;

pub use answers::{Answers, Money, QUESTIONS, Question};
pub use avenue::Avenue;
pub use business::{BUSINESSES, Business};
pub use writer::{write, write_from};
