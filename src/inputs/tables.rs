//! Reading a table spelling: which form it is, its parts, and what no part of it is.

use crate::reading::{Diagnostic, Node, Table, Value, escaped, escaped_path, nearest};
use crate::units::{Period, Spelled, parse_number};

use super::form::{Form, Parts, Slot, percentile_named};
use super::forms::FORMS;
use super::truncated::Truncated;
use super::value_reader::ValueReader;
use super::{Domain, Written};

/// Reads a table as the form with which it has the most keys in common.
pub(super) fn read(draft: &ValueReader<'_>, table: &Table) -> Result<Written, Vec<Diagnostic>> {
    let shared = |form: &&Form| {
        let known = |key: &str| form.slots.iter().any(|slot| slot.holds(key));
        table.iter().filter(|entry| known(&entry.key)).count()
    };
    let form = FORMS.iter().rev().max_by_key(shared).filter(|form| shared(form) > 0);
    let Some(form) = form else {
        let examples: Vec<&str> = FORMS.iter().map(|form| form.example).collect();
        let fault = Diagnostic::at(draft.place, "this table is not a distribution", "none of its keys is known");
        return Err(vec![fault.help(format!("write one of {}", examples.join(", ")))]);
    };
    let mut reading =
        FormReading { draft: *draft, form, parts: Parts::default(), periods: Vec::new(), faults: Vec::new() };
    reading.report_unknown(table);
    for &slot in form.slots {
        reading.slot(slot, table);
    }
    let ends = CUTS.map(|key| table.get(key).filter(|_| form.can_be_cut()));
    let [min, max] = ends.map(|node| reading.number(node?));
    reading.finish(min, max)
}

/// Keys that cut a distribution off, beside those of its form.
pub const CUTS: [&str; 2] = ["min", "max"];

struct FormReading<'a> {
    draft: ValueReader<'a>,
    form: &'static Form,
    parts: Parts,
    periods: Vec<Option<Period>>,
    faults: Vec<Diagnostic>,
}

