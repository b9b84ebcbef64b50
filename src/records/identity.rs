//! What tells one record and one source from another: the hash of a number, which is all that is kept of it, and names of
//! sources.

use xxhash_rust::xxh3::xxh3_64;

use super::export::Export;
use super::fields::Field;

/// The hash of a record's number.
pub(super) fn hash_of(text: &str) -> u64 {
    xxh3_64(text.trim().as_bytes())
}

/// Where records come from, by name.
pub(super) fn sources_of(export: &Export) -> Vec<String> {
    let mut sources: Vec<String> = (0..export.rows()).filter_map(|row| export.text(Field::Channel, row)).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}
