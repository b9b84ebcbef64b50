//! Tables that a patch adds beside one of nearly the same name: misspelled, most likely.

use std::collections::BTreeSet;

use crate::reading::{Diagnostic, Diagnostics, Entry, SourceId, Span, Table, Value, nearest};

/// A table that a patch adds beside one of nearly the same name. Where faults come of it, this is why.
#[derive(Clone, Debug)]
pub(super) struct Stranger {
    fault: Diagnostic,
    /// all that was written for it
    places: BTreeSet<(SourceId, usize, usize)>,
}

impl Stranger {
    /// Diagnostics of which those that come of strangers are told as what they are.
    pub(super) fn explain(strangers: &[Self], faults: Diagnostics) -> Diagnostics {
        let mut told = Diagnostics::default();
        for fault in faults.iter() {
            let why = strangers.iter().find(|stranger| stranger.places.contains(&key_of(&fault.place)));
            told.add(why.map_or(fault, |stranger| &stranger.fault).clone());
        }
        told
    }
}

/// Of a patch of the table at `path`.
pub(super) fn strangers(table: &Table, patch: &Table, path: &[&str]) -> Vec<Stranger> {
    let mut found = Vec::new();
    for entry in patch.iter() {
        let Value::Table(inner) = &entry.node.value else {
            continue;
        };
        match table.get(&entry.key).map(|node| &node.value) {
            Some(Value::Table(own)) => found.extend(strangers(own, inner, &[path, &[&*entry.key]].concat())),
            Some(_) => {}
            None => {
                let tables = table.iter().filter(|own| matches!(own.node.value, Value::Table(_)));
                let names: Vec<&str> = tables.map(|own| own.key.as_str()).collect();
                let fault = |what: &str| {
                    Diagnostic::at(
                        &entry.key_place,
                        format!("the plan has no {what}`{}`{}", entry.key, if what.is_empty() { " here" } else { "" }),
                        "not in the plan",
                    )
                };
                let fault = match nearest(&entry.key, names.iter().copied()) {
                    Some(meant) => fault("").did_you_mean(&entry.key_place, &format!("`{meant}`"), meant),
                    // A channel of nothing but a figure or two is one that is not there.
                    None if path == ["channels"] && !names.is_empty() && inner.get("kind").is_none() => {
                        fault("channel ").help(format!("its channels are {}", names.join(", ")))
                    }
                    None => continue,
                };
                found.push(Stranger { fault, places: places(entry).iter().map(key_of).collect() });
            }
        }
    }
    found
}

fn key_of(place: &Span) -> (SourceId, usize, usize) {
    (place.source, place.span.start, place.span.end)
}

fn places(entry: &Entry) -> Vec<Span> {
    let mut all = vec![entry.key_place.clone(), entry.node.place.clone()];
    if let Value::Table(inner) = &entry.node.value {
        all.extend(inner.iter().flat_map(places));
    }
    all
}