impl FormReading<'_> {
    fn known(&self) -> Vec<&'static str> {
        let cuts = CUTS.iter().copied().filter(|_| self.form.can_be_cut());
        let keys = self.form.slots.iter().map(|slot| slot.key());
        keys.chain(cuts).collect()
    }

    /// Was a key probably meant by one that is unknown here? Then it is not missing as well.
    fn is_misspelled(&self, key: &str, table: &Table) -> bool {
        let known = self.known();
        let mut unknown = table.iter().filter(|entry| !known.contains(&&*entry.key));
        unknown.any(|entry| nearest(&entry.key, known.iter().copied()) == Some(key))
    }

    fn report_unknown(&mut self, table: &Table) {
        let known = self.known();
        let slots = self.form.slots;
        let held = |key: &str| slots.iter().any(|slot| slot.holds(key)) || known.contains(&key);
        for entry in table.iter().filter(|entry| !held(&entry.key)) {
            let fault = Diagnostic::at(
                &entry.key_place,
                format!("`{}` does not belong to this distribution", entry.key),
                "unknown key",
            );
            self.faults.push(match nearest(&entry.key, known.iter().copied()) {
                Some(key) => fault.did_you_mean(&entry.key_place, &format!("`{key}`"), key),
                None => fault.help(format!("it is written {}", self.form.example)),
            });
        }
    }

    fn slot(&mut self, slot: Slot, table: &Table) {
        let key = slot.key();
        if slot == Slot::Percentiles {
            for entry in table.iter() {
                let Some(percent) = percentile_named(&entry.key) else { continue };
                let number = self.number(&entry.node).map(|(number, _)| number);
                if let Some(number) = number {
                    self.parts.spelled.push(number);
                    self.parts.add_percentile(percent, number.value);
                }
            }
            return;
        }
        let Some(node) = table.get(key) else {
            if slot != Slot::Weights && !self.is_misspelled(key, table) {
                self.faults.push(
                    Diagnostic::at(
                        self.draft.place,
                        "this distribution is incomplete",
                        format!("`{key}` is missing here"),
                    )
                    .help(format!("it is written {}", self.form.example)),
                );
            }
            return;
        };
        match slot {
            Slot::Percentiles => {}
            Slot::Number(_) => {
                let number = self.number(node).map(|(number, _)| number);
                self.parts.spelled.extend(number);
                self.parts.numbers.push((key, number.map(|number| number.value).into_iter().collect()));
            }
            Slot::Numbers(_) => {
                let items = self.list(node);
                let numbers = items.iter().filter_map(|item| self.number(item));
                let numbers: Vec<Spelled> = numbers.map(|(number, _)| number).collect();
                self.parts.numbers.push((key, numbers.iter().map(|number| number.value).collect()));
                self.parts.spelled.extend(numbers);
            }
            Slot::Weights => {
                let items = self.list(node);
                let weights = items.iter().filter_map(|item| self.weight(item)).collect();
                self.parts.weights = Some(weights);
            }
            Slot::Spellings(_) => {
                for item in self.list(node) {
                    match (self.draft.read)(item, self.draft.terms) {
                        Ok(written) => self.parts.spellings.push(written),
                        Err(faults) => self.faults.extend(faults),
                    }
                }
            }
            Slot::Text(_) => match &node.value {
                Value::Text(text) if escaped(text) => {
                    let written = self.draft.terms.sources.excerpt(&node.place);
                    self.faults.push(escaped_path(&node.place, written));
                }
                Value::Text(text) => {
                    let entry = (key, text.clone(), node.place.clone());
                    self.parts.texts.push(entry);
                }
                other => self.fault(node, "a string in quotes", other),
            },
        }
    }

    fn fault(&mut self, node: &Node, wanted: &str, found: &Value) {
        self.faults.push(
            Diagnostic::at(&node.place, format!("expected {wanted} here"), format!("found {}", found.what()))
                .help(format!("it is written {}", self.form.example)),
        );
    }

    fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            other => {
                self.fault(node, "a list", other);
                &[]
            }
        }
    }

    fn at<'n>(&self, node: &'n Node) -> ValueReader<'n>
    where
        Self: 'n,
    {
        ValueReader::of(node, self.draft.terms, self.draft.read)
    }

    fn number(&mut self, node: &Node) -> Option<(Spelled, Option<Period>)> {
        match self.draft.number(node) {
            Ok((number, period)) => {
                self.periods.push(period);
                Some((number, period))
            }
            Err(refusal) => {
                self.faults.push(self.at(node).fault(refusal));
                None
            }
        }
    }

    fn weight(&mut self, node: &Node) -> Option<f64> {
        let number = match &node.value {
            Value::Number(number) if number.is_finite() => return Some(*number),
            Value::Text(text) => parse_number(text),
            other => Err(format!("found {}", other.what())),
        };
        number
            .map_err(|why| {
                self.faults.push(
                    Diagnostic::at(&node.place, "a weight is a number, 0 or more", why)
                        .help("for example weights = [0.3, 0.7]"),
                );
            })
            .ok()
    }

    /// The distribution, cut where an end says so.
    fn finish(
        mut self,
        min: Option<(Spelled, Option<Period>)>,
        max: Option<(Spelled, Option<Period>)>,
    ) -> Result<Written, Vec<Diagnostic>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let of_parts = self.form.is_of_parts();
        if !of_parts && self.periods.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err(vec![
                self.draft.fault("one period holds for a whole input: write the same one at every number"),
            ]);
        }
        let domain: Domain = self.draft.domain();
        let end = |end: Option<(Spelled, Option<Period>)>| match end {
            Some((number, Some(period))) if of_parts => Some(domain.a_week(number.value, period)),
            end => end.map(|(number, _)| number.value),
        };
        let draft = self.draft;
        let written = (self.form.read)(&draft, &mut self.parts)
            .and_then(|written| Truncated::between(&draft, written, end(min), end(max)))
            .map_err(|refusal| vec![draft.fault(refusal)])?;
        let period = self.periods.first().copied().flatten();
        Ok(draft.by_the_period(written, period.filter(|_| !of_parts)))
    }
}
