//! Segments: kinds of buyers that close more or less often, for more or less money.
//!
//! Implements section 4 of docs/model.md, `[segments.NAME]` and `audience`.

use crate::inputs::Quantity;
use crate::reading::{Diagnostic, Value, nearest};
use crate::units::Range;

use super::schema::{Key, TableReader};

/// The keys of `[segments.NAME]`.
pub const KEYS: &[Key] = &[
    Key::amount("close_multiplier")
        .percent_from(10.0)
        .or(1.0)
        .unit("multiplier of the close rate")
        .about("how much more often buyers of this segment close")
        .example("\"0.8 to 1.2\""),
    Key::amount("value_multiplier")
        .percent_from(10.0)
        .or(1.0)
        .unit("multiplier of the value of a win")
        .about("how much more they spend")
        .example("2.5"),
];

/// `[segments.NAME]` as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// its name
    pub name: String,
    /// multiplier of the close rate
    pub close_multiplier: Quantity,
    /// multiplier of the value of a win
    pub value_multiplier: Quantity,
}

impl Segment {
    /// Reads every `[segments.NAME]`.
    pub fn read_all(root: &mut TableReader<'_, '_>) -> Vec<Self> {
        let mut segments = Vec::new();
        for (entry, table) in root.children("segments") {
            let mut fields = root.open_child("segments", entry, table, vec![KEYS]);
            segments.push(Self {
                name: entry.key.clone(),
                close_multiplier: fields.quantity("close_multiplier"),
                value_multiplier: fields.quantity("value_multiplier"),
            });
        }
        segments
    }
}

/// Reads `audience`: the share of each segment, by its place among `segments`; empty where none was written.
pub(super) fn read_audience(fields: &mut TableReader<'_, '_>, segments: &[Segment]) -> Vec<(usize, f64)> {
    let Some(node) = fields.node("audience") else {
        return Vec::new();
    };
    let wrong = |fields: &mut TableReader<'_, '_>, why: String| {
        fields.add_fault(
            Diagnostic::at(&node.place, "`audience`: expected shares of segments that sum to 1", why).help(
                "for example audience = { small = 0.8, large = 0.2 }, with [segments.small] and [segments.large]",
            ),
        );
    };
    let Value::Table(table) = &node.value else {
        wrong(fields, format!("found {}", node.value.what()));
        return Vec::new();
    };
    let mut shares = Vec::new();
    for entry in table.iter() {
        let names = || segments.iter().map(|segment| segment.name.as_str());
        let Some(segment) = names().position(|name| name == entry.key) else {
            let fault = Diagnostic::unknown(&entry.key_place, "segment", &entry.key);
            fields.add_fault(match nearest(&entry.key, names()) {
                Some(name) => fault.did_you_mean(&entry.key_place, &format!("`{name}`"), name),
                None => fault.help(format!("add [segments.{}]", entry.key)),
            });
            continue;
        };
        let share = fields.numbers("audience", Range::closed(0.0, 1.0), std::slice::from_ref(&entry.node));
        shares.push((segment, share[0]));
    }
    let total: f64 = shares.iter().map(|(_, share)| share).sum();
    if shares.len() == table.iter().count() && (total - 1.0).abs() > 1e-6 {
        wrong(fields, format!("these sum to {}", crate::units::plain(total)));
    }
    // What rounding of written shares leaves is spread over them.
    shares.iter_mut().for_each(|(_, share)| *share /= total.max(f64::MIN_POSITIVE));
    // By name, so that the order of the file changes no figure.
    shares.sort_by_key(|&(segment, _)| &segments[segment].name);
    shares
}
