//! From text to a tree whose every part knows where it was written, and the faults that are found on the way.

mod compose;
pub(crate) mod csv_records;
mod diagnostic;
mod disk;
mod escapes;
mod explain;
mod files;
mod found;
mod repair;
mod serialize;
mod setting;
mod source;
mod statement;
mod syntax_error;
mod totals;
mod tree;

#[cfg(feature = "cli")]
pub(crate) use compose::quoted;
pub use compose::{document_text, path_text, value_text};
pub use diagnostic::{Diagnostic, Diagnostics, MOST_SHOWN, Premise, Remedy, nearest, unknown};
pub use disk::leads_to;
pub use escapes::{escaped, escaped_path};
pub use files::{Files, Packed, STANDARD_INPUT};
pub use found::{Found, Refusal};
pub use setting::{keys_of_path, parse_setting, split_setting};
pub use source::{SourceId, Sources, Span};
pub(crate) use totals::is_total;
pub use tree::{Entry, Node, Table, Value, parse};
