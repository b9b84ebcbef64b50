//! A JSON Schema of scenario files, made from the lists of keys that files are checked against: editors complete and
//! underline with it.
//!
//! A file may be a part of another (`extends`), and a variant is a part of a plan. So `$defs/plan` says what may be
//! written, without asking for anything, and `$defs/whole` what a plan must have. Keys of channels depend on their kind:
//! all of them are listed, so that editors know them, and a condition for each kind says which it takes.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::inputs::{CUTS, Domain, SpelledPart, table_spellings};
use crate::model::outcomes::OUTCOMES;
use crate::model::schema::{Default, Key, Kind};
use crate::reading::{Diagnostics, Sources, parse};
use crate::scenario::tables;
use crate::units::Range;

/// The whole schema (draft 2020-12), as an object that serializes.
#[must_use]
pub fn format_schema() -> impl Serialize {
    let root = Tables::of_format();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "foremix scenario",
        "description": "A plan for foremix: channels, a sales team, deals. `foremix explain KEY` says more about a key.",
        "$ref": "#/$defs/plan",
        "if": { "type": "object", "not": { "required": ["extends"] } },
        "then": { "$ref": "#/$defs/whole" },
        "$defs": {
            "plan": root.permitted(),
            "whole": root.demanded().unwrap_or_else(|| json!({})),
            "patch": { "$ref": "#/$defs/plan", "properties": { "extends": false, "variants": false } },
            "spelling": spelling(),
            "amount": figure(Domain::Amount),
            "fraction": figure(Domain::Fraction),
            "number": figure(Domain::Number),
        },
    })
}

/// A table of the format, with those below it.
#[derive(Default)]
struct Tables {
    about: &'static str,
    keys: Vec<&'static Key>,
    kinds: Vec<(&'static str, Vec<&'static Key>)>,
    below: BTreeMap<&'static str, Tables>,
    /// the table that each name of one's own stands for
    named: Option<Box<Tables>>,
}

impl Tables {
    fn of_format() -> Self {
        let mut root = Self::default();
        for table in tables() {
            let mut own = &mut root;
            for part in table.path.trim_matches(['[', ']']).split('.').filter(|part| !part.is_empty()) {
                own = match part {
                    "NAME" => own.named.get_or_insert_with(Box::default),
                    name => own.below.entry(name).or_default(),
                };
            }
            match table.kind {
                Some(kind) => own.kinds.push((kind, table.keys)),
                None => (own.about, own.keys) = (table.about, table.keys),
            }
        }
        root
    }

    /// What may be written in it.
    fn permitted(&self) -> Value {
        if let Some(named) = &self.named {
            return json!({ "type": "object", "additionalProperties": named.permitted() });
        }
        let mut properties = Map::new();
        let all = self.keys.iter().chain(self.kinds.iter().flat_map(|(_, keys)| keys));
        for key in all {
            let schema = self.of_key(key);
            match properties.get_mut(key.name) {
                None => {
                    properties.insert(key.name.to_owned(), schema);
                }
                // Kinds that mean different things by a key say so below.
                Some(known) if *known != schema => *known = json!({ "description": known["description"] }),
                Some(_) => {}
            }
        }
        if !self.kinds.is_empty() {
            let words: Vec<&str> = self.kinds.iter().map(|(word, _)| *word).collect();
            let about = properties.get("kind").map_or(json!("what kind it is"), |kind| kind["description"].clone());
            properties.insert("kind".into(), json!({ "description": about, "enum": words }));
        }
        for (name, table) in &self.below {
            properties.entry(*name).or_insert_with(|| table.permitted());
        }
        let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        if !self.about.is_empty() {
            schema["description"] = json!(self.about);
        }
        let conditions: Vec<Value> = self.kinds.iter().map(|(kind, keys)| self.of_kind(kind, keys)).collect();
        if !conditions.is_empty() {
            schema["allOf"] = json!(conditions);
        }
        schema
    }

