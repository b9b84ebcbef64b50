//! TOML as a tree in which every key and value knows its place.

use toml::de::{DeTable, DeValue};

use super::{Fault, Faults, Place, SourceId, Sources};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// what was written
    pub value: Value,
    /// where
    pub place: Place,
}

/// What can be written for a key.
#[derive(Clone, Debug)]
pub enum Value {
    /// a quoted text
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
    /// What it is, for a message: "a text", "a number" ….
    #[must_use]
    pub fn what(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Truth(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// the key
    pub key: String,
    /// where the key stands
    pub key_place: Place,
    /// its value
    pub node: Node,
}

/// Keys and values in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Table {
    entries: Vec<Entry>,
}

impl Table {
    /// A table that holds nothing.
    pub const EMPTY: Self = Self {
        entries: Vec::new(),
    };

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

    /// All, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Lays `patch` over this table: tables merge, anything else is replaced, and so is a table that by itself
    /// `is_value`.
    pub fn merge(&mut self, patch: Self, is_value: fn(&Self) -> bool) {
        for new in patch.entries {
            match self.entries.iter_mut().find(|old| old.key == new.key) {
                Some(old) => match (&mut old.node.value, new.node.value) {
                    (Value::Table(under), Value::Table(over)) if !is_value(&over) => {
                        under.merge(over, is_value);
                    }
                    (_, value) => {
                        old.key_place = new.key_place;
                        old.node = Node {
                            value,
                            place: new.node.place,
                        };
                    }
                },
                None => self.entries.push(new),
            }
        }
    }
}

/// Reads a text; faults of its form are added to `faults`, and what could be understood is returned.
pub fn parse(sources: &Sources, source: SourceId, faults: &mut Faults) -> Table {
    let text = sources.text(source);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let end = text.len();
        let span = error.span().unwrap_or(0..end);
        let span = span.start.min(end)..span.end.min(end);
        let place = Place { source, span };
        faults.add(
            Fault::at(&place, "this is not valid TOML", error.message()).help(
                "a scenario file is made of [headers] and lines like key = value; texts stand in quotes",
            ),
        );
    }
    convert_table(table.into_inner(), source)
}

/// Reads `PATH=VALUE` of a `--set` option: the value in any spelling a file has, a bare word as a text.
pub fn parse_setting(sources: &mut Sources, option: &str, faults: &mut Faults) -> Option<Table> {
    let name = "the option --set";
    let Some((path, value)) = option.split_once('=') else {
        let source = sources.add(name, option);
        let place = Place {
            source,
            span: 0..option.len(),
        };
        faults.add(
            Fault::at(&place, "a setting is PATH=VALUE", "here is no =")
                .help("for example --set channels.ppc.budget=90k"),
        );
        return None;
    };
    let typed = format!("{} = {}", path.trim(), value.trim());
    // A value that TOML can't read as it stands, such as 90k or newest_first, is a text.
    let text = if DeTable::parse(&typed).is_ok() {
        typed
    } else {
        let quoted = toml_text(value.trim());
        format!("{} = {quoted}", path.trim())
    };
    let source = sources.add(name, text);
    let before = faults.len();
    let table = parse(sources, source, faults);
    (faults.len() == before).then_some(table)
}

fn toml_text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn convert_table(table: DeTable<'_>, source: SourceId) -> Table {
    let entries = table
        .into_iter()
        .map(|(key, value)| {
            let key_place = Place {
                source,
                span: key.span(),
            };
            let place = Place {
                source,
                span: value.span(),
            };
            Entry {
                key: key.into_inner().into_owned(),
                key_place,
                node: convert(value.into_inner(), place),
            }
        })
        .collect();
    Table { entries }
}

fn convert(value: DeValue<'_>, place: Place) -> Node {
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
                    let place = Place {
                        source,
                        span: item.span(),
                    };
                    convert(item.into_inner(), place)
                })
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(convert_table(table, source)),
    };
    Node { value, place }
}
