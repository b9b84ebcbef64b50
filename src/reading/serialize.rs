//! What was written, handed on to any format that `serde` writes. Places are left out.

use serde::{Serialize, Serializer};

use super::{Node, Table, Value};

/// Whole numbers below this are written without a decimal point; a double holds each of them exactly.
const WHOLE_BELOW: f64 = 9e15;

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(to)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::Date(text) => to.serialize_str(text),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < WHOLE_BELOW => {
                to.serialize_i64(*number as i64)
            }
            Self::Number(number) => to.serialize_f64(*number),
            Self::Truth(truth) => to.serialize_bool(*truth),
            Self::List(items) => to.collect_seq(items),
            Self::Table(table) => table.serialize(to),
        }
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter().map(|entry| (&entry.key, &entry.node)))
    }
}