    /// What may be written where the kind is that.
    fn of_kind(&self, kind: &str, keys: &[&'static Key]) -> Value {
        let mut own: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), self.of_key(key))).collect();
        // An editor underlines such a key itself; names that are not listed at all are underlined with their table.
        for other in self.kinds.iter().flat_map(|(_, keys)| keys) {
            let is_common = other.name == "kind" || self.keys.iter().any(|key| key.name == other.name);
            if !is_common && !own.contains_key(other.name) {
                own.insert(other.name.to_owned(), json!(false));
            }
        }
        json!({ "if": is_kind(kind), "then": { "properties": own } })
    }

    /// What must be written in it; nothing where nothing must.
    fn demanded(&self) -> Option<Value> {
        if let Some(named) = &self.named {
            return Some(json!({ "additionalProperties": named.demanded()? }));
        }
        let needed = |keys: &[&'static Key]| -> Vec<&str> {
            keys.iter().filter(|key| key.default == Default::Required).map(|key| key.name).collect()
        };
        let mut schema = Map::new();
        let mut own = needed(&self.keys);
        if !self.kinds.is_empty() && !own.contains(&"kind") && self.keys.iter().all(|key| key.name != "kind") {
            own.push("kind");
        }
        if !own.is_empty() {
            schema.insert("required".into(), json!(own));
        }
        let below: Map<String, Value> =
            self.below.iter().filter_map(|(name, table)| Some(((*name).to_owned(), table.demanded()?))).collect();
        if !below.is_empty() {
            let below: Map<String, Value> = below
                .into_iter()
                .map(|(name, inner)| match self.is_list(&name) {
                    true => (name, json!({ "items": inner })),
                    false => (name, inner),
                })
                .collect();
            schema.insert("properties".into(), Value::Object(below));
        }
        let conditions: Vec<Value> = self
            .kinds
            .iter()
            .map(|(kind, keys)| (kind, needed(keys)))
            .filter(|(_, needed)| !needed.is_empty())
            .map(|(kind, needed)| json!({ "if": is_kind(kind), "then": { "required": needed } }))
            .collect();
        if !conditions.is_empty() {
            schema.insert("allOf".into(), json!(conditions));
        }
        (!schema.is_empty()).then_some(Value::Object(schema))
    }

    fn is_list(&self, name: &str) -> bool {
        self.keys.iter().any(|key| key.name == name && matches!(key.kind, Kind::Tables))
    }

    /// What may be written for a key.
    fn of_key(&self, key: &Key) -> Value {
        let below = || self.below.get(key.name).map_or_else(|| json!({ "type": "object" }), Self::permitted);
        let mut schema = match key.kind {
            Kind::Table if key.name == "targets" => targets(),
            Kind::Table if key.name == "variants" => {
                json!({ "type": "object", "additionalProperties": { "$ref": "#/$defs/patch" } })
            }
            Kind::Table => below(),
            Kind::Tables => json!({ "type": "array", "items": below() }),
            // Its example is a list: one for each week may be written as well.
            Kind::Quantity { domain, range, .. } if key.example.starts_with('[') => {
                let mut schema = figure(domain);
                schema["type"] = json!(["number", "string", "object", "array"]);
                bound(&mut schema, range);
                let mut week = json!({ "type": ["number", "string"] });
                bound(&mut week, range);
                schema["items"] = week;
                schema
            }
            Kind::Quantity { domain, range, .. } => bounded(domain, range),
            Kind::Certain { domain, range } => {
                let mut schema = bounded(domain, range);
                schema["type"] = json!(["number", "string"]);
                schema
            }
            // A week may be named by a date in it.
            Kind::Whole { range } | Kind::Week { range } => {
                let mut schema = json!({ "type": ["integer", "string"], "pattern": "[0-9]" });
                bound(&mut schema, range);
                schema
            }
            Kind::Word(words) => json!({ "enum": words() }),
            Kind::Truth => json!({ "type": "boolean" }),
            Kind::Text => json!({ "type": "string" }),
            Kind::Date => json!({ "type": "string", "pattern": "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*$" }),
            Kind::Weekly { range } => {
                let mut item = json!({ "type": ["number", "string"] });
                bound(&mut item, range);
                json!({ "type": ["array", "object"], "items": item })
            }
            Kind::Shape(form) => json!({ "$comment": form }),
        };
        describe(&mut schema, key);
        schema
    }
}

fn is_kind(kind: &str) -> Value {
    json!({ "properties": { "kind": { "const": kind } }, "required": ["kind"] })
}

