//! TOML as a tree in which every key and value knows its place.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::repair::repair;
use super::{Diagnostic, Diagnostics, Remedy, SourceId, Sources, Span};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// what was written
    pub value: Value,
    /// where
    pub place: Span,
}

/// What can be written for a key.
#[derive(Clone, Debug)]
pub enum Value {
    /// a quoted string
    Text(String),
    /// a bare number, whole or not
    Number(f64),
    /// `true` or `false`
    Truth(bool),
    /// a bare date or time, as written
    Date(String),
    /// `[ .. ]`
    List(Vec<Node>),
    /// `{ .. }` or `[header]`
    Table(Table),
}

impl Value {
    /// What it is, for a message: "a string", "a number" ….
    #[must_use]
    pub fn what(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Number(_) => "a number",
            Self::Truth(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Node {
    /// Makes all its places those of texts that were appended to others.
    pub fn move_sources(&mut self, offset: usize) {
        self.place.source = self.place.source.moved(offset);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.move_sources(offset)),
            Value::Table(table) => {
                for entry in &mut table.entries {
                    entry.key_place.source = entry.key_place.source.moved(offset);
                    entry.node.move_sources(offset);
                }
            }
            _ => {}
        }
    }
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// the key
    pub key: String,
    /// where the key stands
    pub key_place: Span,
    /// its value
    pub node: Node,
}

/// Keys and values in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Table {
    entries: Vec<Entry>,
    /// written in braces: a whole value, not a part of a longer path
    inline: bool,
}

impl Table {
    /// A table that holds nothing.
    pub const EMPTY: Self = Self { entries: Vec::new(), inline: false };

    /// The same, as if it were written in braces.
    #[must_use]
    pub fn in_braces(self) -> Self {
        Self { inline: true, ..self }
    }

    /// Puts `node` at the end of the path of keys that this table is.
    pub(super) fn set_leaf(&mut self, node: Node) {
        if let [entry] = self.entries.as_mut_slice() {
            match &mut entry.node.value {
                Value::Table(inner) if !inner.inline => inner.set_leaf(node),
                _ => entry.node = node,
            }
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The key with its place and value.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value at the end of a path of keys.
    #[must_use]
    pub fn at(&self, path: &[String]) -> Option<&Node> {
        let (first, rest) = path.split_first()?;
        let node = self.get(first)?;
        match &node.value {
            _ if rest.is_empty() => Some(node),
            Value::Table(inner) => inner.at(rest),
            _ => None,
        }
    }

    /// Puts a value at the end of a path of keys; no value: takes away what stands there.
    pub fn put(&mut self, path: &[String], node: Option<Node>) {
        let [first, rest @ ..] = path else { return };
        let at = self.entries.iter().position(|entry| entry.key == *first);
        match (at, rest.is_empty(), node) {
            (Some(at), true, Some(node)) => self.entries[at].node = node,
            (Some(at), true, None) => {
                self.entries.remove(at);
            }
            (Some(at), false, node) => {
                if let Value::Table(inner) = &mut self.entries[at].node.value {
                    inner.put(rest, node);
                }
            }
            (None, _, None) => {}
            (None, is_last, Some(node)) => {
                let place = node.place.clone();
                let value = if is_last {
                    node.value
                } else {
                    let mut inner = Self::EMPTY;
                    inner.put(rest, Some(node));
                    Value::Table(inner)
                };
                self.entries.push(Entry { key: first.clone(), key_place: place.clone(), node: Node { value, place } });
            }
        }
    }

    /// Takes a key out, with its value.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at).node)
    }

    /// All, in the order of the file.
    #[must_use]
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    /// Was it written in braces?
    #[must_use]
    pub fn is_inline(&self) -> bool {
        self.inline
    }

    /// Does it hold nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// All, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.entries.iter_mut()
    }

