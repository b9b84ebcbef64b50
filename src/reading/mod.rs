//! From text to a tree whose every part knows where it was written, and the faults that are found on the way.

mod fault;
mod source;
mod tree;

pub use fault::{Fault, Faults, nearest};
pub use source::{Place, SourceId, Sources};
pub use tree::{Entry, Node, Table, Value, parse, parse_setting};