/// Adds to a schema what a reader of it wants to know.
fn describe(schema: &mut Value, key: &Key) {
    let mut about = key.about.to_owned();
    if !key.unit.is_empty() {
        about.push_str(&format!(" ({})", key.unit));
    }
    let shape = match key.kind {
        Kind::Shape(form) => Some(form.to_owned()),
        Kind::Quantity { range, .. } | Kind::Certain { range, .. } | Kind::Whole { range } | Kind::Week { range } => {
            Some(range.to_string())
        }
        _ => None,
    };
    about.extend(shape.map(|shape| format!("\n\n{shape}")));
    if let Kind::Quantity { .. } = key.kind {
        about.push_str("; may be uncertain: \"2 to 4\", { p10 = 2, p50 = 3, p90 = 6 }, …");
    }
    if !about.is_empty() {
        schema["description"] = json!(about);
    }
    match key.default {
        Default::Number(number) => schema["default"] = json!(number),
        Default::Word(word) => schema["default"] = json!(word),
        Default::Required | Default::Unset => {}
    }
    if let Some(example) = example(key.example) {
        schema["examples"] = json!([example]);
    }
}

/// Any outcome and a number.
fn targets() -> Value {
    let of_outcome = |outcome: &crate::model::outcomes::Outcome| {
        let met = if outcome.is_cost() { "met at or below" } else { "met at or above" };
        let about = format!("{}; {met}", outcome.about);
        (outcome.key.to_owned(), json!({ "description": about, "type": ["number", "string"] }))
    };
    let properties: Map<String, Value> = OUTCOMES.iter().map(of_outcome).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// A figure that may be uncertain, in any of its spellings.
fn figure(domain: Domain) -> Value {
    let about = match domain {
        Domain::Amount => "an amount: 120_000, \"120k\", a range \"2 to 4\", \"3 a month\", or a distribution",
        Domain::Fraction => "a fraction: 0.3, \"30%\", a range \"20% to 30%\", or a distribution",
        Domain::Number => "a number, a range \"-2 to 4\", or a distribution",
    };
    // No alternatives: an editor would tell one fault once for each.
    json!({
        "$comment": about,
        "type": ["number", "string", "object"],
        "pattern": "[0-9]",
        "$ref": "#/$defs/spelling",
    })
}

/// A figure of a key, within its range; what a string or a table says is checked by `foremix check`.
fn bounded(domain: Domain, range: Range) -> Value {
    let name = match domain {
        Domain::Amount => "amount",
        Domain::Fraction => "fraction",
        Domain::Number => "number",
    };
    let mut schema = json!({ "$ref": format!("#/$defs/{name}") });
    bound(&mut schema, range);
    schema
}

fn bound(schema: &mut Value, range: Range) {
    let [low, high] = [
        if range.low_open { "exclusiveMinimum" } else { "minimum" },
        if range.high_open { "exclusiveMaximum" } else { "maximum" },
    ];
    for (key, end) in [(low, range.low), (high, range.high)] {
        if end.is_finite() {
            schema[key] = json!(end);
        }
    }
}

/// Every table that spells an uncertain figure: its keys, and which of them belong together.
fn spelling() -> Value {
    let number = || json!({ "type": ["number", "string"] });
    let mut properties = Map::new();
    let mut together = Map::new();
    let mut examples = Vec::new();
    for form in table_spellings() {
        examples.extend(example(form.example));
        for &(key, part) in &form.keys {
            let value = match part {
                SpelledPart::Percentiles => continue,
                SpelledPart::Number => number(),
                SpelledPart::Numbers => json!({ "type": "array", "items": number(), "minItems": 1 }),
                SpelledPart::Weights => json!({ "type": "array", "items": { "type": "number", "minimum": 0 } }),
                SpelledPart::Spellings => json!({ "type": "array", "minItems": 1 }),
                SpelledPart::Text => json!({ "type": "string" }),
            };
            properties.insert(key.to_owned(), value);
            let others: Vec<&str> = form
                .keys
                .iter()
                .filter(|(other, part)| *other != key && *part != SpelledPart::Weights)
                .map(|(other, _)| *other)
                .collect();
            // Weights belong to more than one form.
            if part != SpelledPart::Weights && !others.is_empty() {
                together.insert(key.to_owned(), json!(others));
            }
        }
    }
    properties.extend(CUTS.map(|key| (key.to_owned(), number())));
    json!({
        "properties": properties,
        "patternProperties": { "^p[1-9][0-9]?$": number() },
        "additionalProperties": false,
        "minProperties": 1,
        "dependentRequired": together,
        "examples": examples,
    })
}

/// What an example of a key says, where it is one value.
fn example(text: &str) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    let mut sources = Sources::default();
    let mut faults = Diagnostics::default();
    let source = sources.add("example", format!("x = {text}\n"));
    let table = parse(&sources, source, &mut faults);
    let value = table.get("x").filter(|_| faults.is_empty())?;
    serde_json::to_value(value).ok()
}
