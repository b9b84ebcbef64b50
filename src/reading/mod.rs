//! From text to a tree whose every part knows where it was written, and the faults that are found on the way.

mod compose;
mod escapes;
mod fault;
mod repair;
mod setting;
mod source;
mod tree;

pub use compose::{document_text, path_text, value_text};
pub use escapes::{escaped, escaped_path};
pub use fault::{Fault, Faults, Premise, Remedy, nearest};
pub use setting::{keys_of_path, parse_setting, split_setting};
pub use source::{Place, SourceId, Sources};
pub use tree::{Entry, Node, Table, Value, parse};