    /// Takes out what is not to be kept, here and in tables below.
    pub fn retain(&mut self, keep: &mut impl FnMut(&Entry) -> bool) {
        self.entries.retain(&mut *keep);
        for entry in &mut self.entries {
            if let Value::Table(inner) = &mut entry.node.value {
                inner.retain(keep);
            }
        }
    }

    /// The first entry of `patch` that leads into something here that is no table, with what stands here.
    #[must_use]
    pub fn obstacle<'t>(&'t self, patch: &'t Self) -> Option<(&'t Entry, &'t Node)> {
        patch.entries.iter().find_map(|new| {
            let old = self.get(&new.key)?;
            match (&old.value, &new.node.value) {
                (Value::Table(under), Value::Table(over)) => under.obstacle(over),
                (_, Value::Table(over)) if !over.inline => Some((new, old)),
                _ => None,
            }
        })
    }

    /// Lays `patch` over this table: tables merge, anything else is replaced, and so is a table that by itself
    /// `is_value`.
    pub fn merge(&mut self, patch: Self, is_value: fn(&str, &Self) -> bool) {
        let mut places: BTreeMap<String, usize> =
            self.entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
        for new in patch.entries {
            match places.get(&new.key).map(|&at| &mut self.entries[at]) {
                Some(old) => match (&mut old.node.value, new.node.value) {
                    (Value::Table(under), Value::Table(over)) if !is_value(&new.key, &over) => {
                        under.merge(over, is_value);
                    }
                    (_, value) => {
                        old.key_place = new.key_place;
                        old.node = Node { value, place: new.node.place };
                    }
                },
                None => {
                    places.insert(new.key.clone(), self.entries.len());
                    self.entries.push(new);
                }
            }
        }
    }
}

/// Reads a text. What can't be read is a fault; the rest is returned.
pub fn parse(sources: &Sources, source: SourceId, faults: &mut Diagnostics) -> Table {
    let text = sources.text(source);
    let (readable, slips) = repair(text);
    let (table, _) = DeTable::parse_recoverable(&readable);
    let table = convert_table(table.into_inner(), source, &readable);
    if table.is_empty() && !slips.is_empty() && text.trim_end().contains('\n') {
        // No line of it can be read: it is some other kind of file, of which nothing is quoted.
        let fault = Diagnostic::of_file(source, "this file is not TOML: none of its lines can be read");
        faults.add(fault.help(
            "a scenario is made of [headers] and lines like key = value; `foremix init` writes one to start from",
        ));
        return table;
    }
    for slip in slips {
        let place = Span { source, span: slip.span };
        let remedies = slip.remedies.into_iter();
        let remedies = remedies.map(|(span, text)| Remedy { place: Span { source, span }, text }).collect();
        faults.add(Diagnostic::at(&place, slip.message, slip.label).help(slip.help).with_remedies(remedies));
    }
    table
}

pub(super) fn convert_table(table: DeTable<'_>, source: SourceId, text: &str) -> Table {
    let entries = table
        .into_iter()
        .map(|(key, value)| {
            let key_place = Span { source, span: key.span() };
            let place = Span { source, span: value.span() };
            Entry { key: key.into_inner().into_owned(), key_place, node: convert(value.into_inner(), place, text) }
        })
        .collect();
    Table { entries, inline: false }
}

fn convert(value: DeValue<'_>, place: Span, text: &str) -> Node {
    let source = place.source;
    let value = match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(digits) => {
            let number = i128::from_str_radix(digits.as_str(), digits.radix());
            Value::Number(number.map_or(f64::INFINITY, |n| n as f64))
        }
        DeValue::Float(digits) => {
            let number: f64 = digits.as_str().parse().unwrap_or(f64::NAN);
            Value::Number(number)
        }
        DeValue::Boolean(truth) => Value::Truth(truth),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => Value::List(
            list.into_iter()
                .map(|item| {
                    let place = Span { source, span: item.span() };
                    convert(item.into_inner(), place, text)
                })
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(Table {
            inline: text[place.span.start..].starts_with('{'),
            ..convert_table(table, source, text)
        }),
    };
    Node { value, place }
}
